"""Each number of a rule and of a published case names the tests that hold it, or why none does."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOMS = Path(__file__).parents[2]
NUMBERS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("worked_numbers.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("line", NUMBERS, ids=lambda line: str(line["number"]))
def test_a_number_is_held_by_tests_that_exist(line: dict[str, Any]) -> None:
    assert line.keys() in ({"number", "held by"}, {"number", "not built"})
    for held in line.get("held by", ()):
        place, _, test = held.partition("::")
        room, file = place.split("/")
        written = (ROOMS / room / "tests" / f"{file}.py").read_text(encoding="utf-8")
        assert re.search(rf"^ *def {test}\(", written, re.MULTILINE), held
