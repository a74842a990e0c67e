"""Figures on screen: the list, one figure, and the panel of evidence."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from noivu.accounts.testing import Cast, sign_in
from noivu.core.actors import SYSTEM
from noivu.core.periods import Period
from noivu.figures.constants import Statement
from noivu.figures.services import Place, state_figure
from noivu.figures.tests.papers import Paper

OCTOBER = {"unit": "VP-BNV", "period": "2024-10"}


@pytest.fixture
def binh(papers, papers_declared, cast: Cast, client):
    """Bình of the ministry's office, whose register holds three papers of October and one of September."""
    for day, answered in ((date(2024, 9, 5), date(2024, 9, 6)), (date(2024, 10, 3), date(2024, 10, 9))):
        receive(cast.binh.unit, day, answered)
    receive(cast.binh.unit, date(2024, 10, 4), None, due_on=date(2024, 10, 20))
    receive(cast.binh.unit, date(2024, 10, 5), None, due_on=date(2024, 11, 20))
    sign_in(client, cast.binh)
    return client


def receive(unit, received_on, answered_on, due_on=None, kind="letter"):
    recorded_at = datetime(2024, 10, 31, 1, tzinfo=UTC)
    Paper.objects.create(
        unit_id=unit.pk,
        kind=kind,
        received_on=received_on,
        answered_on=answered_on,
        due_on=due_on,
        recorded_at=recorded_at,
    )


def words(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace("\u00a0", " ")


def test_the_list_shows_every_figure_with_the_period_before(binh):
    shown = words(binh.get("/figures/", OCTOBER))
    assert "papers.received 3 1 +2 3 = 1 + 1 + 1 + 0" in shown
    assert "rate 33,3% 100% −66,7 điểm" in shown
    assert "08:00 ngày 31/10/2024" in shown


def test_a_figure_shows_its_meaning_its_parts_and_its_records(binh):
    shown = words(binh.get("/figures/papers.overdue/", OCTOBER))
    assert "Khớp: 3 = 1 + 1 + 1 + 0" in shown
    assert "1 bản ghi" in shown
    assert "Khái niệm papers.overdue" in shown


def test_the_panel_of_evidence_is_a_passage_without_a_page(binh):
    response = binh.get("/figures/papers.received/evidence/", OCTOBER)
    assert "<html" not in response.content.decode()
    shown = words(response)
    assert "Căn cứ của số liệu" in shown
    assert "3 bản ghi" in shown
    assert "1 letter" in shown


def test_a_rate_names_its_parts_instead_of_records(binh):
    shown = words(binh.get("/figures/papers.answered_rate/", OCTOBER))
    assert "33,3%" in shown
    assert "Tử số papers.answered" in shown
    assert "Bản ghi" not in shown


def test_what_is_stated_stands_beside_with_its_difference(binh, cast: Cast):
    state_figure(
        actor=SYSTEM,
        place=Place(cast.binh.unit.pk, "papers.received", Period.parse("2024-10")),
        kind=Statement.PUBLISHED,
        value=Decimal(5),
        source="Báo cáo tháng 10",
    )
    assert "Đã công bố: 5 (Báo cáo tháng 10), chênh 2" in words(binh.get("/figures/", OCTOBER))
    assert "Đã công bố 5 , Báo cáo tháng 10 (chênh 2 )" in words(binh.get("/figures/papers.received/", OCTOBER))


def test_a_unit_out_of_reach_is_not_there(binh):
    assert binh.get("/figures/", {"unit": "SNV-40", "period": "2024-10"}).status_code == 404


def test_a_figure_that_nobody_declared_is_not_there(binh):
    assert binh.get("/figures/papers.lost/", OCTOBER).status_code == 404


def test_records_come_in_pages_that_can_be_turned(binh, cast: Cast):
    for _ in range(60):
        receive(cast.binh.unit, date(2024, 10, 7), None)
    shown = words(binh.get("/figures/papers.received/", {**OCTOBER, "page": "2"}))
    assert "Trang 2/2" in shown


@pytest.mark.parametrize(
    ("address", "queries"),
    [("/figures/", 3), ("/figures/papers.received/", 4), ("/figures/papers.received/evidence/", 4)],
)
def test_a_page_costs_few_queries_whatever_the_number_of_records(
    binh, cast: Cast, django_assert_num_queries, address, queries
):
    binh.get(address, OCTOBER)
    for _ in range(20):
        receive(cast.binh.unit, date(2024, 10, 7), None)
    with django_assert_num_queries(queries + 2):  # session and user
        binh.get(address, OCTOBER)


def test_english_is_complete(binh, cast: Cast):
    cast.binh.user.language = "en"
    cast.binh.user.save()
    shown = words(binh.get("/figures/papers.received/", OCTOBER))
    assert "Concept" in shown
    assert "3 records" in shown
    assert "Bản ghi" not in shown


def test_a_window_that_was_not_in_force_in_the_period_is_refused_in_words(binh):
    refused = binh.get("/figures/", {"period": "2019-01", "window": "decree09"})
    assert refused.status_code == 422
    assert "01/01/2019" in refused.content.decode()
