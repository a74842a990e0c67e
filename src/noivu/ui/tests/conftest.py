from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from noivu.core import access
from noivu.core.access import EVERYONE, Verb
from noivu.core.wording import Text
from noivu.ui import context
from noivu.ui.navigation import Navigation


@pytest.fixture(autouse=True)
def pages_of_the_tests(settings: Any) -> None:
    """The tests' own site map and readers; messages and sessions in cookies, so that no test needs the database."""
    settings.ROOT_URLCONF = "noivu.ui.tests.urls"
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    settings.MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
    settings.MIDDLEWARE = [m for m in django_settings.MIDDLEWARE if not _needs_people(m)] + [
        "noivu.ui.testing.ActorFromHeader"
    ]
    settings.LOGIN_URL = "/sign-in/"
    settings.NOIVU_SAMPLE = True  # the pages of specimens are open in samples alone


def _needs_people(middleware: str) -> bool:
    return middleware.startswith(("allauth.", "noivu.accounts."))


@pytest.fixture(autouse=True)
def verb_of_the_tests() -> Iterator[None]:
    verb = Verb("test.look", Text(vi="Xem thử", en="Look"), EVERYONE)
    access.declare(verb)
    yield
    access.verbs._plugs.pop(verb.code)


@pytest.fixture(autouse=True)
def own_navigation(monkeypatch: pytest.MonkeyPatch) -> Navigation:
    """An empty navigation: what upper rooms declared leads to pages that the tests' site map does not have."""
    own = Navigation()
    monkeypatch.setattr(context, "navigation", own)
    return own


@pytest.fixture
def binh() -> Client:
    """Lê Thu Bình, of the ministry's office, signed in."""
    return Client(headers={"X-Actor": "Lê Thu Bình"})
