"""The registry of what people are reminded of: upper rooms declare sources in their `reminders.py`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from noivu.core.registry import Registry
from noivu.core.wording import Text


@dataclass(frozen=True, slots=True)
class Reminder:
    """That one person is to be told something. `key` tells it from all else this person is ever told; `said` names the
    thing by its code and date, never by its content."""

    user_id: int
    key: str
    step: str
    said: Text
    url: str


@dataclass(frozen=True, slots=True)
class ReminderSource:
    """What a room has people reminded of. `reminders(day)` gives all that should have been told by a day, in the same
    words and keys however often it is asked: what was told already is left out by its key."""

    code: str
    label: Text
    reminders: Callable[[date], Iterable[Reminder]]


sources: Registry[ReminderSource] = Registry("sources of reminders", key=lambda source: source.code)


def declare_source(*declared: ReminderSource) -> None:
    """Let people be reminded of further things; called in `<room>/reminders.py`."""
    sources.declare_all(declared)
