"""A register of tasks or recommendations as one page asks for it: its rows, its parts counted, what it can be narrowed
by. Three statements, and a fourth that counts what was found when the reader narrows it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, QuerySet

from noivu.core import access
from noivu.figures.api import Standpoint
from noivu.office.queries.process import unit_name
from noivu.ui.tables import Order, Page, Span, State, in_order, page_of
from noivu.units.api import reach
from noivu.work.api import (
    Day,
    ObligationLine,
    ObligationSpan,
    obligation_counts,
    obligation_cut,
    obligation_line,
    obligation_register,
    recommendation_register,
)
from noivu.work.constants import Kind

Spans = QuerySet[ObligationSpan, Any]
ORDERS = {
    "code": Order("obligation__code"),
    "due_on": Order("due_on", may_be_empty=True),
    "arises_on": Order("arises_on"),
}
"""The sort keys of both registers."""
_MOST_FACETS = 400
_SAME = {
    "assigner": "obligation__assigner",
    "officer": "obligation__assigned_to",
    "origin": "obligation__origin",
    "field": "obligation__field",
    "result": "obligation__result",
    "session": "obligation__session__code",
}
_FACETS = {
    Kind.TASK: ("obligation__assigner", "obligation__assigned_to"),
    Kind.RECOMMENDATION: ("obligation__session__code", "obligation__session__name", "obligation__field"),
}


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A line of a register, and the name of the unit that owes it."""

    line: ObligationLine
    unit: str


@dataclass(frozen=True)
class Facets:
    """What the rows of a register can be narrowed by: values with how many rows have them, the most frequent first."""

    units: Mapping[int, int]
    words: Mapping[str, Mapping[str, int]]
    sessions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ObligationPage:
    """What a register's page draws."""

    page: Page[RegisterRow]
    counts: Mapping[str, int]
    facets: Facets


def obligations_of(here: Standpoint, kind: Kind, query: str = "") -> Spans:
    """The register of a kind from a standpoint: what its reader may see of what the unit's figures cover."""
    reading = here.question().reading
    seen = access.scope(here.actor, "work.view", ObligationSpan.objects.all())
    reached = seen.filter(unit__in=reach(here.unit.id, here.last_day))
    if kind is Kind.RECOMMENDATION:
        return recommendation_register(reached, days=reading.range, as_of=reading.as_of, query=query)
    return obligation_register(reached, kind=kind, days=reading.range, as_of=reading.as_of, query=query)


def obligation_page(here: Standpoint, kind: Kind, state: State) -> ObligationPage:
    """One page of a register, as the address asks for it."""
    as_of = here.question().reading.as_of
    whole = obligations_of(here, kind)
    counts = obligation_counts(whole, as_of)
    found = _narrowed(here, kind, state)
    known = None if state.is_narrowed else counts[state.cut]
    page = page_of(found, state, ORDERS, count=known)
    day = Day(as_of)
    rows = [RegisterRow(obligation_line(span, day), unit_name(here.units, span.unit_id)) for span in page.rows]
    return ObligationPage(replace(page, rows=rows), counts, _facets(whole, kind))


def exported_rows(here: Standpoint, kind: Kind, state: State) -> Iterator[RegisterRow]:
    """All rows that the address asks for, in its order, without holding them in memory."""
    day = Day(here.question().reading.as_of)
    spans = in_order(_narrowed(here, kind, state), state, ORDERS)
    for span in spans.iterator(chunk_size=2_000):
        yield RegisterRow(obligation_line(span, day), unit_name(here.units, span.unit_id))


def _narrowed(here: Standpoint, kind: Kind, state: State) -> Spans:
    rows = obligations_of(here, kind, state.search).filter(obligation_cut(state.cut, here.question().reading.as_of))
    if lead := state.value("lead"):
        node = here.units.by_code.get(lead)
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


def _facets(rows: Spans, kind: Kind) -> Facets:
    """The combinations that occur, told apart in memory: one statement for all pickers."""
    columns = _FACETS[kind]
    grouped = rows.select_related(None).order_by().values("unit_id", *columns).annotate(rows=Count("pk"))
    found = list(grouped.order_by("-rows", "unit_id", *columns)[:_MOST_FACETS])
    with_session = [row for row in found if row.get("obligation__session__code")]
    sessions = {row["obligation__session__code"]: row["obligation__session__name"] for row in with_session}
    return Facets(
        units=_counted(found, "unit_id"),
        words={code: _counted(found, column) for code, column in _SAME.items() if column in columns},
        sessions=sessions,
    )


def _counted(found: Iterable[Mapping[str, Any]], column: str) -> dict[Any, int]:
    counted: Counter[Any] = Counter()
    for row in found:
        if row[column]:
            counted[row[column]] += row["rows"]
    return dict(counted.most_common())
