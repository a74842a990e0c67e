# The three commands a newcomer needs are demo, test and check; `make help` lists all.
PYTHON ?= python3
BIN = .venv/bin

HISTORIES ?= 1000x60
SEED ?=

.PHONY: help setup setup-tests demo test test-long shots check bench docs lock clean

help:
	@echo "make demo     set everything up and serve the sample sector on http://127.0.0.1:8000"
	@echo "make test     run the tests: SQLite, PostgreSQL where found, browser where found"
	@echo "make test-long random histories of units beside a model, HISTORIES=$(HISTORIES) of them and steps, SEED= to play the same again"
	@echo "make check    style, types, layers, migrations, translations"
	@echo "make bench    the benchmarks, small"
	@echo "make docs     write docs/reference again from the code"
	@echo "make setup    only prepare the environment"

setup:
	@$(PYTHON) scripts/setup.py

setup-tests:
	@$(PYTHON) scripts/setup.py --tests

demo: setup
	@$(BIN)/noivu demo

test: setup-tests
	@$(BIN)/python scripts/test.py

# Histories × steps, on each database; some thirty of these steps are played in a second.
test-long: setup-tests
	@NOIVU_HISTORIES=$(HISTORIES) NOIVU_HISTORIES_SEED=$(SEED) $(BIN)/python scripts/test.py --only src/noivu/planning/tests/test_random_histories.py

# Every page at 375 and 1440 px, light and dark, to be held beside docs/checklists/pages.md.
shots: setup-tests
	@$(BIN)/python -m pytest -q tests/browser/shots.py

check: setup-tests
	@$(BIN)/python scripts/check.py

bench: setup-tests
	@$(BIN)/noivu bench --all --small

docs: setup
	@$(BIN)/python scripts/reference.py

# Locks the requirements again (needs uv); no address of a package host is written.
lock:
	cd requirements && for list in base dev; do uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -o $$list.txt $$list.in; done
	cd requirements && uv pip compile -q --no-deps --generate-hashes --no-emit-index-url --no-header --no-annotate -o units.txt units.in

clean:
	rm -rf .venv var build
