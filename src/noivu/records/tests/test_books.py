"""A register goes out as the decree has it: one register a sheet, by number, every number in its place."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
from django.test import Client

from noivu.accounts.testing import Cast, a_person, sign_in
from noivu.core.access import HEAD, VIEWER
from noivu.core.actors import SYSTEM
from noivu.records.models import RegisterBook
from noivu.records.services import cancel_number, remove_document
from noivu.records.testing import arrives, goes_out


def cells(client: Client, direction: str, unit_id: int) -> list[tuple[Any, ...]]:
    """Everything that stands in the sheet of a register, days as days."""
    book = RegisterBook.objects.get(direction=direction, unit_id=unit_id, year=2024)
    answer: Any = client.get(f"/documents/registers/{book.pk}/export/")
    book_file = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    (sheet,) = book_file.worksheets
    return [
        tuple(cell.date() if isinstance(cell, datetime) else cell for cell in row)
        for row in sheet.iter_rows(values_only=True)
    ]


def day(number: int) -> date:
    return date(2024, 10, number)


def test_the_register_in_goes_out_by_number_with_what_was_cancelled_and_removed(cast: Cast, client: Client) -> None:
    unit, other = cast.an.unit, cast.dung.unit
    known = {"issuer": "UBND tỉnh", "symbol": "5/UBND-NC", "issued_on": day(1), "kind": "CV", "summary": "Đề nghị"}
    arrives(unit, day(2), **known, transferred_on=day(3), assigned_unit_id=unit.pk, assigned_to="An", note="Gấp")
    cancel_number(actor=SYSTEM, document=arrives(unit, day(4), **known), reason="Ghi trùng")
    remove_document(actor=SYSTEM, document=arrives(unit, day(5), **known), reason="Nhầm sổ")
    arrives(unit, day(6), **{**known, "kind": ""})
    arrives(other, day(2), summary="Của sổ khác")
    title, told, heads, *lines = cells(sign_in(client, cast.an), "in", unit.pk)

    assert title[0] == "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"
    assert "năm 2024, từ số 01, tính đến hết ngày" in told[0]
    assert heads == (
        "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày tháng", "Tên loại và trích yếu nội dung",
        "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
    )  # fmt: skip
    name = lines[0][6].removesuffix(", An")
    assert name in told[0]
    said, what = ("UBND tỉnh", "5/UBND-NC", day(1)), "Công văn: Đề nghị"
    assert lines == [
        (day(2), "01", *said, what, f"{name}, An", day(3), None, "Gấp"),
        (day(4), "02", *said, what, None, None, None, "Số hủy: Ghi trùng"),
        (None, "03", *[None] * 7, "Đã gỡ khỏi sổ (vào sổ nhầm)"),
        (day(6), "04", *said, "Đề nghị", None, None, None, None),
    ]


def test_the_register_out_goes_out_by_number_with_what_was_cancelled_and_removed(cast: Cast, client: Client) -> None:
    unit = cast.an.unit
    known = {"notation": "BC-SNV", "kind": "BC", "summary": "Kết quả", "signer": "An", "recipients": "Bộ Nội vụ"}
    goes_out(unit, day(7), **known, copies=4, kept_by="Văn thư", transferred_on=day(8), note="x")
    remove_document(actor=SYSTEM, document=goes_out(unit, day(8), **known), reason="Nhầm")
    cancel_number(actor=SYSTEM, document=goes_out(unit, day(9), **known), reason="Bỏ")
    goes_out(unit, day(9), **known, symbol="1a/BC-SNV")
    goes_out(unit, day(3), **known, symbol="Giấy khen")
    title, _, heads, *lines = cells(sign_in(client, cast.an), "out", unit.pk)

    assert (title[0], len([head for head in heads if head])) == ("SỔ ĐĂNG KÝ VĂN BẢN ĐI", 10)
    what = ("Báo cáo: Kết quả", "An", "Bộ Nội vụ")
    assert lines == [
        ("01/BC-SNV", day(7), *what, "Văn thư", 4, day(8), None, "x"),
        ("01a/BC-SNV", day(9), *what, None, None, None, None, None),
        ("02", *[None] * 8, "Đã gỡ khỏi sổ (vào sổ nhầm)"),
        ("03/BC-SNV", day(9), *what, None, None, None, None, "Số hủy: Bỏ"),
        ("Giấy khen", day(3), *what, None, None, None, None, None),
    ]


def test_a_number_given_again_stands_once(cast: Cast, client: Client) -> None:
    unit = cast.an.unit
    remove_document(actor=SYSTEM, document=arrives(unit, day(2)), reason="Nhầm")
    arrives(unit, day(3), number=1, summary="Ghi lại")
    _, _, _, *lines = cells(sign_in(client, cast.an), "in", unit.pk)
    assert [(line[1], line[5]) for line in lines] == [("01", "Ghi lại")]


def test_what_is_restricted_to_others_keeps_its_number_without_words(cast: Cast, client: Client) -> None:
    unit = cast.an.unit
    arrives(unit, day(2), summary="Xác minh", secrecy="restricted")
    head, viewer = a_person("hong", "Trưởng", unit, HEAD), a_person("tam", "Xem", unit, VIEWER)
    assert "Xác minh" in str(cells(sign_in(client, head), "in", unit.pk))
    *_, line = cells(sign_in(client, viewer), "in", unit.pk)
    assert line == (None, "01", *[None] * 7, "Văn bản hạn chế: người xuất sổ không được xem")


def test_a_register_of_another_unit_does_not_exist_and_the_page_leads_to_the_own(cast: Cast, client: Client) -> None:
    arrives(cast.an.unit, day(2))
    book = RegisterBook.objects.get()
    address = f"/documents/registers/{book.pk}/export/"
    assert address in sign_in(client, cast.an).get("/documents/registers/?unit=SNV-40&period=2024").content.decode()
    assert sign_in(client, cast.dung).get(address).status_code == 404
