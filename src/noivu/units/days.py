"""The day of a page of units: typed, or one on which the register changed, each named by what happened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from noivu.core import clock
from noivu.core.wording import Text
from noivu.ui.pickers import address_with
from noivu.units.annals import Annals, annals
from noivu.units.revision import revision

_AROUND = 4
_KNOWN = Text(vi="Dữ kiện được biết hoặc thay đổi từ ngày này", en="Facts known or changed from this day on")


@dataclass(frozen=True, slots=True)
class DayChoice:
    """A day on which units changed, as a link to this page on that day, and what happened: title, instrument.

    `more` counts the further events of the day.
    """

    day: date
    href: str
    is_current: bool
    title: Text | str
    instrument: str = ""
    more: int = 0


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
    kept: Sequence[tuple[str, str]] = (),
    href: Callable[[date], str] | None = None,
) -> DayPicker:
    """The picker of a page's day. `href` gives the page on another day ("" for none); without it only the day differs.

    No query beside the revision's and, once, the annals'.
    """
    known, at = annals(), href or (lambda day: address_with(page, on=day.isoformat()))
    days = [day for day in revision().breakpoints if at(day)]
    present = max((day for day in days if day <= on), default=None)
    choices = [_choice(known, day, at(day), day == present) for day in days]
    place = days.index(present) if present else -1
    first = max(place - _AROUND, 0)
    today = clock.today()
    return DayPicker(
        on=on,
        page=page,
        choices=choices[::-1],
        line=choices[first : max(place, 0) + _AROUND + 1],
        today=DayChoice(today, at(today), on == today, "") if at(today) else None,
        previous=choices[place - 1] if place > 0 else None,
        next=choices[place + 1] if place + 1 < len(choices) else None,
        kept=kept,
    )


def _choice(known: Annals, day: date, href: str, is_current: bool) -> DayChoice:
    events = known.events_on.get(day, ())
    if not events:
        return DayChoice(day, href, is_current, _KNOWN)
    return DayChoice(day, href, is_current, events[0].title, events[0].instrument, len(events) - 1)
