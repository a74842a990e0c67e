"""The revision of the register of units: whether trees kept in memory still hold, asked once for a whole request."""

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Subquery

from noivu.units.models import UnitRevision


@dataclass(frozen=True, slots=True)
class Revision:
    """The state of the register: a token that changes with every change, and the days on which trees change."""

    token: str
    breakpoints: tuple[date, ...]

    def stretch(self, on: date) -> tuple[date | None, date | None]:
        """The days around `on` in which the tree is the same."""
        place = bisect_right(self.breakpoints, on)
        return (
            self.breakpoints[place - 1] if place else None,
            self.breakpoints[place] if place < len(self.breakpoints) else None,
        )


class _Kept:
    """What one request knows: nothing yet, or the revision of its first question."""

    revision: Revision | None = None


_ROW = UnitRevision.objects.filter(pk=1)  # put together once: outside of a request every tree asks for it
_kept: ContextVar[_Kept | None] = ContextVar("units_revision", default=None)


def revision() -> Revision:
    """The present revision: one small query; within `one_revision` none after the first."""
    kept = _kept.get()
    if kept is None:
        return _read()
    if kept.revision is None:
        kept.revision = _read()
    return kept.revision


@contextmanager
def one_revision(known: Revision | None = None) -> Iterator[None]:
    """Inside, every tree is of one revision: the one known, or the one found at the first question.

    A page so shows one state of the register throughout, and asks for it once. A change made inside is seen at once.
    """
    kept = _Kept()
    kept.revision = known
    before = _kept.set(kept)
    try:
        yield
    finally:
        _kept.reset(before)


def forget_revision() -> None:
    """Called when facts have changed: the next question reads anew."""
    kept = _kept.get()
    if kept is not None:
        kept.revision = None


def revision_columns() -> dict[str, Any]:
    """Annotations by which another query brings the revision along (see `revision_of`)."""
    return {
        "units_token": Subquery(_ROW.values("token")[:1]),
        "units_breakpoints": Subquery(_ROW.values("breakpoints")[:1]),
    }


def revision_of(row: Any) -> Revision:
    """The revision that a row annotated with `revision_columns` brought along."""
    return _revision(row.units_token, row.units_breakpoints)


def _read() -> Revision:
    return _revision(*next(iter(_ROW.values_list("token", "breakpoints")), ("", ())))


def _revision(token: str | None, breakpoints: Any) -> Revision:
    return Revision(token or "", tuple(date.fromisoformat(day) for day in breakpoints or ()))
