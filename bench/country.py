"""A country to measure in: 12,000 units under one ministry, and a year of obligations, made by rule (no chance)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.core.bulk import insert_rows
from noivu.law.models import Instrument
from noivu.units.batch import Batch, Span, identity
from noivu.units.constants import ORGANISATION_SCHEME, Family, Line
from noivu.units.models import Unit
from noivu.work.constants import FOREVER, Kind, Stage, Status
from noivu.work.models import Obligation, ObligationSpan

UNITS, PROVINCES = 12_000, 63
FIRST_DAY, DAYS = date(2023, 11, 1), 366
_TEXT = {"CharField", "TextField"}
_KINDS = [Kind.REPLY] * 12 + [Kind.TASK] * 7 + [Kind.RECOMMENDATION]


def make_units(count: int = UNITS) -> list[int]:
    """A ministry, a department for each province below it, and all others shared out below the departments."""
    instrument, _ = Instrument.objects.get_or_create(number_symbol="01/2024", defaults={"title": "bench"})
    span = Span(date(2020, 1, 1), None, instrument)
    batch = Batch()
    for place in range(count):
        above = None if place == 0 else 0 if place <= PROVINCES else 1 + place % PROVINCES
        kind = "ministry" if place == 0 else "provincial-department"
        unit = batch.unit(_uid(place), Family.ORGANISATION)
        batch.kind(unit, span, kind)
        batch.name(unit, span, f"Đơn vị {place}", kind)
        batch.code(unit, span, ORGANISATION_SCHEME, f"U{place}")
        if above is not None:
            batch.line(unit, span, Line.SUPERIOR, _uid(above), place)
    batch.write(SYSTEM, "bench")
    return list(Unit.objects.order_by("pk").values_list("pk", flat=True))


def _uid(place: int) -> Any:
    return identity("bench", str(place))


def make_obligations(rows: int, units: list[int]) -> None:
    """A year of obligations. Replies stand on rows of tasks here: no figure reads the document behind them."""
    given = ["kind", "code", "unit", "first_unit", "arises_on", "confirmation_required"]
    blank = [f.name for f in Obligation._meta.concrete_fields if f.get_internal_type() in _TEXT and f.name not in given]
    texts = ("",) * len(blank)
    insert_rows(
        Obligation,
        [*given, *blank],
        (("task", f"B{n}", _unit(n, units), _unit(n, units), _arises_on(n), False, *texts) for n in range(rows)),
    )
    first = Obligation.objects.order_by("pk").values_list("pk", flat=True)[0]
    insert_rows(
        ObligationSpan,
        [
            "obligation", "kind", "unit", "arises_on", "valid_from", "valid_to", "due_on",
            "status", "stage", "completed_on", "recorded_at",
        ],
        _spans(rows, first, units),
    )  # fmt: skip


def _unit(n: int, units: list[int]) -> int:
    return units[n * 7_919 % len(units)]


def _arises_on(n: int) -> date:
    return FIRST_DAY + timedelta(days=n * 31 % DAYS)


def _spans(rows: int, first: int, units: list[int]) -> Iterator[tuple[Any, ...]]:
    now = clock.now()
    for n in range(rows):
        arises = _arises_on(n)
        due = arises + timedelta(days=3 + n % 23) if n % 11 else None
        done = arises + timedelta(days=1 + n % 29) if n % 10 else None
        head = (first + n, _KINDS[n * 13 % 20].value, _unit(n, units), arises)
        waiting = Status.SUSPENDED if n % 53 == 0 else Status.AWAITING if n % 59 == 0 else Status.OPEN
        yield (*head, arises, done or FOREVER, due, waiting.value, Stage.NOT_STARTED.value, None, now)
        if done is not None:
            yield (*head, done, FOREVER, due, Status.COMPLETED.value, Stage.NOT_STARTED.value, done, now)
