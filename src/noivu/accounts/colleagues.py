"""The people of a unit as those who give them work find them: by name or account, within one's own reach."""

from collections.abc import Sequence
from dataclasses import dataclass

from noivu.accounts.actors import actor_id, user_id_of
from noivu.accounts.models import User
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
    name, _, account = nfc(typed).rpartition(UnitField.SEPARATOR)
    people = User.objects.active().filter(home_unit_id=unit_id)
    by_account = people.filter(username=account.strip().lower())
    if name:
        return [_colleague(user) for user in by_account]
    wanted = nfc(typed)
    found = people.filter(search_key__startswith=fold(wanted)).order_by("search_key", "id")
    same = [_colleague(user) for user in found if nfc(user.full_name).casefold() == wanted.casefold()]
    return same or [_colleague(user) for user in by_account]


def written_account(account: str) -> str:
    """How a field shows the person behind an actor id; empty where that is no user of ours."""
    user_id = user_id_of(Actor(account, ""))
    user = User.objects.filter(pk=user_id).first() if user_id is not None else None
    return _colleague(user).written if user else ""


def _colleague(user: User) -> Colleague:
    return Colleague(actor_id(user.pk), user.username, user.full_name)
