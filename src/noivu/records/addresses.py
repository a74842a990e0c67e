"""Where documents and their registers are: one place for every link, also for those that other rooms make."""

from noivu.records.constants import Direction

REGISTERS = {Direction.IN: "/documents/in/", Direction.OUT: "/documents/out/"}


def document_address(direction: Direction, document_id: int) -> str:
    return f"{REGISTERS[direction]}{document_id}/"


def declaration_address(declaration_id: int) -> str:
    return f"/documents/off-network/{declaration_id}/"
