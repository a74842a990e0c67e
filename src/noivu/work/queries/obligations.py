"""Registers of tasks and of recommendations, each row as it stands on a day: one statement a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from noivu.core.dates import DateRange
from noivu.core.wording import Text
from noivu.records.api import matching
from noivu.work import conditions
from noivu.work.addresses import obligation_address
from noivu.work.constants import RESULTS, Kind, Result
from noivu.work.models import Obligation, ObligationSpan, Session
from noivu.work.queries.standing import Day, Standing

Spans = QuerySet[ObligationSpan, Any]
OBLIGATION_CUTS: dict[str, Text] = {
    "all": Text(vi="Tất cả", en="All"),
    "completed": Text(vi="Hoàn thành", en="Completed"),
    "in_time": Text(vi="Còn hạn", en="In time"),
    "overdue": Text(vi="Quá hạn", en="Overdue"),
    "no_deadline": Text(vi="Không có hạn", en="No deadline"),
    "suspended": Text(vi="Tạm dừng", en="Suspended"),
    "awaiting": Text(vi="Chờ xác nhận", en="Waiting for confirmation"),
}
"""The parts of a register of obligations: all = completed + the other five."""


@dataclass(frozen=True, slots=True)
class ObligationLine:
    """A line of a register of tasks or recommendations."""

    id: int
    unit_id: int
    code: str
    title: str
    assigner: str
    origin: str
    session: str
    field: str
    product: str
    arises_on: date
    assigned_unit_id: int | None
    assigned_to: str
    answer_symbol: str
    result: Text | None
    standing: Standing
    url: str


def obligation_register(spans: Spans, *, kind: Kind, days: DateRange | None, as_of: date, query: str = "") -> Spans:
    """Obligations that arose in a period, as spans that hold on a day, with their obligation.

    `spans` are those the reader may see (`access.scope`, or within a reach). Cancelled ones are left out.
    """
    rows = _holding(spans, kind, as_of, query)
    if days is not None:
        rows = rows.filter(arises_on__gte=days.starts_on)
        rows = rows if days.ends_on is None else rows.filter(arises_on__lt=days.ends_on)
    return rows


def recommendation_register(spans: Spans, *, days: DateRange, as_of: date, query: str = "") -> Spans:
    """Recommendations of the sessions under report on the last day of a period, and those of none received in it."""
    sessions = Session.objects.under_report(days.last_day).values("pk")
    received = Q(obligation__session__isnull=True, arises_on__gte=days.starts_on, arises_on__lt=days.ends_on)
    return _holding(spans, Kind.RECOMMENDATION, as_of, query).filter(Q(obligation__session__in=sessions) | received)


def _holding(spans: Spans, kind: Kind, as_of: date, query: str) -> Spans:
    rows = spans.filter(
        conditions.counted(), kind=kind.value, superseded_at__isnull=True, valid_from__lte=as_of, valid_to__gt=as_of
    )
    if query.strip():
        rows = rows.filter(obligation__in=matching(Obligation.objects.of_kind(kind), query).values("pk"))
    return rows.select_related("obligation", "obligation__session")


def obligation_cut(cut: str, as_of: date) -> Q:
    """The condition of a part of the register."""
    parts = {
        "completed": conditions.completed(),
        "in_time": conditions.in_time(as_of),
        "overdue": conditions.overdue(as_of),
        "no_deadline": conditions.no_deadline(),
        "suspended": conditions.suspended(),
        "awaiting": conditions.awaiting(),
    }
    return parts.get(cut, Q())


def obligation_counts(rows: Spans, as_of: date) -> Mapping[str, int]:
    """How many obligations each part of a register holds: one statement."""
    counts = {cut: Count("pk", filter=obligation_cut(cut, as_of) or None) for cut in OBLIGATION_CUTS}
    found = rows.select_related(None).order_by()
    counted: dict[str, int] = found.aggregate(**{f"cut_{cut}": count for cut, count in counts.items()})
    return {cut: counted[f"cut_{cut}"] for cut in OBLIGATION_CUTS}


def obligation_line(span: ObligationSpan, day: Day) -> ObligationLine:
    """A row of a register as a page shows it; an answer that came later than the day is not yet there."""
    obligation, is_done = span.obligation, span.completed_on is not None
    return ObligationLine(
        id=obligation.pk,
        unit_id=span.unit_id,
        code=obligation.code,
        title=obligation.title,
        assigner=obligation.assigner,
        origin=obligation.origin,
        session=obligation.session.name if obligation.session else "",
        field=obligation.field,
        product=obligation.product,
        arises_on=span.arises_on,
        assigned_unit_id=obligation.assigned_unit_id,
        assigned_to=obligation.assigned_to,
        answer_symbol=obligation.answer_symbol if is_done else "",
        result=RESULTS[Result(obligation.result)] if is_done and obligation.result else None,
        standing=Standing.of(Kind(span.kind), span.state, day),
        url=obligation_address(obligation.kind, obligation.pk, obligation.document_id),
    )
