"""A plan drafted by keyboard: communes found without accents, ticked, merged; what is wrong takes the focus."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Window
from tests.browser.keys import press
from tests.browser.serving import Installation


def begin(page: Page, title: str) -> None:
    page.goto("/planning/new/")
    page.get_by_label("Tên phương án").fill(title)
    page.get_by_label("Ngày có hiệu lực").fill("01/04/2026")
    press(page, "Enter")
    expect(page.locator("h1")).to_contain_text(title)


def test_a_merger_is_drafted_by_keyboard(window: Window, served: Installation) -> None:
    page = window("ha")
    begin(page, "Sắp xếp các xã Châu")
    page.locator("details.pick summary", has_text="Thêm sự kiện").press("Enter")
    page.get_by_role("link", name="Sáp nhập, hợp nhất").press("Enter")
    page.locator("#in").select_option("40")
    page.locator("#look").press("Enter")
    rows = page.locator("#offered-units tbody tr")
    expect(rows).to_have_count(130)
    page.locator("#find").press_sequentially("chau binh")
    expect(rows.filter(visible=True)).to_have_count(1)
    page.get_by_role("checkbox", name="Xã Châu Bình").press("Space")
    page.locator("#find").fill("chau khe")
    page.get_by_role("checkbox", name="Xã Châu Khê").press("Space")
    page.locator("#add-chosen").press("Enter")
    expect(page.locator("#id_sources")).to_contain_text("2 đã chọn")
    page.get_by_label("Mã mới").fill("99901")
    page.get_by_label("Tên mới").fill("Xã Châu Biên")
    page.get_by_label("Loại hình").first.select_option("commune")
    page.get_by_label("Điều, khoản").press("Enter")
    expect(page.locator("main")).to_contain_text("→ Xã Châu Biên (99901)")


def test_a_wrong_event_takes_the_focus_to_what_must_be_mended(window: Window, served: Installation) -> None:
    page = window("ha")
    page.goto("/planning/{plan}/events/add/rename/".format(**served.places))
    page.locator("#save").press("Enter")
    expect(page.get_by_role("alert").filter(has_text="chỗ phải sửa")).to_be_focused()


def test_the_effects_on_other_things_come_with_the_page(window: Window, served: Installation) -> None:
    page = window("ha")
    page.goto("/planning/{plan}/".format(**served.places))
    expect(page.get_by_text("Việc đang phải làm")).to_be_visible()
