"""“Why this date” as a reader sees it: runs of days instead of single ones (vì sao hạn là ngày này)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from noivu.core.wording import Text
from noivu.law.constants import MARKS
from noivu.law.deadlines import Deadline, Step
from noivu.law.parameter_files import DAY_OF_MONTH, DAYS, HOURS, MONTHS, WORKING_DAYS
from noivu.law.public_holidays import WEEKDAYS


@dataclass(frozen=True, slots=True)
class WhyRow:
    """A run of days. `number`: the count reached at its end. `tone`: event, counted, skip or end."""

    number: str
    first: date
    last: date
    words: Text
    tone: str

    @property
    def days(self) -> str:
        """21/10, 22 – 25/10 or 28/10 – 01/11."""
        if self.first == self.last:
            return f"{self.first:%d/%m}"
        head = f"{self.first:%d}" if self.first.month == self.last.month else f"{self.first:%d/%m}"
        return f"{head} – {self.last:%d/%m}"


@dataclass(frozen=True, slots=True)
class WhyDate:
    """What `law/why_date.html` shows."""

    due_on: date
    rows: tuple[WhyRow, ...]
    rule: Text | None
    instrument: str
    article: str
    mark: Text | None
    note: str
    doubt: Text | None
    conditions: tuple[Text, ...] = ()


def why_date(deadline: Deadline) -> WhyDate:
    """A deadline grouped for reading: counted runs, skipped runs with their reason, the due day last."""
    return WhyDate(
        due_on=deadline.due_on,
        rows=tuple(_rows(deadline)),
        rule=deadline.label,
        instrument=deadline.instrument,
        article=deadline.article,
        mark=MARKS.get(deadline.mark),
        note=deadline.note,
        doubt=deadline.doubt,
        conditions=deadline.conditions,
    )


def _rows(deadline: Deadline) -> Iterator[WhyRow]:
    *before, last = deadline.steps
    for (_, bare), run in groupby(before, key=lambda step: _key(step, deadline.counts)):
        yield _row(list(run), bare)
    yield _end(last, deadline)


def _key(step: Step, counts: str) -> tuple[str, Text | None]:
    """What makes neighbours one run: plain worked days, days of rest, or the same holiday."""
    if step.kind == "event":
        return "event", None
    if step.counted:
        plain = counts not in {WORKING_DAYS, HOURS} or step.kind == "working"
        return "counted", None if plain else step.bare
    return "skip", None if step.kind == "rest" else step.bare


def _row(run: list[Step], bare: Text | None) -> WhyRow:
    first, last = run[0], run[-1]
    if first.kind == "event":
        return WhyRow("0", first.date, last.date, first.reason, "event")
    tone = "counted" if first.counted else "skip"
    number = str(last.number) if last.number is not None else "–"
    return WhyRow(number, first.date, last.date, bare or weekday_words(first.date, last.date, tone), tone)


def weekday_words(first: date, last: date, tone: str) -> Text:
    """The words of a run of plain days of the week."""
    begins, ends = WEEKDAYS[first.weekday()], WEEKDAYS[last.weekday()]
    if first == last:
        return begins
    if (last - first).days == 1 and tone == "skip":
        return Text(vi=f"{begins.vi}, {ends.vi}", en=f"{begins.en}, {ends.en}")
    return Text(vi=f"{begins.vi} đến {ends.vi}", en=f"{begins.en} to {ends.en}")


def _end(last: Step, deadline: Deadline) -> WhyRow:
    if last.kind == "event":
        words = Text(vi="ngay khi phát sinh: hạn", en="at once: due")
    elif last.number is None:
        words = Text(vi="{day}: hạn, chuyển sang ngày làm việc", en="{day}: due, moved to a working day")
    else:
        words = _ENDS[deadline.counts]
    number = str(last.number) if last.number is not None else "–"
    return WhyRow(number, last.date, last.date, words.format(n=last.number, day=last.bare), "end")


_ENDS = {
    WORKING_DAYS: Text(vi="ngày làm việc thứ {n}: hạn", en="working day {n}: due"),
    DAYS: Text(vi="ngày thứ {n}, {day}: hạn", en="day {n}, {day}: due"),
    MONTHS: Text(vi="đủ số tháng, {day}: hạn", en="the months are over, {day}: due"),
    HOURS: Text(vi="giờ làm việc thứ {n}: hạn", en="working hour {n}: due"),
    DAY_OF_MONTH: Text(vi="ngày {n} của tháng, {day}: hạn", en="day {n} of the month, {day}: due"),
}
