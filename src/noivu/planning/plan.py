"""A plan of reorganisation as it is written: events on one day, each by an instrument."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from noivu.core.wording import Text


class EventKind(StrEnum):
    """What an event of a plan does."""

    ESTABLISH = "establish"
    MERGE = "merge"
    SPLIT = "split"
    TRANSFER = "transfer"
    RENAME = "rename"
    RECLASSIFY = "reclassify"
    RECODE = "recode"
    MOVE = "move"
    DISSOLVE = "dissolve"
    ABOLISH_LEVEL = "abolish-level"


EVENT_LABELS: dict[EventKind, Text] = {
    EventKind.ESTABLISH: Text(vi="Thành lập", en="Establish"),
    EventKind.MERGE: Text(vi="Sáp nhập, hợp nhất", en="Merge"),
    EventKind.SPLIT: Text(vi="Chia", en="Split"),
    EventKind.TRANSFER: Text(vi="Điều chỉnh một phần", en="Transfer a part"),
    EventKind.RENAME: Text(vi="Đổi tên", en="Rename"),
    EventKind.RECLASSIFY: Text(vi="Đổi loại hình", en="Reclassify"),
    EventKind.RECODE: Text(vi="Đổi mã", en="Change the code"),
    EventKind.MOVE: Text(vi="Chuyển đơn vị trên", en="Move"),
    EventKind.DISSOLVE: Text(vi="Giải thể", en="Dissolve"),
    EventKind.ABOLISH_LEVEL: Text(vi="Kết thúc một cấp", en="Abolish a level"),
}

WHOLE, PART, REST = "whole", "part", "rest"
"""How much of a unit goes over: all of it (toàn bộ), a part (một phần), or what remains of it (phần còn lại)."""


@dataclass(frozen=True, slots=True)
class Portion:
    """How much of a unit goes over, as far as the instrument says: persons, hectares, villages by name."""

    share: str = WHOLE
    population: int | None = None
    area_hectares: int | None = None
    villages: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A unit of the day, or a part of it, that goes into another."""

    unit: str
    portion: Portion = Portion()


@dataclass(frozen=True, slots=True)
class Target:
    """Where something goes: a unit that is there (`unit`), or one that the event establishes (all the rest).

    `lines`: the codes of the units above it, by line. `portion`: of a split, what this one gets. `seat`: where its
    offices will be (trụ sở). `place` (mountain, island, other) and `minority` (per cent) decide which standard applies.
    """

    unit: str = ""
    code: str = ""
    name: str = ""
    short_name: str = ""
    kind: str = ""
    lines: Mapping[str, str] = field(default_factory=dict)
    position: int = 0
    area_hectares: int | None = None
    population: int | None = None
    uid: uuid.UUID | None = None
    seat: str = ""
    place: str = ""
    minority: Decimal | None = None
    portion: Portion = Portion()

    @property
    def is_new(self) -> bool:
        return not self.unit

    @property
    def known_as(self) -> str:
        return self.unit or self.code


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """One event of a plan; `number` is its place in it, from 1.

    `units`: those that are renamed, reclassified, recoded, moved, dissolved, split, or that give a part away. `targets`
    and `sources`: what comes of what. `changes`: what becomes of the units, by "name", "kind", "code" or a line.
    """

    number: int
    kind: EventKind
    instrument: str = ""
    title: str = ""
    clause: str = ""
    units: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    targets: tuple[Target, ...] = ()
    changes: Mapping[str, str] = field(default_factory=dict)
    position: int = 0

    @property
    def label(self) -> Text:
        """ "Sự kiện 3 (Sáp nhập, hợp nhất), khoản 2 Điều 1": how findings name it."""
        what = EVENT_LABELS[self.kind]
        clause = f", {self.clause}" if self.clause else ""
        return Text(vi=f"Sự kiện {self.number} ({what.vi}){clause}", en=f"Event {self.number} ({what.en}){clause}")


@dataclass(frozen=True, slots=True)
class NewInstrument:
    """An instrument that the plan cites and that may have to be registered first."""

    number: str
    title: str
    issuer: str = ""
    issued_on: date | None = None


@dataclass(frozen=True)
class Plan:
    """A plan as it is written. `heirs`: which unit takes over what was open at one that several come after."""

    title: str
    on: date
    instrument: str
    events: tuple[PlannedEvent, ...]
    heirs: Mapping[str, str] = field(default_factory=dict)
    instruments: tuple[NewInstrument, ...] = ()
    text: str = ""
