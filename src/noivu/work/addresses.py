"""Where the pages of obligations are: one place for every link; a reply is owed on the page of its document."""

from noivu.records import api as records
from noivu.records.constants import Direction
from noivu.work.constants import Kind

REGISTERS = {
    Kind.REPLY: records.REGISTERS[Direction.IN],
    Kind.TASK: "/tasks/",
    Kind.RECOMMENDATION: "/recommendations/",
}


def document_address(document_id: int) -> str:
    return records.document_address(Direction.IN, document_id)


def obligation_address(kind: str, obligation_id: int, document_id: int | None) -> str:
    """The page of an obligation; that of its document where it is owed for one."""
    if document_id is not None:
        return document_address(document_id)
    return f"{REGISTERS[Kind(kind)]}{obligation_id}/"
