"""Percentage of standard (tỷ lệ so với tiêu chuẩn đơn vị hành chính): area and population against the law of a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from noivu.core.numbers import format_percent, half_up
from noivu.core.wording import Text
from noivu.law.calculators.base import Explained, ExplainedStep, ParametersOn
from noivu.law.calculators.units.facts import FACTS, Facts, declare
from noivu.law.calculators.units.scale import MOUNTAIN, find, numbers, pick, places_of
from noivu.law.parameters import Parameter

_POPULATION, _AREA = FACTS["population"].label, FACTS["area"].label
_STANDARD, _REDUCTION = "unit_standard", "unit_standard.reduction"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What beside kind, area and population decides the standard of a unit.

    `place` mountain, island, other (None: not known); `minority`: share of ethnic minorities in per cent; `border`: on
    the land border; `coastal`: a specially difficult coastal commune.
    """

    place: str | None = None
    minority: Decimal = Decimal(0)
    border: bool = False
    coastal: bool = False


@dataclass(frozen=True, slots=True)
class Reduction:
    """That the population counts against part of the standard: so many per cent of it, and by which rule."""

    percent: Fraction
    rule: Parameter


Exact = int | Decimal | Fraction


@dataclass(frozen=True, slots=True)
class AgainstStandard:
    """A unit against one standard: what the standard asks, what the unit has, and that in per cent.

    Areas in km². What is not known of the unit is None, and so is its percentage.
    """

    standard: Parameter
    reduction: Reduction | None
    population_standard: Fraction
    area_standard: Fraction
    has_population: Exact | None
    has_area: Exact | None

    @property
    def population(self) -> Fraction | None:
        """The population in exact per cent of the standard."""
        return _percent(self.has_population, self.population_standard)

    @property
    def area(self) -> Fraction | None:
        """The area in exact per cent of the standard."""
        return _percent(self.has_area, self.area_standard)

    @property
    def population_percent(self) -> Decimal | None:
        """Rounded half up to two places, as it is written."""
        return _written(self.population)

    @property
    def area_percent(self) -> Decimal | None:
        """Rounded half up to two places, as it is written."""
        return _written(self.area)


def _percent(has: Exact | None, asked: Fraction) -> Fraction | None:
    return None if has is None else Fraction(has) * 100 / asked


def _written(percent: Fraction | None) -> Decimal | None:
    return None if percent is None else half_up(percent, 2)


Asked = tuple[Parameter, Reduction | None, Fraction, Fraction]


def asked_by(standard: Parameter, lowered: Reduction | None) -> Asked:
    """What a standard asks of a unit: the standard, what lowers it, and the population and area (km²) that remain."""
    wanted = numbers(standard)
    people = wanted["population"] * lowered.percent / 100 if lowered else wanted["population"]
    return standard, lowered, people, wanted["area"]


def standards(kind: str, place: str | None, parameters: ParametersOn) -> list[Parameter]:
    """The standards that may apply: one, or where the place is not known one for each place, or none."""
    found = find(_STANDARD, kind, place, parameters)
    if found is not None:
        return [found]
    places = [] if place else places_of(_STANDARD, kind, parameters)
    return [parameters[f"{_STANDARD}.{kind}.{one}"] for one in places]


def reduction(kind: str, unit: Circumstances, parameters: ParametersOn) -> Reduction | None:
    """The lowest part of the population standard that the law of the day asks of such a unit; None: the whole."""
    return min(_reductions(kind, unit, parameters), key=lambda one: one.percent, default=None)


def _reductions(kind: str, unit: Circumstances, parameters: ParametersOn) -> Iterator[Reduction]:
    rule = parameters.get(f"{_REDUCTION}.minority")
    if rule and (unit.border or unit.place == MOUNTAIN):
        part = numbers(rule)
        beyond = Fraction(unit.minority) - part["from"]
        if unit.border or beyond >= 0:
            lowered = part["percent"] - part["each"] * max(0, floor(beyond / part["step"]))
            yield Reduction(max(lowered, part.get("least", lowered)), rule)
    rule = find(f"{_REDUCTION}.coastal", kind, None, parameters)
    if rule and unit.coastal:
        yield Reduction(numbers(rule)["percent"], rule)


class StandardsOn:
    """The standards of one day, each looked up once however many units are measured by it."""

    def __init__(self, on: date) -> None:
        self._parameters = ParametersOn(on)
        self._rules: dict[tuple[str, Circumstances], list[Asked]] = {}

    def against(
        self, kind: str, unit: Circumstances, population: Exact | None, area: Exact | None
    ) -> tuple[AgainstStandard, ...]:
        """A unit (area in km²) against each standard that may apply: several only where its place is not known."""
        key = (kind, unit)
        if key not in self._rules:
            lowered = reduction(kind, unit, self._parameters)
            self._rules[key] = [asked_by(one, lowered) for one in standards(kind, unit.place, self._parameters)]
        return tuple(AgainstStandard(*asked, population, area) for asked in self._rules[key])


def _compute(facts: Facts, parameters: ParametersOn, on: date) -> Explained:
    unit = Circumstances(facts["place"], facts["minority"], facts["on_border"], facts["hard_coast"])
    applied = pick(_STANDARD, facts["kind"], unit.place, parameters)
    if unit.coastal:
        pick(f"{_REDUCTION}.coastal", facts["kind"], None, parameters)
    asked = asked_by(applied, reduction(facts["kind"], unit, parameters))
    answer = AgainstStandard(*asked, facts["population"], facts["area"])
    return Explained(
        {
            "population": answer.population_percent,
            "area": answer.area_percent,
            "population_standard": half_up(answer.population_standard, 2),
            "area_standard": half_up(answer.area_standard, 2),
        },
        tuple(_steps(answer)),
    )


def _steps(answer: AgainstStandard) -> Iterator[ExplainedStep]:
    yield _said(answer.standard, _POPULATION, answer.standard.value["population"])
    if answer.reduction is not None:
        percent = half_up(answer.reduction.percent, 2)
        vi, en = format_percent(percent, "vi"), format_percent(percent, "en")
        part = Text(vi=f"dân số tính theo {vi} tiêu chuẩn", en=f"population at {en} of the standard")
        yield _said(answer.reduction.rule, part, half_up(answer.population_standard, 2))
    yield _said(answer.standard, _AREA, answer.standard.value["area"])
    yield ExplainedStep(FACTS["population_percent"].label, answer.population_percent)
    yield ExplainedStep(FACTS["area_percent"].label, answer.area_percent)


def _said(rule: Parameter, what: Text, value: Decimal) -> ExplainedStep:
    return ExplainedStep.by(rule, Text(vi=f"{rule.label.vi}: {what.vi}", en=f"{rule.label.en}: {what.en}"), value)


declare("unit-standard", _compute)
