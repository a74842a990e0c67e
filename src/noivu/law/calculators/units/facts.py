"""The facts of the calculators on units, from the file beside this module, and their declaration."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from noivu.core.wording import Text
from noivu.law.calculators.base import Calculator, Explained, Fact, ParametersOn
from noivu.law.calculators.registry import declare_calculator

Facts = Mapping[str, Any]
_FILE: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
CRITERIA: dict[str, dict[str, list[str]]] = _FILE["criteria"]
PRIORITIES: dict[str, list[str]] = _FILE["priorities"]
PLACES: tuple[str, ...] = tuple(_FILE["facts"]["place"]["choices"])
KINDS: dict[str, Text] = {code: Text(**words) for code, words in _FILE["kinds"].items()}
"""Administrative units by their kind, as the register codes them."""
LEVELS: dict[str, str] = {code: level for level, codes in _FILE["levels"].items() for code in codes}
_EXAMPLES = {"boolean": "có", "decimal": "51.37"}


def _fact(key: str, entry: Mapping[str, Any]) -> Fact:
    kind = entry["kind"]
    default: Any = entry.get("default")
    if kind == "decimal" and default is not None:
        default = Decimal(default)
    return Fact(
        key,
        Text(vi=entry["vi"], en=entry["en"]),
        kind,
        required=entry.get("required", False),
        default=False if kind == "boolean" else default,
        choices=tuple(entry.get("choices", ())),
        example=entry.get("example", _EXAMPLES.get(kind, "")),
        least=entry.get("least", 0) if kind in {"integer", "decimal"} else None,
        most=entry.get("most"),
    )


FACTS: dict[str, Fact] = {key: _fact(key, entry) for key, entry in _FILE["facts"].items()}


def declare(name: str, compute: Callable[[Facts, ParametersOn, date], Explained]) -> None:
    """Declare a calculator with the words and facts that the file gives it."""
    entry = _FILE["calculators"][name]
    asked = {"kind": replace(FACTS["kind"], choices=tuple(entry.get("kinds", KINDS)))}
    facts = [asked.get(key, FACTS[key]) for key in entry["facts"]]
    facts += [_awarded(FACTS[key]) for key in entry.get("points", ())]
    declare_calculator(Calculator(name, Text(**entry["label"]), tuple(facts), compute))


def _awarded(fact: Fact) -> Fact:
    label = Text(vi=f"điểm đã chấm: {fact.label.vi}", en=f"points awarded: {fact.label.en}")
    return Fact(f"{fact.key}_points", label, "decimal", required=False, example="3.5", least=0)
