"""Each person is told each thing once, by the channel the person chose."""

from dataclasses import replace

import pytest

from noivu.accounts.testing import Cast
from noivu.core.registry import Registry
from noivu.notices.making import make_notices
from noivu.notices.models import Notice
from noivu.notices.services import Wish, prefer
from noivu.notices.sources import ReminderSource
from noivu.notices.tests.conftest import Hours, Owed


def keys() -> list[tuple[str, str]]:
    return sorted(Notice.objects.values_list("user__username", "key"))


def test_nobody_is_told_twice_however_often_it_is_asked(people: Cast, owed: Owed, hours: Hours) -> None:
    owed.tells(people.an.user.pk, "1:due", "2:due")
    owed.tells(people.binh.user.pk, "1:due")
    assert make_notices(owed.registry) == 3
    assert make_notices(owed.registry) == 0
    owed.tells(people.an.user.pk, "1:first")
    hours.goes(days=1)
    assert make_notices(owed.registry) == 1
    assert keys() == [("an", "1:due"), ("an", "1:first"), ("an", "2:due"), ("binh", "1:due")]


def test_who_wants_no_reminders_gets_none_and_the_others_theirs(people: Cast, owed: Owed, hours: Hours) -> None:
    prefer(actor=people.an.actor, wish=Wish("none", 7, digest=True))
    prefer(actor=people.binh.actor, wish=Wish("email", 7, digest=True))
    for person in (people.an, people.binh, people.chi):
        owed.tells(person.user.pk, "1:due")
    make_notices(owed.registry)
    assert dict(Notice.objects.values_list("user__username", "channel")) == {"binh": "email", "chi": "both"}


def test_a_moved_clock_tells_nothing(people: Cast, owed: Owed, hours: Hours, settings) -> None:
    settings.NOIVU_TODAY = "2024-11-01"
    owed.tells(people.an.user.pk, "1:due")
    assert make_notices(owed.registry) == 0
    assert not Notice.objects.exists()


def test_a_run_that_breaks_off_is_made_whole_by_the_next(people: Cast, owed: Owed, hours: Hours) -> None:
    owed.tells(people.an.user.pk, *(f"{number}:due" for number in range(1_200)))

    def breaking(day):
        yield from owed.told[:700]
        raise RuntimeError

    source = next(iter(owed.registry))
    broken: Registry[ReminderSource] = Registry("broken", key=lambda one: one.code)
    broken.declare(replace(source, reminders=breaking))
    with pytest.raises(RuntimeError):
        make_notices(broken)
    assert Notice.objects.count() == 500
    assert make_notices(owed.registry) == 700
