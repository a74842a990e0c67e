"""What the one who does the work reports, and what the assigner answers."""

from datetime import date

from django.db import transaction

from noivu.core.actors import Actor
from noivu.core.refusals import Refusal, require_reason
from noivu.core.wording import Text
from noivu.work.constants import Happening, Kind, Status
from noivu.work.models import Obligation
from noivu.work.services.ledger import Happened, happen

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
        verb="work.assign",
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
        verb="work.assign",
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
        verb="work.assign",
        allowed=(Status.OPEN,),
    )


@transaction.atomic
def resume(*, actor: Actor, obligation: Obligation, on: date, reason: str = "") -> Obligation:
    """Go on. The due date stays what it was: moving it is an extension, with its own reason."""
    return happen(
        actor=actor,
        obligation=obligation,
        action="obligation.resume",
        happened=Happened(Happening.RESUMED, on, reason=reason),
        verb="work.assign",
        allowed=(Status.SUSPENDED,),
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
