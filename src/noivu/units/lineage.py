"""Where units came from and where they went."""

import sys
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from noivu.core.text import fold
from noivu.units.constants import Share
from noivu.units.models import Succession, UnitCode, UnitFact, UnitKind, UnitLine, UnitName
from noivu.units.tree import name_key

_CHANGING: tuple[type[UnitFact], ...] = (UnitLine, UnitCode, UnitName, UnitKind)
_WHOLE, _PART = Share.WHOLE.value, Share.PART.value


@dataclass(frozen=True, slots=True)
class Step:
    """A unit at the other end of a lineage, with its name and code, and how it got there.

    `on` and `instrument` are those of the event nearest to it; None and empty where nothing happened.
    """

    unit_id: int
    code: str
    name: str
    share: str
    on: date | None
    instrument: str
    clause: str


@dataclass(frozen=True, slots=True)
class Bearer:
    """A unit that bore a code or a name, and the day on which it ended."""

    unit_id: int
    name: str
    ended_on: date


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the list of successions: old code, new code, how much, by which instrument."""

    old_code: str
    new_code: str
    share: str
    instrument: str


@dataclass(frozen=True, slots=True)
class Label:
    """The code and name of a unit."""

    code: str
    name: str


def labels(units: Collection[int], on: date) -> dict[int, Label]:
    """Code and name of units on a day; of a unit that has ended its last, of one yet to come its first."""
    codes = _nearest(UnitCode.objects.filter(unit_id__in=units), on, "code")
    names = _nearest(UnitName.objects.filter(unit_id__in=units), on, "name")
    return {unit: Label(codes.get(unit, ""), names.get(unit, "")) for unit in units}


def _nearest(facts: QuerySet[Any], on: date, field: str) -> dict[int, str]:
    found: dict[int, str] = {}
    later: dict[int, str] = {}
    rows = facts.filter(superseded_at__isnull=True).order_by("starts_on")
    for unit, starts_on, value in rows.values_list("unit_id", "starts_on", field):
        if starts_on <= on:
            found[unit] = value
        else:
            later.setdefault(unit, value)
    return later | found


def successors(unit_id: int, on: date, since: date | None = None) -> list[Step]:
    """The units that bear on a day what a unit was (after `since`): itself while nothing took it away.

    Itself comes with the instrument that last changed its name, kind, code or place.
    """
    steps = _follow(unit_id, _Way("predecessor_id", "successor_id", forward=True), since or date.min, on, on)
    if [step.unit_id for step in steps] == [unit_id]:
        return [_last_changed(steps[0], since or date.min, on)]
    return steps


def _last_changed(step: Step, after: date, until: date) -> Step:
    found: list[tuple[date, str]] = []
    for model in _CHANGING:
        facts = model._default_manager.current().filter(
            unit_id=step.unit_id, starts_on__gt=after, starts_on__lte=until, start_known=True
        )
        found += facts.values_list("starts_on", "instrument__number_symbol")
    on, instrument = max(found, default=(None, ""))
    return replace(step, on=on, instrument=instrument)


def predecessors(unit_id: int, on: date, since: date | None = None) -> list[Step]:
    """The units from which a unit of a day came (by events after `since`): itself while it came from none."""
    return _follow(
        unit_id, _Way("successor_id", "predecessor_id", forward=False), since or date.min, on, since or date.min
    )


_Moment = tuple[date, int]


@dataclass(frozen=True, slots=True)
class _Way:
    """Towards successors (forward) or predecessors."""

    near: str
    far: str
    forward: bool

    def goes_on(self, earlier: _Moment, later: _Moment) -> bool:
        """Whether one who was reached by one event was party to another: it came after, or on the way back before."""
        return earlier < later if self.forward else later < earlier


def _follow(unit_id: int, way: _Way, after: date, until: date, named_on: date) -> list[Step]:
    reached: dict[int, Step] = {}
    frontier = {unit_id: Step(unit_id, "", "", _WHOLE, None, "", "")}
    seen: dict[int, _Moment] = {unit_id: (after, sys.maxsize) if way.forward else (until, sys.maxsize)}
    while frontier:
        following = _next(frontier, way, after, until, seen)
        lasting = _lasting({unit: steps[0][1].on for unit, steps in following.items()}, way, until)
        for unit, step in frontier.items():
            if unit not in following:
                reached[unit] = step
            elif unit in lasting:
                nearest = following[unit][0][1]
                reached[unit] = replace(step, share=_PART, on=nearest.on, instrument=nearest.instrument)
        frontier = {}
        for moment, step in (each for steps in following.values() for each in steps):
            if step.unit_id not in seen or way.goes_on(moment, seen[step.unit_id]):
                seen[step.unit_id] = moment
                frontier[step.unit_id] = step
    known = labels(list(reached), named_on)
    steps = [replace(s, code=known[u].code, name=known[u].name) for u, s in reached.items()]
    return sorted(steps, key=lambda step: (step.share != _WHOLE, step.code))


def _next(
    frontier: dict[int, Step], way: _Way, after: date, until: date, seen: dict[int, _Moment]
) -> dict[int, list[tuple[_Moment, Step]]]:
    """By unit, the events to which it was party from the moment on at which it was reached."""
    rows = (
        Succession.objects.current()
        .filter(
            reorganisation__takes_effect_on__gt=after,
            reorganisation__takes_effect_on__lte=until,
            **{f"{way.near}__in": list(frontier)},
        )
        .order_by("reorganisation__takes_effect_on", "reorganisation__position", "pk")
        .values_list(
            way.near,
            way.far,
            "share",
            "clause",
            "reorganisation__takes_effect_on",
            "reorganisation__position",
            "reorganisation__instrument__number_symbol",
        )
    )
    following: dict[int, list[tuple[_Moment, Step]]] = defaultdict(list)
    for near, far, share, clause, on, position, instrument in rows:
        if way.goes_on(seen[near], (on, position)):
            both = _WHOLE if _WHOLE == share == frontier[near].share else _PART
            following[near].append(((on, position), Step(far, "", "", both, on, instrument, clause)))
    return following


def _lasting(events: dict[int, date | None], way: _Way, until: date) -> set[int]:
    """Of units that were party to events, those that are among their own heirs, or forebears: it lives on at the end
    though it gave a part away; it lived before though it took others in."""
    lives = UnitKind.objects.current().filter(unit_id__in=list(events)) if events else UnitKind.objects.none()
    found: set[int] = set()
    for unit, starts_on, ends_on, sure in lives.values_list("unit_id", "starts_on", "ends_on", "start_known"):
        first = events[unit]
        if way.forward:
            lasts = starts_on <= until and (ends_on is None or ends_on > until)
        else:
            lasts = first is not None and (starts_on < first or not sure)
        if lasts:
            found.add(unit)
    return found


def ended_bearers(typed: str, on: date) -> list[Bearer]:
    """Units that bore a code or exact name and had ended by a day; of several generations the latest."""
    codes = UnitCode.objects.current().filter(code=typed, ends_on__lte=on)
    units = set(codes.values_list("unit_id", flat=True))
    names = UnitName.objects.current().filter(folded=fold(typed), ends_on__lte=on)
    units.update(unit for unit, name in names.values_list("unit_id", "name") if name_key(name) == name_key(typed))
    lives: dict[int, date | None] = {}
    for unit, ends_on in UnitKind.objects.current().filter(unit_id__in=units).values_list("unit_id", "ends_on"):
        lives[unit] = (
            None if ends_on is None or lives.get(unit, ends_on) is None else max(ends_on, lives.get(unit) or ends_on)
        )
    ended = {unit: day for unit, day in lives.items() if day is not None and day <= on}
    if not ended:
        return []
    latest = max(ended.values())
    named = labels(list(ended), latest)
    return [Bearer(unit, named[unit].name, day) for unit, day in ended.items() if day == latest]


def changes_on(on: date) -> list[Change]:
    """Every succession that took effect on a day, and every unit that went on under another name, kind, code or place.

    Old codes are those of the day before. Sorted by old code, then new.
    """
    rows = (
        Succession.objects.current()
        .filter(reorganisation__takes_effect_on=on)
        .values_list("predecessor_id", "successor_id", "share", "reorganisation__instrument__number_symbol")
    )
    went = list(rows)
    went += [(unit, unit, _WHOLE, instrument) for unit, instrument in _went_on(on).items()]
    old = labels({row[0] for row in went}, on - timedelta(days=1))
    new = labels({row[1] for row in went}, on)
    found = [Change(old[o].code, new[n].code, share, instrument) for o, n, share, instrument in went]
    return sorted(found, key=lambda change: (change.old_code, change.new_code))


def _went_on(on: date) -> dict[int, str]:
    """Units that lived the day before and go on, with something about them changed: by which instrument."""
    before = _alive(on - timedelta(days=1))
    changed: dict[int, str] = {}
    for model in _CHANGING:
        facts = model._default_manager.current().filter(starts_on=on, unit_id__in=before)
        changed.update(facts.values_list("unit_id", "instrument__number_symbol"))
    return changed


def _alive(on: date) -> QuerySet[UnitKind, int]:
    kinds = UnitKind.objects.current().filter(Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on)))
    return kinds.values_list("unit_id", flat=True)
