"""What follows in the ledger when a document of a register changes, or a unit ends."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from noivu.core import clock
from noivu.core.actors import Actor
from noivu.exchange.api import ASSIGNED, COMPLETED, IN_PROGRESS, Progress, ProgressSource, declare_progress
from noivu.law.api import CountingChange, Followed, counting_changed
from noivu.records.api import IncomingDocument, OutgoingDocument, incoming_changed, outgoing_changed
from noivu.units.api import declare_effects
from noivu.work.addresses import recount_address
from noivu.work.constants import Kind, Stage, Status
from noivu.work.models import Obligation, ObligationEvent
from noivu.work.recounting import in_words, recount
from noivu.work.reorganising import OBLIGATIONS, project_and_follow
from noivu.work.services.assignment import take_out
from noivu.work.services.contributions import parts_follow
from noivu.work.services.ledger import require_before_the_rest, update
from noivu.work.services.letters import require_unanswered, say_letter
from noivu.work.timeline import BEGINNING, Life, state_on

_COPIED = ("assigned_unit_id", "assigned_to", "assigned_officer")

declare_effects(OBLIGATIONS)


def progress_of_reply(document: IncomingDocument) -> Progress | None:
    """How far the reply owed for a document has come today, since whatever was recorded of it last."""
    owed = Obligation.objects.standing().of_kind(Kind.REPLY).filter(document_id=document.pk).first()
    if owed is None:
        return None
    events = list(owed.events.all())
    known = [event.as_event() for event in events if event.superseded_at is None]
    state = state_on(Life(owed.first_unit_id, owed.arises_on), known, max(clock.today(), owed.arises_on))
    since = max((event.superseded_at or event.recorded_at for event in events), default=document.recorded_at)
    if state is not None and state.status is Status.COMPLETED:
        return Progress(COMPLETED, since)
    if state is not None and (state.status is Status.AWAITING or state.stage in _BEGUN):
        return Progress(IN_PROGRESS, since)
    return Progress(ASSIGNED, since) if owed.assigned_unit_id or owed.assigned_to else None


_BEGUN = frozenset({Stage.IN_PROGRESS, Stage.RETURNED})
declare_progress(ProgressSource("work.reply", progress_of_reply))


@receiver(counting_changed, sender=CountingChange)
def count_anew(change: CountingChange, **_: Any) -> Followed | None:
    """What is open and counted follows the calendar and the rules."""
    done = recount(change)
    if not (done.moved or done.kept):
        return None
    address = recount_address(done.recount.pk) if done.recount else ""
    return Followed(f"{done.moved}-{done.kept}", in_words(done), address, done.moved)


@receiver(incoming_changed, sender=IncomingDocument)
def follow_incoming(document: IncomingDocument, actor: Actor, instant: datetime, **_: Any) -> None:
    """The reply that is owed for a document arises when it arrived; without the document it is owed no more."""
    owed = Obligation.objects.standing().select_for_update().filter(document_id=document.pk).first()
    if owed is None:
        return
    if not document.is_current or document.cancelled:
        take_out(actor, owed, at=instant)
    else:
        update(owed, _handling_changed(document, instant))
        parts_follow([document.pk])
        if owed.arises_on != document.arrived_on:
            _move_beginning(owed, document, instant)
    project_and_follow([owed.pk], instant)


def _handling_changed(document: IncomingDocument, instant: datetime) -> dict[str, Any]:
    """Who handles the document, as far as this very correction says: the reply may have gone to a successor since."""
    before = IncomingDocument.objects.filter(version_of=document.pk, superseded_at=instant).values(*_COPIED).first()
    handling = {name: getattr(document, name) for name in _COPIED}
    return {name: value for name, value in handling.items() if before is None or before[name] != value}


def _move_beginning(owed: Obligation, document: IncomingDocument, instant: datetime) -> None:
    """The first events happen on the day the document arrived, as now corrected; a due date stays as it was set."""
    require_before_the_rest(owed, document.arrived_on, "arrived_on")
    beginning = [happening.value for happening in BEGINNING]
    first = list(owed.events.current().filter(on=owed.arises_on, happening__in=beginning))
    owed.events.filter(pk__in=[event.pk for event in first]).update(superseded_at=instant)
    for event in first:
        event.pk = None
        event.on = document.arrived_on
        event.recorded_at = instant
    ObligationEvent.objects.bulk_create(first)
    update(owed, {"arises_on": document.arrived_on})


@receiver(outgoing_changed, sender=OutgoingDocument)
def follow_outgoing(
    document: OutgoingDocument, actor: Actor, instant: datetime, answered_before: int | None = None, **_: Any
) -> None:
    """A document issued in reply completes what is owed; when that turns out wrong, it is owed again.

    `answered_before`: the document that it named until now. Other replies completed by the same letter stay so.
    """
    said = {event.obligation_id: event for event in ObligationEvent.objects.current().filter(outgoing_id=document.pk)}
    touched = Q(pk__in=said)
    if document.in_reply_to_id:
        touched |= Q(kind=Kind.REPLY.value, document_id=document.in_reply_to_id)
    stands = document.is_current and not document.cancelled
    for owed in Obligation.objects.standing().select_for_update().filter(touched).order_by("pk"):
        is_named = owed.document_id == document.in_reply_to_id
        answers = stands and (is_named or owed.document_id != answered_before)
        if answers and owed.pk not in said:
            require_unanswered(owed, document.symbol, document)
        say_letter(owed, document if answers else None, actor, instant, said.get(owed.pk))
