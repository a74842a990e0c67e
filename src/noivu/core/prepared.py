"""A query that every page asks, put into SQL once: building it costs the framework ten times what answering does."""

from collections.abc import Callable, Hashable, Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)

_KEY = 7_206_145_832_290_774_169
"""Stands for the key while the statement is made: no parameter of a query holds these digits by chance."""
_KEPT = 16


@dataclass(frozen=True, slots=True)
class _Statement:
    sql: str
    parameters: tuple[Any, ...]
    compiler: Any  # without a connection: that belongs to the thread that made the statement
    converters: dict[int, Any]
    fields: tuple[str, ...]
    annotations: dict[str, int]


class Prepared(Generic[Row]):
    """Finds what `build(key)` finds: rows of one model, with their annotations and nothing joined to them. The key is
    one of 64 bits.

    The key may also stand inside a text ("user:12"). Whatever else the statement depends on (the day, what was
    declared) is said with `given`: for other values it is made anew.
    """

    def __init__(self, build: Callable[[int], QuerySet[Row]]) -> None:
        self._build = build
        self._kept: dict[Hashable, tuple[QuerySet[Row], _Statement]] = {}

    def rows(self, key: int, *given: Hashable) -> list[Row]:
        """The rows of a key: one statement."""
        queryset, statement = self._kept.get(given) or self._made(given)
        return list(_found(queryset.model, queryset.db, statement, key))

    def _made(self, given: tuple[Hashable, ...]) -> tuple[QuerySet[Row], _Statement]:
        queryset = self._build(_KEY)
        made = queryset, _statement(queryset)
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        self._kept[given] = made
        return made


def _statement(queryset: QuerySet[Any]) -> _Statement:
    compiler = queryset.query.get_compiler(using=queryset.db)
    sql, parameters = compiler.as_sql()
    expressions = [column[0] for column in compiler.select]
    places = compiler.klass_info["select_fields"]
    made = _Statement(
        sql=sql,
        parameters=tuple(parameters),
        compiler=compiler,
        converters=compiler.get_converters(expressions),
        fields=tuple(expressions[place].target.attname for place in places),
        annotations=dict(compiler.annotation_col_map),
    )
    compiler.connection = None
    return made


def _found(model: type[Row], alias: str, statement: _Statement, key: int) -> Iterator[Row]:
    connection = connections[alias]
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, [_filled(value, key) for value in statement.parameters])
        told = cursor.fetchall()
    compiler = copy(statement.compiler)
    compiler.connection = connection
    fields = len(statement.fields)
    for values in compiler.apply_converters(told, statement.converters):
        row = model.from_db(alias, statement.fields, values[:fields])
        for name, place in statement.annotations.items():
            setattr(row, name, values[place])
        yield row


def _filled(value: Any, key: int) -> Any:
    if isinstance(value, str):
        return value.replace(str(_KEY), str(key))
    return key if value == _KEY else value
