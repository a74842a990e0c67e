"""The settlement slip of an incoming document, and the registers in the columns of the decree."""

import io
import unicodedata
from datetime import date
from typing import Any

import pytest
from django.test import Client
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from noivu.accounts.testing import Cast, a_person, sign_in
from noivu.core import clock
from noivu.core.access import HEAD
from noivu.core.actors import SYSTEM
from noivu.desk.exports import FORMS, REGISTER, TRACKING
from noivu.records.constants import Direction
from noivu.records.exports import COLUMNS
from noivu.records.services import cancel_number
from noivu.records.testing import arrives, goes_out
from noivu.work.models import Cooperation
from noivu.work.testing import owes_reply


def words_of(content: bytes, form: str) -> str:
    if form == "pdf":
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        return unicodedata.normalize("NFC", " ".join(text.split()))
    word = Document(io.BytesIO(content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return " ".join([paragraph.text for paragraph in word.paragraphs] + cells)


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_slip_says_what_the_register_knows_and_leaves_the_opinions_open(
    cast: Cast, client: Client, form: str
) -> None:
    given = {"assigned_unit_id": cast.an.unit.pk, "assigned_to": "Trần Khánh An", "transferred_on": date(2024, 10, 22)}
    owed = owes_reply(
        cast.an.unit, date(2024, 10, 21), date(2024, 11, 4), symbol="15842/UBND-THKH", issuer="UBND tỉnh Thanh Hóa",
        kind="CV", issued_on=date(2024, 10, 18), summary="Hoàn thiện hồ sơ", urgency="urgent", **given,
    )  # fmt: skip
    Cooperation.objects.create(obligation=owed, unit=cast.chi.unit)
    sign_in(client, cast.an)
    page = client.get(f"/documents/in/{owed.document_id}/").content.decode()
    answer = client.get(f"/documents/in/{owed.document_id}/slip/{form}/")
    words = words_of(answer.content, form)

    assert f'href="/documents/in/{owed.document_id}/slip/{form}/"' in page
    assert f"SNV-40-2024-01.{form}" in answer.headers["Content-Disposition"]
    for said in (
        "PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN", "21/10/2024", "15842/UBND-THKH", "18/10/2024", "UBND tỉnh Thanh Hóa",
        "Hoàn thiện hồ sơ", "22/10/2024", "Khẩn", "04/11/2024", "Phối hợp", "người giải quyết: Trần Khánh An",
        "I. Ý kiến của lãnh đạo cơ quan", "II. Ý kiến của lãnh đạo đơn vị", "III. Ý kiến đề xuất",
        "Ngày …… tháng …… năm ……",
    ):  # fmt: skip
        assert said in words, said
    assert "Số: ……" not in words  # the form bears no number


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_leader_s_opinion_names_lead_and_co_operating_units_each_with_its_days(
    cast: Cast, client: Client, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 10, 25))
    owed = owes_reply(cast.binh.unit, date(2024, 10, 21), date(2024, 11, 4), summary="Hoàn thiện hồ sơ")
    desk = sign_in(client, a_person("tam", "Ngô Minh Tâm", cast.em.unit, HEAD))
    act = {"unit": "VCQDP-BNV", "officer": "", "on": "22/10/2024", "note": "Tổng hợp ý kiến các đơn vị"}
    assert desk.post(f"/obligations/{owed.pk}/assign/", act).status_code == 302
    helping = {"cooperating": "CVTLT-BNV: 01/11/2024\nVP-BNV", "on": "23/10/2024", "reason": ""}
    assert desk.post(f"/obligations/{owed.pk}/helpers/", helping).status_code == 302

    page = desk.get(f"/documents/in/{owed.document_id}/").content.decode()
    words = words_of(desk.get(f"/documents/in/{owed.document_id}/slip/{form}/").content, form)
    for said in ("Tổng hợp ý kiến các đơn vị", "04/11/2024 22/10/2024", "01/11/2024 23/10/2024", "…… ……"):
        assert said in words, said
    typed = desk.get(f"/obligations/{owed.pk}/helpers/").content.decode()
    assert "Cục Văn thư và Lưu trữ nhà nước: 01/11/2024" in typed
    assert f"/obligations/{owed.pk}/helpers/" in page
    assert f"/documents/in/{owed.document_id}/helping/" in page
    helping_page = desk.get(f"/documents/in/{owed.document_id}/helping/").content.decode()
    assert "Cục Văn thư và Lưu trữ nhà nước</span>, hạn 01/11/2024" in helping_page


def test_out_of_reach_or_cancelled_there_is_no_slip(cast: Cast, client: Client) -> None:
    document = arrives(cast.an.unit, date(2024, 10, 21))
    assert sign_in(client, cast.dung).get(f"/documents/in/{document.pk}/slip/pdf/").status_code == 404
    sign_in(client, cast.an)
    assert client.get(f"/documents/in/{document.pk}/slip/odt/").status_code == 404
    cancel_number(actor=SYSTEM, document=document, reason="Ghi nhầm")
    assert client.get(f"/documents/in/{document.pk}/slip/pdf/").status_code == 404


def test_the_registers_have_the_columns_of_the_decree_in_their_order() -> None:
    """Decree 30/2020, Phụ lục IV: out 10, in 10, follow-up of settlement 7."""
    assert [column.label for column in COLUMNS[Direction.OUT]] == [
        "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký",
        "Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú",
    ]  # fmt: skip
    assert [column.label for column in FORMS[REGISTER].columns] == [
        "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày tháng", "Tên loại và trích yếu nội dung",
        "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
    ]  # fmt: skip
    assert [column.label for column in FORMS[TRACKING].columns] == [
        "Số đến", "Tên loại, số và ký hiệu, ngày tháng, tác giả", "Đơn vị hoặc người nhận", "Thời hạn giải quyết",
        "Tiến độ giải quyết", "Số, ký hiệu văn bản trả lời", "Ghi chú",
    ]  # fmt: skip


def test_the_register_of_settlement_goes_out_whole_by_number(cast: Cast, client: Client) -> None:
    known = {"symbol": "5/UBND-NC", "issuer": "UBND tỉnh", "kind": "CV", "issued_on": date(2024, 10, 1)}
    owed = owes_reply(cast.an.unit, date(2024, 10, 21), date(2024, 11, 4), **known, assigned_to="An")
    letter = goes_out(cast.an.unit, date(2024, 10, 25), notation="SNV-VP", in_reply_to_id=owed.document_id)
    cancel_number(actor=SYSTEM, document=arrives(cast.an.unit, date(2024, 10, 2), **known), reason="Ghi trùng")
    arrives(cast.dung.unit, date(2024, 10, 3), summary="Của sổ khác")
    page = sign_in(client, cast.an).get("/documents/registers/?unit=SNV-40&period=2024").content.decode()
    address = "/documents/in/export/?unit=SNV-40&period=2024&form=book"
    answer: Any = client.get(address)
    lines = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0].iter_rows(values_only=True)
    title, told, heads, *rows = lines

    assert address.replace("&", "&amp;") in page
    assert title[0] == "SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN"
    assert "năm 2024, từ số 01" in str(told[0])
    assert [head for head in heads if head] == [column.label for column in FORMS[TRACKING].columns]
    what = "Công văn, 5/UBND-NC, 01/10/2024, UBND tỉnh"
    assert [(row[0], row[1], row[2], row[5], row[6]) for row in rows] == [
        ("01", what, "An", f"{letter.symbol}, 25/10/2024", None),
        ("02", what, None, None, "Số hủy: Ghi trùng"),
    ]
    assert rows[0][3].date() == date(2024, 11, 4)
    assert client.get(address.replace("2024", "2023")).status_code == 404
