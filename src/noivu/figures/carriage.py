"""Where what a unit had on one day belongs on another: whole in one unit, in known shares, or in shares not recorded.

From a day the successions are followed to the other, forwards to successors or back to predecessors, event by event in
their order. A unit whose all went one way is carried whole. Where a unit was parted (on the way back: where several
came together), each way's share is its population of the whole, else its area; along a chain shares multiply. Where one
of them is not recorded, none is guessed: the unit is carried *loose*, to all the units that have some of it. What was
parted and came together again is whole once more. A unit that ended without successor, or began without predecessor, is
carried by the one above it.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from math import inf
from threading import Lock
from typing import NamedTuple

from noivu.units.api import Lines, Share, Succession, UnitMeasure, revision

_MEASURES = (UnitMeasure.POPULATION, UnitMeasure.AREA)
_ALL = Fraction(1)
_KEPT = 8


@dataclass(frozen=True, slots=True)
class Carriage:
    """Where one unit is carried. `parts`: units, each with its share; `loose`: sets of units among which a share lies,
    nobody recorded how. What all shares lack of one belongs nowhere."""

    parts: tuple[tuple[int, Fraction], ...] = ()
    loose: tuple[tuple[frozenset[int], Fraction], ...] = ()

    @property
    def whole(self) -> int | None:
        """The unit to which all of it is carried; None: it is divided."""
        return self.parts[0][0] if len(self.parts) == 1 and self.parts[0][1] == 1 else None

    @property
    def units(self) -> frozenset[int]:
        """Every unit that has some of it."""
        return frozenset(unit for unit, _ in self.parts).union(*(units for units, _ in self.loose))


@dataclass(frozen=True)
class Ways:
    """The ways of all units between two days: by unit of the other day those carried whole to it, and the divided."""

    whole: Mapping[int, Sequence[int]]
    divided: Mapping[int, Carriage]


class _Went(NamedTuple):
    """A succession, seen from one of its ends: the unit at the other, and how much of the predecessor went."""

    predecessor: int
    other: int
    share: str
    stated: Mapping[str, int | None]


_Moment = tuple[float, float, float]
_NOWHERE = Carriage()
_kept: OrderedDict[tuple[object, ...], Ways] = OrderedDict()
_guard = Lock()


def carried_between(since: date, to: date, known_at: datetime | None = None) -> Ways:
    """Where all that units had on a day belongs on another, earlier or later. A unit that had ended by the first day is
    carried from its own last day. Kept in memory until a fact changes."""
    key = (revision().token, since, to, known_at)
    with _guard:
        found = _kept.get(key)
    if found is None:
        found = _all_ways(_History(known_at), since.toordinal(), to.toordinal())
        with _guard:
            _kept[key] = found
            while len(_kept) > _KEPT:
                _kept.popitem(last=False)
    return found


class _History:
    """Lives, lines, successions and measures of the register, as known."""

    def __init__(self, known_at: datetime | None) -> None:
        self.lines = Lines(known_at)
        self.went: dict[int, dict[_Moment, list[_Went]]] = defaultdict(lambda: defaultdict(list))
        self.came: dict[int, dict[_Moment, list[_Went]]] = defaultdict(lambda: defaultdict(list))
        event = ("reorganisation__takes_effect_on", "reorganisation__position", "reorganisation_id")
        rows = Succession.objects.known_at(known_at).order_by("pk")
        for old, new, share, people, area, on, place, pk in rows.values_list(
            "predecessor_id", "successor_id", "share", "population", "area_hectares", *event
        ):
            stated = {UnitMeasure.POPULATION: people, UnitMeasure.AREA: area}
            self.went[old][on.toordinal(), place, pk].append(_Went(old, new, share, stated))
            self.came[new][-on.toordinal(), -place, -pk].append(_Went(old, old, share, stated))
        self._measures: dict[tuple[int, str], list[tuple[int, float, int, bool]]] = defaultdict(list)
        facts = UnitMeasure.objects.known_at(known_at).order_by("starts_on")
        for unit, measure, value, starts_on, ends_on, sure in facts.values_list(
            "unit_id", "measure", "value", "starts_on", "ends_on", "start_known"
        ):
            end = inf if ends_on is None else ends_on.toordinal()
            self._measures[unit, measure].append((starts_on.toordinal(), end, value, sure))

    def measured(self, unit: int, measure: str, day: int) -> int | None:
        """A measure of a unit on a day."""
        facts = self._measures.get((unit, measure), ())
        held = next((value for start, end, value, _ in facts if start <= day < end), None)
        return held if held is not None else next((v for start, _, v, sure in facts if not sure and day < start), None)

    def mass(self, went: _Went, measure: str, eve: int) -> int | None:
        """How much went: as recorded, else all that the predecessor had the day before; None: not recorded."""
        stated = went.stated[measure]
        if stated is None and went.share == Share.WHOLE.value:
            return self.measured(went.predecessor, measure, eve)
        return stated


@dataclass
class _Way:
    """One direction through the history, to a day. `sign` -1 turns time round: a day's change, between it and the eve,
    is a place on the way, and places always grow."""

    history: _History
    to: int
    sign: int
    known: dict[tuple[int, _Moment], Carriage] = field(default_factory=dict)

    @property
    def events(self) -> Mapping[int, Mapping[_Moment, list[_Went]]]:
        return self.history.went if self.sign > 0 else self.history.came

    def place(self, day: int) -> int:
        """The last change on the way that lies behind a unit on a day."""
        return day if self.sign > 0 else -(day + 1)

    def day(self, place: float) -> int:
        """The day that one is on after a change."""
        return int(place) if self.sign > 0 else -int(place) - 1

    def carry(self, unit: int, since: _Moment) -> Carriage:
        """Where a unit is carried that was reached at a moment. A circle within one day leads nowhere."""
        key = (unit, since)
        if key not in self.known:
            self.known[key] = _NOWHERE
            self.known[key] = self._found(unit, since)
        return self.known[key]

    def _found(self, unit: int, since: _Moment) -> Carriage:
        end, last = self._end(unit, since[0]), self.place(self.to)
        events = self.events.get(unit, {})
        ahead = [moment for moment in events if since < moment and moment[0] <= min(end, last)]
        if ahead:
            return self._parted(unit, min(ahead))
        if end > last:
            return Carriage(((unit, _ALL),))
        passed = [moment for moment in events if moment[0] == end and moment <= since]
        if passed:
            return self._parted(unit, max(passed))
        lines = self.history.lines
        above = lines.directly_above(unit, self.day(end) - self.sign) if unit in lines.families else None
        return _NOWHERE if above is None else self.carry(above, (end, inf, inf))

    def _end(self, unit: int, place: float) -> float:
        """Where on the way the unit stops to live; where it does not live at all, at once."""
        day = self.day(place)
        life = next((s for s in self.history.lines.life(unit) if s.start <= day < s.end), None)
        if life is None:
            return place
        return life.end if self.sign > 0 else -life.start

    def _parted(self, unit: int, moment: _Moment) -> Carriage:
        events = self.events[unit]
        ways = events[moment]
        again = any(other[0] == moment[0] and other > moment for other in events)
        stays = again or self.history.lines.alive(unit, self.day(moment[0]))
        carried = [self.carry(way.other, moment) for way in ways]
        if stays:
            carried.append(self.carry(unit, moment))
        elif len(ways) == 1:
            return carried[0] if self.sign < 0 or ways[0].share == Share.WHOLE.value else _loose(carried, sure=False)
        for measure in _MEASURES:
            masses = self._masses(unit, moment, measure, stays)
            if masses is not None:
                return _mixed(zip(carried, masses, strict=True))
        return _loose(carried)

    def _masses(self, unit: int, moment: _Moment, measure: str, stays: bool) -> list[int] | None:
        """How much went each way, and how much stayed, if all of it is recorded."""
        history, eve = self.history, int(moment[0] * self.sign) - 1
        found = [history.mass(way, measure, eve) for way in self.events[unit][moment]]
        if stays:
            left = history.went[unit].get(_turned(moment), []) if self.sign < 0 else self.events[unit][moment]
            given = [history.mass(way, measure, eve) for way in left]
            had = history.measured(unit, measure, eve)
            known = had is not None and None not in given
            found.append((had or 0) - sum(part or 0 for part in given) if known else None)
        masses = [part for part in found if part is not None]
        return masses if len(masses) == len(found) and min(masses) >= 0 and max(masses) > 0 else None


def _turned(moment: _Moment) -> _Moment:
    return -moment[0], -moment[1], -moment[2]


def _loose(carried: Iterable[Carriage], *, sure: bool = True) -> Carriage:
    """Somewhere among the units of these. Where all lead the same way it does not matter how much went by which, if
    these are all there are (`sure`)."""
    led = [each for each in carried if each != _NOWHERE]
    if sure and led and all(each == led[0] for each in led):
        return led[0]
    units = frozenset[int]().union(*(each.units for each in led))
    return Carriage((), ((units, _ALL),)) if units else _NOWHERE


def _mixed(ways: Iterable[tuple[Carriage, int]]) -> Carriage:
    """Each way by its share of the whole."""
    taken = [(carried, mass) for carried, mass in ways if mass]
    total = sum(mass for _, mass in taken)
    parts: dict[int, Fraction] = defaultdict(Fraction)
    loose: dict[frozenset[int], Fraction] = defaultdict(Fraction)
    for carried, mass in taken:
        for unit, share in carried.parts:
            parts[unit] += share * mass / total
        for units, share in carried.loose:
            loose[units] += share * mass / total
    return Carriage(tuple(sorted(parts.items())), tuple(sorted(loose.items(), key=lambda each: sorted(each[0]))))


def _all_ways(history: _History, since: int, to: int) -> Ways:
    onward, back = _Way(history, to, 1), _Way(history, to, -1)
    whole: dict[int, list[int]] = defaultdict(list)
    divided: dict[int, Carriage] = {}
    for unit in history.lines.families:
        lived = [life for life in history.lines.life(unit) if life.start <= since]
        if not lived:
            continue
        day = min(since, lived[-1].end - 1)
        way = onward if day <= to else back
        carriage = way.carry(unit, (way.place(day), inf, inf))
        if carriage.whole is None:
            divided[unit] = carriage
        else:
            whole[carriage.whole].append(unit)
    return Ways(whole, divided)
