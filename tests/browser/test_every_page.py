"""Every page of the site map: answers, is sound for axe in both themes, fits a phone, makes the browser complain of
nothing. And nothing is forgotten: each address has its page here, or the reason why not.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.urls.exceptions import Resolver404
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DESK, Window
from tests.browser.serving import Installation
from tests.browser.site import NOT_WALKED, PLACES, Place
from tests.browser.watching import PHONES, axe_findings, confirmed, overflow, watched


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_page_is_sound(place: Place, window: Window, served: Installation) -> None:
    page = window(place.who)
    page.set_viewport_size(DESK)
    with watched(page) as faults:
        reach(page, place, served)
    faults += axe_findings(page)
    faults += [fault for width in PHONES for fault in overflow(page, width)]
    assert not faults, "\n".join(faults)


def test_axe_looks_by_all_its_rules_in_both_themes(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content('<html lang="vi"><title>x</title><main><h1>x</h1><img src="data:,"></main></html>')
    found = [finding.split(":")[:2] for finding in axe_findings(page)]
    page.close()
    assert found == [["axe light", " image-alt"], ["axe dark", " image-alt"]]


def reach(page: Page, place: Place, served: Installation) -> None:
    path = place.path.format(**served.places)
    answer = confirmed(page, path)
    assert answer.status == place.status
    assert path.partition("?")[0] in page.url, f"led elsewhere: {page.url}"


def names(resolver: Any = None, prefix: str = "") -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from names(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern) and entry.name:
            yield prefix + entry.name


def walked(served: Installation) -> Iterator[str]:
    for place in PLACES:
        try:
            yield resolve(place.path.partition("?")[0].format(**served.places)).view_name
        except Resolver404:
            assert place.status == 404, f"{place.name} leads nowhere"


def test_no_address_is_forgotten(served: Installation) -> None:
    forgotten = set(names()) - set(walked(served)) - set(NOT_WALKED)
    assert not forgotten, f"add a Place to tests/browser/site.py, or the reason to NOT_WALKED: {sorted(forgotten)}"


def test_every_reason_is_still_one(served: Installation) -> None:
    assert not set(NOT_WALKED) - set(names()), "NOT_WALKED names addresses that do not exist"
    assert not set(NOT_WALKED) & set(walked(served)), "walked after all: drop the reason"
