"""Why a figure moved: the bridge from its value in one period to its value in another, record by record.

Both values are sets of records, so their difference is that between two sets, and every record that is in one only (or
counts for more in one) has exactly one cause. A record is the same one at both readings by its key. Looked at are the
first period and the second, each in the units of its own last day; the causes, in the order in which they are tried:

* *late entry*: counted in the first period as the register stands now, and first recorded after the instant at which
  the first value was read (`known_at` of the first question; without one the first value is read as of now, too, and
  there are no late entries and no corrections);
* *correction*: counted in the first period either then or now and not both, though it was recorded by that instant;
  or counted for another number;
* *reorganisation*: counted in both periods, in this unit in one and elsewhere in the other, because its unit was
  merged, parted or placed elsewhere; or counted in one period only, in a unit of which nothing belonged here in the
  other;
* *moved*: counted in both periods, here in one and elsewhere in the other, and no reorganisation led from there;
* *reclassified*: among the records of both periods (the base set), and meets the condition in one only; or is counted
  for another number;
* *joined*: counted in the second period, and not among the records of the first; *left*: the other way round. (Where
  the condition says whether a record is there at all, `is_stock`, what does not meet it is not among the records.)

Of a flow (the records of a period) all is joined and left, but for periods that overlap and for units that came or
went. Of a stock (what is open on a day) what stayed open is in both sets and no cause of any difference.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db.models import Case, F, IntegerField, Min, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.bulk import in_chunks
from noivu.core.indicators import BaseSet, Indicator, RecordLine
from noivu.core.wording import Text
from noivu.figures.carriage import Ways, carried_between
from noivu.figures.counting import parts_of
from noivu.figures.ground import UNITS, Ground, known_tree
from noivu.figures.questions import Question
from noivu.figures.registry import DECLARED, Declarations

_KEYS_AT_ONCE = 5_000


class Cause(StrEnum):
    """Why a record counts in one value and not in the other."""

    JOINED = "joined"
    LEFT = "left"
    MOVED = "moved"
    RECLASSIFIED = "reclassified"
    LATE_ENTRY = "late_entry"
    CORRECTION = "correction"
    REORGANISATION = "reorganisation"


CAUSES: dict[Cause, tuple[Text, Text]] = {
    Cause.JOINED: (
        Text(vi="Mới phát sinh", en="Joined"),
        Text(vi="được đếm ở kỳ sau, kỳ trước chưa có", en="counted in the second period, not there in the first"),
    ),
    Cause.LEFT: (
        Text(vi="Không còn", en="Left"),
        Text(vi="được đếm ở kỳ trước, kỳ sau không còn", en="counted in the first period, no longer there"),
    ),
    Cause.MOVED: (
        Text(vi="Chuyển đơn vị", en="Moved"),
        Text(vi="chuyển từ hoặc sang đơn vị khác", en="came from, or went to, another unit"),
    ),
    Cause.RECLASSIFIED: (
        Text(vi="Đổi tình trạng", en="Reclassified"),
        Text(vi="có ở cả hai kỳ, chỉ một kỳ đủ điều kiện đếm", en="in both periods, meets the condition in one"),
    ),
    Cause.LATE_ENTRY: (
        Text(vi="Nhập muộn", en="Late entry"),
        Text(vi="thuộc kỳ trước, ghi nhận sau khi đã đọc số", en="of the first period, recorded after it was read"),
    ),
    Cause.CORRECTION: (
        Text(vi="Đính chính", en="Correction"),
        Text(vi="thuộc kỳ trước, được sửa sau khi đã đọc số", en="of the first period, corrected after it was read"),
    ),
    Cause.REORGANISATION: (
        Text(vi="Sắp xếp đơn vị", en="Reorganisation"),
        Text(vi="ở đơn vị nhập vào hoặc tách ra", en="in a unit that was merged in, or parted off"),
    ),
}


@dataclass(frozen=True)
class Bridge:
    """The two values, and by cause the records that make the difference: for each its key and by how much it counts."""

    indicator: Indicator
    first: Question
    second: Question
    values: tuple[int, int]
    by_cause: Mapping[Cause, Mapping[int, int]]

    @property
    def change(self) -> int:
        return self.values[1] - self.values[0]

    def part(self, cause: Cause) -> int:
        """The part of the change that has this cause."""
        return sum(self.by_cause[cause].values())


@dataclass(frozen=True)
class _Row:
    """How a record stands at a reading: in which unit, whether the condition is met, for how much it counts."""

    unit: int
    counts: bool
    measure: int


def bridge(
    code: str, first: Question, second: Question, *, ground: Ground = UNITS, declared: Declarations = DECLARED
) -> Bridge:
    """Explain a figure of one unit between two periods: one statement for the records at both ends, one for what became
    at the other of each five thousand that are at one only; compared in memory. The parts sum to the change."""
    indicator = declared.counted(code)
    sides = _Sides(indicator, declared.bases[indicator.base], first, second, ground)
    by_cause: dict[Cause, dict[int, int]] = {cause: {} for cause in Cause}
    before, after = sides.first, sides.second
    for key in before.keys() | after.keys():
        measures = [rows[key].measure if key in rows else 0 for rows in (before, after)]
        if measures[0] != measures[1]:
            by_cause[sides.cause(key)][key] = measures[1] - measures[0]
    values = (sum(row.measure for row in before.values()), sum(row.measure for row in after.values()))
    return Bridge(indicator, first, second, values, by_cause)


def bridge_records(
    found: Bridge, cause: Cause, *, actor: Actor, declared: Declarations = DECLARED
) -> list[tuple[RecordLine, int]]:
    """The records of a cause that the actor may open, each with its part of the change; as they stand in the second
    period, or where they are only in the first, there."""
    base = declared.bases[found.indicator.base]
    change = found.by_cause[cause]
    lines: dict[int, RecordLine] = {}
    for question in (found.second, found.first):
        wanted = [key for key in sorted(change) if key not in lines]
        for some in in_chunks(wanted, _KEYS_AT_ONCE):
            for row in _described(base, question, some, actor):
                lines[row.figure_key] = base.describe(row)
    return [(lines[key], change[key]) for key in sorted(lines)]


def _described(base: BaseSet, question: Question, keys: Sequence[int], actor: Actor) -> Iterator[Any]:
    for rows in parts_of(base, question.reading):
        allowed = access.scope(actor, base.verb, rows.annotate(figure_key=_key(base, rows, question)))
        yield from allowed.filter(figure_key__in=keys).select_related(*base.related)


def _key(base: BaseSet, rows: QuerySet[Any], question: Question) -> Any:
    """By what a record is the same one: past versions of a row stand for the row."""
    has_versions = any(column.name == "version_of" for column in rows.model._meta.get_fields())
    if base.key == "pk" and has_versions and question.known_at is not None:
        return Coalesce("version_of_id", "pk")
    return F(base.key)


@dataclass
class _Sides:
    """What stands at either end, and what became of the records of each at the other."""

    indicator: Indicator
    base: BaseSet
    one: Question
    two: Question
    ground: Ground
    _read: dict[int, dict[int, _Row]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        now = replace(self.one, known_at=None)
        looks = [(0, now, self._here(now)), (1, self.two, self._here(self.two))]
        if self.one.known_at is not None:
            looks.append((4, self.one, self._here(self.one)))
        self._take(looks)
        came = sorted(self.second.keys() - self._read[0].keys())
        went = sorted((self._read[0].keys() | self.first.keys()) - self.second.keys())
        for start in range(0, max(len(came), len(went)), _KEYS_AT_ONCE):
            some = slice(start, start + _KEYS_AT_ONCE)
            self._take([(2, now, _of(came[some])), (3, self.two, _of(went[some]))])

    def _take(self, looks: Iterable[tuple[int, Question, "_Filter"]]) -> None:
        """Read the rows of some looks in one statement. Rows of one record that count add up."""
        for tag, key, unit, counts, measure in self._rows(looks):
            known = self._read[tag].get(key)
            if known is not None and known.counts and counts:
                measure += known.measure
            if known is None or counts:
                self._read[tag][key] = _Row(unit, bool(counts), int(measure or 0))

    @property
    def first(self) -> Mapping[int, _Row]:
        return self._read[4] if self.one.known_at is not None else self._read[0]

    @property
    def second(self) -> Mapping[int, _Row]:
        return self._read[1]

    def cause(self, key: int) -> Cause:
        """Why a record does not count the same at both ends."""
        then, now, later = self.first.get(key), self._read[0].get(key), self.second.get(key)
        if (then and then.measure) != (now and now.measure):
            return Cause.CORRECTION if then is not None or key in self._known_then else Cause.LATE_ENTRY
        if then is not None and later is not None:
            return Cause.RECLASSIFIED
        if later is not None:
            return self._came(later, self._there(self._read[2].get(key)))
        assert then is not None
        return self._went(then, self._there(self._read[3].get(key)))

    def _came(self, row: _Row, before: _Row | None) -> Cause:
        if before is None:
            return Cause.JOINED if self._was_here(row.unit) else Cause.REORGANISATION
        if not before.counts:
            return Cause.RECLASSIFIED
        return Cause.REORGANISATION if self._led(before.unit, row.unit) else Cause.MOVED

    def _went(self, row: _Row, after: _Row | None) -> Cause:
        if after is None:
            return Cause.LEFT if self._is_here(row.unit) else Cause.REORGANISATION
        if not after.counts:
            return Cause.RECLASSIFIED
        return Cause.REORGANISATION if self._led(row.unit, after.unit) else Cause.MOVED

    def _there(self, row: _Row | None) -> _Row | None:
        """A record at the other end: of a stock, what does not meet its condition is not there."""
        return None if row is None or (self.indicator.is_stock and not row.counts) else row

    # units

    def _was_here(self, unit: int) -> bool:
        """Whether something of a unit of the second period belonged here in the first."""
        return not self._reaches[0].isdisjoint(self._back.get(unit, frozenset({unit})))

    def _is_here(self, unit: int) -> bool:
        """Whether something of a unit of the first period belongs here in the second."""
        return not self._reaches[1].isdisjoint(self._onward.get(unit, frozenset({unit})))

    def _led(self, before: int, after: int) -> bool:
        """Whether a reorganisation led from a unit to another, or the unit is the same and itself stands elsewhere."""
        led = self._onward.get(before, frozenset({before}))
        return before == after or not led.isdisjoint(self._standing.get(after, frozenset({after})))

    @cached_property
    def _reaches(self) -> tuple[frozenset[int], ...]:
        """The units that belong here, in the first period and in the second."""
        asked = (self.one, self.two)
        return tuple(known_tree(q.tree_day, q.known_at).reach(q.unit_id, q.line) for q in asked)

    @cached_property
    def _onward(self) -> Mapping[int, frozenset[int]]:
        return _units(carried_between(self.one.tree_day, self.two.tree_day))

    @cached_property
    def _back(self) -> Mapping[int, frozenset[int]]:
        return _units(carried_between(self.two.tree_day, self.one.tree_day))

    @cached_property
    def _standing(self) -> Mapping[int, frozenset[int]]:
        return _units(carried_between(self.two.tree_day, self.two.tree_day))

    # records

    def _rows(self, looks: Iterable[tuple[int, Question, "_Filter"]]) -> Iterator[tuple[Any, ...]]:
        together = []
        for tag, question, only in looks:
            condition = self.indicator.condition(question.reading) if self.indicator.condition else None
            counts = Value(1) if condition is None else Case(When(condition, then=1), default=0)
            for rows in parts_of(self.base, question.reading):
                columns = {
                    "figure_tag": Value(tag, output_field=IntegerField()),
                    "figure_key": _key(self.base, rows, question),
                    "figure_unit": F(self.base.unit),
                    "figure_counts": counts,
                    "figure_measure": F(self.indicator.total) if self.indicator.total else Value(1),
                }
                read = only(rows.order_by().select_related(None).annotate(**columns))
                together.append(read.values_list(*columns))
        first, *others = together
        yield from (first.union(*others, all=True) if others else first)

    def _here(self, question: Question) -> "_Filter":
        """Rows that are counted here."""
        [reach] = self.ground.reaches([question])
        conditions = [self.indicator.condition(question.reading)] if self.indicator.condition else []
        return lambda rows: rows.filter(*conditions, **{f"{self.base.unit}__in": reach})

    @cached_property
    def _known_then(self) -> set[int]:
        """Of the records counted now and not then, those that were in the register by then."""
        added = sorted(self._read[0].keys() - self.first.keys())
        model = parts_of(self.base, self.two.reading)[0].model
        found: set[int] = set()
        key = _key(self.base, model._default_manager.all(), self.one)
        for some in in_chunks(added, _KEYS_AT_ONCE):
            rows = model._default_manager.order_by().annotate(figure_key=key)
            since = rows.filter(figure_key__in=some).values("figure_key")
            known = since.annotate(figure_since=Min("recorded_at")).filter(figure_since__lte=self.one.known_at)
            found.update(known.values_list("figure_key", flat=True))
        return found


_Filter = Callable[[QuerySet[Any]], QuerySet[Any]]


def _of(keys: Sequence[int]) -> _Filter:
    """Rows, wherever they are, of some records. The keys are written out: a database binds fewer values."""
    written = RawSQL(",".join(map(str, keys)) or "NULL", ())  # noqa: S611  whole numbers
    return lambda rows: rows.filter(figure_key__in=written)


def _units(ways: Ways) -> dict[int, frozenset[int]]:
    """By unit, all that have some of it."""
    found = {unit: frozenset({place}) for place, gone in ways.whole.items() for unit in gone}
    return found | {unit: way.units for unit, way in ways.divided.items()}
