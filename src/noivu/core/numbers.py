"""Exact numbers and how they are written. No binary floats anywhere near a figure."""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from noivu.core.wording import active_language

Exact = int | Fraction | Decimal
Rounding = Callable[[Exact, int], Decimal]


def _rounding(mode: str) -> Rounding:
    def rounded(value: Exact, places: int = 0) -> Decimal:
        scaled = Fraction(value) * 10**places
        return Decimal(_to_integer(scaled, mode)).scaleb(-places)

    return rounded


def _to_integer(value: Fraction, mode: str) -> int:
    floor = value.numerator // value.denominator
    rest = value - floor
    if mode == ROUND_FLOOR or rest == 0:
        return floor
    if mode == ROUND_CEILING:
        return floor + 1
    if mode == ROUND_DOWN:
        return floor if value > 0 else floor + 1
    half = Fraction(1, 2)
    if rest != half:
        return floor + (rest > half)
    if mode == ROUND_HALF_EVEN:
        return floor + floor % 2
    return floor + (value > 0)  # half away from zero


half_up = _rounding(ROUND_HALF_UP)
half_even = _rounding(ROUND_HALF_EVEN)
truncate = _rounding(ROUND_DOWN)
floor = _rounding(ROUND_FLOOR)
ceiling = _rounding(ROUND_CEILING)
ROUNDINGS: dict[str, Rounding] = {
    "half_up": half_up,
    "half_even": half_even,
    "truncate": truncate,
    "floor": floor,
    "ceiling": ceiling,
}


def format_integer(value: int, language: str | None = None) -> str:
    """3.629 in Vietnamese, 3,629 in English; a true minus sign."""
    grouped = f"{abs(value):,}"
    if (language or active_language()) == "vi":
        grouped = grouped.replace(",", ".")
    return f"−{grouped}" if value < 0 else grouped


def format_decimal(value: Decimal, language: str | None = None) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English; all decimals of the value are written."""
    whole, _, decimals = f"{abs(value):f}".partition(".")
    spoken = language or active_language()
    written = format_integer(int(whole), spoken)
    if decimals:
        written += ("," if spoken == "vi" else ".") + decimals
    return f"−{written}" if value < 0 else written


def percent(part: int, whole: int, places: int = 1) -> Decimal | None:
    """part/whole in per cent, rounded half up from the exact parts; None when the whole is nothing."""
    return half_up(Fraction(part * 100, whole), places) if whole else None


def format_percent(value: Decimal | None, language: str | None = None) -> str:
    """91,9%; 100% without idle decimals; a dash when there is no rate."""
    if value is None:
        return "–"
    if value == value.to_integral_value():
        value = value.quantize(Decimal(1))
    return f"{format_decimal(value, language)}%"


def format_rate(part: int, whole: int, language: str | None = None) -> str:
    """The rate of its parts, written: 137 of 149 is 91,9%."""
    return format_percent(percent(part, whole), language)


def format_change(value: int, language: str | None = None) -> str:
    """+217, −5, 0: a difference with its sign."""
    return f"+{format_integer(value, language)}" if value > 0 else format_integer(value, language)
