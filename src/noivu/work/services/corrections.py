"""What was entered wrongly about a task or a recommendation is put right: descriptions, the first day, the due date.

What happened afterwards stays. Moving a due date to a later day because the work needs longer is an extension, with its
own event; here the date was recorded wrongly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal, require_reason
from noivu.core.secrecy import require_lawful_secrecy
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.records.api import overruled, require_not_to_come, require_text
from noivu.work.constants import FOREVER, Happening, Kind
from noivu.work.duedates import require_due_after, require_likely_due
from noivu.work.families import require_open_whole, require_within_family
from noivu.work.models import Obligation, ObligationEvent
from noivu.work.policies import DECIDED, correcting, right_to
from noivu.work.reorganising import project_and_follow
from noivu.work.services.contributions import let_help
from noivu.work.services.creation import require_free_code, require_may_assign_for
from noivu.work.services.ledger import (
    Due,
    Happened,
    describe,
    locked,
    plain,
    require_before_the_rest,
    set_aside,
    stands,
    write_event,
)
from noivu.work.services.recommendations import REQUIRED_OF_RECOMMENDATION
from noivu.work.services.sessions import require_usable_session
from noivu.work.services.tasks import REQUIRED_OF_TASK
from noivu.work.timeline import BEGINNING, State

_REQUIRED: dict[str, Mapping[str, Text]] = {
    Kind.TASK: REQUIRED_OF_TASK,
    Kind.RECOMMENDATION: REQUIRED_OF_RECOMMENDATION,
}
_FIRST = tuple(happening.value for happening in BEGINNING)


@dataclass(frozen=True, slots=True)
class Correction:
    """What is right: `changes` of descriptive fields, the day it arose, its first due date (None: without one).

    `due` and `arises_on` are written only where they differ. `cooperating_unit_ids` None: as they are. `over` is what
    its author read (`as_read`): where that stands otherwise by the moment of writing, nothing is written. None: not
    asked.
    """

    arises_on: date
    due: Due | None
    changes: Mapping[str, Any] = field(default_factory=dict)
    cooperating_unit_ids: Sequence[int] | None = None
    cooperating_due: Mapping[int, date] = field(default_factory=dict)
    over: Mapping[str, Any] | None = None


@transaction.atomic
def correct_obligation(*, actor: Actor, obligation: Obligation, correction: Correction, reason: str) -> Obligation:
    """Put right what was entered about a task or a recommendation; both readings stay known."""
    fresh = locked(obligation)
    kind = fresh.kind
    access.require(actor, correcting(kind), fresh)
    require_reason(reason)
    before = _told(fresh)
    if correction.over is not None:
        require_as_read(correction.over, before)
    changes = {name: nfc(value) if isinstance(value, str) else value for name, value in correction.changes.items()}
    require_text(
        changes, {name: words for name, words in _REQUIRED.get(kind, REQUIRED_OF_TASK).items() if name in changes}
    )
    require_lawful_secrecy(changes.get("secrecy", ""))
    stood = {name: getattr(fresh, name) for name in (*changes, "arises_on", "original_due_on")}
    if any(stood[name] != value for name, value in changes.items() if name in DECIDED):
        access.require(actor, *right_to(Happening.DUE_SET, fresh))
    _require_said_once(actor, stood, changes)
    for name, value in changes.items():
        setattr(fresh, name, value)
    if fresh.code != before["code"]:
        require_free_code(fresh)
    if fresh.session_id != stood.get("session_id", fresh.session_id):
        require_usable_session(fresh)
    describe(fresh)
    if "secrecy" in changes:
        Obligation.objects.filter(contribution__obligation=fresh).update(secrecy=fresh.secrecy)
    now, was = clock.now(), stands(fresh, FOREVER)
    _put_dates_right(fresh, correction, actor, now)
    fresh.save()
    project_and_follow([fresh.pk], now)
    if correction.cooperating_unit_ids is not None:
        stood |= _help(actor, fresh, correction, reason)
    differing = {name: value for name, value in stood.items() if getattr(fresh, name, None) != value}
    fresh.sheet_said = overruled(fresh, differing)
    fresh.save(update_fields=["sheet_said"])
    _require_family(fresh, was, is_new_part="parent_id" in changes and stood["parent_id"] is None)
    record(actor=actor, action="obligation.correct", thing=fresh, before=before, after=_told(fresh), reason=reason)
    return fresh


def _require_said_once(actor: Actor, stood: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
    """Who assigned it, and of what it is a part, is said where nothing is said yet; by who may assign for that unit."""
    for name, where in (("assigner_unit_id", "assigner_unit"), ("parent_id", "parent")):
        if stood.get(name) not in (None, changes.get(name)):
            raise Refusal(
                what=Text(vi="Đã ghi đơn vị giao hoặc nhiệm vụ cha khác.", en="Another one is recorded already."),
                do=Text(vi="Tải lại trang.", en="Reload the page."),
                where=where,
                code="taken",
            )
    assigner = changes.get("assigner_unit_id")
    if assigner is not None and stood["assigner_unit_id"] is None:
        require_may_assign_for(actor, assigner)


def as_read(obligation: Obligation) -> Mapping[str, Any]:
    """What a correction is about, as it was read."""
    return _told(obligation)


def require_as_read(read: Mapping[str, Any], stands: Mapping[str, Any]) -> None:
    """Refuse to write over what somebody else wrote since it was read: of two at one moment the second is told."""
    if dict(read) == dict(stands):
        return
    raise Refusal(
        what=Text(vi="Người khác vừa sửa mục này.", en="Somebody else has just corrected this."),
        why=Text(vi="Chưa lưu, để không mất thay đổi của ai.", en="Nothing was saved, so that no change is lost."),
        do=Text(
            vi="Lưu lần nữa: trang sẽ cho thấy nội dung đã đổi trước khi ghi.",
            en="Save again: the page then shows what changed before anything is written.",
        ),
        code="changed_meanwhile",
    )


def _put_dates_right(fresh: Obligation, correction: Correction, actor: Actor, now: datetime) -> None:
    """The first events, as they should have been recorded; those of later days stay."""
    due_on = correction.due.counted_from(correction.arises_on) if correction.due else None
    require_not_to_come(correction.arises_on, "arises_on")
    require_likely_due(due_on, correction.arises_on)
    require_due_after(due_on, correction.arises_on)
    require_before_the_rest(fresh, correction.arises_on, "arises_on")
    current = fresh.events.current()
    first = current.filter(on=fresh.arises_on, happening__in=_FIRST, former_officer__isnull=True)
    given = current.filter(former_officer__isnull=False, due_on__isnull=False).order_by("on", "order").first()
    set_before = list(first.filter(happening=Happening.DUE_SET.value))
    if (fresh.arises_on, fresh.original_due_on) == (correction.arises_on, due_on) and not _counts_otherwise(
        set_before, correction.due
    ):
        return
    access.require(actor, *right_to(Happening.DUE_SET, fresh))
    set_aside(fresh, first, now)
    fresh.arises_on, fresh.original_due_on = correction.arises_on, due_on
    write_event(fresh, Happened(Happening.ASSIGNED, correction.arises_on), actor, now, order=0)
    if given is not None and not set_before:
        _give_by(fresh, given, correction, actor, now)
    elif correction.due is not None and due_on is not None:
        happened = Happened(Happening.DUE_SET, correction.arises_on, due=correction.due, due_from=correction.arises_on)
        write_event(fresh, happened, actor, now, order=0)


def _require_family(fresh: Obligation, was: State, *, is_new_part: bool) -> None:
    """All that the correction wrote is judged together."""
    if is_new_part and fresh.parent_id is not None:
        require_open_whole(fresh.parent_id)
    due_on = stands(fresh, FOREVER).due_on
    if is_new_part or due_on != was.due_on:
        require_within_family(fresh, due_on)


def _give_by(fresh: Obligation, given: ObligationEvent, correction: Correction, actor: Actor, now: datetime) -> None:
    """The first due date came with an act of assigning: that act gives the right one."""
    set_aside(fresh, [given], now)
    happened = Happened(
        Happening.ASSIGNED,
        given.on,
        reason=given.reason,
        due=correction.due,
        due_from=correction.arises_on,
        unit_id=given.unit_id,
        officer=given.officer,
        former_handler_id=given.former_handler_id,
        former_officer=given.former_officer,
    )
    write_event(fresh, happened, actor, now, order=given.order)


def _counts_otherwise(set_before: Sequence[ObligationEvent], due: Due | None) -> bool:
    """Whether the same day is now reached by another count."""
    kept = set_before[-1] if set_before else None
    if kept is None or due is None:
        return False
    from_another_day = bool(due.rule) and kept.counted_from != (due.start or kept.on)
    return from_another_day or (kept.rule, kept.working_days) != (due.rule, due.working_days)


def _help(actor: Actor, fresh: Obligation, correction: Correction, reason: str) -> dict[str, list[int]]:
    """Let these units help, by the days set for them; says which did until now, where others do."""
    helping = {unit_id: correction.cooperating_due.get(unit_id) for unit_id in correction.cooperating_unit_ids or ()}
    there = sorted(fresh.cooperations.values_list("unit_id", flat=True))
    differs = let_help(actor=actor, whole=fresh, helping=helping, on=clock.today(), reason=reason)
    return {"cooperating": there} if differs else {}


_TOLD = (
    "code",
    "title",
    "assigner",
    "origin",
    "session_id",
    "arises_on",
    "original_due_on",
    "confirmation_required",
    "product",
    "measure",
    "field",
    "type",
    "authority",
    "urgency",
    "priority",
    "secrecy",
    "source_symbol",
    "assigned_to",
    "assigned_officer",
    "note",
    "assigner_unit_id",
    "parent",
)


def _told(fresh: Obligation) -> dict[str, Any]:
    told = {name: getattr(fresh, name) for name in _TOLD}
    told["parent"] = fresh.parent.code if fresh.parent else None
    return {name: plain(value) for name, value in told.items() if value not in ("", None)}
