"""One page of a long list, as quick on the last page as on the first, and never counting more than is worth saying."""

import base64
import binascii
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, OrderBy, Q, QuerySet

from noivu.ui.tables.state import State

Row = TypeVar("Row")
Shown = TypeVar("Shown")
COUNTED_AT_MOST = 10_000
_STRETCH = timedelta(days=14)
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Order:
    """How a sort orders rows: by one column, where rows are equal in it by the `then` column, then by primary key; all
    in the same direction.

    An index on (column, id) makes every page quick. A column that may be empty sorts its empty rows last, always; there
    the further pages cost a walk of the index.
    """

    column: str
    may_be_empty: bool = False
    then: "Order | None" = None

    @property
    def columns(self) -> "tuple[Order, ...]":
        """Each column that orders, the first one first."""
        return (self, *(self.then.columns if self.then else ()))


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page with their place in the whole.

    `count` is exact unless `has_uncounted`: then there are more than `count`. `next` and `previous` are what the
    address must hold to go there ("" at the ends).
    """

    rows: Sequence[Row]
    count: int
    has_uncounted: bool = False
    first_position: int = 1
    next: str = ""
    previous: str = ""

    @property
    def last_position(self) -> int:
        return self.first_position + len(self.rows) - 1

    def showing(self, rows: Iterable[Shown]) -> "Page[Shown]":
        """The same place in the whole with its rows as they are shown: one for each row, in their order."""
        shown = list(rows)
        return Page(shown, self.count, self.has_uncounted, self.first_position, self.next, self.previous)


def page_of(
    rows: QuerySet[Any, Row],
    state: State,
    orders: Mapping[str, Order],
    *,
    size: int = PAGE_SIZE,
    count: int | None = None,
    counted: int = COUNTED_AT_MOST,
    begins_on: date | None = None,
) -> Page[Row]:
    """One page of a queryset in the state's order: one query, and one more that counts (no more than `counted`) unless
    `count` is known.

    `begins_on`, for the order of a day alone: about where a long list begins, where no index holds that order. Then the
    page is sought in the two weeks from there (or from the page before), and only then among all: one query more at
    most, where sorting all rows costs several times what sorting those does.

    `orders` maps the register's sort keys to columns. Rows may be models or dicts of `.values()`; those must hold the
    column and `pk`.
    """
    order = orders[state.sort]
    backwards = bool(state.before) and not state.after
    down = state.descends != backwards
    ordered = rows.order_by(*_order_by(order, down, backwards))
    ordered, is_anchored = _from_anchor(ordered, order, state, backwards)
    end = None if down or backwards or begins_on is None else _end(order, state.after, begins_on)
    found = _first_rows(ordered, order, end, size + 1)
    has_further = len(found) > size
    shown = found[:size][::-1] if backwards else found[:size]
    first = _first_position(state, is_anchored, backwards, len(shown))
    total, has_uncounted = (count, False) if count is not None else count_up_to(rows, counted)
    return Page(
        rows=shown,
        count=total,
        has_uncounted=has_uncounted,
        first_position=first,
        next=_anchor_of(shown[-1], order) if shown and (has_further or backwards) else "",
        previous=_anchor_of(shown[0], order) if shown and first > 1 else "",
    )


def _end(order: Order, after: str, begins_on: date) -> date | None:
    """The day up to which the next page is sought, before it is sought among all."""
    value, *_ = _read_anchor(after, len(order.columns)) or (begins_on,)
    return value + _STRETCH if isinstance(value, date) and value.year < date.max.year else None


def _first_rows(rows: QuerySet[Any, Row], order: Order, end: date | None, size: int) -> list[Row]:
    """The first rows in ascending order: as many up to a day as are wanted are the first of all."""
    found = list(rows.filter(**{f"{order.column}__lte": end})[:size]) if end else []
    return found if len(found) == size else list(rows[:size])


def in_order(rows: QuerySet[Any, Row], state: State, orders: Mapping[str, Order]) -> QuerySet[Any, Row]:
    """All the rows in the order in which `page_of` shows them: what is exported is the list."""
    return rows.order_by(*_order_by(orders[state.sort], state.descends, backwards=False))


def page_of_list(rows: Sequence[Row], state: State, *, size: int = PAGE_SIZE) -> Page[Row]:
    """One page of rows that are in memory already, in their order; the anchors are positions."""
    anchor = state.before if state.before and not state.after else state.after
    start = int(anchor) if anchor.isascii() and anchor.isdecimal() and len(anchor) < 12 else 0
    start = min(start, max(len(rows) - 1, 0))
    end = start + size
    return Page(
        rows=rows[start:end],
        count=len(rows),
        first_position=start + 1,
        next=str(end) if end < len(rows) else "",
        previous=str(max(start - size, 0)) if start else "",
    )


def count_up_to(rows: QuerySet[Any, Any], limit: int) -> tuple[int, bool]:
    """How many rows, and whether there are more than the limit; the database stops there."""
    counted = rows.order_by().values("pk")[: limit + 1].count()
    return (limit, True) if counted > limit else (counted, False)


def _order_by(order: Order, down: bool, backwards: bool) -> list[OrderBy | str]:
    return [*(_by_column(one, down, backwards) for one in order.columns), "-pk" if down else "pk"]


def _by_column(order: Order, down: bool, backwards: bool) -> OrderBy:
    column = F(order.column)
    if not order.may_be_empty:
        return column.desc() if down else column.asc()
    # Read backwards, what stands last comes first.
    if backwards:
        return column.desc(nulls_first=True) if down else column.asc(nulls_first=True)
    return column.desc(nulls_last=True) if down else column.asc(nulls_last=True)


def _beyond(columns: Sequence[Order], anchor: Sequence[Any], down: bool, backwards: bool) -> Q:
    """The rows that come after the anchor in reading direction: further in the first column, or equal in it and further
    in those after it; last comes the key."""
    value, *values = anchor
    side = "lt" if down else "gt"
    if not columns:
        return Q(**{f"pk__{side}": value})
    order, *others = columns
    column, further = order.column, _beyond(others, values, down, backwards)
    if value is None:
        same_and_further = Q(**{f"{column}__isnull": True}) & further
        return same_and_further | Q(**{f"{column}__isnull": False}) if backwards else same_and_further
    # Written as a bound first, so that the index is entered at the anchor and not walked from its beginning.
    bound = Q(**{f"{column}__{side}e": value})
    beyond = bound & (Q(**{f"{column}__{side}": value}) | (Q(**{column: value}) & further))
    if order.may_be_empty and not backwards:
        return beyond | Q(**{f"{column}__isnull": True})
    return beyond


def _from_anchor(
    ordered: QuerySet[Any, Row], order: Order, state: State, backwards: bool
) -> tuple[QuerySet[Any, Row], bool]:
    """The rows from the anchor on; one whose values the column cannot hold was not made here and is passed over."""
    anchor = _read_anchor(state.before if backwards else state.after, len(order.columns))
    if anchor is None:
        return ordered, False
    try:
        return ordered.filter(_beyond(order.columns, anchor, state.descends != backwards, backwards)), True
    except (TypeError, ValueError, ValidationError):
        return ordered, False


def _first_position(state: State, is_anchored: bool, backwards: bool, shown: int) -> int:
    if not is_anchored:
        return 1
    return max(state.at - shown, 1) if backwards else state.at


def _value_of(row: Any, column: str) -> Any:
    if isinstance(row, Mapping):
        return row[column]
    for name in column.split("__"):
        row = getattr(row, name)
    return row


def _anchor_of(row: Any, order: Order) -> str:
    written = [part for one in order.columns for part in _written(_value_of(row, one.column))]
    packed = json.dumps([*written, _value_of(row, "pk")], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def _written(value: Any) -> tuple[str, Any]:
    kind = "t" if isinstance(value, datetime) else "d" if isinstance(value, date) else "v"
    return kind, value.isoformat() if kind in "td" else value


def _read_anchor(anchor: str, number: int) -> list[Any] | None:
    """The values, as many as columns order, and the key of an anchor; None when it is absent or not ours: then the
    first page is shown."""
    try:
        *written, key = json.loads(base64.urlsafe_b64decode(anchor + "=" * (-len(anchor) % 4)))
        values = [_read(kind, value) for kind, value in zip(written[::2], written[1::2], strict=True)]
    except (ValueError, TypeError, RecursionError, binascii.Error):
        return None
    are_plain = all(value is None or isinstance(value, str | date) or _fits(value) for value in values)
    is_ours = len(values) == number and are_plain and (isinstance(key, str) or _fits(key))
    return [*values, key] if is_ours else None


def _read(kind: Any, value: Any) -> Any:
    if kind == "t":
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if kind == "d" else value


def _fits(number: Any) -> bool:
    """Whether it is a whole number that a column can hold."""
    return isinstance(number, int) and abs(number) < 1 << 63
