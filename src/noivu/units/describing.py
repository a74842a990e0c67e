"""All that is recorded of one unit over time: its facts with their instruments."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BigIntegerField, CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from noivu.core.numbers import format_integer
from noivu.core.wording import Text, both
from noivu.units.constants import Line
from noivu.units.kinds import kinds
from noivu.units.models import Unit, UnitCode, UnitFact, UnitKind, UnitLine, UnitMeasure, UnitName
from noivu.units.tree import Node, Tree

LABELS: dict[str, Text] = {
    "name": Text(vi="Tên", en="Name"),
    "kind": Text(vi="Loại hình", en="Kind"),
    "code": Text(vi="Mã", en="Code"),
    Line.SUPERIOR.value: Text(vi="Cấp trên trực tiếp", en="Superior"),
    Line.TERRITORY.value: Text(vi="Địa bàn", en="Territory"),
    Line.GUIDANCE.value: Text(vi="Hướng dẫn chuyên môn", en="Guidance"),
    UnitMeasure.AREA: Text(vi="Diện tích (ha)", en="Area (ha)"),
    UnitMeasure.POPULATION: Text(vi="Dân số (người)", en="Population"),
}
_ORDER = list(LABELS)
_NOBODY = Value(None)


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated fact in words. `other_id`: the unit at the other end of a line."""

    what: str
    label: Text
    value: Text
    starts_on: date
    ends_on: date | None
    start_known: bool
    instrument: str
    title: str
    mark: str
    source: str
    other_id: int | None

    @property
    def last_day(self) -> date | None:
        """The last day on which it held; None: it holds without end."""
        return None if self.ends_on is None else self.ends_on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit as of a day, with all its facts of all days."""

    node: Node
    uid: uuid.UUID
    on: date
    lines: dict[str, Node]
    facts: Sequence[Fact]


def unit_facts(unit_id: int, present: Tree) -> UnitFacts:
    """A unit that exists on the tree's day, with all that is recorded of it. Two queries."""
    node = present.nodes[unit_id]
    ends = {
        Line.SUPERIOR: node.superior_id,
        Line.TERRITORY: node.territory_id,
        Line.GUIDANCE: node.guidance_id,
    }
    lines = {line.value: present.nodes[other] for line, other in ends.items() if other in present and other}
    uid = Unit.objects.values_list("uid", flat=True).get(pk=unit_id)
    return UnitFacts(node, uid, present.on, lines, facts_of(unit_id))


def facts_of(unit_id: int) -> list[Fact]:
    """The current facts of a unit, by what they say and when. One query."""
    name_then = _name_of("other")
    rows = _rows(UnitKind, unit_id, Value("kind"), F("kind")).union(
        _rows(UnitName, unit_id, Value("name"), F("name")),
        _rows(UnitCode, unit_id, Value("code"), F("code")),
        _rows(UnitLine, unit_id, F("line"), name_then, F("other_id")),
        _rows(UnitMeasure, unit_id, F("measure"), Cast("value", CharField())),
        all=True,
    )
    facts = [_fact(*row) for row in rows]
    return sorted(facts, key=lambda fact: (_ORDER.index(fact.what), fact.starts_on))


def _rows(model: type[UnitFact], unit_id: int, what: Any, value: Any, other: Any = _NOBODY) -> QuerySet[Any, Any]:
    facts = model._default_manager.current().filter(unit_id=unit_id).order_by()
    told = facts.annotate(
        told_what=Cast(what, CharField()),
        told_value=Cast(value, CharField()),
        told_other=Cast(other, BigIntegerField(null=True)),
    )
    return told.values_list(
        "told_what",
        "told_value",
        "starts_on",
        "ends_on",
        "start_known",
        "instrument__number_symbol",
        "instrument__title",
        "instrument__mark",
        "source",
        "told_other",
    )


def _name_of(reference: str) -> Coalesce:
    """The name that a unit bore when the outer fact began, or else the first that is known of it."""
    names = UnitName.objects.current().filter(unit=OuterRef(reference))
    then = names.filter(starts_on__lte=OuterRef("starts_on")).order_by("-starts_on")
    return Coalesce(Subquery(then.values("name")[:1]), Subquery(names.order_by("starts_on").values("name")[:1]))


def _fact(what: str, value: str, starts_on: date, ends_on: date | None, *rest: Any) -> Fact:
    start_known, number, title, mark, source, other = rest
    return Fact(
        what=what,
        label=LABELS[what],
        value=_in_words(what, value),
        starts_on=starts_on,
        ends_on=ends_on,
        start_known=bool(start_known),
        instrument=number,
        title=title,
        mark=mark,
        source=source,
        other_id=other,
    )


def _in_words(what: str, value: str) -> Text:
    if what == "kind" and value in kinds:
        return kinds[value].label
    if what in (UnitMeasure.AREA, UnitMeasure.POPULATION):
        return Text(vi=format_integer(int(value), "vi"), en=format_integer(int(value), "en"))
    return both(value)
