"""Where the counts of units that ended within a period belong, in the tree of its last day."""

from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from threading import Lock
from typing import Any

from django.db.models import QuerySet

from noivu.units.constants import Line
from noivu.units.models import Succession, Unit, UnitKind, UnitLine
from noivu.units.queries import facts_on, reach, tree
from noivu.units.revision import revision
from noivu.units.tree import Tree

Stretch = tuple[date, date]
_KEPT = 32
_kept: OrderedDict[tuple[str, date, date], Mapping[int, int]] = OrderedDict()
_guard = Lock()


def ended_into(stretches: Collection[Stretch]) -> dict[Stretch, Mapping[int, int]]:
    """For each stretch (first day, last day): the units that ended in it, and the living unit that each belongs to.

    That is the successor when there is one; the nearest unit that covers them all when the unit was parted; the unit
    above when it was dissolved without one. A unit with none of these is not in the answer. One small query, unless
    something ended for the first time that anybody asks.
    """
    present = revision()
    found: dict[Stretch, Mapping[int, int]] = {}
    for first, last in set(stretches):
        if not any(first < day <= last for day in present.breakpoints):
            found[first, last] = {}
            continue
        key = (present.token, first, last)
        with _guard:
            kept = _kept.get(key)
        found[first, last] = kept if kept is not None else _keep(key, _Endings(first, last).heirs())
    return found


def heirs_on(day: date) -> Mapping[int, int]:
    """Every unit that ended by a day, with the living unit of that day to which what it left belongs."""
    since_ever = (date.min, day)
    return ended_into([since_ever])[since_ever]


def reach_with_ended(unit_id: int, on: date, line: str = Line.SUPERIOR) -> QuerySet[Any, int]:
    """What `reach` gives, and the units that ended by then and left to those: a subquery for `unit_id__in`."""
    covered = tree(on).reach(unit_id, line)
    ended = [unit for unit, heir in heirs_on(on).items() if heir in covered]
    left = Unit.objects.filter(pk__in=ended).values_list("pk", flat=True)
    living = reach(unit_id, on, line)
    return living.union(left) if ended else living


def _keep(key: tuple[str, date, date], heirs: Mapping[int, int]) -> Mapping[int, int]:
    with _guard:
        _kept[key] = heirs
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
    return heirs


class _Endings:
    """The units that ended in a stretch, with what became of them."""

    def __init__(self, first: date, last: date) -> None:
        self.tree = tree(last)
        kinds = UnitKind.objects.current().filter(ends_on__gt=first, ends_on__lte=last)
        ends = kinds.values_list("unit_id", "ends_on")
        self.ended = {unit: day for unit, day in ends if day is not None and unit not in self.tree}
        self.successors = _successors(first, last)
        self.above = _above(self.ended)

    def heirs(self) -> dict[int, int]:
        found = {unit: _covering(self._living(unit, set()), self.tree) for unit in self.ended}
        return {unit: heir for unit, heir in found.items() if heir is not None}

    def _living(self, unit: int, seen: set[int]) -> set[int]:
        if unit in self.tree:
            return {unit}
        if unit in seen:
            return set()
        further = self.successors.get(unit) or self.above.get(unit, ())
        return {heir for following in further for heir in self._living(following, seen | {unit})}


def _successors(first: date, last: date) -> Mapping[int, tuple[int, ...]]:
    rows = Succession.objects.current().filter(
        reorganisation__takes_effect_on__gt=first, reorganisation__takes_effect_on__lte=last
    )
    found: dict[int, list[int]] = defaultdict(list)
    for old, new in rows.values_list("predecessor_id", "successor_id"):
        found[old].append(new)
    return {old: tuple(new) for old, new in found.items()}


def _above(ended: Mapping[int, date]) -> Mapping[int, tuple[int, ...]]:
    """The unit above each ended one on its last day: its superior, else the territory in which it lay."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for last_day in {day - timedelta(days=1) for day in ended.values()}:
        lines = facts_on(UnitLine.objects.current(), last_day).exclude(line=Line.GUIDANCE)
        for unit, line, other in lines.values_list("unit_id", "line", "other_id"):
            if ended.get(unit) == last_day + timedelta(days=1):
                found[unit][line] = other
    return {unit: (lines.get(Line.SUPERIOR) or lines[Line.TERRITORY],) for unit, lines in found.items()}


def _covering(units: Iterable[int], living: Tree) -> int | None:
    """The nearest unit that covers all of these."""
    paths = [[node.id for node in living.path(unit)] for unit in units]
    common: int | None = None
    for step in zip(*paths, strict=False):
        if len(set(step)) > 1:
            break
        common = step[0]
    return common
