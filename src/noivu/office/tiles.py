"""What this room says on the operations centre: what is overdue or nearly due, and how fresh the registers are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from noivu.core import access, clock
from noivu.core.wording import Text
from noivu.figures.api import Freshness, Question, freshness
from noivu.law.api import working_days_between
from noivu.office.queries.process import handling_unit
from noivu.ui.page import DueItem
from noivu.ui.tiles import TilePage
from noivu.units.api import Tree, reach_with_ended, tree
from noivu.work.api import Day, DueLine, ObligationSpan, most_pressing

ROWS = 8
"""How many pressing things the operations centre names; the rest is a page of its own."""
EXPECTED_WITHIN = 1
"""Working days within which a register in daily use is written to."""


def due(page: TilePage) -> Mapping[str, Any]:
    """What is overdue and what soon will be, by due date: one statement."""
    day = Day(page.as_of or clock.today())
    last_day = page.period.last_day(page.window)
    seen = access.scope(page.actor, "work.view", ObligationSpan.objects.all())
    lines, found = most_pressing(seen.filter(unit__in=reach_with_ended(page.unit.id, last_day)), day, limit=ROWS)
    units = tree(last_day)
    return {
        "items": [_item(line, units) for line in lines],
        "found": found,
        "href": f"{reverse('office:due')}?{urlencode(page.address)}",
    }


def _item(line: DueLine, units: Tree) -> DueItem:
    parts = (line.source, handling_unit(units, line), str(line.standing.state_words))
    return DueItem(
        title=line.title,
        href=line.url,
        due_on=line.standing.due_on,
        timeliness=line.standing.timeliness_shape,
        days_left=line.standing.working_days_left,
        note=" · ".join(part for part in parts if part),
    )


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A register, when it was last written to, and whether that is as expected of one in daily use."""

    label: Text
    at: datetime | None
    timeliness: str
    words: Text


def sources(page: TilePage) -> Mapping[str, Any]:
    """How fresh the registers are from which the page's figures are counted: one statement."""
    question = Question(page.unit.id, page.period, page.window)
    return {"lines": [_source(source, clock.today()) for source in freshness(question)]}


def _source(source: Freshness, today: date) -> SourceLine:
    at = source.last_recorded_at
    if at is None:
        return SourceLine(source.label, None, "none", Text(vi="Chưa có", en="Nothing yet"))
    days = working_days_between(timezone.localtime(at).date(), today)
    if days <= EXPECTED_WITHIN:
        return SourceLine(source.label, at, "done", Text(vi="Đúng hẹn", en="On time"))
    late = Text(vi="Chậm {n} ngày làm việc", en="{n} working day late||{n} working days late")
    return SourceLine(source.label, at, "near", late.format(n=days - EXPECTED_WITHIN))
