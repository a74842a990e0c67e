"""The pages of tasks: the matrix, and what is done on them."""

import html
import re
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.accounts.testing_pages import PageTests, queries_of
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.office.queries import registers
from noivu.work.api import (
    Correction,
    Due,
    Kind,
    Obligation,
    TaskEntry,
    confirm,
    correct_obligation,
    create_task,
    suspend,
)
from noivu.work.api import complete as report_completion
from noivu.work.testing import gets_task

OCTOBER = "/tasks/?period=2024-10"


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))


def day(number: int) -> date:
    return date(2024, 10, number)


class TestTasks(PageTests):
    page = "office.tasks"
    verb = "work.view"
    reader, outsider = "chi", "dung"

    def url(self, things: list[Any]) -> str:
        return OCTOBER

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        first = Obligation.objects.count()
        return [
            gets_task(cast.chi.unit, day(1 + n % 20), due_on=day(25), title=f"Nhiệm vụ thứ {first + n} của Vụ")
            for n in range(number)
        ]

    def shown(self, thing: Obligation) -> str:
        return thing.title


class TestNarrowedTasks(TestTasks):
    page = "office.tasks-narrowed"

    def url(self, things: list[Any]) -> str:
        return f"{OCTOBER}&q=nhiem+vu&due_from=01/10/2024&lead=VCQDP-BNV"


class TestTask(TestTasks):
    page = "office.task"
    detail = True

    def url(self, things: list[Any]) -> str:
        return f"/tasks/{things[0].pk}/"


class TestNewTask(TestTasks):
    page = "office.task-new"
    verb = "work.assign"

    def url(self, things: list[Any]) -> str:
        return "/tasks/new/"

    def shown(self, thing: Obligation) -> str:
        return ""

    def test_what_is_out_of_scope_does_not_exist(self, cast: Cast, client: Client) -> None:
        assert sign_in(client, cast.dung).get("/tasks/new/").status_code == 404


class TestTaskCorrection(TestTask):
    page = "office.task-correct"
    verb = "work.assign"

    def url(self, things: list[Any]) -> str:
        return f"/tasks/{things[0].pk}/correct/"


def cuts_of(body: str) -> dict[str, str]:
    cuts = body.partition('<nav class="cuts"')[2].partition("</nav>")[0]
    found = re.findall(r'href="\?[^"]*cut=(\w+)[^"]*"[^>]*>.*?<span class="num">([^<]*)</span></a>', cuts, re.DOTALL)
    return dict(found)


@pytest.mark.django_db
def test_the_parts_of_the_register_are_an_equation(cast: Cast, client: Client) -> None:
    unit = cast.chi.unit
    report_completion(actor=SYSTEM, obligation=gets_task(unit, day(1), due_on=day(10)), on=day(9))
    gets_task(unit, day(2), due_on=date(2024, 11, 8))
    gets_task(unit, day(3), due_on=day(20))
    sign_in(client, cast.chi)
    assert cuts_of(client.get(OCTOBER).content.decode()) == {
        "all": "3",
        "completed": "1",
        "in_time": "1",
        "overdue": "1",
    }
    suspend(actor=SYSTEM, obligation=gets_task(unit, day(4), due_on=day(30)), on=day(5), reason="Chờ ý kiến")
    asked = gets_task(unit, day(4), due_on=day(30), confirmation_required=True)
    report_completion(actor=SYSTEM, obligation=asked, on=day(20))
    with_all = cuts_of(client.get(OCTOBER).content.decode())
    assert (with_all["all"], with_all["suspended"], with_all["awaiting"]) == ("5", "1", "1")
    assert "no_deadline" not in with_all
    confirm(actor=SYSTEM, obligation=asked, on=day(21))
    assert cuts_of(client.get(OCTOBER).content.decode())["completed"] == "2"


@pytest.mark.django_db
def test_a_task_is_found_without_accents_and_narrowed(cast: Cast, client: Client) -> None:
    gets_task(cast.chi.unit, day(1), due_on=day(10), title="Rà soát biên chế", assigner="Bộ trưởng")
    gets_task(cast.chi.unit, day(2), due_on=day(30), title="Sắp xếp đơn vị hành chính", assigner="Chính phủ")
    sign_in(client, cast.chi)

    def titles(query: str) -> list[str]:
        body = client.get(f"{OCTOBER}{query}").content.decode()
        return [title for title in ("Rà soát biên chế", "Sắp xếp đơn vị hành chính") if title in body]

    assert titles("&q=ra+soat") == ["Rà soát biên chế"]
    assert titles("&assigner=Ch%C3%ADnh+ph%E1%BB%A7") == ["Sắp xếp đơn vị hành chính"]
    assert titles("&due_to=15/10/2024") == ["Rà soát biên chế"]
    assert titles("&cut=overdue&due_from=11/10/2024") == ["Sắp xếp đơn vị hành chính"]
    assert titles("&lead=VP-BNV") == []


@pytest.mark.django_db
def test_the_export_holds_the_narrowed_rows_and_runs_no_formula(cast: Cast, client: Client) -> None:
    gets_task(cast.chi.unit, day(1), due_on=day(10), title="=1+1", assigned_to="Đỗ Quang Chi")
    gets_task(cast.chi.unit, day(2), title="Việc khác")
    answer: Any = sign_in(client, cast.chi).get(f"/tasks/export/{OCTOBER.removeprefix('/tasks/')}&cut=overdue")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "Việc khác" not in cells
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.value and "1+1" in str(cell.value)] == [
        "s"
    ]


@pytest.mark.django_db
def test_an_opened_row_explains_the_due_date(cast: Cast, client: Client) -> None:
    sign_in(client, cast.chi)
    given = {**NEW_TASK, "working_days": "10"}
    client.post("/tasks/new/", given)
    task = Obligation.objects.get(kind=Kind.TASK)
    body = client.get(f"/tasks/{task.pk}/opened/").content.decode()
    assert "ngày làm việc thứ 10: hạn" in body
    assert "15/10/2024" in body


NEW_TASK = {
    "title": "Tham mưu sắp xếp đơn vị hành chính",
    "assigner": "Bộ trưởng",
    "arises_on": "01/10/2024",
    "lead": "VCQDP-BNV",
    "cooperating": "VP-BNV",
    "code": "NV-2024-0001",
    "product": "Tờ trình",
}


@pytest.mark.django_db
def test_a_task_is_assigned_by_form(cast: Cast, client: Client) -> None:
    sign_in(client, cast.chi)
    assert 'value="NV-2024-0001"' in client.get("/tasks/new/").content.decode()
    answer = client.post("/tasks/new/", {**NEW_TASK, "due_on": "31/10/2024"})
    task = Obligation.objects.get(kind=Kind.TASK)
    assert answer.headers["Location"] == f"/tasks/{task.pk}/"
    assert (task.unit_id, task.original_due_on, task.product) == (cast.chi.unit.pk, day(31), "Tờ trình")
    assert [helping.unit_id for helping in task.cooperations.all()] == [cast.binh.unit.pk]
    assert 'value="NV-2024-0002"' in client.get("/tasks/new/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "Nội dung nhiệm vụ</a>: Mục này còn trống."),
        ({"due_on": "31/02/2024"}, "31/02/2024"),
        ({"due_on": "20/10/2024", "working_days": "5"}, "Hạn được nhập theo cả hai cách."),
        ({"due_on": "01/09/2024"}, "sớm hơn ngày giao"),
        ({"arises_on": "05/11/2024"}, "chưa đến"),
        ({"lead": "KHONG-CO"}, "KHONG-CO"),
        ({"cooperating": "KHONG-CO"}, "KHONG-CO"),
        ({"lead": "SNV-40"}, "Không có quyền"),
    ],
)
def test_what_is_typed_wrongly_is_explained_and_kept(
    cast: Cast, client: Client, wrong: dict[str, str], words: str
) -> None:
    answer = sign_in(client, cast.chi).post("/tasks/new/", {**NEW_TASK, **wrong})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Tờ trình" in answer.content.decode()
    assert not Obligation.objects.exists()


@pytest.mark.django_db
def test_a_code_is_used_once(cast: Cast, client: Client) -> None:
    sign_in(client, cast.chi)
    client.post("/tasks/new/", NEW_TASK)
    assert "Mã NV-2024-0001 đã được dùng." in client.post("/tasks/new/", NEW_TASK).content.decode()


@pytest.mark.django_db
def test_a_correction_changes_the_figures_and_stays_in_the_log(cast: Cast, client: Client) -> None:
    task = gets_task(cast.chi.unit, day(1), due_on=day(10), title="Rà soát")
    sign_in(client, cast.chi)
    here = f"/tasks/{task.pk}/correct/"
    assert 'value="10/10/2024"' in client.get(here).content.decode()
    right = {**NEW_TASK, "title": "Rà soát văn bản", "code": task.code, "due_on": "08/11/2024"}
    assert client.post(here, right).status_code == 422
    answer = client.post(here, {**right, "reason": "Ghi nhầm hạn"}, follow=True).content.decode()
    assert "Rà soát văn bản" in answer
    assert "Ghi nhầm hạn" in answer
    assert cuts_of(client.get(OCTOBER).content.decode())["overdue"] == "0"
    assert "Rà soát văn bản" in client.get(f"{OCTOBER}&q=van+ban").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "counted", [Due(rule="recommendation_national_assembly"), Due(working_days=5), Due(on=day(9))], ids=str
)
def test_words_put_right_leave_a_task_the_due_date_that_it_has(counted: Due, cast: Cast, client: Client) -> None:
    made = {"code": "NV-9", "title": "Rà soát", "assigner": "Bộ trưởng"}
    entry = TaskEntry(assigned_on=day(1), lead_unit_id=cast.chi.unit.pk, due=counted, **made)
    task = create_task(actor=SYSTEM, entry=entry)
    here = f"/tasks/{task.pk}/correct/"
    sent = {**shown_in(sign_in(client, cast.chi).get(here)), "title": "Rà soát văn bản", "reason": "Nhầm chữ"}
    answer = client.post(here, sent)
    assert answer.status_code == 302, answer.content.decode()

    told = task.events.current().filter(due_on__isnull=False).get()
    assert (told.due_on, told.rule, told.working_days) == (
        counted.counted_from(day(1)),
        counted.rule,
        counted.working_days,
    )
    task.refresh_from_db()
    assert (task.title, task.original_due_on) == ("Rà soát văn bản", counted.counted_from(day(1)))


def shown_in(page: HttpResponse) -> dict[str, str]:
    """What a form is sent with where nobody touches it."""
    return {
        field.html_name: field.value() if isinstance(field.value(), str) else str(field.value() or "")
        for field in page.context["form"]
        if field.value() not in (None, False)
    }


@pytest.mark.django_db
def test_the_search_over_all_registers_finds_tasks(cast: Cast, client: Client) -> None:
    task = gets_task(cast.chi.unit, day(1), title="Sắp xếp đơn vị hành chính")
    body = sign_in(client, cast.chi).get("/search/?q=sap+xep").content.decode()
    assert f"/tasks/{task.pk}/" in body


@pytest.mark.django_db
@pytest.mark.parametrize("sort", ["due_on", "-due_on", "code"])
def test_the_export_is_in_the_order_of_the_list(cast: Cast, client: Client, sort: str) -> None:
    for number, due in enumerate((day(20), None, day(10), day(20), None)):
        gets_task(cast.chi.unit, day(1), due_on=due, title=f"Nhiệm vụ thứ {number}")
    sign_in(client, cast.chi)
    listed = re.findall(r"Nhiệm vụ thứ \d", client.get(f"{OCTOBER}&sort={sort}").content.decode())
    answer: Any = client.get(f"/tasks/export/?period=2024-10&sort={sort}")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    exported = [row[1] for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert exported == list(dict.fromkeys(listed))


@pytest.mark.django_db
def test_where_a_list_would_leave_something_out_it_is_typed(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    gets_task(cast.chi.unit, day(1), title="Việc chung", assigned_to="Đỗ Quang Chi")
    gets_task(cast.chi.unit, day(2), title="Việc hiếm", assigned_to="Người ít việc")
    sign_in(client, cast.chi)
    assert "officer=Ng" not in client.get(OCTOBER).content.decode()  # no list is read for a picker that is closed
    offered = client.get(f"{OCTOBER}&choices=officer").content.decode()
    assert "officer=Ng%C6%B0%E1%BB%9Di+%C3%ADt+vi%E1%BB%87c" in offered
    assert 'name="officer"' not in offered
    monkeypatch.setattr(registers, "MOST_FACETS", 1)
    assert 'name="officer"' in client.get(f"{OCTOBER}&choices=officer").content.decode()
    narrowed = client.get(f"{OCTOBER}&officer=Người ít việc&lead=Vụ Chính quyền địa phương").content.decode()
    assert "Việc hiếm" in narrowed
    assert "Việc chung" not in narrowed


@pytest.mark.django_db
def test_a_picker_fetches_its_list_when_it_is_opened_and_names_what_was_chosen_before(
    cast: Cast, client: Client
) -> None:
    gets_task(cast.chi.unit, day(1), title="Rà soát")
    closed = sign_in(client, cast.chi).get(f"{OCTOBER}&lead=VCQDP-BNV").content.decode()
    assert "Vụ Chính quyền địa phương" in closed.partition('class="tokens"')[2].partition("</div>")[0]
    href = html.unescape(re.findall(r'id="choices-lead" hx-get="([^"]*)"', closed)[0])
    assert f'<a href="{html.escape(href)}">Xem danh sách</a>' in closed  # the way without a script
    queries = len(queries_of(client, f"{OCTOBER}&lead=VCQDP-BNV"))
    assert len(queries_of(client, f"/tasks/{href}")) == queries + 1
    opened = client.get(f"/tasks/{href}").content.decode()
    assert '<details class="pick" open><summary><span>Chủ trì' in opened
    assert 'id="choices-lead" hx-get' not in opened
    assert "choices=lead" not in opened.partition('id="choices-lead"')[2].partition("</details>")[0]


@pytest.mark.django_db
def test_a_task_that_changed_meanwhile_is_not_put_back(cast: Cast, client: Client) -> None:
    task = gets_task(cast.chi.unit, day(1), due_on=day(10), title="Rà soát")
    here = f"/tasks/{task.pk}/correct/"
    seen = re.findall(r'name="seen" value="([^"]*)"', sign_in(client, cast.chi).get(here).content.decode())[0]
    sent = {"code": task.code, "title": "Rà soát văn bản", "assigner": task.assigner, "arises_on": "01/10/2024"}
    sent |= {"due_on": "10/10/2024", "reason": "Nhầm", "seen": html.unescape(seen)}
    right = Correction(day(1), Due(on=day(20)), {"confirmation_required": True})
    correct_obligation(actor=SYSTEM, obligation=task, correction=right, reason="Ghi nhầm hạn")
    refused = client.post(here, sent)
    body = refused.content.decode()
    assert refused.status_code == 422
    assert "Hạn hoàn thành: “10/10/2024” thành “20/10/2024”" in body
    assert 'value="20/10/2024"' in body
    assert "Rà soát văn bản" in body
    assert "checked" in body
