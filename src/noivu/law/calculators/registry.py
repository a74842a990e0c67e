"""All calculators by name: rooms declare theirs in `<room>/calculators`; tests bring their own registry."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from noivu.core.refusals import Refusal
from noivu.core.registry import Registry
from noivu.core.wording import Text
from noivu.law.calculators.base import Calculator, Explained, ParametersOn

calculators: Registry[Calculator] = Registry("calculators", key=lambda calculator: calculator.name)


def declare_calculator(*declared: Calculator) -> None:
    """Make calculators known."""
    calculators.declare_all(declared)


def calculate(name: str, typed: Mapping[str, str], on: date, registry: Registry[Calculator] = calculators) -> Explained:
    """Run a calculator on facts as typed, with the parameters of a day. Refused: unknown name, bad or missing facts."""
    calculator = registry.get(name)
    if calculator is None:
        known = ", ".join(registry.codes)
        raise Refusal(
            what=Text(vi=f"Không có phép tính “{name}”.", en=f"There is no calculator “{name}”."),
            do=Text(vi=f"Chọn một trong: {known}.", en=f"Choose one of: {known}."),
            code="calculator.unknown",
        )
    facts: dict[str, Any] = calculator.read_facts(typed)
    return calculator.compute(facts, ParametersOn(on), on)
