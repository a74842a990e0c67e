"""A report of a period in which its unit ended: read where it was written, taken up by the successor."""

from typing import Any

import pytest
from django.test import Client

from noivu.accounts.testing import a_person, sign_in
from noivu.core.access import HEAD
from noivu.core.actors import SYSTEM
from noivu.core.periods import Period
from noivu.reports.effects import count, foresee, held
from noivu.reports.models import Report
from noivu.reports.services import write_narrative
from noivu.units.api import Unit
from noivu.units.testing import MERGED_ON, Sector, carried_out, the_merger

pytestmark = pytest.mark.django_db
JULY, MAY = Period.parse("2025-07"), Period.parse("2025-05")
REGIME, SLOT = "ministry-monthly", "institutions.text"


@pytest.fixture(autouse=True)
def after_the_merger(settings: Any) -> None:
    settings.NOIVU_TODAY = "2025-07-20"


def a_draft_of(unit: Unit, period: Period = JULY, text: str = "") -> Report:
    """A draft as it stands in the table: drafting asks whether the unit owes one."""
    draft = Report.objects.create(
        regime=REGIME, unit=unit, period=period.code, drafted_at="2025-06-30T08:00:00Z", drafted_by="Người cũ"
    )
    if text:
        write_narrative(actor=SYSTEM, report=draft, slot=SLOT, text=text)
    return draft


def test_running_drafts_are_counted_and_wait_for_the_successor(sector: Sector) -> None:
    old, new = sector.old_home_affairs_nam_dinh, sector.new_home_affairs_ninh_binh
    a_draft_of(old)
    a_draft_of(old, MAY)
    assert count(MERGED_ON) == {old.pk: 1}
    outcome = foresee(the_merger(sector))
    assert (outcome.moved, [(one.unit_id, one.number) for one in outcome.waiting]) == (0, [(old.pk, 1)])
    a_draft_of(new)
    assert held(frozenset({new.pk}), carried_out().act) == 1


def test_the_draft_of_an_ended_unit_is_read_and_leads_to_who_reports_instead(sector: Sector, client: Client) -> None:
    old, new = sector.old_home_affairs_nam_dinh, sector.new_home_affairs_ninh_binh
    draft = a_draft_of(old, text="Đã bàn giao hồ sơ.")
    reader = a_person("moi", "Người của sở mới", new, HEAD)
    page = sign_in(client, reader).get(f"/reports/{draft.pk}/").content.decode()
    assert "Sở Nội vụ tỉnh Nam Định: đơn vị đã kết thúc trong kỳ" in page
    assert "Đã bàn giao hồ sơ." in page
    assert "chưa lập" in page
    heir = a_draft_of(new)
    page = client.get(f"/reports/{draft.pk}/").content.decode()
    assert f'href="/reports/{heir.pk}/"' in page


def test_the_successor_begins_with_what_the_former_units_wrote(sector: Sector, client: Client) -> None:
    new = sector.new_home_affairs_ninh_binh
    first = a_draft_of(sector.old_home_affairs_nam_dinh, text="Nam Định đã bàn giao.")
    a_draft_of(sector.old_home_affairs_ninh_binh, text="Ninh Bình đã bàn giao.")
    heir = a_draft_of(new)
    sign_in(client, a_person("moi", "Người của sở mới", new, HEAD))
    desk = client.get(f"/reports/{heir.pk}/").content.decode()
    assert f'href="/reports/{first.pk}/"' in desk
    form = client.get(f"/reports/{heir.pk}/write/{SLOT}/").content.decode()
    assert "Nam Định đã bàn giao.\nNinh Bình đã bàn giao." in form
    write_narrative(actor=SYSTEM, report=heir, slot=SLOT, text="Đã hợp nhất.")
    assert "Nam Định đã bàn giao." not in client.get(f"/reports/{heir.pk}/write/{SLOT}/").content.decode()
