"""Pages of the kinds above the ledger: a register and a page for each, at the cost of its declaration in `matters`."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET

from noivu.matters.api import FAMILIES, Family
from noivu.office.matter_tables import register_of
from noivu.office.queries.one import ObligationPaper
from noivu.office.views.registers import register_context, register_workbook
from noivu.office.views.writing import paper_page
from noivu.ui.guards import guarded
from noivu.ui.panels import panels_of
from noivu.work.api import register_address

_BY_PLACE = {register_address(family.kind).strip("/"): family for family in FAMILIES}


def _family(place: str) -> Family:
    if place not in _BY_PLACE:
        raise Http404
    return _BY_PLACE[place]


@require_GET
@guarded("work.view")
def register(request: HttpRequest, place: str) -> HttpResponse:
    """The register of a period."""
    family = _family(place)
    context = register_context(request, register_of(family), family.kind, family.arises)
    return render(request, "office/matters/register.html", {**context, "family": family})


@require_GET
@guarded("work.view")
def export(request: HttpRequest, place: str) -> FileResponse:
    """The same rows as a workbook."""
    family = _family(place)
    return register_workbook(request, register_of(family), family.kind, place)


@require_GET
@guarded("work.view")
def one(request: HttpRequest, place: str, obligation_id: int) -> HttpResponse:
    """One of a kind, with what its room adds."""
    return _page(request, place, obligation_id, "office/matters/one.html")


@require_GET
@guarded("work.view")
def opened(request: HttpRequest, place: str, obligation_id: int) -> HttpResponse:
    """One of a kind, opened in its row."""
    return _page(request, place, obligation_id, "office/matters/opened.html")


def _page(request: HttpRequest, place: str, obligation_id: int, template: str) -> HttpResponse:
    family = _family(place)

    def added(paper: ObligationPaper) -> dict[str, Any]:
        return {"family": family, "panels": panels_of("office.matter", request, paper.obligation)}

    return paper_page(request, family.kind, obligation_id, template, more=added)


def routes() -> list[URLPattern]:
    """The addresses of each kind: its register, the export, one of it on its page and opened in its row."""
    found = []
    for place, family in _BY_PLACE.items():
        known = {"place": place}
        found += [
            path(f"{place}/", register, known, name=family.name),
            path(f"{place}/export/", export, known, name=f"{family.name}-export"),
            path(f"{place}/<int:obligation_id>/", one, known, name=f"{family.name}-one"),
            path(f"{place}/<int:obligation_id>/opened/", opened, known, name=f"{family.name}-opened"),
        ]
    return found
