"""Copies, the postal register and the use of kept copies: numbers, links, refusals, pages, and sheets cell by cell."""

import io
from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from openpyxl import load_workbook

from noivu.accounts.testing import Cast, a_person, sign_in
from noivu.accounts.testing_pages import PageTests
from noivu.core import clock
from noivu.core.access import OFFICER
from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.records.api import (
    CopyEntry,
    CopyKind,
    DocumentCopy,
    KeptCopyUse,
    Posting,
    PostingEntry,
    RegisterBook,
    UseEntry,
    cancel_copy,
    cancel_number,
    correct_document,
    lend_kept_copy,
    record_posting,
    register_copy,
    remove_document,
    return_kept_copy,
    take_out_line,
)
from noivu.records.testing import arrives, goes_out

pytestmark = pytest.mark.django_db
PERIOD = "unit=SNV-40&period=2024-10"


def day(number: int, year: int = 2024) -> date:
    return date(year, 10, number)


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))


def copied(source: Any, kind: CopyKind = CopyKind.CERTIFIED, on: int = 25, **more: Any) -> DocumentCopy:
    return register_copy(actor=SYSTEM, source=source, entry=CopyEntry(kind, day(on), "SNV", **more))


def posted(document: Any, on: int = 25, **more: Any) -> Posting:
    entry = PostingEntry(day(on), **{"recipient": "UBND tỉnh Nghệ An", **more})
    return record_posting(actor=SYSTEM, document=document, entry=entry)


def lent(document: Any, on: int = 25, **more: Any) -> KeptCopyUse:
    entry = UseEntry(day(on), "Đỗ Quang Chi", "Chánh Văn phòng", **more)
    return lend_kept_copy(actor=SYSTEM, document=document, entry=entry)


def rows_of(client: Client, book: str, period: str = PERIOD) -> list[tuple[Any, ...]]:
    answer: Any = client.get(f"/documents/books/{book}/export/?{period}")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    return [
        tuple(cell.date() if isinstance(cell, datetime) else cell for cell in row)
        for row in sheet.iter_rows(values_only=True)
    ]


def test_copies_of_all_kinds_bear_one_series_that_begins_anew_each_year(cast: Cast) -> None:
    letter, coming = goes_out(cast.an.unit, day(1)), arrives(cast.an.unit, day(1))
    early = goes_out(cast.an.unit, day(1, 2023))
    certified = copied(letter)
    symbols = [certified.symbol, copied(coming, CopyKind.EXTRACT).symbol, copied(certified, CopyKind.RECOPY).symbol]
    assert symbols == ["01/SY-SNV", "02/TrS-SNV", "03/SL-SNV"]
    old = CopyEntry(CopyKind.CERTIFIED, day(2, 2023), "SNV")
    assert register_copy(actor=SYSTEM, source=early, entry=old).symbol == "01/SY-SNV"
    assert goes_out(cast.an.unit, day(2)).number == 2, "documents go on with their own numbers"


@pytest.mark.parametrize("kind", [CopyKind.CERTIFIED, CopyKind.EXTRACT])
def test_a_copy_of_a_copy_is_made_of_a_certified_one_and_no_other_kind_is(cast: Cast, kind: CopyKind) -> None:
    letter = goes_out(cast.an.unit, day(1))
    for source, wanted in ((copied(letter), kind), (letter, CopyKind.RECOPY),
                           (copied(letter, CopyKind.EXTRACT), CopyKind.RECOPY)):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            copied(source, wanted)
        assert refused.value.code == "source"
    assert copied(arrives(cast.an.unit, day(1)), CopyKind.RECOPY).copied_from is None, "what arrived may be a sao y"


def test_what_cannot_have_happened_is_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = goes_out(cast.an.unit, day(20))
    for write in (copied, posted, lent):
        with pytest.raises(Refusal) as refused:
            write(letter, on=19)
        assert refused.value.code == "order"
        monkeypatch.setattr(clock, "today", lambda: day(22))
        with pytest.raises(Refusal) as refused:
            write(letter, on=23)
        assert refused.value.code == "future"
        monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))
    with pytest.raises(Refusal, match="nơi nhận"):
        posted(letter, recipient=" ")
    cancel_number(actor=SYSTEM, document=letter, reason="Ghi nhầm")
    with pytest.raises(Refusal) as refused:
        copied(letter)
    assert refused.value.code == "cancelled"


def test_a_kept_copy_is_with_one_user_until_it_is_returned(cast: Cast) -> None:
    letter = goes_out(cast.an.unit, day(1))
    use = lent(letter)
    with pytest.raises(Refusal, match="đang giữ bản lưu"):
        lent(letter)
    with pytest.raises(Refusal) as refused:
        return_kept_copy(actor=SYSTEM, use=use, on=day(24))
    assert refused.value.code == "order"
    return_kept_copy(actor=SYSTEM, use=use, on=day(26))
    take_out_line(actor=SYSTEM, line=lent(letter), reason="Ghi nhầm")
    assert [one.returned_on for one in KeptCopyUse.objects.current()] == [day(26)]


def test_the_database_keeps_what_the_forms_refuse(cast: Cast) -> None:
    letter = goes_out(cast.an.unit, day(1))
    copy, posting, use = copied(letter), posted(letter), lent(letter)
    wrong = (
        (DocumentCopy, copy.pk, {"kind": "SL"}), (DocumentCopy, copy.pk, {"outgoing": None}),
        (Posting, posting.pk, {"envelopes": 0}), (KeptCopyUse, use.pk, {"returned_on": day(2)}),
    )  # fmt: skip
    for model, key, values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(pk=key).update(**values)
    copied(letter)
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentCopy.objects.filter(pk=copy.pk).update(number=2)


def test_the_register_of_copies_goes_out_by_number_in_the_columns_of_outgoing_documents(
    cast: Cast, client: Client
) -> None:
    coming = arrives(
        cast.an.unit,
        day(2),
        kind="cong-van",
        symbol="15/UBND-NC",
        issued_on=day(1),
        issuer="UBND tỉnh",
        summary="Đôn đốc",
    )
    copied(coming, signer="Lê Thu Bình", recipients="Các phòng", copies=3, note="Gấp")
    copied(coming, CopyKind.EXTRACT, extract="Điều 2")
    cancel_copy(actor=SYSTEM, copy=DocumentCopy.objects.get(symbol="02/TrS-SNV"), reason="Sao nhầm")
    hidden = goes_out(cast.an.unit, day(3), notation="SNV-VP")
    copied(hidden)
    correct_document(actor=SYSTEM, document=hidden, changes={"secrecy": "restricted"})
    sign_in(client, a_person("linh", "Phan Thị Linh", cast.an.unit, "viewer"))
    title, told, heads, *rows = rows_of(client, "copies")
    assert title[0] == "SỔ ĐĂNG KÝ BẢN SAO VĂN BẢN"
    assert "từ 01/10 đến 31/10/2024" in str(told[0])
    assert [head for head in heads if head][:3] == [
        "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản",
    ]  # fmt: skip
    of = "Công văn, 15/UBND-NC, 01/10/2024, UBND tỉnh: Đôn đốc"
    assert rows == [
        ("01/SY-SNV", day(25), f"Sao y {of}", "Lê Thu Bình", "Các phòng", None, 3, None, None, "Gấp"),
        ("02/TrS-SNV", day(25), f"Trích sao {of}", None, None, None, None, None, None, "Số hủy: Sao nhầm"),
        ("03/SY-SNV", *[None] * 8, "Văn bản hạn chế: người xuất sổ không được xem"),
    ]


def test_the_postal_register_has_the_six_columns_of_the_decree(cast: Cast, client: Client) -> None:
    letter = goes_out(cast.an.unit, day(3), notation="SNV-VP")
    posted(letter, 26, envelopes=2, enclosed="09/SNV-VP", note="Bảo đảm")
    posted(letter, 25)
    take_out_line(actor=SYSTEM, line=posted(letter, 24), reason="Ghi nhầm")
    posted(goes_out(cast.dung.unit, day(3)))
    title, _told, heads, *rows = rows_of(sign_in(client, cast.an), "postings")
    assert title[0] == "SỔ GỬI VĂN BẢN ĐI BƯU ĐIỆN"
    assert heads == (
        "Ngày chuyển", "Số, ký hiệu văn bản", "Nơi nhận văn bản", "Số lượng bì", "Ký nhận và dấu bưu điện", "Ghi chú",
    )  # fmt: skip
    assert rows == [
        (day(25), "01/SNV-VP", "UBND tỉnh Nghệ An", 1, None, None),
        (day(26), "01/SNV-VP, 09/SNV-VP", "UBND tỉnh Nghệ An", 2, None, "Bảo đảm"),
    ]


def test_the_register_of_kept_copies_has_the_nine_columns_of_the_decree(cast: Cast, client: Client) -> None:
    letter = goes_out(cast.an.unit, day(3), notation="SNV-VP", kind="cong-van", summary="Hướng dẫn")
    return_kept_copy(actor=SYSTEM, use=lent(letter, 20, file_symbol="01.TCCB"), on=day(22))
    lent(letter, 25, note="Đọc tại chỗ")
    title, _told, heads, *rows = rows_of(sign_in(client, cast.an), "kept")
    assert title[0] == "SỔ SỬ DỤNG BẢN LƯU"
    assert heads == (
        "Ngày tháng", "Họ tên người sử dụng", "Số, ký hiệu ngày tháng văn bản",
        "Tên loại và trích yếu nội dung văn bản", "Số và ký hiệu HS", "Ký nhận", "Ngày trả",
        "Người cho phép sử dụng", "Ghi chú",
    )  # fmt: skip
    who, named, what = "Đỗ Quang Chi", "01/SNV-VP, 03/10/2024", "Công văn: Hướng dẫn"
    assert rows == [
        (day(20), who, named, what, "01.TCCB", None, day(22), "Chánh Văn phòng", None),
        (day(25), who, named, what, None, None, None, "Chánh Văn phòng", "Đọc tại chỗ"),
    ]


def test_all_three_are_written_from_the_page_of_the_document_and_lead_back_to_it(cast: Cast, client: Client) -> None:
    letter = goes_out(cast.an.unit, day(3), notation="SNV-VP", recipients="Sở Tài chính")
    page, desk = f"/documents/out/{letter.pk}/", sign_in(client, cast.an)
    assert f"{page}papers/" in desk.get(page).content.decode()
    acts = {
        "copy": {"kind": "SY", "copied_on": "25/10/2024", "issuer": "SNV"},
        "post": {"posted_on": "25/10/2024", "recipient": "Sở Tài chính", "envelopes": "1"},
        "lend": {"used_on": "25/10/2024", "user_name": "Đỗ Quang Chi", "allowed_by": "Chánh Văn phòng"},
    }
    for act, typed in acts.items():
        assert desk.get(f"{page}{act}/").status_code == 200
        there = desk.post(f"{page}{act}/", typed)
        assert there.status_code == 302, there.content.decode()
        line = desk.get(there.headers["Location"]).content.decode()
        assert f'href="{page}"' in line
        assert there.headers["Location"] in desk.get(f"{page}papers/").content.decode()
    copy, use = DocumentCopy.objects.get(), KeptCopyUse.objects.get()
    recopied = desk.post(f"/documents/books/copies/{copy.pk}/recopy/", {**acts["copy"], "kind": "SL"})
    assert "01/SY-SNV" in desk.get(recopied.headers["Location"]).content.decode()
    assert "02/SL-SNV" in desk.get(f"/documents/books/copies/{copy.pk}/").content.decode()
    assert "Đỗ Quang Chi" in desk.get(f"/documents/books/kept/?{PERIOD}&cut=out").content.decode()
    assert desk.post(f"/documents/books/kept/{use.pk}/return/", {"on": "26/10/2024"}).status_code == 302
    assert "Đỗ Quang Chi" not in desk.get(f"/documents/books/kept/?{PERIOD}&cut=out").content.decode()
    assert desk.post(f"/documents/books/copies/{copy.pk}/remove/", {"reason": "Nhầm"}).status_code == 302
    assert "Số này đã hủy" in desk.get(f"/documents/books/copies/{copy.pk}/").content.decode()


def test_what_is_restricted_is_in_no_list_and_on_no_page_of_others(cast: Cast, client: Client) -> None:
    letter = goes_out(cast.binh.unit, day(3), secrecy="restricted", symbol="01/X-MAT")
    lines = {"copies": copied(letter), "postings": posted(letter), "kept": lent(letter)}
    above = a_person("son", "Hồ Văn Sơn", cast.em.unit, OFFICER)
    for person, seen in ((cast.khanh, True), (cast.binh, False), (above, False)):
        desk = sign_in(client, person)
        for book, line in lines.items():
            listed = desk.get(f"/documents/books/{book}/?unit=VP-BNV&period=2024-10").content.decode()
            assert (f"/documents/books/{book}/{line.pk}/" in listed) is seen, book
            assert (desk.get(f"/documents/books/{book}/{line.pk}/").status_code == 200) is seen, book
            assert (desk.get(f"/documents/books/{book}/{line.pk}/history/").status_code == 200) is seen, book
        assert (desk.get(f"/documents/out/{letter.pk}/papers/").status_code == 200) is seen
    assert sign_in(client, cast.binh).get("/documents/books/nothing/").status_code == 404


def test_a_register_of_copies_that_continues_a_paper_one_begins_with_its_next_number(
    cast: Cast, client: Client
) -> None:
    head, page = sign_in(client, a_person("tam", "Ngô Minh Tâm", cast.an.unit, "head")), "/documents/registers/"
    typed = {"direction": "copies", "year": "2024", "starting_number": "31"}
    assert head.post(f"{page}?unit=SNV-40&period=2024", typed).status_code == 302
    letter = goes_out(cast.an.unit, day(3))
    assert (copied(letter).symbol, letter.number) == ("31/SY-SNV", 1)
    shown = head.get(f"{page}?unit=SNV-40&period=2024").content.decode()
    assert "/documents/books/copies/export/?" in shown
    book = RegisterBook.objects.get(series="copies")
    assert head.get(f"/documents/registers/{book.pk}/export/").status_code == 404, "it is no register of documents"


def test_a_line_leads_to_no_document_that_left_its_register(cast: Cast, client: Client) -> None:
    letter = goes_out(cast.an.unit, day(3))
    line = posted(letter)
    remove_document(actor=SYSTEM, document=letter, reason="Ghi nhầm")
    page = sign_in(client, cast.an).get(f"/documents/books/postings/{line.pk}/").content.decode()
    assert letter.symbol in page
    assert f'href="/documents/out/{letter.pk}/"' not in page


class OfBooks(PageTests):
    __test__ = False
    verb = "records.view"
    book = ""

    def url(self, things: list[Any]) -> str:
        return f"/documents/books/{self.book}/?{PERIOD}"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        write = {"copies": copied, "postings": posted, "kept": lent}[self.book]
        return [write(goes_out(cast.an.unit, day(3), notation="SNV-VP")) for _ in range(number)]

    def shown(self, thing: Any) -> str:
        return f"/documents/books/{self.book}/{thing.pk}/"


class TestCopies(OfBooks):
    __test__ = True
    page, book = "desk.copies", "copies"


class TestPostings(OfBooks):
    __test__ = True
    page, book = "desk.postings", "postings"


class TestKept(OfBooks):
    __test__ = True
    page, book = "desk.kept", "kept"


class TestCopy(TestCopies):
    page, detail = "desk.copy", True

    def url(self, things: list[Any]) -> str:
        return f"/documents/books/copies/{things[0].pk}/"

    def shown(self, thing: Any) -> str:
        return str(thing.symbol)
