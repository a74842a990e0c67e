"""Kinds of columns: how the cell of a file becomes a typed value, or a reason why not."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from rapidfuzz import process

from noivu.core.dates import PartialDate, format_day, parse_date, parse_partial_date
from noivu.core.refusals import Refusal
from noivu.core.registry import Registry
from noivu.core.text import fold, nfc
from noivu.core.wording import Text
from noivu.sheets.declarations import Column, ImportContext

_INTEGER = re.compile(r"^[+-]?0*\d{1,18}$")
_GROUPED = re.compile(r"^[+-]?\d{1,3}(?:[.,\u00a0 ]\d{3}){1,5}$")
_LARGEST = 10**18
"""No register counts further, and no database column of whole numbers reaches much beyond."""
_LIKELY_SERIALS = range(20_000, 80_000)
_YES = frozenset({"co", "x", "yes", "y", "1", "true", "dung", "v", "✓", "✔"})
_NO = frozenset({"", "khong", "no", "n", "0", "false", "sai"})
_NEAR = 75
_LISTED = 8
Cell = str | int | float | bool | date | datetime


class CellProblem(Exception):  # noqa: N818  it is a finding about a cell, not an error of the program
    """A cell that cannot be read as its column asks; `reason` says why and what to write instead."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)  # not frozen: one is made for every cell of a file, and a frozen one takes three times as long
class Reading:
    """What a kind may look at beside the cell: its column, the date its value is meant for, the import.

    Kinds that review a file also get what follows. `row` is the number of the row that holds the cell; 0 for a value
    that was given for the whole file. `beside` gives the words of the row that no column takes: a name beside a code.
    """

    column: Column
    on: date | None
    context: ImportContext
    row: int = 0
    beside: Callable[[], Sequence[str]] = tuple


@dataclass(frozen=True, slots=True)
class Finding:
    """What a kind says of a file as a whole, once all its cells were read.

    `codes_of` is the date as of which its codes seem to be meant, where that is not the date of the rows. `doubt` says
    of a cell that was read why it cannot be relied on all the same.
    """

    notes: tuple[Text, ...] = ()
    codes_of: date | None = None
    doubt: Callable[[Cell, Reading], Text | None] | None = None


Parse = Callable[[Cell, Reading], Any]
Review = Callable[[ImportContext], Finding]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of column. `parse` gets cells that are not blank, and raises CellProblem or Refusal.

    `hint` says what to write into a cell. `review` is asked once, after all cells of a file.
    """

    code: str
    parse: Parse
    hint: Text
    review: Review | None = None


kinds: Registry[Kind] = Registry("kinds of columns", key=lambda kind: kind.code)


def provide_kind(code: str, parse: Parse, hint: Text, review: Review | None = None) -> None:
    """Add a kind that a room above knows to read: `units` provides `unit`."""
    kinds.declare(Kind(code, parse, hint, review))


def parse_cell(cell: Cell, reading: Reading) -> Any:
    """The typed value of a cell that is not blank."""
    try:
        return kinds[reading.column.kind].parse(cell, reading)
    except Refusal as refusal:
        raise CellProblem(refusal.text()) from refusal


def shown(cell: Any) -> str:
    """A cell as a person would have typed it."""
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return format_day(cell)
    if isinstance(cell, bool):
        return "x" if cell else ""
    return str(cell)


def _text(cell: Cell, reading: Reading) -> str:
    if isinstance(cell, date) and reading.column.is_key:
        day = format_day(cell)
        raise CellProblem(
            Text(
                vi=f"Ô là ngày {day}, có thể do Excel tự đổi từ một số ký hiệu. Định dạng ô là văn bản rồi nhập lại.",
                en=f"The cell is the date {day}, perhaps made by Excel from a symbol. Format it as text and re-enter.",
            )
        )
    return shown(cell)


def _date(cell: Cell, reading: Reading) -> date:
    _refuse_numbers(cell)
    return parse_date(cell if isinstance(cell, date) else str(cell))


def _partial_date(cell: Cell, reading: Reading) -> PartialDate:
    if isinstance(cell, bool | float):
        _refuse_numbers(cell)
    if isinstance(cell, int) and cell in _LIKELY_SERIALS:
        _refuse_numbers(cell)
    return parse_partial_date(cell if isinstance(cell, date) else str(cell))


def _refuse_numbers(cell: Cell) -> None:
    if isinstance(cell, int | float):
        raise CellProblem(
            Text(
                vi=f"Ô chứa số {cell}, không phải ngày. Định dạng ô là ngày, hoặc nhập dạng 31/10/2024.",
                en=f"The cell holds the number {cell}, not a date. Format it as a date, or enter 31/10/2024.",
            )
        )


def _integer(cell: Cell, reading: Reading) -> int:
    if isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) < _LARGEST:
        return cell
    typed = shown(cell)
    if _INTEGER.match(typed):
        return int(typed.lstrip("+-0") or "0") * (-1 if typed.startswith("-") else 1)
    if isinstance(cell, str) and _GROUPED.match(typed):
        return int(re.sub(r"[.,\u00a0 ]", "", typed))
    raise CellProblem(
        Text(
            vi=f"“{typed[:40]}” không phải số nguyên. Ví dụ đúng: 12.",
            en=f"“{typed[:40]}” is not a whole number, e.g. 12.",
        )
    )


def _boolean(cell: Cell, reading: Reading) -> bool:
    if isinstance(cell, bool):
        return cell
    typed = fold(shown(cell))
    if typed in _YES:
        return True
    if typed in _NO:
        return False
    raise CellProblem(
        Text(
            vi=f"“{shown(cell)[:40]}” không phải có hoặc không. Nhập có/không, hoặc x và để trống.",
            en=f"“{shown(cell)[:40]}” is neither yes nor no. Enter yes/no, or x and blank.",
        )
    )


def _choice(cell: Cell, reading: Reading) -> str:
    words = _choices(reading.column, reading.context)
    typed = fold(shown(cell))
    if typed in words:
        return words[typed]
    near = process.extractOne(typed, words.keys(), score_cutoff=_NEAR)
    column = reading.column
    listed = list(column.choices.values()) if near is None else [column.choices[words[near[0]]]]
    more = " …" if len(listed) > _LISTED else ""
    vi, en = ("; ".join(words[:_LISTED]) + more for words in ([w.vi for w in listed], [w.en for w in listed]))
    raise CellProblem(
        Text(
            vi=f"“{shown(cell)[:40]}” không có trong danh mục. Chọn: {vi}.",
            en=f"“{shown(cell)[:40]}” is not in the list. Choose: {en}.",
        )
    )


def _choices(column: Column, context: ImportContext) -> dict[str, str]:
    kept = context.cache.get(("choices", column.key))
    if kept is None:
        kept = {}
        for code, words in column.choices.items():
            for name in (words.en, words.vi, code):
                kept[fold(name)] = code
        context.cache["choices", column.key] = kept
    found: dict[str, str] = kept
    return found


def cleaned(cell: Cell) -> Cell | None:
    """The stored form of a cell: composed Unicode, no spaces at the ends; None when nothing is left."""
    return _cleaned_text(cell) if isinstance(cell, str) else cell


@lru_cache(maxsize=32_768)
def _cleaned_text(text: str) -> str | None:
    """The cells of registers come again: units, senders, days, names."""
    lines = [nfc(line) for line in text.splitlines()]
    return "\n".join(lines).strip("\n") or None


kinds.declare_all(
    [
        Kind("text", _text, Text(vi="văn bản", en="text")),
        Kind("date", _date, Text(vi="ngày: 31/10/2024 hoặc 2024-10-31", en="date: 31/10/2024 or 2024-10-31")),
        Kind(
            "partial_date",
            _partial_date,
            Text(
                vi="ngày, tháng hoặc năm: 31/10/2024, 10/2024, 2024", en="day, month or year: 31/10/2024, 10/2024, 2024"
            ),
        ),
        Kind("integer", _integer, Text(vi="số nguyên", en="whole number")),
        Kind("boolean", _boolean, Text(vi="có/không, hoặc x và để trống", en="yes/no, or x and blank")),
        Kind("choice", _choice, Text(vi="một giá trị của danh mục", en="one of the list")),
    ]
)
