"""Where units came from and where they went."""

import sys
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from noivu.units.annals import NEVER, Annals, Passage, annals
from noivu.units.constants import Share
from noivu.units.models import Succession, UnitCode, UnitFact, UnitKind, UnitLine, UnitName

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
    known = annals()
    return {unit: Label(spell.code, spell.name) for unit in units for spell in [known.called(unit, on)]}


def successors(unit_id: int, on: date, since: date | None = None) -> list[Step]:
    """The units that bear on a day what a unit was (after `since`): itself while nothing took it away.

    Itself comes with the instrument that last changed its name, kind, code or place.
    """
    steps = followers(unit_id, on, since)
    if [step.unit_id for step in steps] == [unit_id]:
        return [_last_changed(steps[0], since or date.min, on)]
    return steps


def followers(unit_id: int, on: date, since: date | None = None) -> list[Step]:
    """As `successors`; what last changed a unit that is its own is not asked, which saves four queries."""
    return _follow(unit_id, Way(forward=True), since or date.min, on, on)


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
    return _follow(unit_id, Way(forward=False), since or date.min, on, since or date.min)


_Moment = tuple[date, int]


@dataclass(frozen=True, slots=True)
class Way:
    """Towards successors (forward) or predecessors."""

    forward: bool

    def goes_on(self, earlier: _Moment, later: _Moment) -> bool:
        """Whether one who was reached by one event was party to another: it came after, or on the way back before."""
        return earlier < later if self.forward else later < earlier

    def passages(self, known: Annals, unit: int, after: date, until: date, seen: _Moment) -> list[Passage]:
        """The events to which a unit was party from the moment on at which it was reached, the first of all first."""
        found = (known.went if self.forward else known.came).get(unit, ())
        return [p for p in found if after < p.event.on <= until and self.goes_on(seen, p.moment)]

    def lasts(self, known: Annals, unit: int, first: Passage, until: date) -> bool:
        """Whether a unit that was party to events is among its own heirs, or forebears: it lives on at the end though
        it gave a part away; it lived before though it took others in."""
        if self.forward:
            return known.lived_on(unit, until)
        return any(start < first.event.on for start, _ in known.lives.get(unit, ()))


def _follow(unit_id: int, way: Way, after: date, until: date, named_on: date) -> list[Step]:
    known = annals()
    reached: dict[int, Step] = {}
    frontier = {unit_id: Step(unit_id, "", "", _WHOLE, None, "", "")}
    seen: dict[int, _Moment] = {unit_id: (after, sys.maxsize) if way.forward else (until, sys.maxsize)}
    while frontier:
        following: list[tuple[_Moment, Step]] = []
        for unit, step in frontier.items():
            passages = way.passages(known, unit, after, until, seen[unit])
            following += [(passage.moment, _reached_by(passage, way, step.share)) for passage in passages]
            if not passages:
                reached[unit] = step
            elif way.lasts(known, unit, passages[0], until):
                nearest = passages[0].event
                reached[unit] = replace(step, share=_PART, on=nearest.on, instrument=nearest.instrument)
        frontier = {}
        for moment, step in following:
            if step.unit_id not in seen or way.goes_on(moment, seen[step.unit_id]):
                seen[step.unit_id] = moment
                frontier[step.unit_id] = step
    called = {unit: known.called(unit, named_on) for unit in reached}
    steps = [replace(s, code=called[u].code, name=called[u].name) for u, s in reached.items()]
    return sorted(steps, key=lambda step: (step.share != _WHOLE, step.code))


def _reached_by(passage: Passage, way: Way, share: str) -> Step:
    both = _WHOLE if _WHOLE == share == passage.share else _PART
    far = passage.new if way.forward else passage.old
    return Step(far, "", "", both, passage.event.on, passage.event.instrument, passage.clause)


def ended_bearers(typed: str, on: date) -> list[int]:
    """Units that bore a code or exact name and had ended by a day; of several generations the latest."""
    known = annals()
    bore = {spell.unit for spell in known.bearers(typed) if spell.ends_on <= on}
    ended = {unit: day for unit in bore if (day := known.end_of(unit)) <= on}
    latest = max(ended.values(), default=NEVER)
    return [unit for unit, day in ended.items() if day == latest]


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
