"""To whom everything belongs that a unit leaves when it ends: its heirs, stretch by stretch.

The heir of a unit is read on the day it ends: its successor; the nearest unit that covers them all when it was parted;
the unit above when it was dissolved without one. When the heir ends too, the heir's heir follows. So what is laid to a
unit on one day is laid, the day after, to it or to its own heir, and no count is lost or found at a border.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from noivu.units.constants import ENDED, HEIR
from noivu.units.lines import NEVER, Lines, Stretch
from noivu.units.models import Succession


class Endings:
    """The heirs of ended units, from all lives, lines and successions of the register."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.successors: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        self.predecessors: dict[int, list[int]] = defaultdict(list)
        rows = Succession.objects.current().values_list(
            "predecessor_id", "successor_id", "reorganisation__takes_effect_on", "reorganisation__position"
        )
        for old, new, on, position in rows:
            self.successors[old, on.toordinal()].append((new, position))
            self.predecessors[new].append(old)
        self._paths: dict[tuple[int, int], tuple[int, ...]] = {}
        self._above: dict[int, Mapping[tuple[str, int], list[Stretch]]] = {}

    def closure(self, unit: int) -> Iterator[tuple[str, int, Stretch]]:
        """(line, ancestor, stretch): the heirs of what the unit left, and whose totals take it in."""
        for heir in self.heirs(unit):
            yield HEIR, heir.other, heir
            if heir.other not in self._above:
                self._above[heir.other] = self.lines.ancestors(heir.other)
            for (line, ancestor), stretches in self._above[heir.other].items():
                for stretch in stretches:
                    start, end = max(heir.start, stretch.start), min(heir.end, stretch.end)
                    if start < end:
                        yield ENDED[line], ancestor, Stretch(start, end)

    def heirs(self, unit: int) -> Iterator[Stretch]:
        """Who has what the unit left, in the time in which it does not live after having lived."""
        life = self.lines.life(unit)
        for place, lived in enumerate(life):
            until = life[place + 1].start if place + 1 < len(life) else NEVER
            day, gone = lived.end, unit
            while day < until:
                heir = self._covering(self._living(gone, day, (0, 0), set()), day)
                if heir is None:
                    break
                end = min(until, next(stretch.end for stretch in self.lines.life(heir) if day < stretch.end))
                yield Stretch(day, end, heir)
                day, gone = end, heir

    def _living(self, unit: int, day: int, since: tuple[int, int], seen: set[int]) -> set[int]:
        """The living units that have the unit's place on a day: itself, or those that came after it at its end; of what
        it took in on its last day, by an event of some position, those of that event and of later ones."""
        if self.lines.alive(unit, day):
            return {unit}
        ends = [stretch.end for stretch in self.lines.life(unit) if stretch.end <= day]
        if unit in seen or not ends:
            return set()
        last, first = ends[-1], since[1] if since[0] == ends[-1] else 0
        above = self.lines.directly_above(unit, last - 1)
        following = [(last, at, other) for other, at in self.successors.get((unit, last), ()) if at >= first]
        following = following or ([] if above is None else [(*since, above)])
        return {heir for on, at, other in following for heir in self._living(other, day, (on, at), seen | {unit})}

    def _covering(self, units: Iterable[int], day: int) -> int | None:
        """The nearest unit that covers all of these."""
        common: int | None = None
        for step in zip(*(self._path(unit, day) for unit in units), strict=False):
            if len(set(step)) > 1:
                break
            common = step[0]
        return common

    def _path(self, unit: int, day: int) -> tuple[int, ...]:
        """From the top down to the unit, as `Tree.path` on that day."""
        if (unit, day) not in self._paths:
            above = self.lines.directly_above(unit, day)
            up = self._path(above, day) if above is not None and self.lines.alive(above, day) else ()
            self._paths[unit, day] = (*up, unit)
        return self._paths[unit, day]
