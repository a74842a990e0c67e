"""The frame around every page."""

import re
from datetime import date

from django.template.loader import render_to_string
from django.test import Client

from noivu.ui.page import DueItem
from noivu.ui.tests.markup import text_of


def test_vietnamese_is_the_language_until_english_is_chosen(binh: Client) -> None:
    assert 'lang="vi"' in binh.get("/own/", headers={"Accept-Language": "en"}).content.decode()
    chosen = binh.post("/ui/language/", {"language": "en", "next": "/own/"})
    assert chosen["Location"] == "/own/"
    page = binh.get("/own/").content.decode()
    assert '<html lang="en"' in page
    assert "To the content" in page


def test_the_theme_is_in_the_page_that_the_server_sends(binh: Client) -> None:
    assert "data-theme" not in re.search(r"<html[^>]*>", binh.get("/own/").content.decode()).group(0)
    binh.post("/ui/theme/", {"theme": "dark", "next": "/own/"})
    assert '<html lang="vi" data-theme="dark">' in binh.get("/own/").content.decode()


def test_a_switch_returns_only_to_our_own_pages(binh: Client) -> None:
    response = binh.post("/ui/theme/", {"theme": "dark", "next": "https://elsewhere.example/"})
    assert response["Location"] == "/"


def test_an_unknown_theme_is_forgotten(binh: Client) -> None:
    binh.post("/ui/theme/", {"theme": "pink", "next": "/own/"})
    assert "pink" not in binh.get("/own/").content.decode()


def test_the_first_stop_of_the_keyboard_is_the_content(binh: Client) -> None:
    body = binh.get("/own/").content.decode().split("<body", 1)[1]
    assert re.search(r"<a [^>]*>", body).group(0) == '<a class="skip" href="#content">'


def test_no_page_needs_a_hole_in_the_content_policy(binh: Client) -> None:
    page = binh.get("/own/").content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)
    assert not re.search(r"\son\w+=", page)


def test_a_toast_says_what_was_done_and_offers_undo(binh: Client) -> None:
    page = binh.get("/toasting/").content.decode()
    assert "Đã phân công." in page
    assert 'action="/undo/7/"' in page


def test_a_toast_rides_along_with_a_part_of_a_page(binh: Client) -> None:
    part = binh.get("/toasting/", headers={"HX-Request": "true"}).content.decode()
    assert part.startswith("<p>part</p>")
    assert '<div id="toasts" hx-swap-oob="beforeend">' in part


def test_a_refusal_says_what_is_wrong_and_what_to_do(binh: Client) -> None:
    response = binh.get("/refusing/")
    assert response.status_code == 422
    words = text_of(response)
    assert "Số đến 12 đã có. Lấy số khác. Chưa có gì bị thay đổi." in words


def test_a_refusal_of_a_part_goes_to_the_place_for_refusals(binh: Client) -> None:
    response = binh.get("/refusing/", headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert response["HX-Retarget"] == "#refusal"
    assert "<html" not in response.content.decode()


def test_a_failure_of_the_server_is_told_in_the_readers_language() -> None:
    reader = Client(raise_request_exception=False, headers={"X-Actor": "Lê Thu Bình"})
    response = reader.get("/breaking/")
    assert response.status_code == 500
    assert "Máy chủ gặp lỗi" in response.content.decode()
    reader.post("/ui/language/", {"language": "en"})
    assert "The server failed" in reader.get("/breaking/").content.decode()


def test_a_lost_session_is_explained() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/ui/theme/", {"theme": "dark"})
    assert response.status_code == 403
    assert "Phiên làm việc đã đổi" in response.content.decode()


def test_what_is_due_is_listed_with_its_day_and_distance() -> None:
    items = [
        DueItem("Báo cáo tiền lương", "/w/1/", date(2024, 10, 28), "late", -3, note="Vụ Tiền lương · đang xử lý"),
        DueItem("Góp ý", "/w/2/", None, "none"),
    ]
    words = text_of(render_to_string("ui/obligations.html", {"items": items}))
    assert "28/10/2024 quá 3 ngày làm việc Báo cáo tiền lương Vụ Tiền lương · đang xử lý Quá hạn" in words
    assert words.endswith("Góp ý Không hạn")
