"""Việc của tôi: what waits for the reader, on its page and in the navigation."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from noivu.accounts.api import User
from noivu.accounts.testing import Cast, sign_in
from noivu.accounts.testing_pages import PageTests, queries_of
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.office.queries.mine import waiting_of_user
from noivu.work.api import Obligation, ObligationSpan, complete, confirm
from noivu.work.testing import gets_task, owes_reply


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))


def for_chi(cast: Cast, title: str, **fields: Any) -> Obligation:
    return gets_task(cast.chi.unit, date(2024, 10, 1), title=title, assigned_to=cast.chi.user.full_name, **fields)


class TestMyWork(PageTests):
    page = "office.my"
    verb = "work.view"
    reader, outsider = "chi", "dung"

    def url(self, things: list[Any]) -> str:
        return "/my/"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        first = Obligation.objects.count()
        return [for_chi(cast, f"Việc thứ {first + n}", due_on=date(2024, 11, 20)) for n in range(number)]

    def shown(self, thing: Obligation) -> str:
        return thing.title


@pytest.mark.django_db
def test_what_presses_most_comes_first(cast: Cast, client: Client) -> None:
    for_chi(cast, "Không hạn")
    for_chi(cast, "Còn lâu", due_on=date(2024, 12, 31))
    for_chi(cast, "Sắp đến", due_on=date(2024, 11, 4))
    for_chi(cast, "Đã quá", due_on=date(2024, 10, 20))
    complete(actor=SYSTEM, obligation=for_chi(cast, "Đã xong"), on=date(2024, 10, 5))
    body = sign_in(client, cast.chi).get("/my/").content.decode()
    places = [body.index(title) for title in ("Đã quá", "Sắp đến", "Còn lâu", "Không hạn")]
    assert places == sorted(places)
    assert "Đã xong" not in body


@pytest.mark.django_db
def test_a_name_counts_only_within_its_unit_and_an_account_everywhere(cast: Cast, client: Client) -> None:
    sign_in(client, cast.chi)
    gets_task(cast.binh.unit, date(2024, 10, 1), title="Người trùng tên", assigned_to=cast.chi.user.full_name)
    gets_task(cast.chi.unit, date(2024, 10, 1), title="Của người khác", assigned_to="Lê Thị Mai")
    owes_reply(
        cast.chi.unit, date(2024, 10, 2), summary="Theo tài khoản", assigned_officer=cast.chi.actor.id,
        assigned_unit_id=cast.binh.unit.pk,
    )  # fmt: skip
    mine = client.get("/my/").content.decode()
    assert "Theo tài khoản" in mine
    assert "Người trùng tên" not in mine
    assert "Của người khác" not in mine
    assert "Của người khác" in client.get("/my/?cut=unit").content.decode()


@pytest.mark.django_db
def test_the_navigation_counts_what_waits_without_a_query_of_its_own(cast: Cast, client: Client) -> None:
    for number in range(12):
        for_chi(cast, f"Việc {number}")
    sign_in(client, cast.chi)
    body = client.get("/recommendations/sessions/").content.decode()
    entry = body.partition('href="/my/"')[2].partition("</a>")[0]
    assert ">12<" in entry
    assert len(queries_of(client, "/recommendations/sessions/")) == 1


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="a server reads a small table whole whatever is asked")
def test_what_waits_is_counted_from_indexes_on_every_page_however_long_the_register(cast: Cast) -> None:
    for number in range(40):
        gets_task(cast.chi.unit, date(2024, 10, 1), title=f"Giao cho đơn vị {number}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        with CaptureQueriesContext(connection) as asked:
            User.objects.signed_in(cast.chi.user.pk)
        cursor.execute(f"EXPLAIN QUERY PLAN {asked.captured_queries[0]['sql']}")
        plan = [row[3] for row in cursor.fetchall()]
    scanned = [step for step in plan if step.startswith("SCAN") and "CONSTANT" not in step]
    assert len(scanned) == 3, "\n".join(plan)  # what the office changed in the law: some rows a year in three tables
    assert any("work_of_name_in_unit" in step for step in plan)


@pytest.mark.django_db
def test_nothing_that_waits_is_said(cast: Cast, client: Client) -> None:
    assert "Không có việc nào đang chờ" in sign_in(client, cast.an).get("/my/").content.decode()


class TestDue(TestMyWork):
    page = "office.due"

    def url(self, things: list[Any]) -> str:
        return "/due/?period=2024-10"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        first = Obligation.objects.count()
        return [for_chi(cast, f"Việc thứ {first + n}", due_on=date(2024, 10, 20)) for n in range(number)]


@pytest.mark.django_db
def test_the_operations_centre_names_what_presses_most_and_counts_the_rest(cast: Cast, client: Client) -> None:
    for number in range(9):
        for_chi(cast, f"Quá hạn {number}", due_on=date(2024, 10, 10 + number))
    for_chi(cast, "Còn lâu", due_on=date(2024, 12, 31))
    body = sign_in(client, cast.chi).get("/?period=2024-10").content.decode()
    assert "Xem cả 9 việc" in body
    assert "Quá hạn 7" in body
    assert "Quá hạn 8" not in body
    assert "Còn lâu" not in body
    assert "Quá hạn 8" in client.get("/due/?period=2024-10").content.decode()


@pytest.mark.django_db
def test_what_is_due_names_the_department_that_handles_it_as_the_operations_centre_does(
    cast: Cast, client: Client
) -> None:
    owes_reply(cast.em.unit, date(2024, 10, 2), date(2024, 10, 20), issuer="Bộ Y tế", assigned_unit_id=cast.chi.unit.pk)
    sign_in(client, cast.em)
    listed = client.get("/due/?period=2024-10").content.decode().partition('class="c-unit" lang="vi">')[2]
    assert listed.partition("<")[0].replace("\xa0", " ") == "Vụ Chính quyền địa phương"
    assert "Bộ Y tế · Vụ Chính quyền địa phương" in client.get("/?period=2024-10").content.decode()


@pytest.mark.django_db
def test_the_operations_centre_says_how_fresh_each_register_is(cast: Cast, client: Client) -> None:
    sign_in(client, cast.chi)
    before = client.get("/?period=2024-10").content.decode().partition("Độ mới của nguồn số liệu")[2]
    assert "Chưa có" in before
    assert "Đúng hẹn" not in before
    for_chi(cast, "Một việc")
    after = client.get("/?period=2024-10").content.decode().partition("Độ mới của nguồn số liệu")[2]
    assert "Đúng hẹn" in after


@pytest.mark.django_db
@pytest.mark.parametrize("mistyped", [date(1994, 10, 21), date(2204, 10, 21)])
def test_a_mistyped_year_takes_no_page_away(cast: Cast, client: Client, mistyped: date) -> None:
    for_chi(cast, "Hạn ghi nhầm năm", due_on=date(2024, 10, 21))
    ObligationSpan.objects.update(due_on=mistyped)
    sign_in(client, cast.chi)
    for address in ("/", "/my/", "/due/", "/tasks/?period=2024-10"):
        answer = client.get(address)
        assert answer.status_code == 200, address
    assert "Hạn ghi nhầm năm" in answer.content.decode()


@pytest.mark.django_db
def test_figures_of_an_earlier_day_lead_to_pages_of_that_day(cast: Cast, client: Client) -> None:
    for_chi(cast, "Đã quá", due_on=date(2024, 10, 10))
    body = sign_in(client, cast.chi).get("/?period=2024-10&as_of=2024-10-15").content.decode()
    hrefs = [unescape(href) for href in re.findall(r'href="(/(?:figures|due)/[^"]*\?[^"]*)"', body)]
    assert hrefs
    assert [href for href in hrefs if "as_of=2024-10-15" not in href] == []


@pytest.mark.django_db
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="a server reads small tables whole, whatever indexes there are"
)
def test_what_waits_is_found_by_index_on_every_page(cast: Cast) -> None:
    for_chi(cast, "Một việc")
    user = User.objects.filter(pk=cast.chi.user.pk).annotate(waiting=waiting_of_user(cast.chi.user.pk))
    assert user.get().waiting == 1
    assert "SCAN" not in user.explain()


@pytest.mark.django_db
def test_what_was_reported_as_done_waits_for_the_one_who_confirms(cast: Cast, client: Client) -> None:
    done = for_chi(cast, "Đã báo cáo xong", confirmation_required=True)
    complete(actor=SYSTEM, obligation=done, on=date(2024, 10, 5))
    page = sign_in(client, cast.chi).get("/my/?cut=confirm").content.decode()
    assert "Đã báo cáo xong" in page
    assert 'Chờ tôi quyết định <span class="num">1</span>' in page
    confirm(actor=SYSTEM, obligation=done, on=date(2024, 10, 6))
    assert "Không có việc nào chờ quyết định" in client.get("/my/?cut=confirm").content.decode()
    assert "Chờ tôi xác nhận" not in sign_in(client, cast.an).get("/my/?cut=confirm").content.decode()
