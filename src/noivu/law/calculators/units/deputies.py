"""Number of People's Council deputies (số lượng đại biểu Hội đồng nhân dân) of a unit by its population."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import floor

from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.calculators.base import Explained, ExplainedStep, ParametersOn
from noivu.law.calculators.units.facts import Facts, declare
from noivu.law.calculators.units.scale import enter_value, numbers, pick, require_facts

_PREFIX = "council_deputies"
_RUNGS = (("low", "low_deputies"), ("middle", "middle_deputies"), ("from", "deputies"))


def deputies(rule: Mapping[str, Fraction], population: int) -> int | None:
    """How many deputies, before the cap: fixed up to `from`, then one for each full step. None: no step is known."""
    for bound, number in _RUNGS:
        if bound in rule and population <= rule[bound]:
            return int(rule[number])
    if "step" not in rule:
        return None
    until = min(Fraction(population), rule.get("until", Fraction(population)))
    later = floor((population - until) / rule["later_step"]) if population > until else 0
    return int(rule["deputies"]) + floor((until - rule["from"]) / rule["step"]) + later


def _compute(facts: Facts, parameters: ParametersOn, on: date) -> Explained:
    if facts["hanoi_or_hcmc"]:
        fixed = pick(f"{_PREFIX}.hanoi_or_hcmc", facts["kind"], None, parameters)
        return Explained(fixed.integer, (ExplainedStep.by(fixed, fixed.label, fixed.integer),))
    require_facts(facts, ["population"])
    rule = pick(_PREFIX, facts["kind"], facts["place"], parameters)
    limits, population = numbers(rule), facts["population"]
    counted = deputies(limits, population)
    if counted is None:
        raise Refusal(
            what=Text(
                vi=f"Chưa rõ bước tăng đại biểu: {rule.label.vi}.", en=f"The step is not known: {rule.label.en}."
            ),
            do=enter_value(rule.code),
            code="units.no_parameter",
        )
    most = int(limits["max"])
    if "many_units" in limits and facts["units_below"] >= limits["many_units"]:
        most = int(limits["many_max"])
    result = min(counted, most)
    by_population = Text(vi=f"{rule.label.vi}: theo dân số", en=f"{rule.label.en}: by population")
    steps = [ExplainedStep.by(rule, by_population, counted)]
    if counted > most:
        steps.append(ExplainedStep.by(rule, Text(vi="Số tối đa", en="At most"), most))
    return Explained(result, tuple(steps))


declare("council-deputies", _compute)
