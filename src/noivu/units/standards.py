"""Units of the register against the standards of the law of a day: kind, area and population as of that day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from noivu.law.api import AgainstStandard, Circumstances, StandardsOn
from noivu.units.models import Unit, UnitMeasure
from noivu.units.queries import Measure, measures_on, tree
from noivu.units.tree import Node

_NOT_KNOWN = Circumstances()
_HECTARES, _FEW = 100, 500
"""Hectares in a km²: the register holds areas in hectares. Up to so many units only theirs are read."""


@dataclass(frozen=True, slots=True)
class UnitStandard:
    """A unit against the standards of a day (tỷ lệ so với tiêu chuẩn); what is not known is said, never guessed.

    `against` holds one answer for each standard that may apply: one when the place is known or does not matter, one for
    each place (mountain, island, other) when it is not known, none when the law of the day has no standard for the
    kind. `unknown` names what is missing: `unit` (it does not exist on the day, or is no administrative unit),
    `population`, `area`, `place`, `standard`. `area` is in km². `exact` False: a fact is known only from a later day.
    """

    unit_id: int
    kind: str
    population: int | None
    area: Fraction | None
    against: tuple[AgainstStandard, ...]
    unknown: tuple[str, ...]
    exact: bool

    @property
    def only(self) -> AgainstStandard | None:
        """The one answer, when there is just one."""
        return self.against[0] if len(self.against) == 1 else None


def standard_of(unit: Unit, on: date, circumstances: Circumstances = _NOT_KNOWN) -> UnitStandard:
    """One unit of the register against the standards of the law of a day. Nothing missing is refused, see `unknown`."""
    return standards_of([unit.pk], on, {unit.pk: circumstances})[unit.pk]


def standards_of(
    unit_ids: Collection[int],
    on: date,
    circumstances: Mapping[int, Circumstances] | None = None,
    known_at: datetime | None = None,
) -> dict[int, UnitStandard]:
    """Many units at once by id: the tree of the day and one query for measures, however many units there are.

    `circumstances` by unit id: what the register does not hold (place, minorities, border, coast).
    """
    nodes, law = tree(on, known_at).nodes, StandardsOn(on)
    few = {"unit_id__in": unit_ids} if len(unit_ids) <= _FEW else {}
    measures = measures_on(on, known_at, **few)
    return {
        unit: _of_register(
            unit,
            nodes.get(unit),
            measures.get((unit, UnitMeasure.POPULATION)),
            measures.get((unit, UnitMeasure.AREA)),
            (circumstances or {}).get(unit, _NOT_KNOWN),
            law,
        )
        for unit in unit_ids
    }


def standards_for(
    kind: str,
    on: date,
    population: int | None,
    area: Fraction | Decimal | None,
    circumstances: Circumstances = _NOT_KNOWN,
) -> tuple[AgainstStandard, ...]:
    """A unit that is not in the register, as a plan drafts it, against each standard that may apply; area in km²."""
    return StandardsOn(on).against(kind, circumstances, population, area)


def _of_register(
    unit: int, node: Node | None, people: Measure | None, land: Measure | None, known: Circumstances, law: StandardsOn
) -> UnitStandard:
    if node is None or not node.is_administrative:
        return UnitStandard(unit, "", None, None, (), ("unit",), True)
    population = None if people is None else people.value
    area = None if land is None else Fraction(land.value, _HECTARES)
    answers = law.against(node.kind, known, population, area)
    missing = {
        "population": population is None,
        "area": area is None,
        "place": len(answers) > 1,
        "standard": not answers,
    }
    exact = node.exact and not any(measure and measure.known_from for measure in (people, land))
    unknown = tuple(what for what, so in missing.items() if so)
    return UnitStandard(unit, node.kind, population, area, answers, unknown, exact)
