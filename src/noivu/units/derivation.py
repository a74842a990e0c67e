"""Keeps what is derived from facts true: the closure of the lines, and the revision by which trees are cached."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.db import transaction

from noivu.core.bulk import in_chunks, insert_rows
from noivu.units.endings import Endings
from noivu.units.lines import EVER, NEVER, Lines
from noivu.units.models import UnitClosure, UnitCode, UnitFact, UnitKind, UnitLine, UnitName, UnitRevision
from noivu.units.revision import forget_revision

_CHUNK = 2_000


def _day(number: int) -> date | None:
    return None if number in (EVER, NEVER) else date.fromordinal(number)


def rebuild_closure(changed: set[int] | None = None) -> None:
    """Rebuild the closure for units whose facts changed and all below them; None: for all units."""
    lines = Lines()
    endings = Endings(lines)
    if changed is None:
        UnitClosure.objects.all().delete()
        affected = set(lines.families)
    else:
        affected = _affected(changed, endings)
        for some in in_chunks(sorted(affected), _CHUNK):
            UnitClosure.objects.filter(descendant_id__in=some).delete()
    insert_rows(
        UnitClosure,
        ["line", "ancestor", "descendant", "starts_on", "ends_on"],
        (
            (line, ancestor, unit, _day(stretch.start), _day(stretch.end))
            for unit in sorted(affected)
            for line, ancestor, stretch in (*lines.closure(unit), *endings.closure(unit))
        ),
    )


def _affected(changed: set[int], endings: Endings) -> set[int]:
    """Units that changed, all below them, and what left anything to any of these when it ended."""
    affected: set[int] = set()
    following = set(changed)
    for some in in_chunks(sorted(changed), _CHUNK):
        pointing = UnitLine.objects.current().filter(other_id__in=some)
        following.update(pointing.values_list("unit_id", flat=True))
    while following:
        affected |= following
        found = {old for unit in following for old in endings.predecessors.get(unit, ())}
        for some in in_chunks(sorted(following), _CHUNK):
            below = UnitClosure.objects.filter(ancestor_id__in=some)
            found.update(below.values_list("descendant_id", flat=True))
        following = found - affected
    return affected


def _breakpoints() -> list[str]:
    days: set[date] = set()
    models: tuple[type[UnitFact], ...] = (UnitKind, UnitName, UnitCode, UnitLine)
    for model in models:
        facts = model._default_manager.current().order_by()
        days.update(facts.values_list("starts_on", flat=True).distinct())
        ends = facts.values_list("ends_on", flat=True).distinct()
        days.update(day for day in ends if day is not None)
    return [day.isoformat() for day in sorted(days)]


_waiting: ContextVar[set[int] | None] = ContextVar("units_waiting_for_refresh", default=None)
_EVERYTHING, _NO_LINES = -1, -2


def facts_changed(*units: int) -> None:
    """Say that lives or lines of these units changed; none named: of any. The closure follows in this transaction."""
    _wait_or_refresh(set(units) or {_EVERYTHING})


def words_changed() -> None:
    """Say that a name, code or measure changed: trees are read anew, the closure stays."""
    _wait_or_refresh({_NO_LINES})


def _wait_or_refresh(changed: set[int]) -> None:
    waiting = _waiting.get()
    if waiting is not None:
        waiting.update(changed)
    else:
        _refresh(changed)


@contextmanager
def one_refresh() -> Iterator[None]:
    """Many changes, one rebuilding at the end: for acts that change many units. Opens a transaction."""
    if _waiting.get() is not None:
        yield
        return
    with transaction.atomic():
        waiting: set[int] = set()
        mark = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(mark)
        if waiting:
            _refresh(waiting)


def _refresh(changed: set[int]) -> None:
    with transaction.atomic():
        UnitRevision.objects.select_for_update().get_or_create(pk=1)  # one at a time: the next sees what this one wrote
        if moved := changed - {_NO_LINES}:
            rebuild_closure(None if _EVERYTHING in moved else moved)
        UnitRevision.objects.update_or_create(
            pk=1, defaults={"token": secrets.token_hex(8), "breakpoints": _breakpoints()}
        )
    forget_revision()
