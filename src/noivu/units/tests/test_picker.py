"""The unit picker: the tree of the page's day, without accents."""

import pytest
from django.test import Client

PAGE = "/figures/?period=2024-10"


@pytest.fixture
def reader(sector, settings) -> Client:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "noivu.ui.testing.ActorFromHeader"]
    return Client(headers={"X-Actor": "Bình"})


def picked(reader, **asked):
    return reader.get("/units/picker/", {"on": "2024-10-31", "page": PAGE, **asked}).content.decode()


def test_the_tree_opens_around_the_present_unit(reader):
    shown = picked(reader, now="VP-BNV")
    assert 'href="/figures/?period=2024-10&amp;unit=VP-BNV" aria-current="true"' in shown
    assert "VCQDP-BNV" in shown
    assert "SNV-38" not in shown


def test_a_search_needs_no_accents_and_says_where_a_unit_lies(reader):
    shown = picked(reader, unit="quang trung")
    assert "Phường Quang Trung, Vinh" in shown


def test_the_tree_is_that_of_the_day(reader):
    shown = picked(reader, unit="quang trung", on="2025-07-01")
    assert "unit=16681" in shown
    assert "Phường Quang Trung · đến hết 30/06/2025 · nay là Phường Thành Vinh" in shown
    assert "Phường Quang Trung, Vinh" not in shown


def test_a_day_that_is_none_is_not_found(reader):
    assert reader.get("/units/picker/", {"on": "31/02/2024"}).status_code == 404
