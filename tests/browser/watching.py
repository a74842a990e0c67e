"""What is looked at on every page: complaints of the browser, what axe finds, what hangs over the edge."""

import contextlib
from collections.abc import Iterator
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Page, Response

from noivu.accounts.demo import PASSWORD
from tests.browser.sample import CODE_SECRET

AXE = Axe()
PHONES = (375, 320)
THEMES = ("light", "dark")
_AXE_IN_THEMES = """async (themes) => {
  const found = {};
  for (const theme of themes) {
    document.documentElement.dataset.theme = theme;
    found[theme] = (await axe.run({ resultTypes: ["violations"] })).violations;
  }
  return found;
}"""
_OVER_THE_EDGE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const over = Array.from(document.querySelectorAll("body *")).filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width > 0 && box.right > width + 0.5 && getComputedStyle(one).position !== "fixed";
  });
  const told = (one) => `${one.tagName.toLowerCase()}.${one.className} ${one.textContent.trim().slice(0, 40)}`;
  return over.slice(-3).map(told);
}"""


class Watch:
    """Collects what the browser complains of: scripts that fail, what the content policy refused, files not found."""

    def __init__(self, page: Page) -> None:
        self.faults: list[str] = []
        self._page = page
        page.on("console", self._console)
        page.on("pageerror", self._script)
        page.on("response", self._response)

    def end(self) -> None:
        self._page.remove_listener("console", self._console)
        self._page.remove_listener("pageerror", self._script)
        self._page.remove_listener("response", self._response)

    def _script(self, error: Error) -> None:
        self.faults.append(f"script: {error}")

    def _console(self, message: ConsoleMessage) -> None:
        # Answers of 4xx to the page itself are part of the product; of files they are seen by _response.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        kind = response.request.resource_type
        allowed = 500 if kind in {"document", "fetch", "xhr"} else 400
        if response.status >= allowed:
            self.faults.append(f"{response.status} for {response.url}")


@contextlib.contextmanager
def watched(page: Page) -> Iterator[list[str]]:
    """What the browser complains of meanwhile; a script that fails later belongs to the next page."""
    watch = Watch(page)
    try:
        yield watch.faults
    finally:
        watch.end()


def axe_findings(page: Page) -> list[str]:
    """What axe finds by all its rules in either theme, a line for each place. The page is loaded once: only colours
    change."""
    page.evaluate(AXE.axe_script)
    found: dict[str, list[dict[str, Any]]] = page.evaluate(_AXE_IN_THEMES, THEMES)
    return [
        f"axe {theme}: {violation['id']}: {node['target']} {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for theme, violations in found.items()
        for violation in violations
        for node in violation["nodes"]
    ]


def overflow(page: Page, width: int) -> list[str]:
    """What stands over the right edge of a window so wide; empty when all of it can be read without scrolling."""
    page.set_viewport_size({"width": width, "height": 800})
    return [f"over the edge at {width}: {what}" for what in page.evaluate(_OVER_THE_EDGE)]


def confirmed(page: Page, path: str) -> Response:
    """Open a page, giving the password again where it asks for that first."""
    answer = page.goto(path)
    if "/accounts/confirm/" in page.url and "/confirm/" not in path:
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Xác nhận").click()
        answer = page.goto(path)
    assert answer is not None
    return answer


def code_now() -> str:
    """The present code of the second factor."""
    return str(format_hotp_value(hotp_value(CODE_SECRET, next(yield_hotp_counters_from_time()))))


def is_sound(page: Page) -> None:
    """Nothing is wrong with the page for axe."""
    assert not axe_findings(page), page.url
