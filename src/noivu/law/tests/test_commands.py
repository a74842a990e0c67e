"""`noivu deadline` and `noivu calculate`: the shapes that machines read, the words that people read."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from noivu.core.refusals import Refusal
from noivu.law.commands import calculate, deadline

pytestmark = pytest.mark.django_db


def run(command: Any, line: str) -> Result:
    return CliRunner().invoke(command, line.split())


def answer(command: Any, line: str) -> Any:
    result = run(command, line + " --json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_deadline_answers_in_the_published_shape() -> None:
    said = answer(deadline, "--from 2026-08-21 --working-days 7")

    assert {"from", "due_on", "steps", "rule", "instrument"} <= set(said)
    assert (said["from"], said["due_on"], said["rule"], said["exact"]) == ("2026-08-21", "2026-09-03", None, True)
    assert {"date", "counted", "reason"} <= set(said["steps"][0])
    assert sum(step["counted"] for step in said["steps"]) == 7


def test_deadline_by_rule_names_its_instrument() -> None:
    said = answer(deadline, "--from 01/03/2026 --rule recommendation_peoples_council")

    assert said["due_on"] == "2026-03-31"
    assert said["rule"] == "deadline.recommendation_peoples_council"
    assert said["instrument"].startswith("72/2025/NQLT")


def test_deadline_counting_the_first_day() -> None:
    assert answer(deadline, "--from 2025-08-20 --working-days 10 --count-start")["due_on"] == "2025-09-04"


def test_deadline_in_an_undecided_year_says_so() -> None:
    said = answer(deadline, "--from 2027-01-20 --working-days 20")

    assert said["exact"] is False
    assert "2027" in said["doubt"]


def test_deadline_speaks_to_people() -> None:
    said = run(deadline, "--from 2026-08-21 --working-days 7").stdout

    assert "làm bù cho ngày 31/08/2026" in said
    assert "→ 03/09/2026" in said


@pytest.mark.parametrize(
    "line",
    [
        "--from 2026-08-21",
        "--from 2026-08-21 --days 3 --working-days 3",
        "--from 31/02/2026 --days 3",
        "--from 2026-08-21 --rule reply --count-start",
    ],
)
def test_wrong_usage_ends_with_two(line: str) -> None:
    assert run(deadline, line).exit_code == 2


def test_an_unknown_rule_is_refused() -> None:
    assert isinstance(run(deadline, "--from 2026-08-21 --rule nothing").exception, Refusal)


def test_calculate_answers_in_the_published_shape() -> None:
    said = answer(calculate, "working-days --set from=2026-08-21 --set to=2026-09-03 --on 2026-09-03")

    assert (said["calculator"], said["on"], said["result"]) == ("working-days", "2026-09-03", 7)
    assert said["steps"][0] == {
        "text": "Số ngày sau 21/08/2026 đến hết 03/09/2026",
        "text_vi": "Số ngày sau 21/08/2026 đến hết 03/09/2026",
        "text_en": "Days after 21/08/2026 up to and including 03/09/2026",
        "value": 13,
        "instrument": None,
        "article": None,
        "mark": None,
        "note": None,
        "own": False,
    }
    assert said["steps"][0]["value"] - said["steps"][1]["value"] == said["result"]


def test_calculate_backwards_is_negative() -> None:
    assert answer(calculate, "working-days --set from=2024-11-04 --set to=2024-11-01")["result"] == -1


@pytest.mark.parametrize(
    ("start", "end", "result"),
    [
        ("2024-11-04", "2024-11-08", 5),  # Monday to Friday, both
        ("2024-11-04", "2024-11-04", 1),
        ("2024-11-02", "2024-11-04", 1),  # begins on a Saturday
        ("2024-11-04", "2024-11-01", -1),  # backwards the first day is among those counted
    ],
)
def test_the_first_day_is_counted_once_and_the_steps_make_the_result(start: str, end: str, result: int) -> None:
    said = answer(calculate, f"working-days --set from={start} --set to={end} --set count_start=có")
    days, rest, *more, told = [step["value"] for step in said["steps"] if step["value"] is not None]
    assert said["result"] == told == days - rest + sum(more) == result


def test_calculate_lists_itself() -> None:
    listed = answer(calculate, "--list")

    assert {"working-days", "working-day-after"} <= {entry["name"] for entry in listed}
    assert "số ngày làm việc" in run(calculate, "--list").stdout


def test_calculate_the_nth_working_day() -> None:
    said = answer(calculate, "working-day-after --set from=2025-08-20 --set working_days=10 --set count_start=có")

    assert said["result"] == "2025-09-04"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("nothing", "working-days"),
        ("working-days --set from=2024-11-04", "to"),
        ("working-days --set from=2024-11-04 --set to=hôm --set count_start=có", "to"),
        ("working-days --set from=2024-11-04 --set to=2024-11-05 --set colour=red", "colour"),
    ],
)
def test_bad_facts_are_refused_by_name(line: str, names: str) -> None:
    refused = run(calculate, line).exception

    assert isinstance(refused, Refusal)
    assert names in str(refused)
