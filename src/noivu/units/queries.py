"""Reading units: trees by day, one unit by code or name, and the reach of a unit as SQL."""

from collections import OrderedDict
from collections.abc import Iterable
from datetime import date, datetime
from threading import Lock
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from noivu.units.constants import ORGANISATION_SCHEME, STATISTICAL_SCHEME, Family, Line
from noivu.units.models import UnitClosure, UnitCode, UnitFact, UnitKind, UnitLine, UnitName
from noivu.units.revision import revision
from noivu.units.tree import Node, Tree

_Fact = TypeVar("_Fact", bound=UnitFact)
_KEPT_TREES = 16
_trees: OrderedDict[tuple[Any, ...], Tree] = OrderedDict()
_guard = Lock()


def tree(on: date, known_at: datetime | None = None) -> Tree:
    """The units of a day, as the register knows them now or knew them at an instant.

    Kept in memory for all days on which nothing changes, until a fact changes: then one small query (none after the
    first within `one_revision`), else five.
    Before the first known fact the earliest known one answers, and the tree says `exact` False and `known_from`.
    """
    present = revision()
    starts_on, ends_on = present.stretch(on) if known_at is None else (on, None)
    key = (present.token, starts_on, known_at)
    with _guard:
        found = _trees.get(key)
        if found is not None:
            _trees.move_to_end(key)
            return found
    built = _build(on, known_at, starts_on, ends_on)
    with _guard:
        _trees[key] = built
        while len(_trees) > _KEPT_TREES:
            _trees.popitem(last=False)
    return built


def facts_on(facts: QuerySet[_Fact], on: date) -> QuerySet[_Fact]:
    """Facts that hold on a day, and those of unknown start that may answer for it; the latter first."""
    holds = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    return facts.filter(holds | Q(start_known=False, starts_on__gt=on)).order_by("-starts_on")


class _Reading:
    """What is read for one tree, with the latest day from which some of it is known."""

    def __init__(self, on: date, known_at: datetime | None) -> None:
        self.on = on
        self.known_at = known_at
        self.known_from: date | None = None
        self.inexact: set[int] = set()

    def rows(self, model: type[UnitFact], *fields: str) -> Iterable[tuple[Any, ...]]:
        facts = facts_on(model._default_manager.known_at(self.known_at), self.on)
        return facts.values_list("unit_id", "starts_on", *fields)

    def mark(self, unit: int, starts_on: date) -> None:
        if starts_on > self.on:
            self.inexact.add(unit)
            if self.known_from is None or starts_on > self.known_from:
                self.known_from = starts_on


def _build(on: date, known_at: datetime | None, starts_on: date | None, ends_on: date | None) -> Tree:
    reading = _Reading(on, known_at)
    kinds = {r[0]: r for r in reading.rows(UnitKind, "unit__family", "kind", "level")}
    names = {r[0]: r for r in reading.rows(UnitName, "name", "short_name", "folded")}
    codes = {
        r[0]: r for r in reading.rows(UnitCode, "code", "scheme") if r[3] in (STATISTICAL_SCHEME, ORGANISATION_SCHEME)
    }
    lines = {(r[0], r[2]): r for r in reading.rows(UnitLine, "line", "other_id", "position")}
    nodes = {}
    for unit, starts, family, kind, level in kinds.values():
        used = [names.get(unit), codes.get(unit), *(lines.get((unit, line)) for line in Line.values)]
        reading.mark(unit, starts)
        for row in used:
            if row is not None:
                reading.mark(unit, row[1])
        nodes[unit] = _node(unit, (family, kind, level), used, unit not in reading.inexact)
    return Tree(on, starts_on, ends_on, nodes, reading.known_from is None, reading.known_from)


def _node(unit: int, what: tuple[str, str, str], used: list[tuple[Any, ...] | None], exact: bool) -> Node:
    name, code, superior, territory, guidance = used
    family, kind, level = what
    place = superior or territory
    if family == Family.ADMINISTRATIVE.value:
        place = territory
    return Node(
        id=unit,
        family=family,
        kind=kind,
        level=level,
        name=name[2] if name else "",
        short_name=name[3] if name else "",
        folded=name[4] if name else "",
        code=code[2] if code else "",
        superior_id=superior[3] if superior else None,
        territory_id=territory[3] if territory else None,
        guidance_id=guidance[3] if guidance else None,
        parent_id=place[3] if place else None,
        position=place[4] if place else 0,
        exact=exact,
    )


def reach(unit_id: int, on: date, line: str = Line.SUPERIOR) -> QuerySet[UnitClosure, int]:
    """The units whose counts make up a unit's total on a day, as a subquery for `unit_id__in`.

    Equal to `Tree.reach`. An administrative unit: its subtree and every organisation serving it. An organisation:
    itself and the superior line below it; in line `guidance` also all that follow its guidance.
    """
    lines = [Line.SUPERIOR, Line.GUIDANCE] if line == Line.GUIDANCE else [Line.SUPERIOR]
    rows = UnitClosure.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=on),
        Q(ends_on__isnull=True) | Q(ends_on__gt=on),
        ancestor_id=unit_id,
        line__in=lines,
    )
    return rows.values_list("descendant_id", flat=True)
