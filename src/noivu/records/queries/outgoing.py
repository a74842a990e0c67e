"""The register of outgoing documents, one document of it, and the declarations of what is kept off the network."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.secrecy import Secrecy
from noivu.core.wording import Text
from noivu.figures.api import Standpoint, ask, drill
from noivu.records.addresses import document_address
from noivu.records.constants import DIRECTIONS, Direction
from noivu.records.document_kinds import kind_label
from noivu.records.models import Dispatch, DocumentFile, IncomingDocument, OffNetworkDeclaration, OutgoingDocument
from noivu.records.numbers import RegisterNumber
from noivu.records.searching import latest_holding, matching, values_bearing
from noivu.ui.search import Found
from noivu.ui.tables import Order, Page, Span, State, in_order, page_of
from noivu.units.api import reach_with_ended, tree

ALL, REPLIES, CANCELLED = "all", "replies", "cancelled"
SENT = "documents.sent"
_ORDERS = {"issued_on": Order("issued_on")}
_DECLARED_ORDERS = {"month": Order("month")}
_COLUMNS = (
    *("pk", "unit_id", "symbol", "issued_on", "kind", "summary", "signer", "recipients", "copies", "note"),
    *("kept_by", "transferred_on"),
    *("cancelled", "cancelled_reason", "in_reply_to_id", "answers"),
)


@dataclass(frozen=True, slots=True)
class OutgoingLine:
    """A line of the register. `reply_number` is the number of the incoming document that it answers."""

    pk: int
    unit_id: int
    symbol: str
    issued_on: date
    kind: Text
    summary: str
    signer: str
    recipients: str
    copies: int | None
    note: str
    kept_by: str
    transferred_on: date | None
    cancelled: bool
    cancelled_reason: str
    in_reply_to_id: int | None
    reply_number: str


@dataclass(frozen=True, slots=True)
class DeclarationLine:
    """A declaration of a month; `may_correct` where the reader may declare anew."""

    pk: int
    unit: str
    unit_code: str
    direction: Text
    direction_code: str
    month: date
    count: int
    declared_by: str
    note: str


def counts_by_cut(here: Standpoint) -> dict[str, int]:
    """The number of documents sent, by the figure."""
    return {ALL: ask([here.question((SENT,))])[0].values[SENT]}


def outgoing_page(here: Standpoint, state: State, size: int) -> Page[OutgoingLine]:
    """One page of what the address asks for."""
    page: Page[Any] = page_of(_found(here, state), state, _ORDERS, size=size)
    return page.showing(_told_to(here.actor, page.rows))


def outgoing_lines(here: Standpoint, state: State) -> Iterator[OutgoingLine]:
    """All rows of what the address asks for, a few thousand at a time."""
    rows = in_order(_found(here, state), state, _ORDERS)
    return (_line(row) for row in rows.iterator(chunk_size=2_000))


def _found(here: Standpoint, state: State) -> QuerySet[Any, dict[str, Any]]:
    rows: QuerySet[Any] = access.scope(here.actor, "records.view", _of_cut(here, state.cut))
    conditions = Q()
    if kind := state.value("kind"):
        conditions &= Q(kind=kind)
    if words := state.value("recipients"):
        conditions &= Q(recipients__in=values_bearing(matching(rows, words), "recipients", words))
    days: Span | None = state.value("issued")
    if days and days.first:
        conditions &= Q(issued_on__gte=days.first)
    if days and days.last:
        conditions &= Q(issued_on__lte=days.last)
    return matching(rows.filter(conditions), state.search).values(
        *_COLUMNS,
        reply_number=F("in_reply_to__arrival_number"),
        reply_suffix=F("in_reply_to__arrival_suffix"),
        reply_secrecy=F("in_reply_to__secrecy"),
    )


def _told_to(actor: Actor, rows: Sequence[Mapping[str, Any]]) -> Iterator[OutgoingLine]:
    """The lines; what a letter answers is not named where that is restricted to others. One query where some are."""
    restricted = {row["in_reply_to_id"] for row in rows if row["reply_secrecy"] == Secrecy.RESTRICTED}
    answered = IncomingDocument.objects.filter(pk__in=restricted)
    told = set(access.open_to(actor, answered).values_list("pk", flat=True)) if restricted else set()
    for row in rows:
        line = _line(row)
        yield replace(line, in_reply_to_id=None, reply_number="") if line.in_reply_to_id in restricted - told else line


def _of_cut(here: Standpoint, cut: str) -> QuerySet[Any]:
    """The documents that the figure counts; its answers among them; or the numbers that were cancelled."""
    sent: QuerySet[Any] = drill(SENT, here.question())
    if cut == REPLIES:
        return sent.exclude(in_reply_to=None, answers="")
    if cut == CANCELLED:
        reading = here.question().reading
        rows = OutgoingDocument.objects.current().filter(cancelled=True, unit__in=_reached(here))
        return rows.issued_in(reading.range, by=reading.as_of)
    return sent


def _reached(here: Standpoint) -> QuerySet[Any, int]:
    """Whose rows count for the unit, those of units that ended by then among them."""
    return reach_with_ended(here.unit.id, here.last_day)


def _line(row: Mapping[str, Any]) -> OutgoingLine:
    number = row["reply_number"]
    plain = {name: row[name] for name in _COLUMNS if name not in {"kind", "answers"}}
    answered = str(RegisterNumber(number, row["reply_suffix"])) if number else row["answers"]
    return OutgoingLine(kind=kind_label(row["kind"]), reply_number=answered, **plain)


def outgoing_for(actor: Actor, document_id: int, verb: str = "records.view") -> OutgoingDocument:
    """A document within the actor's reach; else the answer does not tell that it exists. `goes_by_message`: some of
    those to whom it was sent have an identification code."""
    coded = Dispatch.objects.filter(document=OuterRef("pk")).exclude(organ_id="")
    documents = OutgoingDocument.objects.current().annotate(goes_by_message=Exists(coded))
    rows = access.scope(actor, verb, documents, given=True)
    found = rows.filter(pk=document_id).select_related("in_reply_to").first()
    if found is None:
        raise Http404
    return found


def incoming_of_number(
    actor: Actor, unit_id: int, number: RegisterNumber, issued_on: date, year: int | None
) -> Sequence[IncomingDocument]:
    """The documents under a number of a unit's registers: of a year, else of that of the day of issue and the one
    before. What is restricted to others is none.
    """
    years = (year,) if year else (issued_on.year - 1, issued_on.year)
    rows = IncomingDocument.objects.current().numbered().filter(unit_id=unit_id, register__year__in=years)
    named = rows.filter(arrival_number=number.number, arrival_suffix=number.suffix)
    return list(access.open_to(actor, named).order_by("arrived_on", "register_id"))


def document_for(actor: Actor, direction: Direction, document_id: int, verb: str) -> Any:
    """A document in or out, within the actor's reach."""
    model: Any = IncomingDocument if direction == Direction.IN else OutgoingDocument
    found = access.scope(actor, verb, model.objects.current()).filter(pk=document_id).first()
    if found is None:
        raise Http404
    return found


def file_for(actor: Actor, file_id: int, verb: str) -> DocumentFile:
    """A file of a document within the actor's reach."""
    file = DocumentFile.objects.attached().filter(pk=file_id).select_related("incoming", "outgoing").first()
    if file is None or not file.document.is_current or not access.may(actor, verb, file.document):
        raise Http404
    return file


def declarations(here: Standpoint, state: State) -> Page[DeclarationLine]:
    """What the units within reach declared for the months of the period: those in are what the figure adds up."""
    rows = OffNetworkDeclaration.objects.current().of_months(here.question().reading).filter(unit__in=_reached(here))
    page: Page[Any] = page_of(access.scope(here.actor, "records.view", rows), state, _DECLARED_ORDERS)
    return page.showing(_declared(row) for row in page.rows)


def declaration_for(actor: Actor, declaration_id: int) -> DeclarationLine:
    """A declaration within the actor's reach."""
    rows = access.scope(actor, "records.view", OffNetworkDeclaration.objects.current())
    found = rows.filter(pk=declaration_id).first()
    if found is None:
        raise Http404
    return _declared(found)


def _declared(row: OffNetworkDeclaration) -> DeclarationLine:
    node = tree(row.month).node(row.unit_id)
    return DeclarationLine(
        pk=row.pk,
        unit=node.name if node else "",
        unit_code=node.code if node else "",
        direction=DIRECTIONS[Direction(row.direction)],
        direction_code=row.direction,
        month=row.month,
        count=row.count,
        declared_by=row.declared_by_name,
        note=row.note,
    )


def find_outgoing(actor: Actor, words: str, limit: int) -> list[Found]:
    """Documents out that hold the words, the latest first."""
    rows = OutgoingDocument.objects.current()
    found = latest_holding(actor, "records.view", rows, words, "issued_on", given=False)[:limit]
    return [
        Found(
            f"{document.symbol} · {document.summary}", document_address(Direction.OUT, document.pk), document.recipients
        )
        for document in found
    ]
