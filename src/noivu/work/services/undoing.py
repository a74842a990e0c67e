"""Undoing, on the day it was recorded, what gave work or a document to somebody or said that a reply is owed."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from noivu.audit.api import last_act, record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal, require_reason
from noivu.core.wording import Text
from noivu.records.api import IncomingDocument, give_back, given_today, hand_over
from noivu.work.constants import FOREVER, Kind
from noivu.work.families import require_within_family
from noivu.work.models import Obligation, ObligationEvent
from noivu.work.reorganising import project_and_follow
from noivu.work.services.assignment import Assignee, take_out
from noivu.work.services.ledger import locked, plain, set_aside, stands, told, update
from noivu.work.timeline import BEGINNING

_BEGINNING = frozenset(happening.value for happening in BEGINNING)


def to_undo(obligation: Obligation, events: Sequence[ObligationEvent]) -> ObligationEvent | None:
    """What was recorded last, where that can be undone: today somebody was given it, or a reply came to be owed."""
    last = max(events, key=lambda event: event.pk, default=None)
    if last is None or not _is_of_today(last):
        return None
    if last.former_officer is not None:
        given = Assignee(last.unit_id, last.officer, obligation.assigned_officer)
        return last if given == _has(obligation) else None
    begins = all(event.happening in _BEGINNING and _is_of_today(event) for event in events)
    return last if obligation.kind == Kind.REPLY and begins else None


@transaction.atomic
def undo(*, actor: Actor, obligation: Obligation, reason: str) -> None:
    """Let it be as before it was recorded: whoever had it has it again, or no reply is owed. The log keeps both.

    Whoever recorded it may, and whoever may assign it. After that day it is assigned anew, or removed.
    """
    require_reason(reason)
    fresh = locked(obligation)
    last = to_undo(fresh, list(fresh.events.current()))
    if last is None:
        raise _nothing()
    verb = "work.edit" if last.former_officer is None else "work.allot"
    is_own = last.actor_id == actor.id and access.may(actor, verb, fresh)
    if not is_own:
        access.require(actor, "work.assign", fresh)
    if last.former_officer is not None:
        _give_back(actor, fresh, last, reason)
    elif _is_older(fresh):
        raise _nothing()
    else:
        take_out(actor, fresh, reason)


def document_to_undo(document: IncomingDocument) -> IncomingDocument | None:
    """How a document for which no reply is owed stood before it was given to whoever has it, where that was recorded
    last, and today."""
    before = given_today(document)
    if before is None or Obligation.objects.standing().filter(document=document).exists():
        return None
    last = last_act(document)
    return before if last is not None and last.action == "document.correct" else None


@transaction.atomic
def undo_document(*, actor: Actor, document: IncomingDocument, reason: str) -> None:
    """Let whoever had a document have it again, as `undo` does with what is owed, and under the same guard."""
    require_reason(reason)
    held = IncomingDocument.objects.current().select_for_update().filter(pk=document.pk).first()
    before = document_to_undo(held) if held is not None else None
    if held is None or before is None:
        raise _nothing()
    last = last_act(held)
    may_give = access.may(actor, "records.edit", held) or access.may(actor, "records.hand_on", held)
    if not (may_give and last is not None and last.is_by(actor)):
        access.require(actor, "work.assign", held)
    give_back(actor=actor, document=held, before=before, reason=reason)


def _give_back(actor: Actor, fresh: Obligation, last: ObligationEvent, reason: str) -> None:
    now, given = clock.now(), _has(fresh)
    name, account = last.former_officer or ("", "")
    back: dict[str, Any] = {
        "assigned_unit_id": last.former_handler_id,
        "assigned_to": name,
        "assigned_officer": account,
    }
    stood = told(stands(fresh, FOREVER))
    set_aside(fresh, [last], now)
    if last.due_on is not None and stands(fresh, FOREVER).due_on is None:
        back["original_due_on"] = None
    before = {**stood, **{key: plain(getattr(fresh, key)) for key in back}}
    update(fresh, back)
    project_and_follow([fresh.pk], now)
    state = stands(fresh, FOREVER)
    require_within_family(fresh, state.due_on)
    record(
        actor=actor,
        action="obligation.withdraw",
        thing=fresh,
        before=before,
        after={**told(state), **back},
        reason=reason,
    )
    document = fresh.document
    if document is not None and _has(document) == given:
        to = last.former_handler_id
        hand_over(actor=actor, document=document, unit_id=to, name=name, officer=account, reason=reason)


def _has(thing: object) -> Assignee:
    """Who has an obligation, or a document."""
    return Assignee(*(getattr(thing, name) for name in ("assigned_unit_id", "assigned_to", "assigned_officer")))


def _is_of_today(event: ObligationEvent) -> bool:
    return timezone.localdate(event.recorded_at) == timezone.localdate(clock.now())


def _is_older(fresh: Obligation) -> bool:
    """Whether it stood before today: its dates may have been put right since."""
    first = fresh.events.aggregate(first=Min("recorded_at"))["first"]
    return timezone.localdate(first) < timezone.localdate(clock.now())


def _nothing() -> Refusal:
    return Refusal(
        what=Text(
            vi="Không có việc phân công hoặc yêu cầu trả lời nào ghi trong hôm nay để hoàn tác.",
            en="No assignment and no reply owed was recorded last today, to be undone.",
        ),
        do=Text(
            vi="Đã qua ngày ghi, hoặc đã có diễn biến khác: phân công lại, hoặc gỡ mục ghi nhầm.",
            en="After that day, or once something else happened: assign it anew, or remove the mistaken entry.",
        ),
        code="state",
    )
