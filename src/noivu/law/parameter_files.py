"""The dated parameter files: read, checked whole, and refused with the file and the place when something is wrong."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.apps import apps

from noivu.core.wording import Text
from noivu.law.constants import KEEP, MARKS, NEXT_WORKING_DAY
from noivu.law.reference import BrokenReferenceError, day_of, read_yaml

WORKING_DAYS, DAYS, HOURS = "working_days", "days", "hours"
MONTHS, DAY_OF_MONTH = "months", "day_of_month"
COUNTS = (WORKING_DAYS, DAYS, HOURS, MONTHS, DAY_OF_MONTH)
MORNING, CONSENT = "morning", "consent"
MOST_DAYS = 4000
_DEFINITION_KEYS = {"code", "label", "unit", "type", "setting", "rule", "values", "note", "parts", "place", "kinds"}
_VALUE_KEYS = {"from", "to", "value", "instrument", "article", "note", "mark"}
_FLAGS = ("count_start", "before", "same_day", "at_least")
_RULE_KEYS = {"counts", "when_off", "until", "silence", "month", *_FLAGS}


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value from a day to a day (`starts_on` empty: since when is not stated), with its source."""

    value: Any
    starts_on: date | None
    ends_on: date | None
    instrument: str
    article: str
    mark: str
    note: str = ""

    def holds_on(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """How a deadline parameter counts: which days, whether the day of the event counts, what if it ends on a day off.

    `before`: it counts back from the event (a report due so many days before a session). `same_day`: to be done on
    the day itself, the number says how far it may at latest go; 0 is at once. `until`: only the morning of the due
    day. `silence`: who has not answered by then agrees. `at_least`: the time is the shortest, not the longest.
    `hours` are working hours. `day_of_month` is that day in the month of the event, or in `month` of its year.
    """

    counts: str
    count_start: bool = False
    when_off: str = KEEP
    before: bool = False
    same_day: bool = False
    until: str = ""
    silence: str = ""
    at_least: bool = False
    month: int | None = None

    @property
    def lengths(self) -> range:
        """The numbers with which it can count."""
        if self.counts == DAY_OF_MONTH:
            return range(1, 32)
        most = MOST_DAYS // 31 if self.counts == MONTHS else MOST_DAYS
        return range(0 if self.same_day else 1, most + 1)

    @property
    def looks_at_calendar(self) -> bool:
        """Whether a change of the working calendar can move what it counts."""
        return self.counts in {WORKING_DAYS, HOURS} or self.when_off == NEXT_WORKING_DAY


@dataclass(frozen=True, slots=True)
class Definition:
    """A parameter as its file declares it. A `setting` is the office's own choice; all others cite an instrument."""

    code: str
    label: Text
    unit: Text
    type: str
    room: str
    values: tuple[DatedValue, ...]
    setting: bool = False
    rule: DeadlineRule | None = None
    note: str = ""
    parts: Mapping[str, Text] = field(default_factory=dict)
    """Of type `numbers`: what each of its numbers is. A value may lack some: they are not known."""
    kinds: tuple[str, ...] = ()
    """Of a deadline rule: the kinds of what is owed that may be due by it."""
    place: str = ""
    """The code of the administrative unit whose own instrument it is; empty: it holds everywhere."""

    def rule_counts(self, counts: str) -> bool:
        """Whether it is a deadline rule that counts in this way."""
        return self.rule is not None and self.rule.counts == counts


@dataclass(frozen=True)
class ParameterFiles:
    """All parameters of all rooms, by code."""

    definitions: Mapping[str, Definition] = field(default_factory=dict)

    def get(self, code: str) -> Definition | None:
        return self.definitions.get(code)


@cache
def parameter_files() -> ParameterFiles:
    """The files of every room, read once."""
    files = [
        file
        for config in apps.get_app_configs()
        if config.name.startswith("noivu.")
        for file in sorted((Path(config.path) / "parameters").glob("*.yaml"))
    ]
    return read_files(files)


def read_files(files: Iterable[Path]) -> ParameterFiles:
    """Read and check files; a code declared twice is refused."""
    definitions: dict[str, Definition] = {}
    for file in files:
        for place, entry in enumerate(read_yaml(file) or []):
            definition = _read_definition(file, place, entry)
            if definition.code in definitions:
                raise BrokenReferenceError(file, definition.code, "this code is declared twice")
            definitions[definition.code] = definition
    return ParameterFiles(dict(sorted(definitions.items())))


def _read_definition(file: Path, place: int, entry: Any) -> Definition:
    where = str(entry.get("code") or f"entry {place + 1}") if isinstance(entry, dict) else f"entry {place + 1}"
    _check_keys(file, where, entry, _DEFINITION_KEYS, required={"code", "label", "unit", "type", "values"})
    if entry["type"] not in _CONVERSIONS:
        raise BrokenReferenceError(file, where, f"type is one of {', '.join(_CONVERSIONS)}")
    setting = bool(entry.get("setting", False))
    parts = {key: _text(file, f"{where}.parts.{key}", words) for key, words in entry.get("parts", {}).items()}
    values = tuple(
        _read_value(file, f"{where}[{number}]", row, entry["type"], setting, parts)
        for number, row in enumerate(entry["values"])
    )
    _refuse_overlaps(file, where, values)
    return Definition(
        code=entry["code"],
        label=_text(file, f"{where}.label", entry["label"]),
        unit=_text(file, f"{where}.unit", entry["unit"]),
        type=entry["type"],
        room=file.parent.parent.name,
        values=values,
        setting=setting,
        rule=_read_rule(file, where, entry["rule"]) if "rule" in entry else None,
        note=entry.get("note", ""),
        parts=parts,
        kinds=tuple(entry.get("kinds", ())),
        place=entry.get("place", ""),
    )


def _read_value(file: Path, where: str, row: Any, kind: str, setting: bool, parts: Collection[str]) -> DatedValue:
    _check_keys(file, where, row, _VALUE_KEYS, required={"from", "value", "mark"})
    if row["mark"] not in MARKS:
        raise BrokenReferenceError(file, where, f"mark is one of {', '.join(MARKS)}")
    if not setting and not (row.get("instrument") and row.get("article")):
        raise BrokenReferenceError(file, where, "a value of law names its instrument and article")
    if setting and not row.get("note"):
        raise BrokenReferenceError(file, where, "a setting says in its note why it has this value")
    starts_on = day_of(file, f"{where}.from", row["from"])
    ends_on = day_of(file, f"{where}.to", row.get("to"))
    if starts_on and ends_on and ends_on <= starts_on:
        raise BrokenReferenceError(file, where, f"ends on {ends_on}, not after {starts_on}")
    return DatedValue(
        value=convert(kind, row["value"], file, where, parts),
        starts_on=starts_on,
        ends_on=ends_on,
        instrument=row.get("instrument") or "",
        article=row.get("article") or "",
        mark=row["mark"],
        note=row.get("note") or "",
    )


def _read_rule(file: Path, where: str, rule: Any) -> DeadlineRule:
    _check_keys(file, f"{where}.rule", rule, _RULE_KEYS, required={"counts"})
    for key, allowed in _RULE_WORDS.items():
        if key in rule and rule[key] not in allowed:
            raise BrokenReferenceError(file, where, f"{key} is one of {', '.join(map(str, allowed))}")
    if "month" in rule and rule["counts"] != DAY_OF_MONTH:
        raise BrokenReferenceError(file, where, f"only {DAY_OF_MONTH} names a month")
    return DeadlineRule(**rule)


_RULE_WORDS: dict[str, Collection[object]] = {
    "counts": COUNTS,
    "when_off": (KEEP, NEXT_WORKING_DAY),
    "until": (MORNING,),
    "silence": (CONSENT,),
    "month": range(1, 13),
    **dict.fromkeys(_FLAGS, (True, False)),
}


def _refuse_overlaps(file: Path, where: str, values: tuple[DatedValue, ...]) -> None:
    ordered = sorted(values, key=lambda value: value.starts_on or date.min)
    for earlier, later in pairwise(ordered):
        if earlier.ends_on is None or earlier.ends_on > (later.starts_on or date.min):
            raise BrokenReferenceError(file, where, f"two values at once from {later.starts_on or earlier.starts_on}")


def _check_keys(file: Path, where: str, entry: Any, known: set[str], *, required: set[str]) -> None:
    if not isinstance(entry, dict):
        raise BrokenReferenceError(file, where, "is not a mapping of keys")
    if missing := required - set(entry):
        raise BrokenReferenceError(file, where, f"lacks {', '.join(sorted(missing))}")
    if strange := set(map(str, entry)) - known:
        raise BrokenReferenceError(file, where, f"has unknown keys {', '.join(sorted(strange))}")


def _text(file: Path, where: str, words: Any) -> Text:
    if not isinstance(words, dict) or set(words) != {"vi", "en"} or not all(words.values()):
        raise BrokenReferenceError(file, where, "needs wording in vi and en")
    return Text(vi=words["vi"], en=words["en"])


def convert(kind: str, value: Any, file: Path, where: str, parts: Collection[str] = ()) -> Any:
    """A value as its type says: integers stay integers, decimals are exact and written in quotes."""
    try:
        converted: Any = _CONVERSIONS[kind](value)
        if kind == NUMBERS and not converted.keys() <= set(parts):
            raise ValueError("has other parts")
        return converted
    except (TypeError, ValueError, InvalidOperation) as problem:
        raise BrokenReferenceError(file, where, f"{value!r} is not of type {kind}") from problem


def _integer(value: Any) -> int:
    if type(value) is not int:
        raise TypeError("not an integer")
    return value


def _decimal(value: Any) -> Decimal:
    if type(value) is int or isinstance(value, str):
        number = Decimal(value)
        if number.is_finite():
            return number
    raise TypeError("not a decimal in quotes")


def _words(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    return value


def _window(value: Any) -> dict[str, int]:
    """How a window opens: so many months before the period's first month, on a day that every month has."""
    if not isinstance(value, dict) or set(value) != set(_WINDOW):
        raise TypeError("not a window")
    if not all(type(value[key]) is int and value[key] in allowed for key, allowed in _WINDOW.items()):
        raise ValueError("out of range")
    return value


def _numbers(value: Any) -> dict[str, Decimal]:
    """Several exact numbers that belong together, each under the name of its part."""
    if not isinstance(value, dict) or not value:
        raise TypeError("not numbers by their parts")
    return {part: _decimal(number) for part, number in value.items()}


NUMBERS = "numbers"
_WINDOW = {"months_back": range(13), "opens_on_day": range(1, 29)}
_CONVERSIONS = {"integer": _integer, "decimal": _decimal, "text": _words, "window": _window, NUMBERS: _numbers}
