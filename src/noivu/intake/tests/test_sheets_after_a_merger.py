"""A sheet that is imported again after the units of its rows have merged (the small sector, 1/7/2025)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from noivu.core import clock
from noivu.intake.api import DOCUMENTS_IN
from noivu.intake.testing import put_in, states
from noivu.units.api import Unit
from noivu.units.testing import Sector, carried_out, the_merger
from noivu.work.api import Obligation, ObligationSpan
from noivu.work.reorganising import follow, take_back

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now_2026(settings: Any) -> None:
    settings.NOIVU_TODAY = "2026-03-10"


@pytest.fixture
def nam_dinh(sector: Sector) -> Unit:
    return sector.old_home_affairs_nam_dinh


@pytest.fixture
def merged(sector: Sector) -> Unit:
    return sector.new_home_affairs_ninh_binh


def everything_stands() -> list[Any]:
    """All that obligations say now: whose, who does it, and every current stretch."""
    rows = Obligation.objects.order_by("pk").values_list(
        "pk", "unit_id", "assigned_unit_id", "assigned_to", "sheet_said"
    )
    spans = ObligationSpan.objects.current().order_by("obligation", "valid_from")
    return [*rows, *spans.values_list("obligation", "valid_from", "valid_to", "unit", "status", "stage", "due_on")]


SHEET = {
    "arrival_number": "7", "arrived_on": date(2025, 6, 10), "issuer": "Bộ Tài chính", "summary": "Xin ý kiến",
    "reply_required": True, "due_on": date(2025, 7, 20),
}  # fmt: skip


def test_the_same_sheet_again_changes_nothing_of_what_went_over(sector: Sector, nam_dinh: Unit, merged: Unit) -> None:
    row = {**SHEET, "unit": nam_dinh, "assigned_unit": nam_dinh}
    put_in(DOCUMENTS_IN, [row])
    stood = everything_stands()
    carried = carried_out()
    follow(the_merger(sector), carried)
    assert states(put_in(DOCUMENTS_IN, [row])) == ["unchanged"]
    owed = Obligation.objects.get()
    assert (owed.unit_id, owed.assigned_unit_id) == (merged.pk, merged.pk)
    take_back(replace(carried, now=clock.now()))
    assert everything_stands() == stood


def test_a_blank_still_takes_back_what_sheets_alone_had_stated(sector: Sector, nam_dinh: Unit) -> None:
    put_in(DOCUMENTS_IN, [{**SHEET, "unit": nam_dinh}])
    follow(the_merger(sector), carried_out())
    put_in(DOCUMENTS_IN, [{**SHEET, "unit": nam_dinh, "reply_required": False, "due_on": None}])
    assert not Obligation.objects.standing().exists()
