"""The working calendar of state offices (lịch làm việc): which days are worked, and why the others are not."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.public_holidays import (
    LAST_YEAR,
    WEEKDAYS,
    DayChange,
    known_years,
    shipped_changes,
    weekly_rest,
)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day of the calendar, explained. `kind`: working, rest, holiday, swapped_off, swapped_on, own_off, own_on."""

    day: date
    works: bool
    kind: str
    reason: Text
    swapped_with: date | None = None
    instrument: str = ""
    mark: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class _YearTable:
    """A year counted once: ordinals of its working days, in order."""

    first: int
    working: tuple[int, ...]

    def until(self, ordinal: int) -> int:
        """How many working days of the year lie on or before a day."""
        return bisect_right(self.working, ordinal)


class WorkingCalendar:
    """The shipped calendar with an installation's own changes on top; counts by tables made once a year.

    Immutable: a change makes a new calendar. Days before the rule of two days' rest and after the last computable
    year are refused, never guessed.
    """

    def __init__(self, own: Mapping[date, DayChange] | None = None, confirmed: Mapping[int, str] | None = None) -> None:
        self._own = dict(own or {})
        self._known = {**known_years(), **(confirmed or {})}
        self._rest = weekly_rest()
        self._tables: dict[int, _YearTable] = {}

    def day(self, day: date) -> CalendarDay:
        """A day with its reason in both languages."""
        self._check(day)
        change = self._own.get(day) or shipped_changes(day.year).get(day)
        if change is None:
            rests = day.weekday() in self._rest.weekdays
            return CalendarDay(day, not rests, "rest" if rests else "working", WEEKDAYS[day.weekday()])
        return CalendarDay(
            day,
            change.works,
            change.kind,
            change.reason,
            change.swapped_with,
            change.instrument,
            change.mark,
            change.own,
        )

    def works(self, day: date) -> bool:
        """True when state offices work on the day."""
        table = self._table_of(day)
        ordinal = day.toordinal()
        place = table.until(ordinal)
        return place > 0 and table.working[place - 1] == ordinal

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` lies before `start`."""
        if end < start:
            return -self.between(end, start)
        first, last = self._table_of(start), self._table_of(end)
        if start.year == end.year:
            return last.until(end.toordinal()) - first.until(start.toordinal())
        whole_years = sum(len(self._table(year).working) for year in range(start.year + 1, end.year))
        rest_of_first = len(first.working) - first.until(start.toordinal())
        return rest_of_first + whole_years + last.until(end.toordinal())

    def add(self, start: date, working_days: int) -> date:
        """The n-th working day after `start` (before it when negative); `start` itself for 0."""
        if working_days == 0:
            return start
        return self._forward(start, working_days) if working_days > 0 else self._backward(start, -working_days)

    def year(self, year: int) -> Iterator[CalendarDay]:
        """Every day of a year."""
        day = date(year, 1, 1)
        while day.year == year:
            yield self.day(day)
            day += timedelta(days=1)

    def is_known(self, year: int) -> bool:
        """True when all days off of the year have been decided and entered."""
        return year in self._known

    def known_by(self, year: int) -> str:
        """The instrument by which the days off of a year are known; empty when they are not."""
        return self._known.get(year, "")

    def doubt(self, first: date, last: date) -> Text | None:
        """Why what is counted between two days is not exact; None when it is."""
        unknown = [year for year in range(first.year, last.year + 1) if not self.is_known(year)]
        if not unknown:
            return None
        years = ", ".join(map(str, unknown))
        if unknown[-1] > max(self._known):
            return Text(
                vi=f"Lịch nghỉ năm {years} chưa có thông báo chính thức (Tết, hoán đổi); tạm theo ngày lễ luật định.",
                en=f"The days off of {years} are not decided yet (Tet, swapped days); statutory holidays are used.",
            )
        return Text(
            vi=f"Lịch nghỉ năm {years} chưa được đối chiếu với thông báo chính thức.",
            en=f"The days off of {years} have not been checked against the official notice.",
        )

    def _forward(self, start: date, count: int) -> date:
        table = self._table_of(start)
        place = table.until(start.toordinal()) + count
        year = start.year
        while place > len(table.working):
            place -= len(table.working)
            year += 1
            table = self._table(year)
        return date.fromordinal(table.working[place - 1])

    def _backward(self, start: date, count: int) -> date:
        table = self._table_of(start)
        before = table.until(start.toordinal() - 1)
        year = start.year
        while count > before:
            count -= before
            year -= 1
            table = self._table(year)
            before = len(table.working)
        return date.fromordinal(table.working[before - count])

    def _table_of(self, day: date) -> _YearTable:
        self._check(day)
        return self._table(day.year)

    def _table(self, year: int) -> _YearTable:
        if year not in self._tables:
            self._check(date(year, 12, 31))
            first = max(date(year, 1, 1), self._rest.since)
            days = (date.fromordinal(n) for n in range(first.toordinal(), date(year, 12, 31).toordinal() + 1))
            working = tuple(day.toordinal() for day in days if self.day(day).works)
            self._tables[year] = _YearTable(first.toordinal(), working)
        return self._tables[year]

    def reaches(self, day: date) -> bool:
        """Whether working days can be counted from or to this day."""
        return self._rest.since <= day and day.year <= LAST_YEAR

    def _check(self, day: date) -> None:
        if self.reaches(day):
            return
        raise Refusal(
            what=Text(
                vi=f"Lịch làm việc không tính được cho ngày {day:%d/%m/%Y}.",
                en=f"The working calendar does not reach {day:%d/%m/%Y}.",
            ),
            do=Text(
                vi=f"Chọn ngày từ {self._rest.since:%d/%m/%Y} đến hết năm {LAST_YEAR}.",
                en=f"Choose a day from {self._rest.since:%d/%m/%Y} to the end of {LAST_YEAR}.",
            ),
            code="calendar",
        )
