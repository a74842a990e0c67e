"""What few people change and every page asks: read from the database rarely, kept in the process, never stale here."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import connection, transaction

Content = TypeVar("Content")
SECONDS = 30.0
"""How soon a change made by another process is seen where its revision is not known. In the process that made it: at
once."""


class Remembered(Generic[Content]):
    """One value read by `read` and kept for a while; forgotten as soon as this process changes what it was read from.

    While a transaction that changed it is open, nothing is kept: others must not see what may yet be undone, and
    after a rollback the old truth is read again.
    """

    def __init__(self, read: Callable[[], Content], seconds: float = SECONDS) -> None:
        self._read = read
        self._seconds = seconds
        self._kept: tuple[float, int | None, Content] | None = None

    def get(self, revision: int | None = None) -> Content:
        """The value; at the `revision` of what it was read from, where the caller knows that."""
        if connection.run_on_commit and self._changed_in_open_transaction():
            return self._read()
        kept = self._kept  # another thread may forget it between the question and the answer
        if kept is None or not self._holds(kept[0], kept[1], revision):
            kept = self._kept = (time.monotonic(), revision, self._read())
        return kept[2]

    def _holds(self, read_at: float, of_revision: int | None, revision: int | None) -> bool:
        return time.monotonic() - read_at <= self._seconds if revision is None else of_revision == revision

    def forget(self) -> None:
        """Say that what it was read from has just been changed."""
        self._kept = None
        if connection.in_atomic_block:
            transaction.on_commit(self._settle)

    def _settle(self) -> None:
        self._kept = None

    def _changed_in_open_transaction(self) -> bool:
        return any(entry[1] == self._settle for entry in connection.run_on_commit)
