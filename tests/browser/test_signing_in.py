"""Signing in through the page, and what one finds there."""

import re

from playwright.sync_api import expect

from noivu.accounts.demo import PASSWORD
from tests.browser.conftest import Opener, sign_in


def test_a_wrong_password_is_told_and_the_right_one_opens_the_operations_centre(opened: Opener) -> None:
    page = opened("", "/")
    expect(page).to_have_url(re.compile(r"/accounts/sign-in/\?next=/$"))
    page.get_by_label("Tên đăng nhập").fill("binh")
    page.get_by_label("Mật khẩu", exact=True).fill("không phải mật khẩu này")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_text("Chưa đăng nhập được")).to_be_visible()
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("binh")

    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Trung tâm điều hành")
    expect(page.get_by_text("Lê Thu Bình").first).to_be_visible()


def test_a_page_asked_for_before_signing_in_comes_after_it(opened: Opener) -> None:
    page = opened("", "/reports/")
    page.get_by_label("Tên đăng nhập").fill("chi")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Báo cáo")


def test_a_second_factor_is_asked_for_where_one_is_set_up(opened: Opener) -> None:
    page = opened("", "/")
    page.get_by_label("Tên đăng nhập").fill("giang")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_label("Mã xác thực").fill("000000")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_text("Mã không đúng hoặc đã hết hạn")).to_be_visible()
    page.goto("/figures/")
    expect(page).to_have_url(re.compile("/accounts/"))


def test_whoever_signs_out_is_out(opened: Opener) -> None:
    page = opened("", "/")
    sign_in(page, "dung")
    page.get_by_text("Phạm Mỹ Dung").first.click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page).to_have_url(re.compile("/accounts/sign-in/"))
    page.goto("/figures/")
    expect(page).to_have_url(re.compile("/accounts/sign-in/"))
