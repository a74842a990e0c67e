"""Lists and the register of settlement as workbooks, under the heads of Decree 30/2020 (Phụ lục IV)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

from noivu.core.dates import format_day
from noivu.core.wording import Text, both
from noivu.desk.queries.arrivals import IncomingLine
from noivu.figures.api import Standpoint
from noivu.records.api import OWNER, SETTLEMENT_COLUMNS, Direction, RegisterBook, book_words, found_words, summary_words
from noivu.records.api import REGISTER_COLUMNS as COLUMNS
from noivu.sheets.api import OutColumn, write_xlsx

REGISTER, TRACKING, BOOK = "register", "tracking", "book"


@dataclass(frozen=True)
class SheetForm:
    """A form of the decree: its columns, and how a line fills them. Heads are the decree's own words."""

    title: Text
    file_name: str
    columns: tuple[OutColumn, ...]
    cells: Callable[[IncomingLine], tuple[Any, ...]]


def _who(line: IncomingLine) -> str:
    return ", ".join(part for part in (line.unit, line.officer) if part)


def _register(line: IncomingLine) -> tuple[Any, ...]:
    return (
        line.arrived_on, str(line.number), line.issuer, line.symbol, line.issued_on,
        summary_words(line.kind.vi, line.summary), _who(line), line.transferred_on, None, line.note,
    )  # fmt: skip


def _tracking(line: IncomingLine) -> tuple[Any, ...]:
    said = (line.kind.vi, line.symbol, format_day(line.issued_on) if line.issued_on else "", line.issuer)
    what = ", ".join(part for part in said if part)
    owed = line.owed
    return (
        str(line.number), what, _who(line), owed.due_on if owed else None,
        owed.state_words.vi if owed else "", _reply(line), line.note,
    )  # fmt: skip


def _reply(line: IncomingLine) -> str:
    replied_on = line.owed.state.completed_on if line.owed else None
    if not line.reply_symbol or replied_on is None:
        return line.reply_symbol
    return f"{line.reply_symbol}, {format_day(replied_on)}"


FORMS = {
    REGISTER: SheetForm(both("DANH SÁCH VĂN BẢN ĐẾN"), "danh-sach-van-ban-den", COLUMNS[Direction.IN], _register),
    TRACKING: SheetForm(
        both("DANH SÁCH THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN"),
        "theo-doi-giai-quyet",
        SETTLEMENT_COLUMNS,
        _tracking,
    ),
}


def write_lines(form: str, here: Standpoint, lines: Iterable[IncomingLine], stream: BinaryIO) -> None:
    """What a list has found, in its order; each row with the unit whose register holds it."""
    wanted = FORMS[form]
    write_xlsx(
        (OWNER, *wanted.columns),
        ((line.register_of, *wanted.cells(line)) for line in lines),
        stream,
        title=wanted.title.vi,
        as_of=found_words(here),
    )


def write_tracking(book: RegisterBook, lines: Iterable[IncomingLine], stream: BinaryIO) -> None:
    """The whole register of settlement (sổ theo dõi giải quyết văn bản đến) of a unit and year, by number."""
    form = FORMS[TRACKING]
    title = "SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN"
    write_xlsx(form.columns, map(form.cells, lines), stream, title=title, as_of=book_words(book))
