"""A register on the page: its state in the address, its parts, its conditions."""

import re

import pytest
from django.http import QueryDict
from django.test import Client

from noivu.ui.specimens import REGISTER
from noivu.ui.tables import Span
from noivu.ui.tests.markup import text_of


def page_of_register(binh: Client, query: str = "", **headers: str) -> str:
    return binh.get(f"/ui/register/{query}", headers=headers or None).content.decode()


def numbers_on(page: str) -> list[str]:
    return re.findall(r'data-row="(\d+)"', page)


def test_the_parts_of_the_register_are_an_equation(binh: Client) -> None:
    words = text_of(page_of_register(binh))
    assert "Phải trả lời 12 = Đã trả lời 4 + Chưa đến hạn 8 + Quá hạn 0" in words


def test_a_search_needs_no_accents(binh: Client) -> None:
    page = page_of_register(binh, "?q=sap+xep+don+vi+hanh+chinh")
    assert numbers_on(page) == ["31715", "31906"]
    assert "2 trong 12 văn bản" in text_of(page)


def test_conditions_become_removable_words(binh: Client) -> None:
    page = page_of_register(binh, "?due_from=01/11/2024&due_to=2024-11-04&unit=vu+chinh+quyen+dia+phuong")
    assert numbers_on(page) == ["31906"]
    words = text_of(page)
    assert "Hạn trả lời từ 01/11/2024 đến 04/11/2024 ×" in words
    assert "Đơn vị xử lý Vụ Chính quyền địa phương ×" in words
    dropped = re.search(r'href="(\?[^"]*)" aria-label="Bỏ điều kiện Hạn trả lời"', page).group(1)
    assert "due_from" not in dropped
    assert "unit=vu+chinh+quyen" in dropped


def test_a_date_that_is_none_is_explained_and_not_applied(binh: Client) -> None:
    page = page_of_register(binh, "?due_from=31/02/2024")
    assert len(numbers_on(page)) == 10
    assert "tháng 02/2024 có 29 ngày" in text_of(page)
    assert "Điều kiện này chưa được áp dụng." in text_of(page)
    assert 'value="31/02/2024"' in page


def test_dates_in_the_wrong_order_are_refused() -> None:
    state = REGISTER.state(QueryDict("due_from=05/11/2024&due_to=01/11/2024"))
    assert state.value("due") is None
    assert "Đổi chỗ hai ngày." in str(state.problems[0])


def test_a_head_sorts_and_sorts_back(binh: Client) -> None:
    page = page_of_register(binh, "?sort=-due_on")
    assert numbers_on(page)[0] == "32104"
    assert 'aria-sort="descending"' in page
    assert "sort=due_on" in re.search(r'aria-sort="descending"><a href="([^"]*)"', page).group(1)


def test_paging_keeps_the_view_and_says_where_one_is(binh: Client) -> None:
    first = page_of_register(binh, "?cut=all")
    assert "1 – 10 trong 12" in text_of(first)
    following = re.search(r'href="([^"]*)" rel="next">Trang sau', first).group(1).replace("&amp;", "&")
    second = page_of_register(binh, following)
    assert "11 – 12 trong 12" in text_of(second)
    assert 'aria-current="true">Tất cả' in second
    assert set(numbers_on(first)).isdisjoint(numbers_on(second))


def test_a_part_without_rows_says_so(binh: Client) -> None:
    words = text_of(page_of_register(binh, "?cut=overdue"))
    assert "Phần này của sổ chưa có dòng nào" in words
    assert "Bỏ mọi điều kiện" in text_of(page_of_register(binh, "?q=khong+co+gi"))


@pytest.mark.parametrize(
    "query", ["?sort=password", "?cut=nowhere", "?at=-3", "?after=%fe%ff", "?unit=<script>", "?due_to="]
)
def test_an_address_that_makes_no_sense_still_shows_a_register(binh: Client, query: str) -> None:
    page = page_of_register(binh, query)
    assert "<script>" not in page.replace("<script src", "")
    assert "Sổ văn bản đến" in page


def test_rows_are_chosen_for_verbs(binh: Client) -> None:
    page = page_of_register(binh)
    assert page.count('name="row"') == 10
    assert 'aria-label="Chọn văn bản đến số 31702"' in page
    assert 'formaction="/ui/"' in page


def test_a_row_opens_in_place_and_without_a_script_on_its_page(binh: Client) -> None:
    page = page_of_register(binh)
    link = re.search(r'<a href="([^"]*)" data-open hx-get="([^"]*)"', page)
    assert link.group(1) == "/ui/register/?q=31702"
    detail = binh.get(link.group(2), {"columns": 9}, headers={"HX-Request": "true"}).content.decode()
    assert detail.lstrip().startswith('<tr class="detail"')
    assert 'colspan="9"' in detail


def test_the_whole_register_speaks_english(binh: Client) -> None:
    binh.post("/ui/language/", {"language": "en"})
    words = text_of(page_of_register(binh, "?q=cong"))
    assert "Reply required 12 = Replied 4 + Not yet due 8 + Overdue 0" in words
    assert "of 12 documents" in words


def test_a_span_may_be_open() -> None:
    state = REGISTER.state(QueryDict("due_from=05/11/2024"))
    assert state.value("due") == Span(first=state.value("due").first)
    assert str(state.value("due").words) == "từ 05/11/2024"


def test_the_components_page_shows_the_design_system(binh: Client) -> None:
    page = binh.get("/ui/").content.decode()
    assert "Không khớp" in page
    assert "style=" not in page


@pytest.mark.parametrize("address", ["/ui/", "/ui/register/", "/ui/register/31702/"])
def test_made_up_figures_do_not_stand_beside_real_registers(binh: Client, settings, address: str) -> None:
    settings.NOIVU_SAMPLE = False
    assert binh.get(address).status_code == 404


@pytest.mark.parametrize("query", ["", "unit=VCQDP-BNV", "q=%C4%91%C6%A1n+%26&cut=required&due_from=1%2F2%2F2024"])
def test_the_choices_of_a_condition_lead_where_one_choice_would(query: str) -> None:
    state = REGISTER.state(QueryDict(query))
    address = state.address_by("unit")
    for value in ("VCQDP-BNV", "a b&c=d%00+đ", ""):
        assert address(value) == state.address(unit=value)
