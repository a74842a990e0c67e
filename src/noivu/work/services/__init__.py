"""The verbs of the room."""

from noivu.work.services.assignment import Assignee, assign, cancel, extend, remove_obligation, transfer
from noivu.work.services.contributions import name_helpers
from noivu.work.services.corrections import Correction, as_read, correct_obligation, require_as_read
from noivu.work.services.ledger import Due
from noivu.work.services.progress import MovedDue, complete, confirm, moved_due, refuse, resume, return_, start, suspend
from noivu.work.services.receiving import assign_document, assign_documents, receive
from noivu.work.services.recommendations import (
    RecommendationEntry,
    answer_recommendation,
    decline,
    record_recommendation,
)
from noivu.work.services.replies import Reply, complete_with_reply, require_reply
from noivu.work.services.requests import (
    accept_extension,
    accept_offer,
    ask_extension,
    decline_offer,
    offer_extension,
    refuse_extension,
    withdraw_request,
)
from noivu.work.services.sessions import SessionEntry, correct_session, may_set, open_session
from noivu.work.services.tasks import TaskEntry, create_task
from noivu.work.services.undoing import document_to_undo, to_undo, undo, undo_document
from noivu.work.services.withdrawal import withdraw

__all__ = [
    "Assignee",
    "Correction",
    "Due",
    "MovedDue",
    "RecommendationEntry",
    "Reply",
    "SessionEntry",
    "TaskEntry",
    "accept_extension",
    "accept_offer",
    "answer_recommendation",
    "as_read",
    "ask_extension",
    "assign",
    "assign_document",
    "assign_documents",
    "cancel",
    "complete",
    "complete_with_reply",
    "confirm",
    "correct_obligation",
    "correct_session",
    "create_task",
    "decline",
    "decline_offer",
    "document_to_undo",
    "extend",
    "may_set",
    "moved_due",
    "name_helpers",
    "offer_extension",
    "open_session",
    "receive",
    "record_recommendation",
    "refuse",
    "refuse_extension",
    "remove_obligation",
    "require_as_read",
    "require_reply",
    "resume",
    "return_",
    "start",
    "suspend",
    "to_undo",
    "transfer",
    "undo",
    "undo_document",
    "withdraw",
    "withdraw_request",
]
