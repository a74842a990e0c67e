"""Who does it, by when, and whether it is owed at all."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal, require_reason
from noivu.core.wording import Text
from noivu.records.api import hand_over
from noivu.work.constants import Happening, Status
from noivu.work.duedates import require_due_after
from noivu.work.models import Obligation
from noivu.work.projection import project
from noivu.work.services.contributions import contributions_of, owe_no_parts, parts_go_with
from noivu.work.services.ledger import Due, Happened, happen, locked, stands

_RUNNING = (Status.OPEN, Status.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Assignee:
    """Who is to do it: a unit, an officer by name, and the officer's actor id where there is one."""

    unit_id: int | None = None
    name: str = ""
    officer: str = ""

    @property
    def scope_unit_id(self) -> int | None:
        """Where it goes: whoever was given the work passes it on within reach only."""
        return self.unit_id


@transaction.atomic
def assign(
    *,
    actor: Actor,
    obligation: Obligation,
    to: Assignee,
    on: date,
    due: Due | None = None,
    note: str = "",
    reason: str = "",
) -> Obligation:
    """Give it to a unit and an officer. A due date given with it is its first one; where one stands already, it is
    extended, and `reason` says why.

    The head of a unit that it was given to gives it on within reach, and sets no due date.
    """
    if not access.may(actor, "work.assign", obligation):
        access.require(actor, "work.assign" if due else "work.allot", to)
    given = due.counted_from(on) if due else None
    require_due_after(given, on)
    had = locked(obligation)
    stood = stands(had, on).due_on if given else None
    if given is not None and stood is not None:
        due = None
        if given != stood:
            extend(actor=actor, obligation=had, due_on=given, on=on, reason=reason)
    changes: dict[str, Any] = {"assigned_unit_id": to.unit_id, "assigned_to": to.name, "assigned_officer": to.officer}
    if due is not None and had.original_due_on is None:
        changes["original_due_on"] = given
    return happen(
        actor=actor,
        obligation=obligation,
        action="obligation.assign",
        happened=Happened(
            Happening.ASSIGNED,
            on,
            reason=note,
            due=due,
            unit_id=to.unit_id,
            officer=to.name,
            former_handler_id=had.assigned_unit_id,
            former_officer=(had.assigned_to, had.assigned_officer),
        ),
        changes=changes,
        verb="work.assign" if due else "work.allot",
        allowed=_RUNNING,
    )


@transaction.atomic
def extend(*, actor: Actor, obligation: Obligation, due_on: date, on: date, reason: str) -> Obligation:
    """Move the due date to a later day. The first one is kept for statistics."""
    require_reason(reason)
    require_later(locked(obligation), due_on, on)
    return happen(
        actor=actor,
        obligation=obligation,
        action="obligation.extend",
        happened=Happened(Happening.EXTENDED, on, reason=reason, due=Due(on=due_on)),
        allowed=_RUNNING,
    )


def require_later(obligation: Obligation, due_on: date, on: date, *, needs_one: bool = False) -> None:
    """Refuse a day that is not later than the due date of a locked obligation; `needs_one`: one must be set."""
    current = stands(obligation, on).due_on
    if current is None and needs_one:
        raise Refusal(
            what=Text(vi="Mục này không có hạn.", en="No due date is set."),
            do=Text(vi="Người giao đặt hạn trước.", en="The assigner sets one first."),
            code="no_deadline",
        )
    if current is not None and due_on <= current:
        raise Refusal(
            what=Text(
                vi=f"Hạn mới {format_day(due_on)} không muộn hơn hạn {format_day(current)}.",
                en=f"The new due date {format_day(due_on)} is not later than {format_day(current)}.",
            ),
            do=Text(vi="Nhập ngày muộn hơn hạn đang có.", en="Enter a later day."),
            where="due_on",
            code="not_later",
        )
    require_due_after(due_on, obligation.arises_on)


@transaction.atomic
def cancel(*, actor: Actor, obligation: Obligation, on: date, reason: str) -> Obligation:
    """It is owed no more from this day: it leaves the figures as of then, and stays in earlier ones."""
    require_reason(reason)
    owe_no_parts(actor, locked(obligation), on, reason)
    return happen(
        actor=actor,
        obligation=obligation,
        action="obligation.cancel",
        happened=Happened(Happening.CANCELLED, on, reason=reason),
        allowed=(Status.OPEN, Status.SUSPENDED, Status.AWAITING),
    )


@transaction.atomic
def transfer(*, actor: Actor, obligation: Obligation, unit_id: int, on: date, reason: str) -> Obligation:
    """From this day another unit owes it and does it; earlier days stay with the former unit.

    A document that awaits its reply stays in its register, and is given to the new unit.
    """
    require_reason(reason)
    if unit_id == locked(obligation).unit_id:
        raise Refusal(
            what=Text(vi="Mục này đang thuộc chính đơn vị đó.", en="It is that unit's already."),
            do=Text(vi="Nhập đơn vị khác, hoặc chọn Phân công.", en="Enter another unit, or choose Assign."),
            where="unit",
            code="same_unit",
        )
    moved = happen(
        actor=actor,
        obligation=obligation,
        action="obligation.transfer",
        happened=Happened(Happening.TRANSFERRED, on, reason=reason, unit_id=unit_id),
        changes={"unit_id": unit_id, "assigned_unit_id": unit_id, "assigned_to": "", "assigned_officer": ""},
        allowed=(Status.OPEN, Status.SUSPENDED, Status.AWAITING),
    )
    parts_go_with(actor, moved, on, reason)
    if moved.document is not None:
        hand_over(actor=actor, document=moved.document, unit_id=unit_id, reason=reason)
    return moved


@transaction.atomic
def remove_obligation(*, actor: Actor, obligation: Obligation, reason: str) -> None:
    """Take out an entry made by mistake: no figure counts it any more; what was known before stays readable."""
    access.require(actor, "work.assign", obligation)
    require_reason(reason)
    take_out(actor, locked(obligation), reason)


def take_out(actor: Actor, fresh: Obligation, reason: str = "", at: datetime | None = None) -> None:
    """A locked obligation and the parts that co-operating units owe of it leave the ledger; the log says why."""
    for part in contributions_of(fresh):
        take_out(actor, part, reason, at)
    fresh.removed_at = at or clock.now()
    fresh.save(update_fields=["removed_at"])
    project([fresh.pk], fresh.removed_at)
    before = {"kind": fresh.kind, "code": fresh.code, "title": fresh.title, "document_id": fresh.document_id}
    record(actor=actor, action="obligation.remove", thing=fresh, before=before, after=None, reason=reason)
