"""One document or one obligation, with all that happened to it: two statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from noivu.core.wording import Text
from noivu.records.api import IncomingDocument
from noivu.work.constants import HAPPENINGS, Happening, Kind
from noivu.work.models import Obligation, ObligationEvent, ObligationSpan
from noivu.work.queries.incoming import IncomingLine, incoming_line, incoming_register
from noivu.work.queries.obligations import ObligationLine, obligation_line
from noivu.work.queries.standing import Day


@dataclass(frozen=True, slots=True)
class EventLine:
    """Something that happened, as the history of a page shows it. `rule` and `working_days` explain a due date."""

    happening: Happening
    label: Text
    on: date
    due_on: date | None
    reason: str
    rule: str
    working_days: int | None
    counted_from: date | None
    reply: str
    actor: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class DocumentDetail:
    """An incoming document on its page. `document` has every column; `line` how its reply stands."""

    document: IncomingDocument
    line: IncomingLine
    events: Sequence[EventLine]


@dataclass(frozen=True, slots=True)
class ObligationDetail:
    """A task or recommendation on its page."""

    obligation: Obligation
    line: ObligationLine
    events: Sequence[EventLine]
    helping_unit_ids: Sequence[int]


def document_detail(documents: QuerySet[IncomingDocument, Any], document_id: int, day: Day) -> DocumentDetail | None:
    """The document with its reply and events; None where it is not among those the reader may see."""
    seen = documents.filter(pk=document_id).select_related("register")
    found = incoming_register(seen, days=None, as_of=day.on).first()
    if found is None:
        return None
    line = incoming_line(found, day)
    return DocumentDetail(found, line, _events(line.obligation_id, day) if line.obligation_id else ())


def obligation_detail(spans: QuerySet[ObligationSpan, Any], obligation_id: int, day: Day) -> ObligationDetail | None:
    """The obligation as it stands on a day, with its events: three statements with the units that help."""
    holding = spans.filter(
        obligation_id=obligation_id, superseded_at__isnull=True, valid_from__lte=day.on, valid_to__gt=day.on
    )
    span = holding.exclude(kind=Kind.REPLY.value).select_related("obligation", "obligation__session").first()
    if span is None:
        return None
    helping = list(span.obligation.cooperations.order_by("pk").values_list("unit_id", flat=True))
    return ObligationDetail(span.obligation, obligation_line(span, day), _events(obligation_id, day), helping)


def _events(obligation_id: int, day: Day) -> list[EventLine]:
    """What had happened by a day, in order."""
    rows = ObligationEvent.objects.current().filter(obligation_id=obligation_id, on__lte=day.on)
    return [_event(event) for event in rows.select_related("outgoing").order_by("on", "order", "pk")]


def _event(event: ObligationEvent) -> EventLine:
    happening = Happening(event.happening)
    return EventLine(
        happening=happening,
        label=HAPPENINGS[happening],
        on=event.on,
        due_on=event.due_on,
        reason=event.reason,
        rule=event.rule,
        working_days=event.working_days,
        counted_from=event.counted_from,
        reply=event.outgoing.symbol if event.outgoing else "",
        actor=event.actor_name,
        recorded_at=event.recorded_at,
    )
