"""For the tests of every room: a reader put into a request without a sign-in, and an access that says yes or no."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase

from noivu.core import access
from noivu.core.access import Verb
from noivu.core.actors import Actor


class ActorFromHeader:
    """Middleware for tests: `X-Actor: Lê Thu Bình` reads as that person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        name = request.META.get("HTTP_X_ACTOR")
        request.actor = Actor(id=f"test-{name}", name=name) if name else None  # type: ignore[attr-defined]  # as the middleware
        return self._respond(request)


class Allowing:
    """An access provider that allows the verbs it is given, everywhere."""

    def __init__(self, *codes: str) -> None:
        self._codes = set(codes)

    def may(self, actor: Actor, verb: Verb, thing: Any | None) -> bool:
        return verb.code in self._codes

    def scope(self, actor: Actor, verb: Verb, rows: QuerySet[Any], *, given: bool) -> QuerySet[Any]:
        return rows if verb.code in self._codes else rows.none()

    def ways(self, actor: Actor, verb: Verb, rows: QuerySet[Any]) -> list[QuerySet[Any]]:
        return [rows] if verb.code in self._codes else []

    def is_open(self, actor: Actor, thing: Any) -> bool:
        return True

    def open_to(self, actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows

    def units(self, actor: Actor, verb: Verb) -> frozenset[int]:
        return frozenset()


@contextmanager
def allowed(*codes: str) -> Iterator[None]:
    """Within this block exactly these verbs are allowed, to everybody; afterwards access is as it was."""
    before = list(access._provider)
    access.provide(Allowing(*codes))
    try:
        yield
    finally:
        access._provider[:] = before
