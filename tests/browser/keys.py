"""Keys as a reader presses them: on a page that has finished loading, its script listening."""

from playwright.sync_api import Page, expect

_FOCUSED = """() => { const one = document.activeElement;
  const label = one.labels && one.labels.length ? one.labels[0].innerText : one.innerText;
  return (label || "").trim() }"""


def press(page: Page, key: str) -> None:
    """Press one key. Say first what the page must show: a heading is there before the script that hears the key."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def tab_to(page: Page, words: str, most: int = 90) -> None:
    """Press Tab until what bears these words has the focus, as a reader without a mouse does."""
    for _ in range(most):
        press(page, "Tab")
        if page.evaluate(_FOCUSED).startswith(words):
            return
    raise AssertionError(f"Tab never came to “{words}”")


def go(page: Page, words: str, heading: str) -> None:
    """Tab to a link or a button, press Enter, and come to a page with this heading."""
    tab_to(page, words)
    press(page, "Enter")
    expect(page.locator("h1")).to_contain_text(heading)


def write(page: Page, field: str, words: str) -> None:
    """Tab to a field and type over what it holds."""
    tab_to(page, field)
    press(page, "ControlOrMeta+a")
    page.keyboard.type(words)


def walk_to(page: Page, words: str, most: int = 30) -> None:
    """Go down the rows until that with these words is the present one."""
    for _ in range(most):
        press(page, "j")
        if words in page.locator("[data-register] .is-here").inner_text():
            return
    raise AssertionError(f"no row says “{words}”")
