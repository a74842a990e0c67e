"""The rows of the room: registers, documents in and out, and what is declared without being registered here."""

from noivu.records.models.dispatches import DISPATCH_STATES, Dispatch, DispatchState, Reading
from noivu.records.models.documents import IncomingDocument, OutgoingDocument
from noivu.records.models.files import DocumentFile
from noivu.records.models.messages import MessageFile
from noivu.records.models.papers import DocumentCopy, KeptCopyUse, Posting
from noivu.records.models.registers import OffNetworkDeclaration, RegisterBook
from noivu.records.models.texts import TEXT_STATES, WAITING_TEXT, FileText, TextState

__all__ = [
    "DISPATCH_STATES",
    "TEXT_STATES",
    "WAITING_TEXT",
    "Dispatch",
    "DispatchState",
    "DocumentCopy",
    "DocumentFile",
    "FileText",
    "IncomingDocument",
    "KeptCopyUse",
    "MessageFile",
    "OffNetworkDeclaration",
    "OutgoingDocument",
    "Posting",
    "Reading",
    "RegisterBook",
    "TextState",
]
