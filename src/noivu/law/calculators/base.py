"""The frame of a calculator: which facts it asks for, and an answer that shows how it was reached."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from noivu.core.dates import parse_date
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.parameter_files import parameter_files
from noivu.law.parameters import Parameter, parameter, value_of

INTEGER, DECIMAL, DATE, BOOLEAN, WORDS = "integer", "decimal", "date", "boolean", "text"
_TRUTH = {"1": True, "yes": True, "true": True, "có": True, "x": True}
_UNTRUTH = {"0": False, "no": False, "false": False, "không": False, "": False}


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that a calculator asks for: `kind` integer, decimal, date, boolean, text.

    `choices` limit text, `least` and `most` a number.
    """

    key: str
    label: Text
    kind: str
    required: bool = True
    default: Any = None
    choices: tuple[str, ...] = ()
    example: str = ""
    least: int | None = None
    most: int | None = None

    def read(self, typed: str) -> Any:
        """The value of what was typed; refused with the fact's name when it is not one."""
        try:
            value = _READERS[self.kind](typed.strip())
        except (ValueError, InvalidOperation, Refusal) as problem:
            raise self._refusal(typed) from problem
        too_low = self.least is not None and value < self.least
        too_high = self.most is not None and value > self.most
        if (self.choices and value not in self.choices) or too_low or too_high:
            raise self._refusal(typed)
        return value

    def _refusal(self, typed: str) -> Refusal:
        expected = ", ".join(self.choices) or self.example or self.kind
        return Refusal(
            what=Text(
                vi=f"“{typed}” không dùng được cho {self.label.vi} ({self.key}).",
                en=f"“{typed}” cannot be used for {self.label.en} ({self.key}).",
            ),
            do=Text(vi=f"Nhập: {expected}.", en=f"Enter: {expected}."),
            where=self.key,
            code="calculator.fact",
        )


@dataclass(frozen=True, slots=True)
class ExplainedStep:
    """One step of a calculation in words, with the value it gave and what it rests on.

    `mark` says how far that was checked (`MARKS`), or is empty; `own`: it is the installation's own value.
    """

    text: Text
    value: Any
    instrument: str = ""
    article: str = ""
    mark: str = ""
    note: str = ""
    own: bool = False

    @classmethod
    def by(cls, parameter: Parameter, text: Text, value: Any) -> "ExplainedStep":
        """A step that rests on a parameter."""
        source = (parameter.instrument, parameter.article, parameter.mark, parameter.note, parameter.own)
        return cls(text, value, *source)


@dataclass(frozen=True, slots=True)
class Explained:
    """A result with the steps that led to it."""

    result: Any
    steps: tuple[ExplainedStep, ...]


class ParametersOn:
    """The parameters in force on one day: `parameters["code"]`, or a Refusal."""

    def __init__(self, on: date) -> None:
        self.on = on

    def __getitem__(self, code: str) -> Parameter:
        return parameter(code, self.on)

    def get(self, code: str) -> Parameter | None:
        """The parameter, or None where it is unknown or has no value in force."""
        definition = parameter_files().get(code)
        return value_of(definition, self.on) if definition else None


Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Calculator:
    """A calculation of law under its stable name. `compute` is pure: the same facts and parameters, the same answer."""

    name: str
    label: Text
    facts: tuple[Fact, ...]
    compute: Callable[[Facts, ParametersOn, date], Explained]

    def read_facts(self, typed: Mapping[str, str]) -> dict[str, Any]:
        """The facts from what was typed; refused when one is unknown, or a required one is missing."""
        known = {fact.key: fact for fact in self.facts}
        if strange := set(typed) - set(known):
            raise self._refusal(Text(vi="không dùng các dữ kiện", en="does not use the facts"), sorted(strange), known)
        missing = [fact.key for fact in self.facts if fact.required and fact.key not in typed]
        if missing:
            raise self._refusal(Text(vi="còn thiếu", en="lacks"), missing, known)
        return {fact.key: fact.read(typed[fact.key]) if fact.key in typed else fact.default for fact in self.facts}

    def _refusal(self, problem: Text, keys: list[str], known: Mapping[str, Fact]) -> Refusal:
        asked, named = ", ".join(known), ", ".join(keys)
        return Refusal(
            what=Text(
                vi=f"Phép tính “{self.name}” {problem.vi}: {named}.",
                en=f"The calculator “{self.name}” {problem.en}: {named}.",
            ),
            do=Text(vi=f"Các dữ kiện: {asked}.", en=f"Its facts: {asked}."),
            code="calculator.facts",
        )


def _decimal(typed: str) -> Decimal:
    value = Decimal(typed)
    if not value.is_finite():
        raise ValueError(typed)
    return value


def _boolean(typed: str) -> bool:
    answers = {**_TRUTH, **_UNTRUTH}
    if typed.lower() not in answers:
        raise ValueError(typed)
    return answers[typed.lower()]


_READERS: dict[str, Callable[[str], Any]] = {
    INTEGER: int,
    DECIMAL: _decimal,
    DATE: parse_date,
    BOOLEAN: _boolean,
    WORDS: str,
}
