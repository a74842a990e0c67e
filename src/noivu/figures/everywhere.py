"""The same figures for every unit of the country: one pass over the rows, then added up the tree in memory."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from operator import add

from django.db.backends.base.base import BaseDatabaseWrapper

from noivu.core.indicators import Reading
from noivu.core.side_by_side import side_by_side
from noivu.figures.answers import balances, by_base, rate_of
from noivu.figures.counting import Arm, parts_of, run, unit_arm
from noivu.figures.ground import UNITS, Ground
from noivu.figures.questions import Balance, Sweep
from noivu.figures.registry import DECLARED, Declarations

Counted = list[tuple[int, "array[int]"]]
"""By unit, what one statement counts of it."""


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
    """Figures of all units as of one instant: one statement for each part of a base, side by side.

    Kept as one row of 64-bit integers for each unit: memory grows with the number of units, not of records.
    """
    asked = declared.codes if sweep.indicators is None else sweep.indicators
    shared_out = list(by_base(declared.parts_of(asked), declared))
    codes = tuple(indicator.code for _, indicators in shared_out for indicator in indicators)
    reading = sweep.reading
    places: list[slice] = []
    counting: list[Callable[[BaseDatabaseWrapper], Counted]] = []
    first = 0
    for base, indicators in shared_out:
        place = slice(first, first := first + len(indicators))
        is_whole = all(indicator.total is None for indicator in indicators)  # sums may come as decimals
        for rows in parts_of(base, reading):
            if (arm := unit_arm(base, rows, indicators, reading)) is not None:
                places.append(place)
                counting.append(partial(_count, arm, is_whole))
    own = _put_together(zip(places, side_by_side(counting), strict=True), len(codes))
    totals = ground.totals(own, sweep)
    return Table(sweep, reading, codes, own, totals, declared)


def _count(arm: Arm, is_whole: bool, reader: BaseDatabaseWrapper) -> Counted:
    return [
        (unit_id, array("q", counts if is_whole else map(int, counts)))
        for unit_id, *counts in run([arm], reader=reader)
    ]


def _put_together(counted: Iterable[tuple[slice, Counted]], width: int) -> "dict[int, array[int]]":
    """Each count in its place in the row of its unit; disjoint parts of one base add up there."""
    own: dict[int, array[int]] = {}
    zeros = array("q", bytes(8 * width))
    filled: slice | None = None
    for place, rows in counted:
        for unit_id, found in rows:
            row = own.get(unit_id)
            if row is None:
                row = own[unit_id] = zeros[:]
            row[place] = array("q", map(add, row[place], found)) if filled == place else found
        filled = place
    return own
