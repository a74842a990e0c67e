"""An installation with rows in it is taken back to an earlier edition and up again: nothing is lost, all is found.

Every migration of the rooms since then is walked with rows present, those to come too.
"""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from noivu.core.actors import SYSTEM
from noivu.core.wording import Text
from noivu.law.api import change_day
from noivu.law.models import CalendarOverride
from noivu.records.api import IncomingDocument
from noivu.records.searching import matching
from noivu.records.testing import arrives
from noivu.units.testing import small_sector
from noivu.work.api import Obligation, ObligationEvent, ObligationSpan
from noivu.work.testing import gets_task

pytestmark = pytest.mark.django_db(transaction=True)
EARLIER = [
    ("law", "0002_one_override_at_a_time"),
    ("records", "0012_words_of_files"),
    ("work", "0019_urgency_priority_and_secrecy"),
]
KEPT = (CalendarOverride, IncomingDocument, Obligation, ObligationEvent, ObligationSpan)
OCTOBER = date(2024, 10, 1)


def migrated_to(targets: list[tuple[str, str]]) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)


def latest() -> list[tuple[str, str]]:
    return list(MigrationExecutor(connection).loader.graph.leaf_nodes())


@pytest.fixture
def afterwards_as_before() -> Iterator[None]:
    yield
    migrated_to(latest())


def triggers() -> set[str]:
    """What the database does by itself whenever a row is written."""
    named = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(named)
        return {name for (name,) in cursor.fetchall()}


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in KEPT}


@pytest.mark.slow
@pytest.mark.usefixtures("afterwards_as_before")
def test_rows_index_and_triggers_outlive_every_migration() -> None:
    sector = small_sector()
    arrives(sector.office, OCTOBER)
    gets_task(sector.office, OCTOBER, code="NV-1", title="Rà soát biên chế")
    storm = Text(vi="nghỉ tránh bão", en="closed for the storm")
    change_day(actor=SYSTEM, day=date(2026, 3, 4), works=False, name=storm, reason="bão số 1")
    before, guarded = counts(), triggers()
    assert all(before.values())

    migrated_to(EARLIER)
    migrated_to(latest())

    assert counts() == before
    assert triggers() == guarded
    gets_task(sector.office, OCTOBER, code="NV-2", title="Rà soát biên chế năm 2025")
    assert found("rà soát biên chế") == {"NV-1", "NV-2"}


def found(words: str) -> set[str]:
    rows = matching(Obligation.objects.all(), words)
    return set(rows.values_list("code", flat=True))
