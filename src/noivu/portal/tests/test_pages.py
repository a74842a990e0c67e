"""The operations centre and the search, through HTTP."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.accounts.testing_pages import PageTests
from noivu.records.testing import arrives
from noivu.work.testing import gets_task, owes_reply, replies

TITLE = "Rà soát vị trí việc làm"


class TestOperationsCentre(PageTests):
    page = "portal.home"
    verb = "figures.view"
    reader, outsider = "em", "dung"

    def url(self, things: list[Any]) -> str:
        return "/?period=2024-10"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        for _ in range(number):
            owes_reply(cast.em.unit, date(2024, 10, 21), date(2024, 11, 4))
        return [gets_task(cast.chi.unit, date(2024, 10, 7), date(2024, 10, 28), title=TITLE) for _ in range(number)]

    def shown(self, thing: Any) -> str:
        return TITLE


class TestSearch(PageTests):
    page = "portal.search"
    verb = None
    reader, outsider = "em", "dung"

    def url(self, things: list[Any]) -> str:
        return "/search/?q=ra+soat"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        for _ in range(number):
            arrives(cast.em.unit, date(2024, 10, 21), summary=TITLE)
        return [gets_task(cast.chi.unit, date(2024, 10, 7), title=TITLE) for _ in range(number)]

    def shown(self, thing: Any) -> str:
        return TITLE


class TestMapOfProvinces(PageTests):
    page = "figures.map"
    verb = "figures.view"
    reader, outsider = "em", "dung"

    def url(self, things: list[Any]) -> str:
        return "/figures/map/?period=2024-10&indicator=documents.received"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        return [arrives(cast.an.unit, date(2024, 10, 21)) for _ in range(number)]


class TestMapOfProvincesOfAnotherDay(TestMapOfProvinces):
    page = "figures.map-across"

    def url(self, things: list[Any]) -> str:
        return "/figures/map/?period=2024-10&indicator=documents.received&structure=2025-07-01"


class TestMapOfARateAcrossDays(TestMapOfProvinces):
    page = "figures.map-rate"

    def url(self, things: list[Any]) -> str:
        return "/figures/map/?period=2024-10&indicator=recommendations.answered_rate&structure=2025-07-01"


@pytest.fixture
def centre(cast: Cast, client: Client) -> Client:
    """Em, before the ministry's October: three documents to be answered, one answered; a task overdue."""
    ministry = cast.em.unit
    replies(owes_reply(ministry, date(2024, 10, 3), date(2024, 10, 17)), date(2024, 10, 10))
    owes_reply(ministry, date(2024, 10, 21), date(2024, 11, 4))
    owes_reply(ministry, date(2024, 10, 22), date(2024, 11, 5))
    gets_task(cast.chi.unit, date(2024, 10, 7), date(2024, 10, 28))
    return sign_in(client, cast.em)


def test_the_figures_open_to_their_records_and_balance(centre: Client) -> None:
    page = centre.get("/?period=2024-10").content.decode()
    assert 'href="/figures/documents.reply_required/?unit=BNV&amp;period=2024-10"' in page
    assert "3 = 1 + 2 + 0" in page
    assert "1 = 0 + 0 + 1" in page


def test_the_page_looks_from_the_widest_unit_of_its_reader(cast: Cast, client: Client) -> None:
    assert "Bộ Nội vụ" in sign_in(client, cast.em).get("/").content.decode()
    assert "Sở Nội vụ" in sign_in(Client(), cast.an).get("/").content.decode()


def test_without_a_period_the_month_being_summed_up_is_shown(centre: Client) -> None:
    assert "tháng 10 năm 2024" in centre.get("/").content.decode()


@pytest.mark.parametrize("query", ["period=2024-13", "unit=khong-co", "window=weekly"])
def test_a_wrong_standpoint_does_not_exist(centre: Client, query: str) -> None:
    assert centre.get(f"/?{query}").status_code == 404


def test_a_unit_elsewhere_does_not_exist(cast: Cast, client: Client) -> None:
    assert sign_in(client, cast.an).get("/?unit=SNV-38&period=2024-10").status_code == 404


def test_search_asks_for_two_letters(centre: Client) -> None:
    assert "Nhập ít nhất 2 chữ" in centre.get("/search/?q=a").content.decode()


def test_what_is_called_otherwise_is_said_not_to_be_found(centre: Client) -> None:
    page = centre.get("/search/?q=<b>khong-co-gi").content.decode()
    assert "Không tìm thấy" in page
    assert "<b>khong" not in page


def test_units_are_found_without_accents(centre: Client) -> None:
    assert "Nghệ An" in centre.get("/search/?q=nghe+an").content.decode()
