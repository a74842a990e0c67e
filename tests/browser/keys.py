"""Keys as a reader presses them: on a page that has finished loading, its script listening."""

from playwright.sync_api import Page


def press(page: Page, key: str) -> None:
    """Press one key. Say first what the page must show: a heading is there before the script that hears the key."""
    page.wait_for_load_state()
    page.keyboard.press(key)
