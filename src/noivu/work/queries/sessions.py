"""Sessions: who may see and use which, and how the log names them."""

from datetime import date

from django.db.models import Q

from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.units.api import tree
from noivu.work.models import Session
from noivu.work.models.obligations import SessionQuerySet


def sessions_for(actor: Actor) -> SessionQuerySet:
    """The sessions within reach, those of units above the reader's own, and those of all."""
    own = tree(clock.today()).by_code.get(actor.unit_code)
    within = access.scope(actor, "work.view", Session.objects.all()).values("pk")
    above = Session.objects.usable_by(units_above(own.id, clock.today()) if own else ())
    return Session.objects.filter(Q(pk__in=within) | Q(pk__in=above.values("pk")))


def units_above(unit_id: int, on: date) -> list[int]:
    """The unit itself and those above it on a day, the nearest first: whose sessions it may use."""
    return [node.id for node in reversed(tree(on).path(unit_id))] or [unit_id]


def session_of_log(session_id: object, on: date) -> str:
    """A session that the log keeps by its key, by its name."""
    names = Session.objects.filter(pk=session_id).values_list("name", flat=True) if isinstance(session_id, int) else ()
    return next(iter(names), str(session_id))
