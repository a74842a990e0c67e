"""A plan carried out and undone with what people had open: obligations, grants, home units, documents, drafts."""

from typing import Any

import pytest

from noivu.accounts.models import Grant, User
from noivu.accounts.testing import a_person, give
from noivu.core.access import HEAD, OFFICER, STEWARD
from noivu.core.actors import SYSTEM
from noivu.planning.tests.test_plans import MARCH, MERGE, done, sector  # noqa: F401  the fixture
from noivu.units.api import tree, undo_act
from noivu.units.testing import Sector
from noivu.work.models import Obligation, ObligationSpan
from noivu.work.testing import gets_task, owes_reply, replies

pytestmark = pytest.mark.django_db
FEBRUARY = MARCH.replace(month=2)


@pytest.fixture(autouse=True)
def in_march(settings: Any) -> None:
    settings.NOIVU_TODAY = "2026-03-10"


def people_and_work(sector: Sector) -> None:  # noqa: F811  the fixture's value
    """Things at the two wards that merge, and at one that stays."""
    for unit in (sector.new_thanh_vinh, sector.new_truong_vinh, sector.binh_chuan):
        gets_task(unit, FEBRUARY)
        owes_reply(unit, FEBRUARY, MARCH)
        replies(owes_reply(unit, FEBRUARY, MARCH), FEBRUARY)
        a_person(f"mot-{unit.pk}", "Người của một phường", unit, OFFICER, STEWARD)
    both = a_person("ca-hai", "Người của cả hai phường", sector.new_thanh_vinh, OFFICER)
    give(both.user, HEAD, sector.new_truong_vinh)
    give(both.user, OFFICER, sector.new_truong_vinh, starts_on=MARCH.replace(month=9))


def everything() -> list[Any]:
    spans = ObligationSpan.objects.current().order_by("obligation", "valid_from")
    held = Grant.objects.exclude(act__isnull=False).order_by("pk")
    return [
        *Obligation.objects.order_by("pk").values_list("pk", "unit_id", "assigned_unit_id"),
        *spans.values_list("obligation", "valid_from", "valid_to", "unit", "status"),
        *held.values_list("pk", "unit_id", "starts_on", "ends_on", "ended_by"),
        *User.objects.order_by("pk").values_list("pk", "home_unit_id"),
    ]


MERGE_INTO_ONE_THAT_LIVES = '- merge: {into: "16690", from: ["16681"]}'


@pytest.mark.parametrize("plan", [MERGE, MERGE_INTO_ONE_THAT_LIVES])
def test_nothing_is_lost_and_an_undoing_leaves_all_as_it_was(sector: Sector, plan: str) -> None:  # noqa: F811
    people_and_work(sector)
    stood = everything()
    carried = done(plan)
    assert carried.before == carried.after
    assert everything() != stood
    undo_act(actor=SYSTEM, act=carried.carried.act, reason="Nhầm kế hoạch")
    assert everything() == stood


def test_what_was_open_stands_at_the_new_ward_and_grants_that_would_widen_wait(sector: Sector) -> None:  # noqa: F811
    people_and_work(sector)
    carried = done(MERGE)
    ward = tree(MARCH).by_code["16682"].id
    owed = ObligationSpan.objects.current().owed_on(MARCH)
    assert owed.filter(unit=ward).count() == 4
    assert not owed.filter(unit__in=[sector.new_thanh_vinh.pk, sector.new_truong_vinh.pk]).exists()
    waiting = {one.unit_id: one.number for one in carried.carried.outcomes["grants"].waiting}
    assert waiting == {sector.new_thanh_vinh.pk: 2, sector.new_truong_vinh.pk: 3}
    assert set(Grant.objects.filter(unit=ward).values_list("user__username", "role")) == {("ca-hai", OFFICER)}
