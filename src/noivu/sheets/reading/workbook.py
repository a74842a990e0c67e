"""Workbooks of Excel: the right sheet, its rows as plain values, its merged cells."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

import python_calamine as calamine

from noivu.sheets.legacy.detection import Finding, find_table
from noivu.sheets.reading.archive import open_archive, sheet_entries
from noivu.sheets.reading.faults import Fault
from noivu.sheets.reading.formulas import FormulaWatcher
from noivu.sheets.reading.limits import Limits

_SAMPLE_ROWS = 2_000
_HEAD_ROWS = 60
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
Cell = str | int | float | bool | dict[str, str]


@dataclass(frozen=True, slots=True)
class Workbook:
    """One sheet of a workbook, opened within the limits."""

    sheet: Any
    name: str
    others: tuple[str, ...]
    formulas: FormulaWatcher = field(default_factory=FormulaWatcher)

    def merged(self) -> list[tuple[int, int, int, int]]:
        """Merged cells near the top (first row, first column, last row, last column; from 0): heads are made so."""
        ranges = self.sheet.merged_cell_ranges or []
        return [(*first, *last) for first, last in ranges if first[0] < _HEAD_ROWS]

    def finding(self) -> Finding | None:
        """The old code table of its text cells, if they are in one."""
        rows = itertools.islice(self.sheet.iter_rows(), _SAMPLE_ROWS)
        return find_table(cell for row in rows for cell in row if isinstance(cell, str) and cell)

    def rows(self, finding: Finding | None) -> Iterator[list[Cell]]:
        """The rows from the first of the sheet, as plain values."""
        start = self.sheet.start
        if start is None:
            return
        indent: list[Cell] = [""] * start[1]
        for row in self.sheet.iter_rows():
            # Most cells are text in Unicode: they pass without a call, which halves the time of a large sheet.
            yield indent + [cell if type(cell) is str and not finding else _plain(cell, finding) for cell in row]


def _plain(cell: Any, finding: Finding | None) -> Cell:
    if isinstance(cell, str):
        return finding.convert(cell) if finding and cell else cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else cell
    if isinstance(cell, datetime):
        return {"d": cell.date().isoformat()} if cell.time() == time() else {"t": cell.isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    if isinstance(cell, time | timedelta):
        return str(cell)
    return cell  # type: ignore[no-any-return]  # what remains are int and bool


def open_zipped(stream: BinaryIO, limits: Limits, wanted: str | None) -> Workbook:
    """An .xlsx: check all of its archive first, then let the reader of workbooks at it."""
    archive = open_archive(stream, limits)
    if "xl/workbook.xml" not in archive.entries:
        raise Fault("not-workbook")
    watchers = [(entry, FormulaWatcher()) for entry in sheet_entries(archive)]
    archive.check_contents(dict(watchers))
    for _, watcher in watchers:
        watcher.close()
    stream.seek(0)
    place, workbook = _open(stream, wanted)
    return replace(workbook, formulas=watchers[place][1]) if place < len(watchers) else workbook


def open_compound(stream: BinaryIO, wanted: str | None) -> Workbook:
    """An .xls of Excel 97-2003, unless it is an encrypted workbook or one with macros."""
    contents = stream.read()
    if _ENCRYPTED in contents:
        raise Fault("encrypted")
    if _MACROS in contents:
        raise Fault("macros")
    stream.seek(0)
    return _open(stream, wanted)[1]


def _open(stream: BinaryIO, wanted: str | None) -> tuple[int, Workbook]:
    """The sheet that was asked for, or the first visible one that holds anything; and its place."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(stream)
        visible = [
            (place, sheet.name)
            for place, sheet in enumerate(book.sheets_metadata)
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet and sheet.visible == calamine.SheetVisibleEnum.Visible
        ]
        names = [name for _, name in visible]
        if wanted is not None and wanted not in names:
            raise Fault("no-such-sheet", wanted=wanted, sheets=", ".join(names))
        for place, name in visible:
            if wanted is None or name == wanted:
                sheet = book.get_sheet_by_index(place)
                if sheet.start is not None:
                    return place, Workbook(sheet, name, tuple(other for other in names if other != name))
    except calamine.PasswordError as locked:
        raise Fault("encrypted") from locked
    except calamine.CalamineError as broken:
        raise Fault("truncated", reason=str(broken)) from broken
    raise Fault("empty")
