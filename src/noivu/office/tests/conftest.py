"""What the tests of this room share."""

from types import SimpleNamespace

import pytest

from noivu.law import remembered


@pytest.fixture(autouse=True)
def _law_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The law that a process keeps is not read again within a test, however slow the machine: pages count queries."""
    monkeypatch.setattr(remembered, "time", SimpleNamespace(monotonic=lambda: 0.0))
