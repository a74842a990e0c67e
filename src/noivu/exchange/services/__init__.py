"""The verbs of the room."""

from noivu.exchange.services.importing import Taken, import_message
from noivu.exchange.services.recalls import answer_request, refuse_message
from noivu.exchange.services.sending import export_message, forward_message
from noivu.exchange.services.statuses import export_status

__all__ = [
    "Taken",
    "answer_request",
    "export_message",
    "export_status",
    "forward_message",
    "import_message",
    "refuse_message",
]
