"""What the figures of obligations count: spans that hold on a day.

For each kind: those that arose in the period as they stand on the day of reading; and the backlog, those still owed at
the end of the day before the period (carried in) or of its last day (open at the end). Read on a later day, a period's
obligations still count for the units that bore them at its end: units of later days have no place in its tree.
"""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import BigIntegerField, Case, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from noivu.core.indicators import BaseSet, Reading, RecordLine, Rows
from noivu.core.wording import Text
from noivu.work.api import ObligationSpan, Session, obligation_address
from noivu.work.constants import Kind

_RELATED = ("obligation", "obligation__document")


def arising(kind: str) -> Callable[[Reading], Rows]:
    """Obligations that arose in the period, as each stands on the day of reading."""

    def rows(reading: Reading) -> Rows:
        parts = ObligationSpan.objects.known_parts(reading.known_at)
        arose = [p.of_kind(kind).arising_in(reading.range).holding_on(reading.as_of) for p in parts]
        return [counted_for(rows, reading) for rows in arose]

    return rows


def counted_for(rows: QuerySet[ObligationSpan], reading: Reading) -> QuerySet[ObligationSpan]:
    """With the unit for which each counts: its own, or that of the stretch in which the period ended."""
    last = reading.range.last_day
    if reading.as_of <= last:
        return rows.annotate(counted_for=F("unit_id"))
    at_its_end = (
        ObligationSpan.objects.known_at(reading.known_at).holding_on(last).filter(obligation=OuterRef("obligation"))
    )
    number = BigIntegerField()
    bore_it = Coalesce(Subquery(at_its_end.values("unit_id")[:1]), F("unit_id"), output_field=number)
    own = When(valid_from__lte=last, then=F("unit_id"))
    return rows.annotate(counted_for=Case(own, default=bore_it, output_field=number))


def backlog(kind: str) -> Callable[[Reading], Rows]:
    """Owed at the end of the day before the period, or of its last one: in one pass over what both ends share."""

    def rows(reading: Reading) -> Rows:
        first, last = carried_in_on(reading), open_at_end_on(reading)
        return [p.of_kind(kind).owed_within(first, last) for p in ObligationSpan.objects.known_parts(reading.known_at)]

    return rows


def carried_in_on(reading: Reading) -> date:
    """The day before the period began."""
    return min(reading.range.starts_on - timedelta(days=1), reading.as_of)


def open_at_end_on(reading: Reading) -> date:
    """The period's last day, or the day of reading where that is earlier."""
    return min(reading.range.last_day, reading.as_of)


def recommendations_under_report(reading: Reading) -> Rows:
    """Recommendations of the sessions under report on the period's last day; without a session: received in the
    period."""
    sessions = Session.objects.under_report(reading.range.last_day).values("pk")
    parts = [
        part.of_kind(Kind.RECOMMENDATION).holding_on(reading.as_of)
        for part in ObligationSpan.objects.known_parts(reading.known_at)
    ]
    of_sessions: list[QuerySet[ObligationSpan]] = [p.filter(obligation__session__in=sessions) for p in parts]
    others = [p.filter(obligation__session=None).arising_in(reading.range) for p in parts]
    return [counted_for(rows, reading) for rows in of_sessions + others]


def describe(span: ObligationSpan) -> RecordLine:
    obligation = span.obligation
    document = obligation.document
    if document is not None:
        parts = [str(document.number), document.symbol, document.summary]
    else:
        parts = [obligation.code, obligation.title]
    url = obligation_address(obligation.kind, obligation.pk, obligation.document_id)
    return RecordLine(obligation.pk, span.unit_id, " · ".join(part for part in parts if part), url)


def base(code: str, vi: str, en: str, rows: Callable[[Reading], Rows], source: str) -> BaseSet:
    return BaseSet(
        code,
        Text(vi=vi, en=en),
        rows,
        describe,
        source=source,
        unit="unit_id" if code.endswith(".backlog") else "counted_for",
        related=_RELATED,
        went_to="obligation__unit_id",
        came_from="obligation__first_unit_id",
        key="obligation_id",
    )


BASES = [
    base(
        "work.replies",
        "Văn bản đến trong kỳ phải trả lời",
        "Replies owed to documents received in the period",
        arising(Kind.REPLY),
        "documents-in",
    ),
    base(
        "work.documents.backlog",
        "Văn bản phải trả lời chuyển kỳ và còn lại",
        "Replies carried in, and open at the end",
        backlog(Kind.REPLY),
        "documents-in",
    ),
    base(
        "work.tasks",
        "Nhiệm vụ giao trong kỳ",
        "Tasks assigned in the period",
        arising(Kind.TASK),
        "tasks",
    ),
    base(
        "work.tasks.backlog",
        "Nhiệm vụ chuyển kỳ và còn lại",
        "Tasks carried in, and open at the end",
        backlog(Kind.TASK),
        "tasks",
    ),
    base(
        "work.recommendations",
        "Kiến nghị của các kỳ họp đang báo cáo",
        "Recommendations of the sessions under report",
        recommendations_under_report,
        "recommendations",
    ),
    base(
        "work.recommendations.backlog",
        "Kiến nghị chuyển kỳ và còn lại",
        "Recommendations carried in, and open at the end",
        backlog(Kind.RECOMMENDATION),
        "recommendations",
    ),
]
