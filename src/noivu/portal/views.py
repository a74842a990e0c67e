"""The pages of the whole: the operations centre, and the search over all registers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from noivu.core.wording import Text
from noivu.figures.api import VIEW, standpoint
from noivu.portal.home import operations_centre
from noivu.portal.searching import search_everywhere
from noivu.ui.guards import guarded, signed_in, signed_in_actor
from noivu.ui.page import Crumb

CENTRE = Text(vi="Trung tâm điều hành", en="Operations centre")


@require_GET
@guarded(VIEW)
def home(request: HttpRequest) -> HttpResponse:
    """The operations centre of a unit and a period."""
    here = standpoint(request, VIEW)
    path = [Crumb(Text(node.name, node.name)) for node in here.units.path(here.unit.id)]
    context = {"here": here, "centre": operations_centre(request, here), "crumbs": path, "as_of": here.as_of}
    return render(request, "portal/home.html", context)


@require_GET
@signed_in()
def search(request: HttpRequest) -> HttpResponse:
    """Everything that is called so, by kind."""
    words = request.GET.get("q", "").strip()
    found = search_everywhere(signed_in_actor(request), words)
    return render(request, "portal/search.html", {"words": words, "found": found})
