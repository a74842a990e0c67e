"""A register of tasks or recommendations as one page asks for it: its rows, its parts counted, what it can be narrowed
by. Three statements, and a fourth that counts what was found in a part or when the reader narrows it.

The rows of a part are those that its figure counts: both come from the same declaration (`figures.drill`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from noivu.core import access, clock
from noivu.figures.api import Standpoint, ask, drill
from noivu.matters.api import FAMILIES
from noivu.office.queries.process import node_named, unit_name
from noivu.records.api import matching
from noivu.ui.tables import (
    BOARD,
    CALENDAR,
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
    },
    **{family.kind: family.cuts for family in FAMILIES},
}
"""The parts of each register and the figure that counts each."""
MOST_FACETS = 2_000
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
_FACETS: Mapping[str, tuple[str, ...]] = {
    Kind.TASK: ("obligation__assigner", "obligation__assigned_to"),
    Kind.RECOMMENDATION: ("obligation__session__code", "obligation__session__name", "obligation__field"),
    **{family.kind: ("obligation__assigner", "obligation__assigned_to") for family in FAMILIES},
}


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A line of a register, and the name of the unit that owes it."""

    line: ObligationLine
    unit: str


@dataclass(frozen=True)
class Facets:
    """What the rows of a register can be narrowed by: values with how many rows have them, the most frequent first.

    Not `is_whole`: more combinations occur than were read; what is rarer can only be typed.
    """

    units: Mapping[int, int]
    words: Mapping[str, Mapping[str, int]]
    sessions: Mapping[str, str] = field(default_factory=dict)
    is_whole: bool = True
    rows: int = 0


@dataclass(frozen=True)
class ObligationPage:
    """What a register's page draws."""

    page: Page[RegisterRow]
    counts: Mapping[str, int]
    facets: Facets


def obligations_of(here: Standpoint, kind: str, cut: str) -> Spans:
    """What the figure of a part counts, as far as the reader may see it."""
    return access.scope(here.actor, "work.view", drill(CUTS[kind][cut], here.question()))


def obligation_page(here: Standpoint, kind: str, state: State) -> ObligationPage:
    """One page of a register, as the address asks for it."""
    cuts = CUTS[kind]
    values = ask([here.question(tuple(cuts.values()))])[0].values
    facets = _facets(obligations_of(here, kind, ALL), kind)
    known = facets.rows if state.cut == ALL and facets.is_whole and not state.is_narrowed else None
    spans, size, known = _seen(here, kind, state, known)
    page = page_of(spans, state, ORDERS, size=size, count=known)
    rows = [_row(here, span, Day(here.question().reading.as_of)) for span in page.rows]
    return ObligationPage(page.showing(rows), {cut: values[code] for cut, code in cuts.items()}, facets)


def _seen(here: Standpoint, kind: str, state: State, known: int | None) -> tuple[Spans, int, int | None]:
    """What a view of the register shows: a page of the list, the cards of the board, what is due within the month."""
    rows, view = _narrowed(here, kind, state), state.kept.get("view", "")
    if view == CALENDAR:
        first, last = days_of(month_of(state, clock.today()))
        return rows.filter(due_on__gte=first, due_on__lte=last), MOST_SHOWN, None
    return rows, MOST_SHOWN if view == BOARD else PAGE_SIZE, known


def _row(here: Standpoint, span: ObligationSpan, day: Day) -> RegisterRow:
    """A unit that ended within the period bears the name of the day the obligation arose."""
    unit = unit_name(here.units, span.unit_id) or unit_name(tree(span.arises_on), span.unit_id)
    return RegisterRow(obligation_line(span, day), unit)


def exported_rows(here: Standpoint, kind: str, state: State) -> Iterator[RegisterRow]:
    """All rows that the address asks for, in its order, without holding them in memory."""
    day = Day(here.question().reading.as_of)
    spans = in_order(_narrowed(here, kind, state), state, ORDERS)
    for span in spans.iterator(chunk_size=2_000):
        yield _row(here, span, day)


def _narrowed(here: Standpoint, kind: str, state: State) -> Spans:
    rows = obligations_of(here, kind, state.cut).select_related("obligation", "obligation__session")
    if state.search:
        found = matching(Obligation.objects.of_kind(kind), state.search)
        rows = rows.filter(obligation__in=found.values("pk"))
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


def _facets(rows: Spans, kind: str) -> Facets:
    """The combinations that occur, told apart in memory: one statement for all pickers."""
    columns = _FACETS[kind]
    grouped = rows.order_by().values("unit_id", *columns).annotate(rows=Count("pk"))
    found = list(grouped.order_by("-rows", "unit_id", *columns)[:MOST_FACETS])
    with_session = [row for row in found if row.get("obligation__session__code")]
    sessions = {row["obligation__session__code"]: row["obligation__session__name"] for row in with_session}
    return Facets(
        units=_counted(found, "unit_id"),
        words={code: _counted(found, column) for code, column in _SAME.items() if column in columns},
        sessions=sessions,
        is_whole=len(found) < MOST_FACETS,
        rows=sum(row["rows"] for row in found),
    )


def _counted(found: Iterable[Mapping[str, Any]], column: str) -> dict[Any, int]:
    counted: Counter[Any] = Counter()
    for row in found:
        if row[column]:
            counted[row[column]] += row["rows"]
    return dict(counted.most_common())
