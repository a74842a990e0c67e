"""The commands that answer with figures and with the records behind them."""

import json
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from noivu.core.refusals import Refusal
from noivu.figures.commands import figures, records
from noivu.figures.tests.papers import Paper
from noivu.units.testing import small_sector


@pytest.fixture
def sector(papers, papers_declared):
    sector = small_sector()
    for unit, day, answered in (
        (sector.office, 3, 9),
        (sector.office, 4, None),
        (sector.local_government, 20, 25),
        (sector.home_affairs_nghe_an, 5, None),
    ):
        Paper.objects.create(
            unit_id=unit.pk,
            kind="=letter",
            received_on=date(2024, 10, day),
            answered_on=answered and date(2024, 10, answered),
            recorded_at=datetime(2024, 10, day, tzinfo=UTC),
        )
    return sector


def run(command, *arguments):
    return CliRunner().invoke(command, arguments, catch_exceptions=False)


def answered(*arguments):
    return json.loads(run(figures, *arguments, "--json").stdout)


def test_figures_come_as_the_public_json_shape(sector):
    payload = answered("--unit", "BNV", "--period", "2024-10")
    assert (payload["unit"], payload["period"], payload["window"]) == ("BNV", "2024-10", "calendar")
    assert payload["as_of"] == "2024-10-31"
    assert payload["values"]["papers.received"] == 3
    assert payload["values"]["papers.answered_rate"] == 66.7
    assert payload["identities"][0]["name"] == "papers.balance"
    assert payload["identities"][0]["holds"] is True
    assert payload["sources"]["papers"]["last_recorded_at"].startswith("2024-10-20")


def test_an_as_of_day_in_the_middle_of_the_month_is_obeyed(sector):
    payload = answered("--unit", "BNV", "--period", "2024-10", "--as-of", "2024-10-08")
    assert payload["values"]["papers.received"] == 2
    assert payload["values"]["papers.answered"] == 0
    assert payload["values"]["papers.answered_rate"] == 0


def test_known_at_shows_what_the_register_said_then(sector):
    payload = answered("--unit", "BNV", "--period", "2024-10", "--known-at", "2024-10-04T12:00")
    assert payload["values"]["papers.received"] == 2
    assert payload["known_at"].startswith("2024-10-04T12:00")


def test_the_window_of_decree_09_moves_the_days(sector):
    payload = answered("--unit", "BNV", "--period", "2024-11", "--window", "decree09", "--as-of", "2024-11-01")
    assert (payload["starts_on"], payload["ends_on"]) == ("2024-10-15", "2024-11-14")
    assert payload["values"]["papers.received"] == 1


def test_the_professional_line_takes_in_the_departments(sector):
    assert answered("--unit", "BNV", "--period", "2024-10", "--line", "guidance")["values"]["papers.received"] == 4


def test_rows_of_children_stand_below_the_total(sector):
    payload = answered("--unit", "BNV", "--period", "2024-10", "--by", "children", "--indicator", "papers.received")
    assert payload["values"] == {"papers.received": 3}
    rows = {row["unit"]: row["values"]["papers.received"] for row in payload["rows"]}
    assert rows == {"VP-BNV": 2, "VCQDP-BNV": 1, "CVTLT-BNV": 0}


def test_before_the_first_known_fact_the_answer_says_so(sector):
    payload = answered("--unit", "40", "--period", "2024-10")
    assert (payload["exact"], payload["known_from"]) == (False, "2025-06-30")


def test_people_read_words_and_equations(sector):
    told = run(figures, "--unit", "BNV", "--period", "2024-10").stdout
    assert "✓ balance: 3 = 2 + 0 + 0 + 1" in told
    assert "66,7" in told


def test_the_list_documents_every_figure(papers_declared):
    listed = answered("--list")
    assert {each["code"] for each in listed} == set(papers_declared.codes)
    assert all(each["concept"] and each["method"] for each in listed)


def test_without_unit_or_period_the_usage_is_wrong(papers_declared):
    assert run(figures, "--period", "2024-10").exit_code == 2


def test_an_unknown_unit_is_refused(sector):
    with pytest.raises(Refusal, match="XYZ"):
        run(figures, "--unit", "XYZ", "--period", "2024-10")


def test_the_records_are_those_that_were_counted(sector):
    payload = json.loads(run(records, "papers.answered", "--unit", "BNV", "--period", "2024-10", "--json").stdout)
    assert (payload["indicator"], payload["count"]) == ("papers.answered", 2)
    assert [record["unit"] for record in payload["records"]] == ["VP-BNV", "VCQDP-BNV"]
    assert set(payload["records"][0]) == {"id", "unit", "label", "url"}


def test_records_as_csv_are_inert(sector):
    told = run(records, "papers.received", "--unit", "BNV", "--period", "2024-10", "--csv").stdout
    lines = told.splitlines()
    assert lines[0].endswith("id,unit,label,note,url")
    assert "'=letter" in lines[1]
    assert len(lines) == 4
