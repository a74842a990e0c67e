"""Many rows at once: COPY on PostgreSQL, one prepared statement on SQLite. 20 times faster than row objects."""

import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection, connections, transaction
from django.db.models import Field, ForeignKey, Model

Thing = TypeVar("Thing")
_CHUNK = 5_000
_PAGES_KIBIBYTES = 256 * 1024
_STORED_AS_THEY_ARE = {
    "BigAutoField",
    "BigIntegerField",
    "BooleanField",
    "CharField",
    "IntegerField",
    "PositiveBigIntegerField",
    "PositiveIntegerField",
    "PositiveSmallIntegerField",
    "SmallIntegerField",
    "TextField",
}
"""Values of these columns are stored as they come; asking each field costs more than storing."""
_DAYS = {"DateField", "DateTimeField"}


def _columns(model: type[Model], names: Sequence[str]) -> list[Field[Any, Any]]:
    return [model._meta.get_field(name) for name in names]  # type: ignore[misc]  # concrete fields are asked for by name


def insert_rows(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows of plain values in the order of the named fields (a foreign key by its id). Returns how many.

    Runs in the caller's transaction (or one of its own). Constraints and triggers hold; `save()` is not called.
    """
    fields = _columns(model, names)
    quoted = ", ".join(connection.ops.quote_name(str(f.column)) for f in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    prepared = _prepared(fields, rows)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return _copy(cursor, f"COPY {table} ({quoted}) FROM STDIN", prepared)
        marks = ", ".join(["%s"] * len(fields))
        count = 0
        while chunk := list(itertools.islice(prepared, _CHUNK)):
            cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({marks})", chunk)  # noqa: S608  names come from the model
            count += len(chunk)
        return count


class AsJson(str):
    """A value of a JSON column as it is stored."""

    __slots__ = ()


def as_json(value: Any) -> AsJson:
    """Write a value that many rows of `insert_rows` share once for all of them."""
    return AsJson(json.dumps(value, ensure_ascii=False))


@contextmanager
def much_written() -> Iterator[None]:
    """Inside, SQLite keeps up to 256 MB of pages of this connection before it spills them: an act that touches many
    indexes of a large table writes each page once, where it would write and read it back over and over. The server
    has its own memory."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    own: Any = connection.connection
    (before,) = own.execute("PRAGMA cache_size").fetchone()
    own.execute(f"PRAGMA cache_size = -{_PAGES_KIBIBYTES}")
    try:
        yield
    finally:
        own.execute(f"PRAGMA cache_size = {before}")


def in_chunks(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """So many at a time: a statement may name only so many keys, and many at once are slower than some."""
    ordered = list(things)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]


def _prepared(fields: Sequence[Field[Any, Any]], rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
    """Rows ready to be stored; only the columns that need it are touched."""
    width = len(fields)
    preparers = [(place, prepare) for place, field in enumerate(fields) if (prepare := _preparer(field)) is not None]
    for row in rows:
        values = list(row)
        if len(values) != width:
            raise ValueError(f"{width} columns, {len(values)} values")
        for place, prepare in preparers:
            values[place] = prepare(values[place])
        yield values


def _preparer(field: Field[Any, Any]) -> Callable[[Any], Any] | None:
    """How the values of one column are made ready, None: they are stored as they come. Chosen once: asking the
    connection for each value costs more."""
    if field.get_internal_type() == "JSONField":
        return lambda value: value if value is None or isinstance(value, AsJson) else as_json(value)
    stored = field.target_field if isinstance(field, ForeignKey) else field
    if stored.get_internal_type() in _STORED_AS_THEY_ARE:
        return None
    if connection.vendor == "postgresql":
        return None if stored.get_internal_type() in _DAYS else field.get_prep_value
    own = connections[connection.alias]
    if stored.get_internal_type() == "DateField":
        return lambda value: value.isoformat() if type(value) is date else field.get_db_prep_save(value, own)
    if stored.get_internal_type() == "DateTimeField":  # the rows of one act bear one instant
        return lru_cache(maxsize=64)(lambda value: field.get_db_prep_save(value, own))
    return lambda value: field.get_db_prep_save(value, own)


def _copy(cursor: Any, statement: str, rows: Iterable[Sequence[Any]]) -> int:
    count = 0
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count
