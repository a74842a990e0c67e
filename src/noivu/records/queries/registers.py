"""What is asked of registers: doubles, gaps, the next number, files."""

from datetime import date

from django.db.models import F, Window
from django.db.models.functions import Lag

from noivu.core.refusals import Refusal
from noivu.records.constants import Direction, Series
from noivu.records.models import DocumentFile, IncomingDocument, OutgoingDocument, RegisterBook
from noivu.records.numbers import RegisterNumber, symbol_key
from noivu.units.api import find_node, tree


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


def next_number(unit_code: str, direction: Direction, on: date) -> RegisterNumber:
    """The number that the next ordinary document of a unit would get on a day; 01 where there is no register yet."""
    try:
        unit_id = find_node(unit_code, tree(on)).id
    except Refusal:
        return RegisterNumber(1)
    books = RegisterBook.objects.filter(unit_id=unit_id, direction=direction.value, year=on.year)
    book = books.filter(series=Series.ORDINARY.value).first()
    return RegisterNumber(book.next_number if book else 1)


def files_of(document: IncomingDocument | OutgoingDocument) -> list[DocumentFile]:
    """The files of a document, in the order in which they came."""
    return list(document.files.filter(removed_at=None))
