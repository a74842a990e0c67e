"""Official papers as Word and PDF/A: complete, searchable, reproducible, in the layout of Decree 30/2020."""

import io
import unicodedata
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Mm
from pypdf import PdfReader

from noivu.papers.fonts import VIETNAMESE, missing_letters, paper_font
from noivu.papers.paper import Heading, Paper, Paragraph, Run, Table
from noivu.papers.pdf import render_pdf
from noivu.papers.word import render_word

MADE_AT = datetime(2024, 11, 1, 6, 40, tzinfo=UTC)


def a_paper(**changes: object) -> Paper:
    parts: dict[str, object] = {
        "issuer": "Bộ Nội vụ", "symbol": "BC-BNV", "place": "Hà Nội", "kind": "Báo cáo",
        "subject": "Kết quả công tác tháng 10 năm 2024",
        "blocks": [
            Heading("I. Công tác chỉ đạo, điều hành"),
            Paragraph((Run("Tổng số văn bản đến là "), Run("3.629", bold=True), Run(" văn bản <&> đủ."))),
        ],
        "annex": [Table(("Chỉ tiêu", "Tháng 10"), (("Văn bản đến", "3.629"),), frozenset({1}), "Biểu 01")],
        "annex_title": "PHỤ LỤC", "recipients": ["Lưu: VT, VP."], "signer_title": "Chánh Văn phòng",
    }  # fmt: skip
    return Paper(**{**parts, **changes})  # type: ignore[arg-type]  # the parts are spelt above


def text_of_pdf(content: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def text_of_word(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join([paragraph.text for paragraph in document.paragraphs] + cells)


WORDS = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "BỘ NỘI VỤ", "/BC-BNV", "BÁO CÁO",
    "I. Công tác chỉ đạo, điều hành", "3.629", "<&> đủ", "Lưu: VT, VP.", "PHỤ LỤC", "Biểu 01",
]  # fmt: skip


@pytest.mark.parametrize("words", WORDS)
def test_both_forms_say_the_same(words: str) -> None:
    assert words in text_of_pdf(render_pdf(a_paper(), made_at=MADE_AT))
    assert words in text_of_word(render_word(a_paper()))


def test_the_pdf_is_an_archival_one_with_its_fonts_inside() -> None:
    content = render_pdf(a_paper(), made_at=MADE_AT)
    reader = PdfReader(io.BytesIO(content))
    assert b"pdfaid:part>2<" in content
    assert b"pdfaid:conformance>B<" in content
    box = reader.pages[0].mediabox
    assert (round(float(box.width) * 25.4 / 72), round(float(box.height) * 25.4 / 72)) == (210, 297)
    assert "/StructTreeRoot" in reader.trailer["/Root"]  # type: ignore[operator]  # a dictionary in every file


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert render_pdf(a_paper(), made_at=MADE_AT) == render_pdf(a_paper(), made_at=MADE_AT)


def test_margins_are_those_of_the_decree() -> None:
    section = Document(io.BytesIO(render_word(a_paper()))).sections[0]
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(int(margin or 0) / Mm(1)) for margin in margins] == [20, 20, 30, 15]


def test_a_number_below_ten_and_a_day_in_february_get_their_zero() -> None:
    paper = a_paper(number="05", issued_on=date(2024, 2, 5))
    assert paper.number_line == "Số: 05/BC-BNV"
    assert paper.place_and_date == "Hà Nội, ngày 05 tháng 02 năm 2024"
    assert a_paper(issued_on=date(2024, 3, 15)).place_and_date == "Hà Nội, ngày 15 tháng 3 năm 2024"


def test_a_draft_leaves_number_and_day_open() -> None:
    paper = a_paper(expected_month=(2024, 11))
    assert "……" in paper.number_line
    assert paper.place_and_date == "Hà Nội, ngày …… tháng 11 năm 2024"


def test_sample_data_are_marked_on_the_paper() -> None:
    assert "Số liệu mẫu" in text_of_pdf(render_pdf(a_paper(sample=True), made_at=MADE_AT))
    assert "Số liệu mẫu" not in text_of_pdf(render_pdf(a_paper(), made_at=MADE_AT))
    with zipfile.ZipFile(io.BytesIO(render_word(a_paper(sample=True)))) as word:
        headers = "".join(word.read(name).decode() for name in word.namelist() if "header" in name)
    assert "Số liệu mẫu" in headers


def test_the_font_is_judged_by_its_letters(tmp_path: Path) -> None:
    broken = tmp_path / "LiberationSerif-Regular.ttf"
    broken.write_bytes(b"not a font")
    assert missing_letters(broken) == VIETNAMESE
    font = paper_font()
    if font.folder:
        assert not missing_letters(next(font.folder.glob(f"{font.family.replace(' ', '')}-Regular.ttf")))
