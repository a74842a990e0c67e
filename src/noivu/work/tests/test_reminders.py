"""Who is reminded of what is owed: officer, head of the unit that handles it, of the one that owes it, of its superior.

The ministry BNV stands above its office VP-BNV and the department VCQDP-BNV. Chi heads the department.
"""

from collections import defaultdict
from datetime import date, timedelta

import pytest

from noivu.accounts.api import actor_id, end_substitution, set_substitute
from noivu.accounts.models import Substitution
from noivu.accounts.testing import Cast, Person, a_person
from noivu.core import clock
from noivu.core.access import HEAD, OFFICER
from noivu.core.actors import SYSTEM
from noivu.notices.api import make_notices
from noivu.notices.models import Notice
from noivu.records.models import IncomingDocument
from noivu.units.testing import Sector
from noivu.work import reminders
from noivu.work.api import Obligation, extend, suspend
from noivu.work.testing import gets_task, owes_reply, replies

DUE = date(2024, 10, 10)
"""A Thursday."""


@pytest.fixture
def people(cast: Cast, sector: Sector) -> dict[str, Person]:
    """Mai does it, Chi heads her department, Lan the ministry's office that owes it, Minh the ministry."""
    return {
        "mai": a_person("mai", "Lê Thị Mai", cast.chi.unit, OFFICER),
        "chi": cast.chi,
        "lan": a_person("lan", "Vũ Thị Lan", cast.binh.unit, HEAD),
        "minh": a_person("minh", "Đỗ Minh", cast.em.unit, HEAD),
    }


def told_on(day: date, people: dict[str, Person]) -> dict[str, str]:
    """Who is told what on a day, by name: the step."""
    names = {person.user.pk: name for name, person in people.items()}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one in reminders.reminders(day):
        found[names[one.user_id]].append(one.step)
    assert all(len(steps) == 1 for steps in found.values())
    return {name: steps[0] for name, steps in found.items()}


def owed_by_the_office(cast: Cast, people: dict[str, Person], officer: str = "mai") -> Obligation:
    account = actor_id(people[officer].user.pk) if officer else ""
    return owes_reply(
        cast.binh.unit, date(2024, 10, 1), DUE, assigned_unit_id=cast.chi.unit.pk, assigned_officer=account,
        symbol="15842/UBND-THKH", summary="Điều mật không ra khỏi máy",
    )  # fmt: skip


TABLE = [
    # day of October, who is told at which step
    (4, {}),
    (7, {"mai": "nearly"}),  # three working days before
    (9, {"mai": "nearly"}),
    (10, {"mai": "due"}),
    (11, {"mai": "first", "chi": "first"}),
    (12, {"mai": "first", "chi": "first"}),
    (13, {"mai": "second", "chi": "second", "lan": "second"}),
    (16, {"mai": "second", "chi": "second", "lan": "second"}),
    (17, {"mai": "third", "chi": "third", "lan": "third", "minh": "third"}),
    (31, {"mai": "third", "chi": "third", "lan": "third", "minh": "third"}),
]


def test_each_step_goes_further_up_the_chain(cast: Cast, people: dict[str, Person]) -> None:
    owed_by_the_office(cast, people)
    for day, told in TABLE:
        assert told_on(date(2024, 10, day), people) == told, day
    assert told_on(DUE + timedelta(days=30), people)
    assert told_on(DUE + timedelta(days=31), people) == {}


def test_without_an_officer_the_head_is_told_and_without_a_head_the_one_above(
    cast: Cast, people: dict[str, Person]
) -> None:
    owed_by_the_office(cast, people, officer="")
    assert told_on(DUE, people) == {"chi": "due"}
    people["chi"].user.grants.all().delete()
    assert told_on(DUE, people) == {"minh": "due"}


def test_an_officer_who_left_is_told_no_more(cast: Cast, people: dict[str, Person]) -> None:
    owed_by_the_office(cast, people)
    type(people["mai"].user).objects.filter(pk=people["mai"].user.pk).update(is_active=False)
    assert told_on(DUE, people) == {"chi": "due"}


@pytest.fixture
def thu(cast: Cast, people: dict[str, Person]) -> Person:
    """A colleague of Mai."""
    people["thu"] = a_person("thu", "Phạm Hà Thu", cast.chi.unit, OFFICER)
    return people["thu"]


def stands_in(substitute: Person, absent: Person, *, until: date) -> Substitution:
    return set_substitute(
        actor=absent.actor, absent=absent.user, substitute=substitute.user, starts_on=DUE, ends_on=until
    )


def test_who_stands_in_is_told_for_whom_beside_the_absent_who_loses_nothing(
    cast: Cast, people: dict[str, Person], thu: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    owed_by_the_office(cast, people)
    monkeypatch.setattr(clock, "today", lambda: DUE)
    held = stands_in(thu, people["mai"], until=date(2024, 10, 13))
    assert told_on(date(2024, 10, 9), people) == {"mai": "nearly"}
    assert told_on(DUE, people) == {"mai": "due", "thu": "due"}
    said = {one.user_id: one.said for one in reminders.reminders(DUE)}
    assert said[people["mai"].user.pk].vi.endswith("đến hạn 10/10/2024")
    assert said[thu.user.pk].vi.endswith("đến hạn 10/10/2024 (thay Lê Thị Mai)")
    assert said[thu.user.pk].en.endswith("due on 10/10/2024 (for Lê Thị Mai)")
    assert told_on(date(2024, 10, 12), people) == {"mai": "first", "chi": "first", "thu": "first"}
    assert told_on(date(2024, 10, 13), people) == {"mai": "second", "chi": "second", "lan": "second"}
    end_substitution(actor=people["mai"].actor, substitution=held)
    assert told_on(DUE, people) == {"mai": "due"}


def test_a_head_who_stands_in_is_told_once(
    cast: Cast, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    owed_by_the_office(cast, people)
    monkeypatch.setattr(clock, "today", lambda: DUE)
    stands_in(people["chi"], people["mai"], until=date(2024, 10, 31))
    assert told_on(DUE, people) == {"mai": "due", "chi": "due"}
    assert told_on(date(2024, 10, 17), people) == TABLE[-2][1]
    said = [one.said.vi for one in reminders.reminders(date(2024, 10, 17)) if one.user_id == people["chi"].user.pk]
    assert ["(thay Lê Thị Mai)" in words for words in said] == [True]


def test_who_has_no_account_in_use_stands_in_for_nobody_and_an_absence_begun_later_is_told_what_stands(
    cast: Cast, people: dict[str, Person], thu: Person, monkeypatch: pytest.MonkeyPatch, settings
) -> None:
    owed_by_the_office(cast, people)
    settings.NOIVU_TODAY = None
    monkeypatch.setattr(clock, "today", lambda: DUE)
    assert make_notices() == 1
    stands_in(thu, people["mai"], until=date(2024, 10, 11))
    assert [make_notices(), make_notices()] == [1, 0]
    monkeypatch.setattr(clock, "today", lambda: date(2024, 10, 11))
    assert make_notices() == 2
    assert Notice.objects.filter(user=people["mai"].user).count() == 2
    type(thu.user).objects.filter(pk=thu.user.pk).update(is_active=False)
    assert told_on(DUE, people) == {"mai": "due"}


def test_what_is_done_or_suspended_or_without_a_day_is_not_told(cast: Cast, people: dict[str, Person]) -> None:
    replies(owed_by_the_office(cast, people), date(2024, 10, 9))
    stopped = gets_task(cast.chi.unit, date(2024, 10, 1), DUE)
    suspend(actor=SYSTEM, obligation=stopped, on=date(2024, 10, 8), reason="Chờ ý kiến")
    gets_task(cast.chi.unit, date(2024, 10, 1))
    assert told_on(DUE, people) == {}


def test_a_reminder_names_the_thing_and_says_nothing_of_it(cast: Cast, people: dict[str, Person]) -> None:
    owed = owed_by_the_office(cast, people)
    one = next(iter(reminders.reminders(date(2024, 10, 13))))
    assert one.said.vi == "Văn bản phải trả lời 15842/UBND-THKH: quá hạn 3 ngày, hạn 10/10/2024"
    assert one.said.en == "Reply owed 15842/UBND-THKH: overdue by 3 days, due on 10/10/2024"
    assert one.url == f"/documents/in/{owed.document_id}/"
    assert one.key == f"work:{owed.pk}:2024-10-10:second"


def test_a_reminder_of_a_restricted_document_names_its_number_alone(cast: Cast, people: dict[str, Person]) -> None:
    owed = owed_by_the_office(cast, people)
    document = owed.document
    assert document is not None
    IncomingDocument.objects.filter(pk=document.pk).update(secrecy="restricted")
    told = [one.said for one in reminders.reminders(DUE)]
    assert told
    assert all("15842" not in said.vi + said.en and f" {document.arrival_number}:" in said.vi for said in told)


def test_a_new_due_date_is_told_anew(cast: Cast, people: dict[str, Person]) -> None:
    owed = owed_by_the_office(cast, people)
    extend(actor=SYSTEM, obligation=owed, due_on=date(2024, 10, 15), on=date(2024, 10, 11), reason="Thêm số liệu")
    assert told_on(date(2024, 10, 13), people) == {"mai": "nearly"}
    keys = {one.key for one in reminders.reminders(date(2024, 10, 15))}
    assert keys == {f"work:{owed.pk}:2024-10-15:due"}


def test_all_of_a_day_is_read_in_a_few_statements(
    cast: Cast, people: dict[str, Person], django_assert_max_num_queries
) -> None:
    for _ in range(3):
        owed_by_the_office(cast, people)
    list(reminders.reminders(DUE))
    with django_assert_max_num_queries(8):
        assert len(list(reminders.reminders(DUE))) == 3
    for _ in range(10):
        owed_by_the_office(cast, people)
    with django_assert_max_num_queries(8):
        assert len(list(reminders.reminders(DUE))) == 13


def test_after_a_stop_of_the_worker_only_the_latest_step_is_told(
    cast: Cast, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch, settings
) -> None:
    owed_by_the_office(cast, people)
    settings.NOIVU_TODAY = None
    for day, made in ((DUE, 1), (DUE, 0), (date(2024, 10, 14), 3), (date(2024, 10, 15), 0), (date(2024, 10, 18), 4)):
        monkeypatch.setattr(clock, "today", lambda day=day: day)
        assert make_notices() == made, day
    steps = Notice.objects.filter(user=people["mai"].user).order_by("pk").values_list("step", flat=True)
    assert list(steps) == ["due", "second", "third"]
