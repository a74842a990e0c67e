"""Units against the standards of the law of a day, in words: percentages, and the rules that they rest on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from noivu.core.numbers import format_decimal, format_integer, format_percent, half_up
from noivu.core.wording import Text, both
from noivu.law.api import MARKS, READ, AgainstStandard, Parameter

UNKNOWN = Text(vi="chưa rõ", en="not known")
NO_STANDARD = Text(vi="chưa có số tiêu chuẩn", en="no number of standard")
DOUBTED = "*"
"""Beside a percentage whose standard was not checked against the text of the law."""
_PLACES = {
    "mountain": Text(vi="miền núi", en="mountains"),
    "island": Text(vi="hải đảo", en="island"),
    "other": Text(vi="nơi khác", en="elsewhere"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure of a unit: the number in its unit of measure, and in per cent of each standard that may apply."""

    number: Text
    percent: Text


@dataclass(frozen=True, slots=True)
class Rule:
    """A standard that was applied: what it asks, by which instrument, and how far that was checked."""

    label: Text
    asks: Text
    instrument: str
    article: str
    mark: Text | None


def area_measured(hectares: int | None, against: Sequence[AgainstStandard]) -> Measured:
    """An area: "12,5 km²", "41,67%"."""
    if hectares is None:
        return Measured(UNKNOWN, both(""))
    exact = Fraction(hectares, 100)
    vi, en = (format_decimal(shortened(half_up(exact, 2)), language) for language in ("vi", "en"))
    return Measured(Text(vi=f"{vi} km²", en=f"{en} km²"), _percents([(one, one.area_percent) for one in against]))


def population_measured(persons: int | None, against: Sequence[AgainstStandard]) -> Measured:
    """A population: "18.200 người", "86,67%"."""
    if persons is None:
        return Measured(UNKNOWN, both(""))
    vi, en = format_integer(persons, "vi"), format_integer(persons, "en")
    percents = _percents([(one, one.population_percent) for one in against])
    return Measured(Text(vi=f"{vi} người", en=f"{en} persons"), percents)


def rules_of(answers: Iterable[Sequence[AgainstStandard]]) -> list[Rule]:
    """The standards behind answers, each once."""
    found: dict[tuple[str, Fraction], Rule] = {}
    for answer in answers:
        for one in answer:
            found.setdefault((one.standard.code, one.population_standard), _rule(one))
    return list(found.values())


def standards_told(answer: Sequence[AgainstStandard]) -> list[dict[str, Any]]:
    """For machines: each standard that may apply, its source and mark, and the percentages (None: not known)."""
    return [
        {
            "standard": one.standard.code,
            "instrument": one.standard.instrument,
            "mark": one.standard.mark,
            "area_percent": one.area_percent,
            "population_percent": one.population_percent,
        }
        for one in answer
    ]


def _percents(percents: Sequence[tuple[AgainstStandard, Decimal | None]]) -> Text:
    """One percentage, or one for each place where the place is not known."""
    if not percents:
        return NO_STANDARD
    several = len(percents) > 1
    said = [_percent(one, value, several) for one, value in percents if value is not None]
    return Text(vi="; ".join(text.vi for text in said), en="; ".join(text.en for text in said))


def _percent(one: AgainstStandard, value: Decimal, several: bool) -> Text:
    mark = DOUBTED if _is_doubted(one.standard) else ""
    place = _PLACES.get(one.standard.code.rpartition(".")[2]) if several else None
    beside = Text(vi=f" {place.vi}", en=f" {place.en}") if place else both("")
    vi, en = (format_percent(shortened(value), language) for language in ("vi", "en"))
    return Text(vi=f"{vi}{mark}{beside.vi}", en=f"{en}{mark}{beside.en}")


def _rule(one: AgainstStandard) -> Rule:
    standard = one.standard
    said = []
    for language, word in (("vi", "người"), ("en", "persons")):
        people = format_decimal(shortened(half_up(one.population_standard, 2)), language)
        area = format_decimal(shortened(half_up(one.area_standard, 2)), language)
        said.append(f"{people} {word}, {area} km²")
    mark = MARKS[standard.mark] if _is_doubted(standard) else None
    return Rule(standard.label, Text(vi=said[0], en=said[1]), standard.instrument, standard.article, mark)


def _is_doubted(standard: Parameter) -> bool:
    return standard.mark not in {READ, ""}


def shortened(value: Decimal) -> Decimal:
    """A number without idle zeros: 12,50 is 12,5."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
