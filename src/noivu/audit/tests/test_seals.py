"""An office's log seals itself: at the first entry, and then after so many entries or so long."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection

from noivu.audit import checkpoints
from noivu.audit.api import record
from noivu.audit.models import Checkpoint, Unnumbered
from noivu.core import clock
from noivu.core.actors import Actor

pytestmark = pytest.mark.django_db
Act = Callable[[], None]


@pytest.fixture
def act(an: Actor, django_capture_on_commit_callbacks: Any) -> Act:
    """One act that is committed."""

    def acting() -> None:
        connection.run_on_commit.clear()  # the test's own transaction never ends: each act begins as if it had
        with django_capture_on_commit_callbacks(execute=True):
            record(actor=an, action="test.change", thing=("a", 1), after={"n": 1})

    return acting


def sealed() -> list[int]:
    return list(Checkpoint.objects.order_by("tree_size").values_list("tree_size", flat=True))


def test_the_log_seals_itself_after_so_many_entries(act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "ENTRIES", 3)
    for _ in range(8):
        act()
    assert sealed() == [1, 4, 7]


def test_the_log_seals_itself_at_the_first_entry_after_a_day(act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    act()
    act()
    later = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    act()
    act()
    assert sealed() == [1, 3]


def test_a_seal_that_another_writer_hinders_is_left_to_the_next_entry(
    act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(size: int) -> Checkpoint:
        raise OperationalError("database is locked")

    with monkeypatch.context() as hindered:
        hindered.setattr(checkpoints, "seal", locked)
        act()
    assert (sealed(), Unnumbered.objects.count()) == ([], 0)
    act()
    assert sealed() == [2]
