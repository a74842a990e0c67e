"""Units of a day to choose from, each with what it measures and how that stands to the standards of the day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from noivu.core import clock
from noivu.core.text import collation_key, fold
from noivu.planning.against import Measured, Rule, area_measured, population_measured, rules_of
from noivu.units.api import Circumstances, Node, Tree, UnitStandard, standards_of, tree

_TIERS = {"province": 0, "district": 1, "commune": 2}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that may be chosen."""

    code: str
    name: str
    kind: str
    area: Measured
    population: Measured


@dataclass(frozen=True)
class Offer:
    """The units of a day in one place, or the provinces themselves; those already chosen stand apart."""

    chosen: Sequence[Candidate]
    offered: Sequence[Candidate]
    rules: Sequence[Rule]


def offer(on: date, place: str, chosen: Collection[str], words: str = "", lies: str = "") -> Offer:
    """What may be chosen in a place (the code of a province; "": the provinces), less what is chosen. One query.

    `lies`: the sort of area (mountain, island, other) by whose standards all are measured; "": by each that may apply.
    """
    units = tree(on)
    nodes = [node for node in _in_place(units, place) if _fits(node, words) and node.code not in chosen]
    picked = [node for code in chosen if (node := units.by_code.get(code)) is not None]
    ids = [node.id for node in (*picked, *nodes)]
    measured = standards_of(ids, on, dict.fromkeys(ids, Circumstances(lies)) if lies else None)
    return Offer(
        chosen=[_candidate(node, measured[node.id]) for node in picked],
        offered=[_candidate(node, measured[node.id]) for node in nodes],
        rules=rules_of(one.against for one in measured.values()),
    )


def place_of(unit_id: int, on: date) -> str:
    """The code on a day of the province in which a unit lies or which it serves; "" where there is none."""
    today = tree(clock.today())
    node = today.node(unit_id)
    if node is None:
        return ""
    territory = node.id if node.is_administrative else today.served_territory(node.id)
    root = today.path(territory)[0] if territory is not None else None
    there = tree(on).node(root.id) if root is not None else None
    return there.code if there is not None else ""


def places(on: date) -> list[Node]:
    """The provinces of a day."""
    return [node for node in tree(on).roots if node.is_administrative]


def _in_place(units: Tree, place: str) -> list[Node]:
    above = units.by_code.get(place)
    if above is None:
        return [node for node in units.roots if node.is_administrative]
    below = [node for node in units.under(above.id) if node.is_administrative and node.id != above.id]
    return sorted(below, key=lambda node: (-_TIERS.get(node.level, 9), collation_key(node.short_name), node.code))


def _fits(node: Node, words: str) -> bool:
    wanted = fold(words)
    return wanted in node.folded or node.code.casefold().startswith(wanted)


def _candidate(node: Node, found: UnitStandard) -> Candidate:
    hectares = None if found.area is None else int(found.area * 100)
    return Candidate(
        code=node.code,
        name=node.name,
        kind=node.kind_label,
        area=area_measured(hectares, found.against),
        population=population_measured(found.population, found.against),
    )
