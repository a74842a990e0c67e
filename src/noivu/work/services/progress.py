"""What the one who does the work reports, and what the assigner answers."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal, require_reason
from noivu.core.wording import Text
from noivu.law.api import deadline, working_days_between
from noivu.work.constants import Happening, Kind, Status
from noivu.work.models import Obligation
from noivu.work.services.ledger import Due, Happened, happen, lived, locked, stands
from noivu.work.timeline import clock_stopped_on

_RUNNING = (Status.OPEN, Status.SUSPENDED)


@transaction.atomic
def start(*, actor: Actor, obligation: Obligation, on: date) -> Obligation:
    """Work has begun."""
    return happen(
        actor=actor,
        obligation=obligation,
        action="obligation.start",
        happened=Happened(Happening.STARTED, on),
        allowed=(Status.OPEN,),
    )


@transaction.atomic
def complete(*, actor: Actor, obligation: Obligation, on: date, note: str = "") -> Obligation:
    """Report completion. Where the assigner must confirm, it waits for that and is not counted as completed."""
    if obligation.kind == Kind.REPLY:
        raise Refusal(
            what=Text(
                vi="Văn bản phải trả lời hoàn thành bằng văn bản trả lời.",
                en="A reply that is owed is completed by the reply itself.",
            ),
            do=Text(vi="Ghi số, ký hiệu và ngày văn bản trả lời.", en="Record the symbol and day of the reply."),
            code="reply",
        )
    return happen(
        actor=actor,
        obligation=obligation,
        action="obligation.complete",
        happened=Happened(Happening.COMPLETED, on, reason=note),
        allowed=_RUNNING,
    )


@transaction.atomic
def confirm(*, actor: Actor, obligation: Obligation, on: date, note: str = "") -> Obligation:
    """The assigner confirms: from this day it is done."""
    return happen(
        actor=actor,
        obligation=obligation,
        action="obligation.confirm",
        happened=Happened(Happening.CONFIRMED, on, reason=note),
        allowed=(Status.AWAITING,),
    )


@transaction.atomic
def return_(*, actor: Actor, obligation: Obligation, on: date, reason: str) -> Obligation:
    """The assigner sends it back for more work: it is open again, with the due date it had."""
    require_reason(reason)
    return happen(
        actor=actor,
        obligation=obligation,
        action="obligation.return",
        happened=Happened(Happening.RETURNED, on, reason=reason),
        allowed=(Status.AWAITING, Status.COMPLETED),
    )


@transaction.atomic
def suspend(*, actor: Actor, obligation: Obligation, on: date, reason: str) -> Obligation:
    """Stop the work for a time: meanwhile it is neither in time nor overdue."""
    require_reason(reason)
    return happen(
        actor=actor,
        obligation=obligation,
        action="obligation.suspend",
        happened=Happened(Happening.SUSPENDED, on, reason=reason),
        allowed=(Status.OPEN,),
    )


@transaction.atomic
def resume(
    *, actor: Actor, obligation: Obligation, on: date, reason: str = "", due_on: date | None = None
) -> Obligation:
    """Go on. The due date moves by the days for which the clock stood still; another `due_on` needs a reason."""
    moved = moved_due(locked(obligation), on)
    due, due_from = (moved.due, moved.counted_from) if moved else (None, None)
    if due_on is not None and due_on != (moved.due_on if moved else None):
        require_reason(reason)
        _require_likely_move(obligation, due_on, on)
        due, due_from = Due(on=due_on), None
    return happen(
        actor=actor,
        obligation=obligation,
        action="obligation.resume",
        happened=Happened(Happening.RESUMED, on, reason=reason, due=due, due_from=due_from),
        allowed=(Status.SUSPENDED,),
    )


@dataclass(frozen=True, slots=True)
class MovedDue:
    """To which day a due date moves when the clock runs again, and by how many days (`working` ones, or all)."""

    due_on: date
    due: Due
    counted_from: date
    days: int
    working: bool


def moved_due(obligation: Obligation, on: date) -> MovedDue | None:
    """The due date of a suspended obligation that goes on from a day; None where there is none, or nothing to move.

    The day of the suspension is the first that does not count, the day on which it goes on counts again. Days are
    counted as its rule counts them, and as working days where it has none.
    """
    life, events = lived(obligation)
    stopped, due_on = clock_stopped_on(life, events, on), stands(obligation, on).due_on
    if stopped is None or due_on is None:
        return None
    when_off = _when_off_of_all_days(obligation, on)
    working = when_off is None
    eve = timedelta(days=1)
    days = working_days_between(stopped - eve, on - eve) if working else (on - stopped).days
    if days < 1:
        return None
    if when_off is None:
        due = Due(working_days=days)
        return MovedDue(deadline(due_on, working_days=days).due_on, due, due_on, days, working)
    moved = deadline(due_on, days=days, when_off=when_off).due_on
    return MovedDue(moved, Due(on=moved), due_on, days, working)


def _when_off_of_all_days(obligation: Obligation, on: date) -> str | None:
    """What the rule by which its due date was counted says of a last day off, where it counts days off too."""
    by_rule = obligation.events.current().exclude(rule="").filter(on__lte=on, counted_from__isnull=False)
    last = by_rule.order_by("on", "order", "pk").last()
    if last is None or last.counted_from is None:
        return None
    counted = deadline(last.counted_from, rule=last.rule)
    return counted.how.when_off if counted.counts == "days" else None


def _require_likely_move(obligation: Obligation, due_on: date, on: date) -> None:
    """Refuse a due date that would be earlier than the one at which the clock stopped."""
    before = stands(obligation, on).due_on
    if before is None or due_on >= before:
        return
    raise Refusal(
        what=Text(
            vi=f"Hạn {format_day(due_on)} sớm hơn hạn khi tạm dừng {format_day(before)}.",
            en=f"{format_day(due_on)} is earlier than {format_day(before)}, the due date when it was suspended.",
        ),
        do=Text(vi="Nhập ngày muộn hơn, hoặc bỏ trống.", en="Enter a later day, or leave it empty."),
        where="due_on",
        code="order",
    )


@transaction.atomic
def refuse(*, actor: Actor, obligation: Obligation, on: date, reason: str) -> Obligation:
    """The one it was assigned to declines. It stays open and counted until it is assigned anew or cancelled."""
    require_reason(reason)
    return happen(
        actor=actor,
        obligation=obligation,
        action="obligation.refuse",
        happened=Happened(Happening.REFUSED, on, reason=reason),
        allowed=(Status.OPEN,),
    )
