"""The rows of the room: obligations, what happened to them, how they stood, and sessions."""

from noivu.work.models.obligations import AssignedByUnit, Cooperation, Obligation, Session
from noivu.work.models.recounts import Recount
from noivu.work.models.requests import ExtensionRequest
from noivu.work.models.timeline import ObligationEvent, ObligationSpan

__all__ = [
    "AssignedByUnit",
    "Cooperation",
    "ExtensionRequest",
    "Obligation",
    "ObligationEvent",
    "ObligationSpan",
    "Recount",
    "Session",
]
