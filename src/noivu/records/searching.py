"""Search over registers: one folded text per document, one meaning of a query on both databases.

The text begins and ends with a space and holds symbols twice, as written and parted at their signs. A word of three
letters or more is found anywhere; of two, at the beginning of a word; of one, as a whole word. So every word of a query
has at least three characters of the text to hold on to, and the trigram indexes of both databases serve it.
"""

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import islice
from operator import and_
from typing import Any, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, StrIndex
from django.db.models.lookups import GreaterThan

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.bulk import insert_rows
from noivu.core.constraints import PerVendor
from noivu.core.text import fold

_SIGNS = re.compile(r"[^\w]+")
_MOST_WORDS = 12
_GATHERED_AT_MOST = 20_000
_READ_AT_MOST = 5_000
_SAMPLED, _EVERY = 4_000, 8
_UNEVEN = 104_729
"""A prime: rows that come in rotation, unit after unit, must not meet the step of the sample."""
_MET = 2
_TRIGRAM, _RAREST, _RARE = 3, 3, 100
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


def matching(rows: _Rows, query: str, *, among: int | None = None) -> _Rows:
    """Rows whose `search_text` holds every word of a query, through the index of their table. Empty query: all rows."""
    return rows.filter(holding(rows.model, query, using=rows.db, among=among))


def holding(
    model: type[Model], query: str, path: str = "", *, using: str = DEFAULT_DB_ALIAS, among: int | None = None
) -> Q:
    """The condition that `search_text` of the model holds every word of a query; `path` leads to it (`document__`).

    Written on the column itself, so that a list in the order of an index may stop at its first page. On SQLite words
    that few rows hold are looked up in the index instead; the rows that hold common ones are not gathered, they are met
    soon enough on the way. `among` says of how many rows it is asked at most, where that is known: few are read.
    """
    pieces = search_pieces(query)
    if not pieces:
        return Q()
    if connections[using].vendor != "sqlite" or (among is not None and among <= _READ_AT_MOST):
        return _said(pieces, path, using)
    sample = _sample(using, model)
    held = sample.rows_like(pieces)
    if held > (_GATHERED_AT_MOST if among is None else min(among, _GATHERED_AT_MOST)):
        return _said(pieces, path, using)
    rarest = sample.rarest(pieces)
    if not rarest:
        return _looked_up(model, pieces, path)
    return _looked_up(model, rarest, path) & _said(pieces, path, using)


def indexed(rows: _Rows, query: str) -> _Rows:
    """Rows that hold every word of a query, looked up in the index alone: for few rows with long texts, of which no
    sample is read. Empty query: none."""
    pieces = search_pieces(query)
    if not pieces:
        return rows.none()
    is_server = connections[rows.db].vendor != "sqlite"
    return rows.filter(_said(pieces, "", rows.db) if is_server else _looked_up(rows.model, pieces, ""))


def _said(pieces: Sequence[str], path: str, using: str) -> Q:
    """That the text holds all pieces, read in the text."""
    if connections[using].vendor != "sqlite":
        return reduce(and_, (Q(**{f"{path}search_text__contains": piece}) for piece in pieces), Q())
    found = (StrIndex(F(f"{path}search_text"), Value(piece)) for piece in pieces)
    return reduce(and_, (Q(GreaterThan(place, 0)) for place in found), Q())


def _looked_up(model: type[Model], pieces: Sequence[str], path: str) -> Q:
    """That the row is one of those which the index knows for all pieces."""
    index = f"{model._meta.db_table}_search"
    wanted = " AND ".join('"' + piece.replace('"', '""') + '"' for piece in pieces)
    return Q(**{f"{path}pk__in": RawSQL(f"SELECT rowid FROM {index} WHERE {index} MATCH %s", [wanted])})  # noqa: S608, S611  named by the model


def latest_holding(actor: Actor, verb: str, rows: _Rows, query: str, day: str, *, given: bool = True) -> _Rows:
    """Rows that reach the actor and hold every word of a query, the latest `day` first: of which few are wanted.

    Where a sample shows that such rows are met on the way back in time, that way is gone. Else they may be years apart
    or not there at all: then the rows of the words are gathered, or those of a narrow reach, whichever are fewer.
    `given` as in `access.scope`.
    """
    pieces, model = search_pieces(query), rows.model
    found: Any = matching(access.scope(actor, verb, rows, given=given), query)
    sample = _sample(rows.db, model)
    units = frozenset() if sample.is_whole else access.units(actor, verb)
    if sample.is_whole or sample.are_met(pieces, units):
        return cast(_Rows, found.order_by(f"-{day}", "-pk"))
    if sample.rows_of(units) < sample.rows_like(pieces):
        found = _within_reach(actor, verb, rows, _said(pieces, "", rows.db), given=given)
    # By the column itself the planner would go back in time after all.
    return cast(_Rows, found.order_by(Coalesce(day, day).desc(), "-pk"))


def _within_reach(actor: Actor, verb: str, rows: QuerySet[Any], said: Q, *, given: bool) -> QuerySet[Any]:
    """Rows that reach the actor, gathered way by way, of which it holds that `said`.

    A server is asked for the words within each way, else it reads all that hold them; SQLite keeps to the ways, and
    would read what is reached twice twice.
    """
    is_server = connections[rows.db].vendor != "sqlite"
    asked = rows.filter(said) if is_server else rows
    ways = access.ways(actor, verb, asked) if given else [access.scope(actor, verb, asked)]
    first, *others = (way.order_by().values("pk") for way in ways)
    within: QuerySet[Any] = rows.model._default_manager.filter(pk__in=first.union(*others) if others else first)
    return within if is_server else within.filter(said)


def values_bearing(rows: QuerySet[Any], column: str, words: str) -> list[str]:
    """What a column says where it bears all these words, with or without accents; `rows` hold them somewhere."""
    said = rows.order_by().values_list(column, flat=True).distinct()[:_LOOKED_AT]
    wanted = fold(words).split()
    return [value for value in said if all(word in fold(value) for word in wanted)]


@dataclass(frozen=True, eq=False)
class Sample:
    """Some rows of a table, spread evenly: their texts, and the units that have them. By it a way is chosen to rows
    that are the same on every way."""

    last: int
    rows: tuple[tuple[str, frozenset[int]], ...]

    @property
    def is_whole(self) -> bool:
        """Whether the table is so small that every way is short."""
        return self.last <= _GATHERED_AT_MOST

    def rows_like(self, pieces: Sequence[str]) -> int:
        """About how many rows hold all pieces; none where the table is small."""
        return 0 if self.is_whole else self._grown(len(_holders(self, tuple(pieces))))

    def rows_of(self, units: frozenset[int]) -> int:
        """About how many rows these units have."""
        return self._grown(sum(not units.isdisjoint(having) for _, having in self.rows))

    def are_met(self, pieces: Sequence[str], units: frozenset[int]) -> bool:
        """Whether rows of these units that hold the pieces are met every few thousand rows."""
        met = (1 for having in _holders(self, tuple(pieces)) if not units.isdisjoint(having))
        return sum(islice(met, _MET)) == _MET

    def rarest(self, pieces: Sequence[str]) -> list[str]:
        """Of the three letters that follow one another in the pieces, the rarest; none where all of them are common.

        To follow a symbol (1234/UBND-NC) through all rows that say UBND costs more than to read the few that say 123.
        """
        if self.is_whole:
            return []
        texts = [text for text, _ in self.rows[::_EVERY]]
        parts = dict.fromkeys(p[n : n + _TRIGRAM] for p in pieces for n in range(len(p) - _TRIGRAM + 1))
        counted = sorted((sum(part in text for text in texts), part) for part in parts)
        return [part for count, part in counted[:_RAREST] if count * _RARE <= len(texts)]

    def _grown(self, count: int) -> int:
        return count * self.last // max(len(self.rows), 1)


@lru_cache(maxsize=64)
def _holders(sample: Sample, pieces: tuple[str, ...]) -> list[frozenset[int]]:
    """Whose the rows of a sample are that hold all pieces: asked several times for a page, and for its next."""
    return [having for text, having in sample.rows if all(piece in text for piece in pieces)]


def _sample(using: str, model: type[Model]) -> Sample:
    ways: dict[str, str] = getattr(model, "scope_ways", {})
    paths = [getattr(model, "scope_path", ""), *ways.values()]
    units = tuple(field.column for field in model._meta.concrete_fields if field.name in paths)
    return _read_sample(using, model._meta.db_table, units, int(time.monotonic() / _FRESH_SECONDS))


@lru_cache(maxsize=16)
def _read_sample(using: str, table: str, units: tuple[str, ...], stretch_of_time: int) -> Sample:
    """Read once in a while and kept, so that no search costs a statement of its own."""
    columns = ", ".join(f"held.{column}" for column in ("search_text", *units))
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"""WITH RECURSIVE pick(n, last) AS (
  SELECT 0, coalesce((SELECT max(id) FROM {table}), 0)
  UNION ALL SELECT n + 1, last FROM pick WHERE n < {_SAMPLED} - 1)
SELECT pick.last, {columns} FROM pick JOIN {table} AS held
ON held.id = 1 + pick.n * pick.last / {_SAMPLED} + pick.n * {_UNEVEN} % (pick.last / {_SAMPLED} + 1)"""  # noqa: S608  named by the model
        )
        rows = cursor.fetchall()
    return Sample(rows[0][0] if rows else 0, tuple((text, frozenset(having) - {None}) for _, text, *having in rows))


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

    On SQLite a later migration that rebuilds the table drops the triggers: it must end with `search_index_anew`. Past
    versions of a row are not indexed.
    """
    index = f"{table}_search"
    of_new, of_old = (
        ("NEW.version_of_id IS NULL", "OLD.version_of_id IS NULL") if keeps_versions else ("1", "1")
    )  # an FTS5 table that is told to forget a row which it never held is corrupt
    return PerVendor(
        postgresql=(
            f"""CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX IF NOT EXISTS {index} ON {table} USING gin (search_text gin_trgm_ops);""",
            f"DROP INDEX IF EXISTS {index};",
        ),
        sqlite=(
            _SQLITE_UNDO.format(index=index) + _SQLITE.format(index=index, table=table, of_new=of_new, of_old=of_old),
            _SQLITE_UNDO.format(index=index),
        ),
    )


def search_index_anew(table: str, *, keeps_versions: bool, backwards: bool = False) -> PerVendor:
    """The same index again, where a migration rebuilt the table on SQLite: as its last operation, and with `backwards`
    as its first for the way back.
    """
    made = search_index(table, keeps_versions=keeps_versions).statements
    ways = {vendor: ("SELECT 1", create) if backwards else (create, "SELECT 1") for vendor, (create, _) in made.items()}
    return PerVendor(postgresql=ways["postgresql"], sqlite=ways["sqlite"])
