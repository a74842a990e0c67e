"""Writing that takes a document of the register and the ledger at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction

from noivu.audit.api import declare_action, record
from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.matters.api import next_code
from noivu.office.models import Outcome, TaskOrigin, TriageMark
from noivu.records.api import IncomingDocument, hold_unit
from noivu.work.api import (
    Assignee,
    Due,
    Obligation,
    TaskEntry,
    assign,
    assign_document,
    create_task,
    require_reply,
)
from noivu.work.constants import Kind

declare_action("obligation.from_document", Text(vi="Giao từ văn bản đến", en="Task made from a document"))
declare_action("document.triage", Text(vi="Phân loại văn bản đến", en="Document triaged"))
declare_action("document.triage_back", Text(vi="Bỏ kết quả phân loại", en="Triage taken back"))


@transaction.atomic
def turn_into_tasks(*, actor: Actor, document: IncomingDocument, entries: Sequence[TaskEntry]) -> list[Obligation]:
    """Make tasks of an incoming document: all of them or none. Each is linked to it, and takes the next code of its
    lead unit's register."""
    access.require(actor, "records.view", document)
    if not document.is_current or document.cancelled:
        raise Refusal(
            what=Text(vi="Văn bản đã hủy số hoặc đã gỡ.", en="The document was cancelled or removed."), code="removed"
        )
    if not entries:
        raise Refusal(
            what=Text(vi="Chưa ghi nhiệm vụ nào.", en="No task is written."),
            do=Text(vi="Ghi nội dung và đơn vị chủ trì của ít nhất một nhiệm vụ.", en="Write at least one task."),
            code="nothing_written",
        )
    for unit_id in sorted({entry.lead_unit_id for entry in entries}):
        hold_unit(unit_id)
    return [_task(actor, document, entry) for entry in entries]


def _task(actor: Actor, document: IncomingDocument, entry: TaskEntry) -> Obligation:
    code = next_code(Kind.TASK, entry.lead_unit_id, entry.assigned_on)
    task = create_task(actor=actor, entry=replace(entry, code=code))
    TaskOrigin.objects.create(task=task, document=document)
    record(actor=actor, action="obligation.from_document", thing=task, after={"document_id": document.pk})
    return task


@transaction.atomic
def assign_obligations(
    *,
    actor: Actor,
    obligations: Sequence[Obligation],
    to: Assignee,
    on: date,
    due: Due | None = None,
    note: str = "",
    reason: str = "",
) -> int:
    """Give several obligations to one unit and officer, with a due date if one is set (`reason`: why, where it moves
    one that stands): all of them or none; the refusal names the one that could not be given. Returns how many."""
    if not obligations:
        raise Refusal(
            what=Text(vi="Chưa chọn việc nào.", en="Nothing is chosen."),
            do=Text(vi="Đánh dấu trong sổ rồi chọn Phân công.", en="Tick rows, then choose Assign."),
            code="nothing_chosen",
        )
    for obligation in obligations:
        try:
            assign(actor=actor, obligation=obligation, to=to, on=on, due=due, note=note, reason=reason)
        except Refusal as refusal:
            what = Text(vi=f"{obligation.code}: {refusal.what.vi}", en=f"{obligation.code}: {refusal.what.en}")
            raise replace(refusal, what=what) from refusal
    return len(obligations)


@transaction.atomic
def mark_triaged(*, actor: Actor, document: IncomingDocument, outcome: Outcome) -> None:
    """Say that a document asks for nothing: no reply is needed, or it is only filed. Said twice, the last one holds."""
    access.require(actor, "records.edit", document)
    mark, is_new = TriageMark.objects.get_or_create(document=document, defaults={"outcome": outcome.value})
    before = None if is_new else {"outcome": mark.outcome}
    if not is_new:
        mark.outcome = outcome.value
        mark.save(update_fields=["outcome"])
    record(actor=actor, action="document.triage", thing=document, before=before, after={"outcome": outcome.value})


@transaction.atomic
def unmark_triaged(*, actor: Actor, document: IncomingDocument) -> None:
    """Take the mark back: the document waits for triage again."""
    access.require(actor, "records.edit", document)
    mark = TriageMark.objects.filter(document=document).first()
    if mark is None:
        raise Refusal(
            what=Text(vi="Văn bản chưa được phân loại.", en="The document is not triaged."), code="not_triaged"
        )
    before = {"outcome": mark.outcome}
    mark.delete()
    record(actor=actor, action="document.triage_back", thing=document, before=before, after=None)


@transaction.atomic
def owe_reply(*, actor: Actor, document: IncomingDocument, due: Due | None, to: Assignee | None) -> Obligation:
    """A reply is owed, and who is to write it is said at once."""
    if to is not None:
        assign_document(actor=actor, document=document, to=to, on=document.arrived_on)
        document.refresh_from_db()
    return require_reply(actor=actor, document=document, due=due)
