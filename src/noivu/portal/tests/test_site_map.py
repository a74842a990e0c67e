"""The site map: where the rooms' pages are found."""

from django.urls import reverse


def test_one_signs_in_under_accounts() -> None:
    assert reverse("account_login") == "/accounts/sign-in/"


def test_plans_of_reorganisation_stand_under_planning() -> None:
    assert reverse("planning:plans") == "/planning/"
    assert reverse("planning:add", args=[3, "merge"]) == "/planning/3/events/add/merge/"
