"""Obligations read in the units of another day: what itself went on to a successor is counted there, exactly."""

from datetime import date
from typing import Any

import pytest

from noivu.core.periods import Period
from noivu.figures.api import Question, ask, drill
from noivu.units.api import Unit, find_unit
from noivu.units.testing import KNOWN_FROM, MERGED_ON, Sector
from noivu.work.models import Obligation
from noivu.work.testing import gets_task

JUNE, JULY = Period.parse("2025-06"), Period.parse("2025-07")


@pytest.fixture(autouse=True)
def now_2026(settings: Any) -> None:
    settings.NOIVU_TODAY = "2026-03-10"


def assigned(unit: Unit, period: Period, structure: date) -> Any:
    question = Question(unit.pk, period, indicators=("tasks.assigned",), structure=structure)
    return ask([question])[0], drill("tasks.assigned", question)


def went_on(task: Obligation, unit: Unit) -> None:
    """The unit that bears the task now, as the transfer on the day of the reorganisation leaves it."""
    Obligation.objects.filter(pk=task.pk).update(unit=unit)


def test_tasks_that_went_on_to_a_successor_are_counted_there_and_the_rest_is_left(sector: Sector) -> None:
    ham_rong, hac_thanh = find_unit("14758", MERGED_ON), find_unit("14797", MERGED_ON)
    tasks = [gets_task(sector.old_dong_tho, date(2025, 6, 3)) for _ in range(4)]
    for task, unit in zip(tasks, (ham_rong, hac_thanh, hac_thanh), strict=False):
        went_on(task, unit)
    for unit, number in ((ham_rong, 1), (hac_thanh, 2), (sector.thanh_hoa, 4)):
        answer, behind = assigned(unit, JUNE, MERGED_ON)
        assert answer.values["tasks.assigned"] == behind.count() == number
        assert answer.estimated == frozenset()
        assert [left.values["tasks.assigned"] for left in answer.not_apportioned] == [1]


def test_on_the_way_back_a_task_is_counted_where_it_began(sector: Sector) -> None:
    tasks = [gets_task(sector.new_truong_vinh, date(2025, 7, 3)) for _ in range(3)]
    for task, unit in zip(tasks, (sector.old_truong_thi, sector.old_ben_thuy), strict=False):
        Obligation.objects.filter(pk=task.pk).update(first_unit=unit)
    answer, behind = assigned(sector.old_ben_thuy, JULY, KNOWN_FROM)
    assert answer.values["tasks.assigned"] == behind.count() == 1
    [left] = answer.not_apportioned
    assert left.values["tasks.assigned"] == 1
