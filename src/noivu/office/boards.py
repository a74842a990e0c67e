"""The register of any kind as a board by stage, and as a month of due dates with the days nobody works."""

from datetime import date
from typing import Any

from noivu.law.api import working_calendar
from noivu.ui.tables import DayMark, Lane, Views
from noivu.work.constants import STAGES, STATUSES, Stage, Status

_SELDOM = (Stage.RETURNED, Stage.REFUSED)
_LANES = (
    *(Lane(stage.value, label, stage not in _SELDOM) for stage, label in STAGES.items()),
    Lane(Status.SUSPENDED.value, STATUSES[Status.SUSPENDED], always=False),
    Lane(Status.AWAITING.value, STATUSES[Status.AWAITING]),
    Lane(Status.COMPLETED.value, STATUSES[Status.COMPLETED]),
    Lane(Status.DECLINED.value, STATUSES[Status.DECLINED], always=False),
)
_ORDINARY = frozenset({"rest", "working"})


def _lane_of(row: Any) -> str:
    state = row.line.standing.state
    return str(state.stage.value if state.status is Status.OPEN else state.status.value)


def _due_of(row: Any) -> date | None:
    due_on: date | None = row.line.standing.due_on
    return due_on


def _mark(day: date) -> DayMark:
    """A day off, and by what it differs from its weekday: a holiday, a swapped day."""
    calendar = working_calendar()
    if not calendar.reaches(day):
        return DayMark()
    known = calendar.day(day)
    return DayMark(not known.works, None if known.kind in _ORDINARY else known.reason)


BOARD_AND_MONTH = Views("matters/card.html", _LANES, _lane_of, _due_of, _mark, due_filter="due")
