"""The pages of units."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from noivu.core.refusals import Refusal
from noivu.ui.days import day_picker
from noivu.ui.guards import guarded, signed_in
from noivu.ui.panels import panels_of
from noivu.units import pages
from noivu.units.days import changing_days
from noivu.units.picking import found_links, links_around
from noivu.units.policies import VIEW
from noivu.units.queries import tree
from noivu.units.tables import UNIT_LIST, day_of


@guarded(VIEW)
def units(request: HttpRequest) -> HttpResponse:
    """All units of a day: central organisations and provinces; or what is looked for, former units too."""
    on, sought = day_of(request), request.GET.get("q", "")
    listed = pages.unit_list(on, sought)
    context = {
        "listed": listed,
        "sought": sought,
        "days": day_picker(request.get_full_path(), on, changing_days(), [("q", sought)] if sought else []),
        "as_of": pages.as_of(listed.units, on),
    }
    return render(request, "units/units.html", context)


@guarded(VIEW)
def units_tree(request: HttpRequest) -> HttpResponse:
    """The whole tree of a day, opened branch by branch."""
    on = day_of(request)
    present = tree(on)
    context = {
        "rows": pages.roots(present, on),
        "days": day_picker(request.get_full_path(), on, changing_days()),
        "as_of": pages.as_of(present, on),
        "crumbs": [pages.first_crumb(on)],
    }
    return render(request, "units/tree.html", context)


@guarded(VIEW)
def branch(request: HttpRequest, code: str) -> HttpResponse:
    """The passage inside an opened branch: what stands directly below a unit."""
    on = day_of(request)
    return render(request, "units/branch.html", pages.branch(code, on))


@guarded(VIEW)
def units_list(request: HttpRequest) -> HttpResponse:
    """All units of a day as a list to search, filter and page through."""
    on = day_of(request)
    present, state = tree(on), UNIT_LIST.state(request.GET)
    context = {
        "register": UNIT_LIST.shown(request, state, pages.listed(present, on, state)),
        "days": day_picker(request.get_full_path(), on, changing_days(), list(state.kept.items())),
        "as_of": pages.as_of(present, on),
        "crumbs": [pages.first_crumb(on)],
    }
    return render(request, "units/list.html", context)


@guarded(VIEW)
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit as of a day: its facts over time with their instruments, its lineage, what stands below it."""
    on = day_of(request)
    shown = pages.unit_page(code, on)
    context = {
        "shown": shown,
        "days": day_picker(request.get_full_path(), on, changing_days(), href=shown.href_on),
        "as_of": pages.as_of(shown.units, on),
        "crumbs": shown.crumbs,
        "panels": panels_of("units.unit", request, shown),
    }
    return render(request, "units/unit.html", context)


@guarded(VIEW)
def lineage(request: HttpRequest, code: str) -> HttpResponse:
    """Where a unit came from and where it went, over all generations: a river, and the same as a table."""
    return render(request, "units/lineage.html", pages.lineage_page(code, day_of(request)))


@signed_in()
def picker(request: HttpRequest) -> HttpResponse:
    """The passage inside a unit picker: the tree of the page's day, or what was searched."""
    try:
        day = day_of(request)
    except Refusal as refusal:
        raise Http404 from refusal
    units, page = tree(day), request.GET.get("page", "/")
    words = request.GET.get("unit", "").strip()
    nodes = found_links(units, words, page) if words else links_around(units, request.GET.get("now", ""), page)
    return render(request, "ui/tree.html", {"nodes": nodes})
