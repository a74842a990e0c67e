"""Many documents at once, in a constant number of statements per chunk: the ground of imports.

The caller holds the transaction and writes the audit entry. A document is found by its key among current rows; what
already stands as given is left alone, what differs is corrected with its past kept, what is new is inserted. What a
person corrected stays until the sheet says something new of it (`records.heard`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from noivu.core.bulk import in_chunks
from noivu.records.constants import Direction, Series
from noivu.records.heard import heard
from noivu.records.models import DocumentCopy, IncomingDocument, OutgoingDocument, RegisterBook
from noivu.records.models.documents import derived_texts
from noivu.records.numbers import RegisterNumber, read_symbol, symbol_key
from noivu.records.searching import insert_searchable

_BATCH = 500
_DERIVED = ("search_text", "symbol_key")


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """An incoming document as a sheet gives it. `fields`: only the columns that the sheet has."""

    unit_id: int
    number: RegisterNumber
    arrived_on: date
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """An outgoing document as a sheet gives it."""

    unit_id: int
    symbol: str
    issued_on: date
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a row: the id of its document, the day under which it stands, and whether anything changed.

    `cancelled`: the number is void. `answered_before`: the document that a letter named until now.
    """

    id: int
    day: date
    changed: bool
    cancelled: bool = False
    answered_before: int | None = None


def standing_incoming(rows: Sequence[IncomingRow]) -> list[IncomingDocument | None]:
    """The documents that stand under the keys of rows, in their order; None where there is none yet."""
    found = IncomingDocument.objects.current().filter(
        register__series=Series.ORDINARY.value,
        register__year__in={row.arrived_on.year for row in rows},
        unit_id__in={row.unit_id for row in rows},
        arrival_number__in={row.number.number for row in rows},
    )
    standing = {(one.unit_id, one.arrived_on.year, one.arrival_number, one.arrival_suffix): one for one in found}
    keys = ((row.unit_id, row.arrived_on.year, row.number.number, row.number.suffix) for row in rows)
    return [standing.get(key) for key in keys]


def write_incoming(rows: Sequence[IncomingRow], now: datetime) -> list[Written]:
    """Insert or correct incoming documents by unit, year and number. Keys must not repeat within `rows`."""
    books = _books(Direction.IN, {(row.unit_id, row.arrived_on.year) for row in rows})

    def key(row: IncomingRow) -> tuple[Any, ...]:
        return books[row.unit_id, row.arrived_on.year], row.number.number, row.number.suffix

    def values(row: IncomingRow) -> dict[str, Any]:
        book, number, suffix = key(row)
        placed = {"unit_id": row.unit_id, "register_id": book, "arrival_number": number, "arrival_suffix": suffix}
        return {**row.fields, **placed, "arrived_on": row.arrived_on}

    def stored() -> QuerySet[IncomingDocument]:
        numbers = {row.number.number for row in rows}
        return IncomingDocument.objects.current().filter(
            register_id__in=set(books.values()), arrival_number__in=numbers
        )

    written = _write(IncomingDocument, rows, key, values, stored, now)
    _raise_last_numbers((books[row.unit_id, row.arrived_on.year], row.number.number) for row in rows)
    return written


def write_outgoing(rows: Sequence[OutgoingRow], now: datetime) -> list[Written]:
    """Insert or correct outgoing documents by unit, symbol and day. Keys must not repeat within `rows`."""
    books = _books(Direction.OUT, {(row.unit_id, row.issued_on.year) for row in rows})

    def key(row: OutgoingRow) -> tuple[Any, ...]:
        return row.unit_id, symbol_key(row.symbol), row.issued_on

    def values(row: OutgoingRow) -> dict[str, Any]:
        symbol = read_symbol(row.symbol)
        number = {"number": symbol.number, "suffix": symbol.suffix} if symbol else {}
        book = books[row.unit_id, row.issued_on.year]
        placed = {"unit_id": row.unit_id, "register_id": book, "symbol": row.symbol, "issued_on": row.issued_on}
        return {**row.fields, **number, **placed}

    def stored() -> QuerySet[OutgoingDocument]:
        keys, units = {symbol_key(row.symbol) for row in rows}, {row.unit_id for row in rows}
        return OutgoingDocument.objects.current().filter(unit_id__in=units, symbol_key__in=keys)

    written = _write(OutgoingDocument, rows, key, values, stored, now)
    read = ((row, read_symbol(row.symbol)) for row in rows)
    _raise_last_numbers((books[row.unit_id, row.issued_on.year], s.number) for row, s in read if s)
    return written


def _write(
    model: type[Any],
    rows: Sequence[Any],
    key: Callable[[Any], tuple[Any, ...]],
    values: Callable[[Any], dict[str, Any]],
    stored: Callable[[], QuerySet[Any, Any]],
    now: datetime,
) -> list[Written]:
    day = "arrived_on" if model is IncomingDocument else "issued_on"
    standing = {_place(document): document for document in stored().select_for_update().order_by("pk")}
    new: list[dict[str, Any]] = []
    changed: list[Any] = []
    noted: list[Any] = []
    outcomes: dict[tuple[Any, ...], Written] = {}
    for row in rows:
        document = standing.get(key(row))
        if document is None:
            new.append(values(row))
        elif document.cancelled:
            outcomes[key(row)] = Written(document.pk, getattr(document, day), changed=False, cancelled=True)
        else:
            answered = getattr(document, "in_reply_to_id", None)
            differs, noted_only = _take(document, values(row))
            changed += [document] * differs
            noted += [document] * noted_only
            outcomes[key(row)] = Written(document.pk, getattr(document, day), differs, answered_before=answered)
    _correct(model, changed, now)
    model.objects.bulk_update(noted, ["sheet_said"], batch_size=_BATCH)
    if new:
        _insert(model, new, now)
        given = {tuple(place): (pk, on) for pk, on, *place in stored().values_list("pk", day, *_PLACES[model])}
        outcomes |= {place: Written(*given[place], changed=True) for place in given.keys() - outcomes.keys()}
    return [outcomes[key(row)] for row in rows]


def _place(document: Any) -> tuple[Any, ...]:
    return tuple(getattr(document, name) for name in _PLACES[type(document)])


_PLACES: dict[type[Any], tuple[str, ...]] = {
    IncomingDocument: ("register_id", "arrival_number", "arrival_suffix"),
    OutgoingDocument: ("unit_id", "symbol_key", "issued_on"),
}
"""What tells a document from all others of the register."""


def _take(document: Any, values: dict[str, Any]) -> tuple[bool, bool]:
    """Set what the sheet says anew. Whether anything differs; else whether what the sheet said is to be noted."""
    news, said = heard(document, values)
    is_noted = document.sheet_said != said
    for name, value in news.items():
        setattr(document, name, value)
    document.sheet_said = said
    return bool(news), is_noted and not news


def _correct(model: type[Any], changed: list[Any], now: datetime) -> None:
    if not changed:
        return
    for ids in in_chunks((document.pk for document in changed), _BATCH):
        model.objects.filter(pk__in=ids).superseded_by_now(now)
    written = [f.attname for f in model._meta.concrete_fields if f.name not in _UNTOUCHED]
    for document in changed:
        fields = {name: getattr(document, name) for name in written}
        for name, text in derived_texts(fields).items():
            setattr(document, name, text)
        document.recorded_at = now
    model.objects.bulk_update(changed, [*(model._meta.get_field(n).name for n in _names(model))], batch_size=_BATCH)
    for ids in in_chunks((document.pk for document in changed), _BATCH):
        copies_follow(model, ids)


def copies_follow(model: type[Any], ids: Sequence[int]) -> None:
    """Copies are as restricted as the documents of which they were made."""
    side = "incoming" if model is IncomingDocument else "outgoing"
    mark = model.objects.filter(pk=OuterRef(f"{side}_id")).values("secrecy")[:1]
    DocumentCopy.objects.filter(**{f"{side}__in": ids}).update(secrecy=Subquery(mark))


_UNTOUCHED = frozenset(
    {"id", "unit", "register", "recorded_at", "superseded_at", "version_of", "cancelled", "cancelled_reason"}
)


def _names(model: type[Any]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name not in _UNTOUCHED]


def _insert(model: type[Any], new: list[dict[str, Any]], now: datetime) -> None:
    fields = [field for field in model._meta.concrete_fields if field.name != "id"]
    blank = {field.attname: _blank(field) for field in fields}

    def row(values: dict[str, Any]) -> tuple[Any, ...]:
        whole = {**blank, **values, **derived_texts(values), "sheet_said": {}, "recorded_at": now}
        return tuple(whole[field.attname] for field in fields)

    insert_searchable(model, [field.name for field in fields], (row(values) for values in new))


def _blank(field: Any) -> Any:
    if field.null:
        return None
    return field.get_default() if field.has_default() and field.name != "recorded_at" else ""


def _books(direction: Direction, wanted: set[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """The ordinary registers of these units and years, opened where there is none, locked."""

    def found() -> dict[tuple[int, int], int]:
        books = RegisterBook.objects.select_for_update().filter(
            direction=direction.value,
            series=Series.ORDINARY.value,
            unit_id__in={unit for unit, _ in wanted},
            year__in={year for _, year in wanted},
        )
        return {(book.unit_id, book.year): book.pk for book in books}

    lacking = wanted - found().keys()
    RegisterBook.objects.bulk_create(
        [RegisterBook(unit_id=unit, direction=direction.value, year=year) for unit, year in sorted(lacking)],
        ignore_conflicts=True,
    )
    return found()


def _raise_last_numbers(given: Iterable[tuple[int, int]]) -> None:
    highest: dict[int, int] = {}
    for book, number in given:
        highest[book] = max(number, highest.get(book, 0))
    for book, number in highest.items():
        RegisterBook.objects.filter(pk=book, last_number__lt=number).update(last_number=number)
