"""One migrated database for a whole run: made by the first who needs it, copied by everybody else.

Migrations take longer than most files of tests. Under pytest-xdist the first worker that needs the database migrates
its own while the others wait at a lock, and lays a copy aside; the others' databases begin as that copy, and so do the
databases of tests whose processes are killed or write beside one another.
"""

import contextlib
import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
RUN = "NOIVU_TESTS_RUN"
"""Names the directory in which all processes of one run meet."""


def begin_run() -> None:
    os.environ[RUN] = tempfile.mkdtemp(prefix="noivu-migrated-")


def end_run() -> None:
    directory = Path(os.environ.pop(RUN))
    if (name := directory / "name").exists():
        with _server(name.with_name("server").read_text()) as server:
            server.execute(f"DROP DATABASE IF EXISTS {name.read_text()} WITH (FORCE)")
    shutil.rmtree(directory)


def _server(address: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(f"{address}/postgres", autocommit=True)


class Migrated:
    """The copy that was laid aside: a file of SQLite, or a database of the server that the suite runs on."""

    def __init__(self) -> None:
        self.directory = Path(os.environ[RUN])
        self.is_sqlite = connection.vendor == "sqlite"
        self.file = self.directory / "migrated.sqlite3"
        self.address = os.environ.get("DATABASE_URL", "").rsplit("/", 1)[0]
        self.name = f"migrated_{self.directory.name.rsplit('-', 1)[1].lower()}"
        self._lock: IO[str] | None = None

    @property
    def stands(self) -> bool:
        return (self.directory / "stands").exists()

    def copied_or_awaited(self, patch: pytest.MonkeyPatch) -> None:
        """Let the test database begin as the copy. Where there is none yet, others wait until `laid_aside`."""
        self._lock = (self.directory / "lock").open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        if not self.stands:
            return
        self.released()
        if self.is_sqlite:
            patch.setattr(connection.creation, "_create_test_db", self._loaded)
        else:
            patch.setitem(connection.settings_dict["TEST"], "TEMPLATE", self.name)

    def _loaded(self, *how: object) -> str:
        """In the place of making an empty test database in memory; its name."""
        name = str(connection.creation._get_test_db_name())
        connection.close()
        connection.settings_dict["NAME"] = name
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(self.file)) as source:
            source.backup(connection.connection)
        return name

    def laid_aside(self) -> None:
        """Lay a copy of this process's test database aside, unless somebody did."""
        if self.stands:
            return
        if self.is_sqlite:
            connection.ensure_connection()
            with contextlib.closing(sqlite3.connect(self.file)) as copy:
                connection.connection.backup(copy)
        else:
            own = connection.settings_dict["NAME"]
            connection.close()
            (self.directory / "server").write_text(self.address)
            (self.directory / "name").write_text(self.name)
            with _server(self.address) as server:
                server.execute(f"CREATE DATABASE {self.name} TEMPLATE {own}")
        (self.directory / "stands").touch()
        self.released()

    def released(self) -> None:
        if self._lock:
            self._lock.close()
            self._lock = None

    @contextlib.contextmanager
    def copy(self, directory: Path) -> Iterator[dict[str, str]]:
        """The environment of processes of the product on a migrated database of their own."""
        directory.mkdir()
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "NOIVU_DATA": str(directory)}
        environment["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
        if self.is_sqlite:
            shutil.copy(self.file, directory / "noivu.sqlite3")
            yield {**environment, "DATABASE_URL": f"sqlite:///{directory / 'noivu.sqlite3'}"}
            return
        name = f"copy_{uuid4().hex[:12]}"
        with _server(self.address) as server:
            server.execute(f"CREATE DATABASE {name} TEMPLATE {self.name}")
            try:
                yield {**environment, "DATABASE_URL": f"{self.address}/{name}"}
            finally:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")
