"""The days on which the register of units changed, each named by what happened."""

from datetime import date

from noivu.core.wording import Text
from noivu.ui.days import Happened
from noivu.units.annals import Event, annals
from noivu.units.revision import revision

_KNOWN = Happened(Text(vi="Dữ kiện được biết hoặc thay đổi từ ngày này", en="Facts known or changed from this day on"))


def changing_days() -> list[tuple[date, Happened]]:
    """In order; no query beside the revision's and, once, the annals'."""
    known = annals().events_on
    return [(day, _happened(known[day]) if day in known else _KNOWN) for day in revision().breakpoints]


def _happened(events: tuple[Event, ...]) -> Happened:
    return Happened(events[0].title, events[0].instrument, len(events) - 1)
