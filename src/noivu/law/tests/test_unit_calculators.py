"""The calculators on units: published and hand-computed cases as data, and what must hold for every number."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from noivu.core.actors import SYSTEM
from noivu.core.numbers import percent
from noivu.core.refusals import Refusal
from noivu.law.api import Parameter, ParametersOn, calculate
from noivu.law.calculators.units.deputies import deputies
from noivu.law.calculators.units.points import along, converted
from noivu.law.calculators.units.scale import numbers
from noivu.law.calculators.units.standard import AgainstStandard, asked_by
from noivu.law.commands import calculate as command
from noivu.law.parameter_files import parameter_files
from noivu.law.services import override_parameter

CASES = yaml.safe_load((Path(__file__).parent / "unit_calculator_cases.yaml").read_text(encoding="utf-8"))

PREFIXES = ("unit_standard.", "unit_arrangement.", "unit_classification.", "council_deputies.")


def cases() -> Iterator[Any]:
    for group in CASES:
        for case in group["cases"]:
            asked = {**group["facts"], **case["facts"]}
            typed = {key: str(value) for key, value in asked.items() if value is not None}
            name = f"{group['calculator']} {group['day']} {case['name']}"
            yield pytest.param(group["calculator"], group["day"], typed, case, id=name)


def same(found: Any, expected: Any) -> bool:
    """A number by its value, a word as it is; None where nothing is known."""
    if isinstance(found, Decimal | int):
        return Decimal(found) == Decimal(str(expected))
    return bool(found == expected)


@pytest.mark.django_db
@pytest.mark.parametrize(("calculator", "on", "typed", "case"), list(cases()))
def test_the_case_is_answered(calculator: str, on: date, typed: dict[str, str], case: dict[str, Any]) -> None:
    if "refused" in case:
        with pytest.raises(Refusal) as refused:
            calculate(calculator, typed, on)
        assert refused.value.code == case["refused"]
        return
    answer = calculate(calculator, typed, on)
    expected, steps = case.get("answer", {}), {step.text.vi: step.value for step in answer.steps}
    for part, value in (expected if isinstance(expected, dict) else {}).items():
        assert same(answer.result[part], value), part
    assert isinstance(expected, dict) or same(answer.result, expected)
    for name, value in case.get("steps", {}).items():
        assert same(steps[name], value), name


@pytest.mark.django_db
def test_a_value_that_was_not_checked_says_so_in_its_step() -> None:
    line = "council-deputies --set kind=rural-district --set place=mountain --set population=47000 --on 2025-06-15"
    said = CliRunner().invoke(command, line.split())
    told = json.loads(CliRunner().invoke(command, [*line.split(), "--json"]).stdout)

    assert "65/2025/QH15, điều chưa xác định, theo trí nhớ" in said.stdout
    assert (told["result"], told["steps"][0]["mark"], told["steps"][0]["instrument"]) == (31, "memory", "65/2025/QH15")


@pytest.mark.django_db
def test_a_scale_that_the_office_completes_is_computed_and_says_whose_number_it_is() -> None:
    asked = {"kind": "ward", "place": "city", "population": "22000", "area": "5.5", "self_balanced": "có"}
    asked |= {"structure": "70", "signed": "90", "signed_points": "3", "other_points": "24"}
    with pytest.raises(Refusal, match="population_points"):
        calculate("unit-classification", asked, date(2026, 6, 30))

    override_parameter(
        actor=SYSTEM,
        code="unit_classification.population.ward.city",
        value={"from": 21_000, "points": 10, "step": 1_000, "each": "0.5", "max": 20},
        starts_on=date(2026, 1, 1),
        instrument="307/2025/NĐ-CP",
        reason="đối chiếu toàn văn",
    )
    answer = calculate("unit-classification", asked, date(2026, 6, 30))

    assert answer.result["points"] == Decimal("60.50")
    assert (answer.steps[0].value, answer.steps[0].own) == (Decimal("10.50"), True)


@pytest.mark.django_db
def test_percentages_are_written_as_the_language_writes_them() -> None:
    line = "unit-standard --set kind=commune --set place=mountain --set area=182.19 --on 2025-12-31"

    assert (
        CliRunner()
        .invoke(command, line.split())
        .stdout.endswith("= population –, area 364,38, population_standard 5.000,00, area_standard 50,00\n")
    )


@pytest.mark.django_db
def test_the_49_districts_of_the_plans_part_into_those_that_must_those_encouraged_and_those_adjacent() -> None:
    asked = {"period": "2023-2025", "kind": "rural-district"}
    plans = [
        *[{"area_percent": "19", "population_percent": "150"}] * 9,
        *[{"area_percent": "80", "population_percent": "150", "joins": "encouraged"}] * 18,
        *[{"area_percent": "120", "population_percent": "150", "joins": "adjacent"}] * 22,
    ]

    counted = Counter(calculate("unit-arrangement", asked | one, date(2024, 6, 30)).result for one in plans)

    assert counted == {"must": 9, "encouraged": 18, "adjacent": 22}
    assert sum(counted.values()) == 49


def test_published_shares_of_2025_are_those_of_their_counts() -> None:
    assert percent(10_035 - 3_321, 10_035, 2) == Decimal("66.91")
    assert percent(161 - 56, 161) == Decimal("65.2")
    assert percent(8, 713, 2) == Decimal("1.12")
    assert 3_321 == 3_193 + 128 == 2_621 + 687 + 13


def shipped(prefix: str) -> Iterator[Any]:
    """The numbers of every value of the parameters under a prefix."""
    for code, definition in parameter_files().definitions.items():
        for value in definition.values:
            if code.startswith(prefix) and isinstance(value.value, dict):
                scale = {part: Fraction(number) for part, number in value.value.items()}
                yield pytest.param(scale, id=f"{code} {value.starts_on}")


SCALES = [one for one in shipped("unit_classification.") if {"from", "step", "max"} <= one.values[0].keys()]
DEPUTIES = [one for one in shipped("council_deputies.") if "step" in one.values[0]]
EXACT = st.fractions(min_value=0, max_value=9_000_000, max_denominator=100)


@pytest.mark.parametrize("scale", SCALES)
@settings(max_examples=15)
@given(one=EXACT, other=EXACT)
def test_more_never_scores_worse_and_no_cap_is_passed(
    scale: dict[str, Fraction], one: Fraction, other: Fraction
) -> None:
    low, high = sorted((one, other), reverse=scale["step"] < 0)
    below, above = along(scale, low), along(scale, high)

    assert below is not None
    assert above is not None
    assert below <= above <= scale["max"]


@pytest.mark.parametrize("scale", SCALES)
def test_points_begin_at_the_base_and_reach_the_cap_just_where_it_is(scale: dict[str, Fraction]) -> None:
    reached = scale["from"] + (scale["max"] - scale["points"]) / scale["each"] * scale["step"]
    little = scale["step"] / 1000

    assert along(scale, scale["from"]) == scale["points"]
    assert along(scale, scale["from"] + scale["step"]) == scale["points"] + scale["each"]
    assert along(scale, reached - little) < scale["max"]  # type: ignore[operator]
    assert along(scale, reached) == along(scale, reached + little) == scale["max"]


def counted_one_by_one(rule: dict[str, Fraction], population: int) -> int:
    """The slow way: one deputy more each time a full step of people has passed."""
    for bound, number in (("low", "low_deputies"), ("middle", "middle_deputies"), ("from", "deputies")):
        if bound in rule and population <= rule[bound]:
            return int(rule[number])
    number, passed = int(rule["deputies"]), rule["from"]
    while True:
        later = "until" in rule and passed >= rule["until"]
        passed += rule["later_step"] if later else rule["step"]
        if passed > population:
            return number
        number += 1


@pytest.mark.parametrize("rule", DEPUTIES)
@settings(max_examples=15)
@given(data=st.data())
def test_deputies_are_those_counted_one_by_one_and_never_fewer_for_more_people(
    rule: dict[str, Fraction], data: st.DataObject
) -> None:
    population, more = (data.draw(st.integers(0, 5 * int(rule["from"]))) for _ in range(2))

    assert deputies(rule, population) == counted_one_by_one(rule, population)
    assert deputies(rule, population + more) >= deputies(rule, population)  # type: ignore[operator]


@given(population=st.integers(0, 10_000_000), more=st.integers(1, 10_000), area=EXACT)
def test_percentage_grows_with_the_population_and_is_exact(population: int, more: int, area: Fraction) -> None:
    value = {"population": Decimal(5_000), "area": Decimal("5.5")}
    standard = Parameter("x", None, value, None, "", "", "", "", None, None)  # type: ignore[arg-type]
    asked = asked_by(standard, None)
    here, there = AgainstStandard(*asked, population, area), AgainstStandard(*asked, population + more, area)

    assert here.population is not None
    assert here.population * 5_000 == population * 100
    assert there.population > here.population  # type: ignore[operator]
    assert here.area == area * 100 / Fraction(11, 2)


@given(present=st.integers(0, 1_000_000), days=st.integers(0, 365))
def test_temporary_residents_of_a_half_year_count_as_full_ones(present: int, days: int) -> None:
    parts = {"factor": Fraction(2), "days": Fraction(365)}

    assert converted(present, days, parts) == Fraction(2 * present * days, 365)


@pytest.mark.django_db
def test_every_number_of_the_calculators_is_of_a_day_and_of_an_instrument() -> None:
    known = [one for code, one in parameter_files().definitions.items() if code.startswith(PREFIXES)]

    assert len(known) > 80
    assert all(value.starts_on for definition in known for value in definition.values)
    assert numbers(ParametersOn(date(2026, 1, 1))["unit_standard.ward"]) == {
        "population": 21_000,
        "area": Fraction(11, 2),
    }
