"""Who is reminded of what is owed, when, and how far up: nearly due, due, overdue, up the chain of responsibility.

The officer is told first; once it is overdue also the head of the unit that handles it, then that of the unit that
owes it, then that of its superior. Who has no officer by account is looked after by the head, and a unit without a head
by the nearest one above that has one. Who stands in for an absent officer is told beside the officer, and for whom.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import islice
from typing import Any

from noivu.accounts.api import Substitute, active_users, heads_by_unit, substitutes_on
from noivu.core.dates import format_day
from noivu.core.secrecy import Secrecy
from noivu.core.wording import Text
from noivu.law.api import parameter
from noivu.notices.api import Reminder, ReminderSource, declare_source
from noivu.units.api import Tree, heirs_on, tree
from noivu.work import conditions
from noivu.work.addresses import obligation_address
from noivu.work.kinds import kind_of, obligation_kinds
from noivu.work.models import ObligationSpan
from noivu.work.queries.standing import Day

_AT_ONCE = 2_000
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


_READ = (
    *("obligation_id", "kind", "unit_id", "due_on", "obligation__assigned_unit_id", "obligation__assigned_officer"),
    *("obligation__code", "obligation__document_id", "obligation__document__symbol"),
    *("obligation__secrecy", "obligation__document__secrecy"),
    *("obligation__document__arrival_number", "obligation__document__arrival_suffix"),
)


def reminders(day: date) -> Iterator[Reminder]:
    """All that should have been told by a day of what is open on it: one statement, and one for each two thousand."""
    steps, chain = Steps.on(day), Chain.on(day)
    rows: Iterable[dict[str, Any]] = _pressing(day, steps).values(*_READ).iterator(chunk_size=_AT_ONCE)
    coming = iter(rows)
    while some := list(islice(coming, _AT_ONCE)):
        officers = active_users({row["obligation__assigned_officer"] for row in some} - {""})
        for row in some:
            step = steps.reached((day - row["due_on"]).days)
            if step is not None:
                yield from _of(row, step, day, chain, officers)


def _pressing(day: date, steps: Steps) -> Any:
    """Open on the day and nearly due, due, or overdue for no longer than anything is told."""
    known = obligation_kinds.codes
    near = Day(day)
    held = ObligationSpan.objects.current().filter(conditions.holding_on(day), conditions.is_open())
    until = max(near.nearly_until(kind) for kind in known)
    found = held.filter(kind__in=known, due_on__gte=day - timedelta(days=steps.last), due_on__lte=until)
    for kind in known:
        found = found.exclude(kind=kind, due_on__gt=near.nearly_until(kind))
    return found.order_by("obligation_id")


def _of(row: Mapping[str, Any], step: Step, day: date, chain: Chain, officers: Mapping[str, int]) -> Iterator[Reminder]:
    handler = row["obligation__assigned_unit_id"] or row["unit_id"]
    account = row["obligation__assigned_officer"]
    key = f"work:{row['obligation_id']}:{row['due_on'].isoformat()}:{step.code}"
    url = obligation_address(row["kind"], row["obligation_id"], row["obligation__document_id"])
    said = _said(row, step, day)
    for user_id, absent in chain.told(step, account, officers.get(account), handler, row["unit_id"]).items():
        words = _INSTEAD.format(said=said, absent=absent[:_NAME]) if absent else said
        yield Reminder(user_id, key, step.code, words, url)


def _said(row: Mapping[str, Any], step: Step, day: date) -> Text:
    words = _WORDS.get(step, _OVERDUE)
    overdue = (day - row["due_on"]).days
    return words.format(kind=kind_of(row["kind"]).label, code=_code(row), day=format_day(row["due_on"]), n=overdue)


def _code(row: Mapping[str, Any]) -> str:
    """What it is known by: the symbol of a document or its number in the register, else its own code. A symbol that is
    restricted is not said: a notice stays with its reader, who may lose the right."""
    number = f"{row['obligation__document__arrival_number'] or ''}{row['obligation__document__arrival_suffix'] or ''}"
    marks = (row["obligation__secrecy"], row["obligation__document__secrecy"])
    symbol = "" if Secrecy.RESTRICTED in marks else row["obligation__document__symbol"]
    return str(symbol or number or row["obligation__code"])


declare_source(ReminderSource("work", Text(vi="Việc có hạn", en="What is owed"), reminders))
