"""The same figures for every unit of the country: one pass over the rows, then added up the tree in memory."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from operator import add

from noivu.core.indicators import BaseSet, Indicator, Reading
from noivu.figures.answers import balances, by_base, rate_of
from noivu.figures.counting import parts_of, run, unit_arm
from noivu.figures.ground import UNITS, Ground
from noivu.figures.questions import Balance, Sweep
from noivu.figures.registry import DECLARED, Declarations


@dataclass(frozen=True)
class Table:
    """Figures of all units of one tree, own counts apart from totals. A unit that is not in it has none."""

    sweep: Sweep
    reading: Reading
    codes: tuple[str, ...]
    own: Mapping[int, Sequence[int]]
    totals: Mapping[int, Sequence[int]]
    declared: Declarations = field(repr=False)

    def value(self, unit_id: int, code: str) -> int:
        """The figure of a unit with all that it covers."""
        return self.values(unit_id)[code]

    def own_values(self, unit_id: int) -> dict[str, int]:
        """Every figure of the unit's own registers alone."""
        return self._figures(self.own.get(unit_id))

    def values(self, unit_id: int) -> dict[str, int]:
        """Every figure of a unit with all that it covers."""
        return self._figures(self.totals.get(unit_id))

    def rate(self, unit_id: int, code: str) -> Fraction | None:
        """A rate of a unit, computed from its parts; never a mean of rates."""
        return rate_of(self.values(unit_id), code, self.declared)

    def identities(self, unit_id: int) -> tuple[Balance, ...]:
        """The identities held against a unit's figures."""
        return balances(self.values(unit_id), self.declared)

    def _figures(self, counts: Sequence[int] | None) -> dict[str, int]:
        return dict(zip(self.codes, counts, strict=True)) if counts else dict.fromkeys(self.codes, 0)


def everywhere(sweep: Sweep, *, ground: Ground = UNITS, declared: Declarations = DECLARED) -> Table:
    """Figures of all units: one statement for each base, streamed into rows of 64-bit integers, one for each unit.

    Memory grows with the number of units, not of records.
    """
    asked = declared.codes if sweep.indicators is None else sweep.indicators
    shared_out = list(by_base(declared.parts_of(asked), declared))
    codes = tuple(indicator.code for _, indicators in shared_out for indicator in indicators)
    reading = sweep.reading
    own: dict[int, array[int]] = {}
    first = 0
    for base, indicators in shared_out:
        _count(base, indicators, reading, own, slice(first, first + len(indicators)), len(codes))
        first += len(indicators)
    totals = ground.totals(own, sweep)
    return Table(sweep, reading, codes, own, totals, declared)


def _count(
    base: BaseSet,
    indicators: Sequence[Indicator],
    reading: Reading,
    own: "dict[int, array[int]]",
    place: slice,
    width: int,
) -> None:
    """Put what a base counts into its place in the row of each unit; disjoint parts of a base add up there."""
    arms = [arm for rows in parts_of(base, reading) if (arm := unit_arm(base, rows, indicators, reading)) is not None]
    is_whole = all(indicator.total is None for indicator in indicators)  # sums may come as decimals
    zeros = array("q", bytes(8 * width))
    counted_before: set[int] = set()
    for unit_id, *counts in run(arms):
        found = array("q", counts if is_whole else map(int, counts))
        row = own.get(unit_id)
        if row is None:
            row = own[unit_id] = zeros[:]
        if len(arms) > 1:
            if unit_id in counted_before:
                found = array("q", map(add, row[place], found))
            counted_before.add(unit_id)
        row[place] = found
