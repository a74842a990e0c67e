"""Reading and writing a sheet, beside openpyxl and beside unzip, in one run.

    python -m bench.sheets [ROWS]        (default 5,000 rows of 40 columns; the stack's reference has 200,000)

Reading is what an import pays before it looks at a row: the check of the archive, the child, rows in the parent.
"""

import contextlib
import struct
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl

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


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def write_ours(path: Path, rows: int) -> None:
    with path.open("wb") as stream:
        write_xlsx([OutColumn(f"Cột {n}") for n in range(COLUMNS)], cells(rows), stream)


def write_openpyxl(path: Path, rows: int) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in cells(rows):
        sheet.append(row)
    book.save(path)


def read_ours(path: Path) -> int:
    with open_sheet(path, AT_THE_COMMAND_LINE) as sheet:
        return sum(1 for _ in sheet.rows())


def read_openpyxl(path: Path) -> int:
    return sum(1 for _ in openpyxl.load_workbook(path, read_only=True).active.iter_rows(values_only=True))


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


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as directory:
        path, other = Path(directory) / "a.xlsx", Path(directory) / "b.xlsx"
        writing = timed(lambda: write_ours(path, rows)), timed(lambda: write_openpyxl(other, rows))
        reading = timed(lambda: read_ours(path)), timed(lambda: read_openpyxl(path))
        floor = timed(lambda: unzip(path))
        bomb = Path(directory) / "c.xlsx"
        inflating(path, bomb)
        refusing = timed(lambda: refuse(bomb))
    print(f"{rows} x {COLUMNS}     noivu  openpyxl  openpyxl/noivu")
    print(f"write        {writing[0]:9.2f} {writing[1]:9.2f} {writing[1] / writing[0]:9.1f}")
    print(f"read         {reading[0]:9.2f} {reading[1]:9.2f} {reading[1] / reading[0]:9.1f}   unzip alone {floor:.2f}")
    print(f"refuse a file that inflates to a gigabyte {refusing:.2f}   (aim: 2.00)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
