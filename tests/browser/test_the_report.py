"""The month's report: evidence beside the paper, passages that are written in it, the paper taken out as files."""

import io
import re
from pathlib import Path

import docx
import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.keys import press
from tests.browser.serving import Installation

WORDS = "Trình Chính phủ dự thảo Nghị định về vị trí việc làm; hoàn thiện đề án sắp xếp đơn vị hành chính cấp xã."


def test_evidence_of_a_figure_opens_beside_the_paper(opened: Opener) -> None:
    page = opened("binh", "/reports/{report}/")
    figure = page.locator('.paper a.fig[href*="documents.reply_required"]').first
    said = figure.inner_text()
    figure.click()
    evidence = page.locator("#evidence")
    expect(evidence.locator("p.value .num")).to_have_text(said)
    expect(evidence.locator("ol.records > li").first).to_be_visible()
    assert re.search(r"/reports/\d+/$", page.url), "the paper stays where it is"
    expect(page.locator(".paper-title")).to_be_visible()


def test_evidence_is_brought_into_sight_on_a_phone_and_closes_to_its_number(opened: Opener) -> None:
    page = opened("binh", "/reports/{report}/", viewport={"width": 375, "height": 700})
    figure = page.locator('.paper a.fig[href*="documents.reply_required"]').first
    figure.focus()
    press(page, "Enter")
    expect(page.locator("#evidence p.value")).to_be_in_viewport()
    expect(figure).to_have_attribute("aria-current", "true")
    press(page, "Escape")
    expect(figure).to_be_focused()
    expect(figure).to_be_in_viewport()
    expect(page.locator("#evidence .balances")).to_be_attached()
    assert figure.get_attribute("aria-current") is None


def test_a_passage_that_is_written_stands_in_the_paper(opened: Opener) -> None:
    page = opened("binh", "/reports/{report}/")
    page.locator("#slot-next\\.text a.write").click()
    page.get_by_label("Lời báo cáo").fill(WORDS)
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator(".paper #slot-next\\.text")).to_contain_text(WORDS)
    expect(page.locator("#slot-next\\.text .unwritten")).to_have_count(0)


def test_a_passage_not_saved_changes_nothing(opened: Opener) -> None:
    page = opened("binh", "/reports/{report}/")
    slot = page.locator("#slot-limits\\.text")
    before = slot.inner_text()
    slot.locator("a.write").click()
    page.get_by_label("Lời báo cáo").fill("Không lưu câu này.")
    page.get_by_role("link", name="Không lưu").click()
    assert page.locator("#slot-limits\\.text").inner_text() == before


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_report_is_taken_out_as(kind: str, opened: Opener, served: Installation) -> None:
    page = opened("binh", "/reports/{report}/")
    required = page.locator('.paper a.fig[href*="documents.reply_required"]').first.inner_text()
    written = exported(page, kind)
    text = re.sub(r"\s+", " ", TEXT_OF[kind](written))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "BỘ NỘI VỤ" in text
    assert f"{required} văn bản phải trả lời" in text


def exported(page: Page, kind: str) -> bytes:
    page.locator("details.pick", has_text="Xuất").locator("summary").click()
    with page.expect_download() as download:
        page.locator(f'a[href$="/export/{kind}/"]').click()
    assert download.value.suggested_filename.endswith(kind)
    return Path(download.value.path()).read_bytes()


def text_of_docx(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def text_of_pdf(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


TEXT_OF = {"docx": text_of_docx, "pdf": text_of_pdf}
