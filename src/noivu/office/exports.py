"""Registers as workbooks, in the columns that Decree 30/2020 gives them (Phụ lục IV)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

from noivu.core.dates import format_day
from noivu.core.wording import Text, both
from noivu.figures.api import Standpoint
from noivu.office.queries.arrivals import IncomingLine
from noivu.sheets.api import OutColumn, write_xlsx
from noivu.ui.page import words_of_range

REGISTER, TRACKING = "register", "tracking"


@dataclass(frozen=True)
class SheetForm:
    """A form of the decree: its columns, and how a line fills them. Heads are the decree's own words."""

    title: Text
    file_name: str
    columns: tuple[tuple[str, int], ...]
    cells: Callable[[IncomingLine], tuple[Any, ...]]


def _kind_and_summary(line: IncomingLine) -> str:
    return f"{line.kind.vi}: {line.summary}" if line.kind.vi else line.summary


def _who(line: IncomingLine) -> str:
    return ", ".join(part for part in (line.unit, line.officer) if part)


def _register(line: IncomingLine) -> tuple[Any, ...]:
    return (
        line.arrived_on, str(line.number), line.issuer, line.symbol, line.issued_on,
        _kind_and_summary(line), _who(line), line.transferred_on, None, line.note,
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
    REGISTER: SheetForm(
        both("SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"),
        "so-van-ban-den",
        (
            ("Ngày đến", 12),
            ("Số đến", 9),
            ("Tác giả", 28),
            ("Số, ký hiệu", 20),
            ("Ngày tháng", 12),
            ("Tên loại và trích yếu nội dung", 60),
            ("Đơn vị hoặc người nhận", 30),
            ("Ngày chuyển", 12),
            ("Ký nhận", 12),
            ("Ghi chú", 24),
        ),
        _register,
    ),
    TRACKING: SheetForm(
        both("SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN"),
        "theo-doi-giai-quyet",
        (
            ("Số đến", 9),
            ("Tên loại, số và ký hiệu, ngày tháng, tác giả", 50),
            ("Đơn vị hoặc người nhận", 30),
            ("Thời hạn giải quyết", 14),
            ("Tiến độ giải quyết", 18),
            ("Số, ký hiệu văn bản trả lời", 26),
            ("Ghi chú", 24),
        ),
        _tracking,
    ),
}


def write_lines(form: str, here: Standpoint, lines: Iterable[IncomingLine], stream: BinaryIO) -> None:
    """The lines as a workbook."""
    wanted = FORMS[form]
    reading = here.question().reading
    write_xlsx(
        [OutColumn(label, width) for label, width in wanted.columns],
        (wanted.cells(line) for line in lines),
        stream,
        title=wanted.title.vi,
        as_of=f"{here.unit.name}, {words_of_range(reading.range).vi}, tính đến hết ngày {format_day(reading.as_of)}",
    )
