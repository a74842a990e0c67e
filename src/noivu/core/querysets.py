"""What several rooms ask of querysets."""

import json
from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Count, F, Lookup, QuerySet, Subquery, Value
from django.db.models.sql.compiler import SQLCompiler


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
