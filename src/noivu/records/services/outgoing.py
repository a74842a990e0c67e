"""Registering what is issued."""

from datetime import date

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.records.constants import Direction
from noivu.records.models import IncomingDocument, OutgoingDocument, RegisterBook
from noivu.records.models.documents import derived_texts
from noivu.records.numbers import RegisterNumber, Symbol, read_symbol, symbol_key
from noivu.records.services.entries import (
    OUTGOING_FIELDS,
    OutgoingEntry,
    require_handling,
    require_not_to_come,
    require_text,
    require_writes,
    stored,
)
from noivu.records.services.incoming import clean
from noivu.records.services.registers import locked_register, require_living, take_number
from noivu.records.signals import outgoing_changed

REQUIRED = {
    "kind": Text(vi="loại văn bản", en="type of document"),
    "summary": Text(vi="trích yếu", en="summary"),
}


@transaction.atomic
def register_outgoing(*, actor: Actor, entry: OutgoingEntry) -> OutgoingDocument:
    """Write an issued document into the register of its year, under the next number or the symbol as written.

    When it answers an incoming document, the reply that was owed is completed by it.
    """
    require_writes(actor, OutgoingDocument(unit_id=entry.unit_id, secrecy=entry.secrecy))
    fields = clean({name: getattr(entry, name) for name in OUTGOING_FIELDS})
    require_text(fields, REQUIRED)
    require_not_to_come(entry.issued_on, "issued_on")
    require_handling(fields, entry.issued_on)
    require_may_answer(actor, entry.in_reply_to_id)
    require_living(entry.unit_id, entry.issued_on, "issued_on")
    book = locked_register(entry.unit_id, Direction.OUT, entry.issued_on.year, entry.series)
    number, fields["symbol"] = _numbered(book, entry)
    require_new(entry.unit_id, str(fields["symbol"]), entry.issued_on)
    document = OutgoingDocument.objects.create(
        unit_id=entry.unit_id,
        register=book,
        number=number.number if number else None,
        suffix=number.suffix if number else "",
        numbered_here=number is not None,
        **fields,
        **derived_texts(fields),
    )
    record(actor=actor, action="document.register", thing=document, after=stored(document))
    outgoing_changed.send(OutgoingDocument, document=document, actor=actor, instant=clock.now())
    return document


def _numbered(book: RegisterBook, entry: OutgoingEntry) -> tuple[RegisterNumber | None, str]:
    """The number in the register and the whole symbol."""
    if not entry.symbol.strip():
        if not entry.notation.strip():
            raise Refusal(
                what=Text(vi="Thiếu ký hiệu văn bản.", en="The notation is missing."),
                do=Text(vi="Nhập ký hiệu, ví dụ BC-SNV.", en="Enter a notation, e.g. BC-SNV."),
                where="symbol",
                code="required",
            )
        number = take_number(book)
        return number, str(Symbol(number.number, entry.notation.strip()))
    symbol = read_symbol(entry.symbol)
    if symbol is None:
        return None, entry.symbol.strip()
    number = take_number(book, RegisterNumber(symbol.number, symbol.suffix))
    return number, str(symbol)


def renumbered(document: OutgoingDocument, symbol: str) -> dict[str, object]:
    """The number in the register under a corrected symbol; the next one given comes after it."""
    read = read_symbol(symbol)
    if read is None:
        return {"number": None, "suffix": "", "numbered_here": False}
    book = RegisterBook.objects.select_for_update().get(pk=document.register_id)
    number = take_number(book, RegisterNumber(read.number, read.suffix))
    return {"number": number.number, "suffix": number.suffix, "numbered_here": True}


def require_may_answer(actor: Actor, incoming_id: int | None) -> None:
    """Refuse to answer a document that stands with another unit: only those who handle it say what answers it."""
    if incoming_id is None:
        return
    incoming = IncomingDocument.objects.get(pk=incoming_id)
    if access.may(actor, "records.answer", incoming):
        return
    raise Refusal(
        what=Text(
            vi="Văn bản đến được trả lời thuộc sổ của đơn vị khác và không giao cho đơn vị này.",
            en="The document that it answers stands in the register of another unit and is not given to this one.",
        ),
        do=Text(
            vi="Kiểm tra số đến, hoặc đề nghị đơn vị giữ văn bản đến giao xử lý văn bản đó.",
            en="Check the arrival number, or ask the unit that keeps the document to hand it on.",
        ),
        where="answers_number",
        code="foreign_reply",
    )


def require_new(unit_id: int, symbol: str, issued_on: date, *, but: int = 0) -> None:
    """Refuse a symbol that another document of the register bears: within the year, for its numbers run once a year; on
    the same day where it has no number.
    """
    standing = OutgoingDocument.objects.current().filter(unit_id=unit_id, symbol_key=symbol_key(symbol))
    if read_symbol(symbol) is None:
        standing = standing.filter(issued_on=issued_on)
    else:
        standing = standing.filter(
            issued_on__gte=date(issued_on.year, 1, 1), issued_on__lte=date(issued_on.year, 12, 31)
        )
    same = standing.exclude(pk=but).order_by("-issued_on").first()
    if same is None:
        return
    day = format_day(same.issued_on)
    raise Refusal(
        what=Text(
            vi=f"Văn bản {symbol} ngày {day} đã có trong sổ.",
            en=f"{symbol} of {day} is already in the register.",
        ),
        do=Text(vi="Kiểm tra số và ngày ban hành.", en="Check number and day of issue."),
        where="symbol",
        code="taken",
    )
