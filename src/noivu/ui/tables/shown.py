"""A register as its template draws it for one reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from noivu.core import access, clock
from noivu.core.wording import Text, active_language
from noivu.ui.guards import actor_of
from noivu.ui.marks import counted
from noivu.ui.shapes import Shape
from noivu.ui.tables.filters import ChoiceFilter, Filter
from noivu.ui.tables.paging import Page
from noivu.ui.tables.state import OPENED, State
from noivu.ui.tables.views import (
    BOARD,
    CALENDAR,
    Month,
    ShownLane,
    ShownView,
    lanes,
    month,
    month_of,
    shown_views,
    view_of,
)

if TYPE_CHECKING:
    from noivu.ui.tables.declarations import BulkVerb, Column, Empty, Register


NOTHING_FITS = Text(vi="Không có dòng nào khớp", en="No row fits")
NOTHING_FITS_WHY = Text(
    vi="Không dòng nào của phần này có đủ các điều kiện đã chọn. Bỏ bớt điều kiện, hoặc tìm bằng ít từ hơn.",
    en="No row of this part meets all conditions. Drop a condition, or search with fewer words.",
)
NOTHING_YET = Text(vi="Phần này của sổ chưa có dòng nào", en="This part of the register has no rows")
NOTHING_YET_WHY = Text(
    vi="Chọn kỳ khác hoặc phần khác của sổ; dòng mới hiện ở đây ngay khi được ghi.",
    en="Choose another period or part; new rows appear here as soon as they are entered.",
)
DROP_ALL = Text(vi="Bỏ mọi điều kiện", en="Drop all conditions")


@dataclass(frozen=True)
class ShownEmpty:
    title: Text
    words: Text
    href: str
    action: Text


@dataclass(frozen=True)
class ShownCut:
    label: Text
    href: str
    sign: str
    shape: Shape | None
    is_current: bool
    count: int | None


@dataclass(frozen=True)
class ShownHead:
    label: Text
    css: str
    href: str
    aria_sort: str

    @property
    def arrow(self) -> str:
        return {"ascending": "↑", "descending": "↓"}.get(self.aria_sort, "")


@dataclass(frozen=True)
class ShownCell:
    label: Text
    content: Any
    css: str


@dataclass(frozen=True)
class ShownRow:
    """One row with its addresses; `row` is what the room's query gave."""

    row: Any
    key: str
    href: str
    detail_href: str
    css: str
    choice: Text
    cells: Sequence[ShownCell]
    group: Text | None = None


@dataclass(frozen=True)
class ShownChoice:
    label: Text | str
    note: Text | str
    href: str
    is_current: bool
    value: str


class ShownFilter:
    """A condition with its value, as picker and as token."""

    def __init__(self, condition: Filter, request: HttpRequest, state: State) -> None:
        self._condition, self._state = condition, state
        self._choices = condition.offered(request)
        self.code, self.label = condition.code, condition.label
        self.template, self.is_more = condition.template, condition.is_more
        self.is_typed = condition.is_typed
        self.value = state.value(condition.code)
        self.is_set = self.value is not None
        self.drop_href = state.address(drop=condition.names)
        self.is_opened = state.opened == condition.code
        is_to_come = isinstance(condition, ChoiceFilter) and condition.is_fetched and not self.is_opened
        self.choices_href = state.address(**{OPENED: condition.code}) if is_to_come else ""

    @property
    def words(self) -> Text | str:
        return self._condition.words(self.value, self._choices)

    @property
    def short_words(self) -> Text | str:
        return self._condition.short_words(self.value, self._choices)

    @property
    def choices(self) -> list[ShownChoice]:
        address = self._state.address_by(self.code)
        return [
            ShownChoice(choice.label, choice.note, address(choice.value), choice.value == self.value, choice.value)
            for choice in self._choices
        ]

    @property
    def has_many(self) -> bool:
        """True when the list is long enough to be searched."""
        return len(self._choices) > 10

    @property
    def inputs(self) -> list[tuple[str, str]]:
        """The names of its fields with what was typed into them."""
        return [(name, self._state.typed.get(name, "")) for name in self._condition.names]


@dataclass(frozen=True)
class ShownVerb:
    label: Text
    href: str
    key: str
    post: bool


class ShownRegister:
    """What `ui/register.html` needs."""

    def __init__(
        self,
        register: Register,
        request: HttpRequest,
        state: State,
        page: Page[Any],
        counts: Mapping[str, int],
        empty: Empty | None,
    ) -> None:
        self._register, self._request, self._counts = register, request, counts
        self.state, self.page, self.empty = state, page, empty
        self.code = register.code
        self.row_template = register.row_template
        self.has_search, self.search_hint = register.has_search, register.search_hint

    @property
    def cuts(self) -> list[ShownCut]:
        return [
            ShownCut(
                label=cut.label,
                href=self.state.address(cut=cut.code),
                sign=cut.sign,
                shape=cut.shape,
                is_current=cut.code == self.state.cut,
                count=self._counts.get(cut.code),
            )
            for cut in self._register.cuts
        ]

    @cached_property
    def filters(self) -> list[ShownFilter]:
        return [ShownFilter(condition, self._request, self.state) for condition in self._register.filters]

    @property
    def main_filters(self) -> list[ShownFilter]:
        return [shown for shown in self.filters if not shown.is_more]

    @property
    def more_filters(self) -> list[ShownFilter]:
        return [shown for shown in self.filters if shown.is_more]

    @property
    def has_opened_more(self) -> bool:
        return any(shown.is_opened for shown in self.more_filters)

    @property
    def tokens(self) -> list[ShownFilter]:
        return [shown for shown in self.filters if shown.is_set]

    @property
    def search_drop_href(self) -> str:
        return self.state.address(drop=("q",))

    @property
    def clear_href(self) -> str:
        names = {name for condition in self._register.filters for name in condition.names}
        return self.state.address(drop=("q", *names))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the filter form must carry along: all but its own fields."""
        state = self.state
        sort = f"-{state.sort}" if state.descends else state.sort
        own = {name for shown in self.filters if shown.is_typed or shown.is_more for name, _ in shown.inputs}
        chosen = [(n, v) for n, v in state.typed.items() if n not in own]
        return [*state.kept.items(), *chosen, *((n, v) for n, v in (("cut", state.cut), ("sort", sort)) if v)]

    @property
    def heads(self) -> list[ShownHead]:
        return [self._head(column) for column in self._register.columns]

    @property
    def rows(self) -> Iterator[ShownRow]:
        before: Text | None = None
        for row in self.page.rows:
            group = self._register.group(row) if self._register.group else None
            yield self._row(row, group if group != before else None)
            before = group

    @property
    def width(self) -> int:
        """Cells in a row, for the cell of an opened row that spans them all."""
        return len(self._register.columns) + bool(self.bulk)

    @property
    def view(self) -> str:
        return view_of(self.state, self._register.views)

    @property
    def views(self) -> list[ShownView]:
        return shown_views(self.state, self._register.views)

    @property
    def card(self) -> str:
        return self._register.views.card if self._register.views else ""

    @property
    def lanes(self) -> list[ShownLane]:
        """The columns of the board, where that is the view."""
        views = self._register.views
        return lanes(views, self.rows) if views and self.view == BOARD else []

    @property
    def month(self) -> Month | None:
        """The month of due dates, where that is the view."""
        views = self._register.views
        if views is None or self.view != CALENDAR:
            return None
        return month(views, self.state, self.rows, month_of(self.state, clock.today()))

    @cached_property
    def bulk(self) -> list[ShownVerb]:
        if self.view:  # cards are opened, not chosen
            return []
        return [self._verb(verb) for verb in self._register.bulk if self._may(verb)]

    @property
    def export_href(self) -> str:
        return reverse(self._register.export) + self.state.address() if self._register.export else ""

    @property
    def whole(self) -> int | None:
        """The number of the present cut, when it is known."""
        return self._counts.get(self.state.cut)

    @property
    def found_words(self) -> SafeString:
        """64, or more than the 10.000 at which counting stops."""
        found = Text(vi="hơn {n}", en="over {n}") if self.page.has_uncounted else Text(vi="{n}", en="{n}")
        return counted(found, self.page.count, tag="span")

    @property
    def found_firm_words(self) -> SafeString:
        return format_html("<b>{}</b>", self.found_words)

    @property
    def found_noun_words(self) -> SafeString:
        """**64** văn bản."""
        more = Text(vi="hơn ", en="over ") if self.page.has_uncounted else Text(vi="", en="")
        return format_html("{}{}", more, counted(self._register.noun, self.page.count))

    @property
    def chosen_words(self) -> SafeString:
        """The noun around the place where the script writes how many rows are chosen."""
        place = SafeString('<b class="num" data-chosen-count></b>')
        return SafeString(self._register.noun.in_language(active_language(), n=place))

    @property
    def whole_words(self) -> SafeString:
        """287 văn bản: the number of the present cut, of which a part was found."""
        return counted(self._register.noun, self.whole or 0, tag="span")

    @property
    def empty_words(self) -> Empty | ShownEmpty:
        """What the room says about an empty page; else, that nothing fits the conditions, and the way to drop them."""
        if self.empty:
            return self.empty
        if self.state.is_narrowed:
            return ShownEmpty(NOTHING_FITS, NOTHING_FITS_WHY, self.clear_href, DROP_ALL)
        return ShownEmpty(NOTHING_YET, NOTHING_YET_WHY, "", NOTHING_YET)

    @property
    def next_href(self) -> str:
        page = self.page
        return self.state.address(after=page.next, at=str(page.last_position + 1)) if page.next else ""

    @property
    def previous_href(self) -> str:
        page = self.page
        return self.state.address(before=page.previous, at=str(page.first_position)) if page.previous else ""

    @property
    def first_href(self) -> str:
        return self.state.address() if self.page.previous else ""

    def _head(self, column: Column) -> ShownHead:
        state = self.state
        if not column.sort:
            return ShownHead(column.label, column.css, "", "")
        is_sorted = column.sort == state.sort
        wanted = f"-{column.sort}" if is_sorted and not state.descends else column.sort
        direction = "descending" if state.descends else "ascending"
        return ShownHead(column.label, column.css, state.address(sort=wanted), direction if is_sorted else "")

    def _row(self, row: Any, group: Text | None = None) -> ShownRow:
        register = self._register
        key = register.row_key(row)
        name = register.row_name(row) if register.row_name else key
        return ShownRow(
            row=row,
            key=key,
            href=register.row_href(row) if register.row_href else "",
            detail_href=register.detail_href(row) if register.detail_href else "",
            css=register.row_css(row) if register.row_css else "",
            choice=register.row_choice.format(row=name),
            cells=() if register.row_template else [_cell(column, row) for column in register.columns],
            group=group,
        )

    def _verb(self, verb: BulkVerb) -> ShownVerb:
        return ShownVerb(verb.label, reverse(verb.url), verb.key, verb.post)

    def _may(self, verb: BulkVerb) -> bool:
        return verb.verb is None or access.may(actor_of(self._request), verb.verb)


def _cell(column: Column, row: Any) -> ShownCell:
    if column.cell is not None:
        return ShownCell(column.label, column.cell(row), column.css)
    value = row[column.key] if isinstance(row, Mapping) else getattr(row, column.key)
    return ShownCell(column.label, value, column.css)


def show(
    register: Register,
    request: HttpRequest,
    state: State,
    page: Page[Any],
    counts: Mapping[str, int],
    empty: Empty | None,
) -> ShownRegister:
    return ShownRegister(register, request, state, page, counts, empty)
