"""The acts of reorganisation that were carried out; the plans that are kept, and what each would do."""

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any

from django.db.models import Count, Q, QuerySet

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.planning.models import PlanDraft
from noivu.planning.policies import VIEW
from noivu.planning.reading import read_plan
from noivu.planning.simulation import Simulation, simulate
from noivu.ui.tables import Order, Page, State, page_of
from noivu.units.api import ReorganisationAct, revision

DRAFTED, DONE, ASIDE = "drafted", "done", "aside"
_CARRIED_OUT = Q(act__isnull=False, act__undone_at__isnull=True)
_CUTS = {
    DRAFTED: ~_CARRIED_OUT & Q(set_aside_at__isnull=True),
    DONE: _CARRIED_OUT,
    ASIDE: ~_CARRIED_OUT & Q(set_aside_at__isnull=False),
}
_ORDERS = {"changed": Order("changed_at"), "day": Order("takes_effect_on")}
_KEPT = 4
_simulations: OrderedDict[tuple[Any, ...], Simulation] = OrderedDict()
_guard = Lock()


def acts() -> QuerySet[ReorganisationAct]:
    """All acts, the latest first."""
    return ReorganisationAct.objects.select_related("instrument").order_by("-carried_out_at", "-pk")


def act_numbered(number: int) -> ReorganisationAct:
    """The act of a number, as the list shows it."""
    act = acts().filter(pk=number).first()
    if act is None:
        raise Refusal(
            what=Text(vi=f"Không có lần sắp xếp số {number}.", en=f"There is no act number {number}."),
            do=Text(vi="Xem danh sách: noivu reorganise --list.", en="See the list: noivu reorganise --list."),
            code="planning.no_act",
        )
    return act


def plans_for(actor: Actor) -> QuerySet[PlanDraft]:
    """The plans that the actor may see."""
    return access.scope(actor, VIEW, PlanDraft.objects.all())


def plan_for(actor: Actor, plan_id: int) -> PlanDraft | None:
    """A plan that the actor may see, by its number."""
    return plans_for(actor).select_related("act").filter(pk=plan_id).first()


def counts_for(actor: Actor) -> Mapping[str, int]:
    """How many plans stand in each part of the list. One query."""
    found: Mapping[str, int] = plans_for(actor).aggregate(
        **{cut: Count("pk", filter=condition) for cut, condition in _CUTS.items()}
    )
    return found


def page_of_plans(actor: Actor, state: State, counts: Mapping[str, int]) -> Page[PlanDraft]:
    """One page of the list."""
    rows = plans_for(actor).filter(_CUTS[state.cut]).select_related("act").defer("text", "outcome")
    if state.search_key:
        rows = rows.filter(Q(folded__contains=state.search_key) | Q(instrument__icontains=state.search))
    return page_of(rows, state, _ORDERS, count=None if state.is_narrowed else counts[state.cut])


def simulation_of(draft: PlanDraft) -> Simulation:
    """What a plan would do to the units as they are now; kept until the plan or the register of units changes.

    Refused where the plan cites an instrument that is neither registered nor brought along. The things of other rooms
    are not kept: ask `things_of` anew.
    """
    key = (draft.pk, draft.version, revision().token)
    with _guard:
        found = _simulations.get(key)
        if found is not None:
            _simulations.move_to_end(key)
            return found
    made = simulate(read_plan(draft.text, unfinished=True))
    with _guard:
        _simulations[key] = made
        while len(_simulations) > _KEPT:
            _simulations.popitem(last=False)
    return made
