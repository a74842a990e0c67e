"""One installation, one server, one browser for all the tests; a signed-in context for each person."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from noivu.accounts.demo import PASSWORD
from tests.browser.sample import WITH_CODES
from tests.browser.serving import ARGUMENTS, CHROMIUM, Installation, installation
from tests.browser.watching import Watch, code_now

DESK = {"width": 1440, "height": 900}
# A busy machine is slow for a moment: that is no failure.
expect.set_options(timeout=20_000)
READER = {"viewport": DESK, "reduced_motion": "reduce", "locale": "vi-VN"}
Opener = Callable[..., Page]
Window = Callable[[str], Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs a browser; where there is none it says so."""
    for item in items:
        if "tests/browser" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine (package chromium)"))


@pytest.fixture(scope="session")
def served() -> Iterator[Installation]:
    with installation() as one:
        yield one


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def signed_in(browser: Browser, served: Installation) -> Callable[[str], object]:
    """Cookies of a person, who signs in through the page once for all tests."""
    kept: dict[str, object] = {}

    def state(who: str) -> object:
        if who and who not in kept:
            context = browser.new_context(base_url=served.address, viewport=DESK)
            page = context.new_page()
            sign_in(page, who)
            kept[who] = context.storage_state()
            context.close()
        return kept.get(who)

    return state


def sign_in(page: Page, who: str, password: str = PASSWORD) -> None:
    """Fill in the page as a reader would; whoever has a second factor gives the code too."""
    page.goto("/accounts/sign-in/")
    page.get_by_label("Tên đăng nhập").fill(who)
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    if who == WITH_CODES:
        give_code(page)


def give_code(page: Page) -> None:
    """Give the code of the second factor; once more when its thirty seconds ended on the way to the server."""
    for _ in range(2):
        if "second-factor" in page.url:
            page.get_by_label("Mã xác thực").fill(code_now())
            page.get_by_role("button", name="Đăng nhập", exact=True).click()


@pytest.fixture(scope="session")
def window(browser: Browser, served: Installation, signed_in: Callable[[str], object]) -> Callable[[str], Page]:
    """The one window in which a person walks from page to page: what was loaded once is not loaded again."""
    windows: dict[str, Page] = {}

    def of(who: str) -> Page:
        if who not in windows:
            context = browser.new_context(base_url=served.address, storage_state=signed_in(who), **READER)
            context.set_default_timeout(20_000)
            windows[who] = context.new_page()
        return windows[who]

    return of


@pytest.fixture
def opened(browser: Browser, served: Installation, signed_in: Callable[[str], object]) -> Iterator[Opener]:
    """`opened("binh", "/reports/{report}/")`: a fresh window of that person; what went wrong in it fails the test."""
    watches: list[Watch] = []
    contexts: list[BrowserContext] = []

    def open_page(who: str, path: str, **options: object) -> Page:
        settings = {**READER, **options}
        context = browser.new_context(base_url=served.address, storage_state=signed_in(who), **settings)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        watches.append(Watch(page))
        page.goto(path.format(**served.places))
        return page

    yield open_page
    for context in contexts:
        context.close()
    faults = [fault for watch in watches for fault in watch.faults]
    assert not faults, f"the browser complained: {faults}"
