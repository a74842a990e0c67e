"""What a plan would do, before anything is done: to units, to things of other rooms, and what is left for people."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

from noivu.core.wording import Text
from noivu.law.api import AgainstStandard, Circumstances, Instrument, StandardsOn
from noivu.planning.assembling import assemble
from noivu.planning.checks import NO_INSTRUMENT, check
from noivu.planning.drafting import Draft, Identities, Working
from noivu.planning.findings import Finding
from noivu.planning.papers import papers_of
from noivu.planning.plan import Plan
from noivu.units.api import (
    AREA,
    POPULATION,
    ChangeSet,
    Effect,
    Family,
    Moves,
    Outcome,
    Ref,
    effects,
    kinds,
    moves_of,
    tree,
)

_NOTHING = Outcome()
NEW: Identities = MappingProxyType({})
"""Every unit that is established is new."""
_HECTARES = 100
_NOT_KNOWN = Circumstances()


@dataclass(frozen=True, slots=True)
class Things:
    """One sort of thing: how many are open before, how many go over, what waits for a decision.

    `by_unit`: of each unit that the plan ends, how many it has open.
    """

    code: str
    label: Text
    before: int
    outcome: Outcome
    by_unit: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class UnitAfter:
    """A unit that the plan makes or changes, with what goes into it and what it measures afterwards.

    `against`: the standards of the law of the day, one answer for each that may apply (none: the law has none for the
    kind, or it is no administrative unit).
    """

    code: str
    name: str
    kind: str
    is_new: bool
    came_from: tuple[str, ...]
    measures: Mapping[str, int | None]
    draft: Draft
    against: tuple[AgainstStandard, ...] = ()


class Simulation:
    """A plan worked out on the register as it is now. `findings` must be mended before it can be carried out."""

    def __init__(self, plan: Plan, identities: Identities) -> None:
        self.plan = plan
        self.before = tree(plan.on)
        self.working = Working(plan, self.before, identities)
        self.papers: Mapping[str, Instrument] = papers_of(plan)
        self.findings: list[Finding] = check(self.working)

    @property
    def on(self) -> date:
        return self.plan.on

    @property
    def is_sound(self) -> bool:
        """Whether it can be carried out as it is."""
        return all(finding.is_doubt for finding in self.findings)

    @property
    def is_workable(self) -> bool:
        """Whether it can be worked out to its end: at most, its instrument has no number yet."""
        return all(finding.is_doubt or finding.code == NO_INSTRUMENT for finding in self.findings)

    @cached_property
    def changes(self) -> ChangeSet:
        """What would be written. Asked of a workable plan."""
        return assemble(self.plan, self.working, self.papers)

    @cached_property
    def moves(self) -> Moves:
        """Who would take over from whom; units to be established bear made-up negative ids."""
        return moves_of(self.changes, {uid: -place for place, uid in enumerate(self.changes.established, start=1)})

    # units

    @cached_property
    def _ended(self) -> list[Draft]:
        return [draft for draft in self.working.units.values() if not draft.lives]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """How many units the plan establishes, ends, changes, and leaves as they are."""
        drafts = self.working.units.values()
        new = sum(draft.is_new for draft in drafts)
        ended = len(self._ended)
        changed = sum(bool(draft.by) for draft in drafts if draft.lives and not draft.is_new)
        return {"established": new, "ended": ended, "changed": changed, "kept": len(self.before) - ended - changed}

    @cached_property
    def kinds_before(self) -> dict[str, int]:
        return dict(Counter(node.kind for node in self.before.nodes.values()))

    @cached_property
    def kinds_after(self) -> dict[str, int]:
        """Units by kind as they would be."""
        counted = Counter(self.kinds_before)
        for draft in self.working.units.values():
            if isinstance(draft.ref, int):
                counted[self.before.nodes[draft.ref].kind] -= 1
            if draft.lives:
                counted[draft.kind] += 1
        return {kind: number for kind, number in counted.items() if number}

    @cached_property
    def living(self) -> tuple[Draft, ...]:
        """The units that the plan makes or changes, in the order of its events."""
        return tuple(draft for draft in self.working.units.values() if draft.lives)

    def units_after(self) -> Iterator[UnitAfter]:
        """The units that the plan makes or changes, each against the standards of the day."""
        law = StandardsOn(self.on)
        return (self.unit_after(draft, law) for draft in self.living)

    def unit_after(self, draft: Draft, law: StandardsOn) -> UnitAfter:
        came = self.working.passed_into.get(draft.ref, ())
        measures = self.working.measures_after(draft)
        return UnitAfter(
            code=draft.code,
            name=draft.name,
            kind=str(kinds[draft.kind].label),
            is_new=draft.is_new,
            came_from=tuple(self.name_before(passed.old) for passed in came),
            measures=measures,
            draft=draft,
            against=_against(draft, measures, law),
        )

    def name_before(self, ref: Ref) -> str:
        """What a unit is called before the plan; one that it establishes, afterwards."""
        return self.before.nodes[ref].name if isinstance(ref, int) else self.working.of(ref).name

    def name(self, ref: Ref) -> str:
        """A unit by its name, for people."""
        unit = self.working.of(ref)
        return f"{unit.name} ({unit.code})"

    # things of other rooms

    @cached_property
    def things(self) -> tuple[Things, ...]:
        """What of other rooms the plan touches, effect by effect. Asked of a workable plan."""
        return tuple(self.things_of(effect) for effect in effects)

    def things_of(self, effect: Effect) -> Things:
        """What one effect counts, as it stands now."""
        counted = effect.count(self.on)
        ended = self.moves.ended
        return Things(
            code=effect.code,
            label=effect.label,
            before=sum(counted.values()),
            outcome=effect.foresee(self.moves) if effect.foresee else _NOTHING,
            by_unit={unit: number for unit, number in counted.items() if unit in ended},
        )


def _against(draft: Draft, measures: Mapping[str, int | None], law: StandardsOn) -> tuple[AgainstStandard, ...]:
    if draft.family is not Family.ADMINISTRATIVE:
        return ()
    told = draft.target
    known = Circumstances(told.place or None, told.minority or Decimal(0)) if told else _NOT_KNOWN
    hectares = measures[AREA]
    area = None if hectares is None else Fraction(hectares, _HECTARES)
    return law.against(draft.kind, known, measures[POPULATION], area)


def simulate(plan: Plan, identities: Identities = NEW) -> Simulation:
    """Work a plan out; nothing is written. `identities`: of units that are established anew."""
    return Simulation(plan, identities)
