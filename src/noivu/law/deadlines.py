"""Deadlines with every day explained: why this date (vì sao hạn là ngày này)."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from noivu.core import clock
from noivu.core.refusals import Refusal
from noivu.core.wording import Text, both
from noivu.law.calendar import CalendarDay, WorkingCalendar
from noivu.law.constants import KEEP, MARKS, NEXT_WORKING_DAY, READ
from noivu.law.installation import working_calendar
from noivu.law.parameter_files import (
    CONSENT,
    DAY_OF_MONTH,
    DAYS,
    HOURS,
    MONTHS,
    MORNING,
    WORKING_DAYS,
    DeadlineRule,
    parameter_files,
)
from noivu.law.parameters import Parameter, parameter, value_of
from noivu.law.public_holidays import WEEKDAYS

_PREFIX = "deadline."
HOURS_A_DAY = "working_hours_a_day"


@dataclass(frozen=True, slots=True)
class Step:
    """One day between the event and the deadline. `number`: its place among the days counted, the hours reached by
    its end, or its day of the month; None: not counted.

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
        steps = _steps_of_month if self.how.counts == DAY_OF_MONTH else _steps
        return tuple(steps(self, due))

    @property
    def doubt(self) -> Text | None:
        return self.calendar.doubt(min(self.starts_on, self.due_on), max(self.starts_on, self.due_on))

    @property
    def exact(self) -> bool:
        return self.doubt is None

    @property
    def counts(self) -> str:
        """`working_days`, `days`, `hours` (of work), `months` or `day_of_month`."""
        return self.how.counts

    @property
    def before(self) -> bool:
        """True when it counts back from the event."""
        return self.how.before

    @property
    def count_start(self) -> bool:
        return self.how.count_start

    @property
    def is_time_limit(self) -> bool:
        """It runs forward from the event: something that happened can be given it as the time to act in."""
        return not (self.before or self.how.at_least or self.counts == DAY_OF_MONTH)

    @property
    def until(self) -> Text | None:
        """The part of the due day in which it must be done, where not the whole of it."""
        return _MORNING if self.how.until == MORNING else None

    @property
    def consents(self) -> bool:
        """Who has not answered by then agrees (im lặng là đồng ý)."""
        return self.how.silence == CONSENT

    @property
    def conditions(self) -> tuple[Text, ...]:
        """What the rule says beside its number."""
        said = ((self.how.same_day, _SAME_DAY if self.length else _AT_ONCE), (self.until, _BY_MORNING))
        more = ((self.how.at_least, _AT_LEAST), (self.consents, _CONSENT))
        return tuple(words for holds, words in (*said, *more) if holds)

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

    @property
    def place(self) -> str:
        """The code of the administrative unit whose rule it is; empty: it holds everywhere."""
        return self.source.place if self.source else ""

    @property
    def choice(self) -> Text | None:
        """The rule as one chooses it: what for, how much, who says so, and its mark unless the text was read."""
        if self.source is None:
            return None
        many, unit = self.source.integer, self.source.unit
        amount = Text(vi=f"{many} {unit.vi}", en=f"{many} {unit.en}") if many else _NOW
        if self.counts == DAY_OF_MONTH:
            amount = both(str(many))
        said = f"{self.instrument}, {self.article}"
        mark = MARKS[self.mark] if self.mark not in {"", READ} else both("")
        vi, en = (f"{words}; " if words else "" for words in (mark.vi, mark.en))
        return Text(
            vi=f"{self.source.label.vi}: {amount.vi} ({vi}{said})",
            en=f"{self.source.label.en}: {amount.en} ({en}{said})",
        )


def deadline(
    start: date,
    *,
    working_days: int | None = None,
    days: int | None = None,
    hours: int | None = None,
    rule: str | None = None,
    count_start: bool = False,
    when_off: str = KEEP,
    calendar: WorkingCalendar | None = None,
) -> Deadline:
    """The due date counted from the day of an event, and each day on the way.

    Exactly one of `working_days`, `days`, `hours` (of work) and `rule` is given. The day of the event is excluded
    unless `count_start`. A rule brings its own way of counting and its source. Refused: an unknown rule, no value in
    force on `start`, a length below one day.
    """
    given = {WORKING_DAYS: working_days, DAYS: days, HOURS: hours}
    asked = [(counts, length) for counts, length in given.items() if length is not None]
    if len(asked) + (rule is not None) != 1:
        raise ValueError("give exactly one of working_days, days, hours and rule")
    if rule is not None:
        source, how = _rule(rule, start)
        return _counted(start, source.integer, how, calendar or working_calendar(), source)
    [(counts, length)] = asked
    how = DeadlineRule(counts, count_start=count_start, when_off=when_off)
    return _counted(start, length, how, calendar or working_calendar(), None)


def due_on(
    start: date, rule: str = "", *, working_days: int | None = None, calendar: WorkingCalendar | None = None
) -> date:
    """The due date alone, for mass data: the same day as `deadline` gives by a rule, or by so many working days."""
    used = calendar or working_calendar()
    if working_days is not None:
        return _due(start, working_days, DeadlineRule(WORKING_DAYS), used)
    source, how = _rule(rule, start)
    return _settled(_due(start, source.integer, how, used), how, used)


def looks_at_calendar(rule: str) -> bool:
    """Whether a change of the working calendar can move what this rule counts. Refused: an unknown rule."""
    return _known(rule)[1].looks_at_calendar


def rule_codes() -> list[str]:
    """The deadline rules that can be asked for, shipped or own."""
    return [code for code, known in parameter_files().definitions.items() if known.rule is not None]


def rules_for(kind: str) -> tuple[str, ...]:
    """The rules by which what is owed may be due, by the code of its kind."""
    known = parameter_files().definitions.values()
    return tuple(one.code.removeprefix(_PREFIX) for one in known if kind in one.kinds)


def rules_counting_from(start: date, codes: Iterable[str]) -> list[tuple[str, Deadline]]:
    """What these rules give from a day: those that have a value then, in the order asked."""
    found = []
    for code in codes:
        with suppress(Refusal):
            found.append((code, deadline(start, rule=code)))
    return found


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
    full_code, how = _known(code)
    return parameter(full_code, on), how


def _known(code: str) -> tuple[str, DeadlineRule]:
    known = parameter_files().get(code) or parameter_files().get(_PREFIX + code)
    if known is None or known.rule is None:
        raise Refusal(
            what=Text(vi=f"Không có quy tắc thời hạn “{code}”.", en=f"There is no deadline rule “{code}”."),
            do=Text(vi=f"Chọn một trong: {_listed()}.", en=f"Choose one of: {_listed()}."),
            code="deadline.rule",
        )
    return known.code, known.rule


def _listed() -> str:
    return ", ".join(code.removeprefix(_PREFIX) for code in rule_codes())


def _counted(
    start: date, length: int, how: DeadlineRule, calendar: WorkingCalendar, source: Parameter | None
) -> Deadline:
    due = _settled(_due(start, length, how, calendar), how, calendar)
    return Deadline(start, due, length, how, calendar, source)


def _due(start: date, length: int, how: DeadlineRule, calendar: WorkingCalendar) -> date:
    _check_length(length, how)
    if how.counts == DAY_OF_MONTH:
        month = how.month or start.month
        return date(start.year, month, min(length, monthrange(start.year, month)[1]))
    if how.counts == DAYS:
        reach = length - 1 if how.count_start else length
        return start + timedelta(days=-reach if how.before else reach)
    if how.counts == MONTHS:
        return _months_after(start, length)
    if how.counts == HOURS:
        length = -(-length // _hours_a_day(start))
    if how.count_start and calendar.works(start):
        length -= 1
    return calendar.add(start, -length if how.before else length)


def _months_after(start: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is shorter."""
    years, place = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, place + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _hours_a_day(on: date) -> int:
    return parameter(HOURS_A_DAY, on).integer


def _settled(due: date, how: DeadlineRule, calendar: WorkingCalendar) -> date:
    if how.when_off == NEXT_WORKING_DAY and not calendar.works(due):
        return calendar.add(due, -1 if how.before else 1)
    return due


def _check_length(length: int, how: DeadlineRule) -> None:
    if length in how.lengths:
        return
    least, most, unit = how.lengths[0], how.lengths[-1], _UNITS[how.counts]
    raise Refusal(
        what=Text(
            vi=f"Thời hạn {length} {unit.vi} không tính được.",
            en=f"A deadline of {length} {unit.en} cannot be computed.",
        ),
        do=Text(vi=f"Nhập từ {least} đến {most} {unit.vi}.", en=f"Enter {least} to {most} {unit.en}."),
        code="deadline.length",
    )


_UNITS = {
    WORKING_DAYS: Text(vi="ngày", en="days"),
    DAYS: Text(vi="ngày", en="days"),
    HOURS: Text(vi="giờ", en="hours"),
    MONTHS: Text(vi="tháng", en="months"),
    DAY_OF_MONTH: Text(vi="của tháng", en="of the month"),
}


def _steps(answer: Deadline, due: date) -> Iterator[Step]:
    start, how, calendar = answer.starts_on, answer.how, answer.calendar
    direction = timedelta(days=-1 if how.before else 1)
    each = _hours_a_day(start) if how.counts == HOURS else 1
    number = 0
    day = start
    while True:
        known = calendar.day(day)
        counts = (known.works or how.counts in {DAYS, MONTHS}) and (day != start or how.count_start)
        counts = counts and abs(day - start) <= abs(due - start)
        number += each * counts
        if how.counts == HOURS:
            number = min(number, answer.length)
        yield _step(known, number if counts else None, how, is_event=day == start)
        if day == answer.due_on:
            return
        day += direction


def _steps_of_month(answer: Deadline, due: date) -> Iterator[Step]:
    """The day of the event, and the day of the month; after it those by which it moved to a working day."""
    how, calendar = answer.how, answer.calendar
    if answer.starts_on != due:
        yield _step(calendar.day(answer.starts_on), None, how, is_event=True)
    yield _step(calendar.day(due), due.day, how, is_event=False)
    while due != answer.due_on:
        due += timedelta(days=1)
        yield _step(calendar.day(due), None, how, is_event=False)


def _step(known: CalendarDay, number: int | None, how: DeadlineRule, *, is_event: bool) -> Step:
    bare = WEEKDAYS[known.day.weekday()] if known.kind in {"working", "rest"} else known.reason
    if number is not None:
        said = _NTH[how.counts].format(n=number, day=_why(known))
        return Step(known.day, True, number, said, known.kind, bare, known.instrument)
    if is_event:
        return Step(known.day, False, None, _EVENT.format(day=_why(known)), "event", bare)
    return Step(known.day, False, None, _why(known), known.kind, bare, known.instrument)


_NTH = {
    WORKING_DAYS: Text(vi="ngày làm việc thứ {n}: {day}", en="working day {n}: {day}"),
    DAYS: Text(vi="ngày thứ {n}: {day}", en="day {n}: {day}"),
    MONTHS: Text(vi="ngày thứ {n}: {day}", en="day {n}: {day}"),
    HOURS: Text(vi="hết giờ làm việc thứ {n}: {day}", en="{n} working hours by its end: {day}"),
    DAY_OF_MONTH: Text(vi="ngày {n} của tháng: {day}", en="day {n} of the month: {day}"),
}
_NOW = Text(vi="ngay", en="at once")
_SAME_DAY = Text(
    vi="Làm ngay trong ngày; chậm nhất là hạn trên.", en="To be done the same day, at latest by this date."
)
_AT_ONCE = Text(vi="Làm ngay, không chờ giờ làm việc.", en="To be done at once, outside office hours too.")
_MORNING = Text(vi="buổi sáng", en="in the morning")
_BY_MORNING = Text(vi="Chậm nhất trong buổi sáng của ngày đó.", en="At latest in the morning of that day.")
_AT_LEAST = Text(
    vi="Đây là thời gian tối thiểu: không được kết thúc trước ngày này.",
    en="This is the shortest time: it may not end before this date.",
)
_CONSENT = Text(vi="Quá hạn không trả lời thì coi là đồng ý.", en="Who has not answered by then is taken to agree.")
_EVENT = Text(vi="ngày phát sinh, không tính ({day})", en="day of the event, not counted ({day})")


def _why(known: CalendarDay) -> Text:
    weekday = WEEKDAYS[known.day.weekday()]
    if known.kind in {"working", "rest"}:
        return weekday
    return Text(vi=f"{weekday.vi}, {known.reason.vi}", en=f"{weekday.en}, {known.reason.en}")
