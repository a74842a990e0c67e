"""Bringing an obligation into the ledger."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.records.api import hold_unit, require_not_to_come
from noivu.work.constants import Happening, Kind
from noivu.work.duedates import require_due_after, require_likely_due
from noivu.work.families import require_open_whole, require_within_family
from noivu.work.models import Obligation
from noivu.work.reorganising import project_and_follow
from noivu.work.services.ledger import Due, Happened, stands, told, write_event


def create(
    *, actor: Actor, action: str, verb: str, fields: dict[str, Any], due: Due | None, over: Obligation | None = None
) -> Obligation:
    """Write an obligation with its first events: assigned on the day it arises, due as given. In a transaction.

    `over`: over what the actor must hold the right, where that is not the obligation itself.
    """
    arises_on: date = fields["arises_on"]
    require_not_to_come(arises_on, "arises_on")
    due_on = due.counted_from(arises_on) if due else None
    require_likely_due(due_on, arises_on)
    if fields["kind"] != Kind.REPLY.value:  # a document may well arrive after the day by which it asks for a reply
        require_due_after(due_on, arises_on)
    obligation = Obligation(**fields, first_unit_id=fields["unit_id"], original_due_on=due_on)
    access.require(actor, verb, over or obligation)
    if over is None and obligation.assigner_unit_id is not None:
        require_may_assign_for(actor, obligation.assigner_unit_id)
    if obligation.parent_id is not None:
        require_open_whole(obligation.parent_id)
    require_within_family(obligation, due_on)
    require_free_code(obligation)
    obligation.save()
    now = clock.now()
    for happened in _first(arises_on, due, due_on):
        write_event(obligation, happened, actor, now)
    if project_and_follow([obligation.pk], now):
        obligation.refresh_from_db(fields=["unit", "assigned_unit", "sheet_said"])
    after = {"code": obligation.code, "title": obligation.title, **told(stands(obligation, arises_on))}
    record(actor=actor, action=action, thing=obligation, after=after)
    return obligation


def require_may_assign_for(actor: Actor, unit_id: int) -> None:
    """Nobody says that a unit assigned it without the right to assign work there."""
    if not access.may(actor, "work.assign", access.OfUnit(unit_id)):
        raise Refusal(
            what=Text(vi="Không có quyền giao việc tại đơn vị này.", en="No right to assign work at this unit."),
            why=Text(vi="Đơn vị giao là đơn vị quyết định.", en="The unit that assigned it decides on it."),
            do=Text(vi="Bỏ trống đơn vị giao việc.", en="Leave the assigning unit blank."),
            where="assigner_unit",
            code="forbidden",
        )


def _first(arises_on: date, due: Due | None, due_on: date | None) -> Sequence[Happened]:
    assigned = Happened(Happening.ASSIGNED, arises_on)
    if due is None or due_on is None:
        return (assigned,)
    return (assigned, Happened(Happening.DUE_SET, arises_on, due=due, due_from=arises_on))


def require_free_code(obligation: Obligation) -> None:
    """Refuse a code that the unit already uses for this kind."""
    if obligation.code:
        hold_unit(obligation.first_unit_id)
    same = Obligation.objects.standing().filter(
        kind=obligation.kind, first_unit_id=obligation.first_unit_id, code=obligation.code
    )
    if obligation.code and same.exists():
        raise Refusal(
            what=Text(vi=f"Mã {obligation.code} đã được dùng.", en=f"The code {obligation.code} is already used."),
            do=Text(vi="Nhập mã khác.", en="Enter another code."),
            where="code",
            code="taken",
        )
