"""One incoming document with what is owed for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.office.api import OUTCOMES, Outcome, Step, WhyDue, events_of, steps_of, unit_name, why_due
from noivu.records.api import IncomingDocument, MessageFile, OutgoingDocument
from noivu.units.api import tree
from noivu.work.api import (
    Cooperation,
    Day,
    Life,
    Obligation,
    ObligationEvent,
    ObligationSpan,
    Standing,
    state_on,
    tells_answer,
    told_events,
)
from noivu.work.constants import Kind, Status

_RUNNING = (Status.OPEN, Status.SUSPENDED)


@dataclass(frozen=True, slots=True)
class IncomingDetail:
    """A document of a register, how its reply stands on `day`, and what happened to it.

    `obligation` None: no reply is owed; else as much of it as its acts ask for. `status_now` is that of today: what may
    be done follows from it. `reply_id` is None where the reply is a typed symbol, or a letter out of reach.
    """

    document: IncomingDocument
    day: date
    unit: str
    unit_code: str
    assigned_unit: str
    obligation: Obligation | None
    owed: Standing | None
    why: WhyDue | None
    steps: tuple[Step, ...]
    events: Sequence[ObligationEvent]
    status_now: Status | None
    reply_id: int | None
    reply_symbol: str
    outcome: Text | None = None


def incoming_detail(actor: Actor, document_id: int, day: date) -> IncomingDetail:
    """The document within the actor's reach; else the answer does not tell that it exists. Two queries."""
    found = _with_obligation(access.scope(actor, "records.view", IncomingDocument.objects.current(), given=True))
    document: Any = found.filter(pk=document_id).first()
    if document is None:
        raise Http404
    owed_id: int | None = document.owed_id
    events = events_of(owed_id) if owed_id else ()
    owed = _stood(document, events, day) if owed_id else None
    units = tree(day)
    node = units.node(document.unit_id)
    return IncomingDetail(
        document=document,
        day=day,
        unit=node.name if node else unit_name(tree(document.arrived_on), document.unit_id),
        unit_code=node.code if node else "",
        assigned_unit=unit_name(units, document.assigned_unit_id),
        obligation=_obligation_of(document) if owed_id else None,
        owed=owed,
        why=why_due(events, day) if owed_id else None,
        steps=tuple(_steps(document, list(told_events(actor, (one for one in events if one.on <= day))), owed)),
        events=events,
        status_now=_status(document, events, max(day, clock.today())) if owed_id else None,
        reply_id=_reply_to_open(actor, document) if owed and owed.state.completed_on else None,
        reply_symbol=document.owed_symbol if owed and owed.state.completed_on and _tells(actor, document) else "",
        outcome=OUTCOMES[Outcome(document.outcome)] if document.outcome and not owed_id else None,
    )


def _with_obligation(rows: QuerySet[IncomingDocument]) -> QuerySet[IncomingDocument]:
    standing = FilteredRelation("obligations", condition=Q(obligations__removed_at=None))
    return rows.annotate(owed=standing).annotate(
        owed_id=F("owed__id"),
        owed_unit=F("owed__unit_id"),
        owed_assigned_unit=F("owed__assigned_unit_id"),
        owed_assigned_officer=F("owed__assigned_officer"),
        owed_first_unit=F("owed__first_unit_id"),
        owed_arises_on=F("owed__arises_on"),
        owed_symbol=F("owed__answer_symbol"),
        outcome=F("triage__outcome"),
        came_by_message=Exists(MessageFile.objects.filter(document=OuterRef("pk"))),
        reply_id=F("owed__reply_document_id"),
        reply_unit=F("owed__reply_document__unit_id"),
        reply_secrecy=F("owed__reply_document__secrecy"),
        reply_names=F("owed__reply_document__in_reply_to_id"),
    )


def _reply_to_open(actor: Actor, document: Any) -> int | None:
    """The letter that answers, where the reader may open it: one that names another document is seen by its register
    alone."""
    named = document if document.reply_names == document.pk else None
    letter = OutgoingDocument(unit_id=document.reply_unit, in_reply_to=named, secrecy=document.reply_secrecy or "")
    return document.reply_id if document.reply_id and access.may(actor, "records.view", letter) else None


def _tells(actor: Actor, document: Any) -> bool:
    letter = (document.reply_id, document.reply_unit, document.reply_secrecy, document.reply_names)
    return tells_answer(actor, document, *letter)


@dataclass(frozen=True, slots=True)
class Share:
    """A unit that co-operates in the reply; with the day by which it is to, and the day on which that was set."""

    unit: str
    due_on: date | None = None
    given_on: date | None = None


def helping_units(detail: IncomingDetail) -> tuple[Share, ...]:
    """The units that co-operate in the reply on the day of `detail`."""
    if detail.obligation is None:
        return ()
    owed = (
        ObligationSpan.objects.current()
        .holding_on(detail.day)
        .filter(obligation=OuterRef("part"), status__in=[status.value for status in _RUNNING])
    )
    helping = Cooperation.objects.filter(obligation_id=detail.obligation.pk).order_by("pk")
    dated = helping.annotate(due=Subquery(owed.values("due_on")[:1]), given=Subquery(owed.values("arises_on")[:1]))
    units = tree(detail.day)
    return tuple(
        Share(unit_name(units, unit_id), *days) for unit_id, *days in dated.values_list("unit_id", "due", "given")
    )


def also_answered(actor: Actor, letter: OutgoingDocument) -> Sequence[IncomingDocument]:
    """Further documents that a letter answers besides the one it names, of those the reader may see; the first to
    arrive first."""
    completed = ObligationEvent.objects.current().filter(outgoing_id=letter.pk, obligation__removed_at=None)
    others = IncomingDocument.objects.current().filter(pk__in=completed.values("obligation__document_id"))
    if letter.in_reply_to_id is not None:
        others = others.exclude(pk=letter.in_reply_to_id)
    return list(access.scope(actor, "records.view", others, given=True).order_by("arrived_on", "pk"))


def _obligation_of(document: Any) -> Obligation:
    return Obligation(
        pk=document.owed_id,
        kind=Kind.REPLY.value,
        unit_id=document.owed_unit,
        assigned_unit_id=document.owed_assigned_unit,
        assigned_officer=document.owed_assigned_officer,
        document=document,
    )


def _stood(document: Any, events: Sequence[ObligationEvent], day: date) -> Standing | None:
    life = Life(document.owed_first_unit, document.owed_arises_on)
    standing = state_on(life, [event.as_event() for event in events], day)
    if standing is None:
        return None
    return Standing.of(Kind.REPLY, standing, Day(day))


def _status(document: Any, events: Sequence[ObligationEvent], day: date) -> Status | None:
    """What may be done follows from how it stands today, whatever day the page speaks of."""
    standing = _stood(document, events, day)
    return standing.state.status if standing else None


def _steps(document: IncomingDocument, events: Sequence[ObligationEvent], owed: Standing | None) -> list[Step]:
    received = Step(
        on=document.arrived_on,
        label=Text(vi="Tiếp nhận", en="Received"),
        note=Text(vi="vào sổ số {number}", en="entered as number {number}").format(number=document.number),
    )
    steps = [received, *steps_of(events)]
    if owed and owed.state.status in _RUNNING and owed.due_on:
        steps.append(Step(on=owed.due_on, label=Text(vi="Hạn trả lời", en="Reply due"), is_next=True))
    return steps


def reply_obligation(actor: Actor, document: IncomingDocument) -> Obligation | None:
    """The reply that is owed to a document, within the actor's reach."""
    owed = Obligation.objects.standing().of_kind(Kind.REPLY).filter(document_id=document.pk)
    return access.scope(actor, "work.view", owed, given=True).first()


def incoming_for(actor: Actor, document_id: int, verb: str) -> IncomingDocument:
    """A document to act on; out of the actor's reach it does not exist."""
    rows = access.scope(actor, verb, IncomingDocument.objects.current(), given=True)
    found = rows.filter(pk=document_id).first()
    if found is None:
        raise Http404
    return found


def incoming_chosen(actor: Actor, document_ids: Sequence[int], verb: str) -> list[IncomingDocument]:
    """Those of the chosen documents that the actor may act on, in the order of the register."""
    rows = access.scope(actor, verb, IncomingDocument.objects.current()).filter(pk__in=document_ids)
    return list(rows.order_by("arrived_on", "pk"))
