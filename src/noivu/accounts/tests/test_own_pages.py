"""One's own account: for everyone who is signed in."""

from typing import Any

from noivu.accounts.testing_pages import PageTests


class TestMyAccount(PageTests):
    page = "accounts.home"
    verb = None

    def url(self, things: list[Any]) -> str:
        return "/accounts/"
