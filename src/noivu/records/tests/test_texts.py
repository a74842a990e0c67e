"""Documents are found by the words of their files; a file that cannot be read says so and holds nothing up."""

import io
import json
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.accounts.testing_pages import PageTests
from noivu.core.actors import SYSTEM
from noivu.papers.api import Words
from noivu.records.commands import documents
from noivu.records.models import FileText
from noivu.records.queries.texts import find_in_files, passages_of
from noivu.records.services import attach_file, detach_file, texts
from noivu.records.services.texts import read_round
from noivu.records.testing import arrives, goes_out

TEXT = "Căn cứ Nghị quyết số 76/2025/UBTVQH15, đề nghị hoàn thiện hồ sơ sắp xếp đơn vị hành chính cấp xã."


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The child is proved in `papers`: here files hold what their bytes say."""
    asked: list[str] = []

    def read(path: str, kind: str) -> Words:
        asked.append(kind)
        with open(path, "rb") as stream:
            said = stream.read().removeprefix(b"%PDF-").removesuffix(b"%%EOF").decode()
        return Words(fault="unreadable") if said == "hỏng" else Words(said)

    monkeypatch.setattr(texts, "read_words", read)
    return asked


def attached(document: Any, text: str, name: str = "Công văn.pdf") -> Any:
    content = f"%PDF-{text}%%EOF".encode()
    return attach_file(actor=SYSTEM, document=document, name=name, stream=io.BytesIO(content), size=len(content))


def names(cast: Cast, words: str, who: str = "an") -> list[str]:
    return [hit.file_name for hit in find_in_files(getattr(cast, who).actor, words).hits]


def test_a_document_is_found_without_accents_by_every_word_of_its_file(cast: Cast, reader: list[str]) -> None:
    attached(arrives(cast.an.unit, date(2024, 10, 3)), TEXT)
    attached(goes_out(cast.an.unit, date(2024, 10, 9), notation="SNV-VP"), TEXT, "Trả lời.pdf")
    assert names(cast, "sap xep") == []
    assert read_round() == 1  # the same bytes are read once
    assert read_round() == 0
    assert names(cast, "sap xep DON VI") == ["Trả lời.pdf", "Công văn.pdf"]
    assert names(cast, "76/2025/UBTVQH15") == ["Trả lời.pdf", "Công văn.pdf"]
    assert names(cast, "sap xep bien che") == []
    assert names(cast, "sap xep", "dung") == []


def test_a_file_taken_away_is_no_longer_found_and_one_that_cannot_be_read_says_so(
    cast: Cast, client: Client, reader: list[str]
) -> None:
    document = arrives(cast.an.unit, date(2024, 10, 3))
    file, damaged = attached(document, TEXT), attached(document, "hỏng", "Hỏng.pdf")
    attached(document, "", "Bản quét.pdf")
    sign_in(client, cast.an)
    assert "chờ đọc chữ" in client.get(f"/documents/in/{document.pk}/").content.decode()

    answer = CliRunner().invoke(documents, ["text", "--json"])
    assert json.loads(answer.output) == {"read": 1, "empty": 1, "unreadable": 1}
    page = client.get(f"/documents/in/{document.pk}/").content.decode()
    for words in ("tìm được theo chữ trong tệp", "không có lớp chữ", "không đọc được chữ"):
        assert words in page
    assert FileText.objects.get(sha256=damaged.sha256).fault == "unreadable"
    again = CliRunner().invoke(documents, ["text", "--again", "--json"])
    assert json.loads(again.output) == {"read": 0, "empty": 0, "unreadable": 1}

    detach_file(actor=SYSTEM, file=file)
    assert names(cast, "sap xep") == []


def test_the_page_shows_where_the_words_stand_and_marks_them(cast: Cast, client: Client, reader: list[str]) -> None:
    attached(arrives(cast.an.unit, date(2024, 10, 3)), f"<b>{TEXT}")
    read_round()
    page = sign_in(client, cast.an).get("/documents/text/?q=hoan+thien+ho").content.decode()
    assert "<mark>hoàn</mark> <mark>thiện</mark> <mark>hồ</mark> sơ" in page
    assert "&lt;b&gt;Căn" in page
    assert "Không tệp nào chứa đủ" in client.get("/documents/text/?q=khong+co").content.decode()
    assert "Nhập ít nhất 2" in client.get("/documents/text/?q=x").content.decode()


def test_passages_that_stand_apart_are_parted_and_those_that_touch_are_one() -> None:
    text = " ".join(["một", *["x"] * 40, "hai", "ba", *["y"] * 40])
    shown = "".join(passage.text for passage in passages_of(text, "mot hai ba"))
    assert shown.startswith("một x")
    assert shown.count("… ") == 2
    assert [passage.text for passage in passages_of(text, "mot hai ba") if passage.is_hit] == ["một", "hai", "ba"]
    assert passages_of("không có gì", "vắng") == []


class TestSearchInFiles(PageTests):
    page = "records.texts"
    verb = "records.view"

    def url(self, things: list[Any]) -> str:
        return "/documents/text/?q=sap+xep"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        things = [arrives(cast.an.unit, date(2024, 10, 3), summary=f"Có tệp thứ {n}") for n in range(number)]
        for thing in things:
            file = attached(thing, TEXT)
        FileText.objects.get_or_create(
            sha256=file.sha256, defaults={"state": "read", "text": TEXT, "search_text": " sap xep "}
        )
        return things

    def shown(self, thing: Any) -> str:
        summary: str = thing.summary
        return summary
