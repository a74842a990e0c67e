"""What is owed as reminders tell of it: nearly due, due, overdue, up the chain of responsibility (`notices`)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import Any

from noivu.accounts.api import active_users
from noivu.core.secrecy import Secrecy
from noivu.core.wording import Text
from noivu.notices.api import Chain, Reminder, ReminderSource, Step, Steps, declare_source, worded
from noivu.work import conditions
from noivu.work.addresses import obligation_address
from noivu.work.kinds import kind_of, obligation_kinds
from noivu.work.models import ObligationSpan
from noivu.work.queries.standing import Day

_AT_ONCE = 2_000
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
    kind, code = kind_of(row["kind"]).label, _code(row)
    for user_id, absent in chain.told(step, account, officers.get(account), handler, row["unit_id"]).items():
        said = worded(kind, code, row["due_on"], day, step, absent)
        yield Reminder(user_id, key, step.code, said, url)


def _code(row: Mapping[str, Any]) -> str:
    """What it is known by: the symbol of a document or its number in the register, else its own code. A symbol that is
    restricted is not said: a notice stays with its reader, who may lose the right."""
    number = f"{row['obligation__document__arrival_number'] or ''}{row['obligation__document__arrival_suffix'] or ''}"
    marks = (row["obligation__secrecy"], row["obligation__document__secrecy"])
    symbol = "" if Secrecy.RESTRICTED in marks else row["obligation__document__symbol"]
    return str(symbol or number or row["obligation__code"])


declare_source(ReminderSource("work", Text(vi="Việc có hạn", en="What is owed"), reminders))
