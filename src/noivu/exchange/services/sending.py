"""Message files out of sendings, and of what is sent on."""

import re
from dataclasses import replace
from datetime import datetime

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.files import file_store
from noivu.core.refusals import Refusal, require_reason
from noivu.core.secrecy import require_lawful_secrecy
from noivu.core.wording import Text
from noivu.exchange.codes import NEW, RECALL, REPLACE, UPDATE
from noivu.exchange.message import Answered, Attachment, Message, Organ, Trace, message_said, parted
from noivu.exchange.priorities import priority_of
from noivu.exchange.queries import came_by, document_id_of
from noivu.exchange.writing import as_read, write_message
from noivu.records.api import (
    Dispatch,
    DispatchState,
    IncomingDocument,
    OutgoingDocument,
    kind_label,
    require_organ_id,
)
from noivu.units.api import tree

_RECALLED = (DispatchState.RECALL_ASKED.value, DispatchState.RECALLED.value)
_PARTING = re.compile(r"[;\n]+")


def export_message(
    *,
    actor: Actor,
    dispatch: Dispatch,
    organ_id: str,
    business_type: int = NEW,
    reason: str = "",
    replaced: Dispatch | None = None,
) -> bytes:
    """The message file of a sending, from the organisation of this code. Its time is that of the sending (of a recall:
    of asking for it): exported again it is the same file. An update says the reason; a replacement also which sending
    it stands for.
    """
    document = dispatch.document
    access.require(actor, "records.view", document)
    require_lawful_secrecy(document.secrecy)
    require_organ_id(organ_id, clock.today())
    message = _letter(actor, dispatch, organ_id)
    if business_type == RECALL:
        return write_message(_recall(message, dispatch))
    if dispatch.state in _RECALLED:
        said = dispatch.state_label
        raise _refused(
            f"Lần gửi này: {said.vi}. Chỉ ghi được tệp thu hồi.",
            f"This sending: {said.en}. Only its recall is written.",
            "kind",
        )
    if business_type in {UPDATE, REPLACE}:
        require_reason(reason)
        message = replace(message, business_type=business_type, business_reason=reason.strip())
    if business_type == REPLACE:
        if replaced is None:
            raise _refused(
                "Ghi số lần gửi của văn bản được thay thế, trong phạm vi của mình.",
                "Give the number of the sending that it replaces, within your reach.",
                "replaced",
            )
        access.require(actor, "records.view", replaced.document)
        message = replace(message, replaces=(document_id_of(replaced.document, organ_id),))
    files = document.files.attached()
    return write_message(
        replace(message, attachments=tuple(Attachment(file.name, _bytes(file.sha256)) for file in files))
    )


def _letter(actor: Actor, dispatch: Dispatch, organ_id: str) -> Message:
    document = dispatch.document
    units = tree(document.issued_on)
    sender, receiver = units.node(document.unit_id), units.node(dispatch.to_unit_id or 0)
    number, notation = parted(document.symbol)
    return Message(
        sender=Organ(organ_id, sender.name if sender else ""),
        receivers=(Organ(dispatch.organ_id, dispatch.to_name or (receiver.name if receiver else "")),),
        code_number=number,
        code_notation=notation,
        document_id=document_id_of(document, organ_id),
        promulgated_on=document.issued_on,
        subject=document.summary,
        type_name=kind_label(document.kind).vi,
        signer=document.signer,
        due_on=dispatch.due_on,
        priority=priority_of(document.urgency, document.issued_on),
        to_places=tuple(
            place for one in _PARTING.split(document.recipients) if (place := as_read(one).strip(" \t-.,"))
        ),
        page_amount=dispatch.page_amount,
        response_for=_response_for(actor, document),
        trace=(_station(organ_id, dispatch.sent_at),),
    )


def _response_for(actor: Actor, document: OutgoingDocument) -> tuple[Answered, ...]:
    """What the document answers, as its sender knows it; not what the actor may not see."""
    answered = document.in_reply_to
    if answered is None or not answered.symbol or not access.may(actor, "records.view", answered):
        return ()
    came = came_by(answered)
    organ_id, reference = (came.organ_id, came.reference) if came else ("", "")
    return (Answered(organ_id, answered.symbol, answered.issued_on, reference),)


def _recall(message: Message, dispatch: Dispatch) -> Message:
    if dispatch.state != DispatchState.RECALL_ASKED or dispatch.changed_at is None:
        said = dispatch.state_label
        raise _refused(
            f"Lần gửi này đang ở trạng thái “{said.vi}”, không phải đề nghị thu hồi.",
            f"This sending stands at “{said.en}”: no recall is asked.",
            "recall",
        )
    trace = (_station(message.sender.organ_id, dispatch.changed_at),)
    return replace(message, business_type=RECALL, business_reason=dispatch.reason, trace=trace)


def forward_message(*, actor: Actor, document: IncomingDocument, organ_id: str, to: Organ) -> bytes:
    """The message with which a document came, for a further organisation: as its sender wrote it, with our station
    added to its trace. Its files are those of them that are still attached.
    """
    access.require(actor, "records.edit", document)
    require_lawful_secrecy(document.secrecy)
    require_organ_id(organ_id, clock.today())
    require_organ_id(to.organ_id, clock.today(), "to")
    came = came_by(document)
    if came is None or came.said is None or document.cancelled:
        raise _refused(
            "Chỉ gửi tiếp được văn bản đến bằng tệp thông điệp và còn trong sổ.",
            "Only what came by a message file and stands in the register is sent on.",
            "forward",
        )
    sent = {tuple(one) for one in came.said["attachments"]}
    files = [file for file in document.files.attached() if (file.name, file.sha256) in sent]
    letter = message_said(came.said, (Attachment(file.name, _bytes(file.sha256)) for file in files))
    told = {"organ_id": to.organ_id, "to_name": to.name}
    record(actor=actor, action="document.forward", thing=document, after=told)
    trace = (*letter.trace, _station(organ_id, clock.now()))
    return write_message(replace(letter, receivers=(to,), trace=trace))


def _station(organ_id: str, at: datetime) -> Trace:
    return Trace(organ_id, at.isoformat(timespec="seconds"))


def _bytes(sha256: str) -> bytes:
    with file_store().open(sha256) as stream:
        return stream.read()


def _refused(vi: str, en: str, code: str) -> Refusal:
    return Refusal(what=Text(vi=vi, en=en), where=code, code=f"message_{code}")
