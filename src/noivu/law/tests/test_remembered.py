"""What is remembered is read rarely, and never outlives the change or the rollback of what it was read from."""

import pytest
from django.db import transaction

from noivu.law.models import Instrument
from noivu.law.remembered import Remembered


def counting() -> tuple[Remembered[int], list[int]]:
    readings: list[int] = []

    def read() -> int:
        readings.append(1)
        return Instrument.objects.count()

    return Remembered(read, seconds=3600), readings


@pytest.mark.django_db(transaction=True)
def test_it_is_read_once_while_nothing_changes() -> None:
    remembered, readings = counting()

    assert remembered.get() == remembered.get()
    assert len(readings) == 1


def test_where_its_revision_is_known_it_is_read_anew_as_soon_as_that_is_another_and_not_before() -> None:
    readings: list[int] = []
    remembered = Remembered(lambda: readings.append(1) or len(readings), seconds=0)

    assert [remembered.get(revision) for revision in (4, 4, 5, 5, 5)] == [1, 1, 2, 2, 2]


@pytest.mark.django_db(transaction=True)
def test_a_change_is_seen_at_once_and_undone_with_its_transaction() -> None:
    remembered, _ = counting()
    before = remembered.get()
    with transaction.atomic():
        Instrument.objects.create(number_symbol="1/X", title="x")
        remembered.forget()
        assert remembered.get() == before + 1
        transaction.set_rollback(True)

    assert remembered.get() == before


@pytest.mark.django_db(transaction=True)
def test_a_committed_change_stays() -> None:
    remembered, _ = counting()
    before = remembered.get()
    with transaction.atomic():
        Instrument.objects.create(number_symbol="1/X", title="x")
        remembered.forget()
    Instrument.objects.create(number_symbol="2/X", title="not announced")

    assert remembered.get() == before + 2
    Instrument.objects.create(number_symbol="3/X", title="not announced")
    assert remembered.get() == before + 2


@pytest.mark.django_db(transaction=True)
def test_it_is_read_again_after_a_while() -> None:
    remembered, readings = counting()
    remembered._seconds = -1.0

    remembered.get()
    remembered.get()

    assert len(readings) == 2


def test_what_another_thread_forgets_meanwhile_is_still_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    remembered = Remembered(lambda: "content", seconds=3600)
    remembered.get()

    def another_thread_forgets() -> float:
        remembered._kept = None
        return 0.0

    monkeypatch.setattr("noivu.law.remembered.time.monotonic", another_thread_forgets)
    assert remembered.get() == "content"
