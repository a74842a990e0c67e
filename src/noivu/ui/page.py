"""What a page says about itself: where it sits, and as of when it speaks."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from noivu.core.dates import DateRange, format_day
from noivu.core.wording import Text

PERIOD = Text(vi="Kỳ", en="Period")


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the path that leads to a page."""

    label: Text
    href: str = ""


@dataclass(frozen=True, slots=True)
class AsOf:
    """The line under the title: the last day that counts, the period's two ends, when the source was read.

    `counted` names what the range holds ("Kỳ", "Văn bản đến"). `notes` are further facts, whole phrases.
    """

    day: date | None = None
    range: DateRange | None = None
    read_at: datetime | None = None
    counted: Text = PERIOD
    notes: tuple[Text, ...] = ()

    @property
    def range_words(self) -> Text:
        return Text(vi="", en="") if self.range is None else words_of_range(self.range)


def words_of_range(days: DateRange) -> Text:
    """từ 01/10 đến 31/10/2024: the first year is left out when it is the last one's."""
    first = format_day(days.starts_on)
    if days.ends_on is None:
        return Text(vi=f"từ {first}", en=f"from {first}")
    last = format_day(days.last_day)
    if days.starts_on.year == days.last_day.year:
        first = first[:5]
    return Text(vi=f"từ {first} đến {last}", en=f"from {first} to {last}")


def words_of_instant(instant: datetime) -> Text:
    """06:40 ngày 01/11/2024, in the country's time zone."""
    local = timezone.localtime(instant) if timezone.is_aware(instant) else instant
    hour, day = f"{local:%H:%M}", format_day(local.date())
    return Text(vi=f"{hour} ngày {day}", en=f"{hour} on {day}")


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something owed, in a list of what is due: `ui/obligations.html` draws it.

    `days_left` are working days, negative when late, None when the clock is stopped; `note` is the line under the
    title: source, unit, state.
    """

    title: str
    href: str
    due_on: date | None
    timeliness: str
    days_left: int | None = None
    note: Text | str = ""
