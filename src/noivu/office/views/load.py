"""Unit load and lateness: who has how much, what of it is late, and the rows behind each number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from noivu.core import access
from noivu.core.wording import Text
from noivu.figures.api import Standpoint, standpoint
from noivu.matters.api import hand_over_address
from noivu.office.obligation_tables import DUE
from noivu.office.queries.load import MOST_OFFICERS, Loaded, Part, load_of
from noivu.office.queries.mine import load_page
from noivu.office.views.registers import path_of
from noivu.ui.guards import guarded
from noivu.ui.page import Crumb

HEADING = Text(vi="Tải việc và trễ hạn", en="Load and lateness")
_PARTS = {
    Part.OPEN: Text(vi="Đang mở", en="Open"),
    Part.NEARLY: Text(vi="Sắp đến hạn", en="Nearly due"),
    Part.OVERDUE: Text(vi="Quá hạn", en="Overdue"),
    Part.LATE: Text(vi="Xong trễ trong kỳ", en="Done late in the period"),
}


@dataclass(frozen=True, slots=True)
class ShownLoad:
    """A line of the table: who, and each number with the address of its rows."""

    name: str
    under: str
    cells: Sequence[tuple[Text, int, str]]
    hand_href: str = ""


@require_GET
@guarded("work.view")
def load(request: HttpRequest) -> HttpResponse:
    """The units and officers of a unit, those with most overdue first."""
    here = standpoint(request, "work.view")
    found = load_of(here)
    whole = Loaded(here.unit.name, "", "", "", found.whole)
    context = {
        "here": here,
        "heading": HEADING,
        "parts": list(_PARTS.values()),
        "whole": _shown(here, whole, {}),
        "units": [_shown(here, one, {"handler": one.code}) for one in found.units],
        "officers": [_officer(here, one) for one in found.officers],
        "most": MOST_OFFICERS,
        "is_cut": len(found.officers) == MOST_OFFICERS,
        "as_of": here.as_of,
        "crumbs": [*path_of(here), Crumb(HEADING)],
    }
    return render(request, "office/load.html", context)


@require_GET
@guarded("work.view")
def rows(request: HttpRequest, part: str) -> HttpResponse:
    """The rows behind a number."""
    here = standpoint(request, "work.view")
    if part not in set(Part):
        raise Http404
    state = DUE.state(request.GET)
    asked = {name: str(request.GET[name]) for name in ("handler", "account", "officer") if name in request.GET}
    shown = DUE.shown(request, state, load_page(here, Part(part), asked, state))
    node = here.units.by_code.get(asked.get("handler", ""))
    whose = asked.get("officer") or (node.name if node else here.unit.name)
    load_href = f"{reverse('office:load')}?{urlencode(here.address)}"
    context = {
        "here": here,
        "register": shown,
        "part": _PARTS[Part(part)],
        "whose": whose,
        "as_of": here.as_of,
        "crumbs": [*path_of(here), Crumb(HEADING, load_href), Crumb(_PARTS[Part(part)])],
    }
    return render(request, "office/load_rows.html", context)


def _officer(here: Standpoint, one: Loaded) -> ShownLoad:
    line = _shown(here, one, {"handler": one.code, "account": one.account, "officer": one.officer}, one.officer)
    handler = here.units.by_code.get(one.code)
    may_give = one.account and handler and access.may(here.actor, "work.allot", access.OfUnit(handler.id))
    return replace(line, hand_href=hand_over_address(one.code, one.account)) if may_give else line


def _shown(here: Standpoint, one: Loaded, whose: dict[str, str], name: str = "") -> ShownLoad:
    query = urlencode({**here.address, **whose})
    cells = [
        (_PARTS[part], count, f"{reverse('office:load-rows', args=[part.value])}?{query}")
        for part, count in one.counts.items()
    ]
    return ShownLoad(name or one.unit, one.unit if name else "", cells)
