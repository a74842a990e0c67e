"""Random histories of reorganisations, corrections in the past, undoings and imports, beside a slow, obvious model.

`make test` plays 30 histories of 30 steps, the continuous integration 200 of 50, `make test-long` as many as asked for.
"""

import csv
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from noivu.planning.tests.comparing import agrees, day
from noivu.planning.tests.histories import History, begun
from noivu.planning.tests.slow_model import DAYS
from noivu.sheets.reading.parent import Head, RawRow
from noivu.units.api import came_after_on, heirs_on, takeovers_on

ASKED = os.environ.get("NOIVU_HISTORIES", "")
HISTORIES, STEPS = (int(part) for part in (ASKED or "30x30").split("x"))
SEED = int(os.environ.get("NOIVU_HISTORIES_SEED") or (secrets.randbits(32) if ASKED else 0))
PARTS = max(2, HISTORIES // 25)
"""What is played in one test: so two cores share it."""
pytestmark = pytest.mark.django_db

DAY, NUMBER, PLACE = st.integers(1, DAYS), st.integers(0, 59), st.integers(0, 99)
ONE, SOME = st.lists(PLACE, min_size=1, max_size=1), st.lists(PLACE, min_size=2, max_size=4)


class Histories(RuleBasedStateMachine):
    """A history, step by step. Most plans come in order of time, some in the past of others."""

    directory: Path

    def __init__(self) -> None:
        super().__init__()
        self.all_or_nothing = transaction.atomic()
        self.all_or_nothing.__enter__()
        self.history = History(self.directory)
        self.is_sound = True

    def _step(self, name: str, *given: Any) -> None:
        self.is_sound = False
        getattr(self.history, name)(*given)
        self.is_sound = True

    def _plan(self, what: str, on: int, who: list[int], number: int, *, in_order: bool) -> None:
        last = max((act.on for act in self.history.model.acts.values()), default=0)
        self._step("reorganise", what, min(last + 1, DAYS) if in_order else on, who, number)

    @rule(what=st.sampled_from(["rename", "recode", "reclassify", "move", "dissolve"]), on=DAY, who=ONE, number=NUMBER)
    def change(self, what: str, on: int, who: list[int], number: int) -> None:
        self._plan(what, on, who, number, in_order=number % 2 == 0)

    @rule(what=st.sampled_from(["merge", "absorb"]), on=DAY, who=SOME, number=NUMBER)
    def merge(self, what: str, on: int, who: list[int], number: int) -> None:
        self._plan(what, on, who, number, in_order=number % 2 == 0)

    @rule(what=st.sampled_from(["split", "part_off", "transfer"]), on=DAY, who=SOME, number=NUMBER)
    def part(self, what: str, on: int, who: list[int], number: int) -> None:
        self._plan(what, on, who, number, in_order=number % 2 == 0)

    @rule(what=st.sampled_from(["part_and_rest", "chain", "whole_chain"]), on=DAY, who=SOME, number=NUMBER)
    def chain(self, what: str, on: int, who: list[int], number: int) -> None:
        self._plan(what, on, who, number, in_order=number % 2 == 0)

    @precondition(lambda self: self.history.model.acts)
    @rule(which=NUMBER)
    def undo(self, which: int) -> None:
        self._step("undo", which)

    @rule(on=DAY, which=PLACE)
    def correct(self, on: int, which: int) -> None:
        self._step("correct", on, which)

    @rule(on=DAY, which=PLACE)
    def rename(self, on: int, which: int) -> None:
        self._step("rename", on, which)

    @rule(rows=st.lists(st.tuples(DAY, PLACE, st.integers(0, 2_000)), min_size=1, max_size=4), named_on=st.none() | DAY)
    def bring_facts(self, rows: list[tuple[int, int, int]], named_on: int | None) -> None:
        self._step("bring_facts", rows, named_on)

    @precondition(lambda self: self.history.model.passages())
    @rule(picks=st.lists(st.tuples(PLACE, st.integers(0, 1_200)), min_size=1, max_size=3))
    def bring_shares(self, picks: list[tuple[int, int]]) -> None:
        self._step("bring_shares", picks)

    def teardown(self) -> None:
        try:
            if self.is_sound:
                agrees(self.history)
        finally:
            transaction.set_rollback(True)
            self.all_or_nothing.__exit__(None, None, None)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_the_register_is_what_a_slow_obvious_model_says_after_every_history(files: Path, part: int) -> None:
    """The same histories every time, so that a change is judged by the change; others where a number was asked for and
    no seed was named."""
    machine = type("HistoriesHere", (Histories,), {"directory": files})
    played = settings(
        max_examples=HISTORIES // PARTS,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate, *([Phase.shrink] if ASKED else [])],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
    run_state_machine_as_test(seed(SEED + part)(machine), settings=played)


@pytest.fixture
def files(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where imported files are kept. They are read in this process: a child for each would cost a third of all time."""
    monkeypatch.setattr("noivu.sheets.importing.open_sheet", read_here)
    settings.FILES_ROOT = tmp_path / "files"
    settings.NOIVU_TODAY = "2025-06-30"
    return tmp_path


class SheetRead:
    """A sheet of words, as a child hands it over."""

    head = Head("csv", codec="utf-8", delimiter=",")

    def __init__(self, path: Path) -> None:
        with path.open(encoding="utf-8", newline="") as stream:
            self._rows = list(csv.reader(stream))

    def rows(self) -> Iterator[RawRow]:
        return (RawRow(number, tuple(cells)) for number, cells in enumerate(self._rows, start=1))


@contextmanager
def read_here(path: Path, limits: object, sheet: str | None = None) -> Iterator[SheetRead]:
    yield SheetRead(path)


@pytest.fixture
def history(files: Path) -> Iterator[History]:
    with begun(files) as history:
        yield history


# histories that once failed


def test_what_was_measured_late_of_a_unit_that_had_ended_goes_on_when_it_lives_again(history: History) -> None:
    history.reorganise("transfer", 2, [0, 1], 4)  # nobody says how many: both are unmeasured since
    history.reorganise("dissolve", 6, [0], 0)
    history.bring_facts([(4, 0, 123)], None)
    history.undo(1)
    assert history.accepted["rows"] == history.accepted["undo"] == 1


def test_what_was_measured_after_an_act_that_made_it_unknown_stays_when_that_is_taken_back(history: History) -> None:
    history.reorganise("transfer", 5, [0, 1], 4)
    history.bring_facts([(7, 0, 123)], None)
    history.undo(0)
    assert history.accepted["rows"] == history.accepted["undo"] == 1


def test_what_a_second_act_of_a_day_made_unknown_holds_again_up_to_what_was_measured_since(history: History) -> None:
    history.reorganise("transfer", 5, [0, 1], 0)
    history.reorganise("transfer", 5, [0, 1], 4)
    history.bring_facts([(7, 0, 123)], None)
    history.undo(1)
    assert history.accepted["rows"] == history.accepted["undo"] == 1


def test_what_was_measured_anew_of_the_very_day_on_which_an_act_made_it_unknown_stays(history: History) -> None:
    history.bring_facts([(5, 0, 700)], None)
    history.reorganise("transfer", 5, [0, 1], 4)
    history.bring_facts([(5, 0, 123)], None)
    history.undo(0)
    assert history.accepted["rows"] == 2
    assert history.accepted["undo"] == 1


def test_a_change_of_kind_on_the_day_on_which_another_act_established_the_unit_can_be_taken_back(
    history: History,
) -> None:
    history.reorganise("merge", 8, [0, 2], 2)
    new = list(history.model.communes(8)).index(7)
    history.reorganise("reclassify", 8, [new], 2)
    history.undo(1)
    assert history.accepted["undo"] == 1
    history.undo(0)
    assert history.accepted["undo"] == 2


def test_what_is_measured_late_holds_on_when_the_unit_only_became_of_another_kind(history: History) -> None:
    history.reorganise("transfer", 4, [0, 1], 4)
    history.reorganise("reclassify", 8, [0], 1)
    history.bring_facts([(5, 0, 600)], None)
    assert history.model.people(8)["00001"] == 600


def test_a_plan_that_says_of_a_unit_what_it_is_already_says_nothing(history: History) -> None:
    history.reorganise("absorb", 7, [48, 54, 67], 15)
    history.reorganise("reclassify", 8, [20], 24)
    history.reorganise("reclassify", 5, [43], 38)


def test_a_unit_that_is_parted_between_two_provinces_leaves_what_it_had_to_nobody(history: History) -> None:
    history.reorganise("absorb", 8, [13, 10], 1)
    history.reorganise("part_and_rest", 8, [63, 30, 42, 69], 24)


def test_the_code_of_a_merged_unit_names_none_of_those_that_made_it(history: History) -> None:
    history.reorganise("merge", 2, [28, 87, 96, 96], 29)
    [merged] = [told["code"] for unit, told in history.model.units(5).items() if unit not in history.model.units(1)]
    history.bring_facts([(1, int(merged) - 1, 1_918)], 5)
    assert history.refused["rows"] == 1


def test_what_a_unit_took_in_after_it_had_given_a_part_away_goes_where_the_unit_goes_that_day(history: History) -> None:
    history.reorganise("transfer", 3, [0, 2], 4)  # nobody says how many: nothing is measured of 2 since
    history.reorganise("part_off", 5, [1, 0], 1)  # a part of 2 goes to a new unit of the other province
    history.reorganise("whole_chain", 5, [2, 0], 1)  # then 4 goes into 2, and 2 into another new unit
    came, ids = came_after_on(day(5)), history.ids
    assert came[ids[4]] == {ids[8]}
    assert came[ids[2]] == {ids[7], ids[8]}
    assert heirs_on(day(5))[ids[4]] == ids[8]


def test_who_once_took_a_part_of_a_unit_is_not_who_came_after_it_when_it_is_dissolved(history: History) -> None:
    history.reorganise("transfer", 3, [0, 2], 0)
    history.reorganise("dissolve", 5, [0], 0)
    gone = history.ids[2]
    assert came_after_on(day(5))[gone] == set()
    assert gone not in takeovers_on(day(5))
    assert heirs_on(day(5))[gone] == history.ids[0]


def test_of_two_codes_that_are_one_unit_by_the_day_of_a_file_the_second_row_is_kept_aside(history: History) -> None:
    history.reorganise("merge", 5, [0, 2], 2)
    history.bring_facts([(8, 0, 1_152), (8, 2, 223)], 2)
    assert history.accepted["rows"] == history.refused["rows"] == 1
