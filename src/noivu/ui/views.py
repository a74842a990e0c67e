"""The reader's switches, and the page that shows the design system."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from noivu.ui import preferences, progress, showcase, specimens
from noivu.ui.guards import public, signed_in
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


def _only_where_nothing_is_real() -> None:
    """Made-up figures and dead buttons stand beside no real registers."""
    if not (settings.DEBUG or settings.NOIVU_SAMPLE):
        raise Http404


def _keep(request: HttpRequest, preference: Preference, field: str) -> HttpResponse:
    wanted = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(wanted if is_ours else "/")
    preferences.choose(request, response, preference, request.POST.get(field, ""))
    return response


@signed_in()
def show_progress(request: HttpRequest, key: str) -> HttpResponse:
    """How far the reader's own long act is: the page that waits for it asks every second."""
    return render(request, "ui/progress.html", {"key": key, "standing": progress.standing(request, key)})


@signed_in()
def components(request: HttpRequest) -> HttpResponse:
    """The design system on one page, with a register that exists nowhere."""
    _only_where_nothing_is_real()
    return render(request, "ui/components.html", showcase.context(request))


@signed_in()
def register_specimen(request: HttpRequest) -> HttpResponse:
    _only_where_nothing_is_real()
    state = specimens.REGISTER.state(request.GET)
    page = specimens.specimen_page(state)
    shown = specimens.REGISTER.shown(request, state, page, counts=specimens.specimen_counts())
    return render(request, "ui/specimens/register.html", {"register": shown, **showcase.place(request)})


@signed_in()
def specimen(request: HttpRequest, number: int) -> HttpResponse:
    _only_where_nothing_is_real()
    row = next((row for row in specimens.SPECIMENS if row.number == number), None)
    if row is None:
        raise Http404
    return render(request, "ui/specimens/opened.html", {"row": row})
