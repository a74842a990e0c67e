"""What the room adds to pages that are not its own."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from noivu.core.wording import Text
from noivu.desk.queries.arrivals import find_incoming
from noivu.desk.queries.documents import also_answered
from noivu.records.api import Direction, OutgoingDocument
from noivu.ui.guards import signed_in_actor
from noivu.ui.navigation import Entry, declare_entry
from noivu.ui.panels import Panel, declare_panel
from noivu.ui.search import Searchable, declare_searchable
from noivu.work.api import register_address
from noivu.work.constants import Kind

declare_entry(
    Entry(
        "documents",
        Text(vi="Văn bản", en="Documents"),
        "desk:incoming",
        order=30,
        verb="records.view",
        paths=("/documents/",),
    )
)
declare_searchable(
    Searchable(
        "desk.incoming",
        Text(vi="Văn bản đến", en="Incoming documents"),
        find_incoming,
        order=10,
        verb="records.view",
        more_href=lambda words: f"{register_address(Kind.REPLY)}?{urlencode({'q': words})}",
    )
)


def _answered_too(request: HttpRequest, letter: OutgoingDocument) -> Mapping[str, Any] | None:
    """Nothing to say where a letter answers one document, or none."""
    documents = also_answered(signed_in_actor(request), letter)
    return {"documents": documents} if documents else None


def _papers(direction: Direction) -> Callable[[HttpRequest, Any], Mapping[str, Any]]:
    """Where what became of a document on paper is fetched from."""
    return lambda request, document: {"papers_href": reverse("desk:papers", args=[direction.value, document.pk])}


declare_panel(
    Panel("desk.papers-in", "records.incoming", 20, "desk/papers_panel.html", _papers(Direction.IN)),
    Panel("desk.papers-out", "records.outgoing", 20, "desk/papers_panel.html", _papers(Direction.OUT)),
    Panel("desk.answered", "records.outgoing", 10, "desk/answered_panel.html", _answered_too, verb="records.view"),
)
