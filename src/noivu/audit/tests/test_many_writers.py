"""Many writers at once, rollbacks in between, and a process killed: no gap, no duplicate, nothing left unnumbered."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[4]
URL = os.environ.get("DATABASE_URL", "")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of processes on an empty database of their own, of the kind that the suite runs on."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "NOIVU_DATA": str(tmp_path),
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    if "postgres" not in settings.DATABASES["default"]["ENGINE"]:
        environment["DATABASE_URL"] = f"sqlite:///{tmp_path / 'noivu.sqlite3'}"
        yield environment
        return
    name = f"writers_{uuid4().hex[:12]}"
    with psycopg.connect(f"{URL.rsplit('/', 1)[0]}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield {**environment, "DATABASE_URL": f"{URL.rsplit('/', 1)[0]}/{name}"}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def start(environment: dict[str, str], *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "noivu.audit.tests.writers", *arguments]
    return subprocess.Popen(command, env=environment, cwd=ROOT, text=True, stdout=subprocess.PIPE)


def run(environment: dict[str, str], *arguments: str) -> str:
    process = start(environment, *arguments)
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return output


def check(environment: dict[str, str], *arguments: str) -> dict[str, Any]:
    return dict(json.loads(run(environment, "check", *arguments)))


@pytest.mark.slow
def test_many_writers_leave_no_gap_and_nothing_unnumbered(database: dict[str, str]) -> None:
    run(database, "prepare")
    first, second = start(database, "write", "3", "10"), start(database, "write", "3", "10")
    assert (first.wait(120), second.wait(120)) == (0, 0)
    found = check(database)
    assert found["acts"] == found["entries"] > 50
    assert (found["without_gap"], found["unnumbered"], found["problems"]) == (True, 0, [])


@pytest.mark.slow
def test_what_a_killed_process_committed_is_numbered_by_the_next(database: dict[str, str]) -> None:
    run(database, "prepare")
    process = start(database, "write", "4", "10000")
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(random.uniform(0.2, 0.8))
    process.kill()
    process.communicate()
    found = check(database, "sweep")
    assert found["acts"] == found["entries"] > 0
    assert (found["without_gap"], found["unnumbered"], found["problems"]) == (True, 0, [])
