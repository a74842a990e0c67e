"""The unit tree that figures are read in: whose rows count for a unit, and how own counts are carried up."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Protocol

from django.db.models.expressions import RawSQL

from noivu.figures.carriage import Carriage, carried_between
from noivu.figures.questions import Question, Sweep
from noivu.units.api import Tree, heirs_on, reach_with_ended, tree, tree_since


class Ground(Protocol):
    """What figures ask about units: answered by `units` in the product; tests lay their own."""

    def reaches(self, questions: Sequence[Question]) -> list[Any]:
        """For each question the ids of the units whose rows count for its unit: a subquery, or a list."""
        ...

    def totals(self, own: Mapping[int, Sequence[int]], sweep: Sweep) -> Mapping[int, Sequence[int]]:
        """Totals by unit from the own counts of units, in the sweep's tree; units of which all is zero may lack."""
        ...


class UnitGround:
    """A row counts for the unit that it names; if that unit has ended, for the one to which what it left belongs.

    Which that is on the tree's day, `units.heirs_on` says: the successor, or what covers them all when the unit was
    parted. So a period in which units merged shows all its records, and what was still owed when a unit ended is
    carried into every later period of its heir.
    """

    def reaches(self, questions: Sequence[Question]) -> list[Any]:
        """Subqueries over the closure of the lines, one and the same for all days on which the tree is; plain ids where
        past knowledge is asked."""
        if len({question.tree_day for question in questions}) < 2:
            return [_reach(question, question.tree_day) for question in questions]
        return [_reach(question, tree_since(question.tree_day)) for question in questions]

    def totals(self, own: Mapping[int, Sequence[int]], sweep: Sweep) -> Mapping[int, Sequence[int]]:
        """Added up the tree in memory, after what ended units left was laid to their heirs."""
        units = known_tree(sweep.tree_day, sweep.known_at)
        return units.rollup(_inherited(own, units), sweep.line)


UNITS = UnitGround()


def known_tree(on: date, known_at: datetime | None = None) -> Tree:
    """The tree of a day as it was known at an instant; before units were recorded at all, as it is known now."""
    units = tree(on, known_at)
    return units if len(units) or known_at is None else tree(on)


def _reach(question: Question, day: date) -> Any:
    if question.structure is not None:
        coverage = carried(question, question.structure).coverage(question.unit_id, question.line)
        named = ",".join(map(str, [*coverage.whole, *coverage.divided])) or "NULL"
        return RawSQL(named, ())  # noqa: S611  whole numbers; more of them than a database binds
    if question.known_at is None:
        return reach_with_ended(question.unit_id, day, question.line)
    units = known_tree(question.tree_day, question.known_at)
    covered = units.reach(question.unit_id, question.line)
    return sorted(covered.union(unit for unit, heir in _heirs(units).items() if heir in covered))


def _heirs(units: Tree) -> Mapping[int, int]:
    """The heirs of units that have no place of their own in a tree: what was known earlier may still show them."""
    return {unit: heir for unit, heir in heirs_on(units.on).items() if unit not in units}


def _inherited(own: Mapping[int, Sequence[int]], units: Tree) -> Mapping[int, Sequence[int]]:
    heirs = _heirs(units)
    laid: dict[int, Sequence[int]] = {unit: counts for unit, counts in own.items() if unit not in heirs}
    for unit in own.keys() & heirs.keys():
        heir, counts = heirs[unit], own[unit]
        laid[heir] = [a + b for a, b in zip(laid[heir], counts, strict=True)] if heir in laid else counts
    return laid


@dataclass(frozen=True)
class Coverage:
    """What of the units of a period belongs to one unit of another day's tree: those that are carried whole into its
    reach, and the divided of which some may lie there."""

    reach: frozenset[int]
    whole: tuple[int, ...]
    divided: Mapping[int, Carriage]

    def share(self, unit_id: int) -> Fraction:
        """How much of a divided unit is counted here: its parts within reach, and what lies wholly among such."""
        carriage = self.divided[unit_id]
        parts = sum((share for unit, share in carriage.parts if unit in self.reach), Fraction(0))
        return parts + sum((share for units, share in carriage.loose if units <= self.reach), Fraction(0))


@dataclass(frozen=True)
class Carried:
    """The units of a period, carried into the tree of another day."""

    was: Tree
    units: Tree
    whole: Mapping[int, Sequence[int]]
    divided: Mapping[int, Carriage]
    lying: Mapping[int, Sequence[int]]
    """By unit of that tree, the divided of which some may lie there."""

    def coverage(self, unit_id: int, line: str) -> Coverage:
        """What of them belongs to a unit of that tree."""
        reach = self.units.reach(unit_id, line)
        whole = tuple(unit for place in sorted(reach) for unit in self.whole.get(place, ()))
        divided = sorted({unit for place in reach for unit in self.lying.get(place, ())})
        return Coverage(reach, whole, {unit: self.divided[unit] for unit in divided})

    def nearest_above(self, units: frozenset[int]) -> int | None:
        """The nearest unit of that tree that covers all of these."""
        common: int | None = None
        for step in zip(*(self.units.path(unit) for unit in units), strict=False):
            if len(set(step)) > 1:
                break
            common = step[0].id
        return common


def carried(asked: Question | Sweep, structure: date) -> Carried:
    """Every unit that counts in the period, itself or through its heir, carried into the tree of another day."""
    was, units = known_tree(asked.tree_day, asked.known_at), known_tree(structure, asked.known_at)
    ways = carried_between(asked.tree_day, structure, asked.known_at if len(tree(structure, asked.known_at)) else None)
    counting = was.nodes.keys() | _heirs(was).keys()
    whole = {place: [unit for unit in gone if unit in counting] for place, gone in ways.whole.items()}
    divided = {unit: way for unit, way in ways.divided.items() if unit in counting}
    lying: dict[int, list[int]] = defaultdict(list)
    for unit, way in divided.items():
        for place in way.units:
            lying[place].append(unit)
    return Carried(was, units, whole, divided, lying)


@dataclass(frozen=True, slots=True)
class Exactness:
    """Whether every unit behind a figure is known for its day, and if not, from which day on all are."""

    exact: bool
    known_from: date | None


def exactness(question: Question) -> Exactness:
    """Before the first known fact about its units a figure is read in the earliest known tree, and must say so."""
    units = known_tree(question.unit_day, question.known_at)
    if question.structure is not None:
        before = known_tree(question.tree_day, question.known_at)
        known_from = max((day for day in (units.known_from, before.known_from) if day is not None), default=None)
        return Exactness(units.exact and before.exact, known_from)
    if units.exact:
        return Exactness(True, None)
    nodes = (units.node(unit) for unit in units.reach(question.unit_id, question.line))
    exact = all(node is not None and node.exact for node in nodes)
    return Exactness(exact, None if exact else units.known_from)
