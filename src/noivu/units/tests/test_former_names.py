"""Old codes, old names and "nay là": search, the picker and refusals find the unit of that time and what it is now."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.ui.testing import allowed
from noivu.units.api import find_unit, tree
from noivu.units.former import asked_forms, search_former
from noivu.units.panels import find_units
from noivu.units.policies import VIEW
from noivu.units.testing import Sector

AFTER = date(2025, 8, 1)


@pytest.fixture
def dung(settings: Any, sector: Sector) -> Iterator[Client]:
    """A viewer."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "noivu.ui.testing.ActorFromHeader"]
    with allowed(VIEW):
        yield Client(headers={"X-Actor": "Dung"})


@pytest.fixture
def in_august(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: AFTER)


@pytest.mark.parametrize(
    "typed",
    ["Phường Bến Thủy", "phuong ben thuy", "Phường Bến Thuỷ", "16693", "benthuy", "phường Bến Thủy (nay là X)",
     "Bến Thủy, nay thuộc Trường Vinh", "phường Bến Thủy cũ", "Phường Bến Thủy (cũ)"],
)  # fmt: skip
def test_an_old_name_is_found_in_every_form_with_what_it_is_now(sector: Sector, typed: str) -> None:
    (found,) = search_former(typed, tree(AFTER), 5)

    assert (found.spell.name, found.until.vi) == ("Phường Bến Thủy", "đến hết 30/06/2025")
    assert found.now.vi == "nay là Phường Trường Vinh"


@pytest.mark.parametrize("typed", ["tỉnh Nam Định cũ", "Tỉnh Nam Định (nay là tỉnh Ninh Bình)"])
def test_an_old_province_is_found_by_its_name(sector: Sector, typed: str) -> None:
    found = search_former(typed, tree(AFTER), 5)

    assert found[0].spell.name == "Tỉnh Nam Định"
    assert found[0].now.vi == "nay là Tỉnh Ninh Bình"


def test_a_parted_unit_names_all_that_have_a_part_of_it(sector: Sector) -> None:
    (found,) = search_former("Đông Thọ", tree(AFTER), 5)
    assert found.now.vi == "nay thuộc Phường Hàm Rồng, Phường Hạc Thành"


def test_a_unit_without_successor_says_so(sector: Sector) -> None:
    (found,) = search_former("huyện Con Cuông", tree(AFTER), 5)
    assert found.now.vi == "không ghi nhận đơn vị kế thừa"


def test_what_still_is_called_so_is_not_former(sector: Sector) -> None:
    assert search_former("Xã Bình Chuẩn", tree(AFTER), 5) == []
    assert search_former("Phường Bến Thủy", tree(date(2025, 6, 30)), 5) == []


def test_names_that_hold_the_words_are_not_taken_for_them() -> None:
    assert asked_forms("Xã Nay Cũ Kỹ") == ["Xã Nay Cũ Kỹ"]


def test_many_finds_ask_the_database_nothing_more(sector: Sector, django_assert_num_queries: Any) -> None:
    present = tree(AFTER)
    search_former("phường", present, 40)
    with django_assert_num_queries(1):
        assert len(search_former("phường", present, 40)) > 3


@pytest.mark.usefixtures("in_august")
def test_the_search_of_the_whole_leads_to_both(sector: Sector) -> None:
    (found,) = find_units(SYSTEM, "ben thuy", 5)

    assert (found.label, found.href) == ("Phường Bến Thủy", "/units/16693/?on=2025-06-30")
    assert str(found.note) == "16693 · đến hết 30/06/2025 · nay là"
    assert found.also == (("Phường Trường Vinh (16690)", "/units/16690/?on=2025-08-01"),)


@pytest.mark.usefixtures("in_august")
def test_a_code_borne_twice_finds_the_present_unit_first_and_then_the_former(sector: Sector) -> None:
    found = find_units(SYSTEM, "16681", 5)
    assert [one.label for one in found] == ["Phường Thành Vinh", "Phường Quang Trung"]


def test_the_picker_offers_the_present_unit_under_the_former(dung: Client) -> None:
    asked = {"on": "2025-08-01", "page": "/figures/?period=2025-08", "unit": "ben thuy"}
    shown = dung.get("/units/picker/", asked).content.decode()

    assert "Phường Bến Thủy · đến hết 30/06/2025 · nay là Phường Trường Vinh" in shown
    assert 'href="/units/16693/?on=2025-06-30"' in shown
    assert 'href="/figures/?period=2025-08&amp;unit=16690"' in shown


@pytest.mark.parametrize("typed", ["Phường Bến Thủy", "phường Bến Thủy (nay là phường Trường Vinh)", "16693"])
def test_a_refusal_says_what_it_is_now(sector: Sector, typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        find_unit(typed, AFTER)

    assert "Phường Bến Thủy từ ngày 01/07/2025 nhập vào Phường Trường Vinh (16690)." in str(refused.value)


def test_an_old_name_with_the_word_old_is_never_taken_for_the_present_unit(sector: Sector) -> None:
    with pytest.raises(Refusal) as refused:
        find_unit("tỉnh Ninh Bình cũ", AFTER)

    assert "Tỉnh Ninh Bình từ ngày 01/07/2025 nhập vào Tỉnh Ninh Bình (37)." in str(refused.value)
