"""Reading and writing a sheet, beside openpyxl and beside unzip.

Reading is what an import pays before it looks at a row: the check of the archive, the child, rows in the parent.
"""

import contextlib
import struct
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl

from bench.frame import Bench, Findings
from noivu.core.refusals import Refusal
from noivu.sheets.reading.limits import AT_THE_COMMAND_LINE, FROM_THE_WEB
from noivu.sheets.reading.parent import open_sheet
from noivu.sheets.writing import OutColumn, write_xlsx

COLUMNS = 40


def cells(rows: int) -> Iterator[list[object]]:
    for number in range(rows):
        day = date(2024, 1, 1) + timedelta(days=number % 300)
        yield [
            (number * place, day, f"Trích yếu văn bản số {number}", f"{number}/QĐ-BNV")[place % 4]
            for place in range(COLUMNS)
        ]


def write_ours(path: Path, rows: int) -> None:
    with path.open("wb") as stream:
        write_xlsx([OutColumn(f"Cột {n}") for n in range(COLUMNS)], cells(rows), stream)


def write_openpyxl(path: Path, rows: int) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in cells(rows):
        sheet.append(row)
    book.save(path)


def read_ours(path: Path) -> list[tuple[object, ...]]:
    with open_sheet(path, AT_THE_COMMAND_LINE) as sheet:
        return [row.cells for row in sheet.rows()]


def read_openpyxl(path: Path) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path, read_only=True).active.iter_rows(values_only=True))


def unzip(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            archive.read(name)


def inflating(path: Path, bomb: Path) -> None:
    """The workbook with an entry of zeros that inflates to a gigabyte, and says that it holds little."""
    bomb.write_bytes(path.read_bytes())
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", bytes(1_000_000_000))
    declared = struct.pack("<L", 1_000_000_000)
    bomb.write_bytes(bomb.read_bytes().replace(declared, struct.pack("<L", 90_000_000)))


def refuse(bomb: Path) -> None:
    with contextlib.suppress(Refusal), open_sheet(bomb, FROM_THE_WEB) as sheet:
        raise RuntimeError(f"{bomb.name} was read: {sheet.head}")


def measure(findings: Findings, rows: int) -> None:
    """Write and read a workbook by each, and refuse one that inflates."""
    with tempfile.TemporaryDirectory() as directory:
        path, other, bomb = (Path(directory) / name for name in ("a.xlsx", "b.xlsx", "c.xlsx"))
        with findings.timed("noivu: writing"):
            write_ours(path, rows)
        with findings.timed("opponent: openpyxl writing"):
            write_openpyxl(other, rows)
        with findings.timed("noivu: reading"):
            ours = read_ours(path)
        with findings.timed("opponent: openpyxl reading"):
            theirs = read_openpyxl(path)
        _same(ours, theirs, rows)
        with findings.timed("floor: unzip alone"):
            unzip(path)
        inflating(path, bomb)
        with findings.timed("noivu: refusing a file that inflates to a gigabyte (aim 2 s)"):
            refuse(bomb)
    findings.ratio("opponent over noivu, writing", "opponent: openpyxl writing", "noivu: writing", "≥ 1")
    findings.ratio("opponent over noivu, reading", "opponent: openpyxl reading", "noivu: reading", "≥ 1")
    findings.ratio("noivu reading over floor", "noivu: reading", "floor: unzip alone", "none")


def _same(ours: list[tuple[object, ...]], theirs: list[tuple[object, ...]], rows: int) -> None:
    if len(ours) != rows + 1 or [[_plain(cell) for cell in row] for row in theirs] != [[*row] for row in ours]:
        raise SystemExit(f"noivu and openpyxl do not read the same {rows + 1} rows")


def _plain(cell: object) -> object:
    return cell.date() if isinstance(cell, datetime) else cell


BENCH = Bench(
    name="sheets",
    title=f"Writing and reading a workbook of {COLUMNS} columns, beside openpyxl and beside unzip",
    rows=200_000,
    small_rows=1_000,
    measure=measure,
    databases=("sqlite",),
)
