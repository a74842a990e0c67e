"""Carrying a plan out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from noivu.core.actors import Actor
from noivu.planning.assembling import assemble
from noivu.planning.drafting import Identities
from noivu.planning.findings import Finding, refuse
from noivu.planning.papers import register_papers
from noivu.planning.plan import Plan
from noivu.planning.simulation import NEW, simulate
from noivu.units.api import CarriedOut, carry_out, effects


@dataclass(frozen=True)
class Done:
    """A plan that was carried out: the act, and what of each sort of thing stood before and stands after it."""

    carried: CarriedOut
    doubts: tuple[Finding, ...]
    before: Mapping[str, int]
    after: Mapping[str, int]
    numbers: Mapping[str, int]


@transaction.atomic
def carry_out_plan(*, actor: Actor, plan: Plan, identities: Identities = NEW) -> Done:
    """Carry a plan out, whole or not at all. A plan with findings is refused, with all of them.

    What every effect counts is counted before and after, unit by unit: not one thing may be lost, and what went over
    stands at the heir, else nothing is kept.
    """
    simulation = simulate(plan, identities)
    refuse(simulation.findings)
    changes = assemble(plan, simulation.working, register_papers(plan, simulation.papers, actor))
    before = {effect.code: dict(effect.count(plan.on)) for effect in effects}
    carried = carry_out(actor=actor, changes=changes)
    after = {effect.code: dict(effect.count(plan.on)) for effect in effects}
    for effect in effects:
        if effect.follow is not None:
            _require_conserved(effect.code, before[effect.code], after[effect.code], carried)
    return Done(
        carried=carried,
        doubts=tuple(simulation.findings),
        before={code: sum(counted.values()) for code, counted in before.items()},
        after={code: sum(counted.values()) for code, counted in after.items()},
        numbers=simulation.numbers,
    )


class NotConservedError(RuntimeError):
    """An effect lost things, or put them elsewhere than where they belong: a fault of the program, nothing is kept."""


def _require_conserved(code: str, before: Mapping[int, int], after: Mapping[int, int], carried: CarriedOut) -> None:
    waiting = {waiting.unit_id: waiting.number for waiting in carried.outcomes[code].waiting}
    expected: Counter[int] = Counter()
    for unit, number in before.items():
        staying = waiting.get(unit, 0)
        expected[unit] += staying
        expected[carried.moves.heirs.get(unit, unit)] += number - staying
    differing = {unit for unit in {*expected, *after} if expected[unit] != after.get(unit, 0)}
    if differing:
        raise NotConservedError(f"{code}: {len(differing)} units do not have what they should")
