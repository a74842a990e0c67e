"""What a sheet may change of a reply that is owed already: as much as its bearer may change on screen.

Who may write in a register brings documents in with whoever handles them and with a due date. Once a reply is owed, to
give it to another, to move its date or to take it back is for those who may assign work there.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.intake.checking import Reason
from noivu.records.api import IncomingDocument, IncomingRow, OutgoingDocument, heard
from noivu.work.api import Obligation, ObligationEvent, ObligationSpan
from noivu.work.constants import Kind, Status

_HANDLING = ("assigned_unit_id", "assigned_to")
_ASSIGNED = Text(
    vi="Văn bản đang phải trả lời đã giao xử lý khác. Đề nghị người có quyền giao việc phân công lại, hoặc bỏ trống ô "
    "này.",
    en="The reply that is owed is given to another. Ask somebody who may assign work, or leave the cell blank.",
)
_DUE = Text(
    vi="Hạn trả lời đã ghi khác. Đề nghị người có quyền giao việc gia hạn, hoặc nhập lại đúng hạn đã ghi.",
    en="Another due date is recorded. Ask somebody who may assign work to extend it, or enter the recorded one.",
)
_TAKEN_BACK = Text(
    vi="Văn bản đã ghi là phải trả lời. Đề nghị người có quyền giao việc gỡ yêu cầu, hoặc nhập “có”.",
    en="A reply is recorded as required. Ask somebody who may assign work to take it back, or enter “yes”.",
)
_OTHERS = Text(
    vi="Số này là của văn bản hạn chế mà người nhập không được xem. Nhờ văn thư của đơn vị giữ sổ nhập dòng này.",
    en="The number is that of a restricted document that you may not see. Ask the clerk of the register to enter the "
    "row.",
)
_KEPT = Text(
    vi="Văn bản hạn chế phổ biến do văn thư hoặc lãnh đạo của đơn vị giữ sổ ghi. Nhờ văn thư nhập dòng này.",
    en="A restricted document is written by the clerk or a head of the register's unit. Ask the clerk to enter it.",
)


def out_of_sight(
    standing: IncomingDocument | OutgoingDocument | None,
    said: IncomingDocument | OutgoingDocument,
    key: str,
    actor: Actor,
) -> Reason | None:
    """Why a row of a document is not the actor's to write: what stands is hidden, or would be once it is written."""
    if standing is not None and not access.is_open(actor, standing):
        return key, _OTHERS
    return None if access.is_open(actor, said) else ("secrecy", _KEPT)


def beyond_right(
    rows: Sequence[IncomingRow],
    documents: Sequence[IncomingDocument | None],
    said: Sequence[Mapping[str, Any]],
    owed: Sequence[bool | None],
    actor: Actor,
) -> list[Reason | None]:
    """For each row the reason why it asks more than the actor may; None: nothing of it. `said`: of the obligation."""
    replies = _replies_of_others([one.pk for one in documents if one is not None], actor)
    running = _running(replies.values())
    by_person = entered_by_persons([reply.pk for reply in replies.values()])

    def reason(row: IncomingRow, document: Any, of_reply: Mapping[str, Any], is_owed: bool | None) -> Reason | None:
        reply = replies.get(document.pk) if document is not None else None
        if reply is None:
            return None
        if is_owed is False:
            return None if reply.pk in by_person else ("reply_required", _TAKEN_BACK)
        handling = {name: row.fields[name] for name in _HANDLING if name in row.fields}
        changed = [name for name in _HANDLING if name in heard(document, handling)[0]]
        if changed and reply.pk in running:
            return changed[0].removesuffix("_id"), _ASSIGNED
        due = {name: value for name, value in of_reply.items() if name == "original_due_on"}
        return ("due_on", _DUE) if heard(reply, due)[0] else None

    return [reason(*each) for each in zip(rows, documents, said, owed, strict=True)]


def entered_by_persons(obligation_ids: Sequence[int]) -> set[int]:
    """Those of which a person entered something or on which one acted: no blank cell takes them back."""
    if not obligation_ids:
        return set()
    acted = ObligationEvent.objects.current().filter(obligation_id__in=obligation_ids, from_sheet=False, act=None)
    return set(acted.values_list("obligation_id", flat=True))


def _replies_of_others(documents: Sequence[int], actor: Actor) -> dict[int, Obligation]:
    """Replies owed for these documents that the actor may not assign, by document."""
    standing = Obligation.objects.standing().of_kind(Kind.REPLY).filter(document_id__in=documents)
    return {
        reply.document_id: reply
        for reply in standing
        if reply.document_id is not None and not access.may(actor, "work.assign", reply)
    }


def _running(replies: Iterable[Obligation]) -> set[int]:
    spans = ObligationSpan.objects.current().holding_on(clock.today()).filter(obligation_id__in=[r.pk for r in replies])
    return set(
        spans.filter(status__in=(Status.OPEN.value, Status.SUSPENDED.value)).values_list("obligation_id", flat=True)
    )
