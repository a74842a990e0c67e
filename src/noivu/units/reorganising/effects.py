"""What a reorganisation does to the things of other rooms: each room declares its effects, and acts when asked.

A relation to a unit says its fate (`constants.Fate`); an effect carries it out. What is still open when its unit ends
goes to the one unit that takes over, by a new event on the day, which names the act; where several do and the plan
names none, it waits for a person's decision. What is closed stays where it was.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from noivu.core.actors import Actor
from noivu.core.registry import Registry
from noivu.core.wording import Text
from noivu.units.models import ReorganisationAct

Counts = Mapping[int, int]
"""Things by the id of their unit."""


@dataclass(frozen=True, slots=True)
class Moves:
    """Who takes over from whom on a day. All units by their ids.

    `heirs`: each unit that ends, with the one unit that takes over what it had open: its only successor, or the one
    that the plan names. `parted`: units that end, several come after them, and the plan names none. `closed`: units
    that end without successor. `received`: each unit that took others in, whole or in part, with all of these; with
    `whole`, the pairs (old, new) that went over entirely, it says whose reach is wider afterwards.
    """

    on: date
    heirs: Mapping[int, int] = field(default_factory=dict)
    parted: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    closed: frozenset[int] = frozenset()
    received: Mapping[int, frozenset[int]] = field(default_factory=dict)
    whole: frozenset[tuple[int, int]] = frozenset()

    @property
    def ended(self) -> frozenset[int]:
        return self.closed.union(self.heirs, self.parted)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Things of one unit that a person must decide about: how many, and why no rule could."""

    unit_id: int
    number: int
    reason: Text


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the things of an effect: `moved` went to the heirs, `waiting` is for people to decide."""

    moved: int = 0
    waiting: tuple[Waiting, ...] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """An act while it is carried out, or taken back: the row that written rows name, who does it and when."""

    act: ReorganisationAct
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class Effect:
    """What a reorganisation means for one sort of thing.

    `relations`: the foreign keys it answers for, as "work.Obligation.unit". `count(on)`: the open things by unit as
    they stand on a day, one statement; the simulation shows their sums before and after. `foresee(moves)`: what
    `follow` would do, without doing it. `follow(moves, carried)`: carry it out, set-wise, in the transaction of the
    act. `take_back(carried)`: undo what `follow` wrote for the act. `held(units, act)`: how many things stand at these
    units that the act itself did not bring there: what an undoing would leave without a unit.
    An effect without `follow` only counts: its things stay with the old unit.
    """

    code: str
    label: Text
    relations: frozenset[str]
    count: Callable[[date], Counts]
    held: Callable[[frozenset[int], ReorganisationAct], int]
    foresee: Callable[[Moves], Outcome] | None = None
    follow: Callable[[Moves, Carried], Outcome] | None = None
    take_back: Callable[[Carried], None] | None = None


effects: Registry[Effect] = Registry("effects of reorganisations", key=lambda effect: effect.code)


def declare_effects(*declared: Effect) -> None:
    """Make effects known; called in the `effects` of a room."""
    effects.declare_all(declared)
