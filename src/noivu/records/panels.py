"""What the room adds to search."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from noivu.core import access
from noivu.core.wording import Text
from noivu.records.addresses import REGISTERS
from noivu.records.constants import Direction
from noivu.records.models import OutgoingDocument
from noivu.records.queries.dispatches import dispatches_of
from noivu.records.queries.outgoing import find_outgoing
from noivu.ui.guards import signed_in_actor
from noivu.ui.panels import Panel, declare_panel
from noivu.ui.search import Searchable, declare_searchable


def _sent(request: HttpRequest, document: OutgoingDocument) -> Mapping[str, Any]:
    """To whom a document went, and what became of it there."""
    may_edit = access.may(signed_in_actor(request), "records.edit", document)
    return {"sent": dispatches_of(document), "may_edit": may_edit and not document.cancelled}


declare_panel(Panel("records.sent", "records.outgoing", 10, "records/dispatches_panel.html", _sent))
declare_searchable(
    Searchable(
        "records.outgoing",
        Text(vi="Văn bản đi", en="Outgoing documents"),
        find_outgoing,
        order=20,
        verb="records.view",
        more_href=lambda words: f"{REGISTERS[Direction.OUT]}?{urlencode({'q': words})}",
    )
)
