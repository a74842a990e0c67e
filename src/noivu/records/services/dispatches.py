"""Sending a document to other registers, taking it in there, returning it, recalling it."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.access import OfUnit
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal, require_reason
from noivu.core.secrecy import require_lawful_secrecy
from noivu.core.wording import Text
from noivu.records.models import Dispatch, DispatchState, IncomingDocument, OutgoingDocument
from noivu.records.organs import require_organ_id
from noivu.records.services.changes import cancel_number
from noivu.records.services.entries import IncomingEntry
from noivu.records.services.files import copy_files, detach_file
from noivu.records.services.freezing import require_not_frozen
from noivu.records.services.incoming import register_incoming
from noivu.units.api import heirs_on, tree


@transaction.atomic
def send_document(
    *,
    actor: Actor,
    document: OutgoingDocument,
    to_unit_id: int | None = None,
    to_name: str = "",
    organ_id: str = "",
    due_on: date | None = None,
    page_amount: int | None = None,
) -> Dispatch:
    """Send an issued document to a unit, where it waits to be registered; or note an outside organisation, with what
    its message file says beside the document: by when an answer is wanted, and how many pages it has.
    """
    access.require(actor, "records.edit", document)
    require_not_frozen(document)
    require_lawful_secrecy(document.secrecy)
    _require_sendable(document, to_unit_id, to_name.strip(), organ_id.strip())
    if due_on is not None and due_on < document.issued_on:
        raise _refused("Thời hạn trước ngày văn bản.", "Due before the document was issued.", "due_on", "due")
    try:
        with transaction.atomic():
            dispatch = Dispatch.objects.create(
                document=document,
                to_unit_id=to_unit_id,
                to_name=to_name.strip(),
                organ_id=organ_id.strip(),
                due_on=due_on,
                page_amount=page_amount,
                sent_by_name=actor.name,
            )
    except IntegrityError as twice:
        raise _refused("Văn bản đã gửi đơn vị này.", "It was sent to that unit already.", "to_unit", "taken") from twice
    record(actor=actor, action="document.send", thing=dispatch, after=_told(dispatch))
    return dispatch


def _require_sendable(document: OutgoingDocument, to_unit_id: int | None, to_name: str, organ_id: str) -> None:
    if document.cancelled:
        raise _refused("Số văn bản này đã hủy.", "This number is cancelled.", "to_unit", "cancelled")
    if (to_unit_id is None) == (not to_name):
        raise _refused(
            "Chọn một đơn vị, hoặc ghi tên một cơ quan ngoài hệ thống.",
            "Choose a unit, or write the name of an outside organisation.",
            "to_unit",
            "required",
        )
    if to_unit_id == document.unit_id:
        raise _refused("Nơi nhận là chính đơn vị gửi.", "The receiver is the sender.", "to_unit", "same")
    if organ_id:
        require_organ_id(organ_id, clock.today())


@transaction.atomic
def receive_dispatch(*, actor: Actor, dispatch: Dispatch, arrived_on: date) -> IncomingDocument:
    """Register what was sent in the receiver's own register, with its files; the sender sees that it arrived."""
    _require_receiver(actor, dispatch)
    held = _held(dispatch, DispatchState.SENT)
    sent = held.document
    sender = tree(sent.issued_on).node(sent.unit_id)
    entry = IncomingEntry(
        unit_id=heirs_on(arrived_on).get(_receiver(held), _receiver(held)),
        arrived_on=arrived_on,
        issuer=sender.name if sender else "",
        symbol=sent.symbol,
        issued_on=sent.issued_on,
        kind=sent.kind,
        summary=sent.summary,
        signer=sent.signer,
        urgency=sent.urgency,
        secrecy=sent.secrecy,
    )
    document = register_incoming(actor=actor, entry=entry)
    copy_files(actor=actor, source=sent, to=document)
    held.registered_as = document
    move_dispatch(actor, held, DispatchState.RECEIVED)
    return document


@transaction.atomic
def return_dispatch(*, actor: Actor, dispatch: Dispatch, reason: str) -> None:
    """Send back what was not meant for the receiver, or is not whole."""
    _require_receiver(actor, dispatch)
    require_reason(reason)
    move_dispatch(actor, _held(dispatch, DispatchState.SENT), DispatchState.RETURNED, reason)


@transaction.atomic
def recall_document(*, actor: Actor, document: OutgoingDocument, reason: str) -> None:
    """Recall a document from everybody: at once where it is not registered yet, else by asking. It is frozen.

    An organisation outside that has an identification code is asked: by a message file, which it answers.
    """
    access.require(actor, "records.edit", document)
    require_reason(reason)
    live = list(Dispatch.objects.select_for_update().filter(document=document, state__in=_RECALLABLE))
    if not live:
        raise _refused(
            "Không còn nơi nhận nào để thu hồi.", "There is no receiver to recall it from.", "reason", "none"
        )
    for dispatch in live:
        is_here = DispatchState(dispatch.state) != DispatchState.SENT and dispatch.registered_as_id
        asked = is_here or (dispatch.to_unit_id is None and dispatch.organ_id)
        move_dispatch(actor, dispatch, DispatchState.RECALL_ASKED if asked else DispatchState.RECALLED, reason)


_RECALLABLE = tuple(state.value for state in (DispatchState.SENT, DispatchState.RECEIVED, DispatchState.RECALL_REFUSED))


@transaction.atomic
def answer_recall(*, actor: Actor, dispatch: Dispatch, agrees: bool, reason: str = "") -> None:
    """Destroy one's copy (its number stays in the register as cancelled, its files are taken away), or refuse. What an
    organisation outside answers is recorded by who sent it the document.
    """
    if dispatch.to_unit_id is None:
        access.require(actor, "records.edit", dispatch.document)
    else:
        _require_receiver(actor, dispatch)
    held = _held(dispatch, DispatchState.RECALL_ASKED)
    if not agrees:
        require_reason(reason)
        move_dispatch(actor, held, DispatchState.RECALL_REFUSED, reason)
        return
    copy = held.registered_as
    if copy is not None and not copy.cancelled:
        destroy_copy(actor=actor, document=copy, reason=f"Thu hồi theo đề nghị của nơi gửi: {held.reason}")
    move_dispatch(actor, held, DispatchState.RECALLED, held.reason)


@transaction.atomic
def destroy_copy(*, actor: Actor, document: IncomingDocument, reason: str) -> IncomingDocument:
    """Take away the files of what its sender recalled and cancel its number. The log keeps which files they were."""
    said = reason[:500]
    for file in document.files.attached():
        detach_file(actor=actor, file=file, reason=said)
    return cancel_number(actor=actor, document=document, reason=said)


def _held(dispatch: Dispatch, state: DispatchState) -> Dispatch:
    """The sending, locked; refused where it stands otherwise by now."""
    held = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
    if held.state != state.value:
        said = held.state_label
        raise Refusal(
            what=Text(vi=f"Văn bản gửi đang ở trạng thái: {said.vi}.", en=f"The sending stands at: {said.en}."),
            do=Text(vi="Mở lại trang để xem.", en="Open the page again."),
            code="state",
        )
    return held


def _receiver(dispatch: Dispatch) -> int:
    if dispatch.to_unit_id is None:
        raise _refused("Nơi nhận ở ngoài hệ thống.", "The receiver is outside.", "to_unit", "outside")
    return int(dispatch.to_unit_id)


def _require_receiver(actor: Actor, dispatch: Dispatch) -> None:
    access.require(actor, "records.edit", OfUnit(_receiver(dispatch)))


def move_dispatch(actor: Actor, dispatch: Dispatch, state: DispatchState, reason: str = "") -> None:
    """Let a sending, which the caller holds locked, stand in this state. Who may, and what it follows, was asked."""
    before = {"state": dispatch.state}
    dispatch.state, dispatch.reason = state.value, reason.strip()
    dispatch.changed_at, dispatch.changed_by_name = clock.now(), actor.name
    dispatch.save()
    record(
        actor=actor,
        action="document.sending",
        thing=dispatch,
        before=before,
        after={"state": state.value},
        reason=reason,
    )


def _told(dispatch: Dispatch) -> Mapping[str, object]:
    return {
        "document": str(dispatch.document),
        "unit_id": dispatch.to_unit_id,
        "to_name": dispatch.to_name,
        "organ_id": dispatch.organ_id,
    }


def _refused(vi: str, en: str, where: str, code: str) -> Refusal:
    return Refusal(what=Text(vi=vi, en=en), where=where, code=code)
