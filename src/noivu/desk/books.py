"""Registers beside those of documents, in the words and columns of Decree 30/2020: sheet, list and lines of each.

copies    bản sao: one series of numbers for all kinds. The decree has no form for their register: its columns are
          those of outgoing documents (UNVERIFIED).
postings  sổ gửi văn bản đi bưu điện (Phụ lục IV, mục III), 6 columns.
kept      sổ sử dụng bản lưu (Phụ lục IV, mục IV), 9 columns.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.wording import Text
from noivu.desk.queries.papers import Paper, copies_of_year, papers_in
from noivu.figures.api import Standpoint
from noivu.records.api import (
    HIDDEN,
    Direction,
    DocumentCopy,
    IncomingDocument,
    KeptCopyUse,
    OutgoingDocument,
    Posting,
    found_words,
    kind_label,
    summary_words,
)
from noivu.records.api import REGISTER_COLUMNS as COLUMNS
from noivu.sheets.api import OutColumn, write_xlsx

Cells = tuple[Any, ...]
POSTAL_COLUMNS = (
    OutColumn("Ngày chuyển", 12),
    OutColumn("Số, ký hiệu văn bản", 28),
    OutColumn("Nơi nhận văn bản", 40),
    OutColumn("Số lượng bì", 10),
    OutColumn("Ký nhận và dấu bưu điện", 24),
    OutColumn("Ghi chú", 24),
)
USE_COLUMNS = (
    OutColumn("Ngày tháng", 12),
    OutColumn("Họ tên người sử dụng", 24),
    OutColumn("Số, ký hiệu ngày tháng văn bản", 28),
    OutColumn("Tên loại và trích yếu nội dung văn bản", 60),
    OutColumn("Số và ký hiệu HS", 16),
    OutColumn("Ký nhận", 12),
    OutColumn("Ngày trả", 12),
    OutColumn("Người cho phép sử dụng", 24),
    OutColumn("Ghi chú", 24),
)


@dataclass(frozen=True)
class Book:
    """A register: its rows are of `model`, in the order of their `day`; a file of it is called `file_name`."""

    code: str
    model: type[Paper]
    day: str
    heading: Text
    title: str
    file_name: str
    columns: tuple[OutColumn, ...]
    cells: Callable[[Any], Cells]

    def write(self, here: Standpoint, stream: BinaryIO) -> None:
        """The register of the unit: copies of the year by number, the others for the days of the period."""
        rows = self._copies(here.actor, here) if self.model is DocumentCopy else map(self.cells, papers_in(self, here))
        write_xlsx(self.columns, rows, stream, title=self.title, as_of=found_words(here))

    def _copies(self, actor: Actor, here: Standpoint) -> Any:
        for copy, is_hidden in copies_of_year(actor, here.unit.id, here.last_day):
            yield (copy.symbol, *[None] * 8, HIDDEN) if is_hidden else self.cells(copy)


def made_from(copy: DocumentCopy) -> str:
    """Of what a copy is made: sao y, Công văn 15/UBND-NC, 18/10/2024."""
    document = copy.document
    said = document.issuer if isinstance(document, IncomingDocument) else ""
    day = format_day(document.issued_on) if document.issued_on else ""
    parts = (kind_label(document.kind).vi if document.kind else "", document.symbol, day, said)
    return ", ".join(part for part in parts if part)


def _copy(copy: DocumentCopy) -> Cells:
    what = f"{copy.kind_label.vi} {made_from(copy)}: {copy.document.summary}"
    note = f"Số hủy: {copy.cancelled_reason}" if copy.cancelled else "; ".join(filter(None, (copy.extract, copy.note)))
    return (copy.symbol, copy.copied_on, what, copy.signer, copy.recipients, None, copy.copies, None, None, note)


def posted_symbols(posting: Posting) -> str:
    return ", ".join(filter(None, (posting.document.symbol, posting.enclosed)))


def _posting(posting: Posting) -> Cells:
    return (
        posting.posted_on, posted_symbols(posting), posting.recipient, posting.envelopes, None, posting.note,
    )  # fmt: skip


def _use(use: KeptCopyUse) -> Cells:
    document: OutgoingDocument = use.document
    named = f"{document.symbol}, {format_day(document.issued_on)}"
    what = summary_words(document.kind_label.vi, document.summary)
    return (
        use.used_on, use.user_name, named, what, use.file_symbol, None, use.returned_on, use.allowed_by, use.note,
    )  # fmt: skip


BOOKS = {
    book.code: book
    for book in (
        Book(
            "copies",
            DocumentCopy,
            "copied_on",
            Text(vi="Sổ bản sao văn bản", en="Copies of documents"),
            "SỔ ĐĂNG KÝ BẢN SAO VĂN BẢN",
            "so-ban-sao",
            COLUMNS[Direction.OUT],
            _copy,
        ),
        Book(
            "postings",
            Posting,
            "posted_on",
            Text(vi="Sổ gửi văn bản đi bưu điện", en="Postal register"),
            "SỔ GỬI VĂN BẢN ĐI BƯU ĐIỆN",
            "so-gui-buu-dien",
            POSTAL_COLUMNS,
            _posting,
        ),
        Book(
            "kept",
            KeptCopyUse,
            "used_on",
            Text(vi="Sổ sử dụng bản lưu", en="Use of kept copies"),
            "SỔ SỬ DỤNG BẢN LƯU",
            "so-su-dung-ban-luu",
            USE_COLUMNS,
            _use,
        ),
    )
}
