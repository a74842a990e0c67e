"""Correcting, cancelling and removing what stands in a register. Nothing is ever deleted."""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal, require_reason
from noivu.core.wording import Text
from noivu.law.api import retract, supersede
from noivu.records.bulk import copies_follow
from noivu.records.heard import overruled
from noivu.records.models import IncomingDocument, OutgoingDocument
from noivu.records.models.documents import derived_texts
from noivu.records.services import incoming, outgoing
from noivu.records.services.entries import (
    INCOMING_FIELDS,
    OUTGOING_FIELDS,
    plain,
    require_handling,
    require_not_to_come,
    require_order,
    require_text,
    require_writes,
    stored,
)
from noivu.records.services.freezing import require_not_frozen
from noivu.records.signals import incoming_changed, outgoing_changed

_HANDLERS = frozenset({"assigned_unit_id", "assigned_to", "assigned_officer"})
_Document = TypeVar("_Document", IncomingDocument, OutgoingDocument)


@transaction.atomic
def correct_document(*, actor: Actor, document: _Document, changes: Mapping[str, Any], reason: str = "") -> _Document:
    """Correct fields of a document in or out. It keeps its id and number; its former state stays readable."""
    access.require(actor, "records.edit", document)
    if changes.get("secrecy"):
        marked = copy(document)
        marked.secrecy = changes["secrecy"]
        require_writes(actor, marked)
    if isinstance(document, OutgoingDocument) and "in_reply_to_id" in changes:
        for incoming_id in {document.in_reply_to_id} ^ {changes["in_reply_to_id"]}:
            outgoing.require_may_answer(actor, incoming_id)
    return _correct(actor, document, changes, reason)


@transaction.atomic
def say_answers(
    *, actor: Actor, document: OutgoingDocument, incoming: IncomingDocument, answers: bool = True, reason: str = ""
) -> OutgoingDocument:
    """Say of a letter that it answers a document, or that it does not: for those who answer that document, whoever
    keeps the letter.

    The letter stands in the register of the unit that received the document, or of the one that it was given to; for
    any other the right to correct it is needed.
    """
    access.require(actor, "records.answer", incoming)
    if document.unit_id not in {incoming.unit_id, incoming.assigned_unit_id}:
        access.require(actor, "records.edit", document)
    return _correct(actor, document, {"in_reply_to_id": incoming.pk if answers else None}, reason)


@transaction.atomic
def hand_on(
    *, actor: Actor, document: IncomingDocument, unit_id: int | None, name: str, officer: str, reason: str = ""
) -> IncomingDocument:
    """Say who handles a document (giao xử lý).

    Those who may correct it give it to anybody; the head of a unit that it was given to, to those within reach.
    """
    if not access.may(actor, "records.edit", document):
        access.require(actor, "records.hand_on", document)
        to = document.unit_id if unit_id is None else unit_id  # to take it from the unit is to give it back
        access.require(actor, "records.hand_on", IncomingDocument(unit_id=to))
    return _correct(
        actor, document, {"assigned_unit_id": unit_id, "assigned_to": name, "assigned_officer": officer}, reason
    )


def given_today(document: IncomingDocument) -> IncomingDocument | None:
    """The document as it stood before it was given to whoever has it, where that alone was written last, and today."""
    if timezone.localdate(document.recorded_at) != timezone.localdate(clock.now()):
        return None
    before = IncomingDocument.objects.filter(version_of=document).order_by("-superseded_at", "-pk").first()
    names = (*INCOMING_FIELDS, "unit_id", "cancelled")
    differing = {name for name in names if before and getattr(before, name) != getattr(document, name)}
    return before if differing and differing <= _HANDLERS else None


@transaction.atomic
def give_back(*, actor: Actor, document: IncomingDocument, before: IncomingDocument, reason: str) -> IncomingDocument:
    """Let whoever had a document `before` have it again. The right is asked where that is decided: see `hand_over`."""
    had = {name: getattr(before, name) for name in _HANDLERS}
    return _correct(actor, document, had, reason, "document.give_back")


@transaction.atomic
def hand_over(
    *,
    actor: Actor,
    document: IncomingDocument,
    unit_id: int | None,
    name: str = "",
    officer: str = "",
    reason: str,
) -> IncomingDocument:
    """Let whoever has the reply now handle the document, so that it can be opened where it stands.

    The right is asked where what is owed is transferred or taken back: it is that of the unit that owes, not of the
    register.
    """
    handling = {"assigned_unit_id": unit_id, "assigned_to": name, "assigned_officer": officer}
    return _correct(actor, document, handling, reason)


def give_on(documents: Iterable[IncomingDocument], name: str, officer: str, now: datetime) -> None:
    """Name another officer for documents. In the transaction of the act that says so in the log, for all of them."""
    for document in documents:
        before = {"assigned_to": document.assigned_to, "assigned_officer": document.assigned_officer}
        said = overruled(document, before)
        supersede(document, now, assigned_to=name, assigned_officer=officer, sheet_said=said)


def _correct(
    actor: Actor, document: _Document, changes: Mapping[str, Any], reason: str, action: str = "document.correct"
) -> _Document:
    wanted = {name: value for name, value in incoming.clean(dict(changes)).items() if getattr(document, name) != value}
    if not wanted:
        return document
    require_not_frozen(document)
    _check(document, wanted)
    placed = _place(document, wanted)
    before = {name: plain(getattr(document, name)) for name in wanted}
    answered = getattr(document, "in_reply_to_id", None)
    now = clock.now()
    said = overruled(document, {name: getattr(document, name) for name in wanted})
    supersede(document, now, **wanted, **placed, **_derived(document, wanted), sheet_said=said)
    record(
        actor=actor,
        action=action,
        thing=document,
        before=before,
        after={name: plain(value) for name, value in wanted.items()},
        reason=reason,
    )
    if "secrecy" in wanted:
        copies_follow(type(document), [document.pk])
    _tell(document, actor, now, answered)
    return document


def _check(document: IncomingDocument | OutgoingDocument, wanted: Mapping[str, Any]) -> None:
    coming_in = isinstance(document, IncomingDocument)
    unknown = set(wanted) - set(INCOMING_FIELDS if coming_in else OUTGOING_FIELDS)
    if unknown:
        raise ValueError(f"not a field that is corrected: {sorted(unknown)}")
    require_text(wanted, incoming.REQUIRED if coming_in else outgoing.REQUIRED)
    day = "arrived_on" if coming_in else "issued_on"
    after = {name: wanted.get(name, getattr(document, name)) for name in (day, "issued_on")}
    if coming_in:
        require_order(after["issued_on"], after[day])
    else:
        require_not_to_come(after[day], day)
        if {"symbol", day} & wanted.keys():
            symbol = str(wanted.get("symbol", document.symbol))
            outgoing.require_new(document.unit_id, symbol, after[day], but=document.pk)
    require_handling(wanted, after[day])
    if after[day].year != getattr(document, day).year:
        raise Refusal(
            what=Text(vi="Ngày mới thuộc sổ của năm khác.", en="The new day belongs to the register of another year."),
            do=Text(
                vi="Gỡ văn bản ghi nhầm và ghi vào sổ của năm đó.",
                en="Remove the mistaken entry and register it in that year.",
            ),
            where=day,
            code="year",
        )


def _place(document: IncomingDocument | OutgoingDocument, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
    """Where a letter stands in its register under a corrected symbol."""
    if isinstance(document, OutgoingDocument) and "symbol" in wanted:
        return outgoing.renumbered(document, str(wanted["symbol"]))
    return {}


def _derived(document: IncomingDocument | OutgoingDocument, wanted: Mapping[str, Any]) -> dict[str, str]:
    fields = {**{field.attname: getattr(document, field.attname) for field in document._meta.concrete_fields}, **wanted}
    return derived_texts(fields)


@transaction.atomic
def cancel_number(*, actor: Actor, document: _Document, reason: str) -> _Document:
    """Cancel a number: it stays in the register with the reason, and is no document any more."""
    access.require(actor, "records.edit", document)
    require_reason(reason)
    now = clock.now()
    supersede(document, now, cancelled=True, cancelled_reason=reason)
    record(actor=actor, action="document.cancel", thing=document, before=stored(document), after=None, reason=reason)
    _tell(document, actor, now)
    return document


@transaction.atomic
def remove_document(*, actor: Actor, document: _Document, reason: str) -> None:
    """Take a mistaken entry out of the register. What was known before stays readable as of its instant."""
    access.require(actor, "records.remove", document)
    require_reason(reason)
    now = clock.now()
    retract(document, now)
    record(actor=actor, action="document.remove", thing=document, before=stored(document), after=None, reason=reason)
    _tell(document, actor, now)


def _tell(
    document: IncomingDocument | OutgoingDocument, actor: Actor, now: datetime, answered: int | None = None
) -> None:
    if isinstance(document, IncomingDocument):
        incoming_changed.send(IncomingDocument, document=document, actor=actor, instant=now)
    else:
        outgoing_changed.send(OutgoingDocument, document=document, actor=actor, instant=now, answered_before=answered)
