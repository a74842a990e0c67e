"""Every URL is guarded: by a verb, for the signed in, public for a reason; or it is one of the sign-in library's."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from noivu.accounts.urls import LIBRARY_ROUTES
from noivu.core import access
from noivu.ui.guards import guard_of

LIBRARY = {route.name for route in LIBRARY_ROUTES}


def patterns(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, path)
        else:
            yield path, entry


def named(entry: tuple[str, URLPattern]) -> str:
    return entry[0]


@pytest.mark.parametrize("entry", list(patterns()), ids=named)
def test_every_url_is_guarded(entry: tuple[str, URLPattern]) -> None:
    path, pattern = entry
    if pattern.name in LIBRARY:
        return
    guard = guard_of(pattern.callback)
    assert guard is not None, (
        f"/{path} has no guard: decorate its view with @guarded(verb), @signed_in() or @public(reason)"
    )
    if guard.kind == "verb":
        assert guard.says in access.verbs, f"/{path} asks for “{guard.says}”, which no room declares"
    if guard.kind == "public":
        assert len(guard.says.split()) >= 3, f"/{path} is public: say why"


def test_sign_up_does_not_exist() -> None:
    assert not [path for path, _ in patterns() if "signup" in path or "sign-up" in path]
