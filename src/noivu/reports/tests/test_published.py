"""Published figures stand beside the computed ones: stated on screen, by sheet and by command, with the difference."""

import json
from decimal import Decimal
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.accounts.testing_pages import PageTests
from noivu.core.actors import SYSTEM
from noivu.core.periods import Period
from noivu.core.refusals import Refusal
from noivu.figures.api import Place, StatedFigure, Statement, state_figure
from noivu.reports.commands import report
from noivu.reports.published.sheet import PUBLISHED
from noivu.reports.published.values import read_value
from noivu.sheets.api import ImportContext, ParsedRow

HERE = "unit=BNV&period=2024-10"
RATE, PART, WHOLE = "tasks.fell_due_completion_rate", "tasks.completed", "tasks.fell_due"


class TestPublished(PageTests):
    page = "reports.published"
    verb = "figures.view"
    reader, outsider = "em", "dung"

    def url(self, things: list[Any]) -> str:
        return "/reports/published/?period=2024-10"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        codes = ("tasks.assigned", "tasks.completed", "documents.received", "tasks.suspended", "documents.replied",
                 "tasks.open_overdue", "documents.sent", "tasks.open_in_time", "documents.reply_overdue")  # fmt: skip
        place = [Place(cast.em.unit.pk, code, Period.parse("2024-10")) for code in codes[:number]]
        for one in place:
            state_figure(actor=SYSTEM, place=one, kind=Statement.PUBLISHED, value=Decimal(77_001), source="Báo cáo")
        return place

    def shown(self, thing: Any) -> str:
        return "77.001"


def states(client: Client, indicator: str, value: str, source: str = "Báo cáo 1270/BC-TCTTTg") -> Any:
    data = {"indicator": indicator, "value": value, "kind": "published", "source": source}
    return client.post(f"/reports/published/new/?{HERE}", data)


def test_a_published_rate_that_does_not_recompute_says_so(cast: Cast, client: Client) -> None:
    """The report of 2017: 16,051 done of 16,274 would be 98.63 per cent, and 98.62 was published."""
    sign_in(client, cast.em)
    for code, value in ((PART, "16.051"), (WHOLE, "16.274"), (RATE, "98,62")):
        assert states(client, code, value).status_code == 302
    page = client.get(f"/reports/published/?{HERE}").content.decode()
    assert "98,62" in page
    assert 'Tính lại từ hai số đã công bố: <span class="num">98,63</span>' in page
    assert "16.051" in page
    assert StatedFigure.objects.current().get(indicator=RATE).value == Decimal("98.62")


def test_it_is_corrected_withdrawn_and_refused_with_words_that_help(cast: Cast, client: Client) -> None:
    sign_in(client, cast.em)
    states(client, "tasks.assigned", "149")
    form = client.get(f"/reports/published/new/?{HERE}&indicator=tasks.assigned").content.decode()
    assert 'value="149"' in form
    states(client, "tasks.assigned", "150")
    stated = StatedFigure.objects.current().get()
    assert stated.value == 150
    wrong = states(client, "tasks.assigned", "149,5")
    assert (wrong.status_code, "Nhập như 21.914" in wrong.content.decode()) == (422, True)
    assert sign_in(client, cast.dung).post(f"/reports/published/{stated.pk}/withdraw/").status_code == 404
    sign_in(client, cast.em)
    assert client.post(f"/reports/published/{stated.pk}/withdraw/", {"reason": ""}).status_code == 422
    there = client.post(f"/reports/published/{stated.pk}/withdraw/", {"reason": "Nhầm kỳ"}).headers["Location"]
    assert there == f"/reports/published/?{HERE}"
    assert "Chưa ghi số nào đã công bố" in client.get(there).content.decode()


def test_a_sheet_states_many_and_the_same_sheet_again_changes_nothing(cast: Cast) -> None:
    context = ImportContext(actor=cast.em.actor, unit=None, batch=None, given=frozenset())

    def row(number: int, indicator: str, value: str) -> ParsedRow:
        said = {"unit": cast.em.unit, "period": "2024-10", "source": "Báo cáo", "window": None}
        return ParsedRow(number, {**said, "indicator": indicator, "value": value})

    rows = [row(2, "tasks.assigned", "149"), row(3, "tasks.nothing", "1"), row(4, RATE, "chín mươi")]
    assert [one.state for one in PUBLISHED.apply(rows, context)] == ["applied", "quarantined", "quarantined"]
    assert [one.state for one in PUBLISHED.apply(rows, context)] == ["unchanged", "quarantined", "quarantined"]
    assert [one.column for one in PUBLISHED.apply(rows, context)][1:] == ["indicator", "value"]


def test_the_command_states_one_and_shows_the_difference(cast: Cast) -> None:
    said = ["publish", "tasks.assigned", "149", "--unit", "BNV", "--period", "2024-10", "--source", "Báo cáo", "--json"]
    answer = CliRunner().invoke(report, said)
    assert json.loads(answer.output) == {
        "indicator": "tasks.assigned", "published": 149, "computed": 0, "difference": 149,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "written", "value"),
    [("tasks.assigned", "21.914", 21914), ("tasks.assigned", "21,914", 21914), ("tasks.assigned", "287", 287),
     (RATE, "98,62", Decimal("98.62")), (RATE, "98.62 %", Decimal("98.62"))],
)  # fmt: skip
def test_numbers_are_read_as_they_are_written(code: str, written: str, value: Decimal) -> None:
    assert read_value(code, written) == value


@pytest.mark.parametrize(("code", "written"), [("tasks.assigned", "2.19"), (RATE, "98,62,1"), (RATE, "")])
def test_what_is_no_number_is_refused(code: str, written: str) -> None:
    with pytest.raises(Refusal, match="không đọc được"):
        read_value(code, written)
