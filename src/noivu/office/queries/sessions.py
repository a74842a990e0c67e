"""Sessions with how many recommendations of theirs are on the register, in one statement."""

from collections.abc import Sequence

from django.db.models import Count, Q

from noivu.work.api import Session


def sessions_with_counts() -> Sequence[Session]:
    """All sessions, the latest first; `recommendation_count` is set on each."""
    standing = Q(recommendations__removed_at__isnull=True)
    return list(Session.objects.annotate(recommendation_count=Count("recommendations", filter=standing)))


def session_choices() -> list[tuple[str, str]]:
    """(code, name) for a form, the latest first."""
    return list(Session.objects.values_list("code", "name"))


def session_of(session_id: int) -> Session | None:
    return Session.objects.filter(pk=session_id).first()


def session_named(code: str) -> Session | None:
    return Session.objects.filter(code=code).first()
