"""What the calculators on units share: which parameter speaks of a unit, and its numbers as exact fractions."""

from collections.abc import Iterable
from fractions import Fraction

from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.calculators.base import ParametersOn
from noivu.law.calculators.units.facts import KINDS, PLACES, Facts
from noivu.law.parameters import Parameter

MOUNTAIN = "mountain"


def numbers(parameter: Parameter) -> dict[str, Fraction]:
    """The numbers of a parameter by their parts, exact."""
    return {part: Fraction(number) for part, number in parameter.value.items()}


def find(prefix: str, kind: str, place: str | None, parameters: ParametersOn) -> Parameter | None:
    """What the law of the day says of a kind in such a place, or of the kind wherever it lies; None when nothing."""
    codes = [f"{prefix}.{kind}.{place}"] if place else []
    return next(filter(None, map(parameters.get, [*codes, f"{prefix}.{kind}"])), None)


def places_of(prefix: str, kind: str, parameters: ParametersOn) -> list[str]:
    """The places by which the law of the day tells units of a kind apart."""
    return [place for place in PLACES if parameters.get(f"{prefix}.{kind}.{place}")]


def pick(prefix: str, kind: str, place: str | None, parameters: ParametersOn) -> Parameter:
    """As `find`, but refused when nothing is known, with the places among which to choose."""
    found = find(prefix, kind, place, parameters)
    if found is not None:
        return found
    known = places_of(prefix, kind, parameters)
    day, choices, spoken = format_day(parameters.on), ", ".join(known), KINDS[kind]
    choose = Text(vi=f"Nhập place là một trong: {choices}.", en=f"Give place as one of: {choices}.")
    where = f" ({place})" if place else ""
    depends = Text(
        vi=f"Ngày {day}, số liệu pháp luật cho {spoken.vi} tùy theo nơi.",
        en=f"On {day} the number of law for a {spoken.en} depends on where it lies.",
    )
    none = Text(
        vi=f"Ngày {day} chưa có số liệu pháp luật cho {spoken.vi}{where}.",
        en=f"No number of law is known for a {spoken.en}{where} on {day}.",
    )
    raise Refusal(
        what=depends if known and not place else none,
        do=choose if known else enter_value(f"{prefix}.{kind}"),
        where="place" if known else None,
        code="units.no_parameter",
    )


def enter_value(code: str) -> Text:
    """What to do where the law that is shipped lacks a number."""
    return Text(
        vi=f"Nhập giá trị kèm văn bản ở trang Tham số pháp luật ({code}).",
        en=f"Enter the value with its instrument on the page of legal parameters ({code}).",
    )


def require_facts(facts: Facts, keys: Iterable[str]) -> None:
    """Refuse when some of these facts were left out."""
    if missing := [key for key in keys if facts[key] is None]:
        named = ", ".join(missing)
        raise Refusal(
            what=Text(vi=f"Còn thiếu dữ kiện: {named}.", en=f"Facts are missing: {named}."),
            do=Text(vi="Nhập đủ các dữ kiện này.", en="Give these facts."),
            where=missing[0],
            code="calculator.facts",
        )
