"""Message files into registers; a file that came before changes nothing."""

import hashlib
import io
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.access import OfUnit
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.exchange.codes import BUSINESS_TYPES, NEW, RECALL, REFUSED, UPDATE
from noivu.exchange.message import Message
from noivu.exchange.priorities import urgency_of
from noivu.exchange.queries import document_named
from noivu.exchange.reading import read_message
from noivu.exchange.services.statuses import hear_status
from noivu.records.api import (
    IncomingDocument,
    IncomingEntry,
    MessageFile,
    OutgoingDocument,
    attach_file,
    hold_unit,
    register_incoming,
    require_organ_id,
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a message file: the document it stands for or tells of, and whether anything was written."""

    document: IncomingDocument | OutgoingDocument
    is_new: bool
    business_type: int
    status: str = ""


@transaction.atomic
def import_message(*, actor: Actor, unit_id: int, content: bytes, arrived_on: date) -> Taken:
    """Take a message file into the register of a unit: a new document is registered with its files, an update or a
    replacement beside the first, a recall waits to be answered, a status tells how what was sent stands there.
    """
    access.require(actor, "records.edit", OfUnit(unit_id))
    message = read_message(content)
    require_organ_id(message.sender.organ_id, clock.today(), "file")
    hold_unit(unit_id)
    if message.status:
        sending, is_new = hear_status(actor=actor, unit_id=unit_id, message=message)
        return Taken(sending.document, is_new, message.business_type, message.status)
    from_there = MessageFile.objects.filter(unit_id=unit_id, organ_id=message.sender.organ_id)
    same = _same(from_there, message)
    if same is not None:
        return Taken(same.document, is_new=False, business_type=message.business_type)
    first = _first(from_there, message, actor)
    document = first.document if first and message.business_type == RECALL else None
    if document is None:
        document = _registered(actor, unit_id, message, first, arrived_on)
    kept = MessageFile.objects.create(
        unit_id=unit_id,
        sha256=hashlib.sha256(content).hexdigest(),
        organ_id=message.sender.organ_id,
        reference=message.document_id,
        business_type=message.business_type,
        identity=message.identity,
        document=document,
        first=first.document if first and document != first.document else None,
        answers=_answered(actor, unit_id, message),
        said=message.said,
        imported_by_name=actor.name,
    )
    told = {"sha256": kept.sha256, "organ_id": kept.organ_id, "document": kept.reference}
    reason = _reason(message) if message.business_type != NEW else ""
    record(actor=actor, action="document.message", thing=document, after=told, reason=reason)
    return Taken(document, is_new=True, business_type=message.business_type)


def _same(from_there: QuerySet[MessageFile], message: Message) -> MessageFile | None:
    """The file with which this very message came; a new document once, unless it was refused or taken back and is then
    sent anew."""
    known = from_there.filter(reference=message.document_id, business_type=message.business_type)
    found = known.select_related("document").filter(identity=message.identity).first()
    if found is None and message.business_type == NEW:
        return known.select_related("document").filter(answer="").first()
    return found


def _first(from_there: QuerySet[MessageFile], message: Message, actor: Actor) -> MessageFile | None:
    """What a recall, an update or a replacement is about: it stands in the register, within the actor's sight."""
    if message.business_type == NEW:
        return None
    named = message.replaces or (message.document_id,)
    known = from_there.filter(reference__in=named).exclude(business_type=RECALL).exclude(answer=REFUSED)
    first = known.select_related("document").order_by("pk").first()
    if first is not None and access.may(actor, "records.edit", first.document):
        return first
    said = BUSINESS_TYPES[message.business_type]
    raise Refusal(
        what=Text(
            vi=f"Thông điệp “{said.vi}” về văn bản {', '.join(named)} không tự nhận vào sổ.",
            en=f"A message “{said.en}” about {', '.join(named)} is not taken in by itself.",
        ),
        why=Text(vi="Văn bản gốc chưa vào sổ.", en="The document itself is not registered."),
        do=Text(
            vi="Nhận tệp của văn bản gốc trước; hoặc đối chiếu rồi ghi vào sổ bằng tay.",
            en="Take in the file of the document first; or compare, and enter it by hand.",
        ),
        where="file",
        code="message_business",
    )


def _reason(message: Message) -> str:
    said = BUSINESS_TYPES[message.business_type].vi
    return f"{said}: {message.business_reason or 'nơi gửi không ghi lý do'}"


def _registered(
    actor: Actor, unit_id: int, message: Message, first: MessageFile | None, arrived_on: date
) -> IncomingDocument:
    notes = []
    if first is not None:
        verb = "Cập nhật" if message.business_type == UPDATE else "Thay thế"
        reason = f": {message.business_reason}" if message.business_reason else ""
        notes.append(f"{verb} văn bản số đến {first.document.number}{reason}.")
    if message.due_on is not None:
        notes.append(f"Thời hạn nơi gửi ghi: {format_day(message.due_on)}.")
    entry = IncomingEntry(
        unit_id=unit_id,
        arrived_on=arrived_on,
        issuer=message.sender.name or message.sender.organ_id,
        symbol=message.symbol,
        issued_on=message.promulgated_on,
        kind=message.type_name,
        summary=message.subject,
        signer=message.signer,
        urgency=urgency_of(message.priority, arrived_on),
        note=" ".join(notes),
    )
    document = register_incoming(actor=actor, entry=entry)
    for file in message.attachments:
        stream = io.BytesIO(file.content)
        attach_file(actor=actor, document=document, name=file.name, stream=stream, size=len(file.content))
    return document


def _answered(actor: Actor, unit_id: int, message: Message) -> OutgoingDocument | None:
    """The outgoing document of the unit to which the message replies, where it is known and within sight."""
    for one in message.response_for:
        found = document_named(unit_id, one.document_id, one.symbol, one.promulgated_on)
        if found is not None and access.may(actor, "records.view", found):
            return found
    return None
