"""The verbs of the room."""

from noivu.records.services.changes import (
    cancel_number,
    correct_document,
    hand_on,
    hand_over,
    remove_document,
    say_answers,
)
from noivu.records.services.entries import IncomingEntry, OutgoingEntry
from noivu.records.services.files import attach_file, detach_file
from noivu.records.services.incoming import register_incoming
from noivu.records.services.outgoing import register_outgoing
from noivu.records.services.registers import declare_off_network, open_register

__all__ = [
    "IncomingEntry",
    "OutgoingEntry",
    "attach_file",
    "cancel_number",
    "correct_document",
    "declare_off_network",
    "detach_file",
    "hand_on",
    "hand_over",
    "open_register",
    "register_incoming",
    "register_outgoing",
    "remove_document",
    "say_answers",
]
