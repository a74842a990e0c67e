"""No cell of an export is run by a spreadsheet, and what is exported reads back as it was."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from noivu.sheets.api import OutColumn, write_csv, write_xlsx
from noivu.sheets.inert import guarded, unguarded, would_run

DANGEROUS = ["=1+1", "+84 24", "-2", "@SUM(A1)", "\t=1", "\r=1", " =cmd|'/c calc'!A1", "＝1+1", "\n=1"]
COLUMNS = [OutColumn("Số đến"), OutColumn("Trích yếu")]
TEXTS = some.text(some.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30)


def in_csv(rows: list[list[object]]) -> list[list[str]]:
    stream = io.BytesIO()
    write_csv(COLUMNS, rows, stream)
    return list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"), newline="")))


def in_xlsx(rows: list[list[object]], **lines: str) -> bytes:
    stream = io.BytesIO()
    write_xlsx(COLUMNS, rows, stream, **lines)
    return stream.getvalue()


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_csv_cell_that_would_run_gets_an_apostrophe(text: str) -> None:
    assert in_csv([[1, text]])[1] == ["1", "'" + text]


@given(TEXTS)
def test_no_text_in_a_csv_would_run_and_each_reads_back(text: str) -> None:
    carried = guarded(text)
    assert not would_run(carried)
    assert unguarded(carried) == text


@given(some.sampled_from(DANGEROUS), TEXTS, some.integers(0, 3))
def test_apostrophes_of_the_text_itself_survive(start: str, rest: str, quotes: int) -> None:
    text = "'" * quotes + start + rest
    assert unguarded(guarded(text)) == text


def test_numbers_stay_numbers_in_a_csv() -> None:
    assert in_csv([[-2, Decimal("-1.5")]])[1] == ["-2", "-1.5"]


def test_dates_in_a_csv_are_iso() -> None:
    assert in_csv([[date(2024, 10, 31), True]])[1] == ["2024-10-31", "x"]


@pytest.mark.parametrize("text", [t for t in DANGEROUS if "\r" not in t])
def test_an_xlsx_cell_that_would_run_is_text_with_a_quote_prefix(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(in_xlsx([[1, text]])))
    cell = book.active["B2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)


def test_heads_and_the_lines_above_them_are_text_with_a_quote_prefix() -> None:
    stream = io.BytesIO()
    write_xlsx([OutColumn("=1+1")], [["x"]], stream, title="+1", as_of="@a")
    sheet = openpyxl.load_workbook(stream).active
    assert [(sheet[f"A{row}"].value, sheet[f"A{row}"].quotePrefix) for row in (1, 2, 3)] == [
        ("+1", True), ("@a", True), ("=1+1", True),
    ]  # fmt: skip


@settings(max_examples=20)
@given(some.lists(some.tuples(some.sampled_from(DANGEROUS), TEXTS), max_size=5))
def test_an_xlsx_never_holds_a_formula(cells: list[tuple[str, str]]) -> None:
    archive = zipfile.ZipFile(io.BytesIO(in_xlsx([[start, start + text] for start, text in cells])))
    assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_an_xlsx_has_its_title_as_of_line_and_frozen_heads() -> None:
    content = in_xlsx([[7, date(2024, 10, 31)]], title="Sổ văn bản đến", as_of="Tính đến hết ngày 31/10/2024")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [cell.value for cell in sheet["A"]] == ["Sổ văn bản đến", "Tính đến hết ngày 31/10/2024", "Số đến", 7]
    assert sheet.freeze_panes == "A4"
    assert sheet["B4"].is_date
