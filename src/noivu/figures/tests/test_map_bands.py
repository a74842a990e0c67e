"""The classes of a map."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noivu.figures.maps.bands import INTERVALS, MOST, QUANTILES, bands

VALUES = st.lists(
    st.one_of(st.integers(1, 10_000), st.decimals(Decimal("0.1"), 100, places=1)), min_size=1, max_size=70
)


def told(values, way=QUANTILES):
    return [(band.low, band.high, band.count) for band in bands(values, way)]


def test_as_many_provinces_stand_in_each_class():
    assert told([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) == [(1, 2, 2), (3, 4, 2), (5, 6, 2), (7, 8, 2), (9, 10, 2)]


def test_classes_of_one_width_part_the_range():
    assert told([1, 2, 3, 4, 101], INTERVALS) == [(1, 4, 4), (101, 101, 1)]


def test_equal_values_are_never_parted():
    assert told([7, 7, 7, 7, 7, 7, 7, 7, 7, 8]) == [(7, 7, 9), (8, 8, 1)]


def test_without_values_there_are_no_classes():
    assert bands([]) == ()


def test_few_classes_are_as_far_apart_as_can_be():
    assert [band.shade for band in bands([1, 9])] == [2, 4]
    assert [band.shade for band in bands([5, 5])] == [3]


@pytest.mark.parametrize("way", [QUANTILES, INTERVALS])
@given(values=VALUES)
def test_every_value_stands_in_exactly_one_class(way, values):
    found = bands(values, way)
    assert 1 <= len(found) <= MOST
    assert [sum(band.holds(value) for band in found) for value in values] == [1] * len(values)
    assert sum(band.count for band in found) == len(values)
    assert [band.shade for band in found] == sorted({band.shade for band in found})
    assert all(one.high < other.low for one, other in pairwise(found))
