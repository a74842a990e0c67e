"""The pages of reports, through HTTP."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.accounts.testing_pages import PageTests
from noivu.core.actors import SYSTEM
from noivu.core.periods import Period
from noivu.records.testing import arrives
from noivu.reports.models import NarrativeText, Report
from noivu.reports.services import draft_report, write_narrative
from noivu.units.testing import Sector
from noivu.work.testing import owes_reply

OCTOBER = Period.parse("2024-10")


def october_report(cast: Cast) -> Report:
    """The ministry's draft of October."""
    return draft_report(actor=SYSTEM, regime_code="ministry-monthly", unit=cast.em.unit, period=OCTOBER)


class TestReportList(PageTests):
    page = "reports.list"
    verb = "reports.view"
    reader, outsider = "em", "dung"

    def url(self, things: list[Any]) -> str:
        return "/reports/?period=2024-10"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        months = [OCTOBER.shifted(-back) for back in range(number)]
        for month in months:
            draft_report(actor=SYSTEM, regime_code="ministry-monthly", unit=cast.em.unit, period=month)
        return []


class TestDesk(PageTests):
    page = "reports.desk"
    verb = "reports.view"
    reader, outsider = "em", "dung"
    detail = True

    def url(self, things: list[Any]) -> str:
        return f"/reports/{Report.objects.get().pk}/"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        for _ in range(number):
            owes_reply(cast.em.unit, date(2024, 10, 21), date(2024, 11, 4))
        return [october_report(cast)]


@pytest.fixture
def desk(cast: Cast, client: Client) -> tuple[Client, Report]:
    """Em, who keeps the ministry's data, before the report of October."""
    arrives(cast.em.unit, date(2024, 10, 2))
    return sign_in(client, cast.em), october_report(cast)


def test_a_report_is_drafted_by_a_button(cast: Cast, client: Client) -> None:
    answer = sign_in(client, cast.em).post("/reports/draft/ministry-monthly/BNV/2024-10/", follow=True)
    assert "Xử lý văn bản đến" in answer.content.decode()
    assert Report.objects.get().period == "2024-10"


def test_each_number_of_the_text_opens_its_evidence(desk: tuple[Client, Report]) -> None:
    client, report = desk
    page = client.get(f"/reports/{report.pk}/").content.decode()
    assert 'href="/figures/documents.received/?unit=BNV&amp;period=2024-10&amp;window=calendar"' in page
    assert 'hx-get="/figures/documents.received/evidence/?unit=BNV&amp;period=2024-10&amp;window=calendar"' in page
    evidence = client.get("/figures/documents.received/evidence/?unit=BNV&period=2024-10&window=calendar")
    assert evidence.status_code == 200


def test_what_is_written_stands_in_the_paper(desk: tuple[Client, Report]) -> None:
    client, report = desk
    url = f"/reports/{report.pk}/write/limits.text/"
    assert "chưa viết" in client.get(f"/reports/{report.pk}/").content.decode()
    answer = client.post(url, {"text": "Một số việc <còn> chậm.", "seen_at": ""}, follow=True)
    assert "Một số việc &lt;còn&gt; chậm." in answer.content.decode()


def test_where_one_writes_the_section_is_named(desk: tuple[Client, Report]) -> None:
    client, report = desk
    page = client.get(f"/reports/{report.pk}/write/next.text/").content.decode()
    assert "<h2>V. Nhiệm vụ trọng tâm tháng 11 năm 2024</h2>" in page


def test_what_another_wrote_meanwhile_is_shown_and_kept(desk: tuple[Client, Report]) -> None:
    client, report = desk
    write_narrative(actor=SYSTEM, report=report, slot="limits.text", text="Bản của người khác.")
    answer = client.post(f"/reports/{report.pk}/write/limits.text/", {"text": "Bản của tôi.", "seen_at": ""})
    assert answer.status_code == 422
    assert "Bản của người khác." in answer.content.decode()
    assert "Bản của tôi." in answer.content.decode()
    assert NarrativeText.objects.current().get().text == "Bản của người khác."

    merged = {"text": "Bản gộp.", "seen_at": answer.context["form"]["seen_at"].value()}
    assert client.post(f"/reports/{report.pk}/write/limits.text/", merged).status_code == 302
    assert NarrativeText.objects.current().get().text == "Bản gộp."


def test_a_mark_of_the_form_that_cannot_be_read_overwrites_nothing(desk: tuple[Client, Report]) -> None:
    client, report = desk
    write_narrative(actor=SYSTEM, report=report, slot="limits.text", text="Bản của người khác.")
    answer = client.post(f"/reports/{report.pk}/write/limits.text/", {"text": "Bản của tôi.", "seen_at": "hôm qua"})
    assert answer.status_code == 422
    assert NarrativeText.objects.current().get().text == "Bản của người khác."


def test_a_slot_that_is_not_there_does_not_exist(desk: tuple[Client, Report]) -> None:
    client, report = desk
    assert client.get(f"/reports/{report.pk}/write/other/").status_code == 404


def test_a_viewer_reads_but_does_not_write(desk: tuple[Client, Report], cast: Cast) -> None:
    _, report = desk
    client = sign_in(Client(), cast.giang)
    page = client.get(f"/reports/{report.pk}/")
    assert page.status_code == 200
    assert "/write/" not in page.content.decode()
    assert client.get(f"/reports/{report.pk}/write/limits.text/").status_code == 404


@pytest.mark.parametrize(("form", "starts"), [("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK"), ("json", b"{")])
def test_the_report_leaves_in_each_form(desk: tuple[Client, Report], form: str, starts: bytes) -> None:
    client, report = desk
    answer = client.get(f"/reports/{report.pk}/export/{form}/")
    assert answer.content.startswith(starts)
    assert f"ministry-monthly-BNV-2024-10.{form}" in answer.headers["Content-Disposition"]


def test_a_unit_that_owes_no_report_is_told_so(cast: Cast, client: Client) -> None:
    page = sign_in(client, cast.an).get("/reports/").content.decode()
    assert "không phải lập báo cáo định kỳ nào" in page
    refused = sign_in(client, cast.an).post("/reports/draft/ministry-monthly/SNV-40/2024-10/")
    assert refused.status_code == 422


def test_a_ministry_is_the_only_one_to_owe_the_ministrys_report(sector: Sector, cast: Cast, client: Client) -> None:
    page = sign_in(client, cast.em).get("/reports/").content.decode()
    assert "Báo cáo công tác tháng của Bộ" in page
