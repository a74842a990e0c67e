"""Several processes register at once, two of them die between number and document: no number twice, none left out."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from noivu.units.testing import small_sector

EACH = 12
IN = "SELECT arrival_number FROM records_incomingdocument ORDER BY 1"
OUT = "SELECT number FROM records_outgoingdocument ORDER BY 1"
COPIES = "SELECT number FROM records_documentcopy ORDER BY 1"
LAST = "SELECT last_number FROM records_registerbook ORDER BY direction, series"


def address_for_others(directory: Path) -> str:
    """Where other processes find the database of this test: that of SQLite lies in memory and is copied to a file."""
    known = connection.settings_dict
    if connection.vendor != "sqlite":
        host = quote(known["HOST"], safe="")  # a directory, where the server is reached by its socket
        server = f"{known['USER']}:{known['PASSWORD']}@{host}:{known['PORT']}"
        return f"postgres://{server}/{known['NAME']}"
    connection.ensure_connection()
    with sqlite3.connect(directory / "numbers.sqlite3") as copy:
        connection.connection.backup(copy)
    return f"sqlite:///{directory / 'numbers.sqlite3'}"


def read(directory: Path, statement: str) -> list[int]:
    if connection.vendor == "sqlite":
        with sqlite3.connect(directory / "numbers.sqlite3") as copy:
            return [value for (value,) in copy.execute(statement)]
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [value for (value,) in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_neither_repeat_nor_skip_a_number(tmp_path: Path) -> None:
    unit = small_sector().office
    surroundings = {**os.environ, "DATABASE_URL": address_for_others(tmp_path)}
    command = [sys.executable, "-m", "noivu.records.tests.writers", str(unit.pk), str(EACH)]
    points = ("", "", "derived_texts", "record")
    writers = [subprocess.Popen([*command, *filter(None, [point])], env=surroundings) for point in points]
    ends = [writer.wait(timeout=120) for writer in writers]

    assert ends == [0, 0, -signal.SIGKILL, -signal.SIGKILL]
    assert read(tmp_path, OUT) == list(range(1, 4 * EACH + 1))
    assert read(tmp_path, IN) == list(range(1, 4 * EACH - 1))
    assert read(tmp_path, COPIES) == list(range(1, 4 * EACH + 1))
    assert read(tmp_path, LAST) == [4 * EACH - 2, 4 * EACH, 4 * EACH]
