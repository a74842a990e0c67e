from datetime import date

import pytest

from noivu.papers.api import written_day, written_number

WRITTEN_NUMBERS = [(1, "01"), (5, "05"), (9, "09"), (10, "10"), (15, "15"), (1015, "1015")]
WRITTEN_DAYS = [
    (date(2020, 2, 5), "ngày 05 tháng 02 năm 2020"),
    (date(2020, 1, 1), "ngày 01 tháng 01 năm 2020"),
    (date(2020, 3, 5), "ngày 05 tháng 3 năm 2020"),
    (date(2022, 8, 30), "ngày 30 tháng 8 năm 2022"),
    (date(2024, 10, 9), "ngày 09 tháng 10 năm 2024"),
    (date(2024, 12, 31), "ngày 31 tháng 12 năm 2024"),
]


@pytest.mark.parametrize(("number", "written"), WRITTEN_NUMBERS)
def test_a_number_below_ten_gets_a_leading_zero(number: int, written: str) -> None:
    assert written_number(number) == written


@pytest.mark.parametrize(("day", "written"), WRITTEN_DAYS)
def test_days_below_ten_and_the_first_two_months_get_a_leading_zero(day: date, written: str) -> None:
    assert written_day(day) == written
