"""Who acts. Below `accounts` an actor is a plain reference, never a foreign key."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who may act: stable id, the name as it is now, the code of the unit acted for."""

    id: str
    name: str
    unit_code: str = ""


SYSTEM = Actor(id="system", name="Máy chủ")
"""The local operator of the command line, who owns the machine and its database."""
