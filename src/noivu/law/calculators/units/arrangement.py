"""Who must be arranged (sắp xếp): Resolution 35/2023 by its periods, Resolution 76/2025 for the arrangement of 2025."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from noivu.core.wording import Text
from noivu.law.calculators.base import Explained, ExplainedStep, ParametersOn
from noivu.law.calculators.units.facts import FACTS, LEVELS, Facts, declare
from noivu.law.calculators.units.scale import pick, require_facts
from noivu.law.parameters import Parameter

MUST, ENCOURAGED, ADJACENT, EXEMPT = "must", "encouraged", "adjacent", "exempt"
_PERIODS = {"2023-2025": "unit_arrangement.2023_2025", "2026-2030": "unit_arrangement.2026_2030"}
_OF_2025 = "unit_arrangement.2025"
_ARRANGED_2025 = "2025"
_EXCEPTIONS = ("isolated", "stable", "sensitive", "planned_urban", "arranged_before")
_ANSWERS = {
    MUST: Text(vi="phải sắp xếp", en="must be arranged"),
    ENCOURAGED: Text(vi="khuyến khích sắp xếp", en="encouraged to be arranged"),
    ADJACENT: Text(vi="đơn vị liền kề tham gia sắp xếp", en="adjacent, takes part in an arrangement"),
    EXEMPT: Text(vi="không phải sắp xếp", en="need not be arranged"),
}


def _compute(facts: Facts, parameters: ParametersOn, on: date) -> Explained:
    decide = _after_merging if facts["period"] == _ARRANGED_2025 else _by_criteria
    result, steps = decide(facts, parameters)
    return Explained(result, (*steps, ExplainedStep(_ANSWERS[result], result)))


def _by_criteria(facts: Facts, parameters: ParametersOn) -> tuple[str, list[ExplainedStep]]:
    """Resolution 35/2023: below both limits, or a small area with few people; unless an exception holds.

    Whether a unit that need not be arranged is encouraged to, or joins as a neighbour, is the plan's to say.
    """
    level = LEVELS[facts["kind"]]
    require_facts(facts, ("area_percent", "population_percent"))
    rule = parameters[f"{_PERIODS[facts['period']]}.{level}"]
    limits, area, people = rule.value, facts["area_percent"], facts["population_percent"]
    below_both = area < limits["both"] and people < limits["both"]
    small = area < limits["small_area"] and people < limits["small_area_population"]
    steps = [ExplainedStep.by(rule, _below_both(limits), below_both), ExplainedStep.by(rule, _small(limits), small)]
    if below_both or small:
        steps += (excepted := list(_excepted(facts, level, parameters)))
        if not excepted:
            return MUST, steps
    return (EXEMPT if facts["joins"] == "no" else facts["joins"]), steps


def _below_both(limits: Mapping[str, Decimal]) -> Text:
    percent = limits["both"]
    return Text(
        vi=f"Diện tích và dân số đều dưới {percent}% tiêu chuẩn",
        en=f"Area and population both below {percent}% of the standard",
    )


def _small(limits: Mapping[str, Decimal]) -> Text:
    area, people = limits["small_area"], limits["small_area_population"]
    return Text(
        vi=f"Diện tích dưới {area}% và dân số dưới {people}% tiêu chuẩn",
        en=f"Area below {area}% and population below {people}% of the standard",
    )


def _excepted(facts: Facts, level: str, parameters: ParametersOn) -> Iterator[ExplainedStep]:
    rule = parameters["unit_arrangement.excepted_communes"]
    for key in _EXCEPTIONS:
        if facts[key]:
            words = FACTS[key].label
            text = Text(vi=f"Không bắt buộc sắp xếp: {words.vi}", en=f"Arrangement not mandatory: {words.en}")
            yield ExplainedStep.by(rule, text, True)
    if level == "district" and facts["excepted_communes"] >= rule.value:
        yield ExplainedStep.by(rule, rule.label, facts["excepted_communes"])


def _after_merging(facts: Facts, parameters: ParametersOn) -> tuple[str, list[ExplainedStep]]:
    """Resolution 76/2025: what a merged unit must reach, unless it came from enough units."""
    rule = pick(_OF_2025, facts["kind"], facts["place"], parameters)
    merged = parameters[f"{_OF_2025}.merged"]
    require_facts(facts, rule.value)
    steps = [ExplainedStep.by(rule, _target(rule, part), facts[part]) for part in rule.value]
    if all(facts[part] >= number for part, number in rule.value.items()):
        return EXEMPT, steps
    steps.append(ExplainedStep.by(merged, merged.label, facts["merged_units"]))
    return (EXEMPT if facts["merged_units"] >= merged.integer else MUST), steps


def _target(rule: Parameter, part: str) -> Text:
    named, least = FACTS[part].label, rule.value[part]
    return Text(vi=f"{rule.label.vi}: {named.vi}, ít nhất {least}", en=f"{rule.label.en}: {named.en}, at least {least}")


declare("unit-arrangement", _compute)
