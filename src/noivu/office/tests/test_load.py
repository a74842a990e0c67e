"""Unit load and lateness: the numbers, and the rows behind each."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.accounts.testing_pages import queries_of
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.work.api import complete
from noivu.work.testing import gets_task, owes_reply, replies

LOAD = "/load/?unit=BNV&period=2024-10"


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))


def october(day: int) -> date:
    return date(2024, 10, day)


def lines(body: str) -> dict[str, list[int]]:
    """The numbers of each line, by its name."""
    found: dict[str, list[int]] = {}
    for name, cells in re.findall(r'<tr><th scope="row"[^>]*>(.*?)(?:<br>.*?)?</th>(.*?)</tr>', body, re.DOTALL):
        numbers = re.findall(r">(\d+)<", cells.replace("</a>", "<"))
        found[name.replace("\u00a0", " ")] = [int(number) for number in numbers]
    return found


@pytest.mark.django_db
def test_each_number_opens_the_rows_it_counts(cast: Cast, client: Client) -> None:
    chi: dict[str, Any] = {"assigned_officer": cast.chi.actor.id, "assigned_to": cast.chi.user.full_name}
    gets_task(cast.chi.unit, october(1), october(20), title="Quá hạn một", **chi)
    gets_task(cast.chi.unit, october(1), date(2024, 11, 4), title="Sắp đến một", **chi)
    gets_task(cast.chi.unit, october(1), date(2024, 12, 20), title="Còn lâu một")
    complete(actor=SYSTEM, obligation=gets_task(cast.chi.unit, october(1), october(5)), on=october(9))
    complete(actor=SYSTEM, obligation=gets_task(cast.chi.unit, october(1), october(15)), on=october(9))
    replies(owes_reply(cast.em.unit, date(2024, 8, 1), date(2024, 8, 5)), date(2024, 8, 9))
    handled = {"assigned_unit_id": cast.binh.unit.pk}
    owes_reply(cast.em.unit, october(2), october(3), summary="Trả lời muộn", **handled)
    sign_in(client, cast.em)
    body = client.get(LOAD).content.decode()
    found = lines(body)
    assert found[cast.chi.actor.unit_name] == [3, 1, 1, 1]  # as of 31/10, 4/11 is two working days off
    assert found[cast.binh.actor.unit_name] == [1, 0, 1, 0]
    assert found["Đỗ Quang Chi"] == [2, 1, 1, 0]
    links = [link.replace("&amp;", "&") for link in re.findall(r'class="fig" href="([^"]*overdue[^"]*)"', body)]
    shown = {link: client.get(link).content.decode() for link in links}
    of_chi = next(text for link, text in shown.items() if "officer" in link)
    assert "Quá hạn một" in of_chi
    assert "Trả lời muộn" not in of_chi
    assert any("Trả lời muộn" in text for link, text in shown.items() if "VP-BNV" in link)
    assert len(queries_of(client, LOAD)) == 2
    assert len(queries_of(client, links[0])) <= 2


@pytest.mark.django_db
def test_nothing_to_do_is_said_and_other_units_are_not_told(cast: Cast, client: Client) -> None:
    sign_in(client, cast.an)
    assert "Không có việc đang mở" in client.get("/load/?period=2024-10").content.decode()
    assert client.get(LOAD).status_code == 404
    assert client.get("/load/everything/").status_code == 404
