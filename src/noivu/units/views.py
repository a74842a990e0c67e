"""Units on screen."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from noivu.core import clock
from noivu.core.dates import parse_date
from noivu.core.refusals import Refusal
from noivu.ui.guards import signed_in
from noivu.units.picking import found_links, links_around
from noivu.units.queries import tree


@signed_in()
def picker(request: HttpRequest) -> HttpResponse:
    """The passage inside a unit picker: the tree of the page's day, or what was searched."""
    asked = request.GET.get("on")
    try:
        day = parse_date(asked) if asked else clock.today()
    except Refusal as refusal:
        raise Http404 from refusal
    units, page = tree(day), request.GET.get("page", "/")
    words = request.GET.get("unit", "").strip()
    nodes = found_links(units, words, page) if words else links_around(units, request.GET.get("now", ""), page)
    return render(request, "ui/tree.html", {"nodes": nodes})
