"""What pages and exports read of registers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet, Window
from django.db.models.functions import Lag

from noivu.core.dates import DateRange
from noivu.core.wording import Text
from noivu.records.document_kinds import kind_label
from noivu.records.models import IncomingDocument, OutgoingDocument, RegisterBook
from noivu.records.numbers import symbol_key


@dataclass(frozen=True, slots=True)
class OutgoingLine:
    """A line of the register of outgoing documents."""

    id: int
    unit_id: int
    symbol: str
    issued_on: date
    kind: Text
    summary: str
    signer: str
    recipients: str
    in_reply_to_id: int | None
    copies: int | None
    note: str
    cancelled: bool


@dataclass(frozen=True, slots=True)
class OutgoingPage:
    """Some lines of a register, and how many there are in all."""

    lines: Sequence[OutgoingLine]
    total: int


def outgoing_page(
    rows: QuerySet[OutgoingDocument], *, days: DateRange, query: str = "", offset: int = 0, limit: int = 50
) -> OutgoingPage:
    """A page of documents issued in a period, newest first: two statements. `rows` are those the reader may see."""
    found = rows.current().filter(issued_on__gte=days.starts_on, issued_on__lt=days.ends_on).matching(query)  # type: ignore[attr-defined]  # queryset of the model
    shown = found.for_register()[offset : offset + limit]
    return OutgoingPage([_line(document) for document in shown], found.count())


def _line(document: OutgoingDocument) -> OutgoingLine:
    return OutgoingLine(
        id=document.pk,
        unit_id=document.unit_id,
        symbol=document.symbol,
        issued_on=document.issued_on,
        kind=kind_label(document.kind),
        summary=document.summary,
        signer=document.signer,
        recipients=document.recipients,
        in_reply_to_id=document.in_reply_to_id,
        copies=document.copies,
        note=document.note,
        cancelled=document.cancelled,
    )


def same_documents(unit_id: int, symbol: str, issuer: str, issued_on: date | None) -> list[IncomingDocument]:
    """Documents already registered under the same symbol, issuer and day: to warn before registering one twice."""
    if not symbol.strip():
        return []
    same = IncomingDocument.objects.current().filter(unit_id=unit_id, symbol_key=symbol_key(symbol))
    return list(same.filter(issuer__iexact=issuer.strip(), issued_on=issued_on).order_by("-arrived_on")[:5])


def missing_numbers(book: RegisterBook, limit: int = 100) -> list[tuple[int, int]]:
    """Runs of numbers that a register of incoming documents lacks, as (first, last): what an import left out."""
    numbers = (
        IncomingDocument.objects.current()
        .filter(register=book)
        .annotate(before=Window(Lag("arrival_number"), order_by=["arrival_number", "arrival_suffix"]))
    )
    gaps = numbers.filter(arrival_number__gt=F("before") + 1).values_list("before", "arrival_number")[:limit]
    runs = [(before + 1, number - 1) for before, number in gaps]
    first = IncomingDocument.objects.current().filter(register=book).order_by("arrival_number").first()
    if first is not None and first.arrival_number > book.starting_number:
        runs.insert(0, (book.starting_number, first.arrival_number - 1))
    return runs
