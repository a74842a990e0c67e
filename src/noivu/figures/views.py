"""Figures on screen: all of a unit and a period, one with its records, and the panel that stands beside a report."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from noivu.core.periods import Period
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.figures import pages, why_pages
from noivu.figures.bridging import Cause
from noivu.figures.drilling import PAGE_LENGTH
from noivu.figures.policies import VIEW
from noivu.figures.registry import DECLARED
from noivu.figures.standpoint import Standpoint, standpoint
from noivu.ui.guards import guarded
from noivu.ui.page import Crumb

WHY = Text(vi="Vì sao thay đổi", en="Why it moved")
FIGURES = Text(vi="Số liệu", en="Figures")


@guarded(VIEW)
def figures(request: HttpRequest) -> HttpResponse:
    """Every figure of a unit in a period."""
    seen_from = standpoint(request, VIEW, any_structure=True, only_figures=True)
    context = {**_page(seen_from), "listing": pages.listing(seen_from), "map_href": pages.map_address(seen_from)}
    return render(request, "figures/figures.html", context)


@guarded(VIEW)
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """One figure: what it means, how it moved, what it is made of, the records behind it."""
    seen_from = standpoint(request, VIEW, any_structure=True, only_figures=True)
    shown = pages.figure(
        seen_from,
        _known(code),
        by=request.GET.get("by", ""),
        page=_number(request),
        page_length=PAGE_LENGTH,
        beside=True,
    )
    crumbs = [Crumb(FIGURES, pages.list_address(seen_from)), Crumb(shown.found.label)]
    map_href = pages.map_address(seen_from, code)
    context = {**_page(seen_from), "crumbs": crumbs, "figure": shown, "map_href": map_href}
    return render(request, "figures/figure.html", context)


@guarded(VIEW)
def evidence(request: HttpRequest, code: str) -> HttpResponse:
    """The panel beside a text or a page: the figure, its balance, its parts, its first records."""
    seen_from = standpoint(request, VIEW, any_structure=True, only_figures=True)
    shown = pages.figure(seen_from, _known(code), by=request.GET.get("by", ""), beside=False)
    return render(request, "figures/evidence.html", {"figure": shown, "standpoint": seen_from})


@guarded(VIEW)
def why(request: HttpRequest, code: str) -> HttpResponse:
    """Why a figure moved from one period to another, and the records of one cause."""
    seen_from = standpoint(request, VIEW, only_figures=True)
    found = DECLARED.indicators.get(code)
    if found is None:
        raise Http404
    shown = why_pages.why(seen_from, code, _before(request, seen_from), _cause(request))
    crumbs = [Crumb(FIGURES, pages.list_address(seen_from)), Crumb(found.label, shown.figure_href), Crumb(WHY)]
    return render(request, "figures/why.html", {**_page(seen_from), "crumbs": crumbs, "why": shown})


def _before(request: HttpRequest, seen_from: Standpoint) -> Period:
    asked = request.GET.get("before")
    try:
        return Period.parse(asked) if asked else seen_from.period.previous
    except Refusal as refusal:
        raise Http404 from refusal


def _cause(request: HttpRequest) -> Cause | None:
    asked = request.GET.get("cause", "")
    return Cause(asked) if asked in set(Cause) else None


def _page(seen_from: Standpoint) -> dict[str, object]:
    return {
        "standpoint": seen_from,
        "as_of": seen_from.as_of,
        "units": seen_from.unit_picker,
        "periods": seen_from.period_picker,
        "list_href": reverse("figures:figures"),
    }


def _known(code: str) -> str:
    try:
        DECLARED.find(code)
    except Refusal as unknown:
        raise Http404 from unknown
    return code


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
