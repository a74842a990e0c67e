"""What follows in the ledger when a document of a register changes."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from noivu.audit.api import record
from noivu.core.actors import Actor
from noivu.records.api import IncomingDocument, OutgoingDocument, incoming_changed, outgoing_changed
from noivu.work.constants import Happening, Kind
from noivu.work.models import Obligation, ObligationEvent
from noivu.work.projection import project
from noivu.work.services.ledger import Happened, update, write_event

_COPIED = ("assigned_unit_id", "assigned_to", "assigned_officer")


@receiver(incoming_changed, sender=IncomingDocument)
def follow_incoming(document: IncomingDocument, instant: datetime, **_: Any) -> None:
    """The reply that is owed for a document arises when it arrived; without the document it is owed no more."""
    owed = Obligation.objects.standing().select_for_update().filter(document_id=document.pk).first()
    if owed is None:
        return
    if not document.is_current or document.cancelled:
        update(owed, {"removed_at": instant})
    else:
        update(owed, {name: getattr(document, name) for name in _COPIED})
        if owed.arises_on != document.arrived_on:
            _move_beginning(owed, document, instant)
    project([owed.pk], instant)


def _move_beginning(owed: Obligation, document: IncomingDocument, instant: datetime) -> None:
    """The first events happen on the day the document arrived, as now corrected; a due date stays as it was set."""
    beginnings = [Happening.ASSIGNED.value, Happening.DUE_SET.value]
    first = list(owed.events.current().filter(on=owed.arises_on, happening__in=beginnings))
    owed.events.filter(pk__in=[event.pk for event in first]).update(superseded_at=instant)
    for event in first:
        event.pk = None
        event.on = document.arrived_on
        event.recorded_at = instant
    ObligationEvent.objects.bulk_create(first)
    update(owed, {"arises_on": document.arrived_on})


@receiver(outgoing_changed, sender=OutgoingDocument)
def follow_outgoing(document: OutgoingDocument, actor: Actor, instant: datetime, **_: Any) -> None:
    """A document issued in reply completes what is owed; when that turns out wrong, it is owed again."""
    said = ObligationEvent.objects.current().filter(outgoing_id=document.pk)
    touched = set(said.values_list("obligation_id", flat=True))
    said.update(superseded_at=instant)
    released = Obligation.objects.filter(pk__in=touched, reply_document_id=document.pk)
    released.update(reply_document=None, answer_symbol="")
    if document.is_current and not document.cancelled and document.in_reply_to_id:
        touched |= _answer(document, actor, instant)
    project(touched, instant)


def _answer(document: OutgoingDocument, actor: Actor, instant: datetime) -> set[int]:
    owed = Obligation.objects.standing().select_for_update()
    obligation = owed.filter(kind=Kind.REPLY.value, document_id=document.in_reply_to_id).first()
    if obligation is None:
        return set()
    done = Happened(Happening.COMPLETED, max(document.issued_on, obligation.arises_on), outgoing_id=document.pk)
    write_event(obligation, done, actor, instant)
    update(obligation, {"reply_document_id": document.pk, "answer_symbol": document.symbol})
    after = {"status": "completed", "answer_symbol": document.symbol, "on": done.on.isoformat()}
    record(actor=actor, action="obligation.complete", thing=obligation, after=after)
    return {obligation.pk}
