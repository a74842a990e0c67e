"""Opinions on screen: on the page of a text, before its next stage, on the board, in the day of the unit asked."""

import html
from datetime import date
from typing import Any

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, a_person, sign_in
from noivu.opinions.api import requests_of
from noivu.opinions.testing import asked
from noivu.opinions.tests.conftest import a_decision
from noivu.records.testing import goes_out
from noivu.units.testing import Sector
from noivu.work.api import Obligation

pytestmark = pytest.mark.django_db
ASKED = {
    "agencies": "Sở Tài chính\nVP-BNV\nSở Khoa học và Công nghệ", "sent_on": "22/06/2026", "due_on": "",
    "rule": "legal_text_opinion", "letter_symbol": "15/SNV-VP", "round": "1",
}  # fmt: skip


def june(day: int) -> date:
    return date(2026, 6, day)


@pytest.fixture
def an(cast: Cast, client: Client) -> Client:
    return sign_in(client, cast.an)


def read(client: Client, page: str) -> str:
    return html.unescape(client.get(page).content.decode())


def page_of(text: Obligation) -> str:
    return f"/legal-texts/{text.pk}/"


def listed(text: Obligation) -> str:
    return f"/programme/{text.pk}/opinions/"


def test_several_agencies_are_asked_at_once_those_who_must_be_are_proposed(an: Client, text: Obligation) -> None:
    form = f"{listed(text)}new/"
    assert f'hx-get="{listed(text)}"' in read(an, page_of(text))
    assert f'href="{form}"' in read(an, listed(text))
    assert "<html" not in an.get(listed(text), headers={"HX-Request": "true"}).content.decode()
    assert "Chưa lấy ý kiến: Sở Tài chính" in read(an, listed(text)).replace('</b> <span lang="vi">', " ")
    body = read(an, form)
    assert "Sở Tài chính\nSở Tư pháp\nSở Khoa học và Công nghệ" in body
    assert "187/2025/NĐ-CP" in body
    assert an.post(form, ASKED).status_code == 302
    page = read(an, listed(text))
    assert "29/06/2026" in page  # seven days
    assert "Vì sao ngày này" in page
    assert "Quá hạn, chưa trả lời" in page
    assert "Sở Tư pháp</span>" in page  # not asked yet
    twice = an.post(form, ASKED)
    assert (twice.status_code, "Đã hỏi trong lần 1" in html.unescape(twice.content.decode())) == (422, True)


@pytest.mark.parametrize("changes", [{"rule": ""}, {"due_on": "30/06/2026"}, {"agencies": ""}, {"round": "0"}])
def test_a_form_that_says_too_little_or_too_much_is_refused(
    an: Client, text: Obligation, changes: dict[str, str]
) -> None:
    assert an.post(f"{listed(text)}new/", {**ASKED, **changes}).status_code == 422
    assert requests_of(text.pk) == []


def test_an_answer_is_recorded_taken_up_and_taken_back(an: Client, text: Obligation) -> None:
    [one] = asked(text, "Sở Tư pháp", sent_on=june(22), due_on=june(26))
    said = {"answer": "comments", "on": "25/06/2026", "words": "Bỏ khoản 2 Điều 3", "symbol": "9/STP"}
    assert an.post(f"/opinions/{one.pk}/answer/", {**said, "words": ""}).status_code == 422
    assert an.post(f"/opinions/{one.pk}/answer/", said).headers["Location"] == page_of(text)
    page = read(an, listed(text))
    assert "Trả lời đúng hạn" in page
    assert "Bỏ khoản 2 Điều 3" in page
    assert an.post(f"/opinions/{one.pk}/take-up/", {"uptake": "accepted", "words": ""}).status_code == 302
    assert "<b>Tiếp thu</b>" in read(an, listed(text))
    assert an.post(f"/opinions/{one.pk}/take-back/", {"reason": ""}).status_code == 422
    assert an.post(f"/opinions/{one.pk}/take-back/", {"reason": "Ghi nhầm"}).status_code == 302
    assert requests_of(text.pk)[0].answer == ""


def test_the_unit_that_was_asked_finds_it_in_its_day_and_answers_there(cast: Cast, text: Obligation) -> None:
    binh = sign_in(Client(), cast.binh)
    assert "Ý kiến phải trả lời" not in read(binh, "/my/")
    ours, other = asked(text, "VP-BNV", "Sở Tư pháp", sent_on=june(22), due_on=june(30))
    page = f"/opinions/{ours.pk}/answer/"
    body = read(binh, "/my/")
    assert "Ý kiến phải trả lời" in body
    assert f'href="{page}"' in body
    assert f"/opinions/{other.pk}/" not in body
    assert text.title in read(binh, page)
    assert binh.post(page, {"answer": "agrees", "on": "30/06/2026", "words": "", "symbol": ""}).status_code == 302
    assert "Ý kiến phải trả lời" not in read(binh, "/my/")
    for address in (
        f"/opinions/{other.pk}/answer/",
        f"/opinions/{ours.pk}/take-up/",
        f"/programme/{text.pk}/opinions/",
    ):
        assert binh.get(address).status_code == 404


def test_the_next_stage_is_warned_of_while_one_who_must_be_asked_is_not_or_may_still_answer(
    an: Client, text: Obligation
) -> None:
    stage = f"/obligations/{text.pk}/advance/"
    assert "Chưa đủ ý kiến phải lấy" in read(an, stage)
    asked(
        text,
        "Sở Tài chính",
        "Sở Tư pháp",
        "Sở Khoa học và Công nghệ",
        sent_on=june(29),
        rule="legal_text_opinion_short",
    )
    waiting = read(an, stage)
    assert "Đã hỏi, chưa trả lời" in waiting
    assert "Chưa lấy ý kiến" not in waiting
    for one in requests_of(text.pk):
        an.post(f"/opinions/{one.pk}/answer/", {"answer": "agrees", "on": "30/06/2026", "words": "", "symbol": ""})
    assert "Chưa đủ ý kiến phải lấy" not in read(an, stage)
    assert an.post(stage, {"stage": "appraisal", "on": "30/06/2026"}).status_code == 302


def test_a_text_that_was_submitted_is_not_warned_of_any_more(an: Client, text: Obligation) -> None:
    stage = f"/obligations/{text.pk}/advance/"
    assert an.post(stage, {"stage": "submitted", "on": "30/06/2026", "to": ""}).status_code == 302
    assert "Chưa đủ ý kiến phải lấy" not in read(an, stage)


def test_the_letter_by_which_it_was_asked_opens_from_the_list(an: Client, text: Obligation) -> None:
    letter = goes_out(text.unit, june(22))
    [one] = asked(text, "Sở Tư pháp", sent_on=june(22), due_on=june(30), letter_symbol=letter.symbol)
    assert one.letter == letter
    assert f'href="/documents/out/{letter.pk}/"' in read(an, listed(text))
    [other] = asked(text, "Sở Y tế", sent_on=june(22), due_on=june(30), letter_symbol="999/SNV")
    assert (other.letter, other.letter_symbol) == (None, "999/SNV")


def test_the_board_counts_what_is_awaited_by_text(an: Client, text: Obligation) -> None:
    board = "/programme/?unit=SNV-40&period=2026-06"
    assert "Ý kiến đang chờ" not in read(an, board)
    asked(text, "Sở Tài chính", "Sở Tư pháp", sent_on=june(1), due_on=june(15))
    asked(text, "Sở Y tế", sent_on=june(22), due_on=june(30))
    body = read(an, board)
    section = body[body.index("Ý kiến đang chờ") :]
    section = section[: section.index("</section>")]
    assert "15/06/2026" in section
    assert "3/3" in section
    assert text.title in section


def test_a_restricted_text_is_told_by_its_code_to_a_unit_that_was_asked(
    cast: Cast, text: Obligation, monkeypatch: pytest.MonkeyPatch
) -> None:
    [ours] = asked(text, "VP-BNV", sent_on=june(22), due_on=june(30))
    Obligation.objects.filter(pk=text.pk).update(secrecy="restricted")
    binh = sign_in(Client(), cast.binh)
    for page in ("/my/", f"/opinions/{ours.pk}/answer/"):
        body: Any = read(binh, page)
        assert text.code in body
        assert text.title not in body


def test_the_day_of_who_leads_many_units_names_what_the_own_unit_owes(cast: Cast, text: Obligation) -> None:
    asked(text, "VP-BNV", sent_on=june(22), due_on=june(30))
    em = sign_in(Client(), cast.em)  # steward of the whole ministry
    assert "Ý kiến phải trả lời" not in read(em, "/my/")
    [ours] = asked(text, "BNV", sent_on=june(22), due_on=june(30))
    assert f"/opinions/{ours.pk}/answer/" in read(em, "/my/")


def test_what_was_asked_of_a_unit_that_ended_is_in_the_day_of_its_successor(sector: Sector) -> None:
    text = a_decision(sector.home_affairs_nghe_an.pk, "QĐ-02", date(2025, 5, 5))
    [left] = asked(text, "Sở Nội vụ tỉnh Nam Định", sent_on=date(2025, 6, 20), due_on=date(2025, 7, 10))
    assert left.unit == sector.old_home_affairs_nam_dinh
    lan = a_person("lan", "Đỗ Thị Lan", sector.new_home_affairs_ninh_binh, "officer")
    page = f"/opinions/{left.pk}/answer/"
    its = sign_in(Client(), lan)
    assert page in read(its, "/my/")
    assert its.post(page, {"answer": "agrees", "on": "30/06/2026", "words": "", "symbol": ""}).status_code == 302
