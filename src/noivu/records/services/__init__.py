"""The verbs of the room."""

from noivu.records.services.changes import (
    cancel_number,
    correct_document,
    give_back,
    give_on,
    given_today,
    hand_on,
    hand_over,
    remove_document,
    say_answers,
)
from noivu.records.services.dispatches import (
    answer_recall,
    destroy_copy,
    move_dispatch,
    recall_document,
    receive_dispatch,
    return_dispatch,
    send_document,
)
from noivu.records.services.entries import IncomingEntry, OutgoingEntry
from noivu.records.services.files import attach_file, detach_file
from noivu.records.services.incoming import register_incoming
from noivu.records.services.outgoing import register_outgoing
from noivu.records.services.registers import declare_off_network, open_register

__all__ = [
    "IncomingEntry",
    "OutgoingEntry",
    "answer_recall",
    "attach_file",
    "cancel_number",
    "correct_document",
    "declare_off_network",
    "destroy_copy",
    "detach_file",
    "give_back",
    "give_on",
    "given_today",
    "hand_on",
    "hand_over",
    "move_dispatch",
    "open_register",
    "recall_document",
    "receive_dispatch",
    "register_incoming",
    "register_outgoing",
    "remove_document",
    "return_dispatch",
    "say_answers",
    "send_document",
]
