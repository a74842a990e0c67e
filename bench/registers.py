"""A year of registers to measure pages in: documents in, the replies they need, tasks. Made by rule (no chance)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db.models import Model

from bench.country import PROVINCES, settle
from noivu.core import clock
from noivu.core.bulk import insert_rows
from noivu.law.api import add_working_days
from noivu.portal.demo.words import MINISTRIES, SUBJECTS
from noivu.records.constants import Direction
from noivu.records.models import IncomingDocument, RegisterBook
from noivu.records.models.documents import derived_texts
from noivu.records.searching import insert_searchable, search_text
from noivu.work.constants import FOREVER, Happening, Kind, Stage, Status
from noivu.work.models import Obligation, ObligationEvent, ObligationSpan

YEAR, FIRST_DAY, DAYS = 2024, date(2024, 1, 1), 305
OWING, TASKS = 12, 50
"""One document in so many needs a reply; one task for so many documents."""
RARE, RARE_EVERY = "Quỳnh Lưu", 40_000
ISSUERS = [*MINISTRIES, *(f"Sở Nội vụ tỉnh thứ {n}" for n in range(1, PROVINCES + 1))]
SUMMARIES = [summary for unit in sorted(SUBJECTS) for summary in SUBJECTS[unit]]
_TEXT = {"CharField", "TextField"}


@dataclass(frozen=True, slots=True)
class Owed:
    """Something owed: for whom, since when, until when, and the day on which it was done."""

    kind: str
    unit: int
    arises_on: date
    document: int | None
    due_on: date | None
    done_on: date | None


def make_registers(rows: int, units: list[int]) -> None:
    """So many documents over all units; a reply owed for one in twelve; tasks; statistics for the planner."""
    make_documents(rows, units)
    store_owed([*_replies(rows, units), *_tasks(rows, units)])
    settle()


def _replies(rows: int, units: list[int]) -> Iterator[Owed]:
    documents = IncomingDocument.objects.order_by("pk").values_list("pk", flat=True)
    for n, document in enumerate(documents.iterator()):
        if n % OWING == 0:
            yield _owed(Kind.REPLY, unit_of(n, units), arrived_on(n, rows), document, n // OWING)


def _tasks(rows: int, units: list[int]) -> Iterator[Owed]:
    for n in range(0, rows, TASKS):
        yield _owed(Kind.TASK, unit_of(n, units), arrived_on(n, rows), None, n // TASKS)


def _owed(kind: Kind, unit: int, day: date, document: int | None, place: int) -> Owed:
    """Nine in ten get done, most of them in time; one in eleven has no due date."""
    due = _later(day, 5 + place % 10) if place % 11 else None
    done = _later(day, 1 + place % 12) if place % 10 else None
    return Owed(kind.value, unit, day, document, due, done)


@cache
def _later(day: date, working_days: int) -> date:
    return add_working_days(day, working_days)


def arrived_on(n: int, rows: int) -> date:
    """Documents arrive evenly, in the order of their keys."""
    return FIRST_DAY + timedelta(days=n * DAYS // rows)


def unit_of(n: int, units: list[int]) -> int:
    return units[n * 7_919 % len(units)]


def make_documents(rows: int, units: list[int]) -> None:
    RegisterBook.objects.bulk_create(
        [RegisterBook(unit_id=unit, direction=Direction.IN.value, year=YEAR) for unit in units], batch_size=2_000
    )
    books = dict(RegisterBook.objects.values_list("unit_id", "pk"))
    fields = [field for field in IncomingDocument._meta.concrete_fields if field.name != "id"]
    blank = {**_blank(IncomingDocument), "recorded_at": clock.now()}

    def made() -> Iterator[tuple[Any, ...]]:
        for n in range(rows):
            unit = unit_of(n, units)
            given = _document(n, rows, unit, books[unit], units)
            whole = {**blank, **given, **derived_texts(given)}
            yield tuple(whole[field.attname] for field in fields)

    insert_searchable(IncomingDocument, [field.name for field in fields], made())


def _document(n: int, rows: int, unit: int, book: int, units: list[int]) -> dict[str, Any]:
    day = arrived_on(n, rows)
    summary = SUMMARIES[n * 13 % len(SUMMARIES)]
    return {
        "unit_id": unit,
        "register_id": book,
        "arrival_number": n // len(units) + 1,
        "arrived_on": day,
        "issuer": ISSUERS[n * 31 % len(ISSUERS)],
        "symbol": f"{n % 9_000 + 20}/UBND-NC",
        "issued_on": day - timedelta(days=3),
        "kind": "cong-van",
        "summary": f"{summary} {RARE}" if n % RARE_EVERY == 7 else summary,
        "assigned_unit_id": unit,
        "assigned_to": f"Nguyễn Văn {n * 17 % 900}",
    }


def store_owed(owed: list[Owed]) -> None:
    fields = [field for field in Obligation._meta.concrete_fields if field.name != "id"]
    blank = _blank(Obligation)
    insert_searchable(
        Obligation,
        [field.name for field in fields],
        (tuple({**blank, **_columns(one, n)}[field.attname] for field in fields) for n, one in enumerate(owed)),
    )
    first = Obligation.objects.order_by("pk").values_list("pk", flat=True)[0]
    names = ["obligation", "happening", "on", "order", "due_on", "actor_id", "actor_name", "recorded_at"]
    blank_events = ["reason", "rule"]
    insert_rows(ObligationEvent, [*names, "from_sheet", *blank_events], _events(owed, first))
    insert_rows(
        ObligationSpan,
        [
            "obligation", "kind", "unit", "arises_on", "valid_from", "valid_to", "due_on",
            "status", "stage", "completed_on", "recorded_at",
        ],
        _spans(owed, first),
    )  # fmt: skip


def _columns(one: Owed, n: int) -> dict[str, Any]:
    title = "" if one.document else SUMMARIES[n % len(SUMMARIES)]
    return {
        "kind": one.kind,
        "code": "" if one.document else f"NV-{n}",
        "title": title,
        "unit_id": one.unit,
        "first_unit_id": one.unit,
        "arises_on": one.arises_on,
        "original_due_on": one.due_on,
        "document_id": one.document,
        "search_text": search_text([title]) if title else "",
    }


def _events(owed: list[Owed], first: int) -> Iterator[tuple[Any, ...]]:
    now = clock.now()
    for key, one in enumerate(owed, start=first):
        told = ("bench", "bench", now, True, "", "")
        yield (key, Happening.ASSIGNED.value, one.arises_on, 0, one.due_on, *told)
        if one.done_on is not None:
            yield (key, Happening.COMPLETED.value, one.done_on, 0, None, *told)


def _spans(owed: list[Owed], first: int) -> Iterator[tuple[Any, ...]]:
    now = clock.now()
    for key, one in enumerate(owed, start=first):
        head = (key, one.kind, one.unit, one.arises_on)
        stage = Stage.NOT_STARTED.value
        yield (*head, one.arises_on, one.done_on or FOREVER, one.due_on, Status.OPEN.value, stage, None, now)
        if one.done_on is not None:
            yield (*head, one.done_on, FOREVER, one.due_on, Status.COMPLETED.value, stage, one.done_on, now)


def _blank(model: type[Model]) -> dict[str, Any]:
    """Every column as it is when nothing is said."""
    texts = {field.attname: "" for field in model._meta.concrete_fields if field.get_internal_type() in _TEXT}
    flags = {f.attname: False for f in model._meta.concrete_fields if f.get_internal_type() == "BooleanField"}
    others: dict[str, Any] = {field.attname: None for field in model._meta.concrete_fields}
    return {**others, **texts, **flags}
