"""Exact numbers: rounding by name, and the way of writing them."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noivu.core.money import Dong
from noivu.core.numbers import (
    format_change,
    format_decimal,
    format_integer,
    format_rate,
    half_even,
    half_up,
    percent,
    truncate,
)


def test_figures_are_written_the_vietnamese_and_the_english_way() -> None:
    assert format_integer(3629, "vi") == "3.629"
    assert format_integer(3629, "en") == "3,629"
    assert format_integer(-1234567, "vi") == "−1.234.567"
    assert format_decimal(Decimal("1234.50"), "vi") == "1.234,50"
    assert format_change(217, "vi") == "+217"


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (137, 149, "91,9%"),
        (2501, 2723, "91,8%"),
        (129, 129, "100%"),
        (0, 5, "0%"),
        (1, 0, "–"),
        (76043527, 76516637, "99,4%"),
    ],
)
def test_a_rate_is_rounded_half_up_to_one_decimal(part: int, whole: int, written: str) -> None:
    assert format_rate(part, whole, "vi") == written


@pytest.mark.parametrize(
    ("part", "whole", "rate"),
    [
        (76043527, 76516637, "99.38"),
        (391395, 391660, "99.93"),
        (151, 499, "30.26"),
        (106, 499, "21.24"),
        (296, 499, "59.32"),
    ],
)
def test_published_rates_with_two_decimals_are_met(part: int, whole: int, rate: str) -> None:
    assert percent(part, whole, 2) == Decimal(rate)


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 4))
def test_roundings_agree_with_decimal(value: Fraction, places: int) -> None:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    quantum = Decimal(1).scaleb(-places)
    if (value * 10**places * 2).denominator == 1 or value.denominator < 10**6:
        assert half_up(value, places) == exact.quantize(quantum, ROUND_HALF_UP)
        assert half_even(value, places) == exact.quantize(quantum, ROUND_HALF_EVEN)
        assert truncate(value, places) == exact.quantize(quantum, ROUND_DOWN)


def test_money_is_whole() -> None:
    assert Dong(2_340_000).times(Fraction(9, 2), "half_up") == Dong(10_530_000)
    assert Dong(2_530_000).times(Fraction(80, 100), "half_up").format("vi") == "2.024.000 đồng"
    with pytest.raises(TypeError):
        Dong(1.5)  # type: ignore[arg-type]  # the point of the test
