"""The unit tree that figures are read in: whose rows count for a unit, and how own counts are carried up."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from noivu.figures.questions import Question


class Ground(Protocol):
    """What figures ask about units: answered by `units` in the product; tests lay their own."""

    def reach(self, question: Question) -> Any:
        """The ids of the units whose rows count for the question's unit: a subquery, or a list."""
        ...

    def totals(
        self, own: Mapping[int, Sequence[int]], on: date, line: str, known_at: datetime | None
    ) -> Mapping[int, Sequence[int]]:
        """Totals by unit from the own counts of units, in the tree of a day; units of which all is zero may lack."""
        ...
