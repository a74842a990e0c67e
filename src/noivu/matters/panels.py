"""What this room puts on pages that are not its own: navigation, operations centre, the page of an obligation."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from noivu.core import access
from noivu.core.wording import Text
from noivu.matters import tiles
from noivu.matters.constants import LEGAL_TEXT
from noivu.matters.services import steps_of
from noivu.ui.guards import signed_in_actor
from noivu.ui.navigation import Entry, declare_entry
from noivu.ui.panels import Panel, declare_panel
from noivu.ui.tiles import FIGURES, MAIN, Tile, declare_tile

declare_tile(
    Tile(
        code="work.documents",
        place=FIGURES,
        order=10,
        template="matters/tiles/documents.html",
        content=tiles.documents,
        needs=("documents.received", "documents.received_off_network", "documents.reply_required", *tiles.REPLY_PARTS),
        trends=("documents.received",),
        verb="figures.view",
    ),
    Tile(
        code="work.tasks",
        place=FIGURES,
        order=20,
        template="matters/tiles/tasks.html",
        content=tiles.tasks,
        needs=("tasks.assigned", "tasks.completion_rate", *tiles.TASK_PARTS),
        trends=("tasks.completion_rate",),
        verb="figures.view",
    ),
    Tile(
        code="work.recommendations",
        place=FIGURES,
        order=30,
        template="matters/tiles/recommendations.html",
        content=tiles.recommendations,
        needs=("recommendations.received", "recommendations.answered_rate", *tiles.RECOMMENDATION_PARTS),
        verb="figures.view",
    ),
    Tile(
        code="work.backlog",
        place=MAIN,
        order=30,
        template="matters/tiles/backlog.html",
        content=tiles.backlog,
        needs=tiles.backlog_figures(),
        verb="figures.view",
    ),
)


def _legal_text(request: HttpRequest, owed: Any) -> Mapping[str, Any] | None:
    """What a legal text is, and the stages of its way; nothing to say of another kind."""
    steps = steps_of(owed) if owed.kind == LEGAL_TEXT else []
    if not steps:
        return None
    actor = signed_in_actor(request)
    return {
        "text": steps[0].obligation.legal_text,
        "steps": steps,
        "may_correct": access.may(actor, "work.assign", owed),
    }


declare_entry(
    Entry(
        "programme",
        Text(vi="Chương trình", en="Programme"),
        "matters:programme",
        order=60,
        verb="work.view",
        paths=("/programme/", "/legal-texts/"),
    )
)
declare_panel(Panel("matters.legal_text", "office.matter", 10, "matters/legal_text.html", _legal_text))
