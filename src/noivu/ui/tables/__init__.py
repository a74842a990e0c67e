"""A list page is a declaration: columns, cuts, filters, search, sorts, row template. docs/design-system.md shows one.

`Register(...)` declares; `register.state(request.GET)` reads the address; `page_of(rows, state, orders)` fetches one
page of a queryset, quickly however long it is; `register.shown(request, state, page)` is what `ui/register.html` draws.
"""

from noivu.ui.tables.declarations import BulkVerb, Column, Cut, Empty, Register
from noivu.ui.tables.filters import Choice, ChoiceFilter, DateFilter, Span, TextFilter
from noivu.ui.tables.paging import COUNTED_AT_MOST, PAGE_SIZE, Order, Page, in_order, page_of, page_of_list
from noivu.ui.tables.state import State
from noivu.ui.tables.views import BOARD, CALENDAR, MOST_SHOWN, DayMark, Lane, Views, days_of, month_of, view_of

__all__ = [
    "BOARD",
    "CALENDAR",
    "COUNTED_AT_MOST",
    "MOST_SHOWN",
    "PAGE_SIZE",
    "BulkVerb",
    "Choice",
    "ChoiceFilter",
    "Column",
    "Cut",
    "DateFilter",
    "DayMark",
    "Empty",
    "Lane",
    "Order",
    "Page",
    "Register",
    "Span",
    "State",
    "TextFilter",
    "Views",
    "days_of",
    "in_order",
    "month_of",
    "page_of",
    "page_of_list",
    "view_of",
]
