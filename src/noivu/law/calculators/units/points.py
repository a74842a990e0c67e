"""Points of criteria: along a scale where it is known, given as a fact where it is not."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from noivu.core.numbers import format_decimal, half_up
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.parameters import Parameter

PLACES = 2
"""Decimals to which the points of each criterion are rounded."""
_RISING = {"points", "step", "each", "max"}
Scale = Mapping[str, Fraction]


def along(scale: Scale, value: Fraction) -> Fraction | None:
    """Points of a value on a scale, pro rata and capped; None where the scale is not known that far.

    Up to `from` (down to it, when `step` is negative) there are the base `points`, under `least` none. A scale without
    `from` gives its points to whatever reaches `least`.
    """
    if value < scale.get("least", value):
        return Fraction(0)
    if "from" not in scale:
        return scale["points"] if "least" in scale else None
    step = scale.get("step", Fraction(1))
    steps = (value - scale["from"]) / step
    if steps <= 0:
        return scale.get("points")
    return min(scale["max"], scale["points"] + scale["each"] * steps) if scale.keys() >= _RISING else None


def ranked(scale: Scale, rank: Fraction) -> Fraction:
    """Points of a place in a ranking."""
    if rank <= scale["first"]:
        return scale["first_points"]
    return scale["second_points"] if rank <= scale["second"] else scale["rest_points"]


def converted(present: int, days: int | Decimal, parts: Scale) -> Fraction:
    """Temporary residents as full ones (dân số tạm trú quy đổi): N0 = factor × Nt × m / days of the year."""
    return parts["factor"] * present * Fraction(days) / parts["days"]


def scored(rule: Parameter, scale: Scale, name: str, value: Fraction | None, given: Decimal | None) -> Decimal:
    """The points of a criterion, rounded. Refused: not known and not given, given although known, out of bounds."""
    computed = None if value is None else along(scale, value)
    if computed is not None and given is None:
        return half_up(computed, PLACES)
    least, most = scale.get("points", Fraction(0)), scale.get("max")
    if computed is None and given is not None and least <= Fraction(given) <= (most or Fraction(given)):
        return half_up(given, PLACES)
    label, asked = rule.label, f"{name}_points"
    if computed is not None:
        what = Text(vi=f"{label.vi}: điểm được tính, không nhập.", en=f"{label.en}: points are computed, not given.")
        do = Text(vi=f"Bỏ {asked}.", en=f"Leave out {asked}.")
    else:
        what = Text(vi=f"{label.vi}: chưa rõ cách tính điểm.", en=f"{label.en}: how points are counted is not known.")
        bounds = Text(vi=_bounds(least, most, "vi"), en=_bounds(least, most, "en"))
        do = Text(
            vi=f"Nhập điểm đã chấm vào {asked} ({bounds.vi}).",
            en=f"Give the points awarded as {asked} ({bounds.en}).",
        )
    raise Refusal(what=what, do=do, where=asked, code="units.points")


def _bounds(least: Fraction, most: Fraction | None, language: str) -> str:
    low, high = (format_decimal(half_up(bound or Fraction(0), PLACES), language) for bound in (least, most))
    return f"≥ {low}" if most is None else f"{low} – {high}"
