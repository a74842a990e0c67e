"""The register of incoming documents on screen, with the page of a document."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from noivu.accounts.testing import Cast, sign_in
from noivu.accounts.testing_pages import BUDGET, PageTests, queries_of
from noivu.core.actors import SYSTEM
from noivu.desk import tables
from noivu.exchange.testing import exchanged
from noivu.records.api import IncomingDocument
from noivu.records.testing import arrives, goes_out
from noivu.work.api import Obligation, ObligationEvent, suspend
from noivu.work.testing import owes_reply, replies

OCTOBER = "?period=2024-10"


def a_document(cast: Cast, number: int, **fields: Any) -> IncomingDocument:
    owed = owes_reply(
        cast.an.unit,
        date(2024, 10, 2 + number % 20),
        date(2024, 11, 4),
        symbol=f"{number + 100}/SNV-TCBC",
        summary=f"Đề nghị hướng dẫn việc thứ {number}",
        **fields,
    )
    assert owed.document is not None
    return owed.document


class TestRegister(PageTests):
    page = "desk.incoming"
    verb = "records.view"

    def url(self, things: list[Any]) -> str:
        return f"/documents/in/{OCTOBER}"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        return [a_document(cast, n) for n in range(number)]

    def shown(self, thing: Any) -> str:
        summary: str = thing.summary
        return summary


class TestPartOfTheRegister(TestRegister):
    page = "desk.incoming.required"

    def url(self, things: list[Any]) -> str:
        return f"/documents/in/{OCTOBER}&cut=required&q=huong+dan"


class TestRegisterOfAnIssuer(TestRegister):
    page = "desk.incoming.issuer"

    def url(self, things: list[Any]) -> str:
        return f"/documents/in/{OCTOBER}&issuer=so+noi+vu"


class TestDocument(PageTests):
    page = "desk.incoming-document"
    verb = "records.view"
    detail = True

    def url(self, things: list[Any]) -> str:
        return f"/documents/in/{things[0].pk}/"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        return [a_document(cast, n) for n in range(number)]

    def shown(self, thing: Any) -> str:
        summary: str = thing.summary
        return summary


class TestHistory(TestDocument):
    page = "desk.incoming-history"

    def url(self, things: list[Any]) -> str:
        return f"/documents/in/{things[0].pk}/history/"

    def shown(self, thing: Any) -> str:
        return ""


class TestNewDocument(PageTests):
    page = "desk.incoming-new"
    verb = "records.edit"

    def url(self, things: list[Any]) -> str:
        return "/documents/in/new/"


def rows(client: Client, query: str) -> str:
    answer = client.get(f"/documents/in/{OCTOBER}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_part_shows_as_many_rows_as_its_figure_counts(cast: Cast, client: Client) -> None:
    first = owes_reply(cast.an.unit, date(2024, 10, 3), date(2024, 10, 10), summary="Trả lời rồi")
    owes_reply(cast.an.unit, date(2024, 10, 3), date(2024, 10, 10), summary="Để quá hạn")
    owes_reply(cast.an.unit, date(2024, 10, 3), summary="Không ghi hạn")
    stopped = owes_reply(cast.an.unit, date(2024, 10, 3), date(2024, 11, 10), summary="Đang dừng")
    suspend(actor=SYSTEM, obligation=stopped, on=date(2024, 10, 9), reason="Chờ ý kiến")
    arrives(cast.an.unit, date(2024, 10, 3), summary="Chỉ để biết")
    replies(first, date(2024, 10, 8))
    sign_in(client, cast.an)

    whole = rows(client, "")
    for label, number in (("Tất cả", 5), ("Phải trả lời", 4), ("Đã trả lời", 1), ("Quá hạn", 1), ("Tạm dừng", 1)):
        assert f'{label} <span class="num">{number}</span>' in whole
    for cut, summary in (
        ("replied", "Trả lời rồi"),
        ("overdue", "Để quá hạn"),
        ("no-deadline", "Không ghi hạn"),
        ("suspended", "Đang dừng"),
    ):
        page = rows(client, f"&cut={cut}")
        assert summary in page
        assert page.count("data-row=") == 1
    assert "dừng từ 09/10/2024" in rows(client, "&cut=suspended")


def test_what_was_carried_in_is_shown_as_it_stands_now(cast: Cast, client: Client) -> None:
    owed = owes_reply(cast.an.unit, date(2024, 9, 20), date(2024, 10, 10), summary="Từ tháng trước")
    replies(owed, date(2024, 10, 7), "88/SNV-VP")
    page = rows(sign_in(client, cast.an), "&cut=carried-in")

    assert "Từ tháng trước" in page
    assert "88/SNV-VP" in page


def test_it_is_searched_without_accents_and_narrowed_by_conditions(cast: Cast, client: Client) -> None:
    owes_reply(cast.an.unit, date(2024, 10, 3), date(2024, 11, 4), issuer="Bộ Tài chính", summary="Rà soát thu nhập")
    owes_reply(cast.an.unit, date(2024, 10, 4), date(2024, 11, 12), issuer="Bộ Công an", summary="Góp ý Bộ Tài chính")
    sign_in(client, cast.an)

    assert "Rà soát" in rows(client, "&q=ra+soat+THU+nhap")
    by_issuer = rows(client, "&issuer=bo+tai+chinh")
    assert "Rà soát" in by_issuer
    assert "Góp ý" not in by_issuer
    by_day = rows(client, "&cut=required&due_from=10/11/2024&due_to=20/11/2024")
    assert "Góp ý" in by_day
    assert "Rà soát" not in by_day
    assert "Không có dòng nào khớp" in rows(client, "&assigned=VP-BNV")
    assert "Không có dòng nào khớp" in rows(client, "&assigned=KHONG-CO")
    assert "Không có dòng nào khớp" in rows(client, "&handling=suspended&cut=required")
    assert "Rà soát" in rows(client, "&handling=not_started&kind=")


def test_a_row_opens_in_place_with_why_its_date(cast: Cast, client: Client) -> None:
    sign_in(client, cast.an)
    sent = {
        "unit": "SNV-40",
        "arrived_on": "21/10/2024",
        "series": "ordinary",
        "issuer": "Ủy ban nhân dân tỉnh Thanh Hóa",
        "summary": "Hoàn thiện hồ sơ",
        "working_days": "10",
    }
    client.post("/documents/in/new/", sent)
    document = IncomingDocument.objects.get()
    answer = client.get(f"/documents/in/{document.pk}/opened/?day=2024-10-31&columns=8")
    page = answer.content.decode()

    assert "Vì sao hạn là 04/11/2024" in page
    assert "ngày làm việc thứ 10: hạn" in page
    assert "<b>Tiếp nhận</b>" in page
    assert 'colspan="8"' in page
    assert "Ghi văn bản trả lời" in page


def test_an_officer_sees_no_act_of_a_head(cast: Cast, client: Client) -> None:
    document = a_document(cast, 1)
    sign_in(client, cast.an)

    page = client.get(f"/documents/in/{document.pk}/").content.decode()
    assert "Ghi văn bản trả lời" in page
    assert "Gia hạn" not in page
    owed = Obligation.objects.get()
    assert client.get(f"/obligations/{owed.pk}/extend/").status_code == 404


@pytest.mark.parametrize(("form", "heads"), [("register", 11), ("tracking", 8)])
def test_what_is_found_goes_out_after_the_unit_of_its_register(
    cast: Cast, client: Client, form: str, heads: int
) -> None:
    a_document(cast, 3, issuer="=HYPERLINK(1)")
    owes_reply(cast.an.unit, date(2024, 10, 4), summary="Không tìm thấy")
    sign_in(client, cast.an)
    answer = client.get(f"/documents/in/export/{OCTOBER}&q=103&form={form}")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]  # a stream
    assert sheet is not None
    lines = list(sheet.iter_rows(values_only=True))

    assert len([head for head in lines[2] if head]) == heads
    assert len(lines) == 4
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_document_of_another_unit_is_not_opened(cast: Cast, client: Client) -> None:
    document = a_document(cast, 1)
    sign_in(client, cast.dung)
    for page in ("", "opened/", "history/", "correct/", "cancel/"):
        assert client.get(f"/documents/in/{document.pk}/{page}").status_code == 404


def test_a_reply_of_the_register_leads_to_it(cast: Cast, client: Client) -> None:
    document = a_document(cast, 1)
    issued = goes_out(cast.an.unit, date(2024, 10, 25), notation="SNV-VP")
    owed = Obligation.objects.get()
    sign_in(client, cast.an)
    client.post(f"/obligations/{owed.pk}/reply/", {"symbol": issued.symbol})
    page = client.get(f"/documents/in/{document.pk}/").content.decode()

    assert f'href="/documents/out/{issued.pk}/"' in page
    assert "Đúng hạn" in page
    assert ObligationEvent.objects.current().filter(outgoing=issued).exists()


def test_a_key_that_no_column_holds_chooses_nothing(cast: Cast, client: Client) -> None:
    document = arrives(cast.chi.unit, date(2024, 10, 3), summary="Được chọn")
    page = sign_in(client, cast.chi).get(f"/documents/in/assign/?row={'9' * 22}&row={'9' * 5000}&row={document.pk}")
    assert page.status_code == 200
    assert document.summary in page.content.decode()


def test_a_unit_among_too_many_for_a_list_is_typed_by_code_or_name(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"summary": "Đã giao", "assigned_unit_id": cast.an.unit.pk}
    arrives(cast.an.unit, date(2024, 10, 3), **given)
    arrives(cast.an.unit, date(2024, 10, 3), summary="Chưa giao")
    monkeypatch.setattr(tables, "MOST_UNITS", 0)
    sign_in(client, cast.an)
    assert 'name="assigned"' in rows(client, "")
    for typed in ("SNV-40", "Sở Nội vụ tỉnh Nghệ An"):
        page = rows(client, f"&assigned={typed}")
        assert "Đã giao" in page
        assert "Chưa giao" not in page


def test_a_word_never_searched_before_costs_no_statement_more(cast: Cast, client: Client) -> None:
    a_document(cast, 1)
    sign_in(client, cast.an)
    known = len(queries_of(client, f"/documents/in/{OCTOBER}&q=huong+dan"))
    with CaptureQueriesContext(connection) as asked:
        assert "Đề nghị hướng dẫn" in rows(client, "&q=de+nghi+viec")
    fresh = [query["sql"] for query in asked.captured_queries if "records_incomingdocument" in query["sql"]]
    assert len(fresh) <= known <= BUDGET


def test_the_form_says_that_no_general_time_to_reply_stands_and_where_to_enter_one(cast: Cast, client: Client) -> None:
    document = arrives(cast.em.unit, date(2024, 10, 3))
    sign_in(client, cast.em)
    pages = ("/documents/in/new/", f"/documents/in/{document.pk}/require-reply/")
    there = "/law/parameters/deadline.reply/"
    for page in pages:
        shown = client.get(page).content.decode()
        assert "Chưa có thời hạn trả lời chung" in shown
        assert f'<a href="{there}">nhập giá trị kèm văn bản</a>' in shown
    assert "Chưa có giá trị" in client.get(there).content.decode()
    assert f'href="{there}value/"' in client.get(there).content.decode()

    given = {"value": "10", "starts_on": "01/01/2024", "reason": "Quy chế làm việc của Bộ"}
    assert client.post(f"{there}value/", given).status_code == 422  # no value of law without its source
    given["instrument"] = "30/2020/NĐ-CP"
    assert client.post(f"{there}value/", given).status_code == 302
    for page in pages:
        shown = client.get(page).content.decode()
        assert "Chưa có thời hạn trả lời chung" not in shown
        assert ">Trả lời văn bản đến" in shown or ">trả lời văn bản đến" in shown


def test_the_day_that_the_sender_asks_for_stands_in_the_form(cast: Cast, client: Client) -> None:
    asked = date(2024, 11, 15)
    between = exchanged(cast.binh.unit, cast.an.unit, date(2024, 10, 15), date(2024, 10, 16), due_on=asked)
    page = sign_in(client, cast.an).get(f"/documents/in/{between.copy.pk}/require-reply/").content.decode()
    assert 'value="15/11/2024"' in page
