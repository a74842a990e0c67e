"""The register of tasks as a board by stage and as a month of due dates."""

import re
from datetime import date

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.accounts.testing_pages import queries_of
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.work.api import complete, start
from noivu.work.testing import gets_task

REGISTER = "/tasks/?period=2024-08"


@pytest.fixture(autouse=True)
def _end_of_august(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 8, 30))


@pytest.fixture
def august(cast: Cast, client: Client) -> Client:
    """Of Chi: one task not begun, one begun, one done; due on 5/9, 5/9 and 20/8."""
    unit, first = cast.chi.unit, date(2024, 8, 1)
    gets_task(unit, first, date(2024, 9, 5), title="Chưa làm")
    start(actor=SYSTEM, obligation=gets_task(unit, first, date(2024, 9, 5), title="Đang làm"), on=date(2024, 8, 5))
    complete(actor=SYSTEM, obligation=gets_task(unit, first, date(2024, 8, 20), title="Làm xong"), on=date(2024, 8, 9))
    return sign_in(client, cast.chi)


@pytest.mark.django_db
def test_cards_stand_in_the_column_of_their_stage(august: Client) -> None:
    body = august.get(f"{REGISTER}&view=board").content.decode()
    lanes = re.findall(r'<h2 id="lane-\d+">([^<]*) <span class="num">(\d+)</span></h2>(.*?)</section>', body, re.DOTALL)
    shown = {label: re.findall(r">(Chưa làm|Đang làm|Làm xong)<", cards) for label, _, cards in lanes}
    assert shown == {
        "Chưa xử lý": ["Chưa làm"],
        "Đang xử lý": ["Đang làm"],
        "Chờ xác nhận": [],
        "Đã hoàn thành": ["Làm xong"],
    }
    assert "view=board" in re.findall(r'class="cuts"(.*?)</nav>', body, re.DOTALL)[0]
    assert len(queries_of(august, f"{REGISTER}&view=board")) <= 4


@pytest.mark.django_db
def test_a_month_shows_what_is_due_and_why_a_day_is_off(august: Client) -> None:
    body = august.get(f"{REGISTER}&view=calendar&month=2024-09").content.decode()
    days = dict(re.findall(r'<td class="([^"]*)"><span class="date"[^>]*><time datetime="([^"]*)"', body))
    assert days
    cell = re.findall(r'<td class="([^"]*)">(?:(?!</td>).)*2024-09-05(.*?)</td>', body, re.DOTALL)[0]
    assert "off" not in cell[0]
    assert len(re.findall("NV-000[12]", cell[1])) == 2
    holiday = re.findall(r'<td class="([^"]*)">(?:(?!</td>).)*2024-09-02(.*?)</td>', body, re.DOTALL)[0]
    assert "off" in holiday[0]
    assert "Quốc khánh" in holiday[1]
    assert "NV-0003" not in body
    assert "month=2024-08" in body
    assert "month=2024-10" in body
    assert len(queries_of(august, f"{REGISTER}&view=calendar&month=2024-09")) <= 4


@pytest.mark.django_db
def test_an_address_that_makes_no_sense_shows_the_list_and_the_present_month(august: Client) -> None:
    assert '<table class="register"' in august.get(f"{REGISTER}&view=pie").content.decode()
    assert "8/2024" in august.get(f"{REGISTER}&view=calendar&month=2024-99").content.decode()
    assert '<nav class="views"' not in august.get("/my/").content.decode()
