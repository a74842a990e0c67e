"""What is asked of messages: the document that an id names, with what a document came, how sendings were answered."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.exchange.codes import BUSINESS_TYPES, RECALL, STATUSES
from noivu.exchange.message import Message, message_said
from noivu.figures.api import Standpoint
from noivu.records.api import (
    Direction,
    Dispatch,
    IncomingDocument,
    MessageFile,
    OutgoingDocument,
    document_address,
    symbol_key,
)
from noivu.ui.tables import Order, Page, State, page_of
from noivu.units.api import reach_with_ended


def document_id_of(document: OutgoingDocument, organ_id: str) -> str:
    """How messages name a document: organisation, year, symbol. The form is not verified."""
    return f"{organ_id},{document.issued_on.year},{document.symbol}"


def document_named(
    unit_id: int, document_id: str, symbol: str = "", issued_on: date | None = None
) -> OutgoingDocument | None:
    """The outgoing document of a unit that an id names; without a year or symbol in it, the one of symbol and day."""
    rows = OutgoingDocument.objects.current().filter(unit_id=unit_id, cancelled=False)
    _, year, named = (*document_id.split(",", 2), "", "")[:3]
    if year.isascii() and year.isdecimal() and len(year) == 4 and named:
        return rows.filter(symbol_key=symbol_key(named), issued_on__year=int(year)).order_by("pk").last()
    if symbol and issued_on is not None:
        return rows.filter(symbol_key=symbol_key(symbol), issued_on=issued_on).order_by("pk").last()
    return None


def came_by(document: IncomingDocument) -> MessageFile | None:
    """The message file as which a document was registered."""
    return MessageFile.objects.filter(document=document).exclude(business_type=RECALL).order_by("pk").first()


def own_code(document: IncomingDocument) -> str:
    """The code under which a document was sent here, where its message names one receiver alone."""
    came = came_by(document)
    receivers = came.said["receivers"] if came and came.said else []
    return str(receivers[0]["organ_id"]) if len(receivers) == 1 else ""


def due_asked_for(document: IncomingDocument) -> date | None:
    """By when the sender of a document wants the answer, as its message says."""
    came = came_by(document)
    due_on = came.said["due_on"] if came and came.said else None
    return date.fromisoformat(due_on) if due_on else None


def recalls_of(document: IncomingDocument) -> list[MessageFile]:
    """The recalls that came for a document, the first to come first."""
    return list(MessageFile.objects.filter(document=document, business_type=RECALL).order_by("pk"))


def sendings_by_message(document: OutgoingDocument) -> list[Dispatch]:
    """The sendings of a document to organisations that have a code, each with what it told, in order."""
    rows = Dispatch.objects.filter(document=document, to_unit=None).exclude(organ_id="")
    return list(rows.order_by("pk").prefetch_related("heard"))


def replies_to(actor: Actor, document: OutgoingDocument) -> list[tuple[IncomingDocument, str]]:
    """What came by messages in answer to a document, as far as the reader may see it."""
    rows = MessageFile.objects.filter(answers=document).select_related("document").order_by("pk")
    seen = [row.document for row in rows if access.may(actor, "records.view", row.document)]
    return [(one, document_address(Direction.IN, one.pk)) for one in seen]


def incoming_for(actor: Actor, document_id: int, verb: str = "records.edit") -> IncomingDocument:
    """A document that came by a message, within the actor's reach; else the answer does not tell that it exists."""
    rows = access.scope(actor, verb, IncomingDocument.objects.current(), given=True)
    return get_object_or_404(rows.filter(messages__isnull=False).distinct(), pk=document_id)


def recall_for(actor: Actor, message_id: int) -> MessageFile:
    """A recall to be answered, within the actor's reach."""
    rows = access.scope(actor, "records.edit", MessageFile.objects.select_related("document"))
    return get_object_or_404(rows, pk=message_id, business_type=RECALL)


def sending_for(actor: Actor, sending_id: int) -> Dispatch:
    """A sending to an organisation outside, of a document within the actor's reach."""
    return get_object_or_404(_sendings(actor), pk=sending_id)


def sending_named(actor: Actor, number: int | None) -> Dispatch | None:
    """Such a sending by its number as typed."""
    return _sendings(actor).filter(pk=number).first() if number is not None else None


def _sendings(actor: Actor) -> QuerySet[Dispatch]:
    documents = access.scope(actor, "records.edit", OutgoingDocument.objects.current())
    rows = Dispatch.objects.select_related("document").exclude(organ_id="")
    return rows.filter(document__in=documents.order_by())


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message file that came, and what became of it."""

    pk: int
    document_id: int
    imported_at: datetime
    sender: str
    symbol: str
    summary: str
    kind: Text
    state: Text


WAITING, ALL = "waiting", "all"
_ORDERS = {"imported_at": Order("imported_at")}
_OPEN = Q(business_type=RECALL, answer="")


def messages_page(here: Standpoint, state: State) -> Page[MessageLine]:
    """What came by message files to the units within reach, whatever the period: what waits for an answer, or all."""
    rows = MessageFile.objects.filter(unit__in=reach_with_ended(here.unit.id, here.last_day))
    seen: Any = access.scope(here.actor, "records.view", rows.select_related("document"))
    page: Page[Any] = page_of(seen.filter(_OPEN) if state.cut == WAITING else seen, state, _ORDERS)
    return page.showing(_line(row) for row in page.rows)


def _line(row: MessageFile) -> MessageLine:
    known = STATUSES.get(row.answer)
    waits = _WAITS if row.business_type == RECALL else _TAKEN
    return MessageLine(
        pk=row.pk,
        document_id=row.document_id,
        imported_at=row.imported_at,
        sender=row.document.issuer,
        symbol=row.document.symbol,
        summary=row.document.summary,
        kind=BUSINESS_TYPES[row.business_type],
        state=known or waits,
    )


_WAITS = Text(vi="Chờ trả lời", en="Awaits an answer")
_TAKEN = Text(vi="Đã vào sổ", en="Registered")


@dataclass(frozen=True, slots=True)
class Arrival:
    """With what message a document came, as its page shows it: the message as it was said, the requests to take it
    back, and the documents beside it that are within the reader's sight.
    """

    message: MessageFile
    said: Message | None
    recalls: list[MessageFile]
    first: IncomingDocument | None
    later: list[MessageFile]
    answers: OutgoingDocument | None

    @property
    def first_href(self) -> str:
        return document_address(Direction.IN, self.first.pk) if self.first else ""

    @property
    def later_links(self) -> list[tuple[IncomingDocument, str]]:
        return [(one.document, document_address(Direction.IN, one.document_id)) for one in self.later]

    @property
    def answers_href(self) -> str:
        return document_address(Direction.OUT, self.answers.pk) if self.answers else ""


def arrival_of(actor: Actor, document: IncomingDocument) -> Arrival | None:
    """None: it came by no message file."""
    beside = MessageFile.objects.filter(Q(document=document) | Q(first=document))
    rows = list(beside.select_related("document", "first", "answers").order_by("pk"))
    own = [row for row in rows if row.document_id == document.pk]
    message = next((row for row in own if row.business_type != RECALL), None)
    if message is None:
        return None
    first, answers = message.first, message.answers
    return Arrival(
        message=message,
        said=message_said(message.said) if message.said else None,
        recalls=[row for row in own if row.business_type == RECALL],
        first=first if first and access.may(actor, "records.view", first) else None,
        later=[row for row in rows if row.first_id == document.pk and access.may(actor, "records.view", row.document)],
        answers=answers if answers and access.may(actor, "records.view", answers) else None,
    )


def dispatch_numbered(number: int) -> Dispatch | None:
    return Dispatch.objects.select_related("document").filter(pk=number).first()


def document_numbered(number: int) -> IncomingDocument | None:
    return IncomingDocument.objects.current().filter(pk=number).first()
