"""Reading a plan from its YAML, with a clear word on whatever does not belong there."""

import uuid
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

import yaml

from noivu.core.dates import parse_date
from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.planning.plan import (
    PART,
    REST,
    WHOLE,
    EventKind,
    NewInstrument,
    Plan,
    PlannedEvent,
    Portion,
    Source,
    Target,
)
from noivu.units.api import Level, Line, kinds

MOST_CHARACTERS = 20_000_000
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINES = tuple(line.value for line in Line)
_PLACES = {"mountain", "island", "other"}
_COMMON = {"title", "instrument", "clause"}
_SAID = {"seat", "place", "minority"}
_PORTION = {"share", "population", "area_km2", "villages", "clause"}
_NEW = {"code", "name", "short_name", "kind", "position", "area_km2", "population", "uid", *_LINES, *_SAID}
_PLAN = {"title", "takes_effect_on", "instrument", "events", "heirs", "instruments"}


class _Words(_Loader):  # type: ignore[misc]  # the quick loader where it is there
    """Plain scalars stay words: codes begin with zeros, and no number is a float."""


_Words.yaml_implicit_resolvers = {}


def read_content(text: str) -> Any:
    """What the YAML of a plan holds, unchecked; every plain scalar is a word."""
    if len(text) > MOST_CHARACTERS:
        _refuse("", Text(vi="tệp quá lớn", en="the file is too large"))
    try:
        if "*" in text and any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=_Loader)):
            # a few lines of references to references would stand for millions of events
            _refuse("", Text(vi="không dùng tham chiếu (*tên)", en="references (*name) are not read"))
        return yaml.load(text, Loader=_Words)  # noqa: S506  a safe loader without its guesses
    except (yaml.YAMLError, RecursionError) as problem:
        _refuse("", Text(vi=f"không phải YAML: {_first_line(problem)}", en=f"not YAML: {_first_line(problem)}"))


def read_plan(text: str, *, unfinished: bool = False) -> Plan:
    """A plan from YAML (or JSON, which is YAML). Whatever is unknown, missing or of the wrong form is refused.

    One that is `unfinished`, being drafted, may still lack its instrument and its events.
    """
    top = _Entry(read_content(text), "")
    top.only(_PLAN)
    title, on = top.word("title"), top.day("takes_effect_on")
    instrument = top.optional("instrument") if unfinished else top.word("instrument")
    events = [_event(entry, number) for number, entry in enumerate(top.entries("events"), start=1)]
    if not events and not unfinished:
        top.refuse("events", Text(vi="chưa có sự kiện nào", en="there is no event"))
    return Plan(
        title=title,
        on=on,
        instrument=instrument,
        events=tuple(events),
        heirs=top.words("heirs"),
        instruments=tuple(_instrument(entry) for entry in top.entries("instruments")),
        text=text,
    )


def _first_line(problem: Exception) -> str:
    return " ".join(str(problem).split())[:200]


def _refuse(where: str, what: Text) -> NoReturn:
    raise Refusal(
        what=Text(
            vi=f"Không đọc được phương án: {where + ': ' if where else ''}{what.vi}.",
            en=f"The plan cannot be read: {where + ': ' if where else ''}{what.en}.",
        ),
        do=Text(
            vi="Sửa chỗ này trong tệp rồi chạy lại; mẫu ở docs/how-to/reorganise.md.",
            en="Mend this place in the file and run again; see docs/how-to/reorganise.md.",
        ),
        where=where or None,
        code="planning.unreadable",
    )


class _Entry:
    """A mapping of the file, that knows where it stands."""

    def __init__(self, content: Any, where: str) -> None:
        self.where = where
        if not isinstance(content, dict):
            _refuse(where, Text(vi="phải là một bảng khóa: giá trị", en="must be a table of keys and values"))
        self.content: dict[str, Any] = {str(key): value for key, value in content.items()}

    def refuse(self, key: str, what: Text) -> NoReturn:
        _refuse(f"{self.where}.{key}".strip("."), what)

    def only(self, known: set[str]) -> None:
        strange = sorted(set(self.content) - known)
        if strange:
            listed = ", ".join(sorted(known))
            self.refuse(
                strange[0], Text(vi=f"khóa không có; dùng một trong: {listed}", en=f"no such key; use one of: {listed}")
            )

    def optional(self, key: str) -> str:
        value = self.content.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.refuse(key, Text(vi="phải là một từ hay một số", en="must be a word or a number"))
        return nfc(value.strip())

    def word(self, key: str) -> str:
        return self.optional(key) or self.refuse(key, Text(vi="còn thiếu", en="is missing"))

    def day(self, key: str) -> date:
        day: date = self._read(key, self.word(key), parse_date, Text(vi="không phải ngày", en="is not a date"))
        return day

    def number(self, key: str) -> int | None:
        typed = self.optional(key).replace("_", "")
        wrong = Text(vi="không phải số nguyên không âm", en="is not a whole number")
        return self._read(key, typed, _whole, wrong) if typed else None

    def hectares(self, key: str) -> int | None:
        wrong = Text(
            vi="không phải số km² với nhiều nhất hai chữ số thập phân", en="is not km² with at most two decimals"
        )
        typed = self.optional(key)
        return self._read(key, typed, _hectares, wrong) if typed else None

    def percent(self, key: str) -> Decimal | None:
        typed = self.optional(key)
        wrong = Text(vi="không phải tỷ lệ từ 0 đến 100", en="is not a percentage from 0 to 100")
        return self._read(key, typed, _percent, wrong) if typed else None

    def identity(self, key: str) -> uuid.UUID | None:
        typed = self.optional(key)
        return self._read(key, typed, uuid.UUID, Text(vi="không phải UUID", en="is not a UUID")) if typed else None

    def _read(self, key: str, typed: str, read: Callable[[str], Any], wrong: Text) -> Any:
        try:
            return read(typed)
        except (ValueError, InvalidOperation, Refusal):
            self.refuse(key, Text(vi=f"“{typed}” {wrong.vi}", en=f"“{typed}” {wrong.en}"))

    def listed(self, key: str) -> list[Any]:
        value = self.content.get(key)
        if value is None:
            return []
        return value if isinstance(value, list) else [value]

    def entries(self, key: str) -> list["_Entry"]:
        return [
            _Entry(entry, f"{self.where}.{key}[{place}]".strip(".")) for place, entry in enumerate(self.listed(key), 1)
        ]

    def words(self, key: str) -> Mapping[str, str]:
        content = self.content.get(key)
        if content is None:
            return {}
        entry = _Entry(content, f"{self.where}.{key}".strip("."))
        return {name: entry.word(name) for name in entry.content}

    def choice(self, key: str, known: set[str]) -> str:
        typed = self.word(key)
        if typed not in known:
            listed = ", ".join(sorted(known))
            self.refuse(
                key, Text(vi=f"“{typed}” không có; dùng một trong: {listed}", en=f"no “{typed}”; one of: {listed}")
            )
        return typed


def _whole(typed: str) -> int:
    if not typed.isdecimal():
        raise ValueError(typed)
    return int(typed)


def _hectares(typed: str) -> int:
    hundredths = Decimal(typed) * 100
    if not hundredths.is_finite() or hundredths < 0 or hundredths != hundredths.to_integral_value():
        raise ValueError(typed)
    return int(hundredths)


def _percent(typed: str) -> Decimal:
    value = Decimal(typed)
    if not 0 <= value <= 100:
        raise ValueError(typed)
    return value


def _instrument(entry: _Entry) -> NewInstrument:
    entry.only({"number", "title", "issuer", "issued_on"})
    issued_on = entry.day("issued_on") if entry.optional("issued_on") else None
    return NewInstrument(entry.word("number"), entry.word("title"), entry.optional("issuer"), issued_on)


def _event(entry: _Entry, number: int) -> PlannedEvent:
    named = [kind for kind in EventKind if kind.value in entry.content]
    known = {kind.value for kind in EventKind}
    if len(named) != 1:
        listed = ", ".join(sorted(known))
        entry.refuse("", Text(vi=f"cần đúng một trong: {listed}", en=f"needs exactly one of: {listed}"))
    entry.only(_COMMON | {named[0].value})
    kind = named[0]
    inner = _Entry(entry.content[kind.value], f"{entry.where}.{kind.value}")
    return PlannedEvent(
        number=number,
        kind=kind,
        instrument=entry.optional("instrument"),
        title=entry.optional("title"),
        clause=entry.optional("clause"),
        **_READERS[kind](inner),
    )


def _establish(entry: _Entry) -> dict[str, Any]:
    entry.only(_NEW | {"from"})
    return {"targets": (_new(entry),), "sources": _sources(entry)}


def _merge(entry: _Entry) -> dict[str, Any]:
    entry.only({"into", "from"})
    sources = _sources(entry)
    if not sources:
        entry.refuse("from", Text(vi="còn thiếu", en="is missing"))
    return {"targets": _targets(entry, most=1), "sources": sources}


def _split(entry: _Entry) -> dict[str, Any]:
    entry.only({"unit", "into"})
    targets = _targets(entry, most=None)
    if len(targets) < 2:
        entry.refuse("into", Text(vi="cần ít nhất hai đơn vị", en="needs at least two units"))
    return {"units": (entry.word("unit"),), "targets": targets}


def _transfer(entry: _Entry) -> dict[str, Any]:
    entry.only({"unit", "to", *_PORTION} - {"share"})
    portion = _portion(entry, PART)
    return {"sources": (Source(entry.word("unit"), portion),), "targets": (Target(unit=entry.word("to")),)}


def _change(*keys: str, further: tuple[str, ...] = ()) -> Callable[[_Entry], dict[str, Any]]:
    """Of one unit, or several, something becomes something else."""

    def read(entry: _Entry) -> dict[str, Any]:
        entry.only({"unit", "position", *keys, *further} if "line" not in keys else {"unit", "position", *_LINES})
        wanted = _LINES if "line" in keys else (*keys, *further)
        changes = {key: entry.word(key) for key in wanted if key in entry.content}
        if not changes or ("line" not in keys and not set(keys) <= set(changes)):
            entry.refuse(keys[0], Text(vi="còn thiếu", en="is missing"))
        if "kind" in changes:
            changes["kind"] = _kind(entry)
        return {"units": (entry.word("unit"),), "changes": changes, "position": entry.number("position") or 0}

    return read


def _dissolve(entry: _Entry) -> dict[str, Any]:
    entry.only({"unit", "units"})
    units = [*entry.listed("unit"), *entry.listed("units")]
    if not units:
        entry.refuse("unit", Text(vi="còn thiếu", en="is missing"))
    if not all(isinstance(unit, str) for unit in units):
        entry.refuse("units", Text(vi="phải là mã hoặc tên đơn vị", en="must be codes or names of units"))
    return {"units": tuple(nfc(unit.strip()) for unit in units)}


def _abolish(entry: _Entry) -> dict[str, Any]:
    entry.only({"level", "under"})
    level = entry.choice("level", {level.value for level in Level})
    return {"changes": {"level": level, **({"under": entry.word("under")} if "under" in entry.content else {})}}


_READERS: dict[EventKind, Callable[[_Entry], dict[str, Any]]] = {
    EventKind.ESTABLISH: _establish,
    EventKind.MERGE: _merge,
    EventKind.SPLIT: _split,
    EventKind.TRANSFER: _transfer,
    EventKind.RENAME: _change("name", further=("short_name",)),
    EventKind.RECLASSIFY: _change("kind", further=("name",)),
    EventKind.RECODE: _change("code"),
    EventKind.MOVE: _change("line"),
    EventKind.DISSOLVE: _dissolve,
    EventKind.ABOLISH_LEVEL: _abolish,
}


def _sources(entry: _Entry) -> tuple[Source, ...]:
    found = []
    for place, each in enumerate(entry.listed("from"), start=1):
        if isinstance(each, str):
            found.append(Source(nfc(each.strip())))
            continue
        source = _Entry(each, f"{entry.where}.from[{place}]")
        source.only({"unit", *_PORTION})
        found.append(Source(source.word("unit"), _portion(source, WHOLE)))
    return tuple(found)


def _targets(entry: _Entry, most: int | None) -> tuple[Target, ...]:
    found = []
    for place, each in enumerate(entry.listed("into"), start=1):
        if isinstance(each, str):
            found.append(Target(unit=nfc(each.strip())))
            continue
        target = _Entry(each, f"{entry.where}.into[{place}]")
        if "unit" in target.content:
            target.only({"unit", *_PORTION})
            found.append(Target(unit=target.word("unit"), portion=_portion(target, PART)))
        else:
            target.only(_NEW | {"villages", "clause"})
            found.append(_new(target))
    if not found or (most is not None and len(found) > most):
        entry.refuse("into", Text(vi="cần đúng một đơn vị", en="needs exactly one unit"))
    return tuple(found)


def _new(entry: _Entry) -> Target:
    return Target(
        code=entry.word("code"),
        name=entry.word("name"),
        short_name=entry.optional("short_name"),
        kind=_kind(entry),
        lines={line: entry.word(line) for line in _LINES if line in entry.content},
        position=entry.number("position") or 0,
        area_hectares=entry.hectares("area_km2"),
        population=entry.number("population"),
        uid=entry.identity("uid"),
        seat=entry.optional("seat"),
        place=entry.choice("place", _PLACES) if "place" in entry.content else "",
        minority=entry.percent("minority"),
        portion=Portion(
            PART,
            entry.number("population"),
            entry.hectares("area_km2"),
            entry.optional("villages"),
            entry.optional("clause"),
        ),
    )


def _kind(entry: _Entry) -> str:
    return kind_named(entry.word("kind")) or entry.choice("kind", set(kinds.codes))


def kind_named(typed: str) -> str:
    """The code of a kind by its code, or by its Vietnamese term; "" where there is none."""
    if typed in kinds:
        return typed
    terms = {kind.label.vi.casefold(): kind.code for kind in kinds}
    return terms.get(typed.casefold(), "")


def _portion(entry: _Entry, share: str) -> Portion:
    told = entry.choice("share", {WHOLE, PART, REST}) if "share" in entry.content else share
    return Portion(
        share=told,
        population=entry.number("population"),
        area_hectares=entry.hectares("area_km2"),
        villages=entry.optional("villages"),
        clause=entry.optional("clause"),
    )
