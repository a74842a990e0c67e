"""Reading units: trees by day, one unit by code or name, and the reach of a unit as SQL."""

from collections import OrderedDict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from django.db.models import Case, DateField, F, Q, QuerySet, When

from noivu.core.bulk import in_chunks
from noivu.units.constants import ENDED, HEIR, ORGANISATION_SCHEME, STATISTICAL_SCHEME, Family, Line
from noivu.units.models import Succession, UnitClosure, UnitCode, UnitFact, UnitKind, UnitLine, UnitMeasure, UnitName
from noivu.units.models.facts import FACTS
from noivu.units.revision import revision
from noivu.units.tree import Node, Tree

_Fact = TypeVar("_Fact", bound=UnitFact)
_KEPT_TREES = 16
_CHUNK = 2_000
_OWN_SCHEMES = (STATISTICAL_SCHEME, ORGANISATION_SCHEME)
_LINES = tuple(Line.values)
_ADMINISTRATIVE = Family.ADMINISTRATIVE.value
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
    """Facts that hold on a day, and those of unknown start that may answer for it."""
    holds = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    return facts.filter(holds | Q(start_known=False, starts_on__gt=on))


def later_facts(units: Iterable[int], on: date) -> dict[int, date]:
    """Of these units, those of which a fact begins on a day or later, or that end later, with the first such day."""
    found: dict[int, date] = {}
    for some in in_chunks(sorted(units), _CHUNK):
        for model in FACTS:
            facts = model._default_manager.current().filter(unit_id__in=some, starts_on__gte=on).order_by()
            for unit, day in facts.values_list("unit_id", "starts_on"):
                found[unit] = min(day, found.get(unit, day))
        ends = UnitKind.objects.current().filter(unit_id__in=some, ends_on__gt=on).order_by()
        for unit, end in ends.values_list("unit_id", "ends_on"):
            found[unit] = min(end or on, found.get(unit, end or on))
    return found


def later_parties(on: date) -> dict[int, date]:
    """The units that went into others, or took others in, after a day, with the first day on which they did."""
    found: dict[int, date] = {}
    rows = Succession.objects.current().filter(reorganisation__takes_effect_on__gt=on)
    for old, new, day in rows.values_list("predecessor_id", "successor_id", "reorganisation__takes_effect_on"):
        for unit in (old, new):
            found[unit] = min(day, found.get(unit, day))
    return found


class _Reading:
    """What is read for one tree, with the latest day from which some of it is known."""

    def __init__(self, on: date, known_at: datetime | None) -> None:
        self.on = on
        self.known_at = known_at
        self.known_from: date | None = None
        self.inexact: set[int] = set()

    def rows(self, model: type[UnitFact], *fields: str, key: int = 1, **only: Any) -> dict[Any, tuple[Any, ...]]:
        """The one fact of each series that answers: (later start or None, unit, fields…) by its first `key` columns.

        A fact in force wins over one of unknown start that begins later. Only the latter's day is fetched: reading
        ten thousand dates costs more than the rest.
        """
        facts = facts_on(model._default_manager.known_at(self.known_at).filter(**only), self.on)
        later = Case(When(starts_on__gt=self.on, then=F("starts_on")), output_field=DateField())
        found: dict[Any, tuple[Any, ...]] = {}
        for row in facts.annotate(later=later).values_list("later", "unit_id", *fields):
            place = row[1] if key == 1 else row[1 : 1 + key]
            if row[0] is None or place not in found:
                found[place] = row
        return found

    def mark(self, row: tuple[Any, ...]) -> None:
        if row[0] is not None:
            self.inexact.add(row[1])
            if self.known_from is None or row[0] > self.known_from:
                self.known_from = row[0]


class Measure(NamedTuple):
    """A measure of a unit on a day; `known_from` is the later day from which alone it is known, else None."""

    value: int
    known_from: date | None


def measures_on(on: date, known_at: datetime | None = None, **only: Any) -> dict[tuple[int, str], Measure]:
    """Area (hectares) and population (persons) of a day by unit and measure: one query."""
    found = _Reading(on, known_at).rows(UnitMeasure, "measure", "value", key=2, **only)
    return {place: Measure(row[3], row[0]) for place, row in found.items()}


def _build(on: date, known_at: datetime | None, starts_on: date | None, ends_on: date | None) -> Tree:
    reading = _Reading(on, known_at)
    kinds = reading.rows(UnitKind, "unit__family", "kind", "level")
    names = reading.rows(UnitName, "name", "short_name", "folded")
    codes = reading.rows(UnitCode, "code", scheme__in=_OWN_SCHEMES)
    lines = reading.rows(UnitLine, "line", "other_id", "position", key=2)
    nodes = {}
    for unit, kind in kinds.items():
        used = (kind, names.get(unit), codes.get(unit), *(lines.get((unit, line)) for line in _LINES))
        for row in used:
            if row is not None and row[0] is not None:
                reading.mark(row)
        nodes[unit] = _node(used, unit not in reading.inexact)
    return Tree(on, starts_on, ends_on, nodes, reading.known_from is None, reading.known_from)


def _node(used: tuple[Any, ...], exact: bool) -> Node:
    kind, name, code, superior, territory, guidance = used
    place = territory if kind[2] == _ADMINISTRATIVE else superior or territory
    return Node._make(
        (
            kind[1],
            *kind[2:],
            *(name[2:] if name else ("", "", "")),
            code[2] if code else "",
            superior[3] if superior else None,
            territory[3] if territory else None,
            guidance[3] if guidance else None,
            place[3] if place else None,
            place[4] if place else 0,
            exact,
        )
    )


def reach(unit_id: int, on: date, line: str = Line.SUPERIOR) -> QuerySet[UnitClosure, int]:
    """The units whose counts make up a unit's total on a day, as a subquery for `unit_id__in`.

    Equal to `Tree.reach`. An administrative unit: its subtree and every organisation serving it. An organisation:
    itself and the superior line below it; in line `guidance` also all that follow its guidance.
    """
    return _covered(unit_id, on, _lines(line))


def reach_with_ended(unit_id: int, on: date, line: str = Line.SUPERIOR) -> QuerySet[UnitClosure, int]:
    """What `reach` gives, and the units that ended by then and whose heirs are among those (see `heirs_on`).

    A subquery too, of the same shape. No unit is left out: whose counts are asked for has those of the past as well.
    """
    lines = _lines(line)
    return _covered(unit_id, on, [*lines, *(ENDED[line] for line in lines)])


def ended_by(on: date) -> QuerySet[UnitClosure, int]:
    """The units that ended by a day and left what they had to a living one, as a subquery."""
    return closure_on(UnitClosure.objects.filter(line=HEIR), on).values_list("descendant_id", flat=True)


def tree_before_end(unit_id: int, on: date) -> Tree:
    """The last tree up to a day in which a unit stood: that of the day while it lives."""
    found = tree(on)
    while unit_id not in found and found.starts_on is not None:
        found = tree(found.starts_on - timedelta(days=1))
    return found


def tree_since(on: date) -> date:
    """The first day since which the tree is as on this day; before the first change of all, the day itself.

    Questions about days of one such stretch have the same answer, and may be asked once.
    """
    return revision().stretch(on)[0] or on


def _lines(line: str) -> list[str]:
    return [Line.SUPERIOR.value, Line.GUIDANCE.value] if line == Line.GUIDANCE else [Line.SUPERIOR.value]


def _covered(unit_id: int, on: date, lines: list[str]) -> QuerySet[UnitClosure, int]:
    rows = closure_on(UnitClosure.objects.filter(ancestor_id=unit_id, line__in=lines), on)
    return rows.values_list("descendant_id", flat=True)


def closure_on(rows: QuerySet[UnitClosure], on: date) -> QuerySet[UnitClosure]:
    """Rows of the closure that hold on a day."""
    return rows.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gt=on))
