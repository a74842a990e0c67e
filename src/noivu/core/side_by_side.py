"""Several readings of one and the same state of the database, side by side."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

Answer = TypeVar("Answer")
Asking = Callable[[BaseDatabaseWrapper], Answer]
_AT_MOST, _TRIES = 4, 5


def side_by_side(asked: Sequence[Asking[Answer]]) -> list[Answer]:
    """What each answers that is handed a connection to read from, in order; all see the database as of one instant.

    SQLite answers on as many cores as there are (up to four), each reader by a connection of its own in a thread of
    its own; PostgreSQL shares out a statement by itself. Inside a transaction only its own connection sees what it
    wrote, and all are answered there, one after another. Nothing may be written.
    """
    with _readers(len(asked)) as readers:
        if len(readers) == 1:
            return [ask(readers[0]) for ask in asked]
        free: SimpleQueue[BaseDatabaseWrapper] = SimpleQueue()
        for reader in readers:
            free.put(reader)

        def answer(ask: Asking[Answer]) -> Answer:
            reader = free.get()
            try:
                return ask(reader)
            finally:
                free.put(reader)

        with ThreadPoolExecutor(len(readers)) as pool:
            return list(pool.map(answer, asked))


@contextmanager
def _readers(wanted: int) -> Iterator[Sequence[BaseDatabaseWrapper]]:
    if connection.in_atomic_block or wanted < 2:
        yield (connection,)
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield (connection,)
    elif not Path(connection.settings_dict["NAME"]).is_file():  # kept in memory, which no other connection sees
        yield (connection,)
    else:
        with ExitStack() as opened:
            copies = [opened.enter_context(_copy()) for _ in range(min(wanted, _cores(), _AT_MOST))]
            yield copies if _see_the_same(copies) else copies[:1]


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _copy() -> Iterator[BaseDatabaseWrapper]:
    copy = connection.copy()
    copy.inc_thread_sharing()
    try:
        yield copy
    finally:
        copy.close()


def _see_the_same(copies: Sequence[BaseDatabaseWrapper]) -> bool:
    """Let all begin to read, and find that nobody wrote from before the first began until after the last did."""
    first, others = copies[0], copies[1:]
    version = _begin(first)
    for _ in range(_TRIES):
        for other in others:
            _begin(other)
        if (again := _begin(first)) == version:
            return True
        version = again
    return False


def _begin(reader: BaseDatabaseWrapper) -> int:
    """Begin to read, anew if it had begun: the version of the data as this connection sees it from now on."""
    with reader.cursor() as cursor:
        if reader.connection.in_transaction:
            cursor.execute("ROLLBACK")
        cursor.execute("BEGIN DEFERRED")
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])
