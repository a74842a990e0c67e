"""A slow, obvious model of units in time: it keeps everything that was ever said, and to answer reads it all in order.

It imports nothing of the product.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

DAYS = 8
WHOLE, PART, REST = "whole", "part", "rest"
Units = dict[int, dict[str, Any]]
"""What is known of each unit, by what was said: "lives", "code", "name", "kind", "above", "people"."""


@dataclass(frozen=True)
class Said:
    """That something of a unit is so from a day on, until something else is said. Life: "lives"."""

    on: int
    order: int
    unit: int
    what: str
    value: Any


@dataclass(frozen=True)
class Went:
    """That a unit, or a part of it, went into another; of a part, how many people."""

    on: int
    order: int
    place: int
    old: int
    new: int
    share: str
    people: int | None = None


@dataclass
class Told:
    """What one act says: facts, and what went where."""

    on: int
    said: list[Said] = field(default_factory=list)
    went: list[Went] = field(default_factory=list)


@dataclass
class Model:
    """All that was ever said. `said`: outside of acts; `acts`: by number of the act, those that stand."""

    said: list[Said] = field(default_factory=list)
    acts: dict[int, Told] = field(default_factory=dict)

    def everything(self) -> list[Said]:
        told = [*self.said, *(said for act in self.acts.values() for said in act.said)]
        return sorted(told, key=lambda said: (said.on, said.order))

    def units(self, on: int) -> Units:
        """Every unit that lives on a day, with the last that was said of it by then."""
        known: defaultdict[int, dict[str, Any]] = defaultdict(dict)
        for said in self.everything():
            if said.on <= on:
                known[said.unit][said.what] = said.value
        return {unit: known[unit] for unit in sorted(known) if known[unit].get("lives")}

    def communes(self, on: int) -> Units:
        return {unit: told for unit, told in self.units(on).items() if told["above"] is not None}

    def drawn(self, on: int) -> set[tuple[Any, ...]]:
        units = self.units(on)
        codes = {unit: told["code"] for unit, told in units.items()}
        return {(told["code"], told["name"], told["kind"], codes.get(told["above"])) for told in units.values()}

    def people(self, on: int) -> dict[str, int]:
        """Population by code, where it is known."""
        return {told["code"]: told["people"] for told in self.communes(on).values() if told.get("people") is not None}

    def passages(self) -> list[Went]:
        """What went where, in its order."""
        return sorted((went for act in self.acts.values() for went in act.went), key=lambda w: (w.on, w.order, w.place))

    def ends(self, unit: int, since: int, to: int) -> Iterator[tuple[int, bool]]:
        """Where what a unit was on a day is on another, and whether it stayed whole on the way there."""
        passages = self.passages() if since <= to else self.passages()[::-1]
        here = [(unit, True)]
        left: dict[int, bool] = {}  # on the way back, what made one unit are several passages
        for went in passages:
            if not min(since, to) < went.on <= max(since, to):
                continue
            near, far = (went.old, went.new) if since <= to else (went.new, went.old)
            standing = [whole for place, whole in here if place == near]
            if not standing and (since <= to or near not in left):
                continue
            was_whole = all(standing) if standing else left[near]
            goes_on = went.share == PART or (since > to and near in self.units(went.on - 1))
            left |= {} if goes_on else {near: was_whole}
            here = [(place, whole and not goes_on) for place, whole in here if place != near or goes_on]
            here.append((far, was_whole and went.share == WHOLE))
        yield from here

    def borne(self, code: str) -> set[int]:
        """Every unit that ever bore a code."""
        return {unit for on in range(DAYS + 1) for unit, told in self.units(on).items() if told["code"] == code}
