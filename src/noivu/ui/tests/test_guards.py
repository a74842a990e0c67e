"""Who may open a page."""

from django.test import Client

from noivu.ui import guards, views
from noivu.ui.testing import allowed
from noivu.ui.tests import urls


def test_an_anonymous_reader_is_sent_to_sign_in_and_comes_back() -> None:
    response = Client().get("/own/?page=2")
    assert response.status_code == 302
    assert response["Location"] == "/sign-in/?next=/own/%3Fpage%3D2"


def test_an_anonymous_part_request_sends_the_whole_page_to_sign_in() -> None:
    response = Client().get("/own/", headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == "/sign-in/"


def test_a_signed_in_reader_opens_a_page_for_every_person(binh: Client) -> None:
    assert binh.get("/own/").status_code == 200


def test_a_page_of_a_verb_opens_to_whoever_may(binh: Client) -> None:
    with allowed("test.look"):
        assert binh.get("/verb/").status_code == 200


def test_a_page_out_of_reach_answers_like_a_wrong_address(binh: Client) -> None:
    out_of_reach, wrong = binh.get("/verb/"), binh.get("/no-such-page/")
    assert out_of_reach.status_code == wrong.status_code == 404
    assert "Không có trang này" in out_of_reach.content.decode()


def test_every_guard_can_be_read_from_its_view() -> None:
    assert guards.guard_of(urls.verb_page) == guards.Guard("verb", "test.look")
    assert guards.guard_of(urls.own_page) == guards.Guard("signed_in")
    choose = guards.guard_of(views.choose_theme)
    assert choose is not None
    assert choose.kind == "public"
    assert guards.guard_of(lambda request: None) is None
