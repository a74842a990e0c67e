"""The pages about users: the matrix, and what is done on them."""

from typing import Any

import pytest
from django.test import Client

from noivu.accounts.forms import AddUserForm, GrantForm
from noivu.accounts.models import User
from noivu.accounts.testing import Cast, Person, a_person, sign_in
from noivu.accounts.testing_pages import PageTests
from noivu.core.access import OFFICER, OPERATOR
from noivu.ui.forms import Form
from noivu.units.testing import Sector


def some_people(cast: Cast, number: int) -> list[Person]:
    first = User.objects.count()
    places = range(first, first + number)
    return [a_person(f"nguoi-{n}", f"Người số {n} của Văn phòng", cast.binh.unit, OFFICER) for n in places]


class TestUsers(PageTests):
    page = "accounts.people"
    verb = "accounts.view"
    reader, outsider = "ha", "chief"

    def url(self, things: list[Any]) -> str:
        return "/accounts/users/"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        return some_people(cast, number)

    def shown(self, thing: Person) -> str:
        return thing.user.full_name

    def person_named(self, cast: Cast, name: str) -> Person:  # type: ignore[override]  # an outsider of its own
        return operator_of_another_province(cast) if name == "chief" else super().person_named(cast, name)


class TestUser(TestUsers):
    page = "accounts.person"
    detail = True

    def url(self, things: list[Any]) -> str:
        return f"/accounts/users/{things[0].user.pk}/"

    def shown(self, thing: Person) -> str:
        return ""


class TestGranting(TestUser):
    page = "accounts.grant"
    verb = "accounts.edit"

    def url(self, things: list[Any]) -> str:
        return f"/accounts/users/{things[0].user.pk}/grant/"


class TestAdding(TestUsers):
    page = "accounts.add-person"
    verb = "accounts.edit"

    def url(self, things: list[Any]) -> str:
        return "/accounts/users/add/"

    def shown(self, thing: Person) -> str:
        return ""


def operator_of_another_province(cast: Cast) -> Person:
    return a_person("xa", "Quản trị của tỉnh khác", cast.dung.unit, OPERATOR)


@pytest.fixture
def ha(cast: Cast, client: Client) -> Client:
    return sign_in(client, cast.ha)


def test_a_user_is_found_without_typing_accents(cast: Cast, ha: Client) -> None:
    page = ha.get("/accounts/users/?q=thu+binh").content.decode()
    assert "Lê Thu Bình" in page
    assert "Đỗ Quang Chi" not in page


def test_the_list_leads_to_each_user(cast: Cast, ha: Client) -> None:
    found = ha.get("/accounts/users/").content.decode()
    assert f'href="/accounts/users/{cast.chi.user.pk}/"' in found


def test_adding_a_user_shows_the_one_time_password_once(cast: Cast, ha: Client) -> None:
    answer = ha.post(
        "/accounts/users/add/",
        {"full_name": "Nguyễn Thị Lan", "username": "lan.nguyen", "unit": "VP-BNV · Văn phòng Bộ", "role": "officer"},
    )
    secret = answer.context["secret"]
    assert secret in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    lan = User.objects.get(username="lan.nguyen")
    assert lan.check_password(secret)
    assert secret not in ha.get(f"/accounts/users/{lan.pk}/").content.decode()


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(cast: Cast, ha: Client) -> None:
    answer = ha.post(
        "/accounts/users/add/", {"full_name": "Lê Thu Bình", "username": "binh", "unit": "VP-BNV", "role": "officer"}
    )
    assert answer.status_code == 422
    assert "đã có người dùng" in str(answer.context["form"].errors["username"])
    assert 'value="Lê Thu Bình"' in answer.content.decode()


def test_an_unknown_unit_is_explained(cast: Cast, ha: Client) -> None:
    answer = ha.post(
        "/accounts/users/add/", {"full_name": "Ai", "username": "ai", "unit": "KHONG-CO", "role": "officer"}
    )
    assert "unit" in answer.context["form"].errors


def test_a_role_is_granted_and_ended_on_screen(cast: Cast, ha: Client) -> None:
    binh = cast.binh.user
    given = {"role": "head", "unit": "VP-BNV", "starts_on": "01/11/2024", "ends_on": "", "reason": "QĐ 12"}
    assert ha.post(f"/accounts/users/{binh.pk}/grant/", given).status_code == 302
    head = binh.grants.get(role="head")
    ended = ha.post(
        f"/accounts/users/{binh.pk}/grants/{head.pk}/end/", {"ends_on": "15/11/2024", "reason": "Thôi giữ chức vụ"}
    )
    assert ended.status_code == 302
    assert "14/11/2024" in ha.get(f"/accounts/users/{binh.pk}/").content.decode()


def test_a_grant_out_of_reach_does_not_exist(cast: Cast, ha: Client) -> None:
    grant = cast.an.user.grants.get()
    assert ha.get(f"/accounts/users/{cast.an.user.pk}/grants/{grant.pk}/end/").status_code == 404


def test_a_steward_is_not_offered_the_role_of_operator(cast: Cast, client: Client) -> None:
    page = sign_in(client, cast.em).get("/accounts/users/add/").content.decode()
    assert 'value="officer"' in page
    assert 'value="operator"' not in page


def test_an_auditor_sees_users_and_no_verbs(cast: Cast, client: Client) -> None:
    page = sign_in(client, cast.giang).get(f"/accounts/users/{cast.binh.user.pk}/").content.decode()
    assert "/grant/" not in page
    assert client.get(f"/accounts/users/{cast.binh.user.pk}/grant/").status_code == 404


def test_deactivating_on_screen_asks_why(cast: Cast, ha: Client) -> None:
    address = f"/accounts/users/{cast.binh.user.pk}/deactivate/"
    assert ha.post(address, {"reason": ""}).status_code == 422
    ha.post(address, {"reason": "Nghỉ hưu"})
    assert not User.objects.get(username="binh").is_active
    assert "Lê Thu Bình" in ha.get("/accounts/users/?cut=inactive").content.decode()


def test_a_new_password_is_given_on_screen(cast: Cast, ha: Client) -> None:
    answer = ha.post(f"/accounts/users/{cast.binh.user.pk}/password/", {"reason": "Quên mật khẩu"})
    assert User.objects.get(username="binh").check_password(answer.context["secret"])


def test_units_are_suggested_while_one_types(cast: Cast, ha: Client, sector: Sector) -> None:
    page = ha.get("/accounts/units/?on=2024-11-01&unit=nghe+an").content.decode()
    assert "SNV-40" in page


def test_a_steward_is_not_offered_the_keys_of_an_operator(cast: Cast, client: Client) -> None:
    em = sign_in(client, cast.em)
    assert "/password/" in em.get(f"/accounts/users/{cast.binh.user.pk}/").content.decode()
    assert "/password/" not in em.get(f"/accounts/users/{cast.ha.user.pk}/").content.decode()


def test_the_units_suggested_are_those_of_the_day_of_the_form(cast: Cast, ha: Client) -> None:
    before, after = (
        ha.get(f"/accounts/units/?on={day}&unit=nam+dinh").content.decode() for day in ("2025-06-30", "2025-07-01")
    )
    assert "Tỉnh Nam Định" in before
    assert "Tỉnh Nam Định" not in after


def test_a_form_looks_units_up_as_of_the_day_it_is_used_not_the_day_the_server_started(cast: Cast, settings) -> None:
    def wrong(form_class: type[Form], **typed: str) -> list[str]:
        return list(form_class(typed, roles=[OFFICER]).errors.get("unit", []))

    assert wrong(AddUserForm, unit="SNV-36") == []
    settings.NOIVU_TODAY = "2025-07-01"
    assert wrong(AddUserForm, unit="SNV-36") != []
    assert wrong(GrantForm, unit="SNV-36", starts_on="30/06/2025") == []
    assert wrong(GrantForm, unit="SNV-36", starts_on="01/07/2025") != []
