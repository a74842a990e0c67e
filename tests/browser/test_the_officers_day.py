"""The whole day of an officer, by the keyboard alone; each page on the way is sound for axe."""

from playwright.sync_api import Page, expect

from noivu.accounts.demo import PASSWORD
from tests.browser.conftest import Opener
from tests.browser.keys import go, press, tab_to
from tests.browser.sample import ARRIVED_TODAY
from tests.browser.watching import is_sound


def test_the_day_of_an_officer_by_keyboard(opened: Opener) -> None:
    page = opened("", "/accounts/sign-in/")
    _sign_in(page)
    number = _triage(page)
    _reply(page, number)
    _close_the_task(page)
    _sign_out(page)


def _sign_in(page: Page) -> None:
    tab_to(page, "Tên đăng nhập")
    page.keyboard.type("ha")
    tab_to(page, "Mật khẩu")
    page.keyboard.type(PASSWORD)
    press(page, "Enter")
    expect(page.locator(".nav")).to_be_visible()
    go(page, "Việc của tôi", "Việc của tôi")
    is_sound(page)


def _triage(page: Page) -> str:
    """Three documents: a reply is owed by Hà, one asks for nothing, one becomes a task. The number of the first."""
    go(page, "Văn bản", "Sổ văn bản đến tháng 10 năm 2024")
    press(page, "]")
    expect(page.locator("h1")).to_contain_text("tháng 11 năm 2024")
    press(page, "p")
    _at_hand(page, 0, left=3)
    number = page.locator(".triage dd .num").first.inner_text()
    is_sound(page)

    press(page, "r")
    expect(page.get_by_label("Hạn trả lời")).to_be_focused()
    page.keyboard.type("15/11/2024")
    tab_to(page, "Đơn vị xử lý")
    page.keyboard.type("BNV")
    tab_to(page, "Người xử lý")
    page.keyboard.type("ha")
    press(page, "Enter")
    _at_hand(page, 1, left=2)

    press(page, "n")
    _at_hand(page, 2, left=1)
    press(page, "t")
    expect(page.locator("h1")).to_have_text("Chuyển thành nhiệm vụ")
    is_sound(page)
    tab_to(page, "Người thực hiện")
    page.keyboard.type("ha")
    tab_to(page, "Hoặc số ngày làm việc")
    page.keyboard.type("5")
    press(page, "Enter")
    expect(page.get_by_text("Không còn văn bản chờ phân loại")).to_be_visible()
    is_sound(page)
    return number


def _at_hand(page: Page, place: int, left: int) -> None:
    expect(page.locator("#at-hand")).to_have_text(ARRIVED_TODAY[place])
    expect(page.locator(".tokens [role=status]")).to_contain_text(str(left))
    expect(page.locator(".triage")).to_be_focused()


def _reply(page: Page, number: str) -> None:
    """The reply is registered under the next number, and its document is done."""
    go(page, "Về sổ văn bản đến", "Sổ văn bản đến")
    go(page, "Sổ văn bản đi", "Sổ văn bản đi")
    go(page, "Vào sổ văn bản đi", "Vào sổ văn bản đi")
    tab_to(page, "Hoặc ký hiệu")
    page.keyboard.type("BNV-TCBC")
    tab_to(page, "Loại")
    press(page, "ArrowDown")
    tab_to(page, "Trích yếu")
    page.keyboard.type("Trả lời về đề án vị trí việc làm")
    tab_to(page, "Trả lời văn bản đến số")
    page.keyboard.type(number)
    press(page, "Enter")
    expect(page.get_by_role("link", name=f"văn bản đến số {number}")).to_be_visible()
    is_sound(page)


def _close_the_task(page: Page) -> None:
    """My day shows the task alone; its row says why it is due that day, and its act closes it."""
    go(page, "Việc của tôi", "Việc của tôi")
    press(page, "j")
    expect(page.locator("tr.is-here")).to_contain_text(ARRIVED_TODAY[2])
    press(page, "Enter")
    expect(page.get_by_text("Vì sao hạn là 08/11/2024")).to_be_visible()
    is_sound(page)
    press(page, "r")
    expect(page.locator("h1")).to_have_text("Báo cáo hoàn thành")
    is_sound(page)
    tab_to(page, "Báo cáo hoàn thành")
    press(page, "Enter")
    expect(page.locator(".section .state").first).to_have_text("Hoàn thành")
    is_sound(page)


def _sign_out(page: Page) -> None:
    tab_to(page, "Vũ Ngọc Hà")
    press(page, "Enter")
    tab_to(page, "Đăng xuất")
    press(page, "Enter")
    expect(page.locator(".nav")).to_have_count(0)
