"""What the room adds to pages that are not its own."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from noivu.accounts.api import Carried, declare_carried
from noivu.core.wording import Text
from noivu.matters.api import FAMILIES
from noivu.office import tiles
from noivu.office.queries.finding import find_of, more_of
from noivu.office.queries.mine import waiting_of_user
from noivu.office.queries.recounts import latest_recounts
from noivu.ui.navigation import Entry, declare_entry
from noivu.ui.panels import Panel, declare_panel
from noivu.ui.search import Searchable, declare_searchable
from noivu.ui.tiles import MAIN, SIDE, Tile, declare_tile
from noivu.work.api import register_address
from noivu.work.constants import Kind

WAITING = "work.waiting"
PLACES = tuple(register_address(family.kind) for family in FAMILIES if family.prefix)
TASKS, RECOMMENDATIONS = Text(vi="Nhiệm vụ", en="Tasks"), Text(vi="Kiến nghị", en="Recommendations")


def waiting_for(request: HttpRequest) -> int:
    """How much waits for the reader: it came with the user."""
    return int(getattr(request.user, "carried", {}).get(WAITING, 0))


declare_carried(Carried(WAITING, waiting_of_user))
declare_entry(
    Entry("my", Text(vi="Việc của tôi", en="My work"), "office:my", order=20, verb="work.view", waiting=waiting_for),
    Entry("tasks", TASKS, "office:tasks", order=40, verb="work.view", paths=PLACES),
    Entry("recommendations", RECOMMENDATIONS, "office:recommendations", order=50, verb="work.view"),
)
declare_searchable(
    Searchable("office.tasks", TASKS, find_of(Kind.TASK), 20, "work.view", more_of(Kind.TASK)),
    Searchable(
        "office.recommendations",
        RECOMMENDATIONS,
        find_of(Kind.RECOMMENDATION),
        30,
        "work.view",
        more_of(Kind.RECOMMENDATION),
    ),
)
declare_tile(
    Tile("office.due", MAIN, 10, "office/tiles/due.html", tiles.due, verb="work.view"),
    Tile("office.sources", SIDE, 90, "office/tiles/sources.html", tiles.sources, verb="figures.view"),
)


RECOUNTS_SHOWN = 10


def _recounts(request: HttpRequest, year: object) -> Mapping[str, Any] | None:
    """What due dates followed; nothing to say while none did."""
    recounts = latest_recounts(RECOUNTS_SHOWN)
    return {"recounts": recounts} if recounts else None


declare_panel(Panel("office.recounts", "law.calendar", 10, "office/recounts_panel.html", _recounts))


def _work_of_unit(request: HttpRequest, page: Any) -> Mapping[str, Any]:
    """The registers of a unit in the month of its page's day."""
    query = urlencode({"unit": page.node.code, "period": f"{page.on:%Y-%m}"})
    kinds = ((Kind.REPLY, Text(vi="Văn bản đến", en="Incoming documents")), (Kind.TASK, TASKS))
    links = [
        (label, f"{register_address(kind)}?{query}") for kind, label in (*kinds, (Kind.RECOMMENDATION, RECOMMENDATIONS))
    ]
    return {"links": links, "on": page.on}


declare_panel(Panel("office.unit", "units.unit", 20, "office/unit_panel.html", _work_of_unit, verb="work.view"))
