"""What is recorded of a unit after the act that ends it: late entries, corrections, and acts that are still to come."""

from datetime import date
from typing import Any

import pytest

from noivu.audit.api import history
from noivu.core.actors import SYSTEM
from noivu.intake.api import TASKS
from noivu.intake.testing import put_in
from noivu.planning.tests.test_plans import MARCH, MAY, MERGE, done, sector  # noqa: F401  sector is a fixture
from noivu.units.api import Unit, tree, undo_act
from noivu.units.testing import Sector
from noivu.work.api import withdraw
from noivu.work.constants import Happening
from noivu.work.models import Obligation, ObligationEvent, ObligationSpan
from noivu.work.testing import gets_task, owes_reply, replies

pytestmark = pytest.mark.django_db
FEBRUARY, APRIL = date(2026, 2, 10), date(2026, 4, 6)


@pytest.fixture(autouse=True)
def in_autumn(settings: Any) -> None:
    settings.NOIVU_TODAY = "2026-10-10"


def ward_of(day: date) -> int:
    return tree(day).by_code["16682"].id


def bearers(task: Obligation) -> list[tuple[date, int]]:
    rows = ObligationSpan.objects.current().filter(obligation=task).order_by("valid_from")
    return list(rows.values_list("valid_from", "unit_id"))


def fresh(task: Obligation) -> Obligation:
    return Obligation.objects.get(pk=task.pk)


def test_a_late_entry_goes_over_on_the_day_of_the_act(sector: Sector) -> None:  # noqa: F811
    act = done(MERGE).carried.act
    task = gets_task(sector.new_thanh_vinh, FEBRUARY)
    assert task.unit_id == fresh(task).unit_id == ward_of(MARCH)
    assert bearers(task) == [(FEBRUARY, sector.new_thanh_vinh.pk), (MARCH, ward_of(MARCH))]
    event = ObligationEvent.objects.current().get(obligation=task, happening=Happening.TRANSFERRED.value)
    assert (event.act_id, event.on, event.former_unit_id) == (act.pk, MARCH, sector.new_thanh_vinh.pk)
    assert "obligation.follow" in [line.action for line in history(task)]


def test_what_was_done_by_then_stays_at_the_old_ward(sector: Sector) -> None:  # noqa: F811
    done(MERGE)
    reply = replies(owes_reply(sector.binh_chuan, FEBRUARY), FEBRUARY)
    assert fresh(reply).unit_id == sector.binh_chuan.pk
    late = owes_reply(sector.new_thanh_vinh, FEBRUARY)
    assert fresh(late).unit_id == ward_of(MARCH)


def test_an_act_that_is_still_to_come_takes_along_what_is_recorded_before_its_day(
    sector: Sector,  # noqa: F811
    settings: Any,
) -> None:
    settings.NOIVU_TODAY = "2026-02-15"
    done(MERGE)
    task = gets_task(sector.new_truong_vinh, FEBRUARY)
    assert bearers(task) == [(FEBRUARY, sector.new_truong_vinh.pk), (MARCH, ward_of(MARCH))]


def test_a_register_imported_late_goes_over_too(sector: Sector) -> None:  # noqa: F811
    done(MERGE)
    rows = [
        {"code": f"NV-{n}", "title": "Rà soát", "assigner": "Chủ tịch", "assigned_on": FEBRUARY, "lead_unit": unit}
        for n, unit in enumerate((sector.new_thanh_vinh, sector.new_truong_vinh, sector.binh_chuan))
    ]
    put_in(TASKS, rows)
    at = dict(Obligation.objects.values_list("code", "unit_id"))
    assert at == {"NV-0": ward_of(MARCH), "NV-1": ward_of(MARCH), "NV-2": sector.binh_chuan.pk}
    said = ObligationEvent.objects.count()
    put_in(TASKS, rows)
    assert ObligationEvent.objects.count() == said


def test_what_is_owed_again_goes_to_who_owes_it_now(sector: Sector) -> None:  # noqa: F811
    reply = replies(owes_reply(sector.new_thanh_vinh, FEBRUARY), FEBRUARY)
    done(MERGE)
    assert fresh(reply).unit_id == sector.new_thanh_vinh.pk
    withdraw(actor=SYSTEM, obligation=fresh(reply), reason="Gửi nhầm nơi")
    assert fresh(reply).unit_id == ward_of(MARCH)


def test_where_the_heir_ends_too_it_goes_on_from_there(sector: Sector) -> None:  # noqa: F811
    done(MERGE)
    done('- merge: {into: "17230", from: ["16682"]}', on=MAY)
    task = gets_task(sector.new_thanh_vinh, FEBRUARY)
    assert bearers(task) == [
        (FEBRUARY, sector.new_thanh_vinh.pk),
        (MARCH, ward_of(APRIL)),
        (MAY, sector.binh_chuan.pk),
    ]


def test_taking_the_act_back_leaves_late_entries_at_the_old_ward(sector: Sector) -> None:  # noqa: F811
    act = done(MERGE).carried.act
    task = gets_task(sector.new_thanh_vinh, FEBRUARY)
    undo_act(actor=SYSTEM, act=act, reason="Nhầm kế hoạch")
    assert bearers(task) == [(FEBRUARY, sector.new_thanh_vinh.pk)]
    assert fresh(task).unit_id == sector.new_thanh_vinh.pk


def test_what_came_to_the_new_ward_by_itself_stays_there(sector: Sector) -> None:  # noqa: F811
    done(MERGE)
    task = gets_task(Unit.objects.get(pk=ward_of(MARCH)), APRIL)
    assert bearers(task) == [(APRIL, ward_of(MARCH))]
    assert not ObligationEvent.objects.filter(obligation=task, act__isnull=False).exists()
