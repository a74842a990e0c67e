"""Where the pages of obligations are: one place for every link; a reply is owed on the page of its document."""

from noivu.records import api as records
from noivu.records.constants import Direction
from noivu.work.kinds import kind_of


def document_address(document_id: int) -> str:
    return records.document_address(Direction.IN, document_id)


def register_address(kind: str) -> str:
    """The register of a kind."""
    return kind_of(kind).register


def obligation_address(kind: str, obligation_id: int, document_id: int | None) -> str:
    """The page of an obligation; that of its document where it is owed for one."""
    if document_id is not None:
        return document_address(document_id)
    return f"{register_address(kind)}{obligation_id}/"


def recount_address(recount_id: int) -> str:
    """The page that lists what a recounting of due dates moved."""
    return f"/obligations/recounts/{recount_id}/"
