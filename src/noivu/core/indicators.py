"""The vocabulary in which a room declares its figures beside the records they count."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from noivu.core.dates import DateRange
from noivu.core.wording import Text


@dataclass(frozen=True, slots=True)
class Reading:
    """How records are read for a figure: the days of the period, the last day that counts, and what was known when.

    `range` is half-open. `as_of` is included: what happened later that day's end is not seen. `known_at` None: now.
    """

    range: DateRange
    as_of: date
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record behind a figure, as a list shows it."""

    id: int
    unit_id: int
    label: str
    url: str
    note: str = ""


Rows = QuerySet[Any] | Sequence[QuerySet[Any]]


@dataclass(frozen=True)
class BaseSet:
    """The records that a family of figures counts.

    `rows` gives a queryset for a reading, or several disjoint ones (an OR over dates is written so: each stays an index
    range). `unit` is the column that says for whom a record counts. `source` is the register that is read. Neither rows
    nor conditions join to many (one record would count several times): that is written with Exists(). For lists of
    records: `related` is fetched with a row, `order` sorts them, `verb` is what a reader must be allowed to do.
    `went_to` is the column that says where a record itself is now, if it follows the successor of its unit, and
    `came_from` where it began. `key` is the column by which a record is the same one at every reading, where that is
    not its own key.
    """

    code: str
    label: Text
    rows: Callable[[Reading], Rows]
    describe: Callable[[Any], RecordLine]
    source: str
    unit: str = "unit_id"
    related: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    verb: str = "figures.view"
    went_to: str = ""
    came_from: str = ""
    key: str = "pk"

    def told_by(self, *, onward: bool) -> str:
        """The column by which a record itself says with which successor, or predecessor, of its unit it was."""
        return self.went_to if onward else self.came_from


@dataclass(frozen=True)
class Breakdown:
    """A way to part an indicator: the path of a column and how its values are worded.

    `kind` "unit": the column holds a unit; "word": `words` says each value; "text": the value is its own word; "month":
    it holds a day, and the part is its month. `by` gives the value for a reading where no column holds it.
    """

    code: str
    label: Text
    path: str
    kind: str = "unit"
    words: tuple[tuple[Any, Text], ...] = ()
    by: Callable[[Reading], Any] | None = None


@dataclass(frozen=True)
class Indicator:
    """A figure: a base set, a condition, a measure. `total` None counts records; else it sums that integer column.
    `is_stock`: the condition says whether a record is there at all on the day; what no longer meets it has left.

    `timeliness` is the shape it has as a part of an identity (a code of `ui.shapes.TIMELINESS`). `by_law`: its
    condition reads the calendar or parameters, so that it is never kept compiled.
    """

    code: str
    label: Text
    concept: Text
    method: Text
    measured_in: Text
    base: str
    condition: Callable[[Reading], Q] | None = None
    total: str | None = None
    breakdowns: tuple[Breakdown, ...] = ()
    completeness: str = "final"
    timeliness: str = "none"
    is_stock: bool = False
    by_law: bool = False


@dataclass(frozen=True)
class Rate:
    """A share of two indicators, in per cent, computed from its parts; never summed or averaged."""

    code: str
    label: Text
    concept: Text
    method: Text
    part: str
    whole: str


@dataclass(frozen=True)
class Identity:
    """A balance that must hold: the whole equals the sum of its parts."""

    code: str
    label: Text
    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """A register that feeds figures: the model that holds it, whose row belongs to which unit, when it was changed.

    `only` are the values of columns by which the register is told from others of the same model. One `made_of` others
    is as fresh as the last of these.
    """

    code: str
    label: Text
    model: type[Model]
    instant: str = "recorded_at"
    unit: str = "unit_id"
    only: tuple[tuple[str, Any], ...] = ()
    made_of: tuple[str, ...] = ()
