"""Every page works where scripts do not run: pickers, filters, search, evidence, theme."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.keys import press, tab_to
from tests.browser.site import PERIOD

PLAIN = {"java_script_enabled": False}


def test_a_register_is_filtered(opened: Opener) -> None:
    page = opened("binh", "/ui/register/", **PLAIN)
    before = page.locator("tr[data-row]").count()
    page.get_by_label("Tìm trong sổ").fill("bien che")
    press(page, "Enter")
    expect(page).to_have_url(re.compile("q=bien"))
    assert 0 < page.locator("tr[data-row]").count() < before


def test_a_picker_shows_its_list_by_a_link(opened: Opener) -> None:
    page = opened("binh", f"/tasks/?{PERIOD}", **PLAIN)
    tab_to(page, "Chủ trì")
    press(page, "Enter")
    tab_to(page, "Xem danh sách")
    press(page, "Enter")
    expect(page.locator("#choices-lead")).to_be_visible()
    tab_to(page, "Vụ Pháp chế")
    press(page, "Enter")
    expect(page).to_have_url(re.compile("lead="))
    expect(page.locator(".token")).to_contain_text("Vụ Pháp chế")


def test_the_period_is_chosen(opened: Opener) -> None:
    page = opened("binh", f"/?{PERIOD}", **PLAIN)
    page.locator(".period summary").click()
    page.locator(".period .months a").nth(7).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("tháng 8 năm 2024")


def test_the_unit_is_chosen_by_its_code(opened: Opener) -> None:
    page = opened("binh", f"/figures/?{PERIOD}", **PLAIN)
    page.locator("details.pick", has_text="Đơn vị").locator("summary").first.click()
    page.get_by_label("Tìm đơn vị").fill("VPC-BNV")
    press(page, "Enter")
    expect(page).to_have_url(re.compile("unit=VPC-BNV"))
    expect(page.get_by_text("Vụ Pháp chế").first).to_be_visible()


def test_evidence_is_a_page_of_its_own(opened: Opener) -> None:
    page = opened("binh", "/reports/{report}/", **PLAIN)
    page.locator('.paper a.fig[href*="documents.reply_required"]').first.click()
    expect(page).to_have_url(re.compile("/figures/documents.reply_required/"))
    expect(page.locator("#records li").first).to_be_visible()


def test_the_theme_is_a_form(opened: Opener) -> None:
    page = opened("an", "/figures/", **PLAIN)
    page.get_by_role("button", name="Sáng, tối").first.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_tree_of_units_leads_on_by_links(opened: Opener) -> None:
    page = opened("binh", "/units/tree/?on=2025-07-01", **PLAIN)
    page.locator("summary", has_text="Tỉnh Nghệ An").click()
    page.get_by_role("link", name="Mở trang của Tỉnh Nghệ An").click()
    expect(page).to_have_url(re.compile("/units/40/"))
    page.get_by_role("link", name="30/06/2025").first.click()
    expect(page).to_have_url(re.compile("on=2025-06-30"))
