"""The value of a legal parameter on a day, with its source; none in force is an answer of its own, never a default."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.installation import installation
from noivu.law.parameter_files import DatedValue, DeadlineRule, Definition, convert, parameter_files


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value in force, and why. `own`: the installation's, used instead of the shipped one; `note` says why.

    `mark` says how far the source was checked (read, memory, unverified); empty for an own value.
    """

    code: str
    label: Text
    value: Any
    unit: Text
    instrument: str
    article: str
    mark: str
    note: str
    starts_on: date | None
    ends_on: date | None
    own: bool = False
    rule: DeadlineRule | None = None
    place: str = ""

    @property
    def integer(self) -> int:
        """The value of a whole-number parameter."""
        if type(self.value) is not int:
            raise TypeError(f"{self.code} is not an integer")
        return self.value


def parameter(code: str, on: date) -> Parameter:
    """The value in force on a day. Refused when the code is unknown, or no value is in force then."""
    definition = definition_of(code)
    found = value_of(definition, on)
    if found is None:
        raise _none_in_force(definition, on)
    return found


def definition_of(code: str) -> Definition:
    """The declaration of a parameter; refused when there is none."""
    definition = parameter_files().get(code)
    if definition is None:
        raise Refusal(
            what=Text(vi=f"Không có tham số “{code}”.", en=f"There is no parameter “{code}”."),
            do=Text(vi="Xem danh sách ở trang Tham số pháp luật.", en="See the list on the page of legal parameters."),
            code="parameter.unknown",
        )
    return definition


def value_of(definition: Definition, on: date) -> Parameter | None:
    """The value of a declared parameter on a day: the installation's own if it has one, else the shipped, else None."""
    for own in installation().parameters.get(definition.code, ()):
        if own.holds_on(on):
            value = convert(definition.type, own.value, Path(definition.code), "override", definition.parts)
            return _parameter(
                definition,
                DatedValue(value, own.starts_on, own.ends_on, own.instrument, own.article, "", own.reason),
                own=True,
            )
    for shipped in definition.values:
        if shipped.holds_on(on):
            return _parameter(definition, shipped, own=False)
    return None


def all_definitions() -> Iterator[Definition]:
    """Every declared parameter, by code."""
    yield from parameter_files().definitions.values()


def _parameter(definition: Definition, value: DatedValue, *, own: bool) -> Parameter:
    return Parameter(
        code=definition.code,
        label=definition.label,
        value=value.value,
        unit=definition.unit,
        instrument=value.instrument,
        article=value.article,
        mark=value.mark,
        note=value.note,
        starts_on=value.starts_on,
        ends_on=value.ends_on,
        own=own,
        rule=definition.rule,
        place=definition.place,
    )


def _none_in_force(definition: Definition, on: date) -> Refusal:
    day = format_day(on)
    ended = [value for value in definition.values if value.ends_on and value.ends_on <= on]
    last = max(ended, key=lambda value: value.ends_on or date.min, default=None)
    why = None
    if last is not None and last.ends_on is not None:
        end = format_day(last.ends_on)
        why = Text(
            vi=f"Giá trị gần nhất ({last.instrument}) hết hiệu lực từ {end}.",
            en=f"The latest value ({last.instrument}) ceased on {end}.",
        )
    return Refusal(
        what=Text(
            vi=f"“{definition.label.vi}” không có giá trị có hiệu lực ngày {day}.",
            en=f"“{definition.label.en}” has no value in force on {day}.",
        ),
        why=why,
        do=Text(
            vi="Nhập giá trị kèm văn bản quy định ở trang Tham số pháp luật.",
            en="Enter the value with its instrument on the page of legal parameters.",
        ),
        code="parameter.none",
    )
