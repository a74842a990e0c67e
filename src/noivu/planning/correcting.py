"""Correcting what was carried out: another plan in the place of an act, as if it had been carried out from the first.

The act is taken back, and with it every act that was built on it; the right plan is carried out, then those others
again, each by its own plan. A unit that is established again by the same code keeps its identity, and with it all that
stands there. What the register said meanwhile stays readable by knowledge time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction

from noivu.core.actors import SYSTEM, Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.planning.drafting import Identities
from noivu.planning.models import PlanDraft
from noivu.planning.plan import Plan
from noivu.planning.reading import read_plan
from noivu.planning.services import Done, NotConservedError, carry_out_plan
from noivu.planning.simulation import Simulation, simulate
from noivu.units.api import (
    ReorganisationAct,
    Unit,
    acts_built_on,
    effects,
    established_by,
    labels,
    require_unused,
    withdraw_act,
)

T = TypeVar("T")


@dataclass(frozen=True)
class Corrected:
    """What a correction did: the plan carried out in place of the act, and the acts carried out again after it."""

    done: Done
    again: tuple[Done, ...]


@transaction.atomic
def correct_act(*, actor: Actor, act: ReorganisationAct, plan: Plan, reason: str) -> Corrected:
    """Carry a plan out in the place of an act.

    Refused where the plan has findings, where one built on the act can no longer be carried out after it, where a fact
    was changed by hand since, and where something stands at a unit that would no longer be there.
    """
    rewound = [*acts_built_on(act), act]
    for one in rewound[:-1]:
        _refuse_without_plan(one)
    open_before = _open_things(act)
    identities = {one.pk: _identities_of(one) for one in rewound}
    established = [(one, withdraw_act(actor=actor, act=one, reason=reason)) for one in rewound]
    done = []
    for one in reversed(rewound):
        wanted = plan if one.pk == act.pk else read_plan(one.plan)
        done.append(carry_out_plan(actor=actor, plan=wanted, identities=identities[one.pk]))
        carried = done[-1].carried.act
        ReorganisationAct.objects.filter(pk=one.pk).update(replaced_by=carried)
        if one.pk != act.pk:  # a draft whose plan stands again is carried out still
            PlanDraft.objects.filter(act=one).update(act=carried)
    there = frozenset(unit for each in done for unit in each.carried.established.values())
    for one, units in established:
        require_unused(one, units - there)
    if _open_things(act) != open_before:
        raise NotConservedError("a correction lost open things, or made some")
    return Corrected(done[0], tuple(done[1:]))


@transaction.atomic
def simulate_correction(act: ReorganisationAct, plan: Plan, tell: Callable[[Simulation], T]) -> T:
    """What is told of a plan as it would be in the place of an act. Nothing is kept.

    What was built on the act is taken back for the while and not carried out again.
    """
    identities = _identities_of(act)
    for one in [*acts_built_on(act), act]:
        withdraw_act(actor=SYSTEM, act=one, reason=act.title)
    told = tell(simulate(plan, identities))
    transaction.set_rollback(True)
    return told


def _identities_of(act: ReorganisationAct) -> Identities:
    """Of the units that an act established, by the codes they bore on its day."""
    established = established_by(act)
    uids = dict(Unit.objects.in_bulk(established))
    return {label.code: uids[unit].uid for unit, label in labels(established, act.takes_effect_on).items()}


def _open_things(act: ReorganisationAct) -> dict[str, int]:
    """What every effect counts on the day of an act, wherever it stands."""
    return {effect.code: sum(effect.count(act.takes_effect_on).values()) for effect in effects}


def _refuse_without_plan(act: ReorganisationAct) -> None:
    if not act.plan:
        raise Refusal(
            what=Text(
                vi=f"Lần sắp xếp số {act.pk} “{act.title}” dựa trên lần cần sửa, không còn phương án để thực hiện lại.",
                en=f"Act {act.pk} “{act.title}” was built on it and keeps no plan by which to carry it out again.",
            ),
            do=Text(vi="Hủy lần đó trước.", en="Take that one back first."),
            code="planning.no_plan_kept",
        )
