"""What rows of a sheet state about obligations, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from noivu.law.api import Deadline
from noivu.work.api import Obligation
from noivu.work.constants import Happening

Fact = tuple[str, date, date | None, str | None]
"""What happened, when, the due date, the symbol (None: the file has no column for it and leaves it as it is)."""
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What goes with a fact and is no part of it: why, and how its due date was counted."""

    reason: str = ""
    counted: Deadline | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What a row states about an obligation. `key`: (document,) of a reply, else (unit, code).

    `initial` fields are set when it is first written: later they belong to whoever assigns or transfers it.
    `managed` are the happenings whose columns the file has. `owed` False: a document that needs no reply; None: the
    file does not say.
    """

    key: Key
    initial: Mapping[str, Any]
    fields: Mapping[str, Any]
    facts: frozenset[Fact]
    managed: frozenset[Happening]
    owed: bool | None = True
    cooperating: frozenset[int] | None = None
    beside: Mapping[str, Beside] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stated:
    """What came of a statement: the obligation, where one is owed, whether anything changed, or it was taken back."""

    id: int | None
    changed: bool
    removed: bool = False


@dataclass
class Work:
    """What a chunk has to write. `noted`: what the sheet said is to be kept; `unheard_of`: no sheet spoke of it yet."""

    touched: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    unheard_of: set[int] = field(default_factory=set)
    noted: dict[int, Obligation] = field(default_factory=dict)

    def note(self, obligation: Obligation, said: dict[str, Any]) -> None:
        """Keep what the sheet said."""
        if obligation.sheet_said != said:
            obligation.sheet_said = said
            self.noted[obligation.pk] = obligation


def fact(happening: Happening, on: date, due_on: date | None = None, symbol: str | None = "") -> Fact:
    return happening.value, on, due_on, symbol
