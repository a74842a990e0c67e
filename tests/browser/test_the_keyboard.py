"""Everything by the keyboard alone: the way to the content, the keys of a register."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opener
from tests.browser.keys import press
from tests.browser.site import PERIOD


def present(page: Page) -> Locator:
    return page.locator("[data-register] tr.is-here")


def test_the_first_stop_leads_past_the_masthead(opened: Opener) -> None:
    page = opened("binh", f"/?{PERIOD}")
    press(page, "Tab")
    skip = page.get_by_role("link", name="Đến nội dung")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    press(page, "Enter")
    expect(page.locator("main")).to_be_focused()


def test_focus_goes_down_the_page_in_its_order_with_a_ring(opened: Opener) -> None:
    page = opened("binh", f"/figures/?{PERIOD}")
    places, rings = [], []
    for _ in range(14):
        press(page, "Tab")
        place, ring = page.evaluate(
            "() => { const one = document.activeElement;"
            " const order = Array.from(document.querySelectorAll('*')).indexOf(one);"
            " return [order, getComputedStyle(one).outlineStyle] }"
        )
        places.append(place)
        rings.append(ring)
    assert places == sorted(places)
    assert len(set(places)) == len(places)
    assert "none" not in rings


def test_rows_are_walked_opened_chosen_and_let_go(opened: Opener) -> None:
    page = opened("binh", "/ui/register/")
    press(page, "j")
    first = present(page).get_attribute("data-row")
    press(page, "j")
    assert present(page).get_attribute("data-row") != first
    press(page, "k")
    assert present(page).get_attribute("data-row") == first

    press(page, "Enter")
    expect(page.locator("tr[data-detail]")).to_be_visible()
    expect(present(page)).to_have_class(re.compile("is-open"))
    press(page, "Escape")
    expect(page.locator("tr[data-detail]")).to_have_count(0)

    press(page, "x")
    expect(page.locator("[data-chosen-count]").first).to_have_text("1")
    press(page, "Escape")
    expect(page.locator("tr.is-picked")).to_have_count(0)


def test_a_card_takes_the_keys_of_an_opened_row(opened: Opener) -> None:
    for key, act in (("r", "complete"), ("g", "assign"), ("h", "extend")):
        page = opened("ha", f"/tasks/?{PERIOD}&view=board")
        press(page, "j")
        card = page.locator("[data-board] li.is-here")
        expect(card.locator("a")).to_be_focused()
        press(page, key)
        expect(page).to_have_url(re.compile(rf"/obligations/\d+/{act}/$"))


def test_a_card_of_the_month_takes_them_too_and_enter_opens_its_page(opened: Opener) -> None:
    page = opened("ha", f"/tasks/?{PERIOD}&view=calendar")
    cards = page.locator("[data-register] li[data-row]")
    open_first = next(place for place, card in enumerate(cards.all()) if not card.locator(".is-done").count())
    for _ in range(open_first + 1):
        press(page, "j")
    press(page, "g")
    expect(page).to_have_url(re.compile(r"/obligations/\d+/assign/$"))
    page = opened("ha", f"/tasks/?{PERIOD}&view=board")
    press(page, "j")
    press(page, "Enter")
    expect(page).to_have_url(re.compile(r"/tasks/\d+/$"))


def test_slash_goes_to_the_search_of_the_register(opened: Opener) -> None:
    page = opened("binh", "/ui/register/")
    press(page, "/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("jk")
    expect(present(page)).to_have_count(0)


def test_brackets_step_through_the_periods(opened: Opener) -> None:
    page = opened("binh", f"/?{PERIOD}")
    press(page, "[")
    expect(page.get_by_role("heading", level=1)).to_contain_text("tháng 9 năm 2024")
    press(page, "]")
    expect(page.get_by_role("heading", level=1)).to_contain_text("tháng 10 năm 2024")


def test_the_question_mark_shows_all_keys(opened: Opener) -> None:
    page = opened("binh", f"/?{PERIOD}")
    press(page, "?")
    expect(page.get_by_role("dialog")).to_be_visible()
    press(page, "Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_single_keys_can_be_turned_off(opened: Opener) -> None:
    page = opened("bao", "/ui/register/")
    page.locator("details.person summary").click()
    page.get_by_role("button", name="Tắt phím tắt").click()
    press(page, "j")
    expect(present(page)).to_have_count(0)


def test_arrows_walk_along_the_events_of_units_and_the_focus_stays(opened: Opener) -> None:
    page = opened("binh", "/units/list/?on=2025-07-01&tier=commune")
    page.locator("#event-now").focus()
    press(page, "ArrowLeft")
    expect(page).to_have_url(re.compile(r"on=2025-06-30"))
    expect(page.locator("#event-now")).to_be_focused()
    expect(page.locator("#event-now")).to_be_in_viewport()
    press(page, "ArrowRight")
    expect(page).to_have_url(re.compile(r"on=2025-07-01"))
    expect(page.get_by_role("status").first).to_contain_text("3.321")


def test_the_list_of_communes_is_walked_and_opened(opened: Opener) -> None:
    page = opened("binh", "/units/list/?on=2025-07-01&tier=commune&province=79")
    press(page, "j")
    press(page, "j")
    press(page, "Enter")
    expect(page).to_have_url(re.compile(r"/units/\d{5}/\?on=2025-07-01"))


def test_a_branch_of_the_tree_opens(opened: Opener) -> None:
    page = opened("binh", "/units/tree/?on=2025-07-01")
    page.locator("summary", has_text="Thành phố Hồ Chí Minh").focus()
    press(page, "Enter")
    expect(page.get_by_role("link", name="Phường Sài Gòn 26740")).to_be_visible()


def test_bands_and_steps_of_a_lineage_are_reached_and_followed(opened: Opener) -> None:
    page = opened("binh", "/units/26740/lineage/?on=2025-07-01")
    page.get_by_role("link", name=re.compile("toàn bộ Phường Bến Nghé vào Phường Sài Gòn")).focus()
    press(page, "Enter")
    expect(page).to_have_url(re.compile("#step-2"))
    page.get_by_role("link", name="Phường Bến Nghé, 26740, đến hết 30/06/2025").focus()
    press(page, "Enter")
    expect(page).to_have_url(re.compile(r"/units/26740/\?on=2025-06-30"))


def test_who_is_to_do_it_is_chosen_from_the_people_of_the_unit(opened: Opener) -> None:
    page = opened("ha", "/documents/in/new/")
    page.get_by_label("Đơn vị xử lý").fill("VCQDP-BNV")
    field = page.get_by_label("Người xử lý")
    field.press_sequentially("do quang")
    offered = field.locator("xpath=ancestor::div[contains(@class, 'field')]").locator(".suggest button")
    expect(offered).to_have_text(re.compile("Đỗ Quang Chi"))
    press(page, "ArrowDown")
    expect(offered).to_be_focused()
    press(page, "Enter")
    expect(field).to_have_value("Đỗ Quang Chi · chi")
    expect(field).to_be_focused()
    expect(offered).to_have_count(0)
