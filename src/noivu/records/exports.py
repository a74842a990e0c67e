"""Registers as workbooks in the columns of Decree 30/2020 (Phụ lục IV): one register a sheet, in the order of its
numbers, cancelled and removed ones in their place. What a list has found goes out under the same heads, with the unit
whose register holds a row before them.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from heapq import merge
from typing import Any, BinaryIO

from django.db.models import F

from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.secrecy import Secrecy
from noivu.figures.api import Standpoint
from noivu.records.constants import SERIES, Direction, Series
from noivu.records.models import IncomingDocument, OutgoingDocument, RegisterBook
from noivu.records.numbers import RegisterNumber
from noivu.records.queries.outgoing import OutgoingLine
from noivu.sheets.api import OutColumn, write_xlsx
from noivu.ui.page import words_of_range
from noivu.units.api import Tree, tree, tree_before_end

OWNER = OutColumn("Sổ của đơn vị", 28)
"""Before the columns of a register where rows of several stand together."""
COLUMNS = {
    Direction.IN: (
        OutColumn("Ngày đến", 12),
        OutColumn("Số đến", 9),
        OutColumn("Tác giả", 28),
        OutColumn("Số, ký hiệu", 20),
        OutColumn("Ngày tháng", 12),
        OutColumn("Tên loại và trích yếu nội dung", 60),
        OutColumn("Đơn vị hoặc người nhận", 30),
        OutColumn("Ngày chuyển", 12),
        OutColumn("Ký nhận", 12),
        OutColumn("Ghi chú", 24),
    ),
    Direction.OUT: (
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
    ),
}
SETTLEMENT_COLUMNS = (
    OutColumn("Số đến", 9),
    OutColumn("Tên loại, số và ký hiệu, ngày tháng, tác giả", 50),
    OutColumn("Đơn vị hoặc người nhận", 30),
    OutColumn("Thời hạn giải quyết", 14),
    OutColumn("Tiến độ giải quyết", 18),
    OutColumn("Số, ký hiệu văn bản trả lời", 26),
    OutColumn("Ghi chú", 24),
)
_TITLES = {Direction.IN: "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", Direction.OUT: "SỔ ĐĂNG KÝ VĂN BẢN ĐI"}
_REMOVED = "Đã gỡ khỏi sổ (vào sổ nhầm)"
HIDDEN = "Văn bản hạn chế: người xuất sổ không được xem"
Document = IncomingDocument | OutgoingDocument
Cells = tuple[Any, ...]


def write_found(here: Standpoint, lines: Iterable[OutgoingLine], stream: BinaryIO) -> None:
    """What a list of outgoing documents has found, in its order; each row with the unit whose register holds it."""

    def cells(line: OutgoingLine) -> Cells:
        return unit_name(here.units, line.unit_id, line.issued_on), *_out(line, line.kind.vi)

    write_xlsx(
        (OWNER, *COLUMNS[Direction.OUT]),
        map(cells, lines),
        stream,
        title="DANH SÁCH VĂN BẢN ĐI",
        as_of=found_words(here),
    )


def found_words(here: Standpoint) -> str:
    """Of which unit and days a list is."""
    reading = here.question().reading
    return f"{here.unit.name}, {words_of_range(reading.range).vi}, tính đến hết ngày {format_day(reading.as_of)}"


def summary_words(kind: str, summary: str) -> str:
    return f"{kind}: {summary}" if kind else summary


def write_book(actor: Actor, book: RegisterBook, stream: BinaryIO) -> None:
    """A whole register of a year, as far as its reader may see what is restricted; no number is left out for that."""
    direction, day = Direction(book.direction), book_day(book)
    units = tree_before_end(book.unit_id, day)
    rows = (_cells(units, document, fate) for document, fate in _entries(actor, book))
    write_xlsx(COLUMNS[direction], rows, stream, title=_TITLES[direction], as_of=book_words(book))


def book_day(book: RegisterBook) -> date:
    """The day as of which a register goes out: today, or the last of its year."""
    return min(clock.today(), date(book.year, 12, 31))


def book_words(book: RegisterBook) -> str:
    """Which register a sheet is: unit, year, series, first number, and as of when."""
    day = book_day(book)
    name = unit_name(tree_before_end(book.unit_id, day), book.unit_id, day)
    series = "" if book.series == Series.ORDINARY.value else f", số {SERIES[Series(book.series)].vi.lower()}"
    first = RegisterNumber(book.starting_number)
    return f"{name}, năm {book.year}{series}, từ số {first}, tính đến hết ngày {format_day(day)}"


def unit_name(units: Tree, unit_id: int | None, day: date) -> str:
    """A unit by its name in a tree, else by that of a day; empty where there is none."""
    node = (units.node(unit_id) or tree(day).node(unit_id)) if unit_id else None
    return node.name if node else ""


def hidden_from(actor: Actor, documents: Any) -> frozenset[int]:
    """The documents of these that are restricted to others than the actor. Two queries."""
    restricted = documents.filter(secrecy=Secrecy.RESTRICTED.value)
    told = access.open_to(actor, restricted).values_list("pk", flat=True)
    return frozenset(restricted.values_list("pk", flat=True)) - frozenset(told)


def _entries(actor: Actor, book: RegisterBook) -> Iterator[tuple[Document, str]]:
    """The lines of a register by number, what has none after them; with why a line has no words."""
    coming = book.direction == Direction.IN.value
    model: Any = IncomingDocument if coming else OutgoingDocument
    number, suffix = ("arrival_number", "arrival_suffix") if coming else ("number", "suffix")

    def place(entry: tuple[Any, str]) -> tuple[Any, ...]:
        given = getattr(entry[0], number)
        return given is None, given or 0, getattr(entry[0], suffix)

    standing = model.objects.current().filter(register=book)
    hidden = hidden_from(actor, standing)
    retracted = model.objects.filter(register=book, version_of=None, superseded_at__isnull=False).exclude(
        **{number: None}
    )
    given_again = set(standing.filter(**{f"{number}__in": retracted.values(number)}).values_list(number, suffix))
    gone = {place((row, "")): (row, _REMOVED) for row in retracted}
    missing = (entry for at, entry in sorted(gone.items(), key=lambda item: item[0]) if at[1:] not in given_again)
    ordered = standing.order_by(F(number).asc(nulls_last=True), suffix, "pk").iterator(chunk_size=2_000)
    return merge(((row, HIDDEN if row.pk in hidden else "") for row in ordered), missing, key=place)


def _cells(units: Tree, document: Document, fate: str) -> Cells:
    if isinstance(document, IncomingDocument):
        return (None, str(document.number), *[None] * 7, fate) if fate else _in(units, document)
    if fate:
        told = str(RegisterNumber(document.number, document.suffix)) if document.number else ""
        return (told, *[None] * 8, fate)
    return _out(document, document.kind_label.vi)


def _in(units: Tree, document: IncomingDocument) -> Cells:
    named = unit_name(units, document.assigned_unit_id, document.arrived_on)
    what = summary_words(document.kind_label.vi, document.summary)
    return (
        document.arrived_on, str(document.number), document.issuer, document.symbol, document.issued_on, what,
        ", ".join(part for part in (named, document.assigned_to) if part), document.transferred_on, None,
        note_of(document),
    )  # fmt: skip


def _out(line: OutgoingLine | OutgoingDocument, kind: str) -> Cells:
    what = summary_words(kind, line.summary)
    return (
        line.symbol, line.issued_on, what, line.signer, line.recipients, line.kept_by or None, line.copies,
        line.transferred_on, None, note_of(line),
    )  # fmt: skip


def note_of(line: Any) -> str:
    """The note of a line; of a cancelled number, that it is cancelled and why."""
    return f"Số hủy: {line.cancelled_reason}" if line.cancelled else line.note
