"""Days as people type them, partial dates, ranges."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noivu.core.dates import DateRange, PartialDate, format_day, parse_date, parse_partial_date
from noivu.core.refusals import Refusal

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize("typed", ["2024-10-31", "31/10/2024", "31-10-2024", "31.10.2024", "ngày 31 tháng 10 năm 2024"])
def test_a_day_is_read_in_each_usual_form(typed: str) -> None:
    assert parse_date(typed) == date(2024, 10, 31)


@pytest.mark.parametrize(
    "typed", ["31/10/2024 08:30", "31-10-2024 8:30:15", "2024-10-31 08:30", "2024-10-31T23:59:59.5"]
)
def test_the_time_after_a_day_is_passed_over(typed: str) -> None:
    assert parse_date(typed) == date(2024, 10, 31)


def test_a_day_that_does_not_exist_is_explained_with_a_right_example() -> None:
    with pytest.raises(Refusal) as refused:
        parse_date("31/02/2024")
    assert "tháng 02/2024 có 29 ngày" in refused.value.text().vi
    assert "29/02/2024" in refused.value.text().vi
    assert "February 2024 has 29 days" in refused.value.text().en


@pytest.mark.parametrize(
    "typed", ["hôm qua", "31/13/2024", "00/10/2024", "31/10/24", "", "45597", "31/10/9999", "31/10/2024 24:00"]
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        parse_date(typed)


@given(days)
def test_a_written_day_reads_back(day: date) -> None:
    assert parse_date(format_day(day)) == day == parse_date(day.isoformat())


@pytest.mark.parametrize(
    ("typed", "written"), [("1975", "1975"), ("10/1975", "1975-10"), ("1975-10", "1975-10"), ("2/9/1975", "1975-09-02")]
)
def test_a_partial_date_keeps_its_precision(typed: str, written: str) -> None:
    assert str(parse_partial_date(typed)) == written
    assert parse_partial_date(written) == parse_partial_date(typed)


def test_a_partial_date_spans_all_days_it_may_be() -> None:
    assert PartialDate(2024, 2).span == DateRange(date(2024, 2, 1), date(2024, 3, 1))
    assert PartialDate(2024).span.last_day == date(2024, 12, 31)


def test_a_range_that_ends_before_it_starts_is_an_error() -> None:
    with pytest.raises(ValueError, match="end after"):
        DateRange(date(2024, 1, 1), date(2024, 1, 1))
