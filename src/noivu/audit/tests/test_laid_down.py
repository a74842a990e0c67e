"""Rows that tests begin with come back as they were built, and are built where they cannot come back."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from noivu.audit.api import record
from noivu.audit.models import Entry, Payload, Unnumbered
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.core.testing import LaidDown

pytestmark = pytest.mark.django_db
ENTRY = {"actor": SYSTEM, "action": "audit.erase_payload", "thing": ("paper", 1)}


@pytest.fixture
def two_acts() -> LaidDown:
    def build() -> None:
        record(**ENTRY, after={"title": "Đề án"})
        record(**ENTRY, after={"title": "Dự thảo"})

    return LaidDown(build, (Entry, Payload))


def stands() -> list[Any]:
    return [list(model._base_manager.order_by("pk").values_list()) for model in (Entry, Payload, Unnumbered)]


def laid_and_taken_away(rows: LaidDown) -> tuple[bool, list[Any]]:
    with transaction.atomic():
        came_back, found = rows.lay(), stands()
        transaction.set_rollback(True)
    return came_back, found


def test_they_come_back_as_they_were_built_with_all_that_triggers_add(two_acts: LaidDown) -> None:
    built, first = laid_and_taken_away(two_acts)
    came_back, second = laid_and_taken_away(two_acts)

    assert (built, came_back) == (False, True)
    assert len(first[0]) == len(first[2]) == 2
    assert second[:2] == first[:2]
    assert len(second[2]) == 2


def test_they_are_built_where_other_rows_stand(two_acts: LaidDown) -> None:
    laid_and_taken_away(two_acts)
    record(**ENTRY, after={"title": "Việc khác"})

    assert two_acts.lay() is False
    assert Entry.objects.count() == 3


def test_they_are_built_while_the_clock_is_moved(two_acts: LaidDown, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_and_taken_away(two_acts)
    then = timezone.now() - timedelta(days=400)
    monkeypatch.setattr(clock, "now", lambda: then)

    assert two_acts.lay() is False
    assert set(Entry.objects.values_list("recorded_at", flat=True)) == {then}
