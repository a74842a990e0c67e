"""What a register consists of. A room declares it once, in its `tables.py`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from noivu.core.wording import Text
from noivu.ui.shapes import TIMELINESS, Shape
from noivu.ui.tables.filters import Filter
from noivu.ui.tables.paging import PAGE_SIZE, Page
from noivu.ui.tables.shown import ShownRegister, show
from noivu.ui.tables.state import State, read_state
from noivu.ui.tables.views import Views

NO_TEXT = Text(vi="", en="")
ROWS = Text(vi="{n} dòng", en="{n} row||{n} rows")
CHOOSE_ROW = Text(vi="Chọn dòng {row}", en="Choose row {row}")
SEARCH_HINT = Text(vi="Tìm trong sổ, không cần gõ dấu", en="Search the register, accents not needed")


@dataclass(frozen=True)
class Column:
    """A head of the table; `css` is its class, `sort` the sort key its head switches.

    `cell` gives the cell of a row when the register has no row template; without it the attribute `key` is shown.
    """

    key: str
    label: Text
    css: str = ""
    sort: str = ""
    cell: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class Cut:
    """A part of the register; the cuts together are an equation (`sign` is "=" or "+" before this one)."""

    code: str
    label: Text
    sign: str = ""
    timeliness: str = ""

    @property
    def shape(self) -> Shape | None:
        return TIMELINESS.get(self.timeliness)


@dataclass(frozen=True)
class BulkVerb:
    """What can be done to chosen rows: sends their keys as `row` to `url` (a URL name).

    `verb` guards it; `key` is its letter; `post` for what needs no further question.
    """

    label: Text
    url: str
    verb: str | None = None
    key: str = ""
    post: bool = False


@dataclass(frozen=True)
class Empty:
    """What a page without rows says: what was looked for, and the next step."""

    title: Text
    words: Text
    href: str = ""
    action: Text = NO_TEXT


@dataclass(frozen=True)
class Register:
    """A list page.

    `row_template` draws the cells (`<td>`) of one `row`, else the columns' `cell`s do. `row_key` is unique in the
    register; `row_href` is the page of a row; `detail_href` answers with `ui/opened.html` for opening in place;
    `row_css` may give `is-closed`; `row_name` names it for the checkbox. `noun` counts rows: "{n} văn bản".
    `group` says under which head a row stands; the head is drawn where it differs from that of the row before.
    `views` declares a board and a calendar beside the list. `sorts` are the sort keys; `default_sort` may begin with a
    minus. `export` is the URL name of the export, which gets the present address.
    """

    code: str
    columns: Sequence[Column]
    row_template: str = ""
    row_key: Callable[[Any], str] = lambda row: str(row.pk)
    row_href: Callable[[Any], str] | None = None
    detail_href: Callable[[Any], str] | None = None
    row_css: Callable[[Any], str] | None = None
    row_name: Callable[[Any], Any] | None = None
    row_choice: Text = field(default=CHOOSE_ROW)
    group: Callable[[Any], Text] | None = None
    noun: Text = field(default=ROWS)
    cuts: Sequence[Cut] = ()
    default_cut: str = ""
    filters: Sequence[Filter] = ()
    has_search: bool = True
    search_hint: Text = field(default=SEARCH_HINT)
    sorts: Sequence[str] = ()
    default_sort: str = ""
    bulk: Sequence[BulkVerb] = ()
    export: str = ""
    views: Views | None = None
    page_size: int = PAGE_SIZE

    def state(self, query: Mapping[str, str]) -> State:
        """The view that an address asks for."""
        return read_state(
            {name: query[name] for name in query},
            self.filters,
            [cut.code for cut in self.cuts],
            self.sorts,
            (self.default_cut, self.default_sort),
        )

    def shown(
        self,
        request: HttpRequest,
        state: State,
        page: Page[Any],
        *,
        counts: Mapping[str, int] | None = None,
        empty: Empty | None = None,
    ) -> ShownRegister:
        """What the template draws; `counts` are the cuts' numbers by code."""
        return show(self, request, state, page, counts or {}, empty)
