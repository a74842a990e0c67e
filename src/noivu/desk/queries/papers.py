"""Copies, postings and uses of kept copies: those of a unit's register, of a document, one of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import QuerySet
from django.http import Http404

from noivu.core import access
from noivu.core.actors import Actor
from noivu.figures.api import Standpoint
from noivu.records.api import (
    Direction,
    DocumentCopy,
    IncomingDocument,
    KeptCopyUse,
    OutgoingDocument,
    Posting,
    hidden_from,
)
from noivu.ui.tables import Order, Page, State, page_of

Paper = DocumentCopy | Posting | KeptCopyUse
OUT = "out"
"""The part of the register of uses that is not returned yet."""
_BESIDE: dict[type[Any], tuple[str, ...]] = {
    DocumentCopy: ("incoming", "outgoing", "copied_from"),
    Posting: ("document",),
    KeptCopyUse: ("document",),
}


class OfBook(Protocol):
    """What is asked of a register: whose rows, and by which day they stand in it."""

    @property
    def model(self) -> type[Any]: ...

    @property
    def day(self) -> str: ...


def papers_page(book: OfBook, here: Standpoint, state: State) -> Page[Any]:
    """One page of the register of the unit, of the days of the period."""
    rows = _in_period(book, here)
    if state.cut == OUT:
        rows = rows.filter(returned_on=None)
    return page_of(rows, state, {"day": Order(book.day)})


def papers_in(book: OfBook, here: Standpoint) -> Iterator[Any]:
    """All lines of the register for the days of the period, the first one first."""
    return _in_period(book, here).order_by(book.day, "pk").iterator(chunk_size=2_000)


def _in_period(book: OfBook, here: Standpoint) -> QuerySet[Any]:
    days = here.question().reading.range
    within = {f"{book.day}__gte": days.starts_on, f"{book.day}__lte": days.last_day}
    rows: QuerySet[Any] = book.model.objects.current().filter(unit_id=here.unit.id, **within)
    return access.scope(here.actor, "records.view", rows).select_related(*_BESIDE[book.model])


def copies_of_year(actor: Actor, unit_id: int, day: date) -> Iterator[tuple[DocumentCopy, bool]]:
    """The copies of a unit's register of a year by number, each with whether it is restricted to others."""
    copies = DocumentCopy.objects.current().filter(unit_id=unit_id, register__year=day.year)
    hidden = hidden_from(actor, copies)
    for copy in copies.select_related(*_BESIDE[DocumentCopy]).order_by("number").iterator(chunk_size=2_000):
        yield copy, copy.pk in hidden


def paper_for(actor: Actor, book: OfBook, key: int, verb: str = "records.view") -> Any:
    """A line within the actor's reach; else the answer does not tell that it exists."""
    rows = access.scope(actor, verb, book.model.objects.current()).select_related(*_BESIDE[book.model])
    found = rows.filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def document_with_papers(actor: Actor, direction: str, document_id: int, verb: str = "records.view") -> Any:
    """A document in or out within the actor's reach."""
    models: dict[str, Any] = {Direction.IN: IncomingDocument, Direction.OUT: OutgoingDocument}
    if direction not in models:
        raise Http404
    rows = access.scope(actor, verb, models[direction].objects.current(), given=True)
    found = rows.filter(pk=document_id).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class Papers:
    """What became of a document on paper."""

    copies: list[DocumentCopy]
    postings: list[Posting]
    uses: list[KeptCopyUse]


def papers_of(document: IncomingDocument | OutgoingDocument) -> Papers:
    """Copies, postings and uses of one document, for who sees it. At most three queries."""
    if isinstance(document, IncomingDocument):
        return Papers(list(DocumentCopy.objects.current().filter(incoming=document).order_by("pk")), [], [])
    return Papers(
        list(DocumentCopy.objects.current().filter(outgoing=document).order_by("pk")),
        list(Posting.objects.current().filter(document=document).order_by("posted_on", "pk")),
        list(KeptCopyUse.objects.current().filter(document=document).order_by("used_on", "pk")),
    )


def recopies_of(copy: DocumentCopy) -> list[DocumentCopy]:
    """The sao lục made of a sao y."""
    return list(DocumentCopy.objects.current().filter(copied_from=copy).order_by("pk"))


def last_issuer(unit_id: int) -> str:
    """The abbreviation of the organisation in the last copy of a unit: the next one bears it too."""
    last = DocumentCopy.objects.filter(unit_id=unit_id).order_by("-pk").values_list("symbol", flat=True).first()
    return (last or "").partition("-")[2]
