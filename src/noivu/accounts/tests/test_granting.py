"""The verbs: adding users, granting roles, ending them, taking users out of service."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from noivu.accounts import services
from noivu.accounts.models import Grant, User
from noivu.accounts.testing import Cast, Person, a_person, give, sign_in
from noivu.audit.models import Entry, Payload
from noivu.core import clock
from noivu.core.access import AUDITOR, HEAD, OFFICER, OPERATOR, STEWARD, VIEWER
from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.units.testing import Sector

pytestmark = pytest.mark.django_db
PASSWORD = "giấy trắng mực đen 40"
TODAY = date(2024, 11, 1)


def added(actor: Any, sector: Sector, username: str = "lan.nguyen", **facts: Any) -> User:
    facts = {"full_name": "Nguyễn Thị Lan", "home_unit": sector.office, "password": PASSWORD, **facts}
    return services.add_user(actor=actor, username=username, **facts)


def grant_of(person: Person) -> Grant:
    grant: Grant = person.user.grants.get()
    return grant


def test_it_adds_a_user_and_logs_it_without_the_password(cast: Cast, sector: Sector) -> None:
    user = added(cast.ha.actor, sector, full_name="Nguyễn  Thị Lan ")

    assert user.full_name == "Nguyễn Thị Lan"
    assert user.check_password(PASSWORD)
    entry = Entry.objects.get(action="account.add")
    assert (entry.object_kind, entry.object_id) == ("accounts.user", str(user.pk))
    assert PASSWORD not in Payload.objects.get(entry=entry).content


@pytest.mark.parametrize("username", ["Lan Nguyễn", "l", "", "lan@bnv", "-lan"])
def test_it_refuses_a_user_name_that_cannot_be_typed_everywhere(sector: Sector, username: str) -> None:
    with pytest.raises(Refusal) as refused:
        added(SYSTEM, sector, username)
    assert refused.value.code == "accounts.bad_username"


def test_it_refuses_a_user_name_that_is_taken_in_any_case(cast: Cast, sector: Sector) -> None:
    with pytest.raises(Refusal) as refused:
        added(SYSTEM, sector, "Binh")
    assert refused.value.code == "accounts.username_taken"
    assert User.objects.filter(username__iexact="binh").count() == 1


@pytest.mark.parametrize("password", ["ngan", "password1234", "lan.nguyen.lan"])
def test_it_refuses_a_weak_password_in_both_languages(sector: Sector, password: str) -> None:
    with pytest.raises(Refusal) as refused:
        added(SYSTEM, sector, password=password)
    text = refused.value.text()
    assert text.vi.startswith("Mật khẩu")
    assert "password" in text.en


def test_it_refuses_whoever_may_not_manage_users_there(cast: Cast, sector: Sector) -> None:
    for actor in (cast.an.actor, cast.giang.actor, cast.chi.actor):
        with pytest.raises(Refusal) as refused:
            added(actor, sector)
        assert refused.value.code == "forbidden"


def test_an_operator_does_not_reach_another_province(cast: Cast, sector: Sector) -> None:
    with pytest.raises(Refusal):
        added(cast.ha.actor, sector, home_unit=sector.home_affairs_thanh_hoa)


def test_user_and_first_role_come_together_or_not_at_all(cast: Cast, sector: Sector) -> None:
    with pytest.raises(Refusal):
        services.add_user_with_role(
            actor=cast.em.actor,
            username="lan.nguyen",
            full_name="Nguyễn Thị Lan",
            home_unit=sector.office,
            role=OPERATOR,
            password=PASSWORD,
        )
    assert not User.objects.filter(username="lan.nguyen").exists()


def test_it_grants_a_role_from_today_and_logs_it(cast: Cast, sector: Sector) -> None:
    user = added(cast.ha.actor, sector)
    grant = services.grant_role(actor=cast.ha.actor, user=user, role=HEAD, unit=sector.office, reason="QĐ 12/QĐ-BNV")
    assert (grant.starts_on, grant.ends_on, grant.granted_by_name) == (TODAY, None, "Vũ Ngọc Hà")
    assert Entry.objects.filter(action="account.grant", object_id=str(user.pk)).count() == 1


def test_nobody_grants_a_role_to_oneself(cast: Cast, sector: Sector) -> None:
    with pytest.raises(Refusal) as refused:
        services.grant_role(actor=cast.ha.actor, user=cast.ha.user, role=HEAD, unit=sector.office)
    assert refused.value.code == "accounts.own_account"


@pytest.mark.parametrize("role", [AUDITOR, OPERATOR])
def test_a_data_steward_gives_only_the_roles_of_daily_work(cast: Cast, sector: Sector, role: str) -> None:
    with pytest.raises(Refusal) as refused:
        services.grant_role(actor=cast.em.actor, user=cast.binh.user, role=role, unit=sector.office)
    assert refused.value.code == "accounts.role_not_to_give"
    services.grant_role(actor=cast.em.actor, user=cast.binh.user, role=VIEWER, unit=sector.archives)


def test_it_refuses_the_same_role_twice_at_one_time(cast: Cast, sector: Sector) -> None:
    with pytest.raises(Refusal) as refused:
        services.grant_role(actor=SYSTEM, user=cast.binh.user, role=OFFICER, unit=sector.office)
    assert refused.value.code == "accounts.granted_already"


def test_it_refuses_an_end_before_the_start(cast: Cast, sector: Sector) -> None:
    with pytest.raises(Refusal) as refused:
        services.grant_role(actor=SYSTEM, user=cast.binh.user, role=HEAD, unit=sector.office, ends_on=date(2024, 10, 1))
    assert refused.value.code == "accounts.days_reversed"


def test_it_refuses_a_unit_that_does_not_exist_on_the_first_day(cast: Cast, sector: Sector) -> None:
    with pytest.raises(Refusal) as refused:
        services.grant_role(actor=SYSTEM, user=cast.binh.user, role=HEAD, unit=sector.new_ninh_binh)
    assert refused.value.code == "accounts.no_such_unit"


def test_the_database_itself_refuses_an_unknown_role_and_a_reversed_span(cast: Cast) -> None:
    for change in ({"role": "superuser"}, {"ends_on": date(2023, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.filter(user=cast.binh.user).update(**change)


def test_ending_a_grant_keeps_what_was(cast: Cast) -> None:
    ended = services.end_grant(actor=cast.ha.actor, grant=grant_of(cast.binh), reason="Chuyển công tác")
    assert ended.starts_on == date(2024, 1, 1)
    assert (ended.ends_on, ended.end_reason) == (TODAY, "Chuyển công tác")


def test_a_grant_can_end_later_and_sooner_but_not_in_the_past(cast: Cast) -> None:
    grant = services.end_grant(actor=SYSTEM, grant=grant_of(cast.binh), on=date(2024, 12, 31), reason="")
    grant = services.end_grant(actor=SYSTEM, grant=grant, on=date(2024, 12, 1), reason="")
    assert grant.ends_on == date(2024, 12, 1)
    with pytest.raises(Refusal) as refused:
        services.end_grant(actor=SYSTEM, grant=grant, on=date(2024, 10, 1), reason="")
    assert refused.value.code == "accounts.end_in_the_past"


def test_deactivating_ends_sessions_and_roles_and_keeps_the_row(cast: Cast, client: Client) -> None:
    sign_in(client, cast.binh)
    services.deactivate(actor=cast.ha.actor, user=cast.binh.user, reason="Nghỉ hưu")

    assert client.get("/accounts/").status_code == 302
    assert not cast.binh.user.grants.holding(clock.today()).exists()
    assert User.objects.filter(username="binh", is_active=False).exists()


def test_nobody_deactivates_oneself(cast: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        services.deactivate(actor=cast.ha.actor, user=cast.ha.user, reason="")
    assert refused.value.code == "accounts.own_account"


def test_a_new_password_is_for_one_use_and_never_logged(cast: Cast) -> None:
    services.give_password(actor=cast.ha.actor, user=cast.binh.user, password="xk7m-p2qd-9hfr-w4tz")
    binh = User.objects.get(username="binh")
    assert binh.must_change_password
    assert not Payload.objects.filter(content__contains="xk7m").exists()


def test_a_user_name_outside_the_pattern_does_not_pass_validation(sector: Sector) -> None:
    with pytest.raises(ValidationError):
        User(username="Có Dấu", full_name="Ai đó", home_unit=sector.office, password="!").full_clean()


TAKING_OVER: dict[str, Callable[[Any, User], object]] = {
    "a new password": lambda actor, user: services.give_password(actor=actor, user=user, password=PASSWORD),
    "no second factor": lambda actor, user: services.remove_second_factors(actor=actor, user=user, reason="mất máy"),
    "no account": lambda actor, user: services.deactivate(actor=actor, user=user, reason="nghỉ"),
    "no grant": lambda actor, user: services.end_grant(actor=actor, grant=user.grants.get(), reason="thôi"),
}


@pytest.mark.parametrize("act", TAKING_OVER.values(), ids=TAKING_OVER)
def test_a_steward_does_not_touch_the_account_of_an_operator(cast: Cast, act: Callable[[Any, User], object]) -> None:
    with pytest.raises(Refusal) as refused:
        act(cast.em.actor, cast.ha.user)
    assert refused.value.code == "accounts.beyond_own_grants"


@pytest.mark.parametrize("act", list(TAKING_OVER.values())[:3], ids=list(TAKING_OVER)[:3])
def test_a_steward_of_one_unit_does_not_touch_who_holds_a_wider_grant(
    cast: Cast, sector: Sector, act: Callable[[Any, User], object]
) -> None:
    steward = a_person("quan", "Quản trị của Văn phòng", sector.office, STEWARD)
    give(cast.binh.user, OFFICER, sector.ministry)
    with pytest.raises(Refusal) as refused:
        act(steward.actor, cast.binh.user)
    assert refused.value.code == "accounts.beyond_own_grants"


def test_a_steward_gives_a_password_to_whom_daily_work_was_granted(cast: Cast) -> None:
    services.give_password(actor=cast.em.actor, user=cast.binh.user, password=PASSWORD)
    assert User.objects.get(username="binh").must_change_password
