"""The actor of a request: who signed in, with the grants that were read together with the user."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from noivu.core.actors import Actor


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """A grant as the access rules need it: role, unit, and the half-open span of days in which it holds."""

    role: str
    unit_id: int
    starts_on: date
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody absent for whom a user stands in today: the actor id, and the name as it is now."""

    account: str
    name: str


@dataclass(frozen=True, slots=True)
class SignedInActor(Actor):
    """An actor that carries its user's grants, so that asking what it may do costs no query.

    `unit_name` and `office_name` (the highest superior of the unit) are what the masthead shows. `home_unit_id` is the
    unit in which the person is entered, also where that has ended and `unit_code` is that of its heir.
    """

    grants: tuple[HeldGrant, ...] = ()
    home_unit_id: int | None = None
    unit_name: str = ""
    office_name: str = ""
    stands_in_for: tuple[StandIn, ...] = ()

    @property
    def accounts(self) -> tuple[str, ...]:
        """The actor's own id, and those of the absent for whom the actor stands in today."""
        return (self.id, *(absent.account for absent in self.stands_in_for))

    def name_over(self, thing: Any) -> str:
        if not self.stands_in_for:
            return self.name
        officer = getattr(thing, "assigned_officer", "")
        absent = next((one.name for one in self.stands_in_for if one.account == officer), "")
        return f"{self.name} (thay {absent})" if absent else self.name


def actor_id(user_id: int) -> str:
    """The id under which a user stands in logs: a number that says nothing of the person."""
    return f"user:{user_id}"


def user_id_of(actor: Actor) -> int | None:
    """The user behind an actor; None for the machine itself and for actors of other systems."""
    kind, _, number = actor.id.partition(":")
    return int(number) if kind == "user" and number.isdigit() else None
