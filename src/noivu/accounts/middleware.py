"""Who asks, in which language and looks: read once for each request."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from noivu.accounts import preferences
from noivu.accounts.authentication import actor_of
from noivu.accounts.models import User
from noivu.law.api import law_at
from noivu.units.api import one_revision


class ActorMiddleware:
    """Sets `request.actor` (None for a visitor), and the language and looks that a signed-in user chose.

    Costs the session query and one query that reads the user, all grants, and the revisions of the units and the law:
    trees and calendars that a page then asks for cost no further query while they are in memory, and none is staler
    than the request, whichever process changed it.
    A user who still has the one-time password is led to choose another one before anything else.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user if isinstance(request.user, User) else None
        with one_revision(user.units_revision if user else None), law_at(user.law_revision if user else None):
            request.actor = actor_of(user) if user else None  # type: ignore[attr-defined]  # set here for all views
            return self.get_response(request) if user is None else self._serve(request, user)

    def _serve(self, request: HttpRequest, user: User) -> HttpResponseBase:
        if user.must_change_password and not _serves_a_new_password(request.path):
            return redirect("account_change_password")
        preferences.present(request, user)
        with translation.override(user.language):
            request.LANGUAGE_CODE = user.language
            return self.get_response(request)


def _serves_a_new_password(path: str) -> bool:
    static = f"/{settings.STATIC_URL.lstrip('/')}"
    return path.startswith((reverse("account_change_password"), reverse("account_logout"), "/ui/", static))
