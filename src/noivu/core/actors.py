"""Who acts. Below `accounts` an actor is a plain reference, never a foreign key."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who may act: stable id, the name as it is now, the code of the unit acted for."""

    id: str
    name: str
    unit_code: str = ""

    def name_over(self, thing: Any) -> str:
        """The name under which the actor does something to a thing; a substitute says for whom ("… (thay …)")."""
        return self.name


SYSTEM = Actor(id="system", name="Máy chủ")
"""The local operator of the command line, who owns the machine and its database."""
