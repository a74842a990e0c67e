"""The register of incoming documents with what is owed for each: rows, counts of its parts, one page, all of them.

The rows of a part are those that its figure counts: both come from the same declaration (`figures.drill`). One part is
not of the register and has no figure: the documents of other registers that were given to the unit.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.wording import Text, both
from noivu.figures.api import Answer, Standpoint, ask, drill
from noivu.office.api import node_named
from noivu.records.api import (
    HIDDEN,
    IncomingDocument,
    RegisterBook,
    RegisterNumber,
    hidden_from,
    holding,
    kind_label,
    latest_holding,
    unit_name,
    values_bearing,
)
from noivu.ui.search import Found
from noivu.ui.tables import Order, Page, Span, State, in_order, page_of
from noivu.units.api import reach_with_ended
from noivu.work.api import Day, ObligationSpan, Standing, document_address, tells_answer
from noivu.work.api import State as Stood
from noivu.work.constants import Kind, Stage, Status

ALL, CARRIED_IN, GIVEN = "all", "carried-in", "given"
CUTS: dict[str, str] = {
    ALL: "documents.received",
    "required": "documents.reply_required",
    "replied": "documents.replied",
    "not-due": "documents.reply_not_due",
    "overdue": "documents.reply_overdue",
    "no-deadline": "documents.reply_no_deadline",
    "suspended": "documents.reply_suspended",
    CARRIED_IN: "documents.carried_in",
    "open-at-end": "documents.open_at_end",
}
"""The parts of the register and the figure that counts each."""
WITH_ALL_DOCUMENTS = frozenset({ALL, GIVEN})
"""The parts whose rows are documents, owed a reply or not."""
OFF_NETWORK = "documents.received_off_network"
_OF_DOCUMENT = (
    *("arrival_number", "arrival_suffix", "arrived_on", "issuer", "symbol", "issued_on", "kind", "summary", "note"),
    *("transferred_on", "cancelled", "cancelled_reason", "unit_id"),
)
_OF_LETTER = ("id", "unit_id", "secrecy", "in_reply_to_id")
_OF_OBLIGATION = ("id", "reply_document_id", "answer_symbol")
_OF_SPAN = ("unit_id", "status", "stage", "due_on", "completed_on", "valid_from")
_DOCUMENT = "obligation__document__"
_ASSIGNED = ("assigned_unit_id", "assigned_to", "assigned_officer")
_UNTOLD: dict[str, Any] = {
    **dict.fromkeys(("issuer", "symbol", "summary", "unit", "officer", "reply_symbol"), ""),
    "issued_on": None,
    "kind": both(""),
    "owed": None,
    "note": HIDDEN,
}
_CLOSED = frozenset({Status.COMPLETED, Status.CANCELLED})


@dataclass(frozen=True, slots=True)
class IncomingLine:
    """A line of the register; `owed` says how the reply stands on the page's day, None where none is owed."""

    pk: int
    number: RegisterNumber
    arrived_on: date
    issuer: str
    symbol: str
    issued_on: date | None
    kind: Text
    summary: str
    note: str
    unit: str
    officer: str
    register_of: str = ""
    transferred_on: date | None = None
    obligation_id: int | None = None
    owed: Standing | None = None
    suspended_on: date | None = None
    reply_id: int | None = None
    reply_symbol: str = ""

    @property
    def is_closed(self) -> bool:
        return self.owed is None or self.owed.state.status in _CLOSED


def counts(here: Standpoint) -> Answer:
    """The numbers of all parts, and what was declared beside them, in one statement."""
    return ask([here.question((*CUTS.values(), OFF_NETWORK))])[0]


def counts_by_cut(answer: Answer) -> dict[str, int]:
    return {cut: answer.values[code] for cut, code in CUTS.items()}


def incoming_page(here: Standpoint, state: State, size: int, whole: int | None = None) -> Page[IncomingLine]:
    """One page of what the address asks for: its keys in their order, their number, the rows of these keys.

    The keys come first, so that sorting carries no more than an index holds and nothing is joined that is not shown.
    `whole` is the number of the part without conditions, where it is known.
    """
    found, orders = _found(here, state, whole), _orders(state.cut)
    if state.value("issuer"):  # few rows, and the names that bear the words were a query of their own
        page = page_of(_columns(found, state.cut), state, orders, size=size)
        rows = list(page.rows)
    else:
        page = page_of(found.values("pk", *(order.column for order in orders.values())), state, orders, size=size)
        rows = _rows(here, state.cut, [row["pk"] for row in page.rows])
    reader = _Reader(here)
    return page.showing(reader.line(row) for row in rows)


def _rows(here: Standpoint, cut: str, keys: Sequence[int]) -> list[dict[str, Any]]:
    """The rows of a page, in the order of its keys."""
    if cut in WITH_ALL_DOCUMENTS:
        rows = _with_replies(IncomingDocument.objects.filter(pk__in=keys), here.question().reading.as_of)
    else:
        rows = ObligationSpan.objects.filter(pk__in=keys)
    by_key = {row["pk"]: row for row in _columns(rows, cut)}
    return [by_key[key] for key in keys if key in by_key]


def incoming_lines(here: Standpoint, state: State) -> Iterator[IncomingLine]:
    """All rows of what the address asks for, in its order, a few thousand at a time."""
    rows = in_order(_columns(_found(here, state), state.cut), state, _orders(state.cut))
    reader = _Reader(here)
    return (reader.line(row) for row in rows.iterator(chunk_size=2_000))


def book_lines(here: Standpoint, book: RegisterBook) -> Iterator[IncomingLine]:
    """All lines of a register by number, cancelled ones in their place; of what is restricted to others the number."""
    rows = IncomingDocument.objects.current().filter(register=book)
    hidden, reader = hidden_from(here.actor, rows), _Reader(here)
    ordered = _columns(_with_replies(rows, here.question().reading.as_of), ALL).order_by(
        "arrival_number", "arrival_suffix"
    )
    lines = ((row["pk"] in hidden, reader.line(row)) for row in ordered.iterator(chunk_size=2_000))
    return (replace(line, **_UNTOLD) if is_hidden else line for is_hidden, line in lines)


def _orders(cut: str) -> Mapping[str, Order]:
    if cut in WITH_ALL_DOCUMENTS:
        return {"number": Order("arrived_on")}
    return {"number": Order("arises_on"), "due_on": Order("due_on", may_be_empty=True)}


def _found(here: Standpoint, state: State, whole: int | None = None) -> QuerySet[Any]:
    """Documents (of the whole register) or spans (of what is owed) that meet the conditions."""
    rows: QuerySet[Any] = _given(here) if state.cut == GIVEN else _registered(here, state.cut)
    day = here.question().reading.as_of
    if state.cut in WITH_ALL_DOCUMENTS:
        paths = _Paths(document="", span="span__", assigned="")
        return _narrowed(_with_replies(rows, day), here, state, paths, whole)
    if state.cut == CARRIED_IN:  # counted as they stood when the period began, shown as they stand now
        rows = ObligationSpan.objects.current().holding_on(day).filter(obligation__in=rows.values("obligation"))
    return _narrowed(rows, here, state, _Paths(document=_DOCUMENT, span="", assigned="obligation__"), whole)


def _registered(here: Standpoint, cut: str) -> QuerySet[Any]:
    """What the figure of a part counts, as far as the reader may see it."""
    rows: QuerySet[Any] = access.scope(here.actor, "records.view", drill(CUTS[cut], here.question()))
    return rows


def _given(here: Standpoint) -> QuerySet[IncomingDocument]:
    """Documents of other registers that arrived in the period and are given to the unit or one below it."""
    reading, within = here.question().reading, reach_with_ended(here.unit.id, here.last_day)
    arrived = IncomingDocument.objects.current().numbered().arrived_in(reading.range, by=reading.as_of)
    given = arrived.filter(assigned_unit__in=within).exclude(unit__in=within)
    return access.scope(here.actor, "records.view", given, given=True)


def _with_replies(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Documents with the obligation that stands for each (`owed`) and the span that holds on the day (`span`)."""
    holds = Q(owed__spans__superseded_at=None, owed__spans__valid_from__lte=day, owed__spans__valid_to__gt=day)
    rows = rows.annotate(owed=FilteredRelation("obligations", condition=Q(obligations__removed_at=None)))
    with_spans: QuerySet[Any] = rows.annotate(span=FilteredRelation("owed__spans", condition=holds))
    return with_spans


def _columns(rows: QuerySet[Any], cut: str) -> QuerySet[Any, dict[str, Any]]:
    """What a line is made of, under the same names whether the rows are documents or spans."""
    if cut in WITH_ALL_DOCUMENTS:
        return rows.values(
            "pk",
            "arrived_on",
            **_named("d_", _OF_DOCUMENT, ""),
            **_named("a_", _ASSIGNED, ""),
            **_named("o_", _OF_OBLIGATION, "owed__"),
            **_named("l_", _OF_LETTER, "owed__reply_document__"),
            **_named("s_", _OF_SPAN, "span__"),
            d_id=F("pk"),
        )
    return rows.values(
        "pk",
        "arises_on",
        "due_on",
        **_named("d_", _OF_DOCUMENT, _DOCUMENT),
        **_named("a_", _ASSIGNED, "obligation__"),
        **_named("o_", _OF_OBLIGATION, "obligation__"),
        **_named("l_", _OF_LETTER, "obligation__reply_document__"),
        **_named("s_", _OF_SPAN, ""),
        d_id=F("obligation__document_id"),
    )


def _named(mark: str, columns: tuple[str, ...], path: str) -> dict[str, F]:
    return {f"{mark}{column}": F(f"{path}{column}") for column in columns}


@dataclass(frozen=True, slots=True)
class _Paths:
    """From a row to its document, its span, and to who it is assigned."""

    document: str
    span: str
    assigned: str


def _narrowed(rows: QuerySet[Any], here: Standpoint, state: State, paths: _Paths, whole: int | None) -> QuerySet[Any]:
    conditions = Q()
    if state.search:
        conditions &= holding(IncomingDocument, state.search, paths.document, among=whole)
    if issuer := state.value("issuer"):
        bearing = rows.filter(holding(IncomingDocument, issuer, paths.document, among=whole))
        conditions &= Q(**{f"{paths.document}issuer__in": values_bearing(bearing, f"{paths.document}issuer", issuer)})
    if unit := state.value("assigned"):
        node = node_named(here.units, unit)
        conditions &= Q(**{f"{paths.assigned}assigned_unit_id": node.id}) if node else Q(pk__in=[])
    if kind := state.value("kind"):
        conditions &= Q(**{f"{paths.document}kind": kind})
    for code, path in (("due", f"{paths.span}due_on"), ("arrived", f"{paths.document}arrived_on")):
        conditions &= _within(path, state.value(code))
    if handling := state.value("handling"):
        conditions &= _HANDLING[handling](paths.span) if handling in _HANDLING else Q(pk=None)
    return rows.filter(conditions)


def _within(path: str, days: Span | None) -> Q:
    condition = Q()
    if days and days.first:
        condition &= Q(**{f"{path}__gte": days.first})
    if days and days.last:
        condition &= Q(**{f"{path}__lte": days.last})
    return condition


def _stage(stage: Stage) -> Callable[[str], Q]:
    return lambda path: Q(**{f"{path}status": Status.OPEN.value, f"{path}stage": stage.value})


_HANDLING: dict[str, Callable[[str], Q]] = {
    **{stage.value: _stage(stage) for stage in Stage},
    Status.SUSPENDED.value: lambda path: Q(**{f"{path}status": Status.SUSPENDED.value}),
    Status.COMPLETED.value: lambda path: Q(**{f"{path}status": Status.COMPLETED.value}),
}
HANDLING = tuple(_HANDLING)
"""How far a reply may have come, as the filter names it."""


class _Reader:
    """Makes lines of rows: names of units out of the tree in memory, what is owed against the page's day."""

    def __init__(self, here: Standpoint) -> None:
        self.units, self.actor = here.units, here.actor
        self.day = Day(here.question().reading.as_of)

    def line(self, row: Mapping[str, Any]) -> IncomingLine:
        unit = self.units.node(row["a_assigned_unit_id"]) if row["a_assigned_unit_id"] else None
        given = {name: row[f"a_{name}"] for name in ("assigned_unit_id", "assigned_officer")}
        answered, letter = IncomingDocument(pk=row["d_id"], **given), [row[f"l_{name}"] for name in _OF_LETTER]
        tells_reply = row["s_completed_on"] and tells_answer(self.actor, answered, *letter)
        return IncomingLine(
            pk=row["d_id"],
            number=RegisterNumber(row["d_arrival_number"], row["d_arrival_suffix"]),
            arrived_on=row["d_arrived_on"],
            issuer=row["d_issuer"],
            symbol=row["d_symbol"],
            issued_on=row["d_issued_on"],
            kind=kind_label(row["d_kind"]),
            summary=row["d_summary"],
            note=f"Số hủy: {row['d_cancelled_reason']}" if row["d_cancelled"] else row["d_note"],
            register_of=unit_name(self.units, row["d_unit_id"], row["d_arrived_on"]),
            unit=unit.name if unit else "",
            officer=row["a_assigned_to"],
            transferred_on=row["d_transferred_on"],
            obligation_id=row["o_id"] if row["s_status"] else None,
            owed=self._owed(row) if row["s_status"] else None,
            suspended_on=row["s_valid_from"] if row["s_status"] == Status.SUSPENDED.value else None,
            reply_id=row["o_reply_document_id"] if tells_reply else None,
            reply_symbol=row["o_answer_symbol"] if tells_reply else "",
        )

    def _owed(self, row: Mapping[str, Any]) -> Standing:
        state = Stood(
            unit_id=row["s_unit_id"],
            due_on=row["s_due_on"],
            status=Status(row["s_status"]),
            stage=Stage(row["s_stage"]),
            completed_on=row["s_completed_on"],
        )
        return Standing.of(Kind.REPLY, state, self.day)


def find_incoming(actor: Actor, words: str, limit: int) -> list[Found]:
    """Documents in that hold the words, the latest first."""
    found = latest_holding(actor, "records.view", IncomingDocument.objects.current(), words, "arrived_on")[:limit]
    return [Found(_called(document), document_address(document.pk), document.issuer) for document in found]


def _called(document: IncomingDocument) -> str:
    return " · ".join(part for part in (str(document.number), document.symbol, document.summary) if part)
