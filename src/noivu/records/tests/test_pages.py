"""The register of outgoing documents on screen; files; what is declared off the network."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from noivu.accounts.testing import Cast, a_person, sign_in
from noivu.accounts.testing_pages import PageTests
from noivu.core.access import HEAD
from noivu.core.actors import SYSTEM
from noivu.records.constants import Direction, Series
from noivu.records.models import DocumentFile, OffNetworkDeclaration, OutgoingDocument
from noivu.records.services import correct_document, declare_off_network, files, remove_document
from noivu.records.testing import arrives, goes_out

OCTOBER = "?period=2024-10"


def documents(cast: Cast, number: int) -> list[Any]:
    return [
        goes_out(cast.an.unit, date(2024, 10, 2 + n), notation="SNV-VP", summary=f"Hướng dẫn việc thứ {n}")
        for n in range(number)
    ]


class TestRegister(PageTests):
    page = "records.outgoing"
    verb = "records.view"

    def url(self, things: list[Any]) -> str:
        return f"/documents/out/{OCTOBER}"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        return documents(cast, number)

    def shown(self, thing: Any) -> str:
        summary: str = thing.summary
        return summary


class TestDocument(PageTests):
    page = "records.outgoing-document"
    verb = "records.view"
    detail = True

    def url(self, things: list[Any]) -> str:
        return f"/documents/out/{things[0].pk}/"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        return documents(cast, number)

    def shown(self, thing: Any) -> str:
        summary: str = thing.summary
        return summary


class TestOffNetwork(PageTests):
    page = "records.off-network"
    verb = "records.view"

    def url(self, things: list[Any]) -> str:
        return f"/documents/off-network/{OCTOBER}"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        return [
            declare_off_network(
                actor=SYSTEM, unit_id=cast.an.unit.pk, direction=direction, month=date(2024, 10, 1), count=70_001
            )
            for direction in list(Direction)[:number]
        ]

    def shown(self, thing: Any) -> str:
        return "70.001"


class TestRegistersAndNumbers(PageTests):
    page = "records.registers"
    verb = "records.view"

    def url(self, things: list[Any]) -> str:
        return "/documents/registers/?unit=SNV-40&period=2024"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        for n in range(number):
            arrives(cast.an.unit, date(2024, 10, 2), summary=f"Việc {n}")
        return documents(cast, number)

    def shown(self, thing: Any) -> str:
        return ""

    def test_what_is_out_of_scope_does_not_exist(self, cast: Cast, client: Client) -> None:
        assert sign_in(client, cast.dung).get(self.url([])).status_code == 404


@pytest.fixture
def an(cast: Cast, client: Client) -> Client:
    """An, an officer, at the keyboard."""
    return sign_in(client, cast.an)


SENT = {
    "unit": "SNV-40",
    "issued_on": "31/10/2024",
    "series": "ordinary",
    "kind": "cong-van",
    "summary": "Trả lời về biên chế",
    "notation": "SNV-VP",
}


def test_a_document_takes_the_next_number(cast: Cast, an: Client) -> None:
    documents(cast, 1)
    assert "Số tiếp theo là 02" in an.get("/documents/out/new/").content.decode()
    an.post("/documents/out/new/", SENT)
    assert OutgoingDocument.objects.get(number=2).symbol == "02/SNV-VP"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"notation": ""}, "symbol"),
        ({"answers_number": "77"}, "answers_number"),
        ({"issued_on": "01/12/2024"}, "issued_on"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(an: Client, changes: dict[str, str], field: str) -> None:
    answer = an.post("/documents/out/new/", {**SENT, **changes})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not OutgoingDocument.objects.exists()


def test_it_is_corrected_cancelled_and_told_of(cast: Cast, an: Client) -> None:
    [document] = documents(cast, 1)
    arrives(cast.an.unit, date(2024, 10, 1))
    page = f"/documents/out/{document.pk}/"
    changes = {**SENT, "symbol": document.symbol, "answers_number": "1", "reason": "Ghi thiếu"}
    assert an.post(f"{page}correct/", changes).status_code == 302
    assert "văn bản đến số 01" in an.get(page).content.decode()
    an.post(f"{page}cancel/", {"reason": "Ban hành nhầm"})
    history = an.get(f"{page}history/").content.decode()

    assert "Ghi thiếu" in history
    assert "Ban hành nhầm" in history
    assert document.symbol in an.get(f"/documents/out/{OCTOBER}&cut=cancelled").content.decode()
    assert 'Tất cả <span class="num">0</span>' in an.get(f"/documents/out/{OCTOBER}").content.decode()


def test_what_is_found_goes_out_in_ten_columns_after_the_unit_of_the_register(cast: Cast, an: Client) -> None:
    documents(cast, 3)
    first = OutgoingDocument.objects.get(number=1)
    kept = {"kept_by": "Phòng Tổ chức", "transferred_on": date(2024, 10, 3), "copies": 4}
    correct_document(actor=SYSTEM, document=first, changes={**kept, "signer": "An", "recipients": "BNV", "note": "x"})
    answer = an.get(f"/documents/out/export/{OCTOBER}&q=thu+0")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]  # a stream
    assert sheet is not None
    lines = list(sheet.iter_rows(values_only=True))
    assert len([head for head in lines[2] if head]) == 11
    (owner, *line) = lines[3]
    assert (lines[2][0], len(lines)) == ("Sổ của đơn vị", 4)
    assert owner in str(lines[1][0])
    assert line[2:7] == ["Công văn: Hướng dẫn việc thứ 0", "An", "BNV", "Phòng Tổ chức", 4]
    assert (line[7].date(), *line[8:]) == (date(2024, 10, 3), None, "x")


def attach(client: Client, address: str, content: bytes, name: str = "Đề án.txt") -> Any:
    return client.post(f"{address}files/", {"file": SimpleUploadedFile(name, content)})


def test_a_file_is_attached_taken_and_taken_away(cast: Cast, an: Client) -> None:
    document = arrives(cast.an.unit, date(2024, 10, 1))
    address = f"/documents/in/{document.pk}/"
    attach(an, address, b"noi dung")
    file = DocumentFile.objects.get()
    assert "Đề án.txt" in an.get(address).content.decode()
    sent = an.get(f"/documents/files/{file.pk}/")

    assert b"".join(sent.streaming_content) == b"noi dung"  # type: ignore[attr-defined]  # a stream
    assert sent.headers["Content-Disposition"].startswith("attachment")
    an.post(f"/documents/files/{file.pk}/remove/")
    an.get(address)  # the toast names it once
    assert "Đề án.txt" not in an.get(address).content.decode()
    assert an.get(f"/documents/files/{file.pk}/").status_code == 404


def test_the_same_file_is_not_attached_twice(cast: Cast, an: Client) -> None:
    document = arrives(cast.an.unit, date(2024, 10, 1))
    attach(an, f"/documents/in/{document.pk}/", b"mot")
    assert attach(an, f"/documents/in/{document.pk}/", b"mot").status_code == 422


def test_too_large_a_file_is_refused(cast: Cast, an: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 3)
    document = arrives(cast.an.unit, date(2024, 10, 1))
    assert attach(an, f"/documents/in/{document.pk}/", b"bon byte").status_code == 422
    assert not DocumentFile.objects.exists()


def test_a_refused_file_leaves_nothing_and_the_page_says_what_to_do(cast: Cast, an: Client) -> None:
    document = arrives(cast.an.unit, date(2024, 10, 1))
    answer = attach(an, f"/documents/in/{document.pk}/", b"MZ\x90", "Kế hoạch.docx")
    assert answer.status_code == 422
    assert "là chương trình hoặc tập lệnh" in answer.content.decode()
    assert "Gửi PDF" in answer.content.decode()
    assert not DocumentFile.objects.exists()


def test_a_file_of_another_unit_does_not_exist(cast: Cast, client: Client) -> None:
    document = arrives(cast.an.unit, date(2024, 10, 1))
    attach(sign_in(client, cast.an), f"/documents/in/{document.pk}/", b"mot")
    file = DocumentFile.objects.get()
    assert sign_in(client, cast.dung).get(f"/documents/files/{file.pk}/").status_code == 404


def test_a_month_off_the_network_is_declared_and_named_so(an: Client) -> None:
    address = f"/documents/off-network/{OCTOBER}"
    sent = {"unit": "SNV-40", "direction": "in", "month": "10/2024", "count": "1120"}
    assert an.post(address, {**sent, "month": "2024"}).status_code == 422
    an.post(address, sent)
    declared = OffNetworkDeclaration.objects.get()

    assert "1.120" in an.get(address).content.decode()
    assert "Là số khai" in an.get(f"/documents/off-network/{declared.pk}/").content.decode()
    register = an.get(f"/documents/in/{OCTOBER}").content.decode()
    assert "số khai: 1.120" in register
    assert 'Tất cả <span class="num">0</span>' in register


def test_recipients_are_looked_for_among_the_recipients(cast: Cast, an: Client) -> None:
    goes_out(cast.an.unit, date(2024, 10, 2), recipients="Ủy ban nhân dân thành phố Hà Nội", summary="Gửi đi")
    goes_out(cast.an.unit, date(2024, 10, 3), recipients="Bộ Tài chính", summary="Công tác tại Hà Nội")
    page = an.get(f"/documents/out/{OCTOBER}&recipients=ha+noi").content.decode()
    assert "Gửi đi" in page
    assert "Công tác" not in page


def test_a_paper_register_is_continued_with_its_next_number(cast: Cast, client: Client) -> None:
    address = "/documents/registers/?unit=SNV-40&period=2024"
    head = a_person("truong", "Trưởng phòng", cast.an.unit, HEAD)
    assert 'name="starting_number"' not in sign_in(client, cast.an).get(address).content.decode()
    opened = {"direction": "in", "year": "2024", "starting_number": "28074"}
    assert client.post(address, opened).status_code == 422
    sign_in(client, head)
    assert client.post(address, {**opened, "starting_number": "0"}).status_code == 422
    assert client.post(address, opened).status_code == 302
    assert arrives(cast.an.unit, date(2024, 10, 2)).arrival_number == 28_074
    page = client.get(address).content.decode()
    assert ">28075</td>" in page
    assert "đã được mở" in client.post(address, opened).content.decode()


@pytest.mark.parametrize("makes", [arrives, goes_out])
def test_the_numbers_that_a_register_lacks_are_named(cast: Cast, an: Client, makes: Any) -> None:
    made = [makes(cast.an.unit, date(2024, 10, 2)) for _ in range(7)]
    address = "/documents/registers/?unit=SNV-40&period=2024"
    assert "03–04" not in an.get(address).content.decode()
    for number in (1, 3, 4, 7):
        remove_document(actor=SYSTEM, document=made[number - 1], reason="Kiểm thử")
    assert ">01, 03–04, 07</td>" in an.get(address).content.decode()


def test_a_document_goes_into_the_ordinary_register(cast: Cast, an: Client) -> None:
    assert "series" not in an.get("/documents/out/new/").content.decode()
    an.post("/documents/out/new/", {**SENT, "series": "secret"})
    assert OutgoingDocument.objects.get().register.series == Series.ORDINARY.value
