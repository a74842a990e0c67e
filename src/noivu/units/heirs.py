"""Where the counts of ended units belong: which living unit has on a day what they left."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any

from django.db.models import F, Max, Min

from noivu.units.constants import HEIR, Share
from noivu.units.models import ReorganisationAct, Succession, UnitClosure, UnitKind
from noivu.units.queries import closure_on, tree
from noivu.units.revision import revision

_KEPT = 32
_kept: OrderedDict[tuple[Any, ...], Mapping[int, Any]] = OrderedDict()
_guard = Lock()


def heirs_on(day: date) -> Mapping[int, int]:
    """Every unit that ended by a day, with the living unit of that day to which what it left belongs.

    That is the successor when there is one; the nearest unit that covers them all when the unit was parted; the unit
    above when it was dissolved without one; and when that one ended too, its heir. A unit with none of these is not in
    the answer. Kept in memory as trees are (see `tree`).
    """
    return _kept_of("heirs", day, _read_heirs)


def came_after_on(day: date) -> Mapping[int, frozenset[int]]:
    """The living units that came after each unit that ended by a day: one, several where it was parted, none where it
    was dissolved without successor."""
    return _kept_of("came after", day, _read_came_after)


def ended_by_acts(units: Collection[int]) -> dict[ReorganisationAct, dict[int, int]]:
    """Of these units those that an act ends, however far ahead, and one unit comes after: by act, with that unit."""
    bound = frozenset(units) & takeovers_on(date.max).keys()
    if not bound:
        return {}
    after: defaultdict[ReorganisationAct, dict[int, int]] = defaultdict(dict)
    ends = UnitKind.objects.current().filter(unit__in=bound, act__takes_effect_on=F("ends_on")).select_related("act")
    for end in ends.order_by("ends_on", "pk"):
        if end.act is not None:
            after[end.act][end.unit_id] = takeovers_on(date.max)[end.unit_id].heir
    return dict(after)


@dataclass(frozen=True, slots=True)
class Takeover:
    """That one unit came after another. `needs`: what its reach was made of, the units it took in with that one and
    itself where it was there before; `whole`: nothing of these went elsewhere."""

    heir: int
    needs: frozenset[int]
    whole: bool


def takeovers_on(day: date) -> Mapping[int, Takeover]:
    """Of the units that ended by a day, those that one unit came after, with that step; the heir may have ended too."""
    return _kept_of("takeovers", day, _read_takeovers)


def _kept_of(name: str, day: date, read: Callable[[date], Mapping[int, Any]]) -> Mapping[int, Any]:
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


def _read_came_after(day: date) -> Mapping[int, frozenset[int]]:
    living = tree(day)
    went: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    ends = _last_days(day)
    for old, new, on, at, _ in _passages(day):
        if on == ends.get(old):
            went[old].append((at, new))

    def after(unit: int, since: tuple[date, int], seen: frozenset[int]) -> frozenset[int]:
        if unit in living:
            return frozenset({unit})
        then = [(at, new) for at, new in went[unit] if new not in seen and (at >= since[1] or ends[unit] != since[0])]
        return frozenset().union(*(after(new, (ends[unit], at), seen | {unit}) for at, new in then))

    return {unit: after(unit, (date.min, 0), frozenset()) for unit in ends.keys() - living.nodes.keys()}


def _read_takeovers(day: date) -> Mapping[int, Takeover]:
    went: defaultdict[int, set[int]] = defaultdict(set)
    took: defaultdict[tuple[int, date], dict[int, bool]] = defaultdict(dict)
    ends = _last_days(day)
    for old, new, on, _, share in _passages(day):
        if on == ends.get(old):
            went[old].add(new)
        took[new, on][old] = took[new, on].get(old, False) or share == Share.WHOLE
    begun = dict(UnitKind.objects.current().values_list("unit_id").annotate(Min("starts_on")).order_by())
    found = {}
    for old in heirs_on(day).keys() & went.keys():
        if len(went[old]) == 1:
            (new,), on = went[old], ends[old]
            before = {new} if begun.get(new, on) < on else set()
            found[old] = Takeover(new, frozenset(took[new, on].keys() | before), all(took[new, on].values()))
    return found


def _passages(day: date) -> Iterable[tuple[int, int, date, int, str]]:
    """Who went into whom by a day: old, new, day, position in the day, share."""
    rows = Succession.objects.current().filter(reorganisation__takes_effect_on__lte=day)
    at = ("reorganisation__takes_effect_on", "reorganisation__position")
    return rows.values_list("predecessor_id", "successor_id", *at, "share")


def _last_days(day: date) -> dict[int, date]:
    """When each unit that ended by a day ended last."""
    ends = UnitKind.objects.current().filter(ends_on__lte=day).values_list("unit_id").annotate(Max("ends_on"))
    return dict(ends.order_by())
