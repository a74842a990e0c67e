"""What follows a change is told once to whoever listens, foreseen without doing it, and told only when days count."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.core.wording import Text, both
from noivu.law.api import (
    CountingChange,
    Followed,
    change_day,
    confirm_year,
    counting_changed,
    one_law,
    override_parameter,
    swap_days,
    take_back_day,
    take_back_value,
    working_day,
)
from noivu.law.following import following, foresee
from noivu.law.models import CalendarOverride

pytestmark = pytest.mark.django_db
WEDNESDAY, SATURDAY = date(2026, 3, 4), date(2026, 3, 7)
STORM = Text(vi="nghỉ bão", en="storm")


@pytest.fixture
def heard() -> Iterator[list[CountingChange]]:
    told: list[CountingChange] = []

    def hear(change: CountingChange, **_: Any) -> Followed:
        told.append(change)
        return Followed(str(len(told)), both("followed"), "/there/")

    counting_changed.connect(hear, sender=CountingChange)
    yield told
    counting_changed.disconnect(hear, sender=CountingChange)


def storm(day: date = WEDNESDAY, works: bool = False, name: Text = STORM) -> None:
    change_day(actor=SYSTEM, day=day, works=works, name=name, reason="bão số 1")


def test_a_day_is_told_when_it_counts_otherwise(heard: list[CountingChange]) -> None:
    storm()
    storm(name=Text(vi="nghỉ tránh bão", en="closed for the storm"))  # another name, the same count
    take_back_day(actor=SYSTEM, day=WEDNESDAY, reason="nhầm")
    storm(SATURDAY)  # off already

    assert [change.days for change in heard] == [{WEDNESDAY}, {WEDNESDAY}]
    assert heard[0].reason == "Đổi lịch làm việc 04/03/2026 (nghỉ bão): bão số 1"


def test_swapped_days_are_told_together(heard: list[CountingChange]) -> None:
    swap_days(actor=SYSTEM, day_off=WEDNESDAY, day_worked=SATURDAY, instrument="9441/TB-BNV", reason="hoán đổi")
    take_back_day(actor=SYSTEM, day=SATURDAY, reason="nhầm")

    assert [change.days for change in heard] == [{WEDNESDAY, SATURDAY}] * 2


def test_a_rule_is_told_and_a_parameter_that_counts_nothing_is_not(heard: list[CountingChange]) -> None:
    said = {"starts_on": date(2026, 1, 1), "instrument": "30/2020/NĐ-CP", "reason": "quy chế"}
    override_parameter(actor=SYSTEM, code="deadline.reply", value=10, **said)
    take_back_value(actor=SYSTEM, code="deadline.reply", starts_on=date(2026, 1, 1), reason="nhầm")
    override_parameter(actor=SYSTEM, code="nearly_due", value=5, **said)
    confirm_year(actor=SYSTEM, year=2027, instrument="9441/TB-BNV")

    assert [change.rules for change in heard] == [{"deadline.reply"}] * 2


def test_what_would_follow_is_foreseen_and_nothing_is_done(heard: list[CountingChange]) -> None:
    foreseen = foresee(storm)

    assert [one.address for one in foreseen] == ["/there/"]
    assert [change.dry_run for change in heard] == [True]
    assert working_day(WEDNESDAY)
    assert not CalendarOverride.objects.exists()

    assert [one.key for one in following(storm)] == ["2"]
    assert not heard[1].dry_run
    assert not working_day(WEDNESDAY)


def test_a_refusal_is_foreseen_as_one(heard: list[CountingChange]) -> None:
    with pytest.raises(Refusal):
        foresee(lambda: storm(date(1990, 1, 1)))

    assert not heard
    assert working_day(WEDNESDAY)


def test_one_law_holds_while_it_is_counted_by() -> None:
    with one_law():
        storm()
        assert working_day(WEDNESDAY)
    assert not working_day(WEDNESDAY)
