"""Carrying a plan out that is kept, and taking that back."""

from typing import Any

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal, require_reason
from noivu.core.wording import Text
from noivu.planning.annex import annex_now
from noivu.planning.keeping import held_draft, save_changed
from noivu.planning.models import PlanDraft
from noivu.planning.policies import CARRIED_OUT, CARRY_OUT, TAKEN_BACK
from noivu.planning.reading import read_plan
from noivu.planning.services import Done, carry_out_plan
from noivu.units.api import effects, undo_act


@transaction.atomic
def carry_out_draft(*, actor: Actor, draft: PlanDraft, reason: str, version: int) -> PlanDraft:
    """Carry a version of a plan out (thực hiện phương án), whole or not at all; what its annex says is kept with it."""
    held = held_draft(actor, draft, version)
    access.require(actor, CARRY_OUT, held)
    require_reason(reason)
    annex = annex_now(held).kept()
    done = carry_out_plan(actor=actor, plan=read_plan(held.text))
    held.act = done.carried.act
    held.outcome = {"annex": annex, **_told(done)}
    save_changed(held, actor)
    record(actor=actor, action=CARRIED_OUT, thing=held, after={"act": held.act.pk}, reason=reason)
    return held


@transaction.atomic
def take_back_draft(*, actor: Actor, draft: PlanDraft, reason: str) -> PlanDraft:
    """Take back what a plan did (hủy), until something depends on it: it is being drafted again."""
    held = PlanDraft.objects.select_for_update(of=("self",)).select_related("act").get(pk=draft.pk)
    access.require(actor, CARRY_OUT, held)
    if held.act is None:
        raise Refusal(
            what=Text(vi="Phương án chưa được thực hiện.", en="The plan was not carried out."),
            code="planning.not_carried_out",
        )
    undo_act(actor=actor, act=held.act, reason=reason)
    act, held.outcome = held.act.pk, None
    save_changed(held, actor)
    record(actor=actor, action=TAKEN_BACK, thing=held, before={"act": act}, after=None, reason=reason)
    return held


def _told(done: Done) -> dict[str, Any]:
    """What became of units, and of each sort of thing: before, after, gone over, waiting."""
    outcomes = done.carried.outcomes
    labels = {effect.code: effect.label for effect in effects}
    things = [
        {
            "label": {"vi": labels[code].vi, "en": labels[code].en},
            "before": done.before[code],
            "after": done.after[code],
            "moved": outcome.moved,
            "waiting": sum(waiting.number for waiting in outcome.waiting),
        }
        for code, outcome in outcomes.items()
    ]
    return {"numbers": dict(done.numbers), "things": things}
