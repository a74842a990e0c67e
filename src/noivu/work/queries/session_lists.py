"""Sessions with how many recommendations of theirs are on the register, in one statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.units.api import Node, Tree, tree
from noivu.work.constants import Kind
from noivu.work.models import Obligation, Session
from noivu.work.queries.sessions import sessions_for
from noivu.work.services.sessions import may_set


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session, how many of its recommendations the reader may see, whose it is, and whether the reader may set it."""

    session: Session
    recommendations: int
    unit: str
    may_set: bool


def sessions_with_counts(actor: Actor) -> Sequence[SessionLine]:
    """The sessions that the reader may see, the latest first."""
    seen = access.scope(actor, "work.view", Obligation.objects.standing().of_kind(Kind.RECOMMENDATION))
    standing = Q(recommendations__in=seen.values("pk"))
    counted: Iterable[Any] = sessions_for(actor).annotate(
        recommendation_count=Count("recommendations", filter=standing)
    )
    units = tree(clock.today())
    return [SessionLine(one, one.recommendation_count, _owner(units, one), may_set(actor, one)) for one in counted]


def session_choices(actor: Actor, chosen: Session | None = None) -> list[tuple[str, str]]:
    """(key, name) for a form, the latest first; with the one that was chosen before, whosever it is."""
    units = tree(clock.today())
    choices = {one.pk: one for one in sessions_for(actor)} | ({chosen.pk: chosen} if chosen else {})
    return [(str(one.pk), " · ".join(filter(None, (one.name, _owner(units, one))))) for one in choices.values()]


def first_owner(actor: Actor) -> Node | None:
    """Whose session a new one is, unless said otherwise: of all where the reader may say so, else the own unit's."""
    return None if may_set(actor, Session()) else tree(clock.today()).by_code.get(actor.unit_code)


def session_to_set(actor: Actor, session_id: int) -> Session | None:
    """A session whose name and dates the reader may set."""
    session = sessions_for(actor).filter(pk=session_id).first()
    return session if session is not None and may_set(actor, session) else None


def _owner(units: Tree, session: Session) -> str:
    """Whose it is; empty for one of all."""
    node = units.node(session.unit_id) if session.unit_id is not None else None
    return node.name if node else ""
