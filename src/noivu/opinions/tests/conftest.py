"""A decision of a province on its programme, in June 2026 (after the rules of opinions came into force)."""

from datetime import date
from typing import Any

import pytest

from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.matters.entering import LegalEntry, LegalFacts, enter_legal_text
from noivu.units.testing import Sector
from noivu.work.api import Due, Obligation

TODAY = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def _end_of_june(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.NOIVU_TODAY = TODAY.isoformat()
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def text(sector: Sector) -> Obligation:
    return a_decision(sector.home_affairs_nghe_an.pk)


def a_decision(lead_unit_id: int, code: str = "QĐ-01", on: date = date(2026, 5, 4)) -> Obligation:
    facts = LegalFacts("Quyết định", "Ủy ban nhân dân tỉnh Nghệ An", "Ủy ban nhân dân tỉnh Nghệ An")
    entry = LegalEntry(code, "Quy định phân cấp quản lý", lead_unit_id, on, facts, Due(on=date(2026, 9, 30)))
    return enter_legal_text(actor=SYSTEM, entry=entry)
