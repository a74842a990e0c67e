"""Files that are not what they say: each is refused with words in both languages, and nothing is written."""

import io
import json
import struct
import zipfile
from collections import deque
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from noivu.core.refusals import Refusal
from noivu.sheets.api import FROM_THE_WEB, Limits
from noivu.sheets.models import Batch
from noivu.sheets.reading.archive import open_archive
from noivu.sheets.reading.faults import Fault
from noivu.sheets.reading.parent import OpenSheet, open_sheet
from noivu.sheets.tests.compound import workbook_of_1997
from noivu.sheets.tests.conftest import counts, import_papers, kept
from noivu.sheets.tests.papers import GOOD, HEADS, papers

Make = Callable[..., Path]
MEGABYTES = 1 << 20
SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def refused(path: Path, limits: Limits = FROM_THE_WEB) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        import_papers(path, limits=limits)
    assert refusal.value.text().vi != refusal.value.text().en
    assert not Batch.objects.exists()
    return refusal.value


def with_entries(path: Path, extra: dict[str, bytes], **how: int) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in extra.items():
            archive.writestr(name, content)
    return path


@pytest.mark.django_db
class TestArchives:
    def test_a_workbook_that_inflates_beyond_the_limit_is_refused_at_little_cost(self, workbook: Make) -> None:
        path = with_entries(workbook([HEADS, GOOD]), {"xl/media/a.bin": bytes(101_000_000)})
        code, cost = refused_at_a_cost(path)
        assert code == "file-archive-too-large"
        assert cost["memory_kilobytes"] <= 300_000

    def test_what_declares_too_much_is_refused_before_any_of_it_is_inflated(self, workbook: Make) -> None:
        path = with_entries(workbook([HEADS, GOOD]), {"xl/media/a.bin": bytes(101_000_000)})
        stream = Counting(path.read_bytes())
        with pytest.raises(Fault) as fault:
            open_archive(stream, FROM_THE_WEB)
        assert fault.value.code == "archive-too-large"
        assert stream.taken < 2 * (1 << 16) + 10_000  # the end of the file, where its directory lies, twice

    def test_a_lie_about_a_size_is_found_one_block_beyond_it(self, workbook: Make) -> None:
        path = with_entries(workbook([HEADS, GOOD]), {"xl/worksheets/sheet9.xml": bytes(90_000_000)})
        declared = struct.pack("<L", 90_000_000)
        content = path.read_bytes().replace(declared, struct.pack("<L", 300_000))
        archive = open_archive(io.BytesIO(content), limits_with(ratio=1_000_000))
        seen = []
        with pytest.raises(Fault) as fault:
            seen.extend(map(len, archive.inflate(archive.entries["xl/worksheets/sheet9.xml"])))
        assert fault.value.code == "archive-lies"
        assert sum(seen) <= 300_000

    def test_a_workbook_packed_abnormally_is_refused(self, workbook: Make) -> None:
        path = with_entries(workbook([HEADS, GOOD]), {"xl/worksheets/sheet9.xml": bytes(5_000_000)})
        assert refused(path).code == "file-archive-bomb"

    def test_a_header_that_lies_about_the_size_is_found_while_inflating(self, workbook: Make) -> None:
        path = with_entries(workbook([HEADS, GOOD]), {"xl/worksheets/sheet9.xml": bytes(90_000_000)})
        content = path.read_bytes()
        declared = struct.pack("<L", 90_000_000)
        assert content.count(declared) == 2
        path.write_bytes(content.replace(declared, struct.pack("<L", 5_000)))
        code, cost = refused_at_a_cost(path)
        assert code == "file-archive-lies"
        assert cost["memory_kilobytes"] <= 300_000

    def test_too_many_entries_are_refused(self, workbook: Make) -> None:
        path = with_entries(workbook([HEADS, GOOD]), {f"xl/media/{n}": b"" for n in range(2_001)})
        assert refused(path).code == "file-archive-too-many"

    def test_a_directory_of_great_length_is_not_even_read(self, workbook: Make) -> None:
        path = with_entries(workbook([HEADS, GOOD]), {f"xl/media/{'a' * 1_000}{n}": b"" for n in range(2_100)})
        assert refused(path).code == "file-archive-too-many"

    def test_macros_are_refused(self, workbook: Make) -> None:
        assert refused(with_entries(workbook([HEADS, GOOD]), {"xl/vbaProject.bin": b"x"})).code == "file-macros"

    def test_external_links_are_refused(self, workbook: Make) -> None:
        path = with_entries(workbook([HEADS, GOOD]), {"xl/externalLinks/externalLink1.xml": b"<a/>"})
        assert refused(path).code == "file-external-links"

    def test_a_truncated_workbook_is_refused(self, workbook: Make) -> None:
        path = workbook([HEADS, GOOD])
        path.write_bytes(path.read_bytes()[:-700])
        assert refused(path).code == "file-truncated"

    def test_a_workbook_with_a_damaged_sheet_is_refused(self, workbook: Make) -> None:
        path = workbook([HEADS, *([n, *GOOD[1:]] for n in range(500))])
        content = bytearray(path.read_bytes())
        place = content.index(b"xl/worksheets/sheet1.xml") + 400
        content[place : place + 200] = bytes(200)
        path.write_bytes(bytes(content))
        assert refused(path).code in ("file-truncated", "file-archive-lies")

    def test_another_zip_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "a.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("word/document.xml", "<a/>")
        assert refused(path).code == "file-not-workbook"

    def test_cells_at_both_ends_of_the_sheet_exhaust_the_child_and_end_in_words(self, workbook: Make) -> None:
        book = openpyxl.load_workbook(workbook([HEADS, GOOD]))
        book.active["XFD1048576"] = "x"
        path = workbook([])
        book.save(path)
        assert refused(path).code == "file-too-costly"


class Counting(io.BytesIO):
    """A file that counts the bytes taken from it."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        found = super().read(size)
        self.taken += len(found)
        return found


def without_entry(path: Path, name: str) -> Path:
    with zipfile.ZipFile(path) as archive:
        entries = {each: archive.read(each) for each in archive.namelist() if each != name}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in entries.items():
            archive.writestr(each, content)
    return path


def broken_off(left: int) -> bytes:
    """A register whose last row ends so many bytes into its last two cells."""
    whole = 'number,received_on,summary,issuer\n7,31/10/2024,Số,"Bộ Nội vụ"\n8,31/10/2024,Số,"Bộ"\n'.encode()
    return whole[: whole.index(b"8,31") + len(b"8,31/10/2024,") + left]


def limits_with(**changes: int) -> Limits:
    return Limits(**{**FROM_THE_WEB.plain(), **changes})


def refused_at_a_cost(path: Path) -> tuple[str, dict[str, float]]:
    """The code of the refusal, and what the child measured of itself."""
    seen: list[OpenSheet] = []
    original = OpenSheet._read_cost

    def remember(sheet: OpenSheet) -> None:
        original(sheet)
        seen.append(sheet)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OpenSheet, "_read_cost", remember)
        code = refused(path).code
    return code, seen[0].cost


@pytest.mark.django_db
class TestOtherFiles:
    def test_an_empty_file(self, text_file: Make) -> None:
        assert refused(text_file("")).code == "file-empty"

    def test_a_file_of_blank_lines(self, text_file: Make) -> None:
        assert refused(text_file("\n\n  \n")).code == "file-empty"

    def test_a_workbook_without_any_cell(self, workbook: Make) -> None:
        assert refused(workbook([])).code == "file-empty"

    @pytest.mark.parametrize(
        "start", ["<html><table>", "<!DOCTYPE html>", '<?xml version="1.0"?><Workbook>', "MIME-Version: 1.0"]
    )
    def test_a_web_page_under_the_name_of_a_workbook(self, text_file: Make, start: str) -> None:
        refusal = refused(text_file(start, "so.xls"))
        assert refusal.code == "file-web-page"
        assert ".xlsx" in str(refusal.do)

    def test_a_pdf(self, text_file: Make) -> None:
        assert "PDF" in str(refused(text_file(b"%PDF-1.7 x", "so.xlsx")))

    def test_bytes_that_are_no_text(self, text_file: Make) -> None:
        assert refused(text_file(bytes(range(256)) * 4)).code == "file-not-text"

    def test_an_encrypted_workbook(self, text_file: Make) -> None:
        content = workbook_of_1997([["a"]]) + "EncryptedPackage".encode("utf-16-le")
        assert refused(text_file(content, "so.xlsx")).code == "file-encrypted"

    def test_an_old_workbook_with_macros(self, text_file: Make) -> None:
        content = workbook_of_1997([["a"]]) + "_VBA_PROJECT_CUR".encode("utf-16-le")
        assert refused(text_file(content, "so.xls")).code == "file-macros"

    def test_a_truncated_old_workbook(self, text_file: Make) -> None:
        assert refused(text_file(workbook_of_1997([["a"]])[:900], "so.xls")).code == "file-truncated"

    def test_more_rows_than_the_web_takes(self, text_file: Make) -> None:
        path = text_file("number,received_on,issuer\n" + "7,31/10/2024,A\n" * 30)
        refusal = refused(path, limits_with(rows=20))
        assert refusal.code == "file-too-many-rows"

    def test_a_file_larger_than_the_web_takes(self, text_file: Make) -> None:
        assert refused(text_file("a,b\n" * 1000), limits_with(file_bytes=1000)).code == "file-too-large"

    def test_a_quotation_mark_that_never_closes_is_told_with_its_line(self, text_file: Make) -> None:
        refusal = refused(text_file('number,received_on,issuer\n7,31/10/2024,A\n8,31/10/2024,"B\n9,31/10/2024,C\n'))
        assert (refusal.code, refusal.where) == ("file-quoting", "3")

    @pytest.mark.parametrize("left", [1, 4, 5])
    def test_a_csv_that_breaks_off_between_cells_keeps_its_last_row_aside(
        self, text_file: Make, register: None, left: int
    ) -> None:
        batch = import_papers(text_file(broken_off(left)))
        assert [row[0] for row in papers()] == [7]
        assert [(number, column) for number, column, _ in kept(batch)] == [(3, "issuer")]

    @pytest.mark.parametrize(("left", "code"), [(2, "truncated"), (3, "truncated"), (9, "truncated"), (7, "quoting")])
    def test_a_csv_that_breaks_off_within_a_character_or_quotation_marks_is_refused(
        self, text_file: Make, register: None, left: int, code: str
    ) -> None:
        assert refused(text_file(broken_off(left))).code == f"file-{code}"
        assert papers() == []

    def test_a_real_sheet_of_more_rows_than_the_web_takes_is_refused_at_little_cost(self, workbook: Make) -> None:
        row = '<row r="{0}"><c r="A{0}"><v>{0}</v></c><c r="B{0}"><v>1</v></c></row>'
        rows = "".join(map(row.format, range(1, (FROM_THE_WEB.rows or 0) + 2)))
        sheet = f'<worksheet xmlns="{SPREADSHEET}"><sheetData>{rows}</sheetData></worksheet>'
        path = with_entries(without_entry(workbook([HEADS]), SHEET), {SHEET: sheet.encode()})
        with open_sheet(path, FROM_THE_WEB) as opened, pytest.raises(Refusal) as refusal:
            deque(opened.rows(), maxlen=0)
        assert refusal.value.code == "file-too-many-rows"
        assert "200.000" in refusal.value.text().vi
        assert opened.cost["memory_kilobytes"] <= 500_000

    def test_a_quotation_mark_in_the_wrong_place_is_told_with_its_line(self, text_file: Make) -> None:
        refusal = refused(text_file('number,received_on,issuer\n7,31/10/2024,"A"x\n'))
        assert (refusal.code, refusal.where) == ("file-quoting", "2")


@pytest.mark.usefixtures("register")
class TestOddButGood:
    def test_a_workbook_of_excel_97(self, text_file: Make) -> None:
        content = workbook_of_1997([["number", "received_on", "issuer"], [7, "31/10/2024", "Bộ Nội vụ"]])
        assert counts(import_papers(text_file(content, "so.xls"))) == (1, 1, 0, 0)
        assert papers()[0][2] == "Bộ Nội vụ"

    def test_a_declared_million_rows_with_ten_filled_is_read_as_ten(self, tmp_path: Path) -> None:
        book = xlsxwriter.Workbook(tmp_path / "so.xlsx")
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        for number, row in enumerate([HEADS[:3], *([n, "31/10/2024", "A"] for n in range(10))]):
            sheet.write_row(number, 0, row)
        sheet.write_blank(1_048_575, 16_000, None, bold)
        book.close()
        assert counts(import_papers(tmp_path / "so.xlsx", limits=FROM_THE_WEB)) == (10, 10, 0, 0)

    def test_a_computed_formula_gives_its_value_and_is_noted(self, tmp_path: Path) -> None:
        book = xlsxwriter.Workbook(tmp_path / "so.xlsx")
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADS[:3])
        sheet.write_formula(1, 0, "=3+4", None, 7)
        sheet.write_row(1, 1, ["31/10/2024", "A"])
        book.close()
        batch = import_papers(tmp_path / "so.xlsx")
        assert (counts(batch), papers()[0][0]) == ((1, 1, 0, 0), 7)
        assert "A2" in batch.notes[0]["vi"]

    def test_a_formula_without_a_value_is_kept_with_its_row(self, workbook: Make) -> None:
        [(number, column, reason)] = kept(import_papers(workbook([HEADS, GOOD, ["=3+4", *GOOD[1:]]])))
        assert (number, column) == (3, "number")
        assert "công thức chưa có giá trị" in reason.vi

    def test_an_error_value_is_kept_and_named(self, tmp_path: Path) -> None:
        book = xlsxwriter.Workbook(tmp_path / "so.xlsx")
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADS[:3])
        sheet.write_row(1, 0, [7, "31/10/2024"])
        sheet.write_formula(1, 2, "=VLOOKUP(1,A1:A2,9)", None, "#REF!")
        book.close()
        [(_, column, reason)] = kept(import_papers(tmp_path / "so.xlsx"))
        assert column == "issuer"
        assert "#REF!" in reason.en

    def test_dates_of_a_workbook_are_dates(self, tmp_path: Path) -> None:
        from datetime import date

        book = openpyxl.Workbook()
        book.active.append(HEADS[:3])
        book.active.append([7, date(2024, 10, 31), "A"])
        book.save(tmp_path / "so.xlsx")
        import_papers(tmp_path / "so.xlsx")
        assert papers()[0][1] == "2024-10-31"

    def test_other_sheets_are_named(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        book.active.append(HEADS)
        book.active.append(GOOD)
        book.create_sheet("Năm 2023").append(["x"])
        book.save(tmp_path / "so.xlsx")
        assert "Năm 2023" in import_papers(tmp_path / "so.xlsx").notes[0]["vi"]

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    def test_text_in_every_unicode_with_every_delimiter(self, text_file: Make, delimiter: str, encoding: str) -> None:
        rows = [["Số đến", "Ngày đến", "Nơi gửi"], ["7", "31/10/2024", "Bộ Nội vụ"]]
        path = text_file("\r\n".join(delimiter.join(row) for row in rows), encoding=encoding)
        assert counts(import_papers(path)) == (1, 1, 0, 0)
        assert papers()[0][2] == "Bộ Nội vụ"

    def test_commas_in_texts_do_not_mislead_the_search_for_the_delimiter(self, text_file: Make) -> None:
        line = "{};31/10/2024;Bộ Nội vụ;một, hai, ba, bốn\n"
        path = text_file("number;received_on;issuer;summary\n" + "".join(line.format(n) for n in range(5)))
        assert import_papers(path).applied == 5


def test_the_child_can_open_no_connection_once_it_reads(workbook: Make) -> None:
    """A process whose limit of descriptors is zero can neither open a file nor a socket."""
    import subprocess
    import sys

    code = (
        "import socket; from noivu.sheets.reading.child import open_nothing_more; open_nothing_more()\n"
        "try:\n socket.socket()\nexcept OSError as error:\n print(error.errno)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert done.stdout.strip() == "24"


def test_what_the_child_imports_is_free_of_the_web_framework() -> None:
    import subprocess
    import sys

    code = "import json, sys, noivu.sheets.reading.child; print(json.dumps([m for m in sys.modules if 'django' in m]))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert json.loads(done.stdout) == []


def test_rows_come_with_the_numbers_a_spreadsheet_shows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["B3"], book.active["C7"] = "a", "b"
    book.save(tmp_path / "a.xlsx")
    with open_sheet(tmp_path / "a.xlsx", FROM_THE_WEB) as sheet:
        assert [(row.number, row.cells) for row in sheet.rows()] == [(3, ("", "a")), (7, ("", "", "b"))]


def test_an_export_reads_back(tmp_path: Path) -> None:
    from noivu.sheets.api import OutColumn, write_csv

    stream = io.BytesIO()
    write_csv([OutColumn("a")], [["=1+1"], ["'x"], ["-5"]], stream)
    (tmp_path / "a.csv").write_bytes(stream.getvalue())
    with open_sheet(tmp_path / "a.csv", FROM_THE_WEB) as sheet:
        assert [row.cells[0] for row in sheet.rows()] == ["a", "=1+1", "'x", "-5"]
