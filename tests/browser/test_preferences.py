"""Language and theme: kept, and in the server's own answer, so that no page flashes."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.site import PERIOD

PAPER = "getComputedStyle(document.body).backgroundColor"


def first_tag(page: Page) -> str:
    """The `<html …>` of the server's answer, before any script ran."""
    answer = page.request.get(page.url).text()
    found = re.search(r"<html[^>]*>", answer)
    assert found
    return found.group()


def test_the_theme_changes_at_once_and_the_next_page_comes_in_it(opened: Opener) -> None:
    page = opened("em", f"/figures/?{PERIOD}")
    light = page.evaluate(PAPER)
    page.get_by_role("button", name="Sáng, tối").first.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page).to_have_url(re.compile("/figures/"))
    assert page.evaluate(PAPER) != light
    page.goto(f"/?{PERIOD}")
    assert 'data-theme="dark"' in first_tag(page)
    page.get_by_role("button", name="Sáng, tối").first.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_without_a_choice_the_system_is_followed(opened: Opener) -> None:
    dark = opened("an", f"/?{PERIOD}".replace("BNV", "SNV-40"), color_scheme="dark")
    light = opened("an", f"/?{PERIOD}".replace("BNV", "SNV-40"), color_scheme="light")
    assert "data-theme" not in first_tag(dark)
    assert dark.evaluate(PAPER) != light.evaluate(PAPER)


def test_english_is_one_press_away_on_the_same_page_and_back(opened: Opener) -> None:
    page = opened("em", f"/?{PERIOD}")
    page.get_by_role("button", name="English").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Operations centre")
    expect(page).to_have_url(re.compile("period=2024-10"))
    assert 'lang="en"' in first_tag(page)
    page.get_by_role("button", name="Tiếng Việt").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Trung tâm điều hành")
