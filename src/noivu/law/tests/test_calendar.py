"""The working calendar against the published days of five years, and its counting against a slow loop."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.calendar import WorkingCalendar
from noivu.law.public_holidays import DayChange

PUBLISHED = yaml.safe_load((Path(__file__).parent / "state_office_days.yaml").read_text(encoding="utf-8"))
CALENDAR = WorkingCalendar()
OWN = WorkingCalendar(
    own={
        date(2026, 3, 4): DayChange(False, Text(vi="bão", en="storm"), "own_off", own=True),
        date(2026, 3, 7): DayChange(True, Text(vi="làm bù", en="made up"), "own_on", own=True),
    },
    confirmed={2027: "1/TB-BNV"},
)
days = st.dates(date(2019, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize("year", PUBLISHED)
def test_it_agrees_with_the_published_days_of_the_year(year: int) -> None:
    differs = {
        day.day
        for day in CALENDAR.year(year)
        if day.works != (day.day.weekday() < 5) and day.kind not in {"rest", "working"}
    }

    assert differs == {*PUBLISHED[year]["days_off"], *PUBLISHED[year]["days_worked"]}


@pytest.mark.parametrize("year", PUBLISHED)
def test_a_year_of_published_days_is_known(year: int) -> None:
    assert CALENDAR.is_known(year)
    assert CALENDAR.doubt(date(year, 1, 1), date(year, 12, 31)) is None


def test_a_swapped_day_names_the_other_day_and_its_instrument() -> None:
    off, worked = CALENDAR.day(date(2026, 1, 2)), CALENDAR.day(date(2026, 1, 10))

    assert (off.works, off.swapped_with, off.instrument) == (False, worked.day, "12729/VPCP-KGVX")
    assert (worked.works, worked.swapped_with) == (True, off.day)
    assert worked.reason.vi == "làm bù cho ngày 02/01/2026"


def test_a_holiday_has_its_name_in_both_languages() -> None:
    assert CALENDAR.day(date(2026, 9, 2)).reason == Text(vi="Quốc khánh", en="National Day")


def test_a_year_not_decided_yet_says_so() -> None:
    doubt = CALENDAR.doubt(date(2026, 12, 20), date(2027, 1, 20))

    assert doubt is not None
    assert "2027" in doubt.vi
    assert "2027" in doubt.en


def test_a_year_confirmed_here_is_exact() -> None:
    assert OWN.doubt(date(2026, 12, 20), date(2027, 1, 20)) is None
    assert OWN.known_by(2027) == "1/TB-BNV"


def test_own_changes_win() -> None:
    assert not OWN.works(date(2026, 3, 4))
    assert OWN.works(date(2026, 3, 7))
    assert OWN.day(date(2026, 3, 4)).own


def test_days_that_cannot_be_known_are_refused() -> None:
    for day in (date(1999, 10, 1), date(2100, 1, 1)):
        with pytest.raises(Refusal):
            CALENDAR.works(day)
    with pytest.raises(Refusal):
        CALENDAR.add(date(2099, 12, 1), 100)


def slow_between(calendar: WorkingCalendar, start: date, end: date) -> int:
    if end < start:
        return -slow_between(calendar, end, start)
    return sum(calendar.day(start + timedelta(days=n)).works for n in range(1, (end - start).days + 1))


def slow_add(calendar: WorkingCalendar, start: date, count: int) -> date:
    step = timedelta(days=1 if count > 0 else -1)
    day = start
    for _ in range(abs(count)):
        day += step
        while not calendar.day(day).works:
            day += step
    return day


@settings(max_examples=150, deadline=None)
@given(start=days, end=days, calendar=st.sampled_from((CALENDAR, OWN)))
def test_counting_agrees_with_a_slow_loop(start: date, end: date, calendar: WorkingCalendar) -> None:
    assert calendar.between(start, end) == slow_between(calendar, start, end)


@settings(max_examples=150, deadline=None)
@given(start=days, count=st.integers(-600, 600), calendar=st.sampled_from((CALENDAR, OWN)))
def test_adding_agrees_with_a_slow_loop(start: date, count: int, calendar: WorkingCalendar) -> None:
    assert calendar.add(start, count) == slow_add(calendar, start, count)


@settings(max_examples=100, deadline=None)
@given(start=days, count=st.integers(1, 600))
def test_adding_and_counting_undo_each_other(start: date, count: int) -> None:
    due = CALENDAR.add(start, count)

    assert CALENDAR.between(start, due) == count
    assert CALENDAR.between(due, start) == -count
    assert CALENDAR.works(due)
