"""From a figure back to its records: the very rows that were counted, and how they part."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.indicators import BaseSet, Breakdown, Indicator, RecordLine
from noivu.core.querysets import number_of
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.figures.across import records_across
from noivu.figures.counting import measure, parts_of
from noivu.figures.ground import UNITS, Ground
from noivu.figures.questions import Question
from noivu.figures.registry import DECLARED, Declarations

PAGE_LENGTH = 50
MONTH = "month"


def drill(code: str, question: Question, *, ground: Ground = UNITS, declared: Declarations = DECLARED) -> QuerySet[Any]:
    """The records behind a figure: the same reading, condition and units as when it was counted.

    Their number is the figure (for a figure that sums a column, the sum over them is). Of a figure that is estimated,
    because it is read in another day's structure: all records of the units of which it holds a share.
    """
    indicator = declared.counted(code)
    base = declared.bases[indicator.base]
    reading = question.reading
    conditions = [indicator.condition(reading)] if indicator.condition else []
    within = _within(question, base, ground)
    return _together([rows.filter(*conditions, within) for rows in parts_of(base, reading)])


def _within(question: Question, base: BaseSet, ground: Ground) -> Q:
    if question.structure is not None:
        return records_across(question, base)
    [reach] = ground.reaches([question])
    return Q(**{f"{base.unit}__in": reach})


def _together(parts: Sequence[QuerySet[Any]]) -> QuerySet[Any]:
    """One queryset of the disjoint parts, which may still be filtered and ordered."""
    first, *others = parts
    if not others:
        return first
    keys = first.order_by().values("pk").union(*(part.order_by().values("pk") for part in others), all=True)
    together: QuerySet[Any] = first.model._default_manager.filter(pk__in=keys)
    return together


@dataclass(frozen=True)
class Records:
    """A page of the records behind a figure: how many were counted, how many this reader may open, and some of them."""

    indicator: Indicator
    counted: int
    shown: int
    lines: tuple[RecordLine, ...]
    page: int = 1
    page_length: int = PAGE_LENGTH

    @property
    def pages(self) -> int:
        return max(1, -(-self.shown // self.page_length))

    @property
    def first_number(self) -> int:
        """The place of the page's first record among all that are shown."""
        return (self.page - 1) * self.page_length + 1

    @property
    def previous_page(self) -> int:
        return self.page - 1

    @property
    def next_page(self) -> int:
        return self.page + 1

    @property
    def summary(self) -> Text:
        """287 counted, 74 shown to you: never a smaller figure."""
        if self.counted == self.shown:
            return Text(vi="{n} bản ghi", en="{n} record||{n} records").format(n=self.counted)
        return Text(
            vi="Đếm {n} bản ghi, được xem {shown}",
            en="{n} counted, {shown} shown to you",
        ).format(n=self.counted, shown=self.shown)


def records(
    code: str,
    question: Question,
    *,
    actor: Actor,
    page: int = 1,
    page_length: int | None = PAGE_LENGTH,
    counted: int | None = None,
    ground: Ground = UNITS,
    declared: Declarations = DECLARED,
) -> Records:
    """The records behind a figure that the actor may open, a page at a time (`page_length` None: all of them).

    `counted` spares the counting where the figure was just asked for and counts records (see `counts_records`).
    """
    indicator = declared.counted(code)
    base = declared.bases[indicator.base]
    behind = drill(code, question, ground=ground, declared=declared)
    allowed = access.scope(actor, base.verb, behind).order_by(*base.order, "pk").select_related(*base.related)
    first = (page - 1) * (page_length or 0)
    listed = allowed.annotate(figure_shown=number_of(allowed))[first : first + page_length if page_length else None]
    rows = list(listed)
    shown = rows[0].figure_shown if rows else allowed.count() if page > 1 else 0
    return Records(
        indicator=indicator,
        counted=behind.count() if counted is None else counted,
        shown=shown,
        lines=tuple(base.describe(row) for row in rows),
        page=page,
        page_length=page_length or max(shown, 1),
    )


def counts_records(indicator: Indicator) -> bool:
    """Whether the figure is the number of its records, and not the sum of a column of theirs."""
    return indicator.total is None


@dataclass(frozen=True)
class Part:
    """One part of a figure: the value of the column that parts it, and its share. None: the column is empty."""

    value: Any
    count: int


def breakdown(
    code: str, question: Question, by: str, *, ground: Ground = UNITS, declared: Declarations = DECLARED
) -> tuple[Part, ...]:
    """A figure parted by one of its declared breakdowns, largest part first, months in their order; the parts sum to
    the figure."""
    indicator = declared.counted(code)
    way = _declared_breakdown(indicator, by)
    reading = question.reading
    rows = drill(code, question, ground=ground, declared=declared)
    value = way.by(reading) if way.by else F(way.path)
    valued = rows.order_by().select_related(None).values(figure_part=value)
    found: Counter[Any] = Counter()
    for row in valued.annotate(figure_count=measure(indicator, reading)):
        found[_part_of(row["figure_part"], way)] += int(row["figure_count"])
    parts = (Part(value, count) for value, count in found.items())
    return tuple(sorted(parts, key=lambda part: (0 if way.kind == MONTH else -part.count, str(part.value))))


def _part_of(value: Any, way: Breakdown) -> Any:
    """The first day of the month stands for it: days are few, and are summed here."""
    return value.replace(day=1) if way.kind == MONTH and value is not None else value


def _declared_breakdown(indicator: Indicator, by: str) -> Breakdown:
    for way in indicator.breakdowns:
        if way.code == by:
            return way
    ways = ", ".join(way.code for way in indicator.breakdowns) or "–"
    raise Refusal(
        what=Text(vi=f"{indicator.code} không phân tổ theo “{by}”.", en=f"{indicator.code} is not parted by “{by}”."),
        do=Text(vi=f"Chọn một trong: {ways}.", en=f"Choose one of: {ways}."),
        code="breakdown",
    )
