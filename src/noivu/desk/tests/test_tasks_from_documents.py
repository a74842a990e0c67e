"""From a document: turn into tasks."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.accounts.testing_pages import queries_of
from noivu.audit.api import history
from noivu.core import clock
from noivu.office.api import TaskOrigin
from noivu.records.api import IncomingDocument, cancel_number
from noivu.records.testing import arrives
from noivu.work.api import Obligation

NOVEMBER = date(2024, 11, 1)


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: NOVEMBER)


def a_document(cast: Cast) -> IncomingDocument:
    return arrives(cast.chi.unit, date(2024, 10, 30), summary="Rà soát biên chế năm 2025", symbol="15/VPCP-TCCV")


def page_of(document: IncomingDocument) -> str:
    return f"/documents/in/{document.pk}/tasks/"


def typed(number: int = 1, **rows: str) -> dict[str, str]:
    """What a head types: who gives it and when, and of each task what it names ("task1__title")."""
    shared = {"number": str(number), "all-assigner": "Vụ trưởng", "all-on": "01/11/2024"}
    return {**shared, **{name.replace("__", "-"): value for name, value in rows.items()}}


@pytest.mark.django_db
def test_a_document_becomes_two_tasks_and_each_side_shows_the_other(cast: Cast, client: Client) -> None:
    document = a_document(cast)
    sign_in(client, cast.chi)
    first = client.get(page_of(document)).content.decode()
    assert "Rà soát biên chế năm 2025" in first
    answer = client.post(
        page_of(document),
        typed(
            3,
            task1__title="Lập bảng biên chế", task1__lead="VCQDP-BNV", task1__officer="Đỗ Quang Chi · chi",
            task1__due_on="15/11/2024", task1__product="Bảng tổng hợp",
            task2__title="Dự thảo tờ trình", task2__lead="VCQDP-BNV", task2__working_days="5",
        ),
    )  # fmt: skip
    assert answer.headers["Location"] == f"/documents/in/{document.pk}/"
    tasks = list(Obligation.objects.of_kind("task").order_by("code"))
    assert [task.title for task in tasks] == ["Lập bảng biên chế", "Dự thảo tờ trình"]
    assert [task.code for task in tasks] == ["NV-2024-0001", "NV-2024-0002"]
    assert [task.original_due_on for task in tasks] == [date(2024, 11, 15), date(2024, 11, 8)]
    assert (tasks[0].assigned_officer, tasks[0].source_symbol) == (cast.chi.actor.id, "15/VPCP-TCCV")
    shown = client.get(answer.headers["Location"]).content.decode()
    assert "NV-2024-0001" in shown
    assert "NV-2024-0002" in shown
    paper = client.get(f"/tasks/{tasks[0].pk}/").content.decode()
    assert f'href="/documents/in/{document.pk}/"' in paper
    assert "Giao từ văn bản đến" in [str(line.wording) for line in history(tasks[0])]
    for address in (f"/tasks/{tasks[0].pk}/", f"/documents/in/{document.pk}/", page_of(document)):
        assert len(queries_of(client, address)) <= 4


@pytest.mark.django_db
def test_the_urgency_of_the_document_is_that_of_its_tasks_unless_another_is_chosen(cast: Cast, client: Client) -> None:
    document = arrives(cast.chi.unit, date(2024, 10, 30), summary="Rà soát biên chế", urgency="urgent")
    first = sign_in(client, cast.chi).get(page_of(document)).content.decode()
    assert '<option value="urgent" selected>' in first.partition('name="task1-urgency"')[2].partition("</select>")[0]
    client.post(
        page_of(document),
        typed(
            3,
            task1__title="Lập bảng biên chế", task1__lead="VCQDP-BNV", task1__urgency="urgent",
            task2__title="Dự thảo tờ trình", task2__lead="VCQDP-BNV", task2__urgency="",
            task3__urgency="urgent",
        ),
    )  # fmt: skip
    tasks = list(Obligation.objects.of_kind("task").order_by("code"))
    assert [task.urgency for task in tasks] == ["urgent", ""]
    pages = [client.get(f"/tasks/{task.pk}/").content.decode() for task in tasks]
    assert ["<dt>Mức độ</dt><dd>Khẩn</dd>" in page for page in pages] == [True, False]


@pytest.mark.django_db
def test_one_more_row_is_as_urgent_as_the_document_and_left_empty_it_is_none(cast: Cast, client: Client) -> None:
    document = arrives(cast.chi.unit, date(2024, 10, 30), summary="Rà soát biên chế", urgency="urgent")
    row = {"task1__title": "Lập bảng biên chế", "task1__lead": "VCQDP-BNV", "task1__urgency": ""}
    body = sign_in(client, cast.chi).post(page_of(document), typed(1, **row) | {"more": "1"}).content.decode()
    chosen = {n: body.partition(f'name="task{n}-urgency"')[2].partition("</select>")[0] for n in (1, 2)}
    assert ['<option value="urgent" selected>' in one for one in chosen.values()] == [False, True]
    assert client.post(page_of(document), typed(2, **row, task2__urgency="urgent")).status_code == 302
    assert [task.urgency for task in Obligation.objects.of_kind("task")] == [""]


@pytest.mark.django_db
def test_one_more_row_keeps_what_was_typed_and_writes_nothing(cast: Cast, client: Client) -> None:
    document = a_document(cast)
    body = sign_in(client, cast.chi).post(
        page_of(document), typed(1, task1__title="Lập bảng biên chế", task1__lead="VCQDP-BNV") | {"more": "1"}
    )
    assert body.status_code == 200
    assert 'name="task2-title"' in body.content.decode()
    assert "Lập bảng biên chế" in body.content.decode()
    assert not TaskOrigin.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"task1__title": ""}, "Nội dung nhiệm vụ"),
        ({"task2__title": "Việc hai", "task2__lead": "SNV-40"}, "Không có quyền"),
        ({"task1__officer": "Không Ai · khongai"}, "không có tài khoản"),
        ({"task1__due_on": "01/10/2024"}, "01/10/2024"),
    ],
)
def test_where_one_is_wrong_none_is_made(cast: Cast, client: Client, wrong: dict[str, Any], said: str) -> None:
    right = {"task1__title": "Việc một", "task1__lead": "VCQDP-BNV"}
    answer = sign_in(client, cast.chi).post(page_of(a_document(cast)), typed(2, **{**right, **wrong}))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Obligation.objects.exists()


@pytest.mark.django_db
def test_a_cancelled_number_becomes_nothing_and_an_officer_is_not_offered_it(cast: Cast, client: Client) -> None:
    document = a_document(cast)
    cancel_number(actor=cast.em.actor, document=document, reason="Ghi nhầm sổ")
    answer = sign_in(client, cast.chi).post(page_of(document), typed(task1__title="Việc", task1__lead="VCQDP-BNV"))
    assert answer.status_code == 422
    assert "đã hủy số" in answer.content.decode()
    assert sign_in(client, cast.binh).get(page_of(document)).status_code == 404
