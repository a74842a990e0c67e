"""Who may do what, where: grants over unit subtrees, as of today."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noivu.accounts.actors import HeldGrant, SignedInActor
from noivu.accounts.api import actor_of, deactivate
from noivu.accounts.models import User
from noivu.accounts.policies import EDIT, VIEW
from noivu.accounts.queries import users_for
from noivu.accounts.reaching import as_strong_as
from noivu.accounts.testing import Cast, a_person, give
from noivu.core import access
from noivu.core.access import AUDITOR, OFFICER, OPERATOR, ROLES, STEWARD
from noivu.core.actors import SYSTEM, Actor
from noivu.units.api import Unit, heirs_on, one_revision, predecessors, revision, successors, tree
from noivu.units.testing import Sector

pytestmark = pytest.mark.django_db
DAYS = st.sampled_from([date(2024, 11, 1), date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 21)])


def a_user_in_every_unit() -> list[User]:
    units = Unit.objects.order_by("pk")
    return User.objects.bulk_create(
        User(username=f"unit-{unit.pk}", full_name="Người dùng", home_unit=unit) for unit in units
    )


def holding(*grants: HeldGrant) -> SignedInActor:
    return SignedInActor(id="user:0", name="Người thử", grants=grants)


def in_words(actor: SignedInActor, today: date) -> set[int]:
    """The slow, obvious model: every unit of the reach, one by one, and every ended one that left to one of these."""
    holding_today = [held for held in actor.grants if held.holds_on(today)]
    reached: set[int] = set()
    for held in holding_today:
        if held.role in access.verbs[VIEW].roles:
            as_strong = {other.unit_id for other in holding_today if other.role in as_strong_as(held.role)}
            over = where_it_holds(held.unit_id, as_strong, today)
            reached |= set(tree(today).reach(over)) if over is not None else set()
    return reached | {ended for ended, heir in heirs_on(today).items() if heir in reached}


def where_it_holds(unit_id: int, held: set[int], today: date) -> int | None:
    """Its unit while it lives; then the one that came after it, if all that this took in was held as well."""
    if unit_id in tree(today):
        return unit_id
    after = {step.unit_id for step in successors(unit_id, today)} - {unit_id}
    if len(after) != 1:
        return None
    (heir,) = after
    took_in = predecessors(heir, today)
    is_whole = all(step.share == "whole" for step in took_in)
    return heir if heir in held or (is_whole and {step.unit_id for step in took_in} <= held) else None


class TestEveryUnitAndDay:
    @pytest.fixture
    def users(self, sector: Sector) -> list[User]:
        return a_user_in_every_unit()

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data(), today=DAYS)
    def test_scope_holds_exactly_what_may_allows(self, users: list[User], data: Any, today: date) -> None:
        units = st.sampled_from([user.home_unit_id for user in users])
        grants = st.builds(HeldGrant, st.sampled_from(list(ROLES)), units, DAYS, st.none() | DAYS)
        actor = holding(*data.draw(st.lists(grants, max_size=4)))
        with pytest.MonkeyPatch.context() as patch, one_revision():
            patch.setattr("django.conf.settings.NOIVU_TODAY", today.isoformat())
            scoped = {user.home_unit_id for user in access.scope(actor, VIEW, User.objects.all())}
            allowed = {user.home_unit_id for user in users if access.may(actor, VIEW, user)}
            told = in_words(actor, today)

        assert scoped == allowed == told


def test_an_actor_without_user_may_nothing(sector: Sector) -> None:
    stranger = Actor(id="sync:7", name="Trục liên thông")
    assert not access.may(stranger, VIEW)
    assert not access.scope(stranger, VIEW, User.objects.all()).exists()


def test_nobody_at_all_may_nothing(cast: Cast) -> None:
    assert not access.may(None, VIEW)
    assert not access.scope(None, VIEW, User.objects.all()).exists()


def test_the_machine_itself_may_all(cast: Cast) -> None:
    assert access.may(SYSTEM, EDIT, cast.dung.user)
    assert access.scope(SYSTEM, VIEW, User.objects.all()).count() == len(cast.everyone())


def test_a_thing_without_unit_is_refused(cast: Cast) -> None:
    assert not access.may(cast.ha.actor, VIEW, object())


def test_a_unit_that_does_not_exist_today_is_refused(cast: Cast, sector: Sector) -> None:
    assert not access.may(cast.ha.actor, EDIT, access.OfUnit(sector.new_ninh_binh.pk))


def test_a_grant_over_a_province_reaches_the_organisations_that_serve_it(sector: Sector) -> None:
    steward = a_person("tinh", "Người của tỉnh", sector.nghe_an, STEWARD).actor
    assert access.may(steward, VIEW, access.OfUnit(sector.home_affairs_nghe_an.pk))
    assert access.may(steward, VIEW, access.OfUnit(sector.old_quang_trung.pk))
    assert not access.may(steward, VIEW, access.OfUnit(sector.home_affairs_thanh_hoa.pk))


@pytest.fixture
def after_the_merger(sector: Sector, settings: Any) -> None:
    settings.NOIVU_TODAY = "2025-07-01"


def test_what_an_ended_unit_left_is_reached_with_its_heir(sector: Sector, after_the_merger: None) -> None:
    officer = a_person("moi", "Người của sở mới", sector.new_home_affairs_ninh_binh, OFFICER, STEWARD)
    elsewhere = a_person("khac", "Người của sở khác", sector.home_affairs_nghe_an, STEWARD)
    before = a_person("cu", "Người của sở cũ", sector.old_home_affairs_nam_dinh)

    assert access.may(officer.actor, EDIT, access.OfUnit(sector.old_home_affairs_nam_dinh.pk))
    assert access.scope(officer.actor, EDIT, User.objects.all()).filter(pk=before.user.pk).exists()
    assert not access.may(elsewhere.actor, EDIT, access.OfUnit(sector.old_home_affairs_nam_dinh.pk))
    assert not access.scope(elsewhere.actor, EDIT, User.objects.all()).filter(pk=before.user.pk).exists()


def test_a_grant_holds_over_the_unit_that_came_after_its_own_alone(sector: Sector, after_the_merger: None) -> None:
    went_on = a_person("cu", "Người của phường cũ", sector.old_quang_trung, STEWARD)
    assert access.may(went_on.actor, EDIT, access.OfUnit(sector.new_thanh_vinh.pk))
    assert access.may(went_on.actor, EDIT, access.OfUnit(sector.old_quang_trung.pk))


def test_a_grant_never_widens_by_a_merger(sector: Sector, after_the_merger: None) -> None:
    merged = a_person("cu", "Người của sở cũ", sector.old_home_affairs_nam_dinh, STEWARD)
    parted = a_person("tach", "Người của phường bị chia", sector.old_dong_tho, STEWARD)
    for unit in (sector.new_home_affairs_ninh_binh, sector.old_home_affairs_nam_dinh):
        assert not access.may(merged.actor, EDIT, access.OfUnit(unit.pk))
    assert not access.may(merged.actor, EDIT)
    assert not access.may(parted.actor, EDIT, access.OfUnit(sector.thanh_hoa.pk))
    assert not access.may(parted.actor, EDIT, access.OfUnit(sector.old_dong_tho.pk))


@pytest.mark.parametrize(("other", "holds"), [(STEWARD, True), (OFFICER, False)])
def test_who_held_as_much_over_all_that_merged_holds_it_over_what_came_of_it(
    sector: Sector, after_the_merger: None, other: str, holds: bool
) -> None:
    person = a_person("ca-hai", "Người của cả hai sở", sector.old_home_affairs_nam_dinh, STEWARD)
    give(person.user, other, sector.old_home_affairs_ninh_binh)
    merged = access.OfUnit(sector.new_home_affairs_ninh_binh.pk)
    assert access.may(actor_of(person.user), EDIT, merged) is holds


def test_a_user_of_an_ended_unit_is_taken_out_of_service_by_its_heir(sector: Sector, after_the_merger: None) -> None:
    person = a_person("cu", "Người của sở cũ", sector.old_home_affairs_nam_dinh, OFFICER)
    steward = a_person("quantri", "Người quản trị", sector.new_home_affairs_ninh_binh, STEWARD)
    deactivate(actor=steward.actor, user=person.user, reason="Chuyển công tác")
    person.user.refresh_from_db()
    assert not person.user.is_active


def test_who_works_in_a_unit_that_ended_acts_for_its_heir(sector: Sector, after_the_merger: None) -> None:
    person = a_person("cu", "Người của sở cũ", sector.old_home_affairs_nam_dinh)
    assert person.actor.unit_code == "SNV-37"
    assert person.actor.unit_name == "Sở Nội vụ tỉnh Ninh Bình"
    assert person.actor.home_unit_id == sector.old_home_affairs_nam_dinh.pk


def test_a_user_of_an_ended_unit_stays_in_the_list_under_its_heir(sector: Sector, after_the_merger: None) -> None:
    person = a_person("cu", "Người của sở cũ", sector.old_home_affairs_nam_dinh)
    steward = a_person("quantri", "Người quản trị", sector.new_home_affairs_ninh_binh, STEWARD)
    listed = {line.username: line.unit_code for line in users_for(steward.actor)}
    assert listed[person.username] == "SNV-37"


def test_a_grant_over_the_ministry_does_not_reach_into_provinces(cast: Cast, sector: Sector) -> None:
    assert access.may(cast.em.actor, VIEW, access.OfUnit(sector.office.pk))
    assert not access.may(cast.em.actor, VIEW, access.OfUnit(sector.home_affairs_nghe_an.pk))


def test_a_role_that_may_not_do_it_does_not_help(cast: Cast) -> None:
    assert access.may(cast.giang.actor, VIEW, cast.binh.user)
    assert not access.may(cast.giang.actor, EDIT, cast.binh.user)


@pytest.mark.parametrize(("today", "holds"), [("2024-11-14", False), ("2024-11-15", True), ("2024-11-30", False)])
def test_a_grant_holds_from_its_first_day_up_to_its_end(sector: Sector, settings: Any, today: str, holds: bool) -> None:
    person = a_person("thu", "Người thử việc", sector.office)
    give(person.user, AUDITOR, sector.office, date(2024, 11, 15), date(2024, 11, 30))
    settings.NOIVU_TODAY = today
    actor = Actor(id=person.actor.id, name="Người thử việc")
    assert access.may(actor, VIEW, access.OfUnit(sector.office.pk)) is holds


def test_asking_again_costs_no_query_for_the_grants(cast: Cast) -> None:
    access.may(cast.ha.actor, VIEW, cast.binh.user)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for _ in range(5):
            access.may(cast.ha.actor, VIEW, cast.binh.user)
    assert not [q for q in asked.captured_queries if "accounts_" in q["sql"]]


def test_scope_is_one_query_however_many_grants(sector: Sector) -> None:
    person = a_person("nhieu", "Người nhiều vai", sector.office, AUDITOR, OPERATOR, STEWARD, OFFICER)
    for unit in (sector.nghe_an, sector.thanh_hoa, sector.archives):
        give(person.user, AUDITOR, unit)
    actor = SignedInActor(id=person.actor.id, name="", grants=person.user.held_grants)
    with one_revision():
        list(access.scope(actor, VIEW, User.objects.all()))
        with CaptureQueriesContext(connection) as asked:
            list(access.scope(actor, VIEW, User.objects.all()))
    assert len(asked) == 1


def test_user_and_grants_are_read_by_one_query(cast: Cast, sector: Sector) -> None:
    give(cast.ha.user, AUDITOR, sector.nghe_an)
    with CaptureQueriesContext(connection) as asked:
        found = User.objects.signed_in(cast.ha.user.pk)
        assert found is not None
        assert {(held.role, held.unit_id) for held in found.held_grants} == {
            (OPERATOR, sector.ministry.pk),
            (AUDITOR, sector.nghe_an.pk),
        }
    assert len(asked) == 1


def test_the_statement_kept_for_users_finds_each_one_as_a_new_query_does(cast: Cast, sector: Sector) -> None:
    give(cast.ha.user, AUDITOR, sector.nghe_an)
    for person in (cast.an.user, cast.ha.user):
        found, plain = User.objects.signed_in(person.pk), User.objects.get(pk=person.pk)
        assert found is not None
        assert {f.attname: getattr(found, f.attname) for f in User._meta.concrete_fields} == {
            f.attname: getattr(plain, f.attname) for f in User._meta.concrete_fields
        }
        assert set(found.held_grants) == set(plain.held_grants)
        assert found.units_revision == revision()
    User.objects.filter(pk=cast.an.user.pk).update(is_active=False)
    assert User.objects.signed_in(cast.an.user.pk) is None


def test_a_user_without_grants_is_read_all_the_same(sector: Sector) -> None:
    person = a_person("moi", "Người mới", sector.office)
    found = User.objects.signed_in(person.user.pk)
    assert found is not None
    assert found.held_grants == ()
