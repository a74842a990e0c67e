"""Figures of a period read in the structure of another day: counts carried from the units of then to the units of that.

A unit that went whole into another is counted there, record for record. A divided unit's records are counted exactly
where a record says itself to which of the successors it went; the others are apportioned by the recorded shares and the
figure is marked as estimated; where a share is not recorded they are listed, and counted in every unit that covers all
the successors. So totals stay the same, to the unit.

What is apportioned are not figures but classes of records: all records of a unit that the same figures count are one
class, and each class is parted by largest remainder, with what rounding left over carried to the next. So a whole is
still the sum of its parts in every unit, and a figure does not depend on what else was asked. The counts come from one
statement for any number of questions, or one pass for all units; carrying and apportioning are done in memory.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

from django.db.models import Q
from django.db.models.expressions import RawSQL

from noivu.core.bulk import in_chunks
from noivu.core.indicators import BaseSet, Indicator, Reading
from noivu.figures.answers import asked_codes, balances, by_base, counted_codes, rate_of
from noivu.figures.carriage import Carriage
from noivu.figures.counting import Arm, Classes, class_arm, parts_of, run
from noivu.figures.ground import Carried, Coverage, carried
from noivu.figures.questions import Answer, NotApportioned, Question, Sweep
from noivu.figures.registry import DECLARED, Declarations

_UNITS_AT_ONCE = 5_000


def ask_across(questions: Sequence[Question], *, declared: Declarations = DECLARED) -> list[Answer]:
    """The answers to questions that name a structure, in their order: one statement over the records."""
    asked = [_Asked(question, declared) for question in questions]
    named = [_named(f"figure_whole_{n}", one.coverage.whole) for n, one in enumerate(asked) if one.coverage.whole]
    counts = [_Counts(one.carried, declared) for one in asked]
    looks: list[tuple[int, _Look]] = []
    for n, one in enumerate(asked):
        whole = _from(f"figure_whole_{n}") if one.coverage.whole else None
        looks += [(n, look) for look in _looks(one.question, one.structure, declared, whole, one.coverage.divided)]
    _count([look for _, look in looks], [counts[n] for n, _ in looks], named)
    return [one.answer(found) for one, found in zip(asked, counts, strict=True)]


@dataclass(frozen=True)
class TableAcross:
    """Figures of all units of a structure: one pass over the rows of each base, then in memory."""

    sweep: Sweep
    structure: date
    counts: "_Counts" = field(repr=False)
    declared: Declarations = field(repr=False)

    def answer(self, unit_id: int) -> Answer:
        """What `ask` answers for the unit."""
        sweep = self.sweep
        question = Question(
            unit_id,
            sweep.period,
            window=sweep.window,
            as_of=sweep.as_of,
            known_at=sweep.known_at,
            indicators=sweep.indicators,
            line=sweep.line,
            structure=self.structure,
        )
        return _Asked(question, self.declared, self.counts.carried).answer(self.counts)


def everywhere_across(sweep: Sweep, structure: date, *, declared: Declarations = DECLARED) -> TableAcross:
    """Figures of all units of the structure of a day: one statement over the records."""
    found = carried(sweep, structure)
    counts = _Counts(found, declared)
    looks = list(_looks(sweep, structure, declared, Q(), found.divided))
    _count(looks, [counts] * len(looks), [])
    return TableAcross(sweep, structure, counts, declared)


class _Asked:
    """A question with the structure it is read in."""

    def __init__(self, question: Question, declared: Declarations, known: Carried | None = None) -> None:
        assert question.structure is not None
        self.question, self.structure, self.declared = question, question.structure, declared
        self.carried = known or carried(question, self.structure)
        self.coverage = self.carried.coverage(question.unit_id, question.line)
        self.codes = counted_codes(question.indicators, declared)

    def answer(self, counts: "_Counts") -> Answer:
        values = dict.fromkeys(self.codes, 0)
        for unit in self.coverage.whole:
            _add(values, counts.own.get(unit, {}))
        estimated: set[str] = set()
        left: list[NotApportioned] = []
        for unit in self.coverage.divided:
            estimated.update(self._take(unit, counts.laid(unit), values))
            left += self._loose(unit, counts.laid(unit))
        asked, rates = asked_codes(self.question.indicators, self.declared), self.declared.rates
        estimated.update(code for code in rates.codes if {rates[code].part, rates[code].whole} & estimated)
        return Answer(
            question=self.question,
            reading=self.question.reading,
            values=values,
            rates={code: rate_of(values, code, self.declared) for code in asked if code in rates},
            identities=balances(values, self.declared),
            estimated=frozenset(estimated.intersection((*asked, *self.codes))),
            not_apportioned=tuple(left),
        )

    def _take(self, unit: int, laid: Iterable["_Laid"], values: dict[str, int]) -> Iterator[str]:
        """Add what of a divided unit lies here. Gives the figures in which some of it was parted off by its share."""
        is_parted = 0 < self.coverage.share(unit) < 1
        for part in laid:
            if part.units <= self.coverage.reach:
                _add(values, part.values)
            if is_parted and part.is_share:
                yield from (code for code, value in part.values.items() if value)

    def _loose(self, unit: int, laid: Iterable["_Laid"]) -> Iterator[NotApportioned]:
        for part in laid:
            counted = {code: part.values.get(code, 0) for code in self.codes}
            if part.is_share and part.is_loose and any(counted.values()) and part.units & self.coverage.reach:
                above = self.carried.nearest_above(part.units)
                yield NotApportioned(unit, counted, tuple(sorted(part.units)), above)


def _add(values: dict[str, int], more: Mapping[str, int]) -> None:
    for code in values.keys() & more.keys():
        values[code] += more[code]


# counting: one row for each unit, or for each class of a divided unit's records


@dataclass(frozen=True)
class _Look:
    """A select: the indicators of a base over some units, each divided one class by class."""

    base: BaseSet
    indicators: tuple[Indicator, ...]
    reading: Reading
    only: Q
    by_class: bool
    told_by: str = ""

    def arms(self, tag: int, width: int) -> Iterator[Arm]:
        classes = Classes(self.by_class, self.told_by)
        for rows in parts_of(self.base, self.reading):
            arm = class_arm(tag, self.base, rows.filter(self.only), self.indicators, self.reading, width, classes)
            if arm is not None:
                yield arm


def _looks(
    asked: Question | Sweep, structure: date, declared: Declarations, whole: Any, divided: Collection[int]
) -> Iterator[_Look]:
    """`whole`: which units count as they are: a subquery, an empty Q for all, None for none."""
    reading = asked.reading
    for base, indicators in by_base(counted_codes(asked.indicators, declared), declared):
        told = base.told_by(onward=structure >= asked.tree_day) if asked.known_at is None else ""
        if whole is not None:
            only = whole if isinstance(whole, Q) else Q(**{f"{base.unit}__in": whole})
            yield _Look(base, indicators, reading, only, by_class=False)
        of_base = tuple(each for each in declared.indicators if each.base == base.code)
        for some in in_chunks(sorted(divided), _UNITS_AT_ONCE):
            yield _Look(base, of_base, reading, Q(**{f"{base.unit}__in": some}), by_class=True, told_by=told)


def _count(looks: Sequence[_Look], into: Sequence["_Counts"], named: Sequence[Arm]) -> None:
    width = max((len(look.indicators) for look in looks), default=0)
    arms = (arm for tag, look in enumerate(looks) for arm in look.arms(tag, width))
    for tag, unit, went, of_class, *counts in run(arms, named):
        into[tag].take(looks[tag], int(unit), (int(went or 0), int(of_class)), list(map(int, counts)))


def _named(name: str, units: Iterable[int]) -> Arm:
    return Arm(f"{name} (unit_id) AS (VALUES {','.join(f'({unit})' for unit in units)})", ())


def _from(name: str) -> RawSQL:
    return RawSQL(f"SELECT unit_id FROM {name}", ())  # noqa: S608, S611  the name is made in `ask_across`


@dataclass(frozen=True)
class _Laid:
    """What of a divided unit's counts lies in a place: one unit, or among several (`is_loose`). `is_share`: not because
    the records say so, but as its share."""

    units: frozenset[int]
    values: Mapping[str, int]
    is_share: bool
    is_loose: bool


class _Counts:
    """The own counts of units, and of the divided ones by class."""

    def __init__(self, known: Carried, declared: Declarations) -> None:
        self.carried, self.declared = known, declared
        self.own: dict[int, dict[str, int]] = defaultdict(dict)
        self._classes: dict[int, dict[tuple[str, int, int], list[int]]] = defaultdict(dict)
        self._laid: dict[int, list[_Laid]] = {}

    def take(self, look: _Look, unit: int, of_class: tuple[int, int], counts: list[int]) -> None:
        """Add a row that was counted; disjoint parts of a base add up."""
        if look.by_class:
            key = (look.base.code, of_class[1], of_class[0])
            before = self._classes[unit].get(key, [0] * len(counts))
            self._classes[unit][key] = [a + b for a, b in zip(before, counts, strict=True)]
            return
        own = self.own[unit]
        for indicator, count in zip(look.indicators, counts, strict=False):
            own[indicator.code] = own.get(indicator.code, 0) + count

    def laid(self, unit: int) -> list[_Laid]:
        """Where the counts of a divided unit lie."""
        if unit not in self._laid:
            self._laid[unit] = list(self._lay(unit, self.carried.divided[unit]))
        return self._laid[unit]

    def _lay(self, unit: int, carriage: Carriage) -> Iterator[_Laid]:
        places = [(frozenset({part}), share) for part, share in carriage.parts] + list(carriage.loose)
        missing = 1 - sum((share for _, share in places), Fraction(0))
        weights = [share for _, share in places] + ([missing] if missing else [])
        shares: list[dict[str, int]] = [defaultdict(int) for _ in weights]
        gone: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        owed: dict[tuple[str, str | None], list[Fraction]] = {}
        for (base, _, went), counts in sorted(self._classes.get(unit, {}).items()):
            indicators = [each for each in self.declared.indicators if each.base == base]
            counted = [(each, count) for each, count in zip(indicators, counts, strict=False) if count]
            if went != unit and went in carriage.units:
                for indicator, count in counted:
                    gone[went][indicator.code] += count
                continue
            for column, number in {each.total: count for each, count in counted}.items():
                key = (base, column)
                parts, owed[key] = apportioned(number, weights, owed.get(key))
                for share, part in zip(shares, parts, strict=True):
                    for indicator, _ in counted:
                        if indicator.total == column:
                            share[indicator.code] += part
        loose_from = len(carriage.parts)
        for n, ((units, _), values) in enumerate(zip(places, shares, strict=False)):
            yield _Laid(units, values, is_share=True, is_loose=n >= loose_from)
        yield from (_Laid(frozenset({went}), values, is_share=False, is_loose=False) for went, values in gone.items())


def apportioned(
    number: int, weights: Sequence[Fraction], owed: Sequence[Fraction] | None = None
) -> tuple[list[int], list[Fraction]]:
    """A number in whole parts by weights that sum to one, by largest remainder; equal ones go to the heavier, then the
    earlier. `owed` is what earlier numbers still owe each part; what this one leaves owing is the second answer."""
    quotas = [
        number * weight + left for weight, left in zip(weights, owed or [Fraction(0)] * len(weights), strict=True)
    ]
    parts = [max(floor(quota), 0) for quota in quotas]
    order = sorted(range(len(parts)), key=lambda n: (parts[n] - quotas[n], -weights[n], n))
    while (short := number - sum(parts)) > 0:
        for n in order[:short]:
            parts[n] += 1
    for n in reversed(order):
        taken = min(parts[n], max(sum(parts) - number, 0))
        parts[n] -= taken
    return parts, [quota - part for quota, part in zip(quotas, parts, strict=True)]


# the records behind


@dataclass(frozen=True)
class Contribution:
    """A divided unit of the period whose count belongs only in part to the unit asked about."""

    unit_id: int
    share: Fraction


def contributions(question: Question) -> tuple[Contribution, ...]:
    """The units behind an estimated figure of the question, with their shares."""
    covered = _coverage(question)
    shares = ((unit, covered.share(unit)) for unit in covered.divided)
    return tuple(Contribution(unit, share) for unit, share in sorted(shares) if 0 < share < 1)


def records_across(question: Question, base: BaseSet) -> Q:
    """Which rows of a base stand behind a figure: all of the units carried whole, and of divided ones those that may
    lie here. An exact figure is their number."""
    covered = _coverage(question)
    all_of = [*covered.whole, *(unit for unit in covered.divided if covered.share(unit) == 1)]
    told = base.told_by(onward=question.structure_is_later) if question.known_at is None else ""
    found = Q(**{f"{base.unit}__in": RawSQL(",".join(map(str, all_of)) or "NULL", ())})  # noqa: S611  whole numbers
    for unit, carriage in covered.divided.items():
        share = covered.share(unit)
        here, elsewhere = (sorted(units) for units in (carriage.units & covered.reach, carriage.units - covered.reach))
        if 0 < share < 1:
            some = Q(**{base.unit: unit})
            found |= some & ~(Q(**{f"{told}__in": elsewhere}) & ~Q(**{told: unit})) if told else some
        elif share == 0 and told:
            found |= Q(**{base.unit: unit, f"{told}__in": here}) & ~Q(**{told: unit})
    return found


def _coverage(question: Question) -> Coverage:
    assert question.structure is not None
    return carried(question, question.structure).coverage(question.unit_id, question.line)
