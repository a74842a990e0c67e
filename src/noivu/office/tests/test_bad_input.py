"""Bad input at the forms: each is refused on the page, in the reader's language, with words that say what to do."""

import html
import io
import zipfile
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.core.actors import SYSTEM
from noivu.records.models import DocumentFile, IncomingDocument, OutgoingDocument
from noivu.records.testing import arrives, goes_out
from noivu.work.api import Obligation, complete
from noivu.work.testing import gets_task, owes_reply


def day(number: int) -> date:
    return date(2024, 10, number)


@dataclass
class Desk:
    """What stands on Chi's desk, and Chi at it."""

    chi: Client
    done: Obligation
    answered: IncomingDocument
    theirs: IncomingDocument
    first: OutgoingDocument
    language: str

    def refuses(self, address: str, data: dict[str, Any], vi: str, en: str) -> None:
        answer = self.chi.post(address, data)
        assert answer.status_code == 422, (address, answer.status_code)
        said = html.unescape(answer.content.decode().partition('class="failure"')[2].partition("</div>")[0])
        for words in (vi if self.language == "vi" else en).split("|"):
            assert words in said


@pytest.fixture(params=["vi", "en"])
def desk(request: pytest.FixtureRequest, cast: Cast, client: Client) -> Desk:
    unit = cast.chi.unit
    gets_task(unit, day(1), due_on=day(25), code="NV-9")
    done = gets_task(unit, day(1), due_on=day(25), code="NV-8")
    complete(actor=SYSTEM, obligation=done, on=day(15))
    owed = owes_reply(unit, day(2))
    first = goes_out(unit, day(9), in_reply_to_id=owed.document_id)
    arrives(cast.binh.unit, day(3))
    theirs = arrives(cast.binh.unit, day(3))  # number 02: Chi's register has no such number
    cast.chi.user.language = request.param
    cast.chi.user.save(update_fields=["language"])
    assert owed.document is not None
    return Desk(sign_in(client, cast.chi), done, owed.document, theirs, first, request.param)


TASK = {
    "title": "Rà soát số liệu", "assigner": "Vụ trưởng", "arises_on": "08/10/2024", "lead": "VCQDP-BNV",
    "code": "NV-10",
}  # fmt: skip
LETTER = {
    "unit": "VCQDP-BNV", "issued_on": "12/10/2024", "kind": "cong-van", "summary": "Trả lời", "notation": "BNV-CQĐP",
    "series": "ordinary", "signer": "Đỗ Quang Chi",
}  # fmt: skip


def word_with_macros() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types>wordprocessingml.document.main+xml</Types>")
        archive.writestr("word/vbaProject.bin", b"x")
    return stream.getvalue()


def test_it_is_refused_with_words_that_help(desk: Desk) -> None:
    # a due date before the start
    desk.refuses("/tasks/new/", {**TASK, "due_on": "07/10/2024"}, "sớm hơn|08/10/2024", "before|08/10/2024")
    # a child past its parent
    desk.refuses(
        "/tasks/new/", {**TASK, "parent": "NV-9", "due_on": "26/10/2024"},
        "muộn hơn hạn 25/10/2024 của nhiệm vụ cha NV-9", "25/10/2024|NV-9",
    )  # fmt: skip
    # a reply to a document of another unit
    desk.refuses(
        "/documents/out/new/", {**LETTER, "answers_number": "2"}, "không có số 02|Kiểm tra số đến", "No number 02|Check"
    )
    # a second reply
    desk.refuses(
        "/documents/out/new/", {**LETTER, "answers_number": str(desk.answered.number)},
        f"đã được trả lời|{desk.first.symbol}|bổ sung", f"{desk.first.symbol}|supplement",
    )  # fmt: skip
    # an extension after completion
    desk.refuses(
        f"/obligations/{desk.done.pk}/extend/", {"due_on": "30/10/2024", "on": "16/10/2024", "reason": "Thêm việc"},
        "Không thể “Gia hạn”", "Extend",
    )  # fmt: skip
    page = html.unescape(desk.chi.get(f"/obligations/{desk.done.pk}/extend/").content.decode())
    assert ("Không thể “Gia hạn”" if desk.language == "vi" else "“Extend” cannot be done") in page
    assert Obligation.objects.count() == 3
    assert OutgoingDocument.objects.count() == 1
    # a file of the wrong type or with macros
    attach = f"/documents/in/{desk.answered.pk}/files/"
    for name, content, vi, en in (
        ("Kế hoạch.docx", b"MZ\x90\x00", "là chương trình hoặc tập lệnh|Gửi PDF", "program or script|Send PDF"),
        ("Kế hoạch.pdf", b"noi dung", "không phải .pdf|lưu lại đúng loại", "is not .pdf|save it as that type"),
        ("Kế hoạch.docm", word_with_macros(), "có macro|không kèm macro", "holds macros|without macros"),
        ("Kế hoạch.docx", word_with_macros(), "có macro|không kèm macro", "holds macros|without macros"),
    ):
        desk.refuses(attach, {"file": SimpleUploadedFile(name, content)}, vi, en)
    assert not DocumentFile.objects.exists()
    assert desk.chi.get(f"/documents/in/{desk.theirs.pk}/").status_code == 404
