"""What is asked of registers: gaps, the next number, files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Value, Window
from django.db.models.functions import Lag, Lead
from django.http import Http404

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.records.constants import DIRECTIONS, SERIES, Direction, Series
from noivu.records.models import DocumentFile, IncomingDocument, OutgoingDocument, RegisterBook
from noivu.records.numbers import RegisterNumber
from noivu.units.api import find_node, tree

RUNS_SHOWN = 100
"""So many runs of missing numbers are named."""


@dataclass(frozen=True, slots=True)
class BookLine:
    """A register of a year: where its numbers begin and stand, and the runs of numbers that it lacks."""

    direction: Direction
    label: Text
    book: RegisterBook | None
    missing: Sequence[tuple[RegisterNumber, RegisterNumber]] = ()
    series: Series = Series.ORDINARY

    @property
    def starting(self) -> RegisterNumber:
        return RegisterNumber(self.book.starting_number if self.book else 1)

    @property
    def last(self) -> RegisterNumber | None:
        return RegisterNumber(self.book.last_number) if self.book and self.book.last_number else None

    @property
    def next(self) -> RegisterNumber:
        return RegisterNumber(self.book.next_number if self.book else 1)

    @property
    def has_more_missing(self) -> bool:
        return len(self.missing) == RUNS_SHOWN


def books_of(unit_id: int, year: int) -> list[BookLine]:
    """The registers of a unit for a year, in, out and of copies; also one that is not open yet. One query a register,
    none for copies: no number of theirs is taken back."""
    found = RegisterBook.objects.filter(unit_id=unit_id, year=year).exclude(series=Series.SECRET.value)
    books = {(Direction(book.direction), Series(book.series)): book for book in found}
    ordinary = [_book_line(direction, books.get((direction, Series.ORDINARY))) for direction in Direction]
    copies = books.get((Direction.OUT, Series.COPIES))
    return [*ordinary, BookLine(Direction.OUT, SERIES[Series.COPIES], copies, series=Series.COPIES)]


def book_in(unit_id: int, year: int) -> QuerySet[RegisterBook]:
    """The ordinary register of what came to a unit in a year."""
    ordinary = RegisterBook.objects.filter(series=Series.ORDINARY.value, direction=Direction.IN.value)
    return ordinary.filter(unit_id=unit_id, year=year)


def book_for(actor: Actor, book_id: int) -> RegisterBook:
    """A register of documents within the actor's reach."""
    books = RegisterBook.objects.filter(pk=book_id).exclude(series=Series.COPIES.value)
    book = access.scope(actor, "records.view", books).first()
    if book is None:
        raise Http404
    return book


def _book_line(direction: Direction, book: RegisterBook | None) -> BookLine:
    runs = missing_numbers(book) if book is not None else ()
    missing = tuple((RegisterNumber(first), RegisterNumber(last)) for first, last in runs)
    return BookLine(direction, DIRECTIONS[direction], book, missing)


def missing_numbers(book: RegisterBook) -> list[tuple[int, int]]:
    """The first runs of numbers that a register lacks, as (first, last): what an import or a removal left out."""
    rows: QuerySet[Any]
    if book.direction == Direction.IN.value:
        rows = IncomingDocument.objects.current().annotate(given=F("arrival_number"))
    else:
        rows = OutgoingDocument.objects.current().annotate(given=F("number"))
    rows = rows.filter(register=book, given__gte=book.starting_number).annotate(
        before=Window(Lag("given", default=Value(book.starting_number - 1)), order_by=["given", "pk"]),
        after=Window(Lead("given"), order_by=["given", "pk"]),
    )
    edges = rows.filter(Q(given__gt=F("before") + 1) | Q(after=None)).order_by("given", "pk")
    runs, last = [], book.starting_number - 1
    for before, given in edges.values_list("before", "given")[:RUNS_SHOWN]:
        runs.append((before + 1, given - 1))
        last = given
    if len(runs) < RUNS_SHOWN:
        runs.append((last + 1, book.last_number))
    return [(first, end) for first, end in runs if first <= end]


def next_number(unit_code: str, direction: Direction, on: date) -> RegisterNumber:
    """The number that the next ordinary document of a unit would get on a day; 01 where there is no register yet."""
    try:
        unit_id = find_node(unit_code, tree(on)).id
    except Refusal:
        return RegisterNumber(1)
    books = RegisterBook.objects.filter(unit_id=unit_id, direction=direction.value, year=on.year)
    book = books.filter(series=Series.ORDINARY.value).first()
    return RegisterNumber(book.next_number if book else 1)


def document_of_log(document_id: object, on: date) -> str:
    """An incoming document that the log keeps by its key, by its number and year."""
    if not isinstance(document_id, int):
        return str(document_id)
    found = IncomingDocument.objects.filter(pk=document_id).first()
    return f"{found.number} ({found.arrived_on.year})" if found else str(document_id)


def files_of(document: IncomingDocument | OutgoingDocument) -> list[DocumentFile]:
    """The files of a document, in the order in which they came."""
    return list(document.files.attached().with_text_state())
