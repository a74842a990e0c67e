"""The rows of the room: registers, documents in and out, and what is declared without being registered here."""

from noivu.records.models.documents import IncomingDocument, OutgoingDocument
from noivu.records.models.registers import OffNetworkDeclaration, RegisterBook

__all__ = ["IncomingDocument", "OffNetworkDeclaration", "OutgoingDocument", "RegisterBook"]
