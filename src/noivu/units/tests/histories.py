"""Small random histories of units, with a slow and obvious model of where each unit's things go.

Unit 0 covers all others and never changes. The others are merged, parted, give parts to one another, are dissolved and
founded anew, at most twice on a day. Of some, and of some parts, the register knows population or area.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import count

from django.db import transaction
from hypothesis import strategies as st

from noivu.core.actors import SYSTEM
from noivu.units.api import Family, Line, Share, Unit
from noivu.units.batch import Batch
from noivu.units.changes import Span
from noivu.units.derivation import facts_changed
from noivu.units.models import Reorganisation, Succession, UnitMeasure
from noivu.units.testing import an_instrument

DAY_ZERO, DAYS = date(2025, 1, 1), 5
COUNTRY = 0
MEASURES = {"population": 1, "area": 3}
"""What is measured, and how much of it there is for each person."""
Dist = tuple[dict[int, Fraction], dict[frozenset[int], Fraction]]


def day(number: int) -> date:
    return DAY_ZERO + timedelta(days=number)


@dataclass
class Going:
    """People of one unit going to another: all of them, or some. `told`: the measures of the part that are recorded."""

    old: int
    new: int
    people: int
    whole: bool
    told: frozenset[str]


@dataclass
class Happening:
    """One event: who goes where, which units end and begin by it, which were there before it, and which
    since before the day."""

    on: int
    before: frozenset[int]
    settled: frozenset[int]
    goings: list[Going] = field(default_factory=list)
    ended: set[int] = field(default_factory=set)
    begun: set[int] = field(default_factory=set)


@dataclass
class History:
    """Units with their people, day by day. `lives`: from a day (0: since ever) up to a day."""

    lives: dict[int, tuple[int, int | None]] = field(default_factory=dict)
    people: dict[tuple[int, int], int] = field(default_factory=dict)
    measured: dict[int, frozenset[str]] = field(default_factory=dict)
    happenings: list[Happening] = field(default_factory=list)

    def alive(self, unit: int, on: int) -> bool:
        start, end = self.lives[unit]
        return (start == 0 or start <= on) and (end is None or on < end)

    # the slow model: happening by happening

    def carried(self, unit: int, since: int, to: int) -> Dist | None:
        start, end = self.lives[unit]
        if start and start > since:
            return None
        on = since if end is None else min(since, end - 1)
        here, there = (sum(h.on <= on_day for h in self.happenings) for on_day in (on, to))
        return self._onward(unit, here, there) if on <= to else self._back(unit, here, there)

    def _onward(self, unit: int, place: int, last: int) -> Dist:
        if place >= last:
            return {unit: Fraction(1)}, {}
        event = self.happenings[place]
        ways = [going for going in event.goings if going.old == unit]
        if unit in event.ended and not ways:
            return self._onward(COUNTRY, place + 1, last)
        if not ways:
            return self._onward(unit, place + 1, last)
        ends = [self._onward(way.new, place + 1, last) for way in ways]
        stays = unit not in event.ended
        return self._shared(unit, event, ways, ends + ([self._onward(unit, place + 1, last)] if stays else []))

    def _back(self, unit: int, place: int, first: int) -> Dist:
        if place <= first:
            return {unit: Fraction(1)}, {}
        event = self.happenings[place - 1]
        ways = [going for going in event.goings if going.new == unit]
        if unit in event.begun and not ways:
            return self._back(COUNTRY, place - 1, first)
        if not ways:
            return self._back(unit, place - 1, first)
        ends = [self._back(way.old, place - 1, first) for way in ways]
        stays = unit in event.before
        return self._shared(unit, event, ways, ends + ([self._back(unit, place - 1, first)] if stays else []))

    def _shared(self, unit: int, event: Happening, ways: list[Going], ends: list[Dist]) -> Dist:
        if len(ends) == 1:
            return ends[0]
        for measure in MEASURES:
            masses = [self._mass(way, measure, event.on) for way in ways]
            if len(ends) > len(ways):
                given = [self._mass(way, measure, event.on) for way in event.goings if way.old == unit]
                had = self._eve(unit, measure, event.on)
                masses.append(None if had is None or None in given else had - sum(g or 0 for g in given))
            if all(mass is not None and mass >= 0 for mass in masses) and sum(m or 0 for m in masses):
                return _mixed(ends, [m or 0 for m in masses])
        if all(end == ends[0] for end in ends):
            return ends[0]
        return {}, {
            frozenset(u for parts, loose in ends for u in {*parts, *(x for s in loose for x in s)}): Fraction(1)
        }

    def _mass(self, going: Going, measure: str, on: int) -> int | None:
        if measure in going.told:
            return going.people * MEASURES[measure]
        return self._eve(going.old, measure, on) if going.whole else None

    def _eve(self, unit: int, measure: str, on: int) -> int | None:
        if measure not in self.measured[unit] or not self.alive(unit, on - 1):
            return None
        return self.people[unit, on - 1] * MEASURES[measure]


def _mixed(ends: list[Dist], masses: list[int]) -> Dist:
    mixed: Dist = ({}, {})
    for end, mass in zip(ends, masses, strict=True):
        for into, of in zip(mixed, end, strict=True):
            for key, share in of.items():
                if mass:
                    into[key] = into.get(key, Fraction(0)) + share * mass / sum(masses)  # type: ignore[index,attr-defined]
    return mixed


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Four units to begin with, then up to two happenings on each day."""
    history, numbers = History({COUNTRY: (0, None)}, measured={COUNTRY: frozenset()}), count(1)
    people: dict[int, int] = {}
    some = st.frozensets(st.sampled_from(sorted(MEASURES)))

    def begin(on: int, size: int) -> int:
        unit = next(numbers)
        history.lives[unit], history.measured[unit], people[unit] = (on, None), draw(some), size
        return unit

    for _ in range(4):
        begin(0, draw(st.integers(1, 9)))
    for on in range(DAYS + 1):
        busy: set[int] = set()
        settled = frozenset(people)
        for _ in range(draw(st.integers(0, 2)) if on else 0):
            event = Happening(on, frozenset(people), settled)
            _happen(draw, event, people, begin, busy, some)
            for unit in event.ended:
                history.lives[unit] = (history.lives[unit][0], on)
                del people[unit]
            history.happenings.append(event)
        history.people |= {(unit, on): size for unit, size in people.items()}
    history.people |= {(unit, -1): size for (unit, on), size in history.people.items() if on == 0}
    return history


def _happen(draw, event, people, begin, busy, some) -> None:  # type: ignore[no-untyped-def]
    """Draw what happens; who gave something away, or only now began, is given nothing and not dissolved that day."""
    here = sorted(people)
    kinds = ["merge", "merge into", "part", "give", "dissolve", "found", "rename"]
    unit = draw(st.sampled_from(here)) if here else COUNTRY
    if unit not in event.settled:  # nothing begins and ends on one day
        kinds = ["give", "rename"] if here else ["found"]
    kind = draw(st.sampled_from(kinds))
    others = [other for other in here if other != unit and other not in busy]
    if kind == "found":
        event.begun.add(begin(event.on, draw(st.integers(1, 9))))
    elif kind == "dissolve" and unit not in busy:
        event.ended.add(unit)
    else:
        event.goings = _goings(draw, kind, (unit, others), people, lambda size: begin(event.on, size), some)
    event.begun.update(going.new for going in event.goings if going.new not in event.before)
    if kind != "give":
        event.ended.update(going.old for going in event.goings)
    busy.update(event.begun, (going.old for going in event.goings))


def _goings(draw, kind, who, people, begin, some) -> list[Going]:  # type: ignore[no-untyped-def]
    """Who goes where; nobody where the kind of event has nobody to happen to."""
    unit, others = who
    if kind == "merge":
        olds = [unit, *others[: draw(st.integers(0, 2))]]
        new = begin(sum(people[old] for old in olds))
        return [Going(old, new, people[old], True, draw(some)) for old in olds]
    if kind == "part" and people[unit] > 1:
        first = draw(st.integers(1, people[unit] - 1))
        nobody = [Going(unit, others[0], 0, False, draw(some))] if others and draw(st.booleans()) else []
        sizes = (first, people[unit] - first)
        return nobody + [Going(unit, begin(size), size, False, draw(some)) for size in sizes]
    if kind in ("merge into", "give") and others and people[unit] > 1:
        into, whole = draw(st.sampled_from(others)), kind == "merge into"
        size = people[unit] if whole else draw(st.integers(1, people[unit] - 1))
        people[into] += size
        people[unit] -= 0 if whole else size
        return [Going(unit, into, size, whole, draw(some))]
    return []


@contextmanager
def stored(history: History) -> Iterator[dict[int, int]]:
    """The history in the database: the id of each of its units."""
    with transaction.atomic():
        paper, batch = an_instrument(), Batch()
        uids = {unit: uuid.uuid4() for unit in history.lives}
        for unit, (start, end) in history.lives.items():
            batch.unit(uids[unit], Family.ADMINISTRATIVE)
            span = Span(day(start), None if end is None else day(end), paper, start_known=start > 0)
            batch.kind(uids[unit], span, "province" if unit == COUNTRY else "commune")
            batch.name(uids[unit], span, f"Xã {unit}", "commune")
            batch.code(uids[unit], span, "gso", f"{unit:05}")
            if unit != COUNTRY:
                batch.line(uids[unit], span, Line.TERRITORY, uids[COUNTRY])
        batch.write(SYSTEM, "lịch sử")
        ids = dict(Unit.objects.values_list("uid", "pk"))
        units = {unit: ids[uid] for unit, uid in uids.items()}
        _write_happenings(history, units)
        _write_measures(history, units)
        facts_changed()
        yield units
        transaction.set_rollback(True)


def _write_happenings(history: History, ids: dict[int, int]) -> None:
    for place, event in enumerate(history.happenings):
        if not event.goings:
            continue
        act = Reorganisation.objects.create(
            takes_effect_on=day(event.on),
            position=place,
            kind="arrangement",
            title="Sắp xếp",
            instrument=an_instrument(),
        )
        for going in event.goings:
            Succession.objects.create(
                reorganisation=act,
                predecessor_id=ids[going.old],
                successor_id=ids[going.new],
                share=Share.WHOLE if going.whole else Share.PART,
                population=going.people if "population" in going.told else None,
                area_hectares=going.people * MEASURES["area"] if "area" in going.told else None,
            )


def _write_measures(history: History, ids: dict[int, int]) -> None:
    for unit, measures in history.measured.items():
        days = [on for on in range(DAYS + 1) if (unit, on) in history.people and history.alive(unit, on)]
        for on in days:
            for measure in measures:
                UnitMeasure.objects.create(
                    unit_id=ids[unit],
                    measure=measure,
                    value=history.people[unit, on] * MEASURES[measure],
                    starts_on=day(on),
                    ends_on=day(on + 1),
                    start_known=on > 0,
                    instrument=an_instrument(),
                )
