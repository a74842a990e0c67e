"""On SQLite a transaction that waits for another program's begins soon after that ended, and gives up when told to."""

import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from noivu.core.busy import is_busy

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(tmp_path: Path) -> sqlite3.Connection:
    """Another program on the same file, in the midst of a transaction."""
    opened = sqlite3.connect(tmp_path / "file", isolation_level=None, check_same_thread=False)
    opened.execute("BEGIN IMMEDIATE")
    return opened


def ours(folder: Path, patience: float) -> Any:
    options = {"transaction_mode": "IMMEDIATE", "timeout": patience}
    handler = ConnectionHandler({"default": {"ENGINE": "config.sqlite", "NAME": folder / "file", "OPTIONS": options}})
    return handler["default"]


def begin(connection: Any) -> float:
    started = time.monotonic()
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    return time.monotonic() - started


def test_it_begins_once_the_other_has_ended(other: sqlite3.Connection, tmp_path: Path) -> None:
    waiting = ours(tmp_path, patience=30)
    threading.Timer(0.3, other.commit).start()

    assert begin(waiting) >= 0.2
    waiting.rollback()
    waiting.close()


def test_it_gives_up_as_late_as_it_was_told_and_waits_as_long_the_next_time(
    other: sqlite3.Connection, tmp_path: Path
) -> None:
    waiting = ours(tmp_path, patience=0.2)
    for _ in range(2):
        with pytest.raises(OperationalError) as refused:
            begin(waiting)
        assert is_busy(refused.value)
    assert waiting.connection.execute("PRAGMA busy_timeout").fetchone() == (200,)
    other.rollback()
    waiting.close()
