"""What an act of reorganisation is to change: the units that begin and end, and the facts that begin on its day."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from noivu.law.api import Instrument
from noivu.units.constants import Family, Share
from noivu.units.models import UnitFact
from noivu.units.reorganising.effects import Moves

Ref = int | uuid.UUID
"""A unit of the register by its id; one that the act establishes by the identity it will have."""


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact that begins on the day: its series (`fields` of `models.facts.SERIES`), what it says, and why.

    `values` in the order of the model's columns, a unit among them as its `Ref`.
    """

    model: type[UnitFact]
    unit: Ref
    series: tuple[str, ...]
    values: Mapping[str, Any]
    instrument: Instrument
    source: str = ""


@dataclass(frozen=True, slots=True)
class Went:
    """A unit, or a part of it, that went into another. Population and area of a part: None where unknown."""

    old: Ref
    new: Ref
    share: Share
    population: int | None = None
    area_hectares: int | None = None
    villages: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class EventTold:
    """An event of the act, with the successions that it made."""

    kind: str
    title: str
    instrument: Instrument
    successions: tuple[Went, ...] = ()


@dataclass(frozen=True)
class ChangeSet:
    """An act as it is to be written: complete, checked by whoever made it, and refused again by the database.

    `established`: the family of each unit that begins. `ended`: units that end, with the instrument that says so.
    `ceasing`: facts of living units (model, unit, series) that hold no more, with none in their place. `heirs`: for a
    unit that several came after, the one that takes over what it had open.
    """

    on: date
    title: str
    instrument: Instrument
    plan: str = ""
    established: Mapping[uuid.UUID, Family] = field(default_factory=dict)
    ended: Mapping[int, Instrument] = field(default_factory=dict)
    facts: tuple[NewFact, ...] = ()
    ceasing: tuple[tuple[type[UnitFact], int, tuple[str, ...]], ...] = ()
    events: tuple[EventTold, ...] = ()
    heirs: Mapping[int, Ref] = field(default_factory=dict)

    def successions(self) -> Iterator[Went]:
        for event in self.events:
            yield from event.successions

    def touched(self) -> set[int]:
        """The units of the register that the act changes, ends, takes from or adds to."""
        refs: set[Ref] = {*self.ended, *(fact.unit for fact in self.facts)}
        refs.update(ref for went in self.successions() for ref in (went.old, went.new))
        return {ref for ref in refs if isinstance(ref, int)}


def moves_of(changes: ChangeSet, ids: Mapping[uuid.UUID, int]) -> Moves:
    """Who takes over from whom. `ids`: the units established, by identity; those of a simulation are made up."""

    def known(ref: Ref) -> int:
        return ref if isinstance(ref, int) else ids[ref]

    after: dict[int, list[int]] = {}
    received: dict[int, set[int]] = {}
    whole: set[tuple[int, int]] = set()
    for went in changes.successions():
        old, new = known(went.old), known(went.new)
        after.setdefault(old, []).append(new)
        received.setdefault(new, set()).add(old)
        if went.share is Share.WHOLE:
            whole.add((old, new))
    heirs, parted, closed = {}, {}, set()
    for unit in changes.ended:
        following = tuple(dict.fromkeys(after.get(unit, ())))
        named = changes.heirs.get(unit)
        if named is not None or len(following) == 1:
            heirs[unit] = following[0] if named is None else known(named)
        elif following:
            parted[unit] = following
        else:
            closed.add(unit)
    return Moves(
        on=changes.on,
        heirs=heirs,
        parted=parted,
        closed=frozenset(closed),
        received={new: frozenset(olds) for new, olds in received.items()},
        whole=frozenset(whole),
    )
