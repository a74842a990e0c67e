"""The rest of an officer's day by the keyboard alone: after each act the focus is where the work goes on."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.keys import go, press, tab_to, walk_to, write
from tests.browser.sample import TO_EXTEND, TO_GIVE
from tests.browser.site import PERIOD
from tests.browser.watching import is_sound


def done(page: Page, words: str) -> None:
    """What was done is said, and Tab goes on in the page that follows."""
    expect(page.locator("#toasts")).to_contain_text(words)
    expect(page.locator("main")).to_be_focused()
    is_sound(page)


def test_a_reminder_is_found_put_away_and_the_next_one_followed(opened: Opener) -> None:
    page = opened("ha", "/my/")
    tab_to(page, "Vũ Ngọc Hà")
    press(page, "Enter")
    go(page, "Thông báo", "Thông báo")
    is_sound(page)
    tab_to(page, "Nhiệm vụ NV-BAN-2")
    tab_to(page, "Đánh dấu đã đọc", most=1)
    press(page, "Enter")
    expect(page).to_have_url(re.compile("#notice-"))
    tab_to(page, "Nhiệm vụ NV-BAN-1", most=2)
    press(page, "Enter")
    expect(page.locator("h2").first).to_have_text(TO_GIVE[0])
    is_sound(page)


def test_an_arrival_is_registered_and_becomes_two_tasks(opened: Opener) -> None:
    page = opened("ha", "/my/")
    go(page, "Văn bản", "Sổ văn bản đến")
    go(page, "Vào sổ văn bản đến", "Vào sổ văn bản đến")
    is_sound(page)
    write(page, "Số, ký hiệu", "77/SNV-XDCQ")
    write(page, "Cơ quan gửi", "Sở Nội vụ tỉnh Quảng Trị")
    write(page, "Trích yếu", "Báo cáo tình hình sắp xếp đơn vị hành chính")
    tab_to(page, "Phải trả lời")
    press(page, "Space")
    write(page, "Hoặc số ngày làm việc", "7")
    press(page, "Enter")
    done(page, "Đã vào sổ")

    press(page, "t")
    expect(page.locator("h1")).to_have_text("Chuyển thành nhiệm vụ")
    write(page, "Hoặc số ngày làm việc", "5")
    tab_to(page, "Thêm một nhiệm vụ")
    press(page, "Enter")
    expect(page.get_by_label("Nội dung nhiệm vụ").nth(1)).to_be_focused()
    is_sound(page)
    page.keyboard.type("Tổng hợp phương án")
    write(page, "Đơn vị chủ trì", "BNV")
    write(page, "Hoặc số ngày làm việc", "6")
    press(page, "Enter")
    done(page, "Đã giao 2 nhiệm vụ")


def test_tasks_are_sought_chosen_and_given_to_one_officer(opened: Opener) -> None:
    page = opened("ha", "/my/")
    go(page, "Nhiệm vụ", "Sổ nhiệm vụ")
    press(page, "]")
    expect(page.locator("h1")).to_contain_text("tháng 11 năm 2024")
    press(page, "/")
    page.keyboard.type("cua van phong")
    press(page, "Enter")
    expect(page.locator(".tokens [role=status]")).to_contain_text("2")
    is_sound(page)
    for _ in TO_GIVE:
        walk_to(page, "của Văn phòng", most=1)
        press(page, "x")
        expect(page.locator("tr.is-picked").last).to_contain_text("của Văn phòng")
    expect(page.locator("[data-chosen-count]").first).to_have_text("2")
    press(page, "g")
    expect(page.locator("h1")).to_have_text("Phân công việc đã chọn")
    is_sound(page)
    write(page, "Đơn vị xử lý", "VP-BNV")
    write(page, "Người xử lý", "binh")
    press(page, "Enter")
    done(page, "Đã phân công 2 việc")
    expect(page).to_have_url(re.compile("q=cua"))
    walk_to(page, "Lê Thu Bình", most=1)


def test_time_is_asked_for_and_given_by_whoever_assigned(opened: Opener) -> None:
    asks = opened("chi", "/my/")
    walk_to(asks, TO_EXTEND)
    press(asks, "Enter")
    expect(asks.locator("tr[data-detail]")).to_be_visible()
    press(asks, "h")
    expect(asks.locator("h1")).to_have_text("Đề nghị gia hạn")
    is_sound(asks)
    write(asks, "Lý do", "chờ ý kiến của các tỉnh")
    press(asks, "Shift+Tab")
    press(asks, "Shift+Tab")
    asks.keyboard.type("29/11/2024")
    press(asks, "Enter")
    done(asks, "Đã gửi đề nghị gia hạn")

    grants = opened("ha", "/my/")
    go(grants, "Chờ tôi quyết định", "Việc của tôi")
    walk_to(grants, TO_EXTEND)
    press(grants, "Enter")
    expect(grants.locator("tr[data-detail]")).to_be_visible()
    go(grants, "Đồng ý gia hạn", "Đồng ý gia hạn")
    is_sound(grants)
    tab_to(grants, "Đồng ý gia hạn")
    press(grants, "Enter")
    done(grants, "Đã đồng ý gia hạn")
    expect(grants.get_by_text("Vì sao hạn là 29/11/2024")).to_be_visible()


def test_what_an_officer_holds_is_handed_over(opened: Opener) -> None:
    page = opened("ha", "/load/?unit=VCQDP-BNV&period=2024-10")
    press(page, "]")
    expect(page.locator("h1")).to_contain_text("tháng 11 năm 2024")
    is_sound(page)
    go(page, "Bàn giao", "Bàn giao việc đang giữ")
    is_sound(page)
    tab_to(page, "Người nhận")
    press(page, "ArrowDown")
    write(page, "Lý do", "đi công tác dài ngày")
    press(page, "Enter")
    done(page, "Đã bàn giao")


def test_the_board_is_walked_and_a_card_given_and_opened(opened: Opener) -> None:
    page = opened("ha", f"/tasks/?{PERIOD}")
    tab_to(page, "Bảng")
    press(page, "Enter")
    expect(page.locator("[data-board]")).to_be_visible()
    is_sound(page)
    press(page, "j")
    first = page.locator("[data-board] li.is-here")
    expect(first.locator("a")).to_be_focused()
    press(page, "ArrowRight")
    expect(page.locator("[data-board] li.is-here a")).to_be_focused()
    press(page, "ArrowLeft")
    press(page, "g")
    expect(page.locator("h1")).to_have_text("Phân công")
    is_sound(page)
    page.go_back()
    press(page, "j")
    press(page, "Enter")
    expect(page).to_have_url(re.compile(r"/tasks/\d+/$"))
    is_sound(page)


def test_a_list_that_is_fetched_when_its_picker_opens(opened: Opener) -> None:
    page = opened("binh", f"/tasks/?{PERIOD}")
    tab_to(page, "Chủ trì")
    press(page, "Enter")
    expect(page.locator("#choices-lead li")).not_to_have_count(1)
    expect(page.locator("summary", has_text="Chủ trì")).to_be_focused()
    is_sound(page)
    tab_to(page, "Vụ Pháp chế")
    press(page, "Enter")
    expect(page).to_have_url(re.compile(r"lead="))
    expect(page.locator(".token")).to_contain_text("Vụ Pháp chế")
    is_sound(page)

    tab_to(page, "Người giao")
    press(page, "Enter")
    expect(page.locator("#choices-assigner li")).not_to_have_count(1)
    press(page, "Escape")
    expect(page.locator("#choices-assigner")).to_be_hidden()
    expect(page.locator("summary", has_text="Người giao")).to_be_focused()
