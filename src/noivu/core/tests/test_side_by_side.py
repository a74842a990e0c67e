"""Readings side by side: in order, of one instant, and of the caller's transaction where there is one."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper

from noivu.core import side_by_side as module
from noivu.core.side_by_side import side_by_side


def total(reader: BaseDatabaseWrapper) -> int:
    with reader.cursor() as cursor:
        cursor.execute("SELECT SUM(n) FROM things")
        return int(cursor.fetchone()[0])


class Store:
    """A database file with things in it, and somebody else who writes there."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.write("PRAGMA journal_mode=WAL", "CREATE TABLE things (n INTEGER)", "INSERT INTO things VALUES (1)")

    def write(self, *statements: str) -> None:
        writer = sqlite3.connect(self.file, isolation_level=None)
        for statement in statements:
            writer.execute(statement)
        writer.close()

    def add(self) -> None:
        self.write("INSERT INTO things VALUES (1)")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any) -> Iterator[Store]:
    store = Store(tmp_path / "things.sqlite3")
    settings = {**connection.settings_dict, "NAME": str(store.file), "ENGINE": "django.db.backends.sqlite3"}
    opened = DatabaseWrapper({**settings, "OPTIONS": {}})
    monkeypatch.setattr(module, "connection", opened)
    monkeypatch.setattr(module, "_cores", lambda: 3)
    with django_db_blocker.unblock():  # a file of its own, not the database of the tests
        yield store
    opened.close()


def test_answers_come_in_the_order_of_the_questions(store: Store) -> None:
    asked = [lambda reader, n=n: total(reader) * n for n in range(20)]
    assert side_by_side(asked) == list(range(20))


def test_several_read_at_once(store: Store) -> None:
    together = threading.Barrier(3, timeout=20)
    assert side_by_side([lambda _: together.wait() < 3] * 3) == [True] * 3


def test_what_is_written_meanwhile_is_seen_by_none(store: Store) -> None:
    def write_then_read(reader: BaseDatabaseWrapper) -> int:
        store.add()
        return total(reader)

    assert side_by_side([write_then_read] * 7) == [1] * 7
    assert side_by_side([total, total]) == [8, 8]


def test_a_write_while_they_begin_makes_them_begin_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    begin, begun = module._begin, []

    def begin_slowly(reader: Any) -> int:
        version = begin(reader)
        begun.append(reader)
        if len(begun) in (1, 4):
            store.add()
        return version

    monkeypatch.setattr(module, "_begin", begin_slowly)
    together = threading.Barrier(3, timeout=20)

    def read(reader: BaseDatabaseWrapper) -> int:
        together.wait()
        return total(reader)

    assert side_by_side([read] * 3) == [3, 3, 3]
    assert len(begun) == 1 + 3 * 3


def test_where_somebody_always_writes_one_reader_sees_one_state(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    begin = module._begin

    def begin_slowly(reader: Any) -> int:
        store.add()
        return begin(reader)

    monkeypatch.setattr(module, "_begin", begin_slowly)
    readers = []

    def read(reader: BaseDatabaseWrapper) -> int:
        readers.append(reader)
        store.add()
        return total(reader)

    assert len(set(side_by_side([read] * 3))) == 1
    assert len(set(map(id, readers))) == 1


def test_a_failure_is_raised_and_no_reader_stays_open(store: Store) -> None:
    readers = []

    def fail(reader: BaseDatabaseWrapper) -> None:
        readers.append(reader)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        side_by_side([fail, fail])
    assert all(reader.connection is None for reader in readers)


@pytest.mark.django_db
def test_inside_a_transaction_its_own_connection_answers() -> None:
    with transaction.atomic():
        assert side_by_side([lambda reader: reader.alias, lambda reader: reader is connection]) == ["default", True]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_all_answer_and_none_stays_open() -> None:
    def count(reader: BaseDatabaseWrapper) -> int:
        with reader.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM django_migrations")
            return int(cursor.fetchone()[0])

    counted = side_by_side([count, count])
    assert counted[0] == counted[1] > 0
    assert not connection.in_atomic_block
