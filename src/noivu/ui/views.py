"""The reader's switches, and the page that shows the design system."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from noivu.ui import preferences
from noivu.ui.guards import public
from noivu.ui.preferences import Preference

_OF_ANYONE = "a choice of the screen, kept in the reader's own cookie"


@public(_OF_ANYONE)
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    return _keep(request, preferences.LANGUAGE, "language")


@public(_OF_ANYONE)
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    return _keep(request, preferences.THEME, "theme")


@public(_OF_ANYONE)
@require_POST
def choose_density(request: HttpRequest) -> HttpResponse:
    return _keep(request, preferences.DENSITY, "density")


@public(_OF_ANYONE)
@require_POST
def choose_keys(request: HttpRequest) -> HttpResponse:
    return _keep(request, preferences.KEYS, "keys")


def _keep(request: HttpRequest, preference: Preference, field: str) -> HttpResponse:
    wanted = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(wanted if is_ours else "/")
    preferences.choose(request, response, preference, request.POST.get(field, ""))
    return response
