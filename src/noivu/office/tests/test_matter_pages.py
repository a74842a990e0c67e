"""The pages of the kinds above the ledger, shown by legal texts."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.accounts.testing_pages import PageTests
from noivu.core import clock
from noivu.intake.api import LEGAL_TEXTS
from noivu.intake.testing import put_in
from noivu.matters.api import LegalStep
from noivu.work.api import Obligation

OCTOBER = "/legal-texts/?period=2024-10"


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))


def owed(cast: Cast, number: int) -> Obligation:
    row = {
        "code": f"VB-{number:02}", "title": f"Nghị định thứ {number} của Vụ", "type": "Nghị định",
        "authority": "Chính phủ", "submitted_to": "Chính phủ", "lead_unit": cast.chi.unit,
        "registered_on": date(2024, 10, 1 + number % 20), "due_on": date(2024, 10, 25),
    }  # fmt: skip
    put_in(LEGAL_TEXTS, [row])
    return Obligation.objects.latest("pk")


class TestRegister(PageTests):
    page = "office.legal_texts"
    verb = "work.view"
    reader, outsider = "chi", "dung"

    def url(self, things: list[Any]) -> str:
        return OCTOBER

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        first = Obligation.objects.count()
        return [owed(cast, first + n) for n in range(number)]

    def shown(self, thing: Obligation) -> str:
        return thing.title


class TestOne(TestRegister):
    page = "office.legal_texts-one"
    detail = True

    def url(self, things: list[Any]) -> str:
        return f"/legal-texts/{things[0].pk}/"


@pytest.mark.django_db
def test_one_is_opened_in_its_row_and_the_register_is_a_workbook(cast: Cast, client: Client) -> None:
    text = owed(cast, 1)
    chi = sign_in(client, cast.chi)
    assert text.code in chi.get(f"/legal-texts/{text.pk}/opened/").content.decode()
    assert "spreadsheet" in chi.get("/legal-texts/export/?period=2024-10")["Content-Type"]


@pytest.mark.django_db
def test_a_stage_is_recorded_on_its_page_and_stands_there(cast: Cast, client: Client) -> None:
    text = owed(cast, 1)
    chi = sign_in(client, cast.chi)
    page = f"/legal-texts/{text.pk}/"
    assert f"/obligations/{text.pk}/advance/" in chi.get(page).content.decode()
    told = {"stage": "consultation", "on": "10/10/2024", "until": "17/10/2024", "reason": ""}
    answer = chi.post(f"/obligations/{text.pk}/advance/", told)
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert "góp ý đến 17/10/2024" in chi.get(page).content.decode()
    refused = chi.post(f"/obligations/{text.pk}/advance/", {"stage": "in_force", "on": "20/10/2024"})
    assert (refused.status_code, "không thể chuyển sang" in refused.content.decode().lower()) == (422, True)
    assert LegalStep.objects.current().count() == 2


@pytest.mark.django_db
def test_a_text_is_completed_by_its_stages_alone(cast: Cast, client: Client) -> None:
    text = owed(cast, 1)
    chi = sign_in(client, cast.chi)
    for code in ("complete", "suspend", "withdraw", "answer"):
        assert chi.get(f"/obligations/{text.pk}/{code}/").status_code == 404
