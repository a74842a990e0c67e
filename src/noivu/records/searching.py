"""Search over registers: one folded text per document, one meaning of a query on both databases.

The text begins and ends with a space and holds symbols twice, as written and parted at their signs. A word of three
letters or more is found anywhere; of two, at the beginning of a word; of one, as a whole word. So every word of a query
has at least three characters of the text to hold on to, and the trigram indexes of both databases serve it.
"""

import re
import time
from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from operator import and_
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from noivu.core.bulk import insert_rows
from noivu.core.constraints import PerVendor
from noivu.core.text import fold

_SIGNS = re.compile(r"[^\w]+")
_MOST_WORDS = 12
_GATHERED_AT_MOST = 20_000
_SAMPLED = 4_000
_FRESH_SECONDS = 600
_LOOKED_AT = 2_000
_SQLITE_UNDO = """
DROP TRIGGER IF EXISTS {index}_insert;
DROP TRIGGER IF EXISTS {index}_update;
DROP TRIGGER IF EXISTS {index}_delete;
DROP TABLE IF EXISTS {index};
"""
_SQLITE = """
CREATE VIRTUAL TABLE {index} USING fts5(search_text, content='{table}', content_rowid='id', tokenize='trigram');
INSERT INTO {index}({index}) VALUES ('rebuild');
CREATE TRIGGER {index}_insert AFTER INSERT ON {table} WHEN {of_new} BEGIN
  INSERT INTO {index}(rowid, search_text) VALUES (NEW.id, NEW.search_text); END;
CREATE TRIGGER {index}_update AFTER UPDATE OF search_text ON {table}
WHEN {of_old} AND OLD.search_text <> NEW.search_text BEGIN
  INSERT INTO {index}({index}, rowid, search_text) VALUES ('delete', OLD.id, OLD.search_text);
  INSERT INTO {index}(rowid, search_text) VALUES (NEW.id, NEW.search_text); END;
CREATE TRIGGER {index}_delete AFTER DELETE ON {table} WHEN {of_old} BEGIN
  INSERT INTO {index}({index}, rowid, search_text) VALUES ('delete', OLD.id, OLD.search_text); END;
"""


def search_text(parts: Iterable[str]) -> str:
    """The text of a document to search in, made of its fields; each word stands once."""
    words = [_folded(word) for part in parts for word in part.split()]
    whole = [piece for pieces, _ in words for piece in pieces]
    apart = [piece for _, pieces in words for piece in pieces]
    return f" {' '.join(dict.fromkeys(whole + apart))} "


@lru_cache(maxsize=65536)
def _folded(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A word folded, and what it consists of where signs part it. The words of registers are few and come again."""
    whole = tuple(fold(word).split())
    apart = tuple(piece for one in whole if _SIGNS.search(one) for piece in _SIGNS.split(one) if piece)
    return whole, apart


def search_pieces(query: str) -> list[str]:
    """What a text must hold, each of three characters or more, for the query to match."""
    return [_piece(word) for word in dict.fromkeys(fold(query).split())][:_MOST_WORDS]


def _piece(word: str) -> str:
    if len(word) == 1:
        return f" {word} "
    return f" {word}" if len(word) == 2 else word


_Rows = TypeVar("_Rows", bound=QuerySet[Any])


def matching(rows: _Rows, query: str) -> _Rows:
    """Rows whose `search_text` holds every word of a query, through the index of their table. Empty query: all rows."""
    return rows.filter(holding(rows.model, query, using=rows.db))


def holding(model: type[Model], query: str, path: str = "", *, using: str = DEFAULT_DB_ALIAS) -> Q:
    """The condition that `search_text` of the model holds every word of a query; `path` leads to it (`document__`).

    Written on the column itself, so that a list in the order of an index may stop at its first page. On SQLite words
    that few rows hold are looked up in the index instead; the rows that hold common ones are not gathered, they are met
    soon enough on the way.
    """
    pieces = search_pieces(query)
    if not pieces:
        return Q()
    if connections[using].vendor != "sqlite":
        return reduce(and_, (Q(**{f"{path}search_text__contains": piece}) for piece in pieces))
    index = f"{model._meta.db_table}_search"
    if _are_common(using, model._meta.db_table, pieces):
        found = (StrIndex(F(f"{path}search_text"), Value(piece)) for piece in pieces)
        return reduce(and_, (Q(GreaterThan(place, 0)) for place in found))
    wanted = " AND ".join('"' + piece.replace('"', '""') + '"' for piece in pieces)
    return Q(**{f"{path}pk__in": RawSQL(f"SELECT rowid FROM {index} WHERE {index} MATCH %s", [wanted])})  # noqa: S608, S611  named by the model


def values_bearing(rows: QuerySet[Any], column: str, words: str) -> list[str]:
    """What a column says where it bears all these words, with or without accents; `rows` hold them somewhere."""
    said = rows.order_by().values_list(column, flat=True).distinct()[:_LOOKED_AT]
    wanted = fold(words).split()
    return [value for value in said if all(word in fold(value) for word in wanted)]


def _are_common(using: str, table: str, pieces: Sequence[str]) -> bool:
    """Whether more rows hold these words than are worth gathering, judged by a sample of the table. It only chooses the
    way; the rows found are the same on both."""
    last, texts = _sample(using, table, int(time.monotonic() / _FRESH_SECONDS))
    if last <= _GATHERED_AT_MOST:
        return False
    held = sum(all(piece in text for piece in pieces) for text in texts)
    return held * last > _GATHERED_AT_MOST * len(texts)


@lru_cache(maxsize=16)
def _sample(using: str, table: str, stretch_of_time: int) -> tuple[int, tuple[str, ...]]:
    """The highest key of a table and the texts of some of its rows, spread evenly: read once in a while and kept, so
    that no search costs a statement of its own."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"""WITH RECURSIVE pick(n, last) AS (
  SELECT 0, coalesce((SELECT max(id) FROM {table}), 0)
  UNION ALL SELECT n + 1, last FROM pick WHERE n < {_SAMPLED} - 1)
SELECT pick.last, row.search_text FROM pick JOIN {table} row ON row.id = 1 + pick.n * pick.last / {_SAMPLED}"""  # noqa: S608  named by the model
        )
        rows = cursor.fetchall()
    return (rows[0][0] if rows else 0), tuple(text for _, text in rows)


def insert_searchable(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """`insert_rows` for a table with a search index, in the caller's transaction.

    On SQLite the index takes the new rows in one statement after them: row by row, each firing of the trigger makes the
    index write out what it had gathered, four times the work. The trigger is away only inside this transaction, in
    which nobody else can write; undone or killed, it is back with everything else.
    """
    if connection.vendor != "sqlite":
        return insert_rows(model, names, rows)
    table = model._meta.db_table
    index = f"{table}_search"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s", [f"{index}_insert"])
        (trigger,) = cursor.fetchone()
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")  # noqa: S608  named by the model
        (last,) = cursor.fetchone()
        cursor.execute(f"DROP TRIGGER {index}_insert")
        count = insert_rows(model, names, rows)
        added = f"SELECT id, search_text FROM {table} WHERE id > %s{_not_past(model)} ORDER BY id"  # noqa: S608  named by the model
        cursor.execute(f"INSERT INTO {index}(rowid, search_text) {added}", [last])
        cursor.execute(trigger)
    return count


def _not_past(model: type[Model]) -> str:
    return " AND version_of_id IS NULL" if any(f.name == "version_of" for f in model._meta.fields) else ""


def search_index(table: str, *, keeps_versions: bool) -> PerVendor:
    """The trigram index of `search_text` as a migration operation: GIN on PostgreSQL, an FTS5 table kept by triggers
    on SQLite.

    On SQLite a later migration that rebuilds the table drops the triggers: it must repeat this operation. Past
    versions of a row are not indexed.
    """
    index = f"{table}_search"
    of_new, of_old = (
        ("NEW.version_of_id IS NULL", "OLD.version_of_id IS NULL") if keeps_versions else ("1", "1")
    )  # an FTS5 table that is told to forget a row which it never held is corrupt
    return PerVendor(
        postgresql=(
            f"""CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX {index} ON {table} USING gin (search_text gin_trgm_ops);""",
            f"DROP INDEX IF EXISTS {index};",
        ),
        sqlite=(
            _SQLITE_UNDO.format(index=index) + _SQLITE.format(index=index, table=table, of_new=of_new, of_old=of_old),
            _SQLITE_UNDO.format(index=index),
        ),
    )
