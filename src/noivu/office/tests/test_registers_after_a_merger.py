"""Lists show what their figures count, those of units that merged within the period among them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import HttpRequest

from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.core.periods import CALENDAR, Period
from noivu.figures.api import Standpoint, ask
from noivu.office.obligation_tables import DUE, RECOMMENDATIONS, TASKS
from noivu.office.queries.mine import due_page
from noivu.office.queries.registers import CUTS, exported_rows, obligation_page
from noivu.records.api import Direction, cancel_number, declare_off_network
from noivu.records.queries.outgoing import declarations, outgoing_page
from noivu.records.tables import OFF_NETWORK, OUTGOING
from noivu.records.testing import goes_out
from noivu.ui.tables import Register, State
from noivu.units.api import Unit, tree
from noivu.units.testing import Sector
from noivu.work.api import Kind, Obligation, cancel, complete, suspend
from noivu.work.testing import gets_recommendation, gets_task

SPRING, SUMMER = date(2025, 6, 3), date(2025, 7, 4)


@pytest.fixture(autouse=True)
def _a_year_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 1, 10))


def seen_from(unit: Unit, period: str) -> Standpoint:
    asked = Period.parse(period)
    units = tree(asked.last_day(CALENDAR))
    node = units.node(unit.pk)
    assert node is not None
    return Standpoint(HttpRequest(), SYSTEM, node, units, asked, CALENDAR, ("year",))


def view(register: Register, **query: str) -> State:
    return register.state(query)


def both_departments(sector: Sector, gets: Callable[..., Obligation]) -> list[Obligation]:
    """Of the department that ended on 1 July, of the one it went into, and one that is owed by nobody any more."""
    ended = gets(sector.old_home_affairs_nam_dinh, SPRING, due_on=date(2025, 6, 20))
    stopped = gets(sector.old_home_affairs_nam_dinh, SPRING, due_on=date(2025, 6, 30))
    suspend(actor=SYSTEM, obligation=stopped, on=date(2025, 6, 9), reason="Chờ ý kiến")
    cancelled = gets(sector.old_home_affairs_nam_dinh, SPRING)
    cancel(actor=SYSTEM, obligation=cancelled, on=date(2025, 6, 9), reason="Trùng")
    return [ended, stopped, gets(sector.new_home_affairs_ninh_binh, SUMMER)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("register", "kind", "gets"),
    [(TASKS, Kind.TASK, gets_task), (RECOMMENDATIONS, Kind.RECOMMENDATION, gets_recommendation)],
)
def test_each_part_lists_as_many_as_its_figure_counts(
    sector: Sector, register: Register, kind: Kind, gets: Callable[..., Obligation]
) -> None:
    owed = both_departments(sector, gets)
    here = seen_from(sector.new_home_affairs_ninh_binh, "2025")
    figures = ask([here.question(tuple(CUTS[kind].values()))])[0].values
    for cut, code in CUTS[kind].items():
        asked = obligation_page(here, kind, view(register, cut=cut))
        assert len(asked.page.rows) == asked.page.count == asked.counts[cut] == figures[code], cut
    whole = obligation_page(here, kind, view(register)).page.rows
    assert {row.line.id for row in whole} == {obligation.pk for obligation in owed}
    assert {row.unit for row in whole} == {"Sở Nội vụ tỉnh Nam Định", "Sở Nội vụ tỉnh Ninh Bình"}
    assert len(list(exported_rows(here, kind, view(register)))) == 3
    assert obligation_page(seen_from(sector.new_home_affairs_ninh_binh, "2025-07"), kind, view(register)).page.count


@pytest.mark.django_db
def test_tasks_of_a_month_before_the_merger_stay_where_they_were(sector: Sector) -> None:
    task = gets_task(sector.old_home_affairs_nam_dinh, SPRING)
    complete(actor=SYSTEM, obligation=task, on=date(2025, 6, 10))
    before = obligation_page(seen_from(sector.old_home_affairs_ninh_binh, "2025-06"), Kind.TASK, view(TASKS))
    assert before.counts["all"] == before.page.count == 0


@pytest.mark.django_db
def test_what_presses_and_what_was_declared_or_cancelled_came_along(sector: Sector) -> None:
    old = sector.old_home_affairs_nam_dinh
    gets_task(old, SPRING, due_on=date(2025, 6, 20))
    cancel_number(actor=SYSTEM, document=goes_out(old, SPRING), reason="Ban hành nhầm")
    declare_off_network(actor=SYSTEM, unit_id=old.pk, direction=Direction.IN, month=SPRING, count=12)
    here = seen_from(sector.new_home_affairs_ninh_binh, "2025")
    assert due_page(here, view(DUE)).count == 1
    assert outgoing_page(here, view(OUTGOING, cut="cancelled"), 50).count == 1
    declared: Any = declarations(here, view(OFF_NETWORK))
    figure = ask([here.question(("documents.received_off_network",))])[0].values["documents.received_off_network"]
    assert sum(line.count for line in declared.rows) == figure == 12
