"""Calculators of law: pure functions of facts and of the parameters of a day, answering with their steps."""

from noivu.law.calculators.base import Calculator, Explained, ExplainedStep, Fact, ParametersOn
from noivu.law.calculators.registry import calculate, calculators, declare_calculator

__all__ = [
    "Calculator",
    "Explained",
    "ExplainedStep",
    "Fact",
    "ParametersOn",
    "calculate",
    "calculators",
    "declare_calculator",
]
