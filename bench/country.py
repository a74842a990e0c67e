"""A country to measure in: 12,000 units under one ministry, and a year of obligations, made by rule (no chance)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, UniqueConstraint

from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.law.models import Instrument
from noivu.units.batch import Batch, identity
from noivu.units.changes import Span
from noivu.units.constants import ORGANISATION_SCHEME, Family, Line
from noivu.units.models import Unit
from noivu.work.constants import FOREVER
from noivu.work.models import Obligation, ObligationSpan

UNITS, PROVINCES = 12_000, 63
FIRST_DAY, DAYS = date(2023, 11, 1), 366
_TEXT = {"CharField", "TextField"}


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
    """A year of obligations and their spans, made by the database itself: at this size a client's loop takes an hour.

    Replies stand on rows of tasks here: no figure reads the document behind them.
    """
    if units != list(range(units[0], units[0] + len(units))):
        raise SystemExit("the units of the bench are numbered without gaps")
    dialect = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    given = {
        "kind": "'task'",
        "code": "'B' || n",
        "unit_id": "unit",
        "first_unit_id": "unit",
        "arises_on": "arises",
        "confirmation_required": dialect["false"],
    }
    texts = {f.column: "''" for f in Obligation._meta.concrete_fields if f.get_internal_type() in _TEXT}
    values = {"rows": rows - 1, "first": units[0], "units": len(units), "now": clock.now().isoformat(" ")}
    with indexes_afterwards(Obligation, ObligationSpan), transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        _insert(cursor, Obligation, {"id": "n + 1", **texts, **given}, "", dialect, values)
        before = {"valid_from": "arises", "valid_to": "COALESCE(done, forever)", "completed_on": dialect["no_day"]}
        after = {"valid_from": "done", "valid_to": "forever", "completed_on": "done"}
        waiting = "CASE WHEN n % 53 = 0 THEN 'suspended' WHEN n % 59 = 0 THEN 'awaiting' ELSE 'open' END"
        _insert(cursor, ObligationSpan, {**_SPAN, **before, "status": waiting}, "", dialect, values)
        _insert(cursor, ObligationSpan, {**_SPAN, **after, "status": "'completed'"}, _DONE, dialect, values)


def settle() -> None:
    """What the database does by itself after many rows came: a server takes statistics and notes which pages all may
    see (autovacuum); of an embedded one whoever closes it last moves the rows from its log into its file."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


@contextmanager
def indexes_afterwards(*models: type[Model]) -> Iterator[None]:
    """Without indexes and checks of foreign keys while rows stream in; the indexes are built from the whole."""
    unique = [(m, c) for m in models for c in m._meta.constraints if isinstance(c, UniqueConstraint)]
    built = [*((m, index) for m in models for index in m._meta.indexes), *unique]
    editor = connection.schema_editor()  # not entered, asked for its words alone: else it ends by checking every key
    editor.deferred_sql = []
    _execute(one.remove_sql(model, editor) for model, one in built)
    connection.disable_constraint_checking()
    yield
    connection.enable_constraint_checking()
    _execute(one.create_sql(model, editor) for model, one in built)


def _execute(statements: Iterable[Any]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(str(statement))


_DONE = "WHERE done IS NOT NULL"
_KIND = "CASE WHEN n * 13 % 20 < 12 THEN 'reply' WHEN n * 13 % 20 < 19 THEN 'task' ELSE 'recommendation' END"
_SPAN = {
    "obligation_id": "n + 1",
    "kind": _KIND,
    "unit_id": "unit",
    "arises_on": "arises",
    "due_on": "due",
    "stage": "'not_started'",
    "recorded_at": "now",
}
_SQLITE = {
    "false": "0",
    "no_day": "NULL",
    "numbers": "WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < {rows})",
    "from": "numbers",
    "day": "date('{day}', '+' || ({shift}) || ' days')",
    "forever": f"'{FOREVER}'",
    "now": "'{now}'",
}
_POSTGRESQL = {
    "false": "false",
    "no_day": "NULL::date",
    "numbers": "",
    "from": "generate_series(0::bigint, {rows}) AS numbers(n)",
    "day": "(DATE '{day}' + ({shift})::int)",
    "forever": f"DATE '{FOREVER}'",
    "now": "TIMESTAMPTZ '{now}'",
}


def _insert(
    cursor: Any,
    model: type[Model],
    columns: dict[str, str],
    where: str,
    dialect: dict[str, str],
    values: dict[str, Any],
) -> None:
    """INSERT … SELECT over the numbers of the obligations; `columns` say each value in the words of `made`."""

    def day(shift: str) -> str:
        return dialect["day"].format(day=FIRST_DAY, shift=shift)

    made = (
        f"SELECT n, {values['first']} + n * 7919 % {values['units']} AS unit, {day(f'n * 31 % {DAYS}')} AS arises, "
        f"CASE WHEN n % 11 > 0 THEN {day(f'n * 31 % {DAYS} + 3 + n % 23')} END AS due, "
        f"CASE WHEN n % 10 > 0 THEN {day(f'n * 31 % {DAYS} + 1 + n % 29')} END AS done, "
        f"{dialect['forever']} AS forever, {dialect['now'].format(**values)} AS now "
        f"FROM {dialect['from'].format(**values)}"
    )
    cursor.execute(
        f"{dialect['numbers'].format(**values)} INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "
        f"SELECT {', '.join(columns.values())} FROM ({made}) AS made {where}"
    )
