"""The board of the legal programme."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.accounts.testing_pages import PageTests
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.intake.api import LEGAL_TEXTS
from noivu.intake.testing import put_in
from noivu.matters.api import Advance, LegalStage, advance
from noivu.work.api import Obligation

BOARD = "/programme/?period=2024-10"


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))


def on_programme(cast: Cast, number: int, **known: Any) -> Obligation:
    row = {
        "code": f"VB-{number:02}", "title": f"Nghị định thứ {number} của Vụ", "type": "Nghị định",
        "authority": "Chính phủ", "submitted_to": "Chính phủ", "lead_unit": cast.chi.unit,
        "registered_on": date(2024, 10, 1), "due_on": date(2024, 10, 25), **known,
    }  # fmt: skip
    put_in(LEGAL_TEXTS, [row])
    return Obligation.objects.latest("pk")


class TestBoard(PageTests):
    page = "matters.programme"
    verb = "work.view"
    reader, outsider = "chi", "dung"

    def url(self, things: list[Any]) -> str:
        return BOARD

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        first = Obligation.objects.count()
        return [on_programme(cast, first + n) for n in range(number)]

    def shown(self, thing: Obligation) -> str:
        return thing.title


@pytest.mark.django_db
def test_texts_stand_at_their_stage_and_opinions_are_due_by_their_day(cast: Cast, client: Client) -> None:
    asked, other = on_programme(cast, 1), on_programme(cast, 2, authority="Quốc hội")
    to = Advance(LegalStage.CONSULTATION, date(2024, 10, 10), until=date(2024, 10, 17))
    advance(actor=SYSTEM, obligation=asked, to=to)
    chi = sign_in(client, cast.chi)
    body = chi.get(BOARD).content.decode()
    assert "17/10/2024" in body
    assert other.title in body
    narrowed = chi.get(f"{BOARD}&stage=in_programme&authority=Qu%E1%BB%91c+h%E1%BB%99i").content.decode()
    listed = narrowed[narrowed.rindex("<tbody>") :]
    assert other.title in listed
    assert asked.title not in listed


@pytest.mark.django_db
def test_what_was_issued_before_the_period_is_no_more_on_the_board(cast: Cast, client: Client) -> None:
    on_programme(cast, 1, registered_on=date(2024, 8, 1), due_on=None, issued_on=date(2024, 9, 30), symbol="1/NĐ-CP")
    chi = sign_in(client, cast.chi)
    assert "Chưa có văn bản nào" in chi.get(BOARD).content.decode()
    assert "Nghị định thứ 1" in chi.get("/programme/?period=2024-09").content.decode()


@pytest.mark.django_db
def test_texts_not_issued_yet_stand_before_those_issued(cast: Cast, client: Client) -> None:
    days = {"registered_on": date(2024, 9, 1), "due_on": date(2024, 9, 30)}
    issued = on_programme(cast, 1, **days, issued_on=date(2024, 10, 3), symbol="1/NĐ-CP")
    waiting = on_programme(cast, 2)
    body = sign_in(client, cast.chi).get(BOARD).content.decode()
    assert body.rindex(waiting.title) < body.rindex(issued.title)


@pytest.mark.django_db
def test_the_operations_centre_names_the_backlog_of_texts_where_there_is_any(cast: Cast, client: Client) -> None:
    on_programme(cast, 1)
    chi = sign_in(client, cast.chi)
    shown = {month: chi.get(f"/?period={month}").content.decode() for month in ("2024-09", "2024-10")}
    row = '<th scope="row">Xây dựng pháp luật</th>'
    assert {month: row in body for month, body in shown.items()} == {"2024-09": False, "2024-10": True}
