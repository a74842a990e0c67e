"""What the whole suite shares: sector and cast; a way past append-only guards when test rows are swept away."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from django.urls import get_resolver

from noivu.accounts.testing import Cast, fixed_cast
from noivu.law import remembered
from noivu.units.testing import Sector, small_sector
from tests import migrated
from tests.migrated import Migrated

# A busy machine is slow for a moment: that is no failure.
hypothesis.settings.register_profile("noivu", deadline=None)
hypothesis.settings.load_profile("noivu")

Copier = Callable[[Path], AbstractContextManager[dict[str, str]]]


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # workers meet where the process that started them says
        migrated.begin_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        migrated.end_run()


@pytest.fixture(scope="session")
def once_migrated() -> Migrated:
    return Migrated()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, once_migrated: Migrated) -> Iterator[None]:
    """Just before the test database is made: it begins as a copy where another worker has migrated already."""
    with pytest.MonkeyPatch.context() as patch:
        once_migrated.copied_or_awaited(patch)
        yield
        once_migrated.released()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, once_migrated: Migrated) -> None:
    with django_db_blocker.unblock():
        once_migrated.laid_aside()


@pytest.fixture(scope="session")
def own_database(django_db_setup: None, once_migrated: Migrated) -> Copier:
    """`with own_database(directory) as environment`: the environment of processes on a migrated database of theirs."""
    return once_migrated.copy


@contextmanager
def _guards_lifted() -> Iterator[None]:
    """Without triggers for a moment: the log's tables refuse to be emptied, as they should."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, statement in triggers:
            cursor.execute(statement)


@pytest.fixture(autouse=True, scope="session")
def _flush_lifts_the_guards() -> Iterator[None]:
    flush = BaseDatabaseOperations.execute_sql_flush

    def lifted(self: BaseDatabaseOperations, sql_list: Sequence[str]) -> Any:
        with _guards_lifted():
            return flush(self, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", lifted)
        yield


@pytest.fixture(autouse=True, scope="session")
def _one_state_of_the_source() -> None:
    """Addresses and views are imported when a run begins, like models, and not at its first page, minutes later: what
    lands in the tree meanwhile made that one test fail on names that half of the modules did not know yet."""
    get_resolver().url_patterns  # noqa: B018  read for the imports
    gc.collect()
    gc.freeze()  # as a serving process does: what stays for the whole run is not looked through again and again


@pytest.fixture
def sector(db: None) -> Sector:
    """The units of the small sector (`noivu.units.testing`)."""
    return small_sector()


@pytest.fixture
def cast(sector: Sector) -> Cast:
    """The fixed cast over the small sector (`noivu.accounts.testing`)."""
    return fixed_cast()


@pytest.fixture(autouse=True)
def _attempts_forgotten() -> None:
    """Counted attempts of one test do not lock the next one out."""
    cache.clear()


@pytest.fixture(autouse=True)
def _law_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The law that a process keeps is not read again within a test, however slow the machine: pages count queries."""
    monkeypatch.setattr(remembered, "time", SimpleNamespace(monotonic=lambda: 0.0))
