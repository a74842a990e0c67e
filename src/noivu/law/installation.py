"""What this installation changed in the shipped law: its calendar and the values it uses instead."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, IntegerField, Subquery, Value
from django.db.models.functions import Coalesce

from noivu.core.wording import Text
from noivu.law.calendar import WorkingCalendar
from noivu.law.models import CalendarOverride, ConfirmedYear, ParameterOverride
from noivu.law.public_holidays import DayChange
from noivu.law.remembered import Remembered


@dataclass(frozen=True, slots=True)
class OwnValue:
    """A value of a parameter that the installation uses instead of the shipped one."""

    value: Any
    starts_on: date
    ends_on: date | None
    instrument: str
    article: str
    reason: str

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True, slots=True)
class Installation:
    """The calendar with its changes, and the own values by parameter code."""

    calendar: WorkingCalendar
    parameters: Mapping[str, tuple[OwnValue, ...]]


def _read() -> Installation:
    if CalendarOverride._meta.db_table not in connection.introspection.table_names():
        return Installation(_SHIPPED, {})  # before the first `noivu init` nothing can have been changed
    days = CalendarOverride.objects.current().select_related("instrument")
    years = ConfirmedYear.objects.current().select_related("instrument")
    own = {row.day: _day_change(row) for row in days}
    confirmed = {row.year: row.instrument.number_symbol for row in years}
    calendar = WorkingCalendar(own, confirmed) if own or confirmed else _SHIPPED
    parameters: dict[str, list[OwnValue]] = {}
    for row in ParameterOverride.objects.current().select_related("instrument").order_by("starts_on"):
        parameters.setdefault(row.code, []).append(_own_value(row))
    return Installation(calendar, {code: tuple(values) for code, values in parameters.items()})


def _day_change(row: CalendarOverride) -> DayChange:
    return DayChange(
        works=row.works,
        reason=Text(vi=row.name_vi, en=row.name_en),
        kind="own_on" if row.works else "own_off",
        swapped_with=row.swapped_with,
        instrument=row.instrument.number_symbol if row.instrument else "",
        own=True,
    )


def _own_value(row: ParameterOverride) -> OwnValue:
    return OwnValue(
        value=row.value,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        instrument=row.instrument.number_symbol if row.instrument else "",
        article=row.article,
        reason=row.reason,
    )


_SHIPPED = WorkingCalendar()
_remembered: Remembered[Installation] = Remembered(_read)


_held: ContextVar[Installation | None] = ContextVar("held", default=None)
_revision: ContextVar[int | None] = ContextVar("law_revision", default=None)


def installation() -> Installation:
    """The changes in force in this installation: read anew after each change where the revision is known (in every
    request of a user), else at most every half minute."""
    return _held.get() or _remembered.get(_revision.get())


def law_revision_column() -> Any:
    """An annotation by which another query tells how often calendar and parameters were changed, in any process."""
    tables = (CalendarOverride, ConfirmedYear, ParameterOverride)
    return sum((_changes_of(table) for table in tables[1:]), start=_changes_of(tables[0]))


def _changes_of(model: type[Any]) -> Any:
    """Every change adds a row or takes one back, and none is ever deleted: whatever commits, in whatever order, the
    number grows."""
    counted = model.objects.order_by().values(every=Value(1)).annotate(n=Count("pk") + Count("superseded_at"))
    return Coalesce(Subquery(counted.values("n")), 0, output_field=IntegerField())


@contextmanager
def law_at(revision: int | None) -> Iterator[None]:
    """Inside, calendar and parameters are those of the revision that was just read, or newer ones."""
    token = _revision.set(revision)
    try:
        yield
    finally:
        _revision.reset(token)


@contextmanager
def one_law() -> Iterator[None]:
    """Count by one state of calendar and parameters from beginning to end, read once: for mass data, and inside the
    transaction that changes them."""
    token = _held.set(installation())
    try:
        yield
    finally:
        _held.reset(token)


def forget_installation() -> None:
    """Say that the calendar or a parameter has just been changed."""
    _remembered.forget()


def working_calendar() -> WorkingCalendar:
    """The working calendar of state offices with this installation's changes."""
    return installation().calendar
