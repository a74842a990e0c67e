"""The worked cases of deadlines, read from a file that a jurist can read, and what each way of counting promises."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.calendar import WorkingCalendar
from noivu.law.commands import deadline as command
from noivu.law.deadlines import deadline, due_on, rule_codes
from noivu.law.parameter_files import parameter_files
from noivu.law.reference import BrokenReferenceError, read_yaml
from noivu.law.services import change_day
from noivu.law.tests.test_parameters import read
from noivu.law.traces import read_trace, trace_of
from noivu.law.why_dates import why_date

pytestmark = pytest.mark.django_db
CASES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("deadline_cases.yaml"))
LENGTHS = ("working_days", "days", "hours", "rule", "count_start")


def counted(case: dict[str, Any]) -> Any:
    return deadline(case["from"], **{name: case[name] for name in LENGTHS if name in case})


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.get('rule', 'own')} {case['case']}")
def test_a_worked_case_of_the_law(case: dict[str, Any]) -> None:
    answer = counted(case)

    assert answer.due_on == case["due"]
    assert answer.how.until == case.get("until", "")
    assert answer.how.silence == case.get("silence", "")
    assert (answer.how.at_least, answer.how.same_day) == (case.get("at_least", False), case.get("same_day", False))
    if "rule" in case:
        assert answer.mark == case.get("mark", "read")
        assert answer.instrument
        assert answer.article
        assert due_on(case["from"], case["rule"]) == case["due"]


def test_no_rule_that_has_a_value_is_without_a_worked_case() -> None:
    valued = {code for code in rule_codes() if parameter_files().definitions[code].values}

    assert valued == {f"deadline.{case['rule']}" for case in CASES if "rule" in case}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.get('rule', 'own')} {case['case']}")
def test_what_was_counted_can_be_kept_and_read_again(case: dict[str, Any]) -> None:
    answer = counted(case)
    kept = json.dumps(trace_of(answer), ensure_ascii=False)

    assert read_trace(json.loads(kept)) == why_date(answer)
    assert len(kept) < 1_800


def test_what_was_counted_stays_when_the_calendar_changes() -> None:
    kept = trace_of(deadline(date(2026, 3, 2), working_days=5))
    name = Text(vi="nghỉ tránh bão", en="closed for the storm")
    change_day(actor=SYSTEM, day=date(2026, 3, 4), works=False, name=name, reason="bão")

    assert read_trace(kept).due_on == date(2026, 3, 9)
    assert not any("bão" in row.words.vi for row in read_trace(kept).rows)
    assert deadline(date(2026, 3, 2), working_days=5).due_on == date(2026, 3, 10)


def test_hours_add_up_day_by_day() -> None:
    answer = deadline(date(2026, 8, 20), hours=20)

    assert [(step.date.day, step.number) for step in answer.steps if step.counted] == [(21, 8), (22, 16), (24, 20)]
    assert answer.steps[-1].reason.vi == "hết giờ làm việc thứ 20: thứ Hai"
    assert why_date(answer).rows[-1].words.vi == "giờ làm việc thứ 20: hạn"


def test_a_day_that_the_month_lacks_is_its_last() -> None:
    assert why_date(deadline(date(2026, 12, 1), rule="programme_submission")).rows[-1].words.vi == (
        "ngày 20 của tháng, Chủ nhật: hạn"
    )
    assert deadline(date(2026, 2, 3), rule="report_to_government").due_on == date(2026, 2, 25)


def test_the_command_tells_what_a_rule_says_beside_its_number() -> None:
    said = CliRunner().invoke(command, ["--from", "2026-08-28", "--rule", "electronic_sending", "--json"])
    spoken = CliRunner().invoke(command, ["--from", "2026-08-17", "--rule", "ministry_opinion"]).stdout

    answer = json.loads(said.stdout)
    assert (answer["due_on"], answer["until"], answer["same_day"]) == ("2026-09-03", "morning", True)
    assert (answer["silence"], answer["mark"]) == (None, "unverified")
    assert "Quá hạn không trả lời thì coi là đồng ý." in spoken
    assert "191/2026/NĐ-CP" in spoken
    assert "(chưa kiểm chứng)" in spoken


@pytest.mark.parametrize(("way", "length"), [("hours", 0), ("hours", 4001), ("working_days", 0)])
def test_a_length_that_cannot_be_names_its_unit(way: str, length: int) -> None:
    with pytest.raises(Refusal, match="giờ" if way == "hours" else "ngày"):
        deadline(date(2026, 8, 3), **{way: length})


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        ("{counts: moons}", "counts is one of"),
        ("{counts: days, until: noon}", "until is one of"),
        ("{counts: days, silence: refusal}", "silence is one of"),
        ("{counts: days, same_day: often}", "same_day is one of"),
        ("{counts: day_of_month, month: 13}", "month is one of"),
        ("{counts: days, month: 11}", "names a month"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_its_file(tmp_path: Path, rule: str, complaint: str) -> None:
    content = f"""
- code: test.days
  label: {{vi: hạn, en: due}}
  unit: {{vi: ngày, en: days}}
  type: integer
  rule: {rule}
  values: []
"""
    with pytest.raises(BrokenReferenceError, match=complaint):
        read(tmp_path, content)


@settings(max_examples=60, deadline=None)
@given(start=st.dates(date(2022, 1, 1), date(2026, 3, 31)), hours=st.integers(1, 400), count_start=st.booleans())
def test_hours_are_whole_working_days_rounded_up(start: date, hours: int, count_start: bool) -> None:
    shipped = WorkingCalendar()
    by_hours = deadline(start, hours=hours, count_start=count_start, calendar=shipped)
    days = (hours + 7) // 8

    assert by_hours.due_on == deadline(start, working_days=days, count_start=count_start, calendar=shipped).due_on
    assert [step.number for step in by_hours.steps if step.counted] == [min(8 * n, hours) for n in range(1, days + 1)]
