"""The pages of units."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from noivu.core import clock
from noivu.core.dates import parse_date
from noivu.core.refusals import Refusal
from noivu.ui.guards import guarded, signed_in
from noivu.ui.panels import panels_of
from noivu.units import pages
from noivu.units.picking import found_links, links_around
from noivu.units.policies import VIEW
from noivu.units.queries import tree


@guarded(VIEW)
def units(request: HttpRequest) -> HttpResponse:
    """All units of a day: central organisations and provinces; or what is looked for, former units too."""
    on, sought = _day(request), request.GET.get("q", "")
    listed = pages.unit_list(on, sought)
    context = {
        "listed": listed,
        "sought": sought,
        "days": pages.day_picker(request.get_full_path(), on, [("q", sought)] if sought else []),
        "as_of": pages.as_of(listed.units, on),
    }
    return render(request, "units/units.html", context)


@guarded(VIEW)
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit as of a day: its facts over time with their instruments, its lineage, what stands below it."""
    on = _day(request)
    shown = pages.unit_page(code, on)
    context = {
        "shown": shown,
        "days": pages.day_picker(request.get_full_path(), on),
        "as_of": pages.as_of(shown.units, on),
        "crumbs": shown.crumbs,
        "panels": panels_of("units.unit", request, shown),
    }
    return render(request, "units/unit.html", context)


@signed_in()
def picker(request: HttpRequest) -> HttpResponse:
    """The passage inside a unit picker: the tree of the page's day, or what was searched."""
    try:
        day = _day(request)
    except Refusal as refusal:
        raise Http404 from refusal
    units, page = tree(day), request.GET.get("page", "/")
    words = request.GET.get("unit", "").strip()
    nodes = found_links(units, words, page) if words else links_around(units, request.GET.get("now", ""), page)
    return render(request, "ui/tree.html", {"nodes": nodes})


def _day(request: HttpRequest) -> date:
    """The day of the page; what is not a date is refused in words."""
    typed = request.GET.get("on", "")
    return parse_date(typed) if typed else clock.today()
