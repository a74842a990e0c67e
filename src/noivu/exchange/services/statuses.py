"""Statuses between agencies: told to who sent a document here, heard from who one was sent to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.secrecy import require_lawful_secrecy
from noivu.core.wording import Text
from noivu.exchange.codes import ACCEPTED, ARRIVED, RECALL, REFUSED, STATUSES, TAKE_BACK_REFUSED, TAKEN_BACK
from noivu.exchange.message import Message, Organ, Trace, message_said, parted
from noivu.exchange.models import StatusHeard
from noivu.exchange.progress import progress_of
from noivu.exchange.queries import came_by, document_named, recalls_of
from noivu.exchange.writing import write_message
from noivu.records.api import (
    Dispatch,
    DispatchState,
    IncomingDocument,
    MessageFile,
    move_dispatch,
    require_organ_id,
)
from noivu.units.api import tree

_EARLY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Told:
    """A status that may be told to the sender, since when it holds, and why."""

    status: str
    since: datetime
    reason: str = ""

    @property
    def label(self) -> Text:
        return STATUSES[self.status]


def statuses_of(document: IncomingDocument) -> list[Told]:
    """What may be told of a document that came by a message, in order; the last is how it stands. Empty: it did not."""
    came = came_by(document)
    if came is None:
        return []
    told = [Told(ARRIVED, came.imported_at)]
    if came.answer == REFUSED and came.answered_at:
        return [*told, Told(REFUSED, came.answered_at, came.answer_reason)]
    told.append(Told(ACCEPTED, came.imported_at))
    answered = [one for one in recalls_of(document) if one.answered_at]
    progress = None if document.cancelled else progress_of(document)
    if progress is not None:
        told.append(Told(progress.status, max(progress.since, came.imported_at)))
    told += [Told(one.answer, one.answered_at, one.answer_reason) for one in answered[-1:] if one.answered_at]
    return sorted(told, key=lambda one: (one.since, one.status))


def export_status(
    *, actor: Actor, document: IncomingDocument, organ_id: str, status: str = "", own_name: str = ""
) -> bytes:
    """The message file that tells the sender of a document how it stands here; written again it is the same file."""
    access.require(actor, "records.edit", document)
    require_lawful_secrecy(document.secrecy)
    require_organ_id(organ_id, clock.today())
    told, came = statuses_of(document), came_by(document)
    if came is None:
        raise _refused("Văn bản này không đến bằng tệp thông điệp.", "It came by no message file.", "origin")
    one = next((one for one in reversed(told) if status in {"", one.status}), None)
    if one is None:
        names = ", ".join(f"{known.status} {known.label.vi}" for known in told)
        raise _refused(
            f"Văn bản không ở trạng thái {status}; có thể báo: {names}.",
            f"The document does not stand at {status}; what can be told: {names}.",
            "code",
        )
    unit = tree(document.arrived_on).node(document.unit_id)
    return write_message(_answer(came, document, one, Organ(organ_id, unit.name if unit else "")))


def _answer(came: MessageFile, document: IncomingDocument, told: Told, own: Organ) -> Message:
    letter = message_said(came.said) if came.said else None
    number, notation = parted(document.symbol)
    return Message(
        sender=own,
        receivers=(letter.sender if letter else Organ(came.organ_id, document.issuer),),
        code_number=letter.code_number if letter else number,
        code_notation=letter.code_notation if letter else notation,
        document_id=came.reference,
        promulgated_on=letter.promulgated_on if letter else document.issued_on or document.arrived_on,
        subject=letter.subject if letter else document.summary,
        business_type=RECALL if told.status in {TAKEN_BACK, TAKE_BACK_REFUSED} else came.business_type,
        business_reason=told.reason,
        status=told.status,
        trace=(Trace(own.organ_id, told.since.isoformat(timespec="seconds")),),
    )


@transaction.atomic
def hear_status(*, actor: Actor, unit_id: int, message: Message) -> tuple[Dispatch, bool]:
    """Let a sending stand as its receiver says; whether that was new. One that was told before another is kept beside
    it and changes nothing. Of an unknown document nothing is written.
    """
    told_at = _told_at(message)
    sending = _sending(actor, unit_id, message, told_at)
    identity = message.identity
    if StatusHeard.objects.filter(dispatch=sending, identity=identity).exists():
        return sending, False
    state = _following(sending, message, told_at)
    StatusHeard.objects.create(
        dispatch=sending,
        status=message.status,
        told_at=told_at,
        reason=message.business_reason,
        identity=identity,
        heard_by_name=actor.name,
    )
    told = {"status": message.status, "organ_id": sending.organ_id}
    record(actor=actor, action="document.status", thing=sending, after=told, reason=message.business_reason)
    if state is not None and state != sending.state:
        is_refused = message.status in {REFUSED, TAKE_BACK_REFUSED}
        reason = message.business_reason or "Nơi nhận không ghi lý do" if is_refused else sending.reason
        move_dispatch(actor, sending, state, reason)
    return sending, True


def _told_at(message: Message) -> datetime:
    station = next((one for one in message.trace if one.organ_id == message.sender.organ_id), None)
    told_at = station.at if station else None
    if told_at is None:
        raise _refused(
            "Không có hoặc không đọc được thời điểm của trạng thái (TraceHeader của nơi báo).",
            "When it was told is missing or unreadable (TraceHeader of who tells it).",
            "time",
        )
    if told_at > clock.now() + _EARLY:
        day = format_day(told_at.date())
        raise _refused(f"Thời điểm báo, ngày {day}, còn ở phía trước.", f"It is told of {day}, still to come.", "time")
    return told_at


def _sending(actor: Actor, unit_id: int, message: Message, told_at: datetime) -> Dispatch:
    """The sending that is meant: of several to the same organisation the last before the status was told."""
    document = document_named(unit_id, message.document_id, message.symbol, message.promulgated_on)
    if document is not None and access.may(actor, "records.edit", document):
        rows = Dispatch.objects.select_for_update().filter(
            document=document, to_unit=None, organ_id=message.sender.organ_id
        )
        sendings = list(rows.order_by("pk"))
        before = [one for one in sendings if one.sent_at < told_at + _SECOND]
        if sendings:
            return before[-1] if before else sendings[0]
    raise _refused(
        f"Không tìm thấy lần gửi văn bản {message.document_id} cho {message.sender.organ_id}.",
        f"No sending of {message.document_id} to {message.sender.organ_id} is known.",
        "unknown",
    )


def _following(sending: Dispatch, message: Message, told_at: datetime) -> DispatchState | None:
    """The state that a status leads to; None where it changes nothing."""
    state, status = DispatchState(sending.state), message.status
    if status in {TAKEN_BACK, TAKE_BACK_REFUSED}:
        if state is not DispatchState.RECALL_ASKED:
            raise _out_of_order(sending, status)
        return DispatchState.RECALLED if status == TAKEN_BACK else DispatchState.RECALL_REFUSED
    if status not in _HANDLED:
        raise _out_of_order(sending, status)
    last = StatusHeard.objects.filter(dispatch=sending, status__in=_HANDLED).order_by("told_at", "status").last()
    if last is not None and (told_at, status) < (last.told_at, last.status):
        return None
    if state is DispatchState.RETURNED and last is not None:
        raise _out_of_order(sending, status)
    if state not in {DispatchState.SENT, DispatchState.RECEIVED}:
        return None
    return _HANDLED[status]


_HANDLED = {
    ARRIVED: None,
    REFUSED: DispatchState.RETURNED,
    **dict.fromkeys((ACCEPTED, "04", "05", "06"), DispatchState.RECEIVED),
}


def _out_of_order(sending: Dispatch, status: str) -> Refusal:
    said, stands = STATUSES[status], sending.state_label
    return _refused(
        f"Trạng thái “{said.vi}” không nối tiếp “{stands.vi}”.", f"“{said.en}” does not follow “{stands.en}”.", "order"
    )


def _refused(vi: str, en: str, code: str) -> Refusal:
    return Refusal(
        what=Text(vi=vi, en=en),
        do=Text(
            vi="Đối chiếu số, ký hiệu, năm và mã định danh với lần gửi, hoặc ghi bằng tay.",
            en="Compare symbol, year and code with the sending, or record it by hand.",
        ),
        where="file",
        code=f"status_{code}",
    )
