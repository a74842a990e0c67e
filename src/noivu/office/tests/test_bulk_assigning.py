"""Several tasks are given to one officer at once; and My day stands in groups by when it is due."""

import re
from datetime import date

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.accounts.testing_pages import queries_of
from noivu.core import clock
from noivu.work.api import Obligation, ObligationSpan, complete
from noivu.work.testing import gets_task

ASSIGN = "/obligations/assign/"


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))


def to_chi(*tasks: Obligation, **more: str) -> dict[str, object]:
    given = {"unit": "VCQDP-BNV", "officer": "Đỗ Quang Chi · chi", "on": "01/11/2024", "back": "?period=2024-10"}
    return {**given, "row": [str(task.pk) for task in tasks], **more}


@pytest.mark.django_db
def test_chosen_tasks_go_to_one_officer_with_one_due_date(cast: Cast, client: Client) -> None:
    tasks = [gets_task(cast.chi.unit, date(2024, 10, 1 + n), date(2024, 11, 5)) for n in range(3)]
    sign_in(client, cast.chi)
    register = client.get("/tasks/?period=2024-10").content.decode()
    assert f'formaction="{ASSIGN}"' in register
    assert "NV-0001" in client.get(f"{ASSIGN}?row={tasks[0].pk}&row={tasks[1].pk}").content.decode()
    assert len(queries_of(client, f"{ASSIGN}?row={tasks[0].pk}&row={tasks[1].pk}")) <= 2
    answer = client.post(ASSIGN, to_chi(*tasks[:2], due_on="20/11/2024"))
    assert answer.headers["Location"] == "/tasks/?period=2024-10"
    spans = ObligationSpan.objects.current().holding_on(date(2024, 11, 1)).order_by("obligation")
    assert [span.due_on for span in spans] == [date(2024, 11, 20), date(2024, 11, 20), date(2024, 11, 5)]
    officers = Obligation.objects.order_by("pk").values_list("assigned_officer", flat=True)
    assert list(officers) == [cast.chi.actor.id, cast.chi.actor.id, ""]


@pytest.mark.django_db
def test_where_one_cannot_be_given_none_is_and_it_is_named(cast: Cast, client: Client) -> None:
    running, done = gets_task(cast.chi.unit, date(2024, 10, 1)), gets_task(cast.chi.unit, date(2024, 10, 2))
    complete(actor=cast.chi.actor, obligation=done, on=date(2024, 10, 9))
    answer = sign_in(client, cast.chi).post(ASSIGN, to_chi(running, done))
    assert answer.status_code == 422
    assert done.code in answer.content.decode()
    assert Obligation.objects.get(pk=running.pk).assigned_officer == ""


@pytest.mark.django_db
def test_what_is_out_of_reach_is_not_among_the_chosen(cast: Cast, client: Client) -> None:
    other = gets_task(cast.an.unit, date(2024, 10, 1), title="Việc của Nghệ An")
    body = sign_in(client, cast.chi).get(f"{ASSIGN}?row={other.pk}&row=x").content.decode()
    assert "Chưa chọn việc nào" in body
    assert client.post(ASSIGN, to_chi(other)).status_code == 422
    assert sign_in(client, cast.an).get(ASSIGN).status_code == 404


@pytest.mark.django_db
def test_my_day_stands_in_groups_by_when_it_is_due(cast: Cast, client: Client) -> None:
    days = (date(2024, 10, 20), date(2024, 11, 1), date(2024, 11, 3), date(2024, 11, 4), None)  # 1/11 is a Friday
    for due_on in days:
        gets_task(cast.chi.unit, date(2024, 10, 1), due_on, assigned_officer=cast.chi.actor.id)
    body = sign_in(client, cast.chi).get("/my/").content.decode()
    heads = re.findall(r'<tr class="group"><th[^>]*>([^<]*)<', body)
    assert heads == ["Quá hạn", "Hạn hôm nay", "Trong tuần này", "Sau tuần này", "Không có hạn"]
