"""A register of tasks or recommendations as one page asks for it: its rows, its parts counted, what it can be narrowed
by. Three statements, and a fourth for the picker that the reader opens.

The rows of a part are those that its figure counts: both come from the same declaration (`figures.drill`).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from noivu.core import access, clock
from noivu.figures.api import Standpoint, ask, drill
from noivu.matters.api import FAMILIES
from noivu.office.queries.process import node_named, unit_name
from noivu.records.api import holding
from noivu.ui.tables import (
    BOARD,
    CALENDAR,
    COUNTED_AT_MOST,
    MOST_SHOWN,
    PAGE_SIZE,
    Order,
    Page,
    Span,
    State,
    days_of,
    in_order,
    month_of,
    page_of,
)
from noivu.units.api import tree
from noivu.work.api import Day, Obligation, ObligationLine, ObligationSpan, obligation_line
from noivu.work.constants import Kind

Spans = QuerySet[ObligationSpan, Any]
ORDERS = {
    "code": Order("obligation__code"),
    "due_on": Order("due_on", may_be_empty=True),
    "arises_on": Order("arises_on"),
}
"""The sort keys of both registers."""
ALL = "all"
CUTS: Mapping[str, Mapping[str, str]] = {
    Kind.TASK: {
        ALL: "tasks.assigned",
        "completed": "tasks.completed",
        "in_time": "tasks.open_in_time",
        "overdue": "tasks.open_overdue",
        "no_deadline": "tasks.open_no_deadline",
        "suspended": "tasks.suspended",
        "awaiting": "tasks.awaiting_confirmation",
    },
    Kind.RECOMMENDATION: {
        ALL: "recommendations.received",
        "completed": "recommendations.answered",
        "in_time": "recommendations.open_in_time",
        "overdue": "recommendations.open_overdue",
        "no_deadline": "recommendations.open_no_deadline",
        "suspended": "recommendations.suspended",
        "declined": "recommendations.declined",
    },
    **{family.kind: family.cuts for family in FAMILIES},
}
"""The parts of each register and the figure that counts each."""
MOST_FACETS, FOUND_AT_MOST = 2_000, 1_000
_SAME = {
    "assigner": "obligation__assigner",
    "officer": "obligation__assigned_to",
    "origin": "obligation__origin",
    "urgency": "obligation__urgency",
    "priority": "obligation__priority",
    "field": "obligation__field",
    "result": "obligation__result",
    "session": "obligation__session__code",
}
_GIVEN = {code: _SAME[code] for code in ("assigner", "officer")}
_FACETS: Mapping[str, Mapping[str, str]] = {
    Kind.TASK: {"lead": "unit_id", **_GIVEN},
    Kind.RECOMMENDATION: {"lead": "unit_id", "session": _SAME["session"], "field": _SAME["field"]},
    **{family.kind: {"lead": "unit_id", **_GIVEN} for family in FAMILIES},
}


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A line of a register, and the names of the unit that owes it and of the one that assigned it."""

    line: ObligationLine
    unit: str
    assigner_unit: str = ""


@dataclass(frozen=True)
class Facet:
    """What the rows of a register can be narrowed by in one respect: values with how many rows have them, the most
    frequent first, and their names where these are others.

    Not `is_whole`: more occur than were read; what is rarer can only be typed.
    """

    code: str
    counts: Mapping[Any, int]
    names: Mapping[str, str] = field(default_factory=dict)
    is_whole: bool = True


@dataclass(frozen=True)
class ObligationPage:
    """What a register's page draws."""

    page: Page[RegisterRow]
    counts: Mapping[str, int]
    facet: Facet | None


def obligations_of(here: Standpoint, kind: str, cut: str) -> Spans:
    """What the figure of a part counts, as far as the reader may see it."""
    return access.scope(here.actor, "work.view", drill(CUTS[kind][cut], here.question()))


def obligation_page(here: Standpoint, kind: str, state: State) -> ObligationPage:
    """One page of a register, as the address asks for it."""
    cuts = CUTS[kind]
    values = ask([here.question(tuple(cuts.values()))])[0].values
    counts = {cut: values[code] for cut, code in cuts.items()}
    spans, size = _seen(here, kind, state, counts[state.cut])
    is_long = counts[state.cut] > COUNTED_AT_MOST and state.sort == "due_on"
    begins_on = here.question().reading.range.starts_on if is_long else None
    counted = FOUND_AT_MOST if state.search else COUNTED_AT_MOST
    page = page_of(spans, state, ORDERS, size=size, counted=counted, begins_on=begins_on)
    rows = [_row(here, span, Day(here.question().reading.as_of)) for span in page.rows]
    return ObligationPage(page.showing(rows), counts, _facet(here, kind, state.opened))


def _seen(here: Standpoint, kind: str, state: State, whole: int) -> tuple[Spans, int]:
    """What a view of the register shows: a page of the list, the cards of the board, what is due within the month."""
    rows, view = _narrowed(here, kind, state, whole), state.kept.get("view", "")
    if view == CALENDAR:
        first, last = days_of(month_of(state, clock.today()))
        return rows.filter(due_on__gte=first, due_on__lte=last), MOST_SHOWN
    return rows, MOST_SHOWN if view == BOARD else PAGE_SIZE


def _row(here: Standpoint, span: ObligationSpan, day: Day) -> RegisterRow:
    """A unit that ended within the period bears the name of the day the obligation arose."""

    def name(unit_id: int | None) -> str:
        return unit_name(here.units, unit_id) or unit_name(tree(span.arises_on), unit_id)

    line = obligation_line(span, day)
    return RegisterRow(line, name(span.unit_id), name(line.assigner_unit_id) if line.assigner_unit_id else "")


def exported_rows(here: Standpoint, kind: str, state: State) -> Iterator[RegisterRow]:
    """All rows that the address asks for, in its order, without holding them in memory."""
    day = Day(here.question().reading.as_of)
    spans = in_order(_narrowed(here, kind, state), state, ORDERS)
    for span in spans.iterator(chunk_size=2_000):
        yield _row(here, span, day)


def _narrowed(here: Standpoint, kind: str, state: State, whole: int | None = None) -> Spans:
    rows = obligations_of(here, kind, state.cut).select_related("obligation", "obligation__session")
    if state.search:
        rows = rows.filter(holding(Obligation, state.search, "obligation__", using=rows.db, among=whole))
    if lead := state.value("lead"):
        node = node_named(here.units, lead)
        rows = rows.filter(unit_id=node.id) if node else rows.none()
    for code, column in _SAME.items():
        if (value := state.value(code)) is not None:
            rows = rows.filter(**{column: value})
    return _due_within(rows, state.value("due"))


def _due_within(rows: Spans, due: Span | None) -> Spans:
    if due and due.first:
        rows = rows.filter(due_on__gte=due.first)
    if due and due.last:
        rows = rows.filter(due_on__lte=due.last)
    return rows


def _facet(here: Standpoint, kind: str, code: str) -> Facet | None:
    """What the picker that the reader opened offers: it is counted then, since the register is read for it."""
    column = _FACETS[kind].get(code)
    if column is None:
        return None
    named = [column, *(["obligation__session__name"] if code == "session" else [])]
    grouped = obligations_of(here, kind, ALL).order_by().values_list(*named).annotate(rows=Count("pk"))
    found = list(grouped.order_by("-rows", *named)[: MOST_FACETS + 1])
    counts, names = Counter[Any](), dict[str, str]()
    for value, *name, number in found[:MOST_FACETS]:
        if value:
            counts[value] += number
            names.update(dict.fromkeys([value], *name) if name else {})
    return Facet(code, dict(counts.most_common()), names, is_whole=len(found) <= MOST_FACETS)
