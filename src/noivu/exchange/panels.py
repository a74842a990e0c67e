"""What messages add to the pages of documents."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from noivu.core import access
from noivu.exchange.queries import arrival_of, replies_to, sendings_by_message
from noivu.records.api import DispatchState, IncomingDocument, OutgoingDocument
from noivu.ui.guards import signed_in_actor
from noivu.ui.panels import Panel, declare_panel


def _sent(request: HttpRequest, document: OutgoingDocument) -> Mapping[str, Any] | None:
    """Message files of sendings, and what their receivers told."""
    if not getattr(document, "goes_by_message", True):
        return None
    actor, sendings = signed_in_actor(request), sendings_by_message(document)
    if not sendings:
        return None
    return {
        "sendings": sendings,
        "replies": replies_to(actor, document),
        "may_edit": access.may(actor, "records.edit", document),
        "asked": DispatchState.RECALL_ASKED,
    }


def _came(request: HttpRequest, document: IncomingDocument) -> Mapping[str, Any] | None:
    """With what message a document came, and what it asks."""
    if not getattr(document, "came_by_message", True):
        return None
    actor = signed_in_actor(request)
    arrival = arrival_of(actor, document)
    return {"arrival": arrival, "may_edit": access.may(actor, "records.edit", document)} if arrival else None


declare_panel(
    Panel("exchange.sent", "records.outgoing", 20, "exchange/sent_panel.html", _sent),
    Panel("exchange.came", "records.incoming", 10, "exchange/came_panel.html", _came),
)
