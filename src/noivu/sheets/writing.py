"""Rows go out: XLSX and CSV in constant memory, in Vietnamese, dates as dates, and nothing that a spreadsheet runs."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

from django.utils import timezone

from noivu.core.dates import PartialDate
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.sheets.inert import guarded, would_run
from noivu.sheets.reading.limits import EXCEL_ROWS

_LONGEST_CELL = 32_767
_WIDEST_NUMBER = 10**15
_FIRST_EXCEL_YEAR = 1900
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
_FLUSH_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class OutColumn:
    """A column of an export: its head, and its width in characters (XLSX only)."""

    label: str
    width: int = 18


Row = Sequence[Any]


def write_xlsx(
    columns: Sequence[OutColumn], rows: Iterable[Row], stream: BinaryIO, *, title: str = "", as_of: str = ""
) -> int:
    """Write a workbook of one sheet to a binary stream; returns the number of rows.

    A title and an as-of line stand above the heads when given; the heads stay in sight. Values: text, int, Decimal,
    float, bool (x or blank), date, datetime, PartialDate, None. Memory does not grow with the rows.
    """
    import xlsxwriter  # a tenth of a second of every command, spent only when a workbook is written

    book = xlsxwriter.Workbook(
        stream, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    )
    try:
        return _Page(book, columns).fill(rows, title, as_of)
    finally:
        book.close()


class _Page:
    """The one sheet of a workbook under way."""

    def __init__(self, book: Any, columns: Sequence[OutColumn]) -> None:
        self.sheet = book.add_worksheet()
        self.columns = columns
        self.plain = book.add_format({**_FONT, "text_wrap": True})
        self.inert = book.add_format({**_FONT, "text_wrap": True, "quote_prefix": True})
        self.day = book.add_format({**_FONT, "num_format": "dd/mm/yyyy"})
        self.instant = book.add_format({**_FONT, "num_format": "dd/mm/yyyy hh:mm"})
        self.head = book.add_format({**_FONT, "bold": True, "text_wrap": True, "bottom": 1, "quote_prefix": True})
        self.title = book.add_format({**_FONT, "bold": True, "font_size": 14, "quote_prefix": True})

    def fill(self, rows: Iterable[Row], title: str, as_of: str) -> int:
        for place, column in enumerate(self.columns):
            self.sheet.set_column(place, place, column.width)
        number = 0
        for line, style in ((title, self.title), (as_of, self.inert)):
            if line:
                self.sheet.write_string(number, 0, line, style)
                number += 1
        for place, column in enumerate(self.columns):
            self.sheet.write_string(number, place, column.label, self.head)
        self.sheet.freeze_panes(number + 1, 0)
        self.sheet.repeat_rows(number)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        first = number + 1
        for row in rows:
            number += 1
            if number >= EXCEL_ROWS:
                raise _too_long()
            for place, value in enumerate(row):
                self._write(number, place, value)
        return number + 1 - first

    def _write(self, number: int, place: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            if value:
                self.sheet.write_string(number, place, "x", self.plain)
        elif isinstance(value, int | float | Decimal) and -_WIDEST_NUMBER < value < _WIDEST_NUMBER:
            self.sheet.write_number(number, place, value, self.plain)
        elif isinstance(value, datetime) and value.year >= _FIRST_EXCEL_YEAR:
            self.sheet.write_datetime(number, place, _local(value), self.instant)
        elif isinstance(value, date) and value.year >= _FIRST_EXCEL_YEAR:
            self.sheet.write_datetime(number, place, value, self.day)
        else:
            text = str(value)
            if len(text) > _LONGEST_CELL:
                raise _too_wide(number + 1)
            self.sheet.write_string(number, place, text, self.inert if would_run(text) else self.plain)


def write_csv(columns: Sequence[OutColumn], rows: Iterable[Row], stream: BinaryIO) -> int:
    """Write UTF-8 with its mark (so that Excel reads Vietnamese), commas, CRLF; dates in ISO. Returns the rows.

    Text that a spreadsheet might run is preceded by an apostrophe; the import takes it off again.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([guarded(column.label) for column in columns])
    stream.write(b"\xef\xbb\xbf")
    count = 0
    for row in rows:
        writer.writerow([_in_csv(value) for value in row])
        count += 1
        if count % _FLUSH_EVERY == 0:
            _flush(buffer, stream)
    _flush(buffer, stream)
    return count


def _flush(buffer: io.StringIO, stream: BinaryIO) -> None:
    stream.write(buffer.getvalue().encode("utf-8"))
    buffer.seek(0)
    buffer.truncate()


def _in_csv(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, datetime):
        return f"{_local(value):%Y-%m-%d %H:%M}"
    if isinstance(value, int | float | Decimal | date | PartialDate):
        return str(value)
    return guarded(str(value))


def _local(instant: datetime) -> datetime:
    return timezone.make_naive(instant) if timezone.is_aware(instant) else instant


def _too_long() -> Refusal:
    return Refusal(
        what=Text(
            vi=f"Một trang Excel chứa tối đa {EXCEL_ROWS:,} dòng.".replace(",", "."),
            en=f"An Excel sheet holds at most {EXCEL_ROWS:,} rows.",
        ),
        do=Text(vi="Xuất dạng CSV, hoặc lọc bớt.", en="Export as CSV, or narrow the filter."),
        code="export-too-long",
    )


def _too_wide(row: int) -> Refusal:
    return Refusal(
        what=Text(
            vi=f"Dòng {row} có ô dài hơn {_LONGEST_CELL} ký tự, Excel không chứa được.",
            en=f"Row {row} has a cell longer than {_LONGEST_CELL} characters, which Excel cannot hold.",
        ),
        do=Text(vi="Xuất dạng CSV.", en="Export as CSV."),
        where=str(row),
        code="export-too-wide",
    )
