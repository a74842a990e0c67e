"""The parent's side of reading: start the child, receive plain rows, and word what it found."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from noivu.core.wording import Text
from noivu.sheets.inert import unguarded
from noivu.sheets.kinds import Cell
from noivu.sheets.reading.limits import Limits
from noivu.sheets.reading.wording import refusal_of

OWN_SHEETS = ("Hướng dẫn", "Danh mục")
"""Sheets of our own templates that hold no rows."""
_CHILD = "noivu.sheets.reading.child"
UNREADABLE = "unreadable"
_NUL, _SHOWN_NUL = "\x00", "␀"
"""No database keeps the character NUL in a text. Its sign takes its place, and the cell counts as unreadable."""
_SIGNS_OF_NUL = ("\\u0000", _SHOWN_NUL)


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as the file has it: its number, its cells, and by column (from 0) those that have no usable value."""

    number: int
    cells: tuple[Cell, ...]
    faults: dict[int, str] = field(default_factory=dict)

    def cell(self, place: int) -> Cell:
        return self.cells[place] if place < len(self.cells) else ""


@dataclass(frozen=True)
class Head:
    """What the child found out about the file before its rows."""

    kind: str
    sheet: str = ""
    others: tuple[str, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    codec: str = ""
    delimiter: str = ""
    table: str = ""
    before: str = ""
    after: str = ""
    share: float = 0.0
    formulas: int = 0
    formula_examples: tuple[str, ...] = ()


class OpenSheet:
    """A file that is being read by a child. `head` first, then `rows()` once."""

    def __init__(self, lines: IO[str], child: "subprocess.Popen[str]") -> None:
        self._lines = lines
        self._child = child
        self.cost: dict[str, Any] = {}
        self._has_nul = False
        self.head = Head(**{name: _frozen(value) for name, value in self._next("head").items()})

    def _next(self, *expected: str) -> Any:
        line = self._lines.readline()
        message = json.loads(line) if line.endswith("\n") else {}
        self._has_nul = any(sign in line for sign in _SIGNS_OF_NUL)
        if "fault" in message:
            self._read_cost()
            raise refusal_of(message["fault"], message["facts"])
        for name in expected:
            if name in message:
                return message[name]
        raise refusal_of("too-costly" if self._child.wait() < 0 else "unreadable", {})

    def rows(self) -> Iterator[RawRow]:
        """The rows that hold anything, in order."""
        guarded = self.head.kind == "csv"
        plain = (int, float, bool) if guarded else (str, int, float, bool)
        while True:
            message = self._next("rows", "end")
            if isinstance(message, dict):
                self._read_cost()
                return
            for number, cells, faults in message:
                typed = tuple(cell if type(cell) in plain else _typed(cell, guarded) for cell in cells)
                row = RawRow(number, typed, {int(place): fault for place, fault in faults.items()})
                yield _without_nul(row) if self._has_nul else row

    def _read_cost(self) -> None:
        line = self._lines.readline()
        self.cost = json.loads(line).get("cost", {}) if line else {}


def _without_nul(row: RawRow) -> RawRow:
    unreadable = {
        place: UNREADABLE
        for place, cell in enumerate(row.cells)
        if isinstance(cell, str) and (_NUL in cell or _SHOWN_NUL in cell)
    }
    faults = {place: fault.replace(_NUL, _SHOWN_NUL) for place, fault in row.faults.items()}
    return RawRow(row.number, _frozen(list(row.cells)), {**unreadable, **faults})


def _frozen(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace(_NUL, _SHOWN_NUL)
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def _typed(cell: Any, guarded: bool) -> Cell:
    if isinstance(cell, dict):
        return date.fromisoformat(cell["d"]) if "d" in cell else datetime.fromisoformat(cell["t"])
    if guarded and isinstance(cell, str) and cell.startswith("'"):
        return unguarded(cell)
    return cell  # type: ignore[no-any-return]  # JSON has no other values where the child writes cells


@contextmanager
def open_sheet(path: Path, limits: Limits, sheet: str | None = None) -> Iterator[OpenSheet]:
    """Read a file in a limited child; a Refusal says what is wrong with it."""
    size = path.stat().st_size
    if limits.file_bytes is not None and size > limits.file_bytes:
        raise refusal_of("too-large", {"size": size, "limit": limits.file_bytes})
    arguments = [str(path.resolve()), json.dumps(limits.plain()), *([sheet] if sheet else [])]
    child = subprocess.Popen(
        [sys.executable, "-m", _CHILD, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join(place for place in sys.path if place), "PYTHONDONTWRITEBYTECODE": "1"},
        encoding="utf-8",
        close_fds=True,
    )
    lines = child.stdout
    if lines is None:
        raise refusal_of("unreadable", {})
    try:
        yield OpenSheet(lines, child)
    finally:
        child.kill()
        lines.close()
        child.wait()


_CODECS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1258": "Windows-1258",
    "cp1252": "Windows-1252",
}
_TABLES = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}


def notes_of(head: Head) -> list[Text]:
    """What the official should know of how the file was read: encoding with its evidence, formulas, other sheets."""
    notes = []
    if head.table:
        share = round(100 * head.share)
        name = _TABLES[head.table]
        notes.append(
            Text(
                vi=f"Đọc theo bảng mã {name}: “{head.before}” là “{head.after}”; {share}% số từ thành tiếng Việt.",
                en=f"Read in the code table {name}: “{head.before}” is “{head.after}”; {share}% of words make sense.",
            )
        )
    elif head.codec in ("cp1252", "cp1258", "utf-16", "utf-16-le", "utf-16-be"):
        name = _CODECS[head.codec]
        notes.append(Text(vi=f"Đọc theo bảng mã {name}.", en=f"Read as {name}."))
    if head.formulas:
        places = ", ".join(head.formula_examples)
        notes.append(
            Text(
                vi=f"{head.formulas} ô có công thức ({places}…): lấy giá trị đã tính trong tệp.",
                en=f"{head.formulas} cells hold formulas ({places}…): the values computed in the file were taken.",
            )
        )
    others = ", ".join(name for name in head.others if name not in OWN_SHEETS)
    if others:
        notes.append(
            Text(
                vi=f"Chỉ đọc trang “{head.sheet}”; không đọc: {others}.",
                en=f"Only the sheet “{head.sheet}” was read, not: {others}.",
            )
        )
    return notes
