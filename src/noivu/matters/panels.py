"""What this room puts on pages that are not its own: the navigation and the operations centre."""

from noivu.matters import tiles
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
        needs=tuple(f"{kind}.{when}" for kind, _ in tiles.BACKLOG for when in ("carried_in", "open_at_end")),
        verb="figures.view",
    ),
)
