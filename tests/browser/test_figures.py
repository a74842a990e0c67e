"""From a figure to its records: as many records as the figure says."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opener
from tests.browser.site import PERIOD


def number_of(figure: Locator) -> int:
    return int(figure.inner_text().replace(".", ""))


def counted_records(page: Page) -> int:
    """The records of all pages of the list."""
    records = page.locator("#records ol.records > li").count()
    while (next_page := page.get_by_role("link", name=re.compile("Trang sau"))).count():
        next_page.click()
        records += page.locator("#records ol.records > li").count()
    return records


def test_a_figure_of_the_operations_centre_opens_as_many_records_as_it_says(opened: Opener) -> None:
    page = opened("binh", f"/?{PERIOD}")
    figure = page.locator('.figures a.fig[href*="documents.reply_required"]').first
    said = number_of(figure)
    assert said == 60
    figure.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("phải trả lời")
    assert counted_records(page) == said


def test_every_figure_of_the_operations_centre_leads_to_a_page_that_says_the_same(opened: Opener) -> None:
    page = opened("binh", f"/?{PERIOD}")
    figures = page.locator('.figures a.fig[href^="/figures/"]')
    told = {figures.nth(n).get_attribute("href"): figures.nth(n).inner_text() for n in range(figures.count())}
    assert len(told) >= 3
    for href, said in told.items():
        page.goto(str(href))
        expect(page.locator("p.value .num").first).to_have_text(said)


def test_the_whole_is_written_as_the_sum_of_its_parts(opened: Opener) -> None:
    page = opened("binh", f"/figures/documents.reply_required/?{PERIOD}")
    written = page.locator(".check").first.inner_text()
    whole, *parts = [int(number) for number in re.findall(r"\d+", written)]
    assert whole == sum(parts) == 60
