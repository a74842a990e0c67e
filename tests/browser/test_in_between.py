"""What has no address of its own to walk to: heads of a file that was just sent, the opened unit picker, passkeys."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, Opener
from tests.browser.keys import press
from tests.browser.site import PERIOD
from tests.browser.watching import PHONES, axe_findings, confirmed, overflow

FOREIGN = "Số vào sổ;Ngày nhận văn bản;Nơi gửi văn bản;Nội dung tóm tắt\n9101;02/10/2024;Bộ Tài chính;Về biên chế\n"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def is_sound(page: Page) -> None:
    faults = axe_findings(page) + [fault for width in PHONES for fault in overflow(page, width)]
    page.set_viewport_size(DESK)
    assert not faults, "\n".join(faults)


def test_foreign_heads_are_matched_on_a_sound_page(opened: Opener) -> None:
    page = opened("ha", "/sheets/new/?template=documents-in")
    file = {"name": "so-van-ban-den.csv", "mimeType": "text/csv", "buffer": FOREIGN.encode()}
    page.get_by_label("Tệp").set_input_files(file)
    page.get_by_role("button", name="Chạy thử").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đối chiếu tiêu đề")
    is_sound(page)


def test_the_unit_picker_opens_on_a_sound_tree_and_closes_to_its_button(opened: Opener) -> None:
    page = opened("ha", f"/figures/?{PERIOD}")
    button = page.locator(".pickers summary", has_text="Đơn vị Bộ Nội vụ")
    button.focus()
    press(page, "Enter")
    expect(page.locator(".tree a[aria-current]")).to_be_visible()
    is_sound(page)
    press(page, "Escape")
    expect(button).to_be_focused()
    expect(page.locator(".tree a[aria-current]")).to_be_hidden()


def test_a_passkey_is_added_signs_in_and_is_removed_on_sound_pages(opened: Opener) -> None:
    page = opened("em", "/accounts/")
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    confirmed(page, "/accounts/passkeys/add/")
    page.get_by_label("Tên của khóa").fill("Máy tính ở Văn phòng Bộ, phòng 402, nhà A")
    page.get_by_label("Đăng nhập chỉ bằng khóa này").check()
    page.get_by_role("button", name="Thêm khóa").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mã dự phòng")

    page.context.clear_cookies()
    page.goto("/accounts/sign-in/")
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    expect(page).not_to_have_url(re.compile("/accounts/sign-in/"))

    for path in ("/accounts/passkeys/", "/accounts/passkeys/confirm/"):
        page.goto(path)
        is_sound(page)
    for verb in ("Đổi tên", "Gỡ"):
        page.goto("/accounts/passkeys/")
        confirmed(page, str(page.get_by_role("link", name=verb).get_attribute("href")))
        expect(page.get_by_role("heading", level=1)).to_contain_text(verb)
        is_sound(page)
    page.get_by_role("button", name="Gỡ").click()
    expect(page.get_by_text("Chưa có khóa truy cập")).to_be_visible()


def test_a_form_tells_the_date_that_it_would_count_before_anything_is_saved(opened: Opener) -> None:
    page = opened("em", "/tasks/new/")
    page.get_by_label("Ngày giao").fill("16/10/2024")
    page.get_by_label("Hoặc số ngày làm việc").fill("10")
    press(page, "Tab")
    told = page.get_by_role("status").filter(has_text="Hạn tính được")
    expect(told).to_contain_text("30/10/2024")
    told.locator("summary").focus()
    press(page, "Enter")
    expect(told).to_contain_text("ngày làm việc thứ 10: hạn")
    is_sound(page)
    page.get_by_label("Hoặc số ngày làm việc").fill("")
    press(page, "Tab")
    expect(told).to_be_hidden()
