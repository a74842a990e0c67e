"""Lives and lines of units as stretches of time: the ground on which the closure is computed.

Days are handled as numbers (`date.toordinal`), so that intervals are plain integer arithmetic.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from noivu.units.constants import Family, Line
from noivu.units.models import UnitKind, UnitLine

EVER, NEVER = 0, 10_000_000
_FARTHEST = 60


class Stretch(NamedTuple):
    """From a day up to a day (out), something holds: `other` is the unit at the end of a line, or 0."""

    start: int
    end: int
    other: int = 0


def _number(day: date | None, without: int) -> int:
    return without if day is None else day.toordinal()


def without(stretch: Stretch, taken: Iterable[Stretch]) -> list[Stretch]:
    """What is left of a stretch when others are taken away."""
    left = [stretch]
    for gone in taken:
        left = [
            piece
            for old in left
            for piece in (
                old._replace(end=min(old.end, gone.start)),
                old._replace(start=max(old.start, gone.end)),
            )
            if piece.start < piece.end
        ]
    return left


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches put together where they touch or overlap."""
    merged: list[Stretch] = []
    for stretch in sorted(stretches):
        if merged and stretch.start <= merged[-1].end:
            merged[-1] = merged[-1]._replace(end=max(merged[-1].end, stretch.end))
        else:
            merged.append(stretch)
    return merged


def _series(facts: Iterable["_Told"]) -> list[Stretch]:
    """The stretches of one series; a fact of unknown start also answers for earlier days that nothing else covers."""
    known = [
        (Stretch(starts_on.toordinal(), _number(ends_on, NEVER), other), sure)
        for other, starts_on, ends_on, sure in facts
    ]
    taken = [stretch for stretch, _ in known]
    earlier = [
        piece
        for stretch, sure in known
        if not sure
        for piece in without(Stretch(EVER, stretch.start, stretch.other), taken)
    ]
    return sorted(taken + earlier)


_Told = tuple[int, date, date | None, bool]


class Lines:
    """All lives and lines of the register, as known now or at an instant; stretches of time are made of those that are
    asked for."""

    def __init__(self, known_at: datetime | None = None) -> None:
        self.families: dict[int, str] = {}
        self._kinds: dict[int, list[_Told]] = defaultdict(list)
        self._lines: dict[tuple[int, str], list[_Told]] = defaultdict(list)
        self._known: dict[Any, list[Stretch]] = {}
        kinds = UnitKind.objects.known_at(known_at)
        rows = kinds.values_list("unit_id", "unit__family", "starts_on", "ends_on", "start_known")
        for unit, family, starts_on, ends_on, sure in rows:
            self.families[unit] = family
            self._kinds[unit].append((0, starts_on, ends_on, sure))
        found = UnitLine.objects.known_at(known_at).values_list(
            "unit_id", "line", "other_id", "starts_on", "ends_on", "start_known"
        )
        for unit, line, other, starts_on, ends_on, sure in found:
            self._lines[unit, line].append((other, starts_on, ends_on, sure))

    def life(self, unit: int) -> list[Stretch]:
        """When the unit exists."""
        if unit not in self._known:
            self._known[unit] = joined(_series(self._kinds.get(unit, ())))
        return self._known[unit]

    def _stretches(self, key: tuple[int, str]) -> list[Stretch]:
        if key not in self._known:
            self._known[key] = _series(self._lines.get(key, ()))
        return self._known[key]

    def up(self, unit: int, line: str, start: int, end: int) -> Iterator[Stretch]:
        """Who stands above the unit in a line, and alive, within the stretch."""
        for stretch in self._stretches((unit, line)):
            for life in self.life(stretch.other):
                first, last = max(start, stretch.start, life.start), min(end, stretch.end, life.end)
                if first < last:
                    yield Stretch(first, last, stretch.other)

    def ancestors(self, unit: int) -> dict[tuple[str, int], list[Stretch]]:
        """By (line of the closure, ancestor): when the unit's counts belong to the ancestor's total."""
        found: dict[tuple[str, int], list[Stretch]] = defaultdict(list)
        for life in self.life(unit):
            found[Line.SUPERIOR, unit].append(life._replace(other=0))
            if self.families[unit] == Family.ADMINISTRATIVE:
                self._climb(unit, Line.TERRITORY, life, found)
            else:
                self._climb(unit, Line.SUPERIOR, life, found)
                self._serve(unit, life, found)
                self._follow(unit, life, found)
        return {key: joined(stretches) for key, stretches in found.items()}

    def closure(self, unit: int) -> Iterator[tuple[str, int, Stretch]]:
        """(line, ancestor, stretch) for each time in which the unit's counts belong to the ancestor's total."""
        for (line, ancestor), stretches in self.ancestors(unit).items():
            for stretch in stretches:
                yield line, ancestor, stretch

    def _climb(
        self, unit: int, line: str, within: Stretch, found: dict[tuple[str, int], list[Stretch]], far: int = 0
    ) -> None:
        _refuse_endless(far)
        for above in self.up(unit, line, within.start, within.end):
            found[Line.SUPERIOR, above.other].append(above._replace(other=0))
            self._climb(above.other, line, above, found, far + 1)

    def _serve(self, unit: int, within: Stretch, found: dict[tuple[str, int], list[Stretch]], far: int = 0) -> None:
        """Territories that an organisation serves: its own, or in the time without one its superior's."""
        _refuse_endless(far)
        own = list(self.up(unit, Line.TERRITORY, within.start, within.end))
        for territory in own:
            found[Line.SUPERIOR, territory.other].append(territory._replace(other=0))
            self._climb(territory.other, Line.TERRITORY, territory, found)
        for rest in without(within, own):
            for superior in self.up(unit, Line.SUPERIOR, rest.start, rest.end):
                self._serve(superior.other, superior, found, far + 1)

    def _follow(
        self,
        unit: int,
        within: Stretch,
        found: dict[tuple[str, int], list[Stretch]],
        guided: bool = False,
        far: int = 0,
    ) -> None:
        """Those whose sector takes the unit in by guidance somewhere on the way up."""
        _refuse_endless(far)
        for line in (Line.SUPERIOR, Line.GUIDANCE):
            for above in self.up(unit, line, within.start, within.end):
                by_guidance = guided or line == Line.GUIDANCE
                if by_guidance:
                    found[Line.GUIDANCE, above.other].append(above._replace(other=0))
                self._follow(above.other, above, found, by_guidance, far + 1)

    def alive(self, unit: int, day: int) -> bool:
        return any(stretch.start <= day < stretch.end for stretch in self.life(unit))

    def _other_end(self, unit: int, line: str, day: int) -> int | None:
        found = (s.other for s in self._stretches((unit, line)) if s.start <= day < s.end)
        return next(found, None)

    def directly_above(self, unit: int, day: int) -> int | None:
        """Who stands above the unit on a day, alive or not: an organisation's superior, else the territory."""
        if self.families[unit] != Family.ADMINISTRATIVE:
            superior = self._other_end(unit, Line.SUPERIOR, day)
            if superior is not None:
                return superior
        return self._other_end(unit, Line.TERRITORY, day)


def _refuse_endless(far: int) -> None:
    if far > _FARTHEST:
        raise RecursionError("lines between units run in a circle")
