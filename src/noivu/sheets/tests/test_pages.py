"""The pages of imports, through HTTP: send, match heads once, look at the trial, import, correct."""

import io
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from noivu.audit.models import Entry
from noivu.core.files import file_store
from noivu.sheets.declarations import templates
from noivu.sheets.models import Batch, RememberedHeads
from noivu.sheets.policies import IMPORT, VIEW
from noivu.sheets.tests.papers import GOOD, HEADS, PAPERS, papers
from noivu.ui.testing import allowed

pytestmark = pytest.mark.usefixtures("register")
Make = Callable[..., Path]


@pytest.fixture(autouse=True)
def declared() -> Iterator[None]:
    templates.declare(PAPERS)
    yield
    templates._plugs.pop(PAPERS.name)


@pytest.fixture
def an(settings: Any) -> Iterator[Client]:
    """An officer who may import."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "noivu.ui.testing.ActorFromHeader"]
    with allowed(IMPORT, VIEW):
        yield Client(headers={"X-Actor": "An"})


@pytest.fixture
def giang(settings: Any) -> Iterator[Client]:
    """An auditor, who sees batches and imports nothing."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "noivu.ui.testing.ActorFromHeader"]
    with allowed(VIEW):
        yield Client(headers={"X-Actor": "Giang"})


def send(client: Client, path: Path, follow: bool = True) -> HttpResponse:
    file = SimpleUploadedFile(path.name, path.read_bytes())
    return client.post("/sheets/new/", {"template": PAPERS.name, "unit": "", "file": file}, follow=follow)


def test_a_sent_file_is_tried_and_nothing_is_written(an: Client, workbook: Make) -> None:
    page = send(an, workbook([HEADS, GOOD, [8, "31/02/2024", "Bộ Nội vụ"]])).content.decode()
    assert "chưa ghi gì vào sổ" in page
    assert "29 ngày" in page
    assert papers() == []


def test_the_tried_file_is_imported_by_one_press(an: Client, workbook: Make) -> None:
    send(an, workbook([HEADS, GOOD]))
    page = an.post(f"/sheets/{Batch.objects.get().pk}/import/", follow=True)
    assert page.status_code == 200
    assert [row[0] for row in papers()] == [7]
    assert [batch.state for batch in Batch.objects.all()] == ["applied", "tried"]


def test_what_is_imported_cannot_be_pressed_again(an: Client, workbook: Make) -> None:
    send(an, workbook([HEADS, GOOD]))
    done = an.post(f"/sheets/{Batch.objects.get().pk}/import/", follow=True)
    number = Batch.objects.filter(state="applied").get().pk
    assert "Nhập vào sổ" not in done.content.decode()
    assert "không còn chờ nhập" in an.post(f"/sheets/{number}/import/").content.decode()
    assert Batch.objects.count() == 2


def test_a_tried_file_is_imported_once_and_leads_to_its_import(an: Client, workbook: Make) -> None:
    send(an, workbook([HEADS, GOOD]))
    tried = Batch.objects.get().pk
    an.post(f"/sheets/{tried}/import/")
    imported = Batch.objects.get(state="applied").pk
    page = an.get(f"/sheets/{tried}/").content.decode()
    assert "Nhập vào sổ" not in page
    assert f'<a href="/sheets/{imported}/">đã nhập ở lô' in page
    again = an.post(f"/sheets/{tried}/import/")
    assert (again.status_code, Batch.objects.count()) == (422, 2)
    assert f"đã nhập ở lô {imported}" in again.content.decode()
    assert an.get(f"/sheets/{tried}/heads/").status_code == 404


def test_what_was_tried_is_not_imported_once_its_heads_are_read_otherwise(an: Client, workbook: Make) -> None:
    send(an, workbook([[*HEADS, "noted"], [*GOOD, "31/10/2024"]]))
    tried = Batch.objects.get().pk
    an.post(f"/sheets/{tried}/heads/", {"number": "0", "received_on": "5", "issuer": "2"})
    assert "đã đổi sau khi chạy thử" in an.post(f"/sheets/{tried}/import/").content.decode()
    assert papers() == []


def test_how_columns_were_read_is_shown_changed_and_forgotten(an: Client, workbook: Make) -> None:
    path = workbook([[*HEADS, "Ghi chú"], GOOD])
    send(an, path)
    first = Batch.objects.get().pk
    page = an.get(f"/sheets/{first}/").content.decode()
    assert '<th scope="row">received_on</th><td>Ngày đến</td>' in page
    assert '<th scope="row">Ghi chú</th><td>– không dùng –</td>' in page
    assert "Bỏ cách đọc đã nhớ" not in page
    changed = an.post(
        f"/sheets/{first}/heads/", {"number": "0", "received_on": "1", "issuer": "3", "summary": "2"}, follow=True
    )
    assert '<th scope="row">summary</th><td>Nơi gửi</td>' in changed.content.decode()
    assert "Bỏ cách đọc đã nhớ" in changed.content.decode()
    an.post(f"/sheets/{Batch.objects.latest('id').pk}/forget/")
    assert not RememberedHeads.objects.exists()
    assert '<th scope="row">summary</th><td>Trích yếu</td>' in send(an, path).content.decode()


def test_a_refused_file_is_not_kept(an: Client, text_file: Make) -> None:
    refused = text_file("<html><table>đây là bảng", "so.xls")
    send(an, refused)
    assert is_kept(refused) is False
    good = text_file("Số đến,Ngày đến,Nơi gửi\n7,31/10/2024,Bộ Nội vụ\n", "so.csv")
    send(an, good)
    assert is_kept(good) is True


def is_kept(path: Path) -> bool:
    """Whether the bytes of a file are kept; by their own hash: other tests keep theirs beside it at the same time."""
    return bool(list(file_store().root.rglob(sha256(path.read_bytes()).hexdigest())))


def test_unknown_heads_are_asked_once_with_proposals(an: Client, workbook: Make) -> None:
    path = workbook([["Số đến", "Ngày nhận đến", "Ai gửi"], [7, "31/10/2024", "Bộ Nội vụ"]])
    asked = send(an, path)
    address = asked.redirect_chain[-1][0]
    assert '<option value="1" selected>Ngày nhận đến</option>' in asked.content.decode()
    shown = an.post(address, {"number": "0", "received_on": "1", "issuer": "2"}, follow=True)
    assert "dòng trong tệp" in shown.content.decode()
    assert RememberedHeads.objects.count() == 1
    assert "/heads/" not in send(an, path).redirect_chain[-1][0]


def test_one_head_for_two_columns_is_refused_beside_the_field(an: Client, workbook: Make) -> None:
    address = send(an, workbook([["A", "B", "C"], [7, "31/10/2024", "x"]])).redirect_chain[-1][0]
    answer = an.post(address, {"number": "0", "received_on": "1", "issuer": "1"})
    assert answer.status_code == 422
    assert "đã chọn cho cột khác" in answer.content.decode()


def test_heads_are_asked_of_the_sender_alone_under_an_address_that_tells_nothing(an: Client, workbook: Make) -> None:
    address = send(an, workbook([["A", "B", "C"], [7, "31/10/2024", "x"]])).redirect_chain[-1][0]
    assert address == f"/sheets/{Batch.objects.get(state='sent').pk}/heads/"
    assert an.get(address, headers={"X-Actor": "Dung"}).status_code == 404


def test_a_file_whose_heads_wait_is_listed_and_leads_back_to_them(an: Client, workbook: Make) -> None:
    address = send(an, workbook([["A", "B", "C"], [7, "31/10/2024", "x"]])).redirect_chain[-1][0]
    assert "chờ đối chiếu tiêu đề" in an.get("/sheets/").content.decode()
    assert address in an.get(address.removesuffix("heads/")).content.decode()
    an.post(address, {"number": "0", "received_on": "1", "issuer": "2"})
    assert [batch.state for batch in Batch.objects.all()] == ["tried"]


def test_a_bad_file_is_explained_beside_the_field_in_both_languages(an: Client, text_file: Make) -> None:
    answer = send(an, text_file("<html><table>", "so.xls"))
    assert answer.status_code == 422
    assert "Tệp là trang web" in answer.content.decode()
    an.cookies["django_language"] = "en"
    assert "The file is a web page" in send(an, text_file("<html><table>", "so.xls")).content.decode()


def test_kept_rows_are_downloaded_to_correct(an: Client, workbook: Make) -> None:
    send(an, workbook([HEADS, GOOD, [8, "31/02/2024", "Bộ Nội vụ"]]))
    number = Batch.objects.get().pk
    answer = an.get(f"/sheets/{number}/kept.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [cell.value for cell in sheet[1]][: len(HEADS)] == HEADS
    assert sheet["B2"].value == "31/02/2024"
    assert b"31/02/2024" in b"".join(an.get(f"/sheets/{number}/kept.csv").streaming_content)


def test_the_template_is_downloaded(an: Client) -> None:
    answer = an.get(f"/sheets/templates/{PAPERS.name}.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active["A1"].value == "number"
    assert an.get("/sheets/templates/khong-co.xlsx").status_code == 404


def test_an_auditor_sees_batches_and_sends_nothing(giang: Client, workbook: Make) -> None:
    assert giang.get("/sheets/").status_code == 200
    assert "Chưa có lô nhập nào" in giang.get("/sheets/").content.decode()
    assert giang.get("/sheets/new/").status_code == 404
    assert send(giang, workbook([HEADS, GOOD])).status_code == 404
    assert not Batch.objects.exists()


def test_an_unknown_batch_does_not_exist(an: Client) -> None:
    assert an.get("/sheets/999999/").status_code == 404
    assert an.get("/sheets/999999/kept.csv").status_code == 404


def test_pages_ask_the_database_little(an: Client, workbook: Make, django_assert_max_num_queries: Any) -> None:
    send(an, workbook([HEADS, GOOD, *([n, "31/02/2024", "A"] for n in range(60))]))
    with django_assert_max_num_queries(4):
        an.get("/sheets/")
    with django_assert_max_num_queries(4):
        an.get(f"/sheets/{Batch.objects.get().pk}/")
    with django_assert_max_num_queries(4):
        an.get("/sheets/new/")


def test_an_english_reader_finds_no_vietnamese_labels(an: Client, workbook: Make) -> None:
    send(an, workbook([HEADS, GOOD]))
    an.cookies["django_language"] = "en"
    page = an.get(f"/sheets/{Batch.objects.get().pk}/").content.decode()
    assert "rows in the file" in page
    assert "Dòng giữ lại" not in page


def test_who_imported_stands_in_the_log(an: Client, workbook: Make) -> None:
    send(an, workbook([HEADS, GOOD]))
    an.post(f"/sheets/{Batch.objects.get().pk}/import/")
    assert sorted(Entry.objects.values_list("action", flat=True)) == ["sheets.import", "sheets.try"]
