"""What is overdue and nearly due: one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from noivu.core.querysets import number_of
from noivu.core.wording import Text
from noivu.work import conditions
from noivu.work.addresses import obligation_address
from noivu.work.kinds import obligation_kinds
from noivu.work.models import ObligationSpan
from noivu.work.queries.standing import Day, Standing

Spans = QuerySet[ObligationSpan, Any]


@dataclass(frozen=True, slots=True)
class DueLine:
    """Something owed whose day is near or past. `source` is who asked, `symbol` what it is known by."""

    id: int
    unit_id: int
    kind: str
    symbol: str
    title: str
    source: str
    assigned_unit_id: int | None
    assigned_to: str
    standing: Standing
    url: str
    marks: Sequence[Text] = ()


def most_pressing(spans: Spans, day: Day, *, limit: int) -> tuple[list[DueLine], int]:
    """The first of what is overdue or nearly due, by due date, and how many there are in all: one statement.

    `spans` are those of a reach that the reader may see.
    """
    found = _pressing(spans, day)
    first = found.order_by("due_on", "pk").values("pk")[:limit]  # from an index; only these are fetched
    shown = ObligationSpan.objects.filter(pk__in=first).select_related("obligation", "obligation__document")
    rows: list[Any] = list(shown.annotate(found=number_of(found)).order_by("due_on", "pk"))
    return [due_line(span, day) for span in rows], rows[0].found if rows else 0


def pressing(spans: Spans, day: Day) -> Spans:
    """What is overdue or nearly due on a day, with obligation and document, for paging."""
    return _pressing(spans, day).select_related("obligation", "obligation__document")


def _pressing(spans: Spans, day: Day) -> Spans:
    holding = spans.filter(conditions.holding_on(day.on), conditions.is_open(), superseded_at__isnull=True)
    near = Q(pk__in=[])
    for kind in obligation_kinds.codes:
        near |= Q(kind=kind) & Q(due_on__lte=day.nearly_until(kind))
    return holding.filter(near, kind__in=obligation_kinds.codes)  # all kinds, named again for the index


def due_line(span: ObligationSpan, day: Day) -> DueLine:
    """Something owed as a list shows it; its obligation and document come with the span."""
    obligation, document = span.obligation, span.obligation.document
    return DueLine(
        id=obligation.pk,
        unit_id=span.unit_id,
        kind=span.kind,
        symbol=(document.symbol or str(document.number)) if document else obligation.code,
        title=document.summary if document else obligation.title,
        source=document.issuer if document else obligation.assigner or obligation.origin,
        assigned_unit_id=obligation.assigned_unit_id,
        assigned_to=obligation.assigned_to,
        standing=Standing.of(span.kind, span.state, day),
        url=obligation_address(obligation.kind, obligation.pk, obligation.document_id),
        marks=document.marks if document else obligation.marks,
    )
