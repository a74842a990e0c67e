"""What several rooms ask of querysets."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Count, F, Lookup, Model, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)


def number_of(rows: QuerySet[Any, Any]) -> Subquery:
    """How many rows there are, to stand beside each of them: counted once, from an index, whatever columns are listed.
    A window would carry every row through the sort to show eight."""
    counted = rows.order_by().select_related(None).annotate(figure_all=Value(1)).values("figure_all")
    return Subquery(counted.annotate(figure_number=Count("pk")).values("figure_number"))


def among(column: str, ids: Iterable[int]) -> Lookup[Any]:
    """A condition: a column of ids holds one of these. As `__in`, but any number of them goes over as one value, where
    each placeholder costs (5,000 of them as much as the statement itself)."""
    return _Among(F(column), list(ids))


class _Among(Lookup[Any]):
    prepare_rhs = False

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::bigint[])", [*values, self.rhs]

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} IN (SELECT value FROM json_each(%s))", [*values, json.dumps(self.rhs)]  # noqa: S608  a column


def subquery(rows: QuerySet[Any, Any], using: str) -> RawSQL:
    """The keys of rows, put into SQL now: for what stands in many statements. None found: keys of nothing."""
    for sql, values in _selects([rows.using(using)]):
        return RawSQL(sql, values)  # noqa: S611  the ORM's own words
    return RawSQL("SELECT NULL WHERE 1 = 0", ())


@dataclass(frozen=True, slots=True)
class Ways(Generic[Row]):
    """Rows found in one of several ways, each from its index: asked at once, none of them would be used.

    No row is found in two of them. Each is put into SQL once, however many statements ask it.
    """

    every: QuerySet[Row]
    selects: tuple[tuple[str, tuple[Any, ...]], ...]

    @classmethod
    def of(cls, every: QuerySet[Row], ways: Iterable[QuerySet[Row]]) -> "Ways[Row]":
        """The ways, by what finds them; `every` are the rows of which they find some, without condition."""
        return cls(every, tuple(_selects(ways)))

    def rows(self) -> QuerySet[Row]:
        """All that are found."""
        if not self.selects:
            return self.every.none()
        sql = " UNION ALL ".join(sql for sql, _ in self.selects)
        return self.every.filter(pk__in=RawSQL(sql, [value for _, values in self.selects for value in values]))  # noqa: S611  the ORM's own words


def numbers_of(parts: Mapping[str, Ways[Any]]) -> dict[str, int]:
    """How many rows each part holds. One statement of one row: what is counted apart is planned apart, while a server
    starts further processes for the sum of it, which cost it more than the answer."""
    numbers = dict.fromkeys(parts, 0)
    asked = [(name, sql, values) for name, ways in parts.items() for sql, values in ways.selects]
    if not asked:
        return numbers
    using = next(iter(parts.values())).every.db
    counted = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) AS found)" for _, sql, _ in asked)  # noqa: S608  the ORM's own words
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT {counted}", [value for _, _, values in asked for value in values])
        for (name, _, _), number in zip(asked, cursor.fetchone(), strict=True):
            numbers[name] += number
    return numbers


def _selects(ways: Iterable[QuerySet[Any]]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for way in ways:
        try:
            sql, values = way.order_by().values("pk").query.get_compiler(using=way.db).as_sql()
        except EmptyResultSet:
            continue
        yield sql, tuple(values)
