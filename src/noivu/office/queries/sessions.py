"""Sessions with how many recommendations of theirs are on the register, in one statement."""

from collections.abc import Sequence

from django.db.models import Count, Q

from noivu.core import access
from noivu.core.actors import Actor
from noivu.work.api import Kind, Obligation, Session


def sessions_with_counts(actor: Actor) -> Sequence[Session]:
    """All sessions, the latest first; on each `recommendation_count`, of those that the reader may see."""
    seen = access.scope(actor, "work.view", Obligation.objects.standing().of_kind(Kind.RECOMMENDATION))
    standing = Q(recommendations__in=seen.values("pk"))
    return list(Session.objects.annotate(recommendation_count=Count("recommendations", filter=standing)))


def session_choices() -> list[tuple[str, str]]:
    """(code, name) for a form, the latest first."""
    return list(Session.objects.values_list("code", "name"))


def session_of(session_id: int) -> Session | None:
    return Session.objects.filter(pk=session_id).first()


def session_named(code: str) -> Session | None:
    return Session.objects.filter(code=code).first()
