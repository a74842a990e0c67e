"""The answer to "may this actor do that, and where": grants over unit subtrees, as of today.

A grant reaches what its unit's figures cover: an administrative unit reaches its subtree and every organisation that
serves it; an organisation reaches itself and the superior line below it. Whatever is unclear is refused: an actor
without user, a thing without unit, a unit that does not exist today.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from noivu.accounts.actors import HeldGrant, SignedInActor, user_id_of
from noivu.accounts.models import User
from noivu.accounts.reaching import reaches
from noivu.core import clock
from noivu.core.access import Verb, verbs
from noivu.core.actors import Actor
from noivu.units.api import Unit, reach, tree


class GrantsProvider:
    """Implements `core.access.Provider`."""

    def may(self, actor: Actor, verb: Verb, thing: Any | None) -> bool:
        granted = _granted_units(actor, verb)
        if not granted or thing is None:
            return bool(granted)
        unit_id: int | None = getattr(thing, "scope_unit_id", None)
        if unit_id is None:
            return False
        units = tree(clock.today())
        return any(reaches(units, above, unit_id) for above in granted)

    def scope(self, actor: Actor, verb: Verb, rows: QuerySet[Any]) -> QuerySet[Any]:
        granted = _granted_units(actor, verb)
        if not granted:
            return rows.none()
        path: str = rows.model.scope_path
        today = clock.today()
        return rows.filter(reduce(or_, (Q(**{f"{path}__in": reach(unit, today)}) for unit in granted)))


def codes_in_reach(actor: Actor, verb: str) -> QuerySet[Any, Any] | None:
    """The codes, past and present, of the units where the actor may do this: the log names units by their codes."""
    granted = _granted_units(actor, verbs[verb])
    if not granted:
        return None
    today = clock.today()
    units = Unit.objects.filter(reduce(or_, (Q(pk__in=reach(unit, today)) for unit in granted)))
    return units.filter(codes__superseded_at=None).values("codes__code")


def held_grants(actor: Actor) -> tuple[HeldGrant, ...]:
    """The grants an actor carries; those of an actor known by id alone (a background job) are read, one query."""
    if isinstance(actor, SignedInActor):
        return actor.grants
    user_id = user_id_of(actor)
    user = User.objects.signed_in(user_id) if user_id is not None else None
    return user.held_grants if user is not None else ()


def _granted_units(actor: Actor, verb: Verb) -> list[int]:
    """The units over which the actor holds, today, a role that may do this; each once, in a steady order."""
    today = clock.today()
    held = held_grants(actor)
    return sorted({grant.unit_id for grant in held if grant.role in verb.roles and grant.holds_on(today)})
