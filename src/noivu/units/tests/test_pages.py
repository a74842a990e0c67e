"""The pages of units, through HTTP."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from noivu.core.actors import SYSTEM
from noivu.ui.testing import allowed
from noivu.units.api import recode_unit, rename_unit
from noivu.units.policies import EDIT, VIEW
from noivu.units.testing import Sector, an_instrument

PAGES = [
    "/units/",
    "/units/?on=2025-07-01",
    "/units/?on=01/07/2025&q=vinh",
    "/units/BNV/",
    "/units/40/?on=2025-06-30",
    "/units/SNV-40/?on=2024-10-31",
    "/units/16690/?on=2025-07-01",
    "/units/tree/?on=2025-06-30",
    "/units/branch/40/?on=2025-06-30",
    "/units/list/?on=2025-06-30",
    "/units/list/?on=2025-07-01&tier=commune&province=40&sort=-name&q=vinh",
]


@pytest.fixture
def dung(settings, sector: Sector) -> Iterator[Client]:
    """A viewer."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "noivu.ui.testing.ActorFromHeader"]
    with allowed(VIEW):
        yield Client(headers={"X-Actor": "Dung"})


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace("\u00a0", " ")


@pytest.mark.parametrize("address", PAGES)
def test_pages_ask_the_database_little(dung: Client, address: str, django_assert_max_num_queries) -> None:
    dung.get(address)
    with django_assert_max_num_queries(4):
        dung.get(address)


@pytest.mark.parametrize("address", PAGES)
def test_who_may_not_see_units_finds_no_page(dung: Client, address: str) -> None:
    with allowed():
        assert dung.get(address).status_code == 404


def test_the_list_shows_the_units_of_its_day(dung: Client) -> None:
    before, after = words(dung, "/units/?on=2025-06-30"), words(dung, "/units/?on=2025-07-01")

    assert "4 tỉnh, thành phố" in before
    assert "Tỉnh Nam Định" in before
    assert "3 tỉnh, thành phố" in after
    assert "Tỉnh Nam Định" not in after
    assert "3 đơn vị trực thuộc" in after


def test_a_day_before_the_first_known_one_says_so(dung: Client) -> None:
    assert "chỉ biết từ ngày 30/06/2025" in words(dung, "/units/?on=2024-10-31")
    assert "chỉ biết từ ngày" not in words(dung, "/units/?on=2025-07-01")


def test_what_is_found_says_what_it_stands_under_and_not_its_own_name_again(dung: Client) -> None:
    page = dung.get("/units/?on=2025-06-30&q=so noi vu tinh nghe an").content.decode()

    assert '<span class="note">Ủy ban nhân dân tỉnh Nghệ An, Tỉnh Nghệ An</span>' in page


def test_a_former_name_is_found_without_accents_and_leads_to_its_day(dung: Client) -> None:
    page = dung.get("/units/?on=2025-07-01&q=ben thuy").content.decode()

    assert "Phường Bến" in page
    assert 'href="/units/16693/?on=2025-06-30"' in page


def test_a_former_name_or_code_of_a_unit_that_goes_on_is_found_with_its_new_one(dung: Client, sector: Sector) -> None:
    known = {"actor": SYSTEM, "unit": sector.binh_chuan, "on": date(2025, 7, 15), "instrument": an_instrument()}
    with allowed(EDIT):
        rename_unit(name="Phường Bình Chuẩn", **known)
        recode_unit(code="99999", **known)

    by_name, by_code = (words(dung, f"/units/?on=2025-08-01&q={sought}") for sought in ("xa binh chuan", "17230"))
    for found in (by_name, by_code):
        assert "Xã Bình Chuẩn nay là Phường Bình Chuẩn ( 99999 ) 14/07/2025 17230" in found
    assert "nay là" not in words(dung, "/units/?on=2025-07-14&q=xa binh chuan")


def test_a_unit_shows_its_facts_over_time_with_their_instruments(dung: Client) -> None:
    page = words(dung, "/units/17230/?on=2025-07-01")

    assert "Huyện Con Cuông" in page
    assert "trước 30/06/2025" in page
    assert "124/2004/QĐ-TTg" in page
    assert "Tỉnh Nghệ An" in page
    assert "202/2025/QH15" in page


def test_a_unit_shows_where_it_came_from_and_where_it_went(dung: Client) -> None:
    after = words(dung, "/units/16690/?on=2025-07-01")
    before = dung.get("/units/14758/?on=2025-06-30").content.decode()

    assert "Phường Bến Thủy 16693 toàn bộ Phường Trường Vinh 16690 01/07/2025 202/2025/QH15" in after
    assert before.count("một phần") == 2
    assert 'href="/units/14797/?on=2025-07-01"' in before
    assert 'href="/units/14758/lineage/?on=2025-06-30"' in before


def test_a_unit_that_has_ended_says_what_it_became(dung: Client) -> None:
    response = dung.get("/units/16693/?on=2025-07-01")

    assert response.status_code == 422
    assert "nhập vào Phường Trường Vinh (16690)" in response.content.decode()


def test_what_is_no_date_is_refused_in_words(dung: Client) -> None:
    response = dung.get("/units/?on=31/02/2025")

    assert response.status_code == 422
    assert "28 ngày" in response.content.decode().replace("\u00a0", " ")


def test_pages_speak_english(dung: Client) -> None:
    dung.post("/ui/language/", {"language": "en", "next": "/"})

    assert "3 provinces and cities" in words(dung, "/units/?on=2025-07-01")
    assert "Facts over time" in words(dung, "/units/40/?on=2025-07-01")


def test_the_search_of_the_whole_finds_units(dung: Client) -> None:
    from noivu.core.actors import SYSTEM
    from noivu.units.panels import find_units

    (found,) = find_units(SYSTEM, "so noi vu tinh nghe", 5)
    assert (found.label, found.href) == ("Sở Nội vụ tỉnh Nghệ An", "/units/SNV-40/?on=2024-11-01")


def test_the_line_of_events_names_what_happened_and_by_which_instrument(dung: Client) -> None:
    shown = words(dung, "/units/?on=2025-07-15")
    page = dung.get("/units/?on=2025-07-15").content.decode()

    assert "01/07/2025 Sắp xếp đơn vị hành chính năm 2025 202/2025/QH15" in shown
    assert '<a href="/units/?on=2025-07-01" id="event-now" aria-current="true">' in page
    assert 'href="/units/?on=2025-06-30" rel="prev"' in page
    assert 'rel="next"' not in page


def test_the_days_of_a_units_page_keep_to_the_unit_and_not_to_its_code(dung: Client) -> None:
    new = dung.get("/units/14758/?on=2025-07-01").content.decode()
    kept = dung.get("/units/17230/?on=2025-07-01").content.decode()

    assert 'href="/units/14758/?on=2025-06-30" rel="prev"' not in new
    assert 'href="/units/17230/?on=2025-06-30" rel="prev"' in kept


def test_the_tree_opens_branch_by_branch_and_leads_to_pages_without_a_script(dung: Client) -> None:
    page = dung.get("/units/tree/?on=2025-06-30").content.decode()
    branch = words(dung, "/units/branch/412/?on=2025-06-30")

    assert 'hx-get="/units/branch/40/?on=2025-06-30"' in page
    assert 'href="/units/40/?on=2025-06-30"' in page
    assert "Phường Trường Thi" not in page
    assert "Phường Trường Thi 16690" in branch


def test_the_list_holds_every_unit_of_its_day_by_tier_and_province(dung: Client) -> None:
    assert "7 đơn vị" in words(dung, "/units/list/?on=2025-07-01&tier=commune")
    shown = words(dung, "/units/list/?on=2025-07-01&tier=commune&province=40&sort=name")

    assert "3 đơn vị" in shown
    places = [shown.index(name) for name in ("Xã Bình Chuẩn", "Phường Thành Vinh", "Phường Trường Vinh")]
    assert places == sorted(places)
    assert "Tỉnh Nghệ An" in shown
    assert "1 đơn vị" in words(dung, "/units/list/?on=2025-06-30&q=ben thuy")


def test_a_row_of_the_list_opens_the_unit_of_the_day(dung: Client) -> None:
    page = dung.get("/units/list/?on=2025-06-30&tier=commune").content.decode()
    assert 'href="/units/16693/?on=2025-06-30"' in page
