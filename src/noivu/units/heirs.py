"""Where the counts of ended units belong: which living unit has on a day what they left."""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from threading import Lock
from typing import Any

from noivu.units.constants import HEIR
from noivu.units.models import UnitClosure
from noivu.units.queries import closure_on
from noivu.units.revision import revision

_KEPT = 16
_kept: OrderedDict[tuple[Any, ...], Mapping[int, int]] = OrderedDict()
_guard = Lock()


def heirs_on(day: date) -> Mapping[int, int]:
    """Every unit that ended by a day, with the living unit of that day to which what it left belongs.

    That is the successor when there is one; the nearest unit that covers them all when the unit was parted; the unit
    above when it was dissolved without one; and when that one ended too, its heir. A unit with none of these is not in
    the answer. Kept in memory as trees are (see `tree`).
    """
    present = revision()
    key = (present.token, present.stretch(day)[0])
    with _guard:
        found = _kept.get(key)
    if found is None:
        rows = closure_on(UnitClosure.objects.filter(line=HEIR), day)
        found = dict(rows.values_list("descendant_id", "ancestor_id"))
        with _guard:
            _kept[key] = found
            while len(_kept) > _KEPT:
                _kept.popitem(last=False)
    return found
