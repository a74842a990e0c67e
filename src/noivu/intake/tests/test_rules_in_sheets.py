"""A row counts its due date by a rule of law, and says what was passed back or turned down, and why."""

from datetime import date
from typing import Any

import pytest

from noivu.core import clock
from noivu.core.periods import Period
from noivu.figures.api import Question, ask
from noivu.intake.api import ENTERED, RECOMMENDATIONS, TASKS
from noivu.intake.testing import put_in, states
from noivu.law.api import read_trace
from noivu.units.testing import Sector
from noivu.work.api import Obligation, ObligationEvent

pytestmark = pytest.mark.django_db
RULE = "nghe_an_recommendation"


@pytest.fixture(autouse=True)
def _in_november_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 23))


def day(number: int, month: int = 11) -> date:
    return date(2026, month, number)


def recommendation(sector: Sector, **said: Any) -> dict[str, Any]:
    return {
        **{column.key: None for column in RECOMMENDATIONS.columns}, "code": "KN-1", "origin": "Đoàn Nghệ An",
        "content": "Nâng phụ cấp", "received_on": day(2), "unit": sector.home_affairs_nghe_an, **said,
    }  # fmt: skip


def test_a_row_is_due_by_its_rule_with_the_reasoning_and_the_same_again_changes_nothing(sector: Sector) -> None:
    row = recommendation(sector, due_rule=RULE)
    assert states(put_in(RECOMMENDATIONS, [row])) == ["applied"]
    it = Obligation.objects.get()
    assert it.original_due_on == day(1, 12)
    event = ObligationEvent.objects.current().get(happening="due_set")
    assert (event.rule, event.counted_from) == (RULE, day(2))
    assert read_trace(event.trace).instrument == "98/2025/QĐ-UBND"
    assert states(put_in(RECOMMENDATIONS, [row])) == ["unchanged"]
    assert states(put_in(RECOMMENDATIONS, [{**row, "due_on": day(1, 12)}])) == ["unchanged"]


def test_a_file_without_a_column_of_due_dates_may_have_rules(sector: Sector) -> None:
    row = recommendation(sector, due_rule="nghe_an_recommendation_urgent")
    given = [column.key for column in RECOMMENDATIONS.columns if column.key != "due_on"]
    assert states(put_in(RECOMMENDATIONS, [row], given)) == ["applied"]
    assert Obligation.objects.get().original_due_on == day(16)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"due_rule": "foreign_trip_report"}, "Loại việc này không có quy định đó."),
        ({"due_rule": RULE, "due_on": day(30)}, "Hạn ghi khác hạn theo quy định (01/12/2026)."),
        ({"due_rule": RULE, "received_on": date(2025, 10, 1)}, "không có giá trị có hiệu lực ngày 01/10/2025"),
        ({"due_rule": RULE, "unit": "office"}, "98/2025/QĐ-UBND không áp dụng cho đơn vị này."),
    ],
)
def test_a_rule_that_does_not_hold_keeps_the_row_aside(sector: Sector, said: dict[str, Any], words: str) -> None:
    if "unit" in said:
        said = {**said, "unit": sector.office}
    [outcome] = put_in(RECOMMENDATIONS, [recommendation(sector, **said)])
    assert (outcome.state, outcome.column) == ("quarantined", "due_rule")
    assert words in str(outcome.reason)
    assert not Obligation.objects.exists()


def test_a_task_is_due_by_a_rule_of_its_kind(sector: Sector) -> None:
    row = {
        **{column.key: None for column in TASKS.columns}, "code": "NV-1", "title": "Góp ý", "assigner": "Bộ trưởng",
        "assigned_on": day(2), "lead_unit": sector.office, "due_rule": "ministry_opinion",
    }  # fmt: skip
    assert states(put_in(TASKS, [row])) == ["applied"]
    assert Obligation.objects.get().original_due_on == day(9)


def test_what_was_passed_back_or_turned_down_is_said_with_its_reason_and_counts(sector: Sector) -> None:
    rows = [
        recommendation(sector, code="KN-1", passed_back_on=day(5), decline_reason="Thuộc Sở Công Thương"),
        recommendation(sector, code="KN-2", turned_down_on=day(6), decline_reason="Trùng KN-1"),
        recommendation(sector, code="KN-3"),
    ]
    assert states(put_in(RECOMMENDATIONS, rows)) == ["applied"] * 3
    assert states(put_in(RECOMMENDATIONS, rows)) == ["unchanged"] * 3
    back = ObligationEvent.objects.current().get(happening="passed_back")
    assert (back.on, back.reason) == (day(5), "Thuộc Sở Công Thương")
    codes = ("recommendations.received", "recommendations.declined", "recommendations.open_no_deadline")
    unit, period = sector.home_affairs_nghe_an.pk, Period.parse("2026-11")
    [answer] = ask([Question(unit, period, as_of=day(23), indicators=codes)])
    assert [answer.values[code] for code in codes] == [3, 2, 1]


def test_a_question_is_passed_back_by_its_sheet_too(sector: Sector) -> None:
    sheet = ENTERED["question"]
    row = {
        **{column.key: None for column in sheet.columns}, "code": "CV-1", "title": "Biên chế", "assigner": "Đại biểu",
        "authority": "Quốc hội", "assigned_on": day(2), "lead_unit": sector.office, "passed_back_on": day(4),
    }  # fmt: skip
    [outcome] = put_in(sheet, [row])
    assert (outcome.state, outcome.column) == ("quarantined", "decline_reason")
    assert states(put_in(sheet, [{**row, "decline_reason": "Thuộc Bộ Tài chính"}])) == ["applied"]
    [both] = put_in(sheet, [{**row, "decline_reason": "Nhầm", "completed_on": day(5)}])
    assert (both.state, both.column) == ("quarantined", "completed_on")
