"""The site map: where the rooms' pages are found."""

from django.urls import reverse


def test_one_signs_in_under_accounts() -> None:
    assert reverse("account_login") == "/accounts/sign-in/"
