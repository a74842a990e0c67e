"""Several tasks are given to one officer at once; and My day stands in groups by when it is due."""

import html
import re
from datetime import date
from functools import partial

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.accounts.testing_pages import queries_of
from noivu.core import clock
from noivu.office.queries import mine as mine_queries
from noivu.ui.tables import page_of
from noivu.work.api import (
    Correction,
    Due,
    Obligation,
    ObligationSpan,
    ask_extension,
    complete,
    correct_obligation,
    extend,
    remove_obligation,
    suspend,
    waiting_request,
    withdraw,
)
from noivu.work.testing import gets_task, owes_reply

ASSIGN = "/obligations/assign/"


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))


def to_chi(*tasks: Obligation, **more: str) -> dict[str, object]:
    given = {"unit": "VCQDP-BNV", "officer": "Đỗ Quang Chi · chi", "on": "01/11/2024", "back": "?period=2024-10"}
    return {**given, "row": [str(task.pk) for task in tasks], **more}


@pytest.mark.django_db
def test_chosen_tasks_go_to_one_officer_with_one_due_date(cast: Cast, client: Client) -> None:
    dues = (date(2024, 11, 5), None, date(2024, 11, 5))
    tasks = [gets_task(cast.chi.unit, date(2024, 10, 1 + n), due) for n, due in enumerate(dues)]
    sign_in(client, cast.chi)
    register = client.get("/tasks/?period=2024-10").content.decode()
    assert f'formaction="{ASSIGN}"' in register
    assert "NV-0001" in client.get(f"{ASSIGN}?row={tasks[0].pk}&row={tasks[1].pk}").content.decode()
    assert len(queries_of(client, f"{ASSIGN}?row={tasks[0].pk}&row={tasks[1].pk}")) <= 4
    answer = client.post(ASSIGN, to_chi(*tasks[:2], due_on="20/11/2024"))
    assert answer.status_code == 422
    assert f"{tasks[0].code}: Thiếu lý do." in html.unescape(answer.content.decode())
    answer = client.post(ASSIGN, to_chi(*tasks[:2], due_on="20/11/2024", reason="Chờ hướng dẫn"))
    assert answer.headers["Location"] == "/tasks/?period=2024-10"
    spans = ObligationSpan.objects.current().holding_on(date(2024, 11, 1)).order_by("obligation")
    assert [span.due_on for span in spans] == [date(2024, 11, 20), date(2024, 11, 20), date(2024, 11, 5)]
    officers = Obligation.objects.order_by("pk").values_list("assigned_officer", flat=True)
    assert list(officers) == [cast.chi.actor.id, cast.chi.actor.id, ""]
    firsts = Obligation.objects.order_by("pk").values_list("original_due_on", flat=True)
    assert list(firsts) == [date(2024, 11, 5), date(2024, 11, 20), date(2024, 11, 5)]
    extended = tasks[0].events.current().get(happening="extended")
    assert (extended.due_on, extended.reason) == (date(2024, 11, 20), "Chờ hướng dẫn")


@pytest.mark.django_db
def test_a_due_date_for_all_is_an_extension_and_follows_its_rules(cast: Cast, client: Client) -> None:
    late, asked = (gets_task(cast.chi.unit, date(2024, 10, n), date(2024, 11, 20)) for n in (1, 2))
    ask_extension(
        actor=cast.chi.actor, obligation=asked, due_on=date(2024, 11, 25), on=date(2024, 10, 9), reason="Chờ số liệu"
    )
    sign_in(client, cast.chi)
    refused = client.post(ASSIGN, to_chi(late, due_on="15/11/2024", reason="Cần sớm"))
    assert "không muộn hơn hạn 20/11/2024" in html.unescape(refused.content.decode())
    client.post(ASSIGN, to_chi(asked, due_on="22/11/2024", reason="Theo kế hoạch"))
    asked.refresh_from_db()
    assert waiting_request([event.as_event() for event in asked.events.current()]) is None
    assert asked.assigned_officer == cast.chi.actor.id


@pytest.mark.django_db
def test_a_first_due_date_is_corrected_where_it_was_set_though_an_assignment_moved_it_later(cast: Cast) -> None:
    task = gets_task(cast.chi.unit, date(2024, 10, 1), date(2024, 10, 10))
    task.events.create(
        happening="assigned", on=date(2024, 10, 5), order=0, due_on=date(2024, 10, 20), former_officer=["", ""],
        actor_id="user:1", actor_name="Trần Văn Lâm",
    )  # fmt: skip
    correction = Correction(date(2024, 10, 1), Due(on=date(2024, 10, 12)))
    correct_obligation(actor=cast.em.actor, obligation=task, correction=correction, reason="Ghi nhầm")
    due = dict(task.events.current().exclude(due_on=None).values_list("happening", "due_on"))
    assert due == {"due_set": date(2024, 10, 12), "assigned": date(2024, 10, 20)}


@pytest.mark.django_db
def test_a_first_due_date_given_on_the_first_day_is_corrected_there(cast: Cast, client: Client) -> None:
    first = date(2024, 11, 1)
    task = gets_task(cast.chi.unit, first)
    sign_in(client, cast.chi).post(ASSIGN, to_chi(task, due_on="20/11/2024"))
    for words, due in (("Báo cáo quý", date(2024, 11, 20)), ("Báo cáo quý", date(2024, 11, 22))):
        task.refresh_from_db()
        correction = Correction(first, Due(on=due), {"title": words})
        correct_obligation(actor=cast.em.actor, obligation=task, correction=correction, reason="Ghi nhầm")
        span = ObligationSpan.objects.current().holding_on(first).get(obligation=task)
        task.refresh_from_db()
        assert (span.due_on, task.original_due_on, task.assigned_officer) == (due, due, cast.chi.actor.id)


@pytest.mark.django_db
def test_where_one_cannot_be_given_none_is_and_it_is_named(cast: Cast, client: Client) -> None:
    running, done = gets_task(cast.chi.unit, date(2024, 10, 1)), gets_task(cast.chi.unit, date(2024, 10, 2))
    complete(actor=cast.chi.actor, obligation=done, on=date(2024, 10, 9))
    answer = sign_in(client, cast.chi).post(ASSIGN, to_chi(running, done))
    assert answer.status_code == 422
    assert done.code in answer.content.decode()
    assert Obligation.objects.get(pk=running.pk).assigned_officer == ""


def seen_on(client: Client, *tasks: Obligation) -> str:
    page = client.get(ASSIGN + "?" + "&".join(f"row={task.pk}" for task in tasks))
    return carried(page.content.decode())


def carried(body: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', body)
    assert found
    return html.unescape(found.group(1))


def ticked(body: str) -> list[str]:
    return re.findall(r'name="row" value="(\d+)" checked', body)


@pytest.mark.django_db
def test_one_that_changed_meanwhile_is_named_and_left_out_until_ticked_again(cast: Cast, client: Client) -> None:
    still, moved, done = (gets_task(cast.chi.unit, date(2024, 10, n), date(2024, 11, 5)) for n in (1, 2, 3))
    sign_in(client, cast.chi)
    seen = seen_on(client, still, moved, done)
    extend(actor=cast.em.actor, obligation=moved, due_on=date(2024, 11, 15), on=date(2024, 11, 1), reason="Bổ sung")
    remove_obligation(actor=cast.em.actor, obligation=done, reason="Ghi nhầm")
    refused = client.post(ASSIGN, to_chi(still, moved, done, seen=seen))
    body = html.unescape(refused.content.decode())
    assert refused.status_code == 422
    assert f"{moved.code}: {cast.em.user.full_name} – Gia hạn" in body
    assert f"{moved.code}: hạn từ “05/11/2024” thành “15/11/2024”" in body
    assert f"{still.code}:" not in body
    assert "1 việc đã được gỡ hoặc chuyển đi" in body
    assert ticked(body) == [str(still.pk)]
    assert not Obligation.objects.exclude(assigned_officer="").exists()

    again = client.post(ASSIGN, to_chi(still, seen=carried(refused.content.decode())))
    assert again.status_code == 302
    assert list(Obligation.objects.exclude(assigned_officer="")) == [still]


@pytest.mark.django_db
def test_one_that_changed_goes_with_the_others_once_it_is_ticked(cast: Cast, client: Client) -> None:
    tasks = [gets_task(cast.chi.unit, date(2024, 10, 1 + n), date(2024, 11, 5)) for n in range(2)]
    sign_in(client, cast.chi)
    seen = seen_on(client, *tasks)
    suspend(actor=cast.em.actor, obligation=tasks[0], on=date(2024, 11, 1), reason="Chờ luật")
    refused = client.post(ASSIGN, to_chi(*tasks, seen=seen))
    assert "trạng thái từ “Đang thực hiện” thành “Tạm dừng”" in html.unescape(refused.content.decode())
    known = carried(refused.content.decode())
    withdraw(actor=cast.em.actor, obligation=tasks[0], reason="Chưa cần chờ")
    refused = client.post(ASSIGN, to_chi(*tasks, seen=known))
    assert "(Chưa cần chờ)" in html.unescape(refused.content.decode())
    assert client.post(ASSIGN, to_chi(*tasks, seen=carried(refused.content.decode()))).status_code == 302
    assert Obligation.objects.filter(assigned_officer=cast.chi.actor.id).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("seen", ["", "[]", "{không", '{"1": 7}', '{"1": {"log": "x"}}'])
def test_a_form_that_carries_nonsense_is_no_fault(cast: Cast, client: Client, seen: str) -> None:
    task = gets_task(cast.chi.unit, date(2024, 10, 1))
    assert sign_in(client, cast.chi).post(ASSIGN, to_chi(task, seen=seen)).status_code in {302, 422}


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


@pytest.mark.django_db
def test_my_day_by_urgency_goes_by_due_date_within_it_and_turns_pages(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = {"assigned_officer": cast.chi.actor.id}
    days = (date(2024, 11, 20), date(2024, 11, 8), None)
    for mark in ("", "urgent", "express", "very-urgent"):
        for due_on in days:
            gets_task(cast.chi.unit, date(2024, 10, 1), due_on, title=f"[{mark}/{due_on}]", urgency=mark, **mine)
    owes_reply(
        cast.chi.unit, date(2024, 10, 1), date(2024, 11, 4), summary="Văn bản hỏa tốc", urgency="express", **mine
    )
    marks = ("express", "very-urgent", "urgent", "")
    listed = [f"[{mark}/{due_on}]" for mark in marks for due_on in (days[1], days[0], None)]
    expected = ["Văn bản hỏa tốc", *listed]
    sign_in(client, cast.chi)
    assert "sort=urgency" in client.get("/my/").content.decode()
    body = client.get("/my/?sort=urgency").content.decode()
    heads = re.findall(r'<tr class="group"><th[^>]*>([^<]*)<', body)
    assert heads == ["Hỏa tốc", "Thượng khẩn", "Khẩn", "Không có độ khẩn"]
    assert sorted(expected, key=body.index) == expected
    assert len(queries_of(client, "/my/?sort=urgency")) == len(queries_of(client, "/my/"))
    for size in (1, 4):
        monkeypatch.setattr(mine_queries, "page_of", partial(page_of, size=size))
        address, seen = "/my/?sort=urgency", []
        while address:
            body = client.get(address).content.decode()
            seen += sorted((name for name in expected if name in body), key=body.index)
            following = re.search(r'href="(\?[^"]*after=[^"]*)"', body)
            address = f"/my/{html.unescape(following.group(1))}" if following else ""
        assert seen == expected, size
