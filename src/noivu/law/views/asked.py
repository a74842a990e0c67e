"""A change that is carried out beside the page: how far it is, and what came of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from noivu.law.policies import EDIT_CALENDAR
from noivu.law.queries import asked_change
from noivu.law.services.asked import begin, is_quiet, standing_of
from noivu.law.views.acting import CALENDAR, LEGAL_BASIS, crumb
from noivu.ui.guards import guarded


@guarded(EDIT_CALENDAR)
def asked(request: HttpRequest, asked_id: int) -> HttpResponse:
    """The page, which asks for its standing alone every other second while the change waits."""
    found = asked_change(asked_id)
    if found is None:
        raise Http404
    context = {
        "asked": found,
        "standing": standing_of(found),
        "is_quiet": is_quiet(found),
        "crumbs": [LEGAL_BASIS, crumb(CALENDAR, "law:calendar")],
    }
    template = "law/asked_standing.html" if request.headers.get("HX-Request") else "law/asked.html"
    return render(request, template, context)


@require_POST
@guarded(EDIT_CALENDAR)
def begin_anew(request: HttpRequest, asked_id: int) -> HttpResponse:
    """Of what a stopped process left; where one is at it still, nothing happens twice."""
    found = asked_change(asked_id)
    if found is None:
        raise Http404
    if found.waits:
        begin(found)
    return redirect(found.address)
