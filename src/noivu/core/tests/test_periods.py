"""Periods and their windows, against the table of Decree 09/2019 art. 12 and a slow model."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noivu.core.periods import CALENDAR, Period, Window
from noivu.core.refusals import Refusal

FIFTEENTH = Window("fifteenth", 1, 15)
REWARDS = Window("rewards", 1, 1)
periods = st.one_of(
    st.builds(Period, st.integers(1900, 2100), st.just("month"), st.integers(1, 12)),
    st.builds(Period, st.integers(1900, 2100), st.just("quarter"), st.integers(1, 4)),
    st.builds(Period, st.integers(1900, 2100), st.just("half"), st.integers(1, 2)),
    st.builds(Period, st.integers(1900, 2100), st.sampled_from(["nine", "year"])),
)


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2024-10", date(2024, 9, 15), date(2024, 10, 14)),
        ("2024-01", date(2023, 12, 15), date(2024, 1, 14)),
        ("2024-Q1", date(2023, 12, 15), date(2024, 3, 14)),
        ("2024-Q3", date(2024, 6, 15), date(2024, 9, 14)),
        ("2024-H1", date(2023, 12, 15), date(2024, 6, 14)),
        ("2024-H2", date(2024, 6, 15), date(2024, 12, 14)),
        ("2024-9M", date(2023, 12, 15), date(2024, 9, 14)),
        ("2024", date(2023, 12, 15), date(2024, 12, 14)),
    ],
)
def test_the_fifteenth_window_follows_the_decree(code: str, first: date, last: date) -> None:
    days = Period.parse(code).range(FIFTEENTH)
    assert (days.starts_on, days.last_day) == (first, last)


def test_the_reward_year_runs_from_december_to_november() -> None:
    days = Period.parse("2024").range(REWARDS)
    assert (days.starts_on, days.last_day) == (date(2023, 12, 1), date(2024, 11, 30))


def test_october_ends_on_its_thirty_first() -> None:
    assert Period.parse("2024-10").last_day() == date(2024, 10, 31)
    assert Period.parse("2025-H1").last_day() == date(2025, 6, 30)


@given(periods)
def test_a_code_reads_back(period: Period) -> None:
    assert Period.parse(period.code) == period


@given(periods, st.sampled_from([CALENDAR, FIFTEENTH, REWARDS]))
def test_consecutive_periods_share_no_day_and_leave_none_out(period: Period, window: Window) -> None:
    if period.kind != "nine":
        assert period.range(window).ends_on == period.next.range(window).starts_on


@given(periods, st.integers(-40, 40))
def test_stepping_there_and_back_is_staying(period: Period, steps: int) -> None:
    assert period.shifted(steps).shifted(-steps) == period


@given(st.integers(1950, 2050), st.integers(1, 12), st.sampled_from([CALENDAR, FIFTEENTH, REWARDS]))
def test_each_day_lies_in_exactly_one_month(year: int, month: int, window: Window) -> None:
    day = date(year, month, 1) + timedelta(days=month)
    around = [Period.of_month(year, month).shifted(step) for step in range(-2, 3)]
    assert sum(day in period.range(window) for period in around) == 1


@pytest.mark.parametrize("code", ["2024-13", "2024-00", "24-10", "2024-Q5", "2024-H3", "", "tháng 10", "2024-10-01"])
def test_a_code_that_is_no_period_is_refused_with_the_forms(code: str) -> None:
    with pytest.raises(Refusal) as refused:
        Period.parse(code)
    assert "2024-Q4" in refused.value.text().vi
    assert "2024-Q4" in refused.value.text().en


def test_labels_speak_both_languages() -> None:
    assert Period.parse("2024-10").label.vi == "tháng 10 năm 2024"
    assert Period.parse("2024-10").label.en == "October 2024"
    assert Period.parse("2024-Q4").label.vi == "quý IV năm 2024"
