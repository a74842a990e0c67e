"""The annals of the register: what every unit was called and when, and which unit went into which, in memory.

Trees hold a day; the annals hold all days. They are read once (five queries) and kept until a fact changes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from threading import Lock
from typing import Any, NamedTuple

from django.db.models import Case, CharField, When
from django.db.models.functions import Cast

from noivu.units.constants import ORGANISATION_SCHEME, STATISTICAL_SCHEME
from noivu.units.models import Reorganisation, Succession, UnitCode, UnitKind, UnitName
from noivu.units.revision import revision
from noivu.units.tree import name_key

EVER, NEVER = date.min, date.max
"""Of stretches: since before anything is known; without end."""
_OWN_SCHEMES = (STATISTICAL_SCHEME, ORGANISATION_SCHEME)
_ONE_DAY = timedelta(days=1)


class Spell(NamedTuple):
    """The time in which a unit bore one name and one code, and the instrument by which it began to."""

    unit: int
    name: str
    code: str
    folded: str
    starts_on: date
    ends_on: date
    instrument: str

    @property
    def last_day(self) -> date:
        return self.ends_on - _ONE_DAY

    def holds(self, on: date) -> bool:
        return self.starts_on <= on < self.ends_on


class Event(NamedTuple):
    """A reorganisation: its place among all (day, then order on that day), what it is called, its instrument."""

    on: date
    position: int
    title: str
    instrument: str


class Passage(NamedTuple):
    """That a unit, or a part of it, went into another by an event. Population and area: of the part, where known."""

    old: int
    new: int
    share: str
    clause: str
    villages: str
    population: int | None
    area: int | None
    event: Event

    @property
    def moment(self) -> tuple[date, int]:
        return self.event.on, self.event.position


@dataclass(frozen=True, eq=False)
class Annals:
    """All spells by unit and in order, all lives as (from, up to), all events, all passages in their order."""

    spells: Mapping[int, tuple[Spell, ...]]
    lives: Mapping[int, tuple[tuple[date, date], ...]]
    events: Sequence[Event]
    passages: Sequence[Passage]

    @cached_property
    def went(self) -> Mapping[int, tuple[Passage, ...]]:
        """By unit: the passages from it to others."""
        return _grouped((passage.old, passage) for passage in self.passages)

    @cached_property
    def came(self) -> Mapping[int, tuple[Passage, ...]]:
        """By unit: the passages into it."""
        return _grouped((passage.new, passage) for passage in self.passages)

    @cached_property
    def events_on(self) -> Mapping[date, tuple[Event, ...]]:
        return _grouped((event.on, event) for event in self.events)

    @cached_property
    def by_code(self) -> Mapping[str, tuple[Spell, ...]]:
        return _grouped((spell.code, spell) for spell in self.all_spells() if spell.code)

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Spell, ...]]:
        """Spells by `name_key`."""
        return _grouped((name_key(spell.name), spell) for spell in self.all_spells())

    @cached_property
    def squeezed(self) -> Sequence[tuple[str, Spell]]:
        """Names without accents, spaces and marks ("dakao" finds Đa Kao), each with its spell."""
        return [(squeezed(spell.folded), spell) for spell in self.all_spells()]

    def all_spells(self) -> Iterator[Spell]:
        return (spell for spells in self.spells.values() for spell in spells)

    def called(self, unit: int, on: date) -> Spell:
        """What a unit is called on a day; of a unit that has ended its last name, of one yet to come its first."""
        spells = self.spells.get(unit, ())
        begun = [spell for spell in spells if spell.starts_on <= on]
        return begun[-1] if begun else spells[0] if spells else Spell(unit, "", "", "", EVER, NEVER, "")

    def lived_on(self, unit: int, on: date) -> bool:
        return any(start <= on < end for start, end in self.lives.get(unit, ()))

    def end_of(self, unit: int) -> date:
        """The first day on which the unit is no longer there; NEVER while it lives."""
        return max((end for _, end in self.lives.get(unit, ())), default=NEVER)

    def bearers(self, typed: str) -> Collection[Spell]:
        """All that ever bore this code, or exactly this name."""
        return (*self.by_code.get(typed, self.by_code.get(typed.upper(), ())), *self.by_name.get(name_key(typed), ()))


def squeezed(folded: str) -> str:
    """A folded name by its letters and digits alone."""
    return "".join(character for character in folded if character.isalnum())


_kept: tuple[str, Annals] | None = None
_guard = Lock()


def annals() -> Annals:
    """The annals as the register knows them now: one small query (none within `one_revision`), else five more.

    Inside `one_refresh` they are those from before it, as trees are.
    """
    global _kept
    token = revision().token
    with _guard:
        if _kept is not None and _kept[0] == token:
            return _kept[1]
    built = _read()
    with _guard:
        _kept = (token, built)
    return built


def _read() -> Annals:
    names = _facts(UnitName.objects.current(), "name", "folded", "instrument__number_symbol")
    codes = _facts(UnitCode.objects.current().filter(scheme__in=_OWN_SCHEMES), "code", "instrument__number_symbol")
    lives = _facts(UnitKind.objects.current())
    reorganisations = Reorganisation.objects.current().values_list(
        "pk", "takes_effect_on", "position", "title", "instrument__number_symbol"
    )
    events = {pk: Event(on, place, title, paper) for pk, on, place, title, paper in reorganisations}
    rows = Succession.objects.current().values_list(
        "predecessor_id",
        "successor_id",
        "share",
        "clause",
        "villages",
        "population",
        "area_hectares",
        "reorganisation_id",
    )
    passages = [Passage(*row[:-1], events[row[-1]]) for row in rows.order_by("pk") if row[-1] in events]
    return Annals(
        spells={unit: tuple(_spells(unit, names.get(unit, []), codes.get(unit, []))) for unit in {**names, **codes}},
        lives={unit: tuple((start, end) for start, end, *_ in facts) for unit, facts in lives.items()},
        events=sorted(events.values()),
        passages=sorted(passages, key=lambda passage: passage.moment),
    )


_Told = tuple[Any, ...]


def _facts(rows: Any, *fields: str) -> dict[int, list[_Told]]:
    """By unit, in order: (from, up to, fields…); the first of unknown start holds since ever.

    Days come as text, of which each is read once: reading ten thousand dates costs more than the rest.
    """
    since = Case(When(start_known=True, then=Cast("starts_on", CharField())), output_field=CharField())
    told = rows.order_by("starts_on").annotate(since=since, until=Cast("ends_on", CharField()))
    days = {None: NEVER}
    found: dict[int, list[_Told]] = defaultdict(list)
    for unit, first, end, *values in told.values_list("unit_id", "since", "until", *fields):
        for day in (first, end):
            if day not in days:
                days[day] = date.fromisoformat(day)
        found[unit].append((days[first] if first else EVER, days[end], *values))
    return found


def _spells(unit: int, names: list[_Told], codes: list[_Told]) -> Iterator[Spell]:
    if len(names) == len(codes) == 1 and names[0][:2] == codes[0][:2]:
        start, end, name, folded, paper = names[0]
        yield Spell(unit, name, codes[0][2], folded, start, end, paper)
        return
    edges = sorted({edge for fact in (*names, *codes) for edge in fact[:2]})
    for start, end in pairwise(edges):
        name = next((fact for fact in names if fact[0] <= start < fact[1]), None)
        code = next((fact for fact in codes if fact[0] <= start < fact[1]), None)
        papers = [fact[-1] for fact in (name, code) if fact and fact[0] == start]
        if name or code:
            said, folded = (name[2], name[3]) if name else ("", "")
            yield Spell(unit, said, code[2] if code else "", folded, start, end, papers[0] if papers else "")


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, tuple[Any, ...]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}
