"""How a reminder goes up: its steps, who answers for a unit, and the words.

The officer is told first; once it is overdue also the head of the unit that handles it, then that of the unit that
owes it, then that of its superior. Who has no officer by account is looked after by the head, and a unit without a head
by the nearest one above that has one. Who stands in for an absent officer is told beside the officer, and for whom.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import islice

from noivu.accounts.api import Substitute, heads_by_unit, substitutes_on
from noivu.core.dates import format_day
from noivu.core.wording import Text
from noivu.law.api import parameter
from noivu.units.api import Tree, heirs_on, tree

_NAME = 120
"""As much of a name as a notice has room for."""


class Step(IntEnum):
    """How far a matter has come on its way up (bậc nhắc việc)."""

    NEARLY = 0
    DUE = 1
    FIRST = 2
    SECOND = 3
    THIRD = 4

    @property
    def code(self) -> str:
        return self.name.lower()


_WORDS = {
    Step.NEARLY: Text(vi="{kind} {code}: sắp đến hạn {day}", en="{kind} {code}: nearly due, {day}"),
    Step.DUE: Text(vi="{kind} {code}: đến hạn {day}", en="{kind} {code}: due on {day}"),
}
_OVERDUE = Text(
    vi="{kind} {code}: quá hạn {n} ngày, hạn {day}",
    en="{kind} {code}: overdue by {n} day, due on {day}||{kind} {code}: overdue by {n} days, due on {day}",
)
_INSTEAD = Text(vi="{said} (thay {absent})", en="{said} (for {absent})")


@dataclass(frozen=True, slots=True)
class Steps:
    """After how many days overdue each further step is told, and until when anything is."""

    first: int
    second: int
    third: int
    last: int

    @classmethod
    def on(cls, day: date) -> "Steps":
        names = ("first_after", "second_after", "third_after", "told_within")
        return cls(*(parameter(f"reminder.{name}", day).integer for name in names))

    def reached(self, overdue: int) -> Step | None:
        """The latest step whose day has passed, so many days after the due date (negative: before); None: past all."""
        if overdue > self.last:
            return None
        if overdue < 0:
            return Step.NEARLY
        days = ((self.third, Step.THIRD), (self.second, Step.SECOND), (self.first, Step.FIRST))
        return next((step for after, step in days if overdue >= after), Step.DUE)


@dataclass(frozen=True, slots=True)
class Chain:
    """Who answers for a unit on a day: its heads, or those of the nearest unit above that has any; and who stands in
    for an absent officer."""

    units: Tree
    heads: Mapping[int, Sequence[int]]
    heirs: Mapping[int, int]
    substitutes: Mapping[str, Substitute]

    @classmethod
    def on(cls, day: date) -> "Chain":
        return cls(tree(day), heads_by_unit(day), heirs_on(day), substitutes_on(day))

    def heads_of(self, unit_id: int | None) -> Sequence[int]:
        """The heads of a unit (of the one that came after it), else of the nearest above that has any."""
        return next((self.heads[above] for above in self._climb(unit_id) if above in self.heads), ())

    def heads_above(self, unit_id: int) -> Sequence[int]:
        """The same, of those above the unit alone."""
        return next((self.heads[above] for above in islice(self._climb(unit_id), 1, None) if above in self.heads), ())

    def told(self, step: Step, account: str, officer: int | None, handler: int, owing: int) -> dict[int, str]:
        """Who is told at a step, each once: the officer, as many above as the step says, and who stands in for the
        account of the officer, with the name of the absent."""
        people = [officer] if officer is not None else list(self.heads_of(handler))
        further = (
            (Step.FIRST, self.heads_of(handler)),
            (Step.SECOND, self.heads_of(owing)),
            (Step.THIRD, self.heads_above(owing)),
        )
        for at, heads in further:
            if step >= at:
                people += heads
        told = dict.fromkeys(people, "")
        if (instead := self.substitutes.get(account)) is not None:
            told[instead.user_id] = instead.absent
        return told

    def _climb(self, unit_id: int | None) -> Iterator[int]:
        node = self.units.node(self.heirs.get(unit_id, unit_id)) if unit_id is not None else None
        while node is not None:
            yield node.id
            node = self.units.node(node.superior_id) if node.superior_id is not None else None


def worded(kind: Text, code: str, due_on: date, day: date, step: Step, absent: str = "") -> Text:
    """What is told of a thing at a step: what it is and is known by, its due date; for whom, if for another."""
    words = _WORDS.get(step, _OVERDUE)
    said = words.format(kind=kind, code=code, day=format_day(due_on), n=(day - due_on).days)
    return _INSTEAD.format(said=said, absent=absent[:_NAME]) if absent else said
