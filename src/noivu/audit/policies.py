"""Who may read the log, and which part of it: the acts done for the units that a grant reaches."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from noivu.audit.models import Entry
from noivu.core import access
from noivu.core.access import AUDITOR, OPERATOR, Verb
from noivu.core.actors import SYSTEM, Actor
from noivu.core.wording import Text

VIEW = "audit.view"
Codes = Callable[[Actor, str], QuerySet[Any, Any] | None]
_codes_in_reach: list[Codes] = []


def declare_all() -> None:
    """Called once, when the product starts."""
    access.declare(Verb(VIEW, Text(vi="Xem nhật ký", en="See the log"), roles=frozenset({AUDITOR, OPERATOR})))


def provide_codes(codes: Codes) -> None:
    """Put the one answerer in place: the codes of the units where an actor may do a verb, as a subquery, or None.

    The log names units by the codes they acted under, and stands below the rooms that know units.
    """
    _codes_in_reach[:] = [codes]


def visible_entries(actor: Actor) -> QuerySet[Entry]:
    """The acts that the actor may see. Acts for no unit (the machine's own) are seen from the command line alone."""
    if actor == SYSTEM:
        return Entry.objects.all()
    codes = _codes_in_reach[0](actor, VIEW) if _codes_in_reach else None
    return Entry.objects.none() if codes is None else Entry.objects.filter(unit_code__in=codes)
