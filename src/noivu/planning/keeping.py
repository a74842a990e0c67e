"""The verbs on plans that are kept: begin one, change it, set it aside, take it up again."""

from hashlib import sha256
from typing import Any

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal, require_reason
from noivu.core.text import fold
from noivu.core.wording import Text
from noivu.planning.models import PlanDraft
from noivu.planning.plan import Plan
from noivu.planning.policies import BEGUN, CHANGED, DRAFT, SET_ASIDE, TAKEN_UP
from noivu.planning.reading import read_plan
from noivu.planning.telling import event_lines
from noivu.units.api import Unit

LONGEST, LONGEST_TITLE, LONGEST_NUMBER = 4_000_000, 300, 120
_TOLD = 20


@transaction.atomic
def begin_plan(*, actor: Actor, unit: Unit, text: str) -> PlanDraft:
    """Begin a plan of a unit (lập phương án) from its text; it may still lack its instrument and its events."""
    access.require(actor, DRAFT, unit)
    plan = _read(text)
    draft = PlanDraft(unit=unit, begun_by_name=actor.name, changed_by_name=actor.name)
    _say(draft, plan, text)
    draft.begun_at = draft.changed_at = clock.now()
    draft.save()
    told = _told(plan, text)
    after = {"unit": unit.pk, **told, "events": _few(told["events"])}
    record(actor=actor, action=BEGUN, thing=draft, after=after)
    return draft


@transaction.atomic
def change_plan(*, actor: Actor, draft: PlanDraft, text: str, version: int) -> PlanDraft:
    """Put another text in the place of a version of a plan. Refused where somebody has changed that version since."""
    held = held_draft(actor, draft, version)
    plan, before = _read(text), read_plan(held.text, unfinished=True)
    if text == held.text:
        return held
    was, now = _told(before, held.text), _told(plan, text)
    gone = [line for line in was["events"] if line not in set(now["events"])]
    come = [line for line in now["events"] if line not in set(was["events"])]
    was, now = was | {"events": _few(gone)}, now | {"events": _few(come)}
    _say(held, plan, text)
    save_changed(held, actor)
    record(actor=actor, action=CHANGED, thing=held, before=was, after=now)
    return held


@transaction.atomic
def set_aside(*, actor: Actor, draft: PlanDraft, reason: str, version: int) -> PlanDraft:
    """Set a plan aside (bỏ phương án): it leaves the list of what is being drafted, and can be taken up again."""
    held = held_draft(actor, draft, version)
    require_reason(reason)
    held.set_aside_at = clock.now()
    save_changed(held, actor)
    record(actor=actor, action=SET_ASIDE, thing=held, before={"title": held.title}, after=None, reason=reason)
    return held


@transaction.atomic
def take_up(*, actor: Actor, draft: PlanDraft) -> PlanDraft:
    """Take a plan up again that was set aside."""
    held = PlanDraft.objects.select_for_update(of=("self",)).select_related("act").get(pk=draft.pk)
    access.require(actor, DRAFT, held)
    if held.set_aside_at is not None:
        held.set_aside_at = None
        save_changed(held, actor)
        record(actor=actor, action=TAKEN_UP, thing=held, before=None, after={"title": held.title})
    return held


def held_draft(actor: Actor, draft: PlanDraft, version: int) -> PlanDraft:
    """The plan under a lock; refused unless it is being drafted and stands as the actor saw it."""
    held = PlanDraft.objects.select_for_update(of=("self",)).select_related("act").get(pk=draft.pk)
    access.require(actor, DRAFT, held)
    if not held.is_being_drafted:
        raise Refusal(
            what=Text(
                vi="Phương án đã thực hiện hoặc đã bỏ, không sửa được nữa.",
                en="The plan was carried out or set aside and is not changed any more.",
            ),
            do=Text(vi="Mở lại phương án.", en="Open the plan again."),
            code="planning.closed",
        )
    if held.version != version:
        raise Refusal(
            what=Text(
                vi=f"{held.changed_by_name} vừa sửa phương án này trong khi đang soạn.",
                en=f"{held.changed_by_name} changed this plan meanwhile.",
            ),
            why=Text(vi="Chưa ghi, để không mất phần của ai.", en="Nothing was saved, so that no one's work is lost."),
            do=Text(
                vi="Mở lại phương án, xem thay đổi, rồi nhập lại.",
                en="Open the plan again, see what changed, then enter yours again.",
            ),
            code="changed_meanwhile",
        )
    return held


def _read(text: str) -> Plan:
    if len(text) > LONGEST:
        raise Refusal(
            what=Text(vi="Phương án quá dài.", en="The plan is too long."),
            do=Text(vi="Chia thành nhiều phương án.", en="Divide it into several plans."),
            code="planning.too_long",
        )
    plan = read_plan(text, unfinished=True)
    for words, most, where in ((plan.title, LONGEST_TITLE, "title"), (plan.instrument, LONGEST_NUMBER, "instrument")):
        if len(words) > most:
            raise Refusal(
                what=Text(
                    vi=f"“{words[:40]}…” dài quá {most} ký tự.", en=f"“{words[:40]}…” is over {most} characters."
                ),
                do=Text(vi="Rút ngắn lại.", en="Shorten it."),
                where=where,
                code="planning.too_long",
            )
    return plan


def _say(draft: PlanDraft, plan: Plan, text: str) -> None:
    """What lists show of a plan, from what it says."""
    draft.text, draft.title, draft.folded = text, plan.title, fold(plan.title)[:LONGEST_TITLE]
    draft.takes_effect_on, draft.instrument, draft.events = plan.on, plan.instrument, len(plan.events)


def save_changed(draft: PlanDraft, actor: Actor) -> None:
    """Save a plan as its next version."""
    draft.version += 1
    draft.changed_at, draft.changed_by_name = clock.now(), actor.name
    draft.save()


def _told(plan: Plan, text: str) -> dict[str, Any]:
    return {
        "title": plan.title,
        "takes_effect_on": plan.on.isoformat(),
        "instrument": plan.instrument,
        "events": event_lines(plan),
        "text": sha256(text.encode()).hexdigest(),
    }


def _few(lines: list[str]) -> list[str]:
    """What the log says of many events: the first, and how many more."""
    return lines if len(lines) <= _TOLD else [*lines[:_TOLD], f"… (+{len(lines) - _TOLD})"]
