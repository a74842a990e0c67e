"""The board of the legal programme (chương trình xây dựng văn bản)."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from noivu.core import access
from noivu.core.access import OfUnit
from noivu.core.wording import Text, both
from noivu.figures.api import standpoint
from noivu.matters.constants import LEGAL_STAGES
from noivu.matters.programme import StageRow, programme_of
from noivu.matters.views.texts import new_address
from noivu.ui.guards import guarded
from noivu.ui.page import AsOf, Crumb
from noivu.ui.panels import panels_of


@require_GET
@guarded("work.view")
def programme(request: HttpRequest) -> HttpResponse:
    """Where the texts of a unit stand, by stage and authority; the opinions due; the texts of the chosen place."""
    here = standpoint(request, "work.view")
    board = programme_of(here)
    stage, authority = request.GET.get("stage", ""), request.GET.get("authority", "")
    labels = {known.value: str(words) for known, words in LEGAL_STAGES.items()}
    label = labels.get(stage, "")

    def place(**chosen: str) -> str:
        return f"?{urlencode({**here.address, **chosen})}"

    def drawn(row: StageRow) -> dict[str, Any]:
        links = [(name, count, place(stage=row.stage.value, authority=name)) for name, count in row.authorities.items()]
        return {"row": row, "href": place(stage=row.stage.value), "authorities": links}

    line = here.as_of
    context = {
        "here": here,
        "board": board,
        "rows": [drawn(row) for row in board.stages],
        "texts": board.at(stage if label else "", authority),
        "chosen": ", ".join(part for part in (label, authority) if part),
        "whole_href": place(),
        "new_href": new_address(here.unit.code) if access.may(here.actor, "work.assign", OfUnit(here.unit.id)) else "",
        "register_href": f"/legal-texts/{place(period=str(here.period.range().starts_on.year))}",
        "as_of": AsOf(day=line.day, range=line.range, read_at=line.read_at, counted=Text(vi="Kỳ", en="Period")),
        "panels": panels_of("matters.programme", request, board),
        "crumbs": [Crumb(both(node.name)) for node in here.units.path(here.unit.id)],
    }
    return render(request, "matters/programme.html", context)
