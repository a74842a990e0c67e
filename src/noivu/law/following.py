"""What follows when days or rules count otherwise: told to the rooms above, foreseen without doing it, and answered."""

from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection, transaction

from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.law.installation import forget_installation
from noivu.law.signals import counting_changed

_LOCK = 0x6C617763  # changes of what counts, among PostgreSQL's advisory locks: "lawc"


@dataclass(frozen=True, slots=True)
class CountingChange:
    """Days that became worked or off, and rules whose number changed. `dry_run`: only foreseen, nothing is written."""

    actor: Actor
    reason: str
    days: frozenset[date] = frozenset()
    rules: frozenset[str] = frozenset()
    instrument: str = ""
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """What follows a change, in words; `key` is another one when something else would follow. `address`: its page.
    `number`: of how many things."""

    key: str
    words: Text
    address: str = ""
    number: int = 0


_heard: ContextVar[list[Followed] | None] = ContextVar("heard", default=None)
_foreseeing: ContextVar[bool] = ContextVar("foreseeing", default=False)


def tell(change: CountingChange) -> None:
    """Say that days or rules count otherwise; a change of neither says nothing."""
    if not (change.days or change.rules):
        return
    said = replace(change, dry_run=_foreseeing.get())
    told: Iterable[tuple[Any, Any]] = counting_changed.send(sender=CountingChange, change=said)
    answers = [answer for _, answer in told if isinstance(answer, Followed)]
    heard = _heard.get()
    if heard is not None:
        heard += answers


def one_after_another() -> None:
    """First of all in a transaction that may tell: of two changes at once the second finds what the first wrote, and
    counts by both. On SQLite there is one writer anyway, and what is only foreseen waits for nobody."""
    if connection.vendor == "postgresql" and not _foreseeing.get():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        forget_installation()


def key_of(followed: Sequence[Followed]) -> str:
    """What tells one foresight from another."""
    return " ".join(one.key for one in followed)


def following(act: Callable[[], object]) -> list[Followed]:
    """Do something, and say what followed."""
    heard: list[Followed] = []
    token = _heard.set(heard)
    try:
        act()
    finally:
        _heard.reset(token)
    return heard


def foresee(act: Callable[[], object]) -> list[Followed]:
    """What would follow: the act is done and undone, and nobody outside sees it."""
    token = _foreseeing.set(True)
    try:
        with transaction.atomic():
            heard = following(act)
            transaction.set_rollback(True)
    finally:
        _foreseeing.reset(token)
        forget_installation()
    return heard
