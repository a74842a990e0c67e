"""Classification of units (phân loại đơn vị hành chính): points by criteria, the highest priority, the class.

A criterion whose scale is not fully known takes its points as a fact (`…_points`), held within what is known of it.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from noivu.core.numbers import half_up
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.calculators.base import Explained, ExplainedStep, ParametersOn
from noivu.law.calculators.units.facts import CRITERIA, FACTS, PRIORITIES, Facts, declare
from noivu.law.calculators.units.points import PLACES, converted, ranked, scored
from noivu.law.calculators.units.scale import MOUNTAIN, numbers, pick, require_facts

SPECIAL, FIRST, SECOND, THIRD = "special", "I", "II", "III"
_CITY, _COMMUNE, _WARD, _ZONE = "city", "commune", "ward", "special-zone"
_PREFIX = "unit_classification"


def _compute(facts: Facts, parameters: ParametersOn, on: date) -> Explained:
    kind = facts["kind"]
    if kind == _CITY:
        rule = parameters[f"{_PREFIX}.city.hanoi_or_hcmc" if facts["hanoi_or_hcmc"] else f"{_PREFIX}.city"]
        return Explained({"class": rule.value}, (ExplainedStep.by(rule, rule.label, rule.value),))
    require_facts(facts, ["scored_as"] if kind == _ZONE else [])
    scale = facts["scored_as"] if kind == _ZONE else kind
    require_facts(facts, _wanted(facts, scale))
    people, steps = _population(facts, scale, parameters)
    facts = {**facts, "population": people}
    criteria = list(_criteria(facts, scale, parameters))
    points = sum((step.value for step in criteria), Decimal(0))
    best = max(_priorities(facts, parameters), key=lambda step: step.value, default=None)
    priority = best.value if best else Decimal(0)
    result, by_class = _class(facts, points, priority, parameters)
    total = ExplainedStep(Text(vi="Tổng điểm các tiêu chí", en="Points of all criteria"), points)
    answer = {"class": result, "points": points, "priority": priority}
    return Explained(answer, (*steps, *criteria, total, *([best] if best else []), by_class))


def _wanted(facts: Facts, scale: str) -> Iterator[str]:
    """The facts without which the unit cannot be scored; points given stand for what they were given for."""
    yield "population"
    for key in _criteria_of(facts, scale):
        if facts.get(f"{key}_points") is None:
            yield key
    if scale == _WARD:
        yield "other_points"


def _criteria_of(facts: Facts, scale: str) -> list[str]:
    """The criteria of a kind; the budget is judged in the one of its ways that the facts tell."""
    to_centre = "budget_to_centre" if facts["budget_to_centre"] is not None else "budget_own"
    budget = "self_balanced" if facts["self_balanced"] else to_centre
    return [budget if key == "budget" else key for key in CRITERIA[scale]["general"]]


def _population(facts: Facts, scale: str, parameters: ParametersOn) -> tuple[Fraction, list[ExplainedStep]]:
    """All who count, permanent residents and converted temporary ones, and what is to be said of them."""
    people, steps = Fraction(facts["population"]), []
    if facts["temporary"]:
        require_facts(facts, ["temporary_days"])
        rule = parameters[f"{_PREFIX}.temporary"]
        more = converted(facts["temporary"], facts["temporary_days"], numbers(rule))
        steps.append(ExplainedStep.by(rule, rule.label, half_up(more, PLACES)))
        people += more
    if _has_lower_thresholds(facts, scale):
        rule = parameters[f"{_PREFIX}.mountain"]
        steps.append(ExplainedStep.by(rule, rule.label, rule.value))
    return people, steps


def _has_lower_thresholds(facts: Facts, scale: str) -> bool:
    return facts["place"] == MOUNTAIN and scale != _WARD


def _criteria(facts: Facts, scale: str, parameters: ParametersOn) -> Iterator[ExplainedStep]:
    """The points of every criterion, each rounded."""
    for key in _criteria_of(facts, scale):
        yield _points(key, facts, scale, parameters)
    if scale == _WARD:
        yield ExplainedStep(FACTS["other_points"].label, half_up(facts["other_points"], PLACES))
    if facts["kind"] == _ZONE:
        rule = parameters[f"{_PREFIX}.specific.{_ZONE}"]
        yield ExplainedStep.by(rule, rule.label, half_up(rule.value, PLACES))
        return
    for key in CRITERIA[scale]["some"]:
        if facts[key] or facts.get(f"{key}_points"):
            yield _points(key, facts, scale, parameters)


def _points(key: str, facts: Facts, scale: str, parameters: ParametersOn) -> ExplainedStep:
    """The points of one criterion: all of them for what is so or not, by rank, or along its scale."""
    rule = pick(f"{_PREFIX}.{key}", scale, facts["place"], parameters)
    limits, label = numbers(rule), rule.label
    if FACTS[key].kind == "boolean":
        return ExplainedStep.by(rule, label, half_up(limits["points"], PLACES))
    value = None if facts[key] is None else Fraction(facts[key])
    if value is not None and "first" in limits:
        return ExplainedStep.by(rule, label, half_up(ranked(limits, value), PLACES))
    if key == "population" and _has_lower_thresholds(facts, scale):
        part = Fraction(parameters[f"{_PREFIX}.mountain"].value) / 100
        limits |= {name: limits[name] * part for name in ("from", "step")}
    given = facts.get(f"{key}_points")
    text = label if given is None else Text(vi=f"{label.vi}: điểm nhập", en=f"{label.en}: points given")
    return ExplainedStep.by(rule, text, scored(rule, limits, key, value, given))


def _priorities(facts: Facts, parameters: ParametersOn) -> Iterator[ExplainedStep]:
    """Every ground for priority points that the unit has; only the highest counts."""
    for key in PRIORITIES["measured"]:
        if facts[key] is not None:
            rule = parameters[f"{_PREFIX}.priority.{key}"]
            yield ExplainedStep.by(rule, rule.label, scored(rule, numbers(rule), key, Fraction(facts[key]), None))
    for key in PRIORITIES["flags"]:
        if facts[key]:
            rule = parameters[f"{_PREFIX}.priority.{key}"]
            yield ExplainedStep.by(rule, rule.label, half_up(rule.value, PLACES))


def _class(facts: Facts, points: Decimal, priority: Decimal, parameters: ParametersOn) -> tuple[str, ExplainedStep]:
    """The class, and the step that says by which limits."""
    kind, rule = facts["kind"], parameters[f"{_PREFIX}.classes"]
    limits = rule.value
    if points > limits["most"]:
        raise Refusal(
            what=Text(
                vi=f"Tổng điểm {points} vượt mức tối đa {limits['most']}.",
                en=f"{points} points are more than the most there can be, {limits['most']}.",
            ),
            do=Text(vi="Kiểm tra lại các điểm đã nhập.", en="Check the points that were given."),
            code="units.points",
        )
    few = parameters[f"{_PREFIX}.fewest_residents"] if kind == _ZONE else None
    if few and facts["population"] < few.value:
        return THIRD, ExplainedStep.by(few, few.label, THIRD)
    may_be_special = kind in {_WARD, _ZONE} and facts["large"] and facts["article_9_3"]
    if may_be_special and points >= limits["special"]:
        result = SPECIAL
    else:
        total = points + priority
        result = FIRST if total >= limits["first"] else SECOND if total >= limits["second"] else THIRD
    return result, ExplainedStep.by(rule, rule.label, result)


declare("unit-classification", _compute)
