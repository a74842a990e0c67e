"""Pages of a long list: nothing twice, nothing left out, whichever way one turns them."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Case, F, QuerySet, Value, When
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from noivu.core.wording import both
from noivu.ui.tables import Column, Order, Page, Register, State, page_of, page_of_list
from noivu.ui.tables.paging import count_up_to

START = datetime(2024, 10, 1, tzinfo=UTC)
ORDERS = {
    "day": Order("expire_date"),
    "maybe": Order("maybe", may_be_empty=True),
    "pair": Order("parity", then=Order("maybe", may_be_empty=True)),
    "empties": Order("maybe_parity", may_be_empty=True, then=Order("maybe", may_be_empty=True)),
}
DAYS = {"day", "maybe"}
REGISTER = Register(code="t", columns=(Column("pk", both("pk")),), sorts=tuple(ORDERS), default_sort="day")


def fill(days: list[int | None]) -> QuerySet[Session]:
    """Rows whose day repeats; those of day None are empty in the column `maybe`. Sessions stand in for documents."""
    Session.objects.bulk_create(
        Session(
            session_key=f"k{place:03}", session_data="", expire_date=START + timedelta(days=99 if day is None else day)
        )
        for place, day in enumerate(days)
    )
    at_end, odd, first = (START + timedelta(days=day) for day in (99, 3, 0))
    return Session.objects.annotate(
        maybe=Case(When(expire_date=at_end, then=Value(None)), default=F("expire_date")),
        parity=Case(When(expire_date__lt=odd, then=Value(0)), default=Value(1)),
        maybe_parity=Case(When(expire_date=first, then=Value(None)), default=F("parity")),
    )


def obvious_order(rows: QuerySet[Any], state: State) -> list[str]:
    """The whole list at once, sorted in memory: the model that paging must agree with."""
    found = sorted(rows, key=lambda row: row.pk, reverse=state.descends)
    for order in reversed(ORDERS[state.sort].columns):  # sorting keeps the order of what is equal
        filled = [row for row in found if getattr(row, order.column) is not None]
        filled.sort(key=lambda row: getattr(row, order.column), reverse=state.descends)
        found = [*filled, *(row for row in found if getattr(row, order.column) is None)]
    return [row.pk for row in found]


def view(address: str) -> State:
    return REGISTER.state(QueryDict(address.removeprefix("?")))


def follow(rows: QuerySet[Any], state: State, size: int, begins_on: datetime | None = None) -> list[Page[Any]]:
    pages = [page_of(rows, state, ORDERS, size=size, begins_on=begins_on)]
    while pages[-1].next:
        last = pages[-1]
        state = view(state.address(after=last.next, at=str(last.last_position + 1)))
        pages.append(page_of(rows, state, ORDERS, size=size, begins_on=begins_on))
    return pages


def back(rows: QuerySet[Any], state: State, last: Page[Any], size: int) -> list[Page[Any]]:
    pages = [last]
    while pages[0].previous:
        first = pages[0]
        state = view(state.address(before=first.previous, at=str(first.first_position)))
        pages.insert(0, page_of(rows, state, ORDERS, size=size))
    return pages


class EveryPage(TestCase):
    """On any rows, in any order: turning pages forth and back gives the list that sorting gives."""

    @settings(max_examples=40, deadline=None)
    @given(
        days=st.lists(st.one_of(st.none(), st.integers(0, 4), st.integers(10, 30)), max_size=12),
        sort=st.sampled_from([mark + sort for sort in ORDERS for mark in ("", "-")]),
        size=st.integers(1, 5),
        begins=st.one_of(st.none(), st.integers(-20, 6)),
    )
    def test_turning_pages_gives_the_sorted_list(
        self, days: list[int | None], sort: str, size: int, begins: int | None
    ) -> None:
        Session.objects.all().delete()
        rows, state = fill(days), view(f"sort={sort}")
        is_sought = begins is not None and state.sort in DAYS
        pages = follow(rows, state, size, START + timedelta(days=begins or 0) if is_sought else None)
        expected = obvious_order(rows, state)
        assert [row.pk for page in pages for row in page.rows] == expected
        returning = back(rows, state, pages[-1], size)
        assert [row.pk for page in returning for row in page.rows] == expected
        positions = [(page.first_position, page.last_position) for page in pages]
        assert positions == [(p.first_position, p.last_position) for p in returning] or not days
        assert all(page.count == len(days) for page in pages)


@pytest.mark.django_db
def test_a_page_costs_two_queries_and_one_when_the_number_is_known() -> None:
    rows = fill([1, 2, 3])
    with CaptureQueriesContext(connection) as queries:
        page_of(rows, view("sort=day"), ORDERS, size=2)
    assert len(queries) == 2
    with CaptureQueriesContext(connection) as queries:
        page_of(rows, view("sort=day"), ORDERS, size=2, count=3)
    assert len(queries) == 1


@pytest.mark.django_db
def test_a_page_sought_where_the_list_begins_costs_one_query_more_where_it_is_not_there() -> None:
    rows = fill([1, 2, 3, 30])
    for size, queries in ((2, 1), (3, 2)):
        with CaptureQueriesContext(connection) as asked:
            page = page_of(rows, view("sort=day"), ORDERS, size=size, count=4, begins_on=START)
        assert len(asked) == queries
        assert [row.pk for row in page.rows] == ["k000", "k001", "k002"][:size]


@pytest.mark.django_db
def test_counting_stops_where_nobody_reads_on() -> None:
    rows = fill([1] * 5)
    assert count_up_to(rows, 3) == (3, True)
    assert count_up_to(rows, 5) == (5, False)
    with CaptureQueriesContext(connection) as queries:
        count_up_to(rows, 3)
    assert "LIMIT 4" in queries[0]["sql"]


@pytest.mark.django_db
def test_a_new_row_does_not_shift_the_next_page() -> None:
    rows, state = fill([1, 2, 3, 4]), view("sort=day")
    first = page_of(rows, state, ORDERS, size=2)
    Session.objects.create(session_key="new", session_data="", expire_date=START)
    second = page_of(rows, view(state.address(after=first.next, at="3")), ORDERS, size=2)
    assert [row.pk for row in second.rows] == ["k002", "k003"]


def anchor_of(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


TOO_MUCH = [anchor_of("[" * 100_000), anchor_of(f'["v",1,{10**30}]'), anchor_of(f'["v",{10**30},1]')]


NONE = ["x", "bnVsbA", "W10", "WzEsMiwzXQ", "%00", "W3t9LHt9LHt9XQ", "WyJkIiwieCIsMV0"]


@pytest.mark.django_db
@pytest.mark.parametrize("anchor", [*NONE, *TOO_MUCH], ids=range(len(NONE) + len(TOO_MUCH)))
def test_an_anchor_that_is_none_shows_the_first_page(anchor: str) -> None:
    rows = fill([1, 2, 3])
    page = page_of(rows, view(f"sort=day&after={anchor}"), ORDERS, size=2)
    assert [row.pk for row in page.rows] == ["k000", "k001"]


def test_changing_the_view_returns_to_the_first_page() -> None:
    state = view("sort=day&after=abc&at=51&unit=BNV")
    assert parse_qs(state.address(cut="x").removeprefix("?")) == {"sort": ["day"], "unit": ["BNV"], "cut": ["x"]}


@pytest.mark.parametrize(
    ("at", "first", "has_previous", "has_next"), [("", 1, False, True), ("2", 3, True, True), ("4", 5, True, False)]
)
def test_a_list_in_memory_is_turned_the_same_way(at: str, first: int, has_previous: bool, has_next: bool) -> None:
    page = page_of_list(list("abcde"), view(f"after={at}"), size=2)
    assert (page.first_position, bool(page.previous), bool(page.next), page.count) == (first, has_previous, has_next, 5)
