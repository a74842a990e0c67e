"""A unit of ours that was asked is reminded of the opinion that it owes; silence that is consent owes nothing."""

from datetime import date

import pytest

from noivu.accounts.testing import Person, a_person
from noivu.core.access import HEAD
from noivu.core.actors import SYSTEM
from noivu.opinions.api import Answer, Answered, answer_opinion, take_back
from noivu.opinions.reminders import reminders
from noivu.opinions.testing import asked
from noivu.units.testing import Sector
from noivu.work.api import Obligation

pytestmark = pytest.mark.django_db
SENT, DUE = date(2026, 6, 1), date(2026, 6, 10)
"""A Monday, and the Wednesday of the week after."""


@pytest.fixture
def head(sector: Sector) -> Person:
    return a_person("phuong", "Lương Thu Phương", sector.home_affairs_thanh_hoa, HEAD)


def told_on(day: int) -> list[tuple[int, str]]:
    return [(one.user_id, one.step) for one in reminders(date(2026, 6, day))]


def test_the_head_of_the_unit_asked_is_told_as_the_day_comes_and_passes(text: Obligation, head: Person) -> None:
    asked(text, "SNV-38", "Sở Tài chính", sent_on=SENT, due_on=DUE)
    steps = {4: None, 5: "nearly", 9: "nearly", 10: "due", 11: "first", 13: "second", 17: "third"}
    for day, step in steps.items():
        assert told_on(day) == ([(head.user.pk, step)] if step else []), day
    [told] = reminders(date(2026, 6, 11))
    assert str(told.said) == "Ý kiến về dự thảo QĐ-01: quá hạn 1 ngày, hạn 10/06/2026"


def test_nobody_is_told_of_what_was_answered_taken_back_or_is_consent_by_silence(
    text: Obligation, head: Person
) -> None:
    [answered] = asked(text, "SNV-38", sent_on=SENT, due_on=DUE)
    answer_opinion(actor=SYSTEM, request=answered, answered=Answered(Answer.AGREES, date(2026, 6, 9)))
    assert (told_on(9), told_on(11)) == ([], [])
    [silent] = asked(text, "SNV-38", sent_on=date(2026, 6, 3), round=2, rule="ministry_opinion")
    assert silent.due_on == DUE
    assert (told_on(10), told_on(11)) == ([(head.user.pk, "due")], [])
    take_back(actor=SYSTEM, request=silent, reason="Gửi nhầm")
    assert told_on(10) == []
