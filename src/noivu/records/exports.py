"""The register of outgoing documents as a workbook, in the ten columns of Decree 30/2020 (Phụ lục IV)."""

from collections.abc import Iterable
from typing import Any, BinaryIO

from noivu.core.dates import format_day
from noivu.figures.api import Standpoint
from noivu.records.queries.outgoing import OutgoingLine
from noivu.sheets.api import OutColumn, write_xlsx
from noivu.ui.page import words_of_range

COLUMNS = (
    OutColumn("Số, ký hiệu văn bản", 22),
    OutColumn("Ngày tháng văn bản", 14),
    OutColumn("Tên loại và trích yếu nội dung văn bản", 60),
    OutColumn("Người ký", 22),
    OutColumn("Nơi nhận văn bản", 30),
    OutColumn("Đơn vị, người nhận bản lưu", 24),
    OutColumn("Số lượng bản", 10),
    OutColumn("Ngày chuyển", 12),
    OutColumn("Ký nhận", 12),
    OutColumn("Ghi chú", 24),
)


def write_lines(here: Standpoint, lines: Iterable[OutgoingLine], stream: BinaryIO) -> None:
    """The lines as a workbook."""
    reading = here.question().reading
    write_xlsx(
        COLUMNS,
        (_cells(line) for line in lines),
        stream,
        title="SỔ ĐĂNG KÝ VĂN BẢN ĐI",
        as_of=f"{here.unit.name}, {words_of_range(reading.range).vi}, tính đến hết ngày {format_day(reading.as_of)}",
    )


def _cells(line: OutgoingLine) -> tuple[Any, ...]:
    what = f"{line.kind.vi}: {line.summary}" if line.kind.vi else line.summary
    note = f"Số hủy: {line.cancelled_reason}" if line.cancelled else line.note
    return (
        line.symbol, line.issued_on, what, line.signer, line.recipients, line.kept_by or None, line.copies,
        line.transferred_on, None, note,
    )  # fmt: skip
