"""Deadlines with every day explained: why this date (vì sao hạn là ngày này)."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from noivu.core import clock
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.calendar import CalendarDay, WorkingCalendar
from noivu.law.constants import KEEP, NEXT_WORKING_DAY
from noivu.law.installation import working_calendar
from noivu.law.parameter_files import DAYS, WORKING_DAYS, DeadlineRule, parameter_files
from noivu.law.parameters import Parameter, parameter, value_of
from noivu.law.public_holidays import WEEKDAYS

_PREFIX = "deadline."
MOST_DAYS = 4000


@dataclass(frozen=True, slots=True)
class Step:
    """One day between the event and the deadline. `number`: its place among the days counted; None: not counted.

    `kind` is that of the calendar day, or `event` for the day of the event when it does not count. `bare` is the
    name of the day alone: its weekday, or the holiday.
    """

    date: date
    counted: bool
    number: int | None
    reason: Text
    kind: str
    bare: Text
    instrument: str = ""


@dataclass(frozen=True)
class Deadline:
    """A due date with its legal reasoning. `doubt` says why it is not exact (days off not decided yet).

    `steps` are made when first asked for: mass data pay only for the date. `own`: the rule's number was entered here.
    """

    starts_on: date
    due_on: date
    length: int
    how: DeadlineRule
    calendar: WorkingCalendar = field(repr=False, compare=False)
    source: Parameter | None = field(default=None, repr=False)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every day from the event to the deadline, counted or skipped with its reason."""
        due = _due(self.starts_on, self.length, self.how, self.calendar)
        return tuple(_steps(self.starts_on, due, self.due_on, self.how, self.calendar))

    @property
    def doubt(self) -> Text | None:
        return self.calendar.doubt(min(self.starts_on, self.due_on), max(self.starts_on, self.due_on))

    @property
    def exact(self) -> bool:
        return self.doubt is None

    @property
    def counts(self) -> str:
        """`working_days` or `days`."""
        return self.how.counts

    @property
    def before(self) -> bool:
        """True when it counts back from the event."""
        return self.how.before

    @property
    def count_start(self) -> bool:
        return self.how.count_start

    @property
    def rule(self) -> str | None:
        return self.source.code if self.source else None

    @property
    def label(self) -> Text | None:
        return self.source.label if self.source else None

    @property
    def instrument(self) -> str:
        return self.source.instrument if self.source else ""

    @property
    def article(self) -> str:
        return self.source.article if self.source else ""

    @property
    def mark(self) -> str:
        """read, memory or unverified; empty for an own value, or without a rule."""
        return self.source.mark if self.source else ""

    @property
    def note(self) -> str:
        return self.source.note if self.source else ""

    @property
    def own(self) -> bool:
        return self.source is not None and self.source.own


def deadline(
    start: date,
    *,
    working_days: int | None = None,
    days: int | None = None,
    rule: str | None = None,
    count_start: bool = False,
    when_off: str = KEEP,
    calendar: WorkingCalendar | None = None,
) -> Deadline:
    """The due date counted from the day of an event, and each day on the way.

    Exactly one of `working_days`, `days` and `rule` is given. The day of the event is excluded unless `count_start`.
    A rule brings its own way of counting and its source. Refused: an unknown rule, no value in force on `start`,
    a length below one day.
    """
    if sum(given is not None for given in (working_days, days, rule)) != 1:
        raise ValueError("give exactly one of working_days, days and rule")
    if rule is not None:
        source, how = _rule(rule, start)
        return _counted(start, source.integer, how, calendar or working_calendar(), source)
    how = DeadlineRule(WORKING_DAYS if working_days is not None else DAYS, count_start=count_start, when_off=when_off)
    length = working_days if working_days is not None else days or 0
    return _counted(start, length, how, calendar or working_calendar(), None)


def due_on(start: date, rule: str) -> date:
    """The due date of a rule alone, for mass data: the same day as `deadline(start, rule=rule).due_on`."""
    source, how = _rule(rule, start)
    calendar = working_calendar()
    return _settled(_due(start, source.integer, how, calendar), how, calendar)


def rule_codes() -> list[str]:
    """The deadline rules that can be asked for, shipped or own."""
    return [code for code, known in parameter_files().definitions.items() if known.rule is not None]


def working_day(day: date) -> bool:
    """True when state offices work on the day."""
    return working_calendar().works(day)


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; negative when `end` is earlier: days late or left."""
    return working_calendar().between(start, end)


def add_working_days(start: date, working_days: int, *, count_start: bool = False) -> date:
    """The n-th working day after `start`; with `count_start` a worked `start` is itself the first."""
    calendar = working_calendar()
    if count_start and working_days > 0 and calendar.works(start):
        working_days -= 1
    return calendar.add(start, working_days)


def nearly_due(kind: str = "", on: date | None = None) -> int:
    """How many working days before its due date something of this kind is nearly due (sắp đến hạn)."""
    day = on or clock.today()
    own_kind = parameter_files().get(f"nearly_due.{kind}") if kind else None
    found = value_of(own_kind, day) if own_kind else None
    return (found or parameter("nearly_due", day)).integer


def _rule(code: str, on: date) -> tuple[Parameter, DeadlineRule]:
    known = parameter_files().get(code) or parameter_files().get(_PREFIX + code)
    if known is None or known.rule is None:
        raise Refusal(
            what=Text(vi=f"Không có quy tắc thời hạn “{code}”.", en=f"There is no deadline rule “{code}”."),
            do=Text(vi=f"Chọn một trong: {_listed()}.", en=f"Choose one of: {_listed()}."),
            code="deadline.rule",
        )
    return parameter(known.code, on), known.rule


def _listed() -> str:
    return ", ".join(code.removeprefix(_PREFIX) for code in rule_codes())


def _counted(
    start: date, length: int, how: DeadlineRule, calendar: WorkingCalendar, source: Parameter | None
) -> Deadline:
    due = _settled(_due(start, length, how, calendar), how, calendar)
    return Deadline(start, due, length, how, calendar, source)


def _due(start: date, length: int, how: DeadlineRule, calendar: WorkingCalendar) -> date:
    _check_length(length)
    if how.counts == DAYS:
        reach = length - 1 if how.count_start else length
        return start + timedelta(days=-reach if how.before else reach)
    if how.count_start and calendar.works(start):
        length -= 1
    return calendar.add(start, -length if how.before else length)


def _settled(due: date, how: DeadlineRule, calendar: WorkingCalendar) -> date:
    if how.when_off == NEXT_WORKING_DAY and not calendar.works(due):
        return calendar.add(due, -1 if how.before else 1)
    return due


def _check_length(length: int) -> None:
    if not 1 <= length <= MOST_DAYS:
        raise Refusal(
            what=Text(
                vi=f"Thời hạn {length} ngày không tính được.", en=f"A deadline of {length} days cannot be computed."
            ),
            do=Text(vi=f"Nhập từ 1 đến {MOST_DAYS} ngày.", en=f"Enter 1 to {MOST_DAYS} days."),
            code="deadline.length",
        )


def _steps(start: date, due: date, settled: date, how: DeadlineRule, calendar: WorkingCalendar) -> list[Step]:
    direction = timedelta(days=-1 if how.before else 1)
    steps: list[Step] = []
    number = 0
    day = start
    while True:
        known = calendar.day(day)
        counts = (known.works or how.counts == DAYS) and (day != start or how.count_start)
        counts = counts and abs(day - start) <= abs(due - start)
        number += counts
        steps.append(_step(known, number if counts else None, how, is_event=day == start))
        if day == settled:
            return steps
        day += direction


def _step(known: CalendarDay, number: int | None, how: DeadlineRule, *, is_event: bool) -> Step:
    bare = WEEKDAYS[known.day.weekday()] if known.kind in {"working", "rest"} else known.reason
    if number is not None:
        words = _NTH_WORKING_DAY if how.counts == WORKING_DAYS else _NTH_DAY
        said = words.format(n=number, day=_why(known))
        return Step(known.day, True, number, said, known.kind, bare, known.instrument)
    if is_event:
        return Step(known.day, False, None, _EVENT.format(day=_why(known)), "event", bare)
    return Step(known.day, False, None, _why(known), known.kind, bare, known.instrument)


_NTH_WORKING_DAY = Text(vi="ngày làm việc thứ {n}: {day}", en="working day {n}: {day}")
_NTH_DAY = Text(vi="ngày thứ {n}: {day}", en="day {n}: {day}")
_EVENT = Text(vi="ngày phát sinh, không tính ({day})", en="day of the event, not counted ({day})")


def _why(known: CalendarDay) -> Text:
    weekday = WEEKDAYS[known.day.weekday()]
    if known.kind in {"working", "rest"}:
        return weekday
    return Text(vi=f"{weekday.vi}, {known.reason.vi}", en=f"{weekday.en}, {known.reason.en}")
