"""The windows of Decree 09/2019 article 12, as its table has them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from noivu.core.periods import CALENDAR, Period
from noivu.core.refusals import Refusal
from noivu.law.windows import window, window_codes, window_label, window_of, windows_of

pytestmark = pytest.mark.django_db

TABLE_OF_ARTICLE_12 = [
    ("2024-10", date(2024, 9, 15), date(2024, 10, 14)),
    ("2024-01", date(2023, 12, 15), date(2024, 1, 14)),
    ("2024-Q1", date(2023, 12, 15), date(2024, 3, 14)),
    ("2024-Q2", date(2024, 3, 15), date(2024, 6, 14)),
    ("2024-Q3", date(2024, 6, 15), date(2024, 9, 14)),
    ("2024-Q4", date(2024, 9, 15), date(2024, 12, 14)),
    ("2024-H1", date(2023, 12, 15), date(2024, 6, 14)),
    ("2024-H2", date(2024, 6, 15), date(2024, 12, 14)),
    ("2024-9M", date(2023, 12, 15), date(2024, 9, 14)),
    ("2024", date(2023, 12, 15), date(2024, 12, 14)),
]


@pytest.mark.parametrize(("period", "first", "last"), TABLE_OF_ARTICLE_12)
def test_a_period_has_the_days_of_the_decree(period: str, first: date, last: date) -> None:
    days = Period.parse(period).range(window("decree09"))

    assert (days.starts_on, days.last_day) == (first, last)


@pytest.mark.parametrize("year", range(2019, 2027))
def test_the_months_of_a_year_join_without_a_gap(year: int) -> None:
    months = [Period.of_month(year, month).range(window("decree09")) for month in range(1, 13)]

    assert all(a.last_day + timedelta(days=1) == b.starts_on for a, b in pairwise(months))
    assert months[0].starts_on == Period.parse(str(year)).range(window("decree09")).starts_on


def test_rewards_run_from_december_to_november() -> None:
    days = Period.parse("2024").range(window("rewards"))

    assert (days.starts_on, days.last_day) == (date(2023, 12, 1), date(2024, 11, 30))


def test_the_calendar_window_is_the_plain_one() -> None:
    assert window("calendar") == CALENDAR
    assert window_codes() == ["calendar", "decree09", "rewards"]
    assert window_label("decree09").en


def test_the_decree_has_no_window_before_it_was_in_force() -> None:
    with pytest.raises(Refusal):
        window("decree09", on=date(2019, 3, 11))


def test_an_unknown_window_names_the_known_ones() -> None:
    with pytest.raises(Refusal, match="decree09"):
        window("fiscal")


def test_a_period_is_counted_by_the_window_of_its_own_first_day() -> None:
    before, after = Period.parse("2019-01"), Period.parse("2019-04")
    assert "decree09" not in [one.code for one in windows_of(before)]
    assert window_of("decree09", after) in windows_of(after)
