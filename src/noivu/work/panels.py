"""What this room puts on pages that are not its own: the navigation and the operations centre."""

from urllib.parse import urlencode

from noivu.core.wording import Text
from noivu.ui.navigation import Entry, declare_entry
from noivu.ui.search import Searchable, declare_searchable
from noivu.ui.tiles import FIGURES, MAIN, Tile, declare_tile
from noivu.work import tiles
from noivu.work.queries.arrivals import find_incoming

declare_tile(
    Tile(
        code="work.documents",
        place=FIGURES,
        order=10,
        template="work/tiles/documents.html",
        content=tiles.documents,
        needs=("documents.received", "documents.received_off_network", "documents.reply_required", *tiles.REPLY_PARTS),
        verb="figures.view",
    ),
    Tile(
        code="work.tasks",
        place=FIGURES,
        order=20,
        template="work/tiles/tasks.html",
        content=tiles.tasks,
        needs=("tasks.assigned", "tasks.completion_rate", *tiles.TASK_PARTS),
        verb="figures.view",
    ),
    Tile(
        code="work.recommendations",
        place=FIGURES,
        order=30,
        template="work/tiles/recommendations.html",
        content=tiles.recommendations,
        needs=("recommendations.received", "recommendations.answered_rate", *tiles.RECOMMENDATION_PARTS),
        verb="figures.view",
    ),
    Tile(
        code="work.backlog",
        place=MAIN,
        order=30,
        template="work/tiles/backlog.html",
        content=tiles.backlog,
        needs=tuple(f"{kind}.{when}" for kind, _ in tiles.BACKLOG for when in ("carried_in", "open_at_end")),
        verb="figures.view",
    ),
)

declare_entry(
    Entry(
        "documents",
        Text(vi="Văn bản", en="Documents"),
        "work:incoming",
        order=20,
        verb="records.view",
        paths=("/documents/",),
    )
)
declare_searchable(
    Searchable(
        "work.incoming",
        Text(vi="Văn bản đến", en="Incoming documents"),
        find_incoming,
        order=10,
        verb="records.view",
        more_href=lambda words: f"/documents/in/?{urlencode({'q': words})}",
    )
)
