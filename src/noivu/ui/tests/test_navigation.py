"""The navigation of the masthead."""

import re

import pytest
from django.test import Client

from noivu.core.wording import Text, both
from noivu.ui.navigation import Entry, Navigation, PersonLink
from noivu.ui.testing import allowed
from noivu.ui.tests.markup import text_of


def entries_on(page: str) -> str:
    found = re.search(r'<nav class="nav.*?</nav>', page, re.DOTALL)
    return text_of(found.group()) if found else ""


@pytest.fixture
def three_entries(own_navigation: Navigation) -> None:
    own_navigation.entries.declare_all(
        [
            Entry("tasks", Text(vi="Nhiệm vụ", en="Tasks"), "verb", order=30, verb="test.look"),
            Entry("home", Text(vi="Điều hành", en="Operations"), "own", order=10),
            Entry("work", Text(vi="Việc của tôi", en="My work"), "open", order=20, waiting=lambda request: 12),
        ]
    )


@pytest.mark.usefixtures("three_entries")
def test_entries_stand_in_order_with_what_waits(binh: Client) -> None:
    with allowed("test.look"):
        assert entries_on(binh.get("/own/").content.decode()) == "Điều hành Việc của tôi 12 Nhiệm vụ"


@pytest.mark.usefixtures("three_entries")
def test_what_one_may_not_open_is_not_shown(binh: Client) -> None:
    assert "Nhiệm vụ" not in entries_on(binh.get("/own/").content.decode())


@pytest.mark.usefixtures("three_entries")
def test_the_present_entry_is_marked(binh: Client) -> None:
    page = binh.get("/own/").content.decode()
    assert re.findall(r'<a href="([^"]*)" aria-current="page"', page) == ["/own/"]


@pytest.mark.usefixtures("three_entries")
def test_an_anonymous_reader_sees_no_navigation() -> None:
    assert entries_on(Client().get("/open/").content.decode()) == ""


def test_an_entry_is_present_on_the_pages_below_it(own_navigation: Navigation, binh: Client) -> None:
    own_navigation.entries.declare_all(
        [Entry("a", both("A"), "open", order=1, paths=("/ui/",)), Entry("b", both("B"), "ui:register", order=2)]
    )
    assert '<a href="/ui/register/" aria-current="page">B' in binh.get("/ui/register/").content.decode()
    assert '<a href="/open/" aria-current="page">A' in binh.get("/ui/").content.decode()


def test_a_line_under_the_readers_name(own_navigation: Navigation, binh: Client) -> None:
    own_navigation.links.declare(PersonLink("account", Text(vi="Tài khoản", en="Account"), "open"))
    assert '<li><a href="/open/">Tài khoản</a></li>' in binh.get("/own/").content.decode()
