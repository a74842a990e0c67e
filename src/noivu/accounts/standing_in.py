"""Who stands in for whom, as the pages about it show it, and as those who tell people of their work ask it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from noivu.accounts.actors import actor_id
from noivu.accounts.models import Substitution, User
from noivu.accounts.policies import SUBSTITUTE
from noivu.core import access, clock
from noivu.core.actors import Actor

_MOST = 300


@dataclass(frozen=True, slots=True)
class SubstitutionLine:
    """A substitution that holds or is to come."""

    id: int
    absent: str
    substitute: str
    starts_on: date
    ends_on: date
    reason: str
    set_by: str
    holds: bool
    is_of_the_absent: bool


@dataclass(frozen=True, slots=True)
class Substitute:
    """Who stands in on a day, by the key of the user, and the name of the absent."""

    user_id: int
    absent: str


def substitutes_on(day: date) -> Mapping[str, Substitute]:
    """The active users who stand in on a day, by the actor id of the absent; one query."""
    rows = Substitution.objects.holding(day).filter(substitute__is_active=True)
    named = rows.values_list("absent_id", "substitute_id", "absent__full_name")
    return {actor_id(absent): Substitute(user_id, name) for absent, user_id, name in named}


def substitutions_of(user: User) -> Sequence[SubstitutionLine]:
    """Those in which the user is absent or stands in, that hold or are to come. One query."""
    today = clock.today()
    rows = Substitution.objects.open_after(today).filter(Q(absent=user) | Q(substitute=user))
    return [
        SubstitutionLine(
            id=row.pk,
            absent=row.absent.full_name,
            substitute=row.substitute.full_name,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            reason=row.reason,
            set_by=row.set_by_name,
            holds=row.starts_on <= today,
            is_of_the_absent=row.absent_id == user.pk,
        )
        for row in rows.select_related("absent", "substitute")
    ]


def colleagues_of(user: User) -> list[tuple[int, str]]:
    """Who may stand in for a user: the other active people of the same unit. One query."""
    same = User.objects.active().filter(home_unit=user.home_unit_id).exclude(pk=user.pk).order_by("search_key", "id")
    rows = same.values_list("pk", "full_name", "username")[:_MOST]
    return [(key, f"{name} · {username}") for key, name, username in rows]


def colleague_of(user: User, key: int) -> User:
    """One of them."""
    found: User = User.objects.active().get(pk=key, home_unit=user.home_unit_id)
    return found


def user_to_substitute(actor: Actor, user_id: int) -> User | None:
    """A user for whom the actor may name a substitute; None where there is none."""
    return access.scope(actor, SUBSTITUTE, User.objects.active().filter(pk=user_id)).first()


def substitution_of(user: User, substitution_id: int) -> Substitution | None:
    """One in which the user is the absent."""
    found: Substitution | None = Substitution.objects.filter(pk=substitution_id, absent=user).first()
    return found
