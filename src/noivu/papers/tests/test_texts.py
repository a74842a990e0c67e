"""The words of DOCX and PDF, read in a child that can do nothing else."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from noivu.papers.paper import Paper, Paragraph, Table
from noivu.papers.pdf import render_pdf
from noivu.papers.texts.parent import Words, read_words
from noivu.papers.word import render_word

PAPER = Paper(
    issuer="Bộ Nội vụ", symbol="BC-BNV", place="Hà Nội", kind="Báo cáo", subject="Kết quả",
    blocks=[Paragraph.of("Sắp xếp đơn vị hành chính cấp xã."), Table(("Chỉ tiêu", "Số"), (("Văn bản đến", "3.629"),))],
)  # fmt: skip


def kept(folder: Path, content: bytes) -> Path:
    place = folder / "file"
    place.write_bytes(content)
    return place


def word_holding(xml: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", xml)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_all_words_are_read_in_their_order(tmp_path: Path, kind: str) -> None:
    content = render_pdf(PAPER, made_at=datetime(2024, 11, 1, tzinfo=UTC)) if kind == "pdf" else render_word(PAPER)
    found = read_words(kept(tmp_path, content), kind)
    assert found.fault == ""
    for words in ("BỘ NỘI VỤ", "Sắp xếp đơn vị hành chính cấp xã.", "3.629"):
        assert words in found.text
    assert found.text.index("Sắp xếp") < found.text.index("3.629")


BOMB = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("content", "kind"), [(b"%PDF-1.7 cut off", "pdf"), (b"PK\x03\x04", "docx"), (word_holding(BOMB), "docx")]
)
def test_what_cannot_be_read_is_told_and_raises_nothing(tmp_path: Path, content: bytes, kind: str) -> None:
    assert read_words(kept(tmp_path, content), kind) == Words(fault="unreadable")
