"""Where the pages of records and obligations are: one place for every link."""

from noivu.work.constants import Kind

REGISTERS = {Kind.REPLY: "/documents/in/", Kind.TASK: "/tasks/", Kind.RECOMMENDATION: "/recommendations/"}


def document_address(document_id: int) -> str:
    return f"{REGISTERS[Kind.REPLY]}{document_id}/"


def obligation_address(kind: str, obligation_id: int, document_id: int | None) -> str:
    """The page of an obligation; that of its document where it is owed for one."""
    if document_id is not None:
        return document_address(document_id)
    return f"{REGISTERS[Kind(kind)]}{obligation_id}/"
