"""The register of incoming documents, each with the reply it needs as that stands on a day: one statement a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q, QuerySet

from noivu.core.dates import DateRange
from noivu.core.wording import Text
from noivu.records.api import IncomingDocument, kind_label
from noivu.work.addresses import document_address
from noivu.work.constants import Kind, Stage, Status
from noivu.work.queries.standing import Day, Standing
from noivu.work.timeline import State

Documents = QuerySet[IncomingDocument, Any]
INCOMING_CUTS: dict[str, Text] = {
    "all": Text(vi="Tất cả", en="All"),
    "required": Text(vi="Phải trả lời", en="Reply required"),
    "replied": Text(vi="Đã trả lời", en="Replied"),
    "not_due": Text(vi="Chưa đến hạn", en="Not due yet"),
    "overdue": Text(vi="Quá hạn", en="Overdue"),
    "no_deadline": Text(vi="Không có hạn", en="No deadline"),
    "suspended": Text(vi="Tạm dừng", en="Suspended"),
}
"""The parts of the register: required = replied + not due + overdue + no deadline + suspended."""


@dataclass(frozen=True, slots=True)
class IncomingLine:
    """A line of the register. `standing` None: no reply is needed."""

    id: int
    unit_id: int
    number: str
    arrived_on: date
    issuer: str
    symbol: str
    issued_on: date | None
    kind: Text
    summary: str
    assigned_unit_id: int | None
    assigned_to: str
    cancelled: bool
    obligation_id: int | None
    answer_symbol: str
    standing: Standing | None
    url: str


def incoming_register(documents: Documents, *, days: DateRange | None, as_of: date, query: str = "") -> Documents:
    """Documents that arrived in a period by a day, with the state of their replies on it, for paging and filters.

    `documents` are those the reader may see (`access.scope`, or within a reach). Besides their own columns rows have
    `owed_id`, `answer_symbol`, `status`, `stage`, `due_on`, `completed_on`: empty where no reply is needed.
    """
    rows = documents.filter(superseded_at__isnull=True, arrived_on__lte=as_of)
    if days is not None:
        rows = rows.filter(arrived_on__gte=days.starts_on)
        rows = rows if days.ends_on is None else rows.filter(arrived_on__lt=days.ends_on)
    if query.strip():
        rows = rows.matching(query)  # type: ignore[attr-defined]  # the queryset of the model
    return _with_replies(rows, as_of)


def _with_replies(rows: Documents, as_of: date) -> Documents:
    owed = FilteredRelation("obligations", condition=Q(obligations__removed_at__isnull=True))
    spans = "owed__spans"
    holds = Q(
        **{
            f"{spans}__superseded_at__isnull": True,
            f"{spans}__valid_from__lte": as_of,
            f"{spans}__valid_to__gt": as_of,
        }
    )
    standing = FilteredRelation(spans, condition=holds)
    return (
        rows.annotate(owed=owed)
        .annotate(standing=standing)
        .annotate(
            owed_id=F("standing__obligation_id"),
            answer_symbol=F("owed__answer_symbol"),
            status=F("standing__status"),
            stage=F("standing__stage"),
            due_on=F("standing__due_on"),
            completed_on=F("standing__completed_on"),
            owing_unit=F("standing__unit_id"),
        )
    )


def incoming_cut(cut: str, as_of: date) -> Q:
    """The condition of a part of the register, on the columns of `incoming_register`."""
    is_open = Q(status=Status.OPEN.value)
    parts = {
        "required": Q(status__isnull=False) & ~Q(status=Status.CANCELLED.value),
        "replied": Q(status=Status.COMPLETED.value),
        "not_due": is_open & Q(due_on__gte=as_of),
        "overdue": is_open & Q(due_on__lt=as_of),
        "no_deadline": is_open & Q(due_on__isnull=True),
        "suspended": Q(status=Status.SUSPENDED.value),
    }
    return parts.get(cut, Q())


def incoming_counts(rows: Documents, as_of: date) -> Mapping[str, int]:
    """How many documents each part of the register holds, without cancelled numbers: one statement."""
    numbered = rows.filter(cancelled=False).order_by()
    counts = {cut: Count("pk", filter=incoming_cut(cut, as_of) or None) for cut in INCOMING_CUTS}
    counted: dict[str, int] = numbered.aggregate(**{f"cut_{cut}": count for cut, count in counts.items()})
    return {cut: counted[f"cut_{cut}"] for cut in INCOMING_CUTS}


def incoming_line(document: Any, day: Day) -> IncomingLine:
    """A row of `incoming_register` as a page shows it."""
    return IncomingLine(
        id=document.pk,
        unit_id=document.unit_id,
        number=str(document.number),
        arrived_on=document.arrived_on,
        issuer=document.issuer,
        symbol=document.symbol,
        issued_on=document.issued_on,
        kind=kind_label(document.kind),
        summary=document.summary,
        assigned_unit_id=document.assigned_unit_id,
        assigned_to=document.assigned_to,
        cancelled=document.cancelled,
        obligation_id=document.owed_id,
        answer_symbol=document.answer_symbol or "",
        standing=_standing(document, day),
        url=document_address(document.pk),
    )


def _standing(document: Any, day: Day) -> Standing | None:
    if document.status is None:
        return None
    state = State(
        document.owing_unit,
        document.due_on,
        Status(document.status),
        Stage(document.stage),
        document.completed_on,
    )
    return Standing.of(Kind.REPLY, state, day)
