"""Deadlines: the published cases, each day explained, rules with their source."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noivu.core.refusals import Refusal
from noivu.law.calendar import WorkingCalendar
from noivu.law.constants import KEEP, NEXT_WORKING_DAY
from noivu.law.deadlines import (
    add_working_days,
    deadline,
    due_on,
    nearly_due,
    rule_codes,
    working_day,
    working_days_between,
)

SHIPPED = WorkingCalendar()
pytestmark = pytest.mark.django_db


def test_seven_working_days_over_the_national_day_of_2026() -> None:
    answer = deadline(date(2026, 8, 21), working_days=7)

    assert answer.due_on == date(2026, 9, 3)
    assert [step.date.day for step in answer.steps if step.counted] == [22, 24, 25, 26, 27, 28, 3]
    assert answer.exact


def test_ten_working_days_of_publication_in_2025_counting_the_first() -> None:
    answer = deadline(date(2025, 8, 20), working_days=10, count_start=True)

    assert answer.due_on == date(2025, 9, 4)
    assert answer.steps[0].number == 1


def test_every_day_is_explained_in_both_languages() -> None:
    answer = deadline(date(2026, 8, 21), working_days=7)
    said = {step.date: step.reason for step in answer.steps}

    assert said[date(2026, 8, 21)].vi == "ngày phát sinh, không tính (thứ Sáu)"
    assert said[date(2026, 8, 22)].vi == "ngày làm việc thứ 1: thứ Bảy, làm bù cho ngày 31/08/2026"
    assert said[date(2026, 8, 23)].en == "Sunday"
    assert said[date(2026, 8, 31)].vi == "thứ Hai, nghỉ hoán đổi, làm bù ngày 22/08/2026"
    assert said[date(2026, 9, 2)].en == "Wednesday, National Day"
    assert said[date(2026, 9, 3)].en == "working day 7: Thursday"


def test_a_rule_brings_its_source() -> None:
    answer = deadline(date(2025, 3, 1), rule="recommendation_national_assembly")

    assert answer.due_on == date(2025, 4, 30)
    assert answer.instrument == "72/2025/NQLT/UBTVQH15-CP-ĐCTUBTWMTTQVN"
    assert (answer.article, answer.mark) == ("Điều 49 khoản 1", "read")


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        ("nghe_an_recommendation", date(2026, 1, 29)),
        ("nghe_an_recommendation_urgent", date(2026, 1, 15)),
        ("nghe_an_recommendation_complex", date(2026, 2, 12)),
    ],
)
def test_nghe_an_counts_working_days_over_the_swapped_new_year(rule: str, due: date) -> None:
    assert deadline(date(2025, 12, 31), rule=rule).due_on == due


def test_a_report_before_a_session_counts_back() -> None:
    answer = deadline(date(2026, 5, 20), rule="recommendation_report_national_assembly")

    assert answer.before
    assert answer.due_on < answer.starts_on
    assert working_days_between(answer.due_on, answer.starts_on) == 20
    assert answer.steps[-1].date == answer.due_on


def test_a_rule_not_in_force_on_the_day_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        deadline(date(2024, 10, 1), rule="recommendation_peoples_council")

    assert refused.value.code == "parameter.none"


def test_a_rule_without_any_value_asks_for_the_offices_own() -> None:
    with pytest.raises(Refusal) as refused:
        deadline(date(2024, 10, 1), rule="reply")

    assert refused.value.do is not None


def test_an_unknown_rule_names_the_known_ones() -> None:
    with pytest.raises(Refusal, match="nghe_an_recommendation"):
        deadline(date(2024, 10, 1), rule="nonsense")


def test_days_that_end_on_a_day_off_stay_unless_the_rule_says_otherwise() -> None:
    kept = deadline(date(2024, 10, 1), days=4)
    moved = deadline(date(2024, 10, 1), days=4, when_off=NEXT_WORKING_DAY)

    assert (kept.due_on, moved.due_on) == (date(2024, 10, 5), date(2024, 10, 7))
    assert [step.counted for step in moved.steps] == [False, True, True, True, True, False, False]


def test_a_deadline_into_an_undecided_year_is_marked() -> None:
    answer = deadline(date(2026, 12, 28), working_days=30)

    assert not answer.exact
    assert answer.doubt is not None


@pytest.mark.parametrize("length", [0, -1, 4001])
def test_impossible_lengths_are_refused(length: int) -> None:
    with pytest.raises(Refusal):
        deadline(date(2024, 10, 1), working_days=length)


def test_exactly_one_way_of_counting_is_given() -> None:
    with pytest.raises(ValueError, match="exactly one"):
        deadline(date(2024, 10, 1))
    with pytest.raises(ValueError, match="exactly one"):
        deadline(date(2024, 10, 1), days=1, working_days=1)


def test_days_late_and_days_left() -> None:
    assert working_days_between(date(2024, 11, 1), date(2024, 11, 4)) == 1
    assert working_days_between(date(2024, 11, 4), date(2024, 11, 1)) == -1
    assert working_days_between(date(2024, 11, 2), date(2024, 11, 3)) == 0
    assert add_working_days(date(2024, 11, 1), 1, count_start=True) == date(2024, 11, 1)
    assert working_day(date(2024, 5, 4))


def test_nearly_due_is_three_working_days_unless_set() -> None:
    assert nearly_due("reply") == nearly_due("whatever") == nearly_due() == 3


def test_the_short_way_gives_the_same_day_for_every_rule() -> None:
    for rule in rule_codes():
        in_force = date(2023, 6, 1) if ".law_2015" in rule else date(2026, 6, 1)
        if rule != "deadline.reply":
            assert due_on(in_force, rule) == deadline(in_force, rule=rule).due_on


def plainly(start: date, length: int, count_start: bool) -> date:
    """Count on the fingers: tick each worked day off until there are enough."""
    day, ticked = start, 1 if count_start and SHIPPED.day(start).works else 0
    while ticked < length:
        day += timedelta(days=1)
        ticked += SHIPPED.day(day).works
    return day


@settings(max_examples=100, deadline=None)
@given(start=st.dates(date(2022, 1, 1), date(2026, 6, 30)), length=st.integers(1, 90), count_start=st.booleans())
def test_the_steps_prove_the_date(start: date, length: int, count_start: bool) -> None:
    answer = deadline(start, working_days=length, count_start=count_start, calendar=SHIPPED)
    counted = [step for step in answer.steps if step.counted]

    assert answer.due_on == plainly(start, length, count_start)
    assert [step.number for step in counted] == list(range(1, length + 1))
    assert all(SHIPPED.works(step.date) for step in counted)
    assert [step.date for step in answer.steps] == [
        start + timedelta(days=n) for n in range((answer.due_on - start).days + 1)
    ]


@settings(max_examples=80, deadline=None)
@given(
    start=st.dates(date(2022, 6, 1), date(2026, 6, 30)),
    length=st.integers(1, 90),
    count_start=st.booleans(),
    when_off=st.sampled_from((KEEP, NEXT_WORKING_DAY)),
)
def test_days_are_counted_whole_and_moved_only_forward(
    start: date, length: int, count_start: bool, when_off: str
) -> None:
    answer = deadline(start, days=length, count_start=count_start, when_off=when_off, calendar=SHIPPED)
    plain = start + timedelta(days=length - count_start)

    assert sum(step.counted for step in answer.steps) == length
    assert answer.due_on == (plain if when_off == KEEP or SHIPPED.works(plain) else SHIPPED.add(plain, 1))
    assert answer.steps[-1].date == answer.due_on
