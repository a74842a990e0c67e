"""Dates: half-open ranges, days read from what people type, and dates known only to the month or year."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from noivu.core.refusals import Refusal
from noivu.core.wording import Text

_TIME = r"(?:(?:T|\s+)(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)?"
"""A time of the day after a day: other systems write it, and so does the export of kept rows."""
_DAY_FORMS = (
    re.compile(rf"^(?P<y>\d{{4}})-(?P<m>\d{{1,2}})-(?P<d>\d{{1,2}}){_TIME}$"),
    re.compile(rf"^(?P<d>\d{{1,2}})[/.\-](?P<m>\d{{1,2}})[/.\-](?P<y>\d{{4}}){_TIME}$"),
    re.compile(r"^ngày\s+(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s+năm\s+(?P<y>\d{4})$", re.IGNORECASE),
)
_MONTH_FORMS = (
    re.compile(r"^(?P<m>\d{1,2})[/.\-](?P<y>\d{4})$"),
    re.compile(r"^(?P<y>\d{4})-(?P<m>\d{1,2})$"),
    re.compile(r"^tháng\s+(?P<m>\d{1,2})\s+năm\s+(?P<y>\d{4})$", re.IGNORECASE),
)
_YEAR_FORM = re.compile(r"^(?:năm\s+)?(?P<y>\d{4})$", re.IGNORECASE)
EARLIEST_YEAR, LATEST_YEAR = 1800, 2200


@dataclass(frozen=True, slots=True, order=True)
class DateRange:
    """Days from `starts_on` (in) to `ends_on` (out); `ends_on` None: without end."""

    starts_on: date
    ends_on: date | None

    def __post_init__(self) -> None:
        if self.ends_on is not None and self.ends_on <= self.starts_on:
            raise ValueError(f"a range must end after it starts: {self.starts_on} – {self.ends_on}")

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    @property
    def last_day(self) -> date:
        """The last day in the range (an error for a range without end)."""
        if self.ends_on is None:
            raise ValueError("a range without end has no last day")
        return self.ends_on - timedelta(days=1)

    def days(self) -> Iterator[date]:
        """Each day of the range, in order."""
        day = self.starts_on
        while day in self:
            yield day
            day += timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, the month or the day."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        date(self.year, self.month or 1, self.day or 1)

    @property
    def span(self) -> DateRange:
        """All days the date may be."""
        first = date(self.year, self.month or 1, self.day or 1)
        if self.day:
            return DateRange(first, first + timedelta(days=1))
        if self.month:
            return DateRange(first, first + timedelta(days=calendar.monthrange(self.year, self.month)[1]))
        return DateRange(first, date(self.year + 1, 1, 1))

    def __str__(self) -> str:
        """ISO, as precise as the date is known: 2024, 2024-10 or 2024-10-31."""
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)


def parse_date(text: str | date | datetime) -> date:
    """A day from ISO, dd/mm/yyyy (a time of the day after it is passed over) or "ngày … tháng … năm …".

    A Refusal says what is wrong with 31/02/2024.
    """
    if isinstance(text, datetime):
        return text.date()
    if isinstance(text, date):
        return text
    cleaned = text.strip()
    for form in _DAY_FORMS:
        if match := form.match(cleaned):
            return _real_day(int(match["y"]), int(match["m"]), int(match["d"]), cleaned)
    raise Refusal(
        what=Text(vi=f"“{cleaned[:40]}” không phải ngày.", en=f"“{cleaned[:40]}” is not a date."),
        do=Text(vi="Nhập ngày/tháng/năm, ví dụ 31/10/2024.", en="Enter day/month/year, e.g. 31/10/2024."),
        code="date",
    )


def parse_partial_date(text: str | date | datetime) -> PartialDate:
    """A date that may lack its day or month: 31/10/2024, 10/2024, 2024 and their ISO forms."""
    if isinstance(text, date):
        return PartialDate(text.year, text.month, text.day)
    cleaned = text.strip()
    if match := _YEAR_FORM.match(cleaned):
        _check_year(int(match["y"]), cleaned)
        return PartialDate(int(match["y"]))
    for form in _MONTH_FORMS:
        if match := form.match(cleaned):
            year, month = int(match["y"]), int(match["m"])
            _check_year(year, cleaned)
            _check_month(month, cleaned)
            return PartialDate(year, month)
    day = parse_date(cleaned)
    return PartialDate(day.year, day.month, day.day)


def _check_year(year: int, typed: str) -> None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise Refusal(
            what=Text(
                vi=f"Năm {year} trong “{typed}” ngoài khoảng dùng được.",
                en=f"Year {year} in “{typed}” is out of range.",
            ),
            do=Text(
                vi=f"Nhập năm từ {EARLIEST_YEAR} đến {LATEST_YEAR}.",
                en=f"Enter a year from {EARLIEST_YEAR} to {LATEST_YEAR}.",
            ),
            code="date",
        )


def _check_month(month: int, typed: str) -> None:
    if not 1 <= month <= 12:
        raise Refusal(
            what=Text(vi=f"“{typed}”: không có tháng {month}.", en=f"“{typed}”: there is no month {month}."),
            do=Text(vi="Nhập tháng từ 01 đến 12.", en="Enter a month from 01 to 12."),
            code="date",
        )


def _real_day(year: int, month: int, day: int, typed: str) -> date:
    _check_year(year, typed)
    _check_month(month, typed)
    length = calendar.monthrange(year, month)[1]
    if not 1 <= day <= length:
        example = f"{length:02}/{month:02}/{year}"
        raise Refusal(
            what=Text(
                vi=f"“{typed}”: tháng {month:02}/{year} có {length} ngày.",
                en=f"“{typed}”: {date(year, month, 1):%B %Y} has {length} days.",
            ),
            do=Text(vi=f"Nhập lại, ví dụ {example}.", en=f"Enter it again, e.g. {example}."),
            code="date",
        )
    return date(year, month, day)


def format_day(day: date | PartialDate) -> str:
    """31/10/2024, 10/2024 or 2024: the form of screens in both languages."""
    if isinstance(day, PartialDate):
        return "/".join(
            part
            for part in (
                f"{day.day:02}" if day.day else "",
                f"{day.month:02}" if day.month else "",
                f"{day.year}",
            )
            if part
        )
    return f"{day.day:02}/{day.month:02}/{day.year}"
