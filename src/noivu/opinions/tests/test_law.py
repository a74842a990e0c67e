"""The worked cases of law-making: days as the texts give them, each with its source and mark."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from noivu.core.refusals import Refusal
from noivu.law.api import deadline, parameter
from noivu.opinions.constants import MANDATORY

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["said"])
def test_a_worked_case_is_due_on_its_day_with_its_mark(case: dict[str, Any]) -> None:
    counted = deadline(case["from"], rule=case["rule"])
    assert counted.due_on == case["due"]
    assert counted.mark == case["mark"]
    assert counted.consents == case.get("silence", False)
    assert counted.how.at_least == case.get("at_least", False)


@pytest.mark.django_db
def test_four_agencies_must_be_asked_about_a_decision_of_a_province() -> None:
    found = parameter(MANDATORY, date(2025, 9, 1))
    assert str(found.value).split("; ") == ["Sở Tài chính", "Sở Nội vụ", "Sở Tư pháp", "Sở Khoa học và Công nghệ"]
    assert (found.instrument, found.mark) == ("187/2025/NĐ-CP", "read")
    assert "chưa đối chiếu" in found.note  # what the Department of Home Affairs looks at is known from memory


@pytest.mark.django_db
def test_for_how_long_a_draft_is_appraised_today_is_not_known_and_is_not_guessed() -> None:
    with pytest.raises(Refusal):
        deadline(date(2025, 9, 1), rule="law_2015_appraisal_shortest")
