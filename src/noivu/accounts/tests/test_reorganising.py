"""When a unit ends in a reorganisation: a grant follows where that widens nothing, else it waits for a decision."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from noivu.accounts.api import actor_of, deactivate, end_grant
from noivu.accounts.models import Grant, User
from noivu.accounts.policies import EDIT
from noivu.accounts.reorganising import GRANTS, USERS
from noivu.accounts.services import accept_grant, narrow_grant, refuse_grant
from noivu.accounts.testing import Cast, Person, a_person, give, sign_in
from noivu.accounts.testing_pages import PageTests
from noivu.audit.api import history
from noivu.core import access, clock
from noivu.core.access import HEAD, OFFICER, OPERATOR, STEWARD, VIEWER
from noivu.core.refusals import Refusal
from noivu.units.api import Carried, Effect, Outcome, Unit
from noivu.units.testing import MERGED_ON, Sector, carried_out, the_merger

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def after_the_merger(settings: Any) -> None:
    settings.NOIVU_TODAY = "2025-07-02"


@pytest.fixture
def old(sector: Sector) -> Unit:
    return sector.old_home_affairs_nam_dinh


@pytest.fixture
def merged(sector: Sector) -> Unit:
    return sector.new_home_affairs_ninh_binh


@pytest.fixture
def operator(sector: Sector) -> Person:
    """Who may grant in the province that came of the merger."""
    return a_person("dieu-hanh", "Người quản trị tỉnh mới", sector.new_ninh_binh, OPERATOR)


def follow(effect: Effect, sector: Sector, carried: Carried) -> Outcome:
    assert effect.foresee is not None
    assert effect.follow is not None
    seen = effect.foresee(the_merger(sector))
    done = effect.follow(the_merger(sector), carried)
    assert seen == done
    return done


def take_back(effect: Effect, carried: Carried) -> None:
    assert effect.take_back is not None
    effect.take_back(replace(carried, now=clock.now()))


def open_grants(user: User) -> set[tuple[str, int]]:
    return set(Grant.objects.holding(clock.today()).filter(user=user).values_list("role", "unit_id"))


def all_grants() -> list[Any]:
    held = Grant.objects.exclude(starts_on=MERGED_ON, ends_on=MERGED_ON).order_by("pk")
    return list(held.values_list("user", "role", "unit", "starts_on", "ends_on", "end_reason", "ended_by"))


# Grants


def test_a_grant_over_a_unit_that_goes_on_alone_ends_and_begins_over_its_heir(sector: Sector) -> None:
    person = a_person("phuong", "Người của phường", sector.old_quang_trung, OFFICER)
    carried = carried_out()
    assert follow(GRANTS, sector, carried).moved == 1
    before, after = person.user.grants.order_by("pk")
    assert (before.ends_on, before.ended_by_id, before.act_id) == (MERGED_ON, carried.act.pk, None)
    assert (after.unit_id, after.role, after.starts_on, after.ends_on) == (
        sector.new_thanh_vinh.pk, OFFICER, MERGED_ON, None,
    )  # fmt: skip
    assert after.act_id == carried.act.pk
    assert after.reason == "Sắp xếp đơn vị hành chính năm 2025 (202/2025/QH15)"
    assert [line.action for line in history(person.user)] == ["account.follow"]


def test_a_grant_that_would_widen_stays_and_waits(sector: Sector, old: Unit, merged: Unit) -> None:
    person = a_person("so", "Người của sở cũ", old, OFFICER)
    outcome = follow(GRANTS, sector, carried_out())
    assert (outcome.moved, [(one.unit_id, one.number) for one in outcome.waiting]) == (0, [(old.pk, 1)])
    assert open_grants(person.user) == {(OFFICER, old.pk)}
    assert not access.may(actor_of(person.user), "accounts.view", access.OfUnit(merged.pk))


def test_who_held_as_much_over_all_that_merged_holds_it_over_the_heir(sector: Sector, old: Unit, merged: Unit) -> None:
    person = a_person("ca-hai", "Người của cả hai sở", old, OFFICER)
    give(person.user, OFFICER, sector.old_home_affairs_ninh_binh, ends_on=date(2025, 12, 31))
    assert follow(GRANTS, sector, carried_out()).moved == 2
    new = person.user.grants.filter(unit=merged)
    assert set(new.values_list("starts_on", "ends_on")) == {(MERGED_ON, date(2025, 12, 31))}, "the shorter of the two"
    assert set(new.values_list("came_from__unit", flat=True)) == {old.pk, sector.old_home_affairs_ninh_binh.pk}
    assert open_grants(person.user) == {(OFFICER, merged.pk)}


def test_who_held_as_much_over_the_heir_already_goes_on(sector: Sector) -> None:
    person = a_person("phuong", "Người của phường", sector.old_ben_thuy, OFFICER)
    give(person.user, HEAD, sector.new_truong_vinh, ends_on=date(2025, 12, 31))
    assert follow(GRANTS, sector, carried_out()).moved == 1
    assert person.user.grants.get(role=OFFICER, unit=sector.new_truong_vinh).ends_on == date(2025, 12, 31)


def test_not_one_grant_is_lost_or_stands_elsewhere(sector: Sector, old: Unit) -> None:
    both = a_person("ca-hai", "Người của cả hai sở", old, OFFICER)
    give(both.user, OFFICER, sector.old_home_affairs_ninh_binh)
    a_person("so", "Người của một sở", old, OFFICER, HEAD)
    coming = a_person("sap", "Người sắp nhận vai", old)
    give(coming.user, OFFICER, old, date(2025, 9, 1))
    before = GRANTS.count(MERGED_ON)
    moves = the_merger(sector)
    outcome = follow(GRANTS, sector, carried_out())
    staying = {one.unit_id: one.number for one in outcome.waiting}
    expected: Counter[int] = Counter(staying)
    for unit, number in before.items():
        expected[moves.heirs.get(unit, unit)] += number - staying.get(unit, 0)
    assert GRANTS.count(MERGED_ON) == +expected


def test_a_stronger_role_counts_for_a_weaker_one_and_not_the_other_way(sector: Sector, old: Unit, merged: Unit) -> None:
    person = a_person("hai-vai", "Người hai vai", old, VIEWER)
    give(person.user, OFFICER, sector.old_home_affairs_ninh_binh)
    outcome = follow(GRANTS, sector, carried_out())
    assert outcome.moved == 1
    assert open_grants(person.user) == {(VIEWER, merged.pk), (OFFICER, sector.old_home_affairs_ninh_binh.pk)}


def test_a_grant_over_a_parted_unit_waits(sector: Sector) -> None:
    a_person("tach", "Người của phường bị chia", sector.old_dong_tho, OFFICER)
    outcome = follow(GRANTS, sector, carried_out())
    assert (outcome.moved, [one.number for one in outcome.waiting]) == (0, [1])


def test_a_grant_that_had_ended_stays_and_one_to_come_begins_over_the_heir(sector: Sector) -> None:
    person = a_person("phuong", "Người của phường", sector.old_quang_trung)
    give(person.user, HEAD, sector.old_quang_trung, ends_on=date(2025, 3, 1))
    coming = give(person.user, OFFICER, sector.old_quang_trung, date(2025, 9, 1), date(2026, 1, 1))
    assert follow(GRANTS, sector, carried_out()).moved == 1
    coming.refresh_from_db()
    assert coming.ends_on == coming.starts_on, "never held"
    new = person.user.grants.get(unit=sector.new_thanh_vinh)
    assert (new.role, new.starts_on, new.ends_on) == (OFFICER, date(2025, 9, 1), date(2026, 1, 1))


def test_taking_it_back_leaves_the_grants_as_they_were(sector: Sector, old: Unit) -> None:
    person = a_person("phuong", "Người của phường", sector.old_quang_trung, OFFICER)
    give(person.user, VIEWER, sector.old_quang_trung, ends_on=date(2026, 1, 1))
    a_person("so", "Người của sở cũ", old, OFFICER)
    stood = all_grants()
    carried = carried_out()
    follow(GRANTS, sector, carried)
    assert all_grants() != stood
    take_back(GRANTS, carried)
    assert all_grants() == stood


def test_what_a_person_ended_since_is_not_given_back(sector: Sector, operator: Person) -> None:
    person = a_person("phuong", "Người của phường", sector.old_quang_trung, OFFICER)
    gone = a_person("roi", "Người đã nghỉ", sector.old_quang_trung, OFFICER)
    vinh = a_person("quan-tri", "Người quản trị Nghệ An", sector.nghe_an, OPERATOR)
    carried = carried_out()
    follow(GRANTS, sector, carried)
    new = person.user.grants.get(unit=sector.new_thanh_vinh)
    end_grant(actor=vinh.actor, grant=new, reason="Chuyển công tác")
    deactivate(actor=vinh.actor, user=gone.user, reason="Nghỉ hưu")
    take_back(GRANTS, carried)
    assert open_grants(person.user) == open_grants(gone.user) == set()


def test_a_grant_that_people_gave_at_a_new_unit_is_held(sector: Sector) -> None:
    person = a_person("phuong", "Người của phường", sector.old_quang_trung, OFFICER)
    carried = carried_out()
    follow(GRANTS, sector, carried)
    follow(USERS, sector, carried)
    new = frozenset({sector.new_thanh_vinh.pk})
    assert (GRANTS.held(new, carried.act), USERS.held(new, carried.act)) == (0, 0)
    give(person.user, HEAD, sector.new_thanh_vinh)
    a_person("moi", "Người mới", sector.new_thanh_vinh)
    assert (GRANTS.held(new, carried.act), USERS.held(new, carried.act)) == (1, 1)


# Where users work


def test_users_work_in_the_heir_and_again_where_they_were_when_it_is_taken_back(
    sector: Sector, old: Unit, merged: Unit
) -> None:
    person, parted = a_person("so", "Người của sở cũ", old), a_person("tach", "Người tách", sector.old_dong_tho)
    carried = carried_out()
    outcome = follow(USERS, sector, carried)
    assert (outcome.moved, [one.number for one in outcome.waiting]) == (1, [1])
    assert User.objects.get(pk=person.user.pk).home_unit_id == merged.pk
    assert User.objects.get(pk=parted.user.pk).home_unit_id == sector.old_dong_tho.pk
    take_back(USERS, carried)
    assert User.objects.get(pk=person.user.pk).home_unit_id == old.pk
    assert [line.action for line in history(person.user)] == ["account.home_follow_back", "account.home_follow"]


# Decisions


@pytest.fixture
def waiting(sector: Sector, old: Unit) -> Grant:
    person = a_person("so", "Người của sở cũ", old, OFFICER)
    follow(GRANTS, sector, carried_out())
    grant: Grant = person.user.grants.get()
    return grant


def test_accepted_it_goes_on_over_the_successor_from_today(waiting: Grant, operator: Person, merged: Unit) -> None:
    given = accept_grant(actor=operator.actor, grant=waiting, reason="Quyết định 12/QĐ-SNV")
    assert (given.unit_id, given.role, given.starts_on) == (merged.pk, OFFICER, clock.today())
    waiting.refresh_from_db()
    assert waiting.ends_on == clock.today()
    assert User.objects.get(pk=waiting.user_id).home_unit_id == merged.pk
    actions = {line.action for line in history(waiting.user)}
    assert actions == {"account.accept_grant", "account.grant", "account.move_home"}


def test_narrowed_it_goes_on_in_a_weaker_role(waiting: Grant, operator: Person, merged: Unit) -> None:
    narrow_grant(actor=operator.actor, grant=waiting, role=VIEWER, unit=merged, reason="Chỉ xem")
    assert open_grants(waiting.user) == {(VIEWER, merged.pk)}


def test_it_is_not_narrowed_to_more(waiting: Grant, operator: Person, merged: Unit, sector: Sector) -> None:
    for role, unit, code in (
        (STEWARD, merged, "accounts.stronger_role"),
        (OFFICER, sector.home_affairs_nghe_an, "accounts.not_a_successor"),
    ):
        with pytest.raises(Refusal) as refused:
            narrow_grant(actor=operator.actor, grant=waiting, role=role, unit=unit, reason="Nhầm")
        assert refused.value.code == code


def test_one_over_a_parted_unit_is_narrowed_to_one_of_its_parts(sector: Sector) -> None:
    person = a_person("tach", "Người của phường bị chia", sector.old_dong_tho, OFFICER)
    thanh_hoa = a_person("quan-tri", "Người quản trị Thanh Hóa", sector.thanh_hoa, OPERATOR)
    grant = person.user.grants.get()
    with pytest.raises(Refusal) as refused:
        accept_grant(actor=thanh_hoa.actor, grant=grant, reason="Giữ")
    assert refused.value.code == "accounts.several_successors"
    part = Unit.objects.get(pk=the_merger(sector).parted[sector.old_dong_tho.pk][0])
    narrow_grant(actor=thanh_hoa.actor, grant=grant, role=OFFICER, unit=part, reason="Về phường Hàm Rồng")
    assert open_grants(person.user) == {(OFFICER, part.pk)}


def test_refused_it_ends(waiting: Grant, operator: Person) -> None:
    refuse_grant(actor=operator.actor, grant=waiting, reason="Không còn nhiệm vụ")
    assert open_grants(waiting.user) == set()
    with pytest.raises(Refusal) as refused:
        refuse_grant(actor=operator.actor, grant=waiting, reason="Lần nữa")
    assert refused.value.code == "accounts.not_waiting"


def test_who_may_not_grant_there_does_not_decide(waiting: Grant, cast: Cast) -> None:
    for person in (cast.em, cast.an):
        with pytest.raises(Refusal):
            accept_grant(actor=person.actor, grant=waiting, reason="Tự quyết")


def test_nobody_accepts_the_own_grant(sector: Sector, old: Unit) -> None:
    person = a_person("so", "Người của sở cũ", old, OFFICER)
    give(person.user, OPERATOR, sector.new_ninh_binh)
    grant = person.user.grants.get(role=OFFICER)
    with pytest.raises(Refusal) as refused:
        accept_grant(actor=actor_of(person.user), grant=grant, reason="Cho mình")
    assert refused.value.code == "accounts.own_account"


# Pages


class TestWaitingGrants(PageTests):
    page = "accounts.waiting-grants"
    verb = EDIT
    reader, outsider = "operator", "elsewhere"

    def url(self, things: list[Any]) -> str:
        return "/accounts/users/waiting/"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        old = Unit.objects.get(codes__code="SNV-36")
        first = User.objects.count()
        return [a_person(f"nguoi-{n}", f"Người số {n}", old, OFFICER) for n in range(first, first + number)]

    def shown(self, thing: Person) -> str:
        return str(thing.user.full_name)

    @staticmethod
    def person_named(cast: Cast, name: str) -> Person:
        province = {"operator": "new37", "elsewhere": "40"}[name]
        found = User.objects.filter(username=name).first()
        unit = _unit(province)
        if found is None:
            return a_person(name, f"Người quản trị {name}", unit, OPERATOR)
        return Person(found, unit, actor_of(found))


class TestWaitingGrant(TestWaitingGrants):
    page = "accounts.waiting-grant"
    detail = True

    def url(self, things: list[Any]) -> str:
        return f"/accounts/users/waiting/{things[0].user.grants.get().pk}/"


def _unit(key: str) -> Unit:
    from noivu.units.testing import _uid

    return Unit.objects.get(uid=_uid(key))


def test_the_operator_reads_what_it_reached_and_accepts(
    waiting: Grant, operator: Person, client: Client, merged: Unit
) -> None:
    sign_in(client, operator)
    page = client.get(f"/accounts/users/waiting/{waiting.pk}/").content.decode()
    assert "Sở Nội vụ tỉnh Nam Định" in page
    assert "Sở Nội vụ tỉnh Ninh Bình" in page
    answer = client.post(f"/accounts/users/waiting/{waiting.pk}/accept/", {"reason": "Quyết định 12/QĐ-SNV"})
    assert answer.url == "/accounts/users/waiting/"  # type: ignore[attr-defined]  # a redirect has one
    assert open_grants(waiting.user) == {(OFFICER, merged.pk)}
    assert client.get(f"/accounts/users/waiting/{waiting.pk}/").status_code == 404


def test_the_operator_narrows_and_refuses_on_pages(
    sector: Sector, old: Unit, operator: Person, client: Client, merged: Unit
) -> None:
    first, second = (a_person(name, f"Người {name}", old, OFFICER).user for name in ("mot", "hai"))
    sign_in(client, operator)
    form = f"/accounts/users/waiting/{first.grants.get().pk}/narrow/"
    assert 'value="SNV-37' in client.get(form).content.decode()
    assert client.post(form, {"role": STEWARD, "unit": "SNV-37", "reason": "Thử"}).status_code == 422
    client.post(form, {"role": VIEWER, "unit": "SNV-37", "reason": "Chỉ xem"})
    client.post(f"/accounts/users/waiting/{second.grants.get().pk}/refuse/", {"reason": "Nghỉ"})
    assert (open_grants(first), open_grants(second)) == ({(VIEWER, merged.pk)}, set())


def test_the_user_is_told_what_waits(waiting: Grant, client: Client) -> None:
    person = Person(waiting.user, waiting.unit, actor_of(waiting.user))
    page = sign_in(client, person).get("/accounts/").content.decode()
    assert "1 vai trò chờ quyết định" in page
    assert "· chờ quyết định" in page
