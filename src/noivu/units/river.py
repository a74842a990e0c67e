"""The whole lineage of a unit: every step on the ways to it and from it, and the river that shows them."""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from noivu.core.dates import format_day
from noivu.core.wording import Text
from noivu.ui.river import Band, Flow, River, Words
from noivu.units.annals import EVER, NEVER, Annals, Passage, Spell, annals
from noivu.units.constants import Share
from noivu.units.lineage import Way
from noivu.units.models import UnitMeasure

_ONE_DAY = timedelta(days=1)
_Moment = tuple[date, int]
_Href = Callable[[Spell, date], str]
WIDTHS = {
    UnitMeasure.POPULATION: Text(vi="Bề rộng theo dân số", en="Width by population"),
    UnitMeasure.AREA: Text(vi="Bề rộng theo diện tích", en="Width by area"),
    "": Text(
        vi="Bề rộng chia đều: chưa đủ số liệu dân số, diện tích",
        en="Width in equal parts: population and area are not known of all",
    ),
}
SHARES = {Share.WHOLE.value: Text(vi="toàn bộ", en="whole"), Share.PART.value: Text(vi="một phần", en="part")}


@dataclass(frozen=True, slots=True)
class LineageStep:
    """One passage with what its two units were called: the one up to the event, the other from it on."""

    passage: Passage
    old: Spell
    new: Spell

    @property
    def day_before(self) -> date:
        return self.passage.event.on - _ONE_DAY

    @property
    def share(self) -> Text:
        return SHARES[self.passage.share]

    @property
    def spoken(self) -> Text:
        """The step in a sentence."""
        day, said, paper = format_day(self.passage.event.on), self.share, self.passage.event.instrument
        return Text(
            vi=f"Ngày {day}: {said.vi} {self.old.name} vào {self.new.name}, {paper}",
            en=f"{day}: {said.en} of {self.old.name} into {self.new.name}, {paper}",
        )


class Lineage:
    """A unit, all steps that led to it and from it in the order of events, and all units on those ways."""

    def __init__(self, unit: int) -> None:
        self.unit = unit
        self.known = annals()
        self.passages = sorted(kindred(self.known, unit), key=self._order)

    def _order(self, passage: Passage) -> tuple[_Moment, str, str, int, int]:
        old, new = (self.known.called(unit, NEVER).code for unit in (passage.old, passage.new))
        return passage.moment, old, new, passage.old, passage.new

    @cached_property
    def steps(self) -> list[LineageStep]:
        return [step_of(self.known, passage) for passage in self.passages]

    @cached_property
    def units(self) -> list[int]:
        """The unit itself and its kin, by code."""
        found = {self.unit, *(p.old for p in self.passages), *(p.new for p in self.passages)}
        return sorted(found, key=lambda unit: (self.known.called(unit, NEVER).code, unit))

    @cached_property
    def moments(self) -> list[_Moment]:
        """The events of these units, and the days on which one of them was called otherwise."""
        renamed = {
            (spell.starts_on, sys.maxsize)
            for unit in self.units
            for spell in self.known.spells.get(unit, ())[1:]
            if self.known.lived_on(unit, spell.starts_on - _ONE_DAY)
        }
        days = {p.event.on for p in self.passages}
        return sorted({p.moment for p in self.passages} | {m for m in renamed if m[0] not in days})

    @cached_property
    def measured(self) -> tuple[str, Mapping[int, float]]:
        """By what bands are as wide as they are ("" in equal parts), and how wide by unit. One query."""
        rows = UnitMeasure.objects.current().filter(unit_id__in=self.units).order_by("starts_on")
        values: dict[str, dict[int, float]] = defaultdict(dict)
        for unit, measure, value in rows.values_list("unit_id", "measure", "value"):
            values[measure][unit] = value
        for measure in (UnitMeasure.POPULATION, UnitMeasure.AREA):
            if len(values[measure]) == len(self.units) and all(values[measure].values()):
                return measure, values[measure]
        return "", {unit: end - start for unit, (start, end) in self._spread.items()}

    @cached_property
    def _spread(self) -> dict[int, tuple[float, float]]:
        """By unit: its place from the top (0) to the bottom (1), when what flows in or out does so in equal parts."""
        found = {self.unit: (0.0, 1.0)}
        for way in (Way(forward=False), Way(forward=True)):
            here = {self.unit: (0.0, 1.0)}
            passages = self.passages if way.forward else self.passages[::-1]
            for (near, _), group in _by_event(passages, way).items():
                if near not in here:
                    continue
                start, end = here[near]
                part = (end - start) / len(group)
                for place, far in enumerate(sorted(group, key=lambda u: self.known.called(u, NEVER).code)):
                    span = (start + place * part, start + (place + 1) * part)
                    known = here.get(far, span)
                    here[far] = (min(known[0], span[0]), max(known[1], span[1]))
            found = {**here, **found}
        return found

    def river(self, href: _Href) -> River:
        """The lineage as a river; `href` gives the page of a unit on a day."""
        measure, weights = self.measured
        bands = [self._band(unit, weights.get(unit, 1.0), href) for unit in self.units]
        flows = [self._flow(step, place, measure) for place, step in enumerate(self.steps, start=1)]
        name = self.known.called(self.unit, NEVER).name
        return River(
            str(Text(vi=f"Nguồn gốc và kế thừa của {name}", en=f"Lineage of {name}")),
            [format_day(on) for on, _ in self.moments],
            bands,
            flows,
        )

    def _band(self, unit: int, weight: float, href: _Href) -> Band:
        first, last = self._columns(unit)
        words = [self._words(unit, column, href) for column in range(first, last + 1)]
        return Band(unit, first, words, sum(self._spread.get(unit, (0, 1))) / 2, weight, unit == self.unit)

    def _words(self, unit: int, column: int, href: _Href) -> Words:
        day = self.moments[column - 1][0] if column else self._first_day()
        spell = self.known.called(unit, day)
        if spell.ends_on == NEVER:
            until = Text(vi="", en="")
        else:
            last = format_day(spell.last_day)
            until = Text(vi=f", đến hết {last}", en=f", until the end of {last}")
        return Words(spell.name, spell.code, href(spell, day), f"{spell.name}, {spell.code}{until}")

    def _first_day(self) -> date:
        return self.moments[0][0] - _ONE_DAY if self.moments else self.known.called(self.unit, NEVER).last_day

    def _columns(self, unit: int) -> tuple[int, int]:
        """From which column to which a unit lives: it begins and ends at its own steps, else at its days."""
        start = min((start for start, _ in self.known.lives.get(unit, ())), default=EVER)
        end = self.known.end_of(unit)
        into = [p.moment for p in self.passages if p.new == unit and p.event.on == start]
        out = [p.moment for p in self.passages if p.old == unit and p.event.on == end]
        begun = self.moments.index(min(into)) + 1 if into else sum(on <= start for on, _ in self.moments)
        ended = self.moments.index(max(out)) if out else sum(on < end for on, _ in self.moments)
        uses = [self.moments.index(p.moment) + (p.new == unit) for p in self.passages if unit in (p.old, p.new)]
        return min([begun, *uses]), max([begun, ended, *uses])

    def _flow(self, step: LineageStep, place: int, measure: str) -> Flow:
        passage = step.passage
        part = {UnitMeasure.POPULATION: passage.population, UnitMeasure.AREA: passage.area}.get(measure)
        whole = self.measured[1].get(passage.old)
        share = 1.0 if passage.share == Share.WHOLE else part / whole if part and whole else None
        word = f"{step.share} {share:.0%}" if share is not None and share < 1 else str(step.share)
        at, is_whole = self.moments.index(passage.moment), passage.share == Share.WHOLE
        return Flow(passage.old, passage.new, at, share, is_whole, word, f"#step-{place}", str(step.spoken))


def step_of(known: Annals, passage: Passage) -> LineageStep:
    """A passage with the names and codes of its time."""
    on = passage.event.on
    return LineageStep(passage, known.called(passage.old, on - _ONE_DAY), known.called(passage.new, on))


def kindred(known: Annals, unit: int) -> set[Passage]:
    """All passages on the ways from and to a unit: each after the one before it, over all generations."""
    found: set[Passage] = set()
    for way in (Way(forward=True), Way(forward=False)):
        seen: dict[int, _Moment] = {unit: (EVER, -1) if way.forward else (NEVER, sys.maxsize)}
        frontier = [unit]
        while frontier:
            near = frontier.pop()
            for passage in way.passages(known, near, EVER, NEVER, seen[near]):
                found.add(passage)
                far = passage.new if way.forward else passage.old
                if far not in seen or way.goes_on(passage.moment, seen[far]):
                    seen[far] = passage.moment
                    frontier.append(far)
    return found


def _by_event(passages: Iterable[Passage], way: Way) -> dict[tuple[int, _Moment], list[int]]:
    """By (unit, moment), in the order given: the units at the other end of its passages of that moment."""
    groups: dict[tuple[int, _Moment], list[int]] = defaultdict(list)
    for passage in passages:
        near, far = (passage.old, passage.new) if way.forward else (passage.new, passage.old)
        groups[near, passage.moment].append(far)
    return groups
