"""Where the counts of ended units belong: which living unit has on a day what they left."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import date
from threading import Lock
from typing import Any

from noivu.units.constants import HEIR
from noivu.units.models import Succession, UnitClosure
from noivu.units.queries import closure_on
from noivu.units.revision import revision

_KEPT = 32
_kept: OrderedDict[tuple[Any, ...], Mapping[int, int]] = OrderedDict()
_guard = Lock()


def heirs_on(day: date) -> Mapping[int, int]:
    """Every unit that ended by a day, with the living unit of that day to which what it left belongs.

    That is the successor when there is one; the nearest unit that covers them all when the unit was parted; the unit
    above when it was dissolved without one; and when that one ended too, its heir. A unit with none of these is not in
    the answer. Kept in memory as trees are (see `tree`).
    """
    return _kept_of("heirs", day, _read_heirs)


def followed_on(day: date) -> Mapping[int, int]:
    """Of the units that ended by a day, those that one living unit came after, with that unit: whoever worked in the
    one works in the other. Units that were parted, or dissolved without successor, are not in the answer."""
    return _kept_of("followed", day, _read_followed)


def _kept_of(name: str, day: date, read: Callable[[date], Mapping[int, int]]) -> Mapping[int, int]:
    present = revision()
    key = (name, present.token, present.stretch(day)[0])
    with _guard:
        found = _kept.get(key)
    if found is None:
        found = read(day)
        with _guard:
            _kept[key] = found
            while len(_kept) > _KEPT:
                _kept.popitem(last=False)
    return found


def _read_heirs(day: date) -> Mapping[int, int]:
    rows = closure_on(UnitClosure.objects.filter(line=HEIR), day)
    return dict(rows.values_list("descendant_id", "ancestor_id"))


def _read_followed(day: date) -> Mapping[int, int]:
    ended = heirs_on(day)
    last: dict[int, tuple[date, set[int]]] = {}
    rows = Succession.objects.current().filter(reorganisation__takes_effect_on__lte=day)
    for old, new, on in rows.values_list("predecessor_id", "successor_id", "reorganisation__takes_effect_on"):
        known = last.get(old)
        if known is None or known[0] < on:
            last[old] = (on, {new})
        elif known[0] == on:
            known[1].add(new)

    def after(unit: int) -> int | None:
        seen = {unit}
        while unit in ended:
            following = last[unit][1] if unit in last else set()
            if len(following) != 1 or following <= seen:
                return None
            (unit,) = following
            seen.add(unit)
        return unit

    found = {unit: after(unit) for unit in ended}
    return {unit: other for unit, other in found.items() if other is not None}
