"""Message files out of sendings, and into registers; a file that came before changes nothing."""

import hashlib
import io
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access
from noivu.core.access import OfUnit
from noivu.core.actors import Actor
from noivu.core.files import file_store
from noivu.core.refusals import Refusal
from noivu.core.secrecy import require_lawful_secrecy
from noivu.core.wording import Text
from noivu.records.document_kinds import kind_label
from noivu.records.edxml.codes import BUSINESS_TYPES, NEW, RECALL, STATUSES
from noivu.records.edxml.message import Attachment, Message, Organ, Trace
from noivu.records.edxml.reading import read_message
from noivu.records.edxml.writing import write_message
from noivu.records.models import Dispatch, IncomingDocument, MessageFile
from noivu.records.services import IncomingEntry, attach_file, destroy_copy, register_incoming
from noivu.records.services.dispatches import ORGAN_ID
from noivu.records.services.registers import hold_unit
from noivu.units.api import tree


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a message file: the document it stands for, and whether anything was written."""

    document: IncomingDocument
    is_new: bool
    business_type: int


def export_message(*, actor: Actor, dispatch: Dispatch, organ_id: str) -> bytes:
    """The message file of a sending, from the organisation of this code. Its time is that of the sending: exported
    again it is the same file.
    """
    document = dispatch.document
    access.require(actor, "records.view", document)
    require_lawful_secrecy(document.secrecy)
    if not ORGAN_ID.match(organ_id):
        raise Refusal(
            what=Text(
                vi=f"“{organ_id}” không phải mã định danh 13 ký tự.",
                en=f"“{organ_id}” is no code of 13 characters.",
            ),
            do=Text(vi="Ghi theo dạng 000.00.01.H08.", en="Write it as 000.00.01.H08."),
            where="organ_id",
            code="organ_id",
        )
    units = tree(document.issued_on)
    sender, receiver = units.node(document.unit_id), units.node(dispatch.to_unit_id or 0)
    number, _, notation = document.symbol.partition("/")
    files = document.files.attached()
    return write_message(
        Message(
            sender=Organ(organ_id, sender.name if sender else ""),
            receivers=(Organ(dispatch.organ_id, dispatch.to_name or (receiver.name if receiver else "")),),
            code_number=number if notation else "",
            code_notation=notation or number,
            document_id=f"{organ_id},{document.issued_on.year},{document.symbol}",
            promulgated_on=document.issued_on,
            subject=document.summary,
            type_name=kind_label(document.kind).vi,
            signer=document.signer,
            trace=(Trace(organ_id, dispatch.sent_at.isoformat(timespec="seconds")),),
            attachments=tuple(Attachment(file.name, _bytes(file.sha256)) for file in files),
        )
    )


def _bytes(sha256: str) -> bytes:
    with file_store().open(sha256) as stream:
        return stream.read()


@transaction.atomic
def import_message(*, actor: Actor, unit_id: int, content: bytes, arrived_on: date) -> Taken:
    """Take a message file into the register of a unit: a new document is registered with its files, a recalled one is
    destroyed. The same file, or the same document again, changes nothing.
    """
    access.require(actor, "records.edit", OfUnit(unit_id))
    message, sha256 = read_message(content), hashlib.sha256(content).hexdigest()
    _require_a_document(message)
    hold_unit(unit_id)
    from_there = MessageFile.objects.filter(unit_id=unit_id, organ_id=message.sender.organ_id)
    known = from_there.filter(reference=message.document_id)
    same = known.filter(business_type=message.business_type).select_related("document").first()
    if same is not None:
        return Taken(same.document, is_new=False, business_type=message.business_type)
    document = _acted(actor, unit_id, message, known.filter(business_type=NEW).first(), arrived_on)
    kept = MessageFile.objects.create(
        unit_id=unit_id,
        sha256=sha256,
        organ_id=message.sender.organ_id,
        reference=message.document_id,
        business_type=message.business_type,
        document=document,
        imported_by_name=actor.name,
    )
    told = {"sha256": sha256, "organ_id": kept.organ_id, "document": kept.reference}
    record(actor=actor, action="document.message", thing=document, after=told)
    return Taken(document, is_new=True, business_type=message.business_type)


def _require_a_document(message: Message) -> None:
    """Refuse what only tells how a sending stands: taken for a document it would be given an arrival number."""
    if not message.status:
        return
    said = STATUSES[message.status]
    raise Refusal(
        what=Text(
            vi=f"Tệp này báo trạng thái “{said.vi}” của văn bản {message.document_id}, không phải văn bản đến.",
            en=f"This file says “{said.en}” of {message.document_id}; it is no document that arrives.",
        ),
        do=Text(
            vi="Mở văn bản đi đó, ghi trạng thái ở phần Nơi nhận.",
            en="Open that outgoing document and record it beside its receiver.",
        ),
        code="message_status",
    )


def _acted(
    actor: Actor, unit_id: int, message: Message, first: MessageFile | None, arrived_on: date
) -> IncomingDocument:
    if message.business_type == NEW:
        return _registered(actor, unit_id, message, arrived_on)
    if message.business_type == RECALL and first is not None:
        reason = message.business_reason or "Nơi gửi thu hồi"
        return destroy_copy(actor=actor, document=first.document, reason=f"Thu hồi: {reason}")
    said = BUSINESS_TYPES[message.business_type]
    raise Refusal(
        what=Text(
            vi=f"Thông điệp “{said.vi}” về văn bản {message.document_id} không tự nhận vào sổ.",
            en=f"A message “{said.en}” about {message.document_id} is not taken in by itself.",
        ),
        why=None if first else Text(vi="Văn bản gốc chưa vào sổ.", en="The document itself is not registered."),
        do=Text(vi="Đối chiếu rồi sửa văn bản trong sổ bằng tay.", en="Compare, and correct the document by hand."),
        code="message_business",
    )


def _registered(actor: Actor, unit_id: int, message: Message, arrived_on: date) -> IncomingDocument:
    entry = IncomingEntry(
        unit_id=unit_id,
        arrived_on=arrived_on,
        issuer=message.sender.name or message.sender.organ_id,
        symbol=message.symbol,
        issued_on=message.promulgated_on,
        kind=message.type_name,
        summary=message.subject,
        signer=message.signer,
    )
    document = register_incoming(actor=actor, entry=entry)
    for file in message.attachments:
        stream = io.BytesIO(file.content)
        attach_file(actor=actor, document=document, name=file.name, stream=stream, size=len(file.content))
    return document
