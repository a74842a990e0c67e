"""Somebody is absent: a colleague of the unit sees and does that work, and the log names both."""

from datetime import date

import pytest
from django.test import Client

from noivu.accounts.api import set_substitute
from noivu.accounts.testing import Cast, Person, a_person, sign_in
from noivu.accounts.testing_pages import queries_of
from noivu.audit.api import history
from noivu.core import access, clock
from noivu.core.access import OFFICER
from noivu.core.refusals import Refusal
from noivu.work.api import Obligation
from noivu.work.testing import gets_task

TODAY = date(2024, 11, 1)
LEAVE, BACK = "01/11/2024", "15/11/2024"


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def lan(cast: Cast) -> Person:
    """A colleague of An, who holds no role but over the own department's wards."""
    return a_person("lan", "Nguyễn Thị Lan", cast.an.unit, OFFICER)


def task_of(person: Person, cast: Cast) -> Obligation:
    """A task of another unit, given to the account: nothing but the account leads to it."""
    return gets_task(cast.binh.unit, date(2024, 10, 1), date(2024, 11, 5), assigned_officer=person.actor.id)


def names(client: Client, substitute: Person, **days: str) -> int:
    typed = {"substitute": substitute.user.pk, "starts_on": LEAVE, "ends_on": BACK, "reason": "Nghỉ phép", **days}
    return client.post("/accounts/substitution/", typed).status_code


@pytest.mark.django_db
def test_a_substitute_does_the_work_of_the_absent_and_the_log_says_for_whom(
    cast: Cast, client: Client, lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = task_of(cast.an, cast)
    assert sign_in(client, lan).get(f"/tasks/{task.pk}/").status_code == 404
    assert names(sign_in(client, cast.an), lan) == 302
    assert "Nguyễn Thị Lan" in client.get("/accounts/substitution/").content.decode()
    sign_in(client, lan)
    mine = client.get("/my/?cut=instead").content.decode()
    assert "Thay Trần Khánh An" in mine
    assert task.title in mine
    assert len(queries_of(client, "/my/?cut=instead")) <= 3
    done = client.post(f"/obligations/{task.pk}/complete/", {"on": LEAVE})
    assert done.headers["Location"] == f"/tasks/{task.pk}/"
    wanted = "Nguyễn Thị Lan (thay Trần Khánh An)"
    assert wanted in [line.actor_name for line in history(task)]
    assert wanted in client.get(f"/tasks/{task.pk}/").content.decode()
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 15))
    assert client.get(f"/tasks/{task.pk}/").status_code == 404
    assert "Thay Trần Khánh An" not in client.get("/my/").content.decode()


@pytest.mark.django_db
def test_it_gives_no_role_and_ends_when_it_is_ended(cast: Cast, client: Client, lan: Person) -> None:
    nobody = a_person("mai", "Lê Thị Mai", cast.an.unit)
    task = task_of(cast.an, cast)
    sign_in(client, cast.an)
    assert names(client, nobody) == 302
    assert sign_in(client, nobody).get(f"/tasks/{task.pk}/").status_code == 404
    page = sign_in(client, cast.an).get("/accounts/substitution/").content.decode()
    end = page.partition('action="/accounts/substitution/')[2].partition('"')[0]
    assert client.post(f"/accounts/substitution/{end}").status_code == 302
    assert names(client, lan) == 302  # the days are free again


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"ends_on": LEAVE}, "Ngày trở lại không sau"),
        ({"starts_on": "10/11/2024", "ends_on": "20/11/2024"}, "đã có Nguyễn Thị Lan thay"),
    ],
)
def test_days_that_do_not_fit_are_refused(
    cast: Cast, client: Client, lan: Person, days: dict[str, str], said: str
) -> None:
    sign_in(client, cast.an)
    names(client, lan)
    typed = {"substitute": lan.user.pk, "starts_on": LEAVE, "ends_on": BACK, **days}
    answer = client.post("/accounts/substitution/", typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.django_db
def test_others_name_a_substitute_only_within_reach_and_only_of_the_same_unit(
    cast: Cast, client: Client, lan: Person
) -> None:
    page = f"/accounts/users/{cast.an.user.pk}/substitution/"
    assert sign_in(client, cast.chi).get(page).status_code == 404  # a head elsewhere
    assert sign_in(client, cast.binh).get(page).status_code == 404
    days = {"starts_on": TODAY, "ends_on": date(2024, 11, 8)}
    with pytest.raises(Refusal, match="Không có quyền"):
        set_substitute(actor=cast.chi.actor, absent=cast.an.user, substitute=lan.user, **days)
    with pytest.raises(Refusal, match="cùng đơn vị"):
        set_substitute(actor=cast.an.actor, absent=cast.an.user, substitute=cast.chi.user, **days)
    assert access.may(cast.ha.actor, "accounts.substitute", cast.binh.user)
