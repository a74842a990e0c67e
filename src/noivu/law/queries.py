"""What the pages of the room show: a year of the calendar, parameters on a day, instruments."""

from calendar import month_name, monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from noivu.core.numbers import format_decimal
from noivu.core.refusals import Refusal
from noivu.core.text import fold
from noivu.core.wording import Text
from noivu.law.calendar import CalendarDay, WorkingCalendar
from noivu.law.constants import MARKS
from noivu.law.installation import installation, working_calendar
from noivu.law.models import AskedChange, Instrument
from noivu.law.parameter_files import Definition
from noivu.law.parameters import Parameter, all_definitions, definition_of, value_of
from noivu.law.public_holidays import LAST_YEAR, WEEKDAYS, known_years, weekly_rest

KINDS = {
    "holiday": Text(vi="nghỉ lễ", en="holiday"),
    "swapped_off": Text(vi="nghỉ hoán đổi", en="swapped, off"),
    "swapped_on": Text(vi="làm bù", en="made up"),
    "own_off": Text(vi="nghỉ, đơn vị nhập", en="off, entered here"),
    "own_on": Text(vi="làm việc, đơn vị nhập", en="worked, entered here"),
}


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks of seven; empty places are None."""

    number: int
    weeks: tuple[tuple[CalendarDay | None, ...], ...]
    working_days: int

    @property
    def name(self) -> Text:
        return Text(vi=f"Tháng {self.number}", en=month_name[self.number])


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that departs from the week's rhythm, worded."""

    day: date
    weekday: Text
    kind: Text
    reason: Text
    works: bool
    instrument: str
    mark: Text | None
    own: bool


@dataclass(frozen=True, slots=True)
class YearOfWork:
    """A year of the working calendar."""

    year: int
    months: tuple[Month, ...]
    special_days: tuple[SpecialDay, ...]
    working_days: int
    known_by: str
    is_confirmed_here: bool
    doubt: Text | None
    previous: int | None
    next: int | None

    @property
    def count(self) -> Text:
        """How many days are worked."""
        return Text(vi=f"{self.working_days} ngày làm việc", en=f"{self.working_days} working days")

    @property
    def basis(self) -> Text:
        """By which notice the days off are known, or that they are not."""
        known = Text(vi=f"Lịch nghỉ theo {self.known_by}", en=f"Days off by {self.known_by}")
        return self.doubt or known


def year_of_work(year: int) -> YearOfWork:
    """A year of the calendar with this installation's changes. Refused: a year the calendar does not reach."""
    first, last = weekly_rest().since.year + 1, LAST_YEAR
    if not first <= year <= last:
        raise Refusal(
            what=Text(vi=f"Lịch không có năm {year}.", en=f"The calendar has no year {year}."),
            do=Text(vi=f"Chọn năm từ {first} đến {last}.", en=f"Choose a year from {first} to {last}."),
            code="calendar",
        )
    calendar = working_calendar()
    months = tuple(_month(calendar, year, number) for number in range(1, 13))
    return YearOfWork(
        year=year,
        months=months,
        special_days=tuple(_special(day) for day in calendar.year(year) if day.kind in KINDS),
        working_days=sum(month.working_days for month in months),
        known_by=calendar.known_by(year),
        is_confirmed_here=calendar.is_known(year) and year not in known_years(),
        doubt=calendar.doubt(date(year, 1, 1), date(year, 12, 31)),
        previous=year - 1 if year > first else None,
        next=year + 1 if year < last else None,
    )


def _month(calendar: WorkingCalendar, year: int, number: int) -> Month:
    length = monthrange(year, number)[1]
    days = [calendar.day(date(year, number, day)) for day in range(1, length + 1)]
    cells: list[CalendarDay | None] = [None] * days[0].day.weekday() + [*days]
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[place : place + 7]) for place in range(0, len(cells), 7))
    return Month(number, weeks, sum(day.works for day in days))


def _special(day: CalendarDay) -> SpecialDay:
    return SpecialDay(
        day=day.day,
        weekday=WEEKDAYS[day.day.weekday()],
        kind=KINDS[day.kind],
        reason=day.reason,
        works=day.works,
        instrument=day.instrument,
        mark=MARKS.get(day.mark),
        own=day.own,
    )


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A parameter with its value on a day, or None where none is in force."""

    definition: Definition
    value: Parameter | None
    mark: Text | None

    @property
    def written(self) -> object:
        """The value as a page writes it."""
        return written(self.value.value, self.definition.parts) if self.value else None


@dataclass(frozen=True, slots=True)
class DatedRow:
    """One value of a parameter in time; `own`: entered here."""

    value: object
    starts_on: date | None
    ends_on: date | None
    instrument: str
    article: str
    mark: Text | None
    note: str
    own: bool
    parts: Mapping[str, Text]

    @property
    def written(self) -> object:
        """The value as a page writes it."""
        return written(self.value, self.parts)


def written(value: object, parts: Mapping[str, Text]) -> object:
    """Numbers with what each is, a window in words, anything else as it is."""
    if isinstance(value, dict) and parts:
        known = [(words, Decimal(value[key])) for key, words in parts.items() if key in value]
        return Text(
            vi="; ".join(f"{words.vi} {format_decimal(number, 'vi')}" for words, number in known),
            en="; ".join(f"{words.en} {format_decimal(number, 'en')}" for words, number in known),
        )
    if isinstance(value, dict):
        day, back = value["opens_on_day"], value["months_back"]
        return Text(vi=f"mở ngày {day}, lùi {back} tháng", en=f"opens on day {day}, months back: {back}")
    return value


@dataclass(frozen=True, slots=True)
class ParameterPage:
    """A parameter with all its values, shipped and own."""

    row: ParameterRow
    values: tuple[DatedRow, ...]


def parameter_rows(on: date) -> list[ParameterRow]:
    """Every parameter on a day, by code."""
    return [_parameter_row(definition, on) for definition in all_definitions()]


def parameter_page(code: str, on: date) -> ParameterPage:
    """One parameter with its values through time; the installation's own first. Refused: an unknown code."""
    row = _parameter_row(definition_of(code), on)
    parts = row.definition.parts
    own = [
        DatedRow(
            value.value,
            value.starts_on,
            value.ends_on,
            value.instrument,
            value.article,
            None,
            value.reason,
            True,
            parts,
        )
        for value in installation().parameters.get(code, ())
    ]
    shipped = [
        DatedRow(
            value.value,
            value.starts_on,
            value.ends_on,
            value.instrument,
            value.article,
            MARKS[value.mark],
            value.note,
            False,
            parts,
        )
        for value in row.definition.values
    ]
    return ParameterPage(row, (*reversed(own), *reversed(shipped)))


def _parameter_row(definition: Definition, on: date) -> ParameterRow:
    value = value_of(definition, on)
    return ParameterRow(definition, value, MARKS.get(value.mark) if value and not value.own else None)


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """An instrument and how far it was checked."""

    instrument: Instrument
    mark: Text


def instrument_rows(sought: str = "") -> list[InstrumentRow]:
    """The register of instruments by number; `sought` is found in number, title or issuer whatever its accents."""
    key = fold(sought)
    rows = [InstrumentRow(row, MARKS[row.mark]) for row in Instrument.objects.all()]
    return [row for row in rows if key in fold(_searchable(row.instrument))] if key else rows


def _searchable(row: Instrument) -> str:
    return f"{row.number_symbol} {row.title} {row.issuer}"


@dataclass(frozen=True, slots=True)
class WeekdayHead:
    """The head of a column of a month."""

    name: Text
    short: Text


WEEKDAY_HEADS = tuple(
    WeekdayHead(name, Text(vi="CN" if place == 6 else f"T{place + 2}", en=name.en[:2]))
    for place, name in enumerate(WEEKDAYS)
)


def asked_change(asked_id: int) -> AskedChange | None:
    """A change that was asked for on screen, as far as it is."""
    return AskedChange.objects.filter(pk=asked_id).first()
