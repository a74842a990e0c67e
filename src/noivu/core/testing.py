"""Rows that many tests begin with, made once by a process and laid down again by every further test."""

import io
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import GeneratedField, Model
from django.utils import timezone

from noivu.core import clock

_A_MOMENT = timedelta(seconds=2)
Row = tuple[Any, ...]


class LaidDown:
    """What `build` adds to the tables of some models, remembered by which rows stood there before.

    The rows come back as they were, keys and instants too, in one statement for each table; triggers see them. Where
    the tables stand otherwise, or the clock of a test is moved, it is built as the first time.
    """

    def __init__(self, build: Callable[[], None], models: Sequence[type[Model]]) -> None:
        self._build = build
        self._models = models
        self._kept: dict[Row, list[tuple[type[Model], Any]]] = {}

    def lay(self) -> bool:
        """Whether the rows came back; else they were built."""
        plain = abs(clock.now() - timezone.now()) < _A_MOMENT
        before = self._standing()
        if plain and before in self._kept:
            for model, rows in self._kept[before]:
                _put(model, rows)
            return True
        highest = {model: _highest(model) for model in self._models}
        self._build()
        if plain:
            self._kept[before] = [(model, _taken(model, highest[model])) for model in self._models]
        return False

    def _standing(self) -> Row:
        """How many rows stand in each table, with the lowest and the highest key: rows that were swept away and made
        again have other keys, and what refers to them must be built anew."""
        asked = [
            f'(SELECT {what} FROM "{model._meta.db_table}")'
            for model in self._models
            for what in (f'{name}("{model._meta.pk.column}")' for name in ("count", "min", "max"))
        ]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(asked)}")
            return tuple(cursor.fetchone())


def _highest(model: type[Model]) -> Any:
    last = model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
    return 0 if last is None else last


def _names(model: type[Model]) -> tuple[str, str]:
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, GeneratedField)]
    return f'"{model._meta.db_table}"', ", ".join(f'"{field.column}"' for field in fields)


def _taken(model: type[Model], after: Any) -> Any:
    """The rows with a key beyond `after`, as the database writes them."""
    table, columns = _names(model)
    key = f'"{model._meta.pk.column}"'
    asked = f"SELECT {columns} FROM {table} WHERE {key} > {int(after)} ORDER BY {key}"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            held = io.BytesIO()
            with cursor.copy(f"COPY ({asked}) TO STDOUT") as copy:
                for block in copy:
                    held.write(block)
            return held.getvalue()
        cursor.execute(asked)
        return cursor.fetchall()


def _put(model: type[Model], rows: Any) -> None:
    table, columns = _names(model)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                copy.write(rows)
        elif rows:
            marks = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
