"""The page of a unit, with what the rooms above add to it."""

from typing import Any

from django.test import Client

from noivu.accounts.testing import Cast, sign_in

PAGE = "/units/BNV/?on=2024-11-01"


def test_a_steward_sees_who_holds_a_role_there_and_the_registers_of_the_unit(cast: Cast, client: Client) -> None:
    page = sign_in(client, cast.em).get(PAGE).content.decode()

    assert "Người có vai trò tại đơn vị" in page
    assert "Quản trị dữ liệu" in page
    assert 'href="/tasks/?unit=BNV&amp;period=2024-11"' in page


def test_an_officer_is_not_told_who_holds_roles(cast: Cast, client: Client) -> None:
    page = sign_in(client, cast.binh).get(PAGE).content.decode()
    assert "Người có vai trò tại đơn vị" not in page


def test_the_page_with_its_panels_stays_within_four_queries_beyond_session_and_user(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    sign_in(client, cast.em).get(PAGE)
    with django_assert_max_num_queries(6):
        client.get(PAGE)
