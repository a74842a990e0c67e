"""Public holidays of Viet Nam, from the `holidays` package, and what the room ships to correct it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from noivu.core.dates import format_day
from noivu.core.wording import Text
from noivu.law.reference import shipped

LAST_YEAR = 2099
_WEEKDAY_NUMBERS = {"saturday": 5, "sunday": 6}


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day that departs from the week's rhythm: off or worked, why, and by which instrument."""

    works: bool
    reason: Text
    kind: str
    swapped_with: date | None = None
    instrument: str = ""
    mark: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class WeeklyRest:
    """Which days of the week state offices rest, and since when."""

    since: date
    weekdays: frozenset[int]
    instrument: str


def weekly_rest() -> WeeklyRest:
    """The rule of the two days of rest."""
    rule = shipped("working_days.yaml")["weekly_rest"]
    weekdays = frozenset(_WEEKDAY_NUMBERS[name] for name in rule["days"])
    return WeeklyRest(rule["from"], weekdays, rule["instrument"])


def known_years() -> Mapping[int, str]:
    """Years whose days off are known in full, with the notice that set them."""
    return {row["year"]: row["instrument"] for row in shipped("working_days.yaml")["known_years"]}


def made_up_on(other: date | None) -> Text:
    """Why a working day is off: it is worked on another day."""
    if other is None:
        return Text(vi="nghỉ hoán đổi", en="day off by a swap")
    return Text(vi=f"nghỉ hoán đổi, làm bù ngày {format_day(other)}", en=f"day off, made up on {format_day(other)}")


def making_up_for(other: date | None) -> Text:
    """Why a day of rest is worked: it makes up for another day."""
    if other is None:
        return Text(vi="ngày làm bù", en="make-up working day")
    return Text(vi=f"làm bù cho ngày {format_day(other)}", en=f"make-up working day for {format_day(other)}")


@cache
def shipped_swaps() -> Mapping[date, DayChange]:
    """Both days of every swap the room ships."""
    changes: dict[date, DayChange] = {}
    for row in shipped("working_days.yaml")["swaps"]:
        off, worked = row["day_off"], row["day_worked"]
        cited = {"instrument": row["instrument"], "mark": row["mark"]}
        changes[off] = DayChange(False, made_up_on(worked), "swapped_off", worked, **cited)
        changes[worked] = DayChange(True, making_up_for(off), "swapped_on", off, **cited)
    return MappingProxyType(changes)


@cache
def shipped_changes(year: int) -> Mapping[date, DayChange]:
    """Every day of a year that departs from the week's rhythm, before anyone here changed anything."""
    from holidays import country_holidays  # its tables take time: read only when a day is asked for

    vietnamese = country_holidays("VN", years=year, language="vi")
    english = country_holidays("VN", years=year, language="en_US")
    changes = {
        day: DayChange(False, Text(vi=name, en=english.get(day) or name), "holiday")
        for day, name in vietnamese.items()
        if day.year == year
    }
    for day in vietnamese.weekend_workdays:
        if day.year == year:
            changes[day] = DayChange(True, making_up_for(None), "swapped_on")
    changes.update({day: change for day, change in shipped_swaps().items() if day.year == year})
    return MappingProxyType(changes)


WEEKDAYS = (
    Text(vi="thứ Hai", en="Monday"),
    Text(vi="thứ Ba", en="Tuesday"),
    Text(vi="thứ Tư", en="Wednesday"),
    Text(vi="thứ Năm", en="Thursday"),
    Text(vi="thứ Sáu", en="Friday"),
    Text(vi="thứ Bảy", en="Saturday"),
    Text(vi="Chủ nhật", en="Sunday"),
)
