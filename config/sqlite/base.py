"""SQLite as the framework knows it, but for how a transaction waits for the one that writes.

The library's own waiting looks ever more rarely, in the end ten times a second: whoever waited long then loses against
each newcomer, and of fifty officers who write at once some wait for seconds. Here all look equally often.
"""

import random
import time
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from noivu.core.busy import is_busy

_LOOK_SECONDS = 0.004


class DatabaseWrapper(base.DatabaseWrapper):
    """Begins a transaction as soon as may be, and gives up as late as `PRAGMA busy_timeout` says."""

    def _start_transaction_under_autocommit(self) -> None:
        connection: Any = self.connection
        (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            self._begin(time.monotonic() + patience / 1_000)
        finally:
            connection.execute(f"PRAGMA busy_timeout = {patience}")

    def _begin(self, until: float) -> None:
        while True:
            try:
                super()._start_transaction_under_autocommit()  # type: ignore[misc]  # of the framework, without types
            except OperationalError as refused:
                if not is_busy(refused) or time.monotonic() >= until:
                    raise
                time.sleep(random.uniform(0.5, 1.5) * _LOOK_SECONDS)  # noqa: S311  not a secret
            else:
                return
