"""The map on screen, as a workbook and as a drawing."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from noivu.core.wording import Text
from noivu.figures.maps.drawing import draw_map
from noivu.figures.maps.outlook import Outlook, outlook
from noivu.figures.maps.pages import map_page
from noivu.figures.maps.tables import MAP_TABLE, rows, write_rows
from noivu.figures.policies import VIEW
from noivu.sheets.api import table_file
from noivu.ui.guards import guarded
from noivu.ui.page import Crumb
from noivu.ui.tables import page_of_list

FIGURES = Text(vi="Số liệu", en="Figures")
MAP = Text(vi="Bản đồ", en="Map")


@require_GET
@guarded(VIEW)
def tile_map(request: HttpRequest) -> HttpResponse:
    """One figure of all provinces."""
    seen_from = outlook(request)
    shown, state = map_page(seen_from), MAP_TABLE.state(request.GET)
    listed = page_of_list(rows(shown.tiles, state), state, size=MAP_TABLE.page_size)
    context = {
        "standpoint": seen_from,
        "as_of": seen_from.as_of,
        "periods": seen_from.period_picker,
        "crumbs": [Crumb(FIGURES, reverse("figures:figures")), Crumb(MAP)],
        "map": shown,
        "register": MAP_TABLE.shown(request, state, listed),
        "drawing_href": f"{reverse('figures:map-drawing')}?{seen_from.query()}",
    }
    return render(request, "figures/map.html", context)


@require_GET
@guarded(VIEW)
def map_export(request: HttpRequest) -> FileResponse:
    """The same rows as a workbook."""
    seen_from = outlook(request)
    tiles = map_page(seen_from).tiles
    listed = rows(tiles, MAP_TABLE.state(request.GET))
    return table_file(_file_name(seen_from, "xlsx"), lambda stream: write_rows(tiles, listed, stream))


@require_GET
@guarded(VIEW)
def map_drawing(request: HttpRequest) -> HttpResponse:
    """The same map as a drawing that stands alone."""
    seen_from = outlook(request)
    headers = {"Content-Disposition": f'attachment; filename="{_file_name(seen_from, "svg")}"'}
    return HttpResponse(draw_map(map_page(seen_from)), content_type="image/svg+xml; charset=utf-8", headers=headers)


def _file_name(seen_from: Outlook, kind: str) -> str:
    code = seen_from.code.replace(".", "-").replace("_", "-")
    return f"ban-do-{code}-{seen_from.period.code}.{kind}"
