"""The people of a unit as those who give them work find them: by name or account, within one's own reach."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from noivu.accounts.actors import actor_id, user_id_of
from noivu.accounts.models import Grant, User
from noivu.core.access import HEAD
from noivu.core.actors import Actor
from noivu.core.text import fold, nfc
from noivu.ui.forms import UnitField

OFFERED = 12


@dataclass(frozen=True, slots=True)
class Colleague:
    """An active user of a unit. `account` is the actor id; `written` how a field of a form shows the person."""

    account: str
    username: str
    full_name: str

    @property
    def written(self) -> str:
        return f"{self.full_name}{UnitField.SEPARATOR}{self.username}"


def colleagues(unit_id: int, words: str = "", limit: int = OFFERED) -> list[Colleague]:
    """The active users of a unit whose name or account holds the words, accents or not; one query."""
    people = User.objects.active().filter(home_unit_id=unit_id).order_by("search_key", "id")
    if words.strip():
        people = people.filter(search_key__contains=fold(words.replace(UnitField.SEPARATOR, " ")))
    return [_colleague(user) for user in people[:limit]]


def colleagues_called(unit_id: int, typed: str) -> Sequence[Colleague]:
    """The active users of a unit whom a field names: by account ("Lê Thu Bình · binh", "binh"), else by whole name."""
    _, _, account = nfc(typed).rpartition(UnitField.SEPARATOR)
    meant = Q(username=account.strip().lower()) | Q(search_key__startswith=fold(nfc(typed)))
    return _called(typed, User.objects.active().filter(meant, home_unit_id=unit_id).order_by("search_key", "id"))


def colleagues_named(asked: Collection[tuple[int, str]]) -> Mapping[tuple[int, str], Sequence[Colleague]]:
    """Whom each field of a unit names, as `colleagues_called` does; one query for all."""
    of_unit: defaultdict[int, list[User]] = defaultdict(list)
    for user in User.objects.active().filter(home_unit_id__in={unit_id for unit_id, _ in asked}).order_by("id"):
        of_unit[user.home_unit_id].append(user)
    return {(unit_id, typed): _called(typed, of_unit[unit_id]) for unit_id, typed in asked}


def _called(typed: str, people: Iterable[User]) -> list[Colleague]:
    found, wanted = list(people), nfc(typed)
    name, _, account = wanted.rpartition(UnitField.SEPARATOR)
    by_account = [_colleague(user) for user in found if user.username == account.strip().lower()]
    if name:
        return by_account
    same = [_colleague(user) for user in found if nfc(user.full_name).casefold() == wanted.casefold()]
    return same or by_account


def written_account(account: str) -> str:
    """How a field shows the person behind an actor id; empty where that is no user of ours."""
    user_id = user_id_of(Actor(account, ""))
    user = User.objects.filter(pk=user_id).first() if user_id is not None else None
    return _colleague(user).written if user else ""


def heads_by_unit(on: date) -> Mapping[int, tuple[int, ...]]:
    """The active users who head a unit on a day by a grant over that very unit, by unit; one query for all units."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    held = Grant.objects.holding(on).filter(role=HEAD, user__is_active=True)
    for unit_id, user_id in held.order_by("user_id").values_list("unit_id", "user_id").distinct():
        found[unit_id].append(user_id)
    return {unit_id: tuple(users) for unit_id, users in found.items()}


def active_users(accounts: Collection[str]) -> Mapping[str, int]:
    """Of these actor ids those of active users, with the key of each user; one query."""
    keys = {key: account for account in accounts if (key := user_id_of(Actor(account, ""))) is not None}
    return {keys[key]: key for key in User.objects.active().filter(pk__in=keys).values_list("pk", flat=True)}


def _colleague(user: User) -> Colleague:
    return Colleague(actor_id(user.pk), user.username, user.full_name)
