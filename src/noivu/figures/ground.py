"""The unit tree that figures are read in: whose rows count for a unit, and how own counts are carried up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

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


@dataclass(frozen=True, slots=True)
class Exactness:
    """Whether every unit behind a figure is known for its day, and if not, from which day on all are."""

    exact: bool
    known_from: date | None


def exactness(question: Question) -> Exactness:
    """Before the first known fact about its units a figure is read in the earliest known tree, and must say so."""
    units = known_tree(question.tree_day, question.known_at)
    if units.exact:
        return Exactness(True, None)
    nodes = (units.node(unit) for unit in units.reach(question.unit_id, question.line))
    exact = all(node is not None and node.exact for node in nodes)
    return Exactness(exact, None if exact else units.known_from)
