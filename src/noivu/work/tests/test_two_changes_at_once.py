"""Two people change the calendar at once: the second counts by both days, and nothing moves twice for one of them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.api import change_day, confirm_year, working_calendar, working_day
from noivu.units.testing import Sector, small_sector
from noivu.work.api import Due, ObligationSpan, TaskEntry, create_task
from noivu.work.constants import FOREVER, Happening
from noivu.work.models import ObligationEvent, Recount

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time"),
]
MONDAY, WEDNESDAY, THURSDAY = date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 5)
TASKS = 20


@pytest.fixture(autouse=True)
def tuesday(settings: Any) -> None:
    settings.NOIVU_TODAY = "2026-03-03"


def owed(sector: Sector) -> None:
    """Tasks given on Monday that are due in five working days: on Monday the 9th."""
    for number in range(TASKS):
        entry = TaskEntry(
            code=f"NV-{number:04}",
            title="Hoàn thiện hồ sơ trình Chính phủ",
            assigner="Bộ trưởng",
            assigned_on=MONDAY,
            lead_unit_id=sector.ministry.pk,
            due=Due(working_days=5),
        )
        create_task(actor=SYSTEM, entry=entry)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Each act over a connection of its own, all at once; with which codes they were refused."""
    barrier = Barrier(len(acts))

    def one(act: Callable[[], object]) -> str:
        try:
            barrier.wait()
            act()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as people:
        return sorted(people.map(one, acts))


def given_off_at_once(*days: date) -> list[str]:
    storm = Text(vi="nghỉ tránh bão", en="closed for the storm")
    return at_once(
        *(partial(change_day, actor=SYSTEM, day=day, works=False, name=storm, reason="bão số 1") for day in days)
    )


def dues() -> set[date | None]:
    return set(ObligationSpan.objects.current().filter(valid_to=FOREVER).values_list("due_on", flat=True))


def moves() -> list[tuple[Any, Any]]:
    """From which day to which, each task for itself."""
    moved = ObligationEvent.objects.current().filter(happening=Happening.DUE_MOVED)
    return list(moved.order_by("obligation_id", "on", "order").values_list("former_due_on", "due_on"))


def test_two_days_off_at_once_move_each_task_by_both() -> None:
    owed(small_sector())

    assert given_off_at_once(WEDNESDAY, THURSDAY) == ["", ""]

    assert dues() == {date(2026, 3, 11)}
    one_after_another = [
        (date(2026, 3, 9), date(2026, 3, 10)),
        (date(2026, 3, 10), date(2026, 3, 11)),
    ]
    assert moves() == one_after_another * TASKS
    assert list(Recount.objects.values_list("moved", flat=True)) == [TASKS, TASKS]


def test_one_day_given_off_twice_at_once_moves_each_task_once() -> None:
    owed(small_sector())

    assert given_off_at_once(WEDNESDAY, WEDNESDAY) == ["", ""]

    assert not working_day(WEDNESDAY)
    assert dues() == {date(2026, 3, 10)}
    assert moves() == [(date(2026, 3, 9), date(2026, 3, 10))] * TASKS
    assert list(Recount.objects.values_list("moved", flat=True)) == [TASKS]


def test_a_year_confirmed_twice_at_once_is_confirmed_once_and_the_second_is_told() -> None:
    confirmed = partial(confirm_year, actor=SYSTEM, year=2027, instrument="9441/TB-BNV")

    assert at_once(confirmed, confirmed) == ["", "calendar.nothing"]

    assert working_calendar().is_known(2027)
