"""Finding without typing accents: from any page by `/`, and in a register."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.keys import press
from tests.browser.site import PERIOD


def test_a_slash_and_words_without_accents_find_a_unit_from_any_page(opened: Opener) -> None:
    page = opened("binh", f"/figures/?{PERIOD}")
    press(page, "/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("vu phap che")
    press(page, "Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q="))
    page.get_by_role("link", name=re.compile("Vụ Pháp chế")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vụ Pháp chế")


def test_a_document_is_found_in_its_register_without_accents_and_opened(opened: Opener) -> None:
    page = opened("binh", f"/documents/in/?{PERIOD}")
    everything = page.locator(".tokens [role=status]").inner_text()
    press(page, "/")
    page.keyboard.type("sap xep don vi hanh chinh")
    press(page, "Enter")
    expect(page.locator(".tokens [role=status]")).not_to_have_text(everything)
    row = page.locator("tr[data-row]").first
    expect(row).to_contain_text(re.compile("sắp xếp đơn vị hành chính", re.IGNORECASE))
    row.locator("[data-open]").click()
    expect(page.locator("tr[data-detail]")).to_be_visible()


def test_a_register_finds_without_accents_and_says_what_was_sought(opened: Opener) -> None:
    page = opened("binh", "/ui/register/")
    page.locator("#find").fill("bien che")
    press(page, "Enter")
    expect(page.locator(".token").first).to_contain_text("bien che")
    for row in page.locator("tr[data-row]").all():
        expect(row).to_contain_text(re.compile("biên chế", re.IGNORECASE))
