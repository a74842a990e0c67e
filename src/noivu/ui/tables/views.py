"""Further views of a register, by its declaration: a board with a column for each stage, a month of due dates.

`Register(views=Views(...))` declares them; the address says which is shown (`?view=board`, or `?view=calendar` with a
`month=2024-11`); the cuts, the search and the conditions hold in every view.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from noivu.core import clock
from noivu.core.wording import Text
from noivu.ui.tables.state import State

LIST, BOARD, CALENDAR = "", "board", "calendar"
LABELS = {
    LIST: Text(vi="Danh sách", en="List"),
    BOARD: Text(vi="Bảng", en="Board"),
    CALENDAR: Text(vi="Lịch", en="Calendar"),
}
IN_A_DAY, IN_A_LANE = 4, 20
MOST_SHOWN = 300
"""Cards of a board, dates of a month: what is more is found by the list."""


@dataclass(frozen=True)
class Lane:
    """A column of a board; one that is not `always` there is shown when a card stands in it."""

    code: str
    label: Text
    always: bool = True


@dataclass(frozen=True)
class DayMark:
    """What is said of a day in the month: that nobody works, and why it is not as the weekday says."""

    is_off: bool = False
    words: Text | None = None


@dataclass(frozen=True)
class Views:
    """How a register is seen as a board and as a month. `card` is the template of one `row`; `due_filter` the code of
    the condition that narrows the list to one day."""

    card: str
    lanes: Sequence[Lane]
    lane_of: Callable[[Any], str]
    due_of: Callable[[Any], date | None]
    mark: Callable[[date], DayMark]
    due_filter: str


@dataclass(frozen=True)
class ShownView:
    label: Text
    href: str
    is_current: bool


@dataclass(frozen=True)
class ShownLane:
    label: Text
    rows: Sequence[Any]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True)
class ShownDay:
    """A day of the month with its first rows, and the list of all of them where there are more."""

    day: date
    is_of_month: bool
    is_today: bool
    mark: DayMark
    rows: Sequence[Any]
    more: int
    href: str


@dataclass(frozen=True)
class Month:
    """The month of a calendar view, with the way to the one before and the one after."""

    first: date
    weeks: Sequence[Sequence[ShownDay]]
    previous_href: str
    next_href: str


def view_of(state: State, views: Views | None) -> str:
    """Which view the address asks for; the list where it names none, or none is declared."""
    asked = state.kept.get("view", LIST)
    return asked if views is not None and asked in LABELS else LIST


def month_of(state: State, otherwise: date) -> date:
    """The first day of the month that the address names, else of the month of a day."""
    year, _, month = state.kept.get("month", "").partition("-")
    try:
        return date(int(year), int(month), 1)
    except ValueError:
        return otherwise.replace(day=1)


def days_of(first: date) -> tuple[date, date]:
    """The first and the last day of a month."""
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def shown_views(state: State, views: Views | None) -> list[ShownView]:
    """The links between the views; none where there is one only."""
    if views is None:
        return []
    present = view_of(state, views)
    return [ShownView(label, state.address(view=code), code == present) for code, label in LABELS.items()]


def lanes(views: Views, rows: Iterable[Any]) -> list[ShownLane]:
    """The columns of a board with their rows, in the order in which they came."""
    by_lane: dict[str, list[Any]] = {lane.code: [] for lane in views.lanes}
    for shown in rows:
        by_lane.setdefault(views.lane_of(shown.row), []).append(shown)
    there = [lane for lane in views.lanes if lane.always or by_lane[lane.code]]
    return [ShownLane(lane.label, by_lane[lane.code][:IN_A_LANE], len(by_lane[lane.code])) for lane in there]


def month(views: Views, state: State, rows: Iterable[Any], first: date) -> Month:
    """The weeks of a month, Monday first, each day with what is due."""
    due: dict[date, list[Any]] = {}
    for shown in rows:
        day = views.due_of(shown.row)
        if day is not None:
            due.setdefault(day, []).append(shown)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    before, after = first - timedelta(days=1), days_of(first)[1] + timedelta(days=1)
    return Month(
        first,
        [[_day(views, state, day, first, due.get(day, [])) for day in week] for week in weeks],
        state.address(month=f"{before:%Y-%m}"),
        state.address(month=f"{after:%Y-%m}"),
    )


def _day(views: Views, state: State, day: date, first: date, rows: Sequence[Any]) -> ShownDay:
    more = max(0, len(rows) - IN_A_DAY)
    condition = {f"{views.due_filter}_{end}": f"{day:%d/%m/%Y}" for end in ("from", "to")}
    return ShownDay(
        day=day,
        is_of_month=day.month == first.month,
        is_today=day == clock.today(),
        mark=views.mark(day),
        rows=rows[:IN_A_DAY],
        more=more,
        href=state.address(drop=("view", "month"), **condition) if more else "",
    )
