"""The day of a page: typed, or chosen from a line of days on which something changed, each named by what happened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from noivu.core import clock
from noivu.core.wording import Text
from noivu.ui.pickers import address_with

_AROUND = 4


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened on a day: title, instrument, and how many further events there were."""

    title: Text | str
    instrument: str = ""
    more: int = 0


@dataclass(frozen=True, slots=True)
class DayChoice:
    """A day as a link to this page on that day, with what happened on it."""

    day: date
    href: str
    is_current: bool
    what: Happened


@dataclass(frozen=True, slots=True)
class DayPicker:
    """The day of a page: typed, or chosen from a line of events. `line` are those around the day, `choices` all."""

    on: date
    page: str
    choices: Sequence[DayChoice]
    line: Sequence[DayChoice]
    today: DayChoice | None
    previous: DayChoice | None
    next: DayChoice | None
    kept: Sequence[tuple[str, str]] = ()


def day_picker(
    page: str,
    on: date,
    days: Sequence[tuple[date, Happened]],
    kept: Sequence[tuple[str, str]] = (),
    href: Callable[[date], str] | None = None,
) -> DayPicker:
    """The picker of a page's day, from the days on which something changed, in order.

    `href` gives the page on another day ("" for none); without it only the day differs.
    """
    at = href or (lambda day: address_with(page, on=day.isoformat()))
    open_days = [(day, what) for day, what in days if at(day)]
    place = sum(day <= on for day, _ in open_days) - 1
    choices = [DayChoice(day, at(day), spot == place, what) for spot, (day, what) in enumerate(open_days)]
    first, today = max(place - _AROUND, 0), clock.today()
    return DayPicker(
        on=on,
        page=page,
        choices=choices[::-1],
        line=choices[first : max(place, 0) + _AROUND + 1],
        today=DayChoice(today, at(today), on == today, Happened("")) if at(today) else None,
        previous=choices[place - 1] if place > 0 else None,
        next=choices[place + 1] if place + 1 < len(choices) else None,
        kept=kept,
    )
