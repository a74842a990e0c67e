"""What the pages of units show: lists and one unit with its history."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from noivu.core.dates import format_day
from noivu.core.text import collation_key
from noivu.core.wording import Text, both
from noivu.ui.page import AsOf, Crumb
from noivu.ui.river import draw_river
from noivu.ui.tables import Page, State, page_of_list
from noivu.units.annals import Spell, annals
from noivu.units.describing import Fact, facts_of
from noivu.units.finding import find_node
from noivu.units.former import Former, search_former
from noivu.units.queries import tree
from noivu.units.river import WIDTHS, Lineage, LineageStep, step_of
from noivu.units.tables import ORGANISATIONS
from noivu.units.tree import Node, Tree

UNITS = Text(vi="Đơn vị", en="Units")
_FOUND = 40


@dataclass(frozen=True, slots=True)
class Row:
    """A unit in a list. `under` counts what lies in it, in words."""

    node: Node
    href: str
    place: str = ""
    under: Text = field(default_factory=lambda: both(""))
    has_below: bool = False


@dataclass(frozen=True, slots=True)
class FormerRow:
    """An old name or code, with the page of the unit under it and the pages of the units that it is now."""

    former: Former
    href: str
    now: Sequence[Row]


@dataclass(frozen=True, slots=True)
class UnitList:
    """The page of all units of a day: the central organisations and the provinces, or what was looked for."""

    units: Tree
    central: Sequence[Row]
    provinces: Sequence[Row]
    found: Sequence[Row]
    former: Sequence[FormerRow]


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact with the page of the unit at its other end, where that one exists on the day of the page."""

    fact: Fact
    href: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a lineage, with the pages of its two units on the days before and of the event."""

    step: LineageStep
    old_href: str
    new_href: str


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One unit as of a day, its facts over time, its lineage, and what stands directly below it."""

    node: Node
    on: date
    units: Tree
    facts: Sequence[FactRow]
    steps: Sequence[StepRow]
    organisations: Sequence[Row]
    territories: Sequence[Row]

    @property
    def crumbs(self) -> list[Crumb]:
        return above_crumbs(self.node, self.units, self.on)

    @property
    def scope_unit_id(self) -> int:
        """What panels ask of a grant is asked for this unit."""
        return self.node.id

    def href_on(self, day: date) -> str:
        """The page of this very unit on another day, under the code of that day; "" when it is not there then."""
        known = annals()
        return unit_href(known.called(self.node.id, day).code, day) if known.lived_on(self.node.id, day) else ""


def above_crumbs(node: Node, units: Tree, on: date) -> list[Crumb]:
    """The path to a unit's page: all units of the day, then those above it."""
    return [
        first_crumb(on),
        *(Crumb(both(above.name), unit_href(above.code, on)) for above in units.path(node.id)[:-1]),
    ]


def first_crumb(on: date) -> Crumb:
    """All units of the day."""
    return Crumb(UNITS, f"{reverse('units:units')}?{urlencode({'on': on.isoformat()})}")


def unit_href(code: str, on: date) -> str:
    """The page of the unit that bears a code on a day."""
    return f"{reverse('units:unit', args=[code])}?{urlencode({'on': on.isoformat()})}"


def as_of(units: Tree, on: date) -> AsOf:
    """The line under the title: the day, and what is not known for it."""
    if units.exact or units.known_from is None:
        return AsOf(day=on)
    day = format_day(units.known_from)
    note = Text(
        vi=f"Có dữ kiện chỉ biết từ ngày {day}: hiển thị theo cây đơn vị sớm nhất được biết",
        en=f"Some facts are known only from {day}: the earliest known tree is shown",
    )
    return AsOf(day=on, notes=(note,))


def unit_list(on: date, sought: str) -> UnitList:
    """All units of a day, or those found by name or code, the day's and former ones. One query."""
    units = tree(on)
    if sought.strip():
        found = [_row(node, units, on, with_place=True) for node in units.search(sought, _FOUND)]
        return UnitList(units, (), (), found, former_rows(sought, units, on, _FOUND))
    central = [_row(node, units, on) for node in units.roots if not node.is_administrative]
    provinces = [_row(node, units, on) for node in units.roots if node.is_administrative]
    return UnitList(units, central, provinces, (), ())


def roots(units: Tree, on: date) -> list[Row]:
    """The top of the tree: central organisations, then provinces."""
    return [_row(node, units, on) for node in units.roots]


def branch(code: str, on: date) -> dict[str, Any]:
    """One opened branch: the page of the unit, and what stands directly below it."""
    units = tree(on)
    node = find_node(code, units, on)
    return {
        "row": _row(node, units, on),
        "rows": [_row(child, units, on) for child in units.children(node.id)],
        "on": on,
    }


def listed(units: Tree, on: date, state: State) -> Page[Row]:
    """One page of the units of a day, in the state's order; of a search the closest first. No query."""
    province = units.by_code.get(state.value("province") or "")
    under = {node.id for node in units.under(province.id)} if province else None
    nodes = units.search(state.search, len(units)) if state.search else _sorted(units, state)
    wanted = [node for node in nodes if _is_of(node, state.value("tier")) and (under is None or node.id in under)]
    page = page_of_list(wanted, state)
    return page.showing(Row(node, unit_href(node.code or node.name, on), _place(node, units)) for node in page.rows)


def _sorted(units: Tree, state: State) -> list[Node]:
    key = _by_code if state.sort == "code" else _by_name
    return sorted(units.nodes.values(), key=key, reverse=state.descends)


def _by_code(node: Node) -> Any:
    return not node.is_administrative, len(node.code), node.code


def _by_name(node: Node) -> Any:
    return collation_key(node.short_name), node.code


def _is_of(node: Node, tier: str | None) -> bool:
    if not tier:
        return True
    return node.level == tier if node.is_administrative else tier == ORGANISATIONS


def unit_page(code: str, on: date) -> UnitPage:
    """The unit of a code (or name) on a day; a refusal says what became of one that has ended. Two queries."""
    units = tree(on)
    node = find_node(code, units, on)
    known = annals()
    near = [*known.came.get(node.id, ()), *known.went.get(node.id, ())]
    below = [_row(child, units, on) for child in units.children(node.id)]
    return UnitPage(
        node=node,
        on=on,
        units=units,
        facts=[FactRow(fact, _other_href(fact, units, on)) for fact in facts_of(node.id)],
        steps=[step_row(step_of(known, passage)) for passage in near],
        organisations=[row for row in below if not row.node.is_administrative],
        territories=[row for row in below if row.node.is_administrative],
    )


def _row(node: Node, units: Tree, on: date, *, with_place: bool = False) -> Row:
    return Row(
        node,
        unit_href(node.code, on),
        _place(node, units) if with_place else "",
        _under(node, units),
        bool(units.children(node.id)),
    )


def _place(node: Node, units: Tree) -> str:
    """The units above it, the nearest first."""
    return ", ".join(above.name for above in reversed(units.path(node.id)[:-1]))


def _under(node: Node, units: Tree) -> Text:
    """What lies directly or further below, in words: "21 huyện, 412 xã"; for organisations how many units."""
    if not node.is_administrative:
        number = len(units.children(node.id))
        words = Text(vi="{n} đơn vị trực thuộc", en="{n} unit directly below||{n} units directly below")
        return words.format(n=number) if number else both("")
    tiers = units.count_by_level(node.id)
    said = [
        Text(vi="{n} đơn vị cấp huyện", en="{n} district||{n} districts").format(n=tiers.get("district", 0)),
        Text(vi="{n} đơn vị cấp xã", en="{n} commune||{n} communes").format(n=tiers.get("commune", 0)),
    ]
    present = [text for text, tier in zip(said, ("district", "commune"), strict=True) if tiers.get(tier)]
    return Text(vi=", ".join(t.vi for t in present), en=", ".join(t.en for t in present))


def former_rows(sought: str, units: Tree, on: date, limit: int) -> list[FormerRow]:
    """Names and codes that had ended by the day, of units that ended and of those that go on. No query."""
    found = search_former(sought, units, limit)
    return [FormerRow(one, former_href(one), [_row(node, units, on) for node in one.became]) for one in found]


def former_href(former: Former) -> str:
    """The page of a unit on the last day of its former name and code."""
    spell = former.spell
    return unit_href(spell.code or spell.name, spell.last_day)


def spell_href(spell: Spell, day: date) -> str:
    """The page of a unit on a day, or on the nearest on which it bore this name and code."""
    return unit_href(spell.code or spell.name, max(spell.starts_on, min(day, spell.last_day)))


def step_row(step: LineageStep) -> StepRow:
    """A step with its links."""
    return StepRow(step, spell_href(step.old, step.day_before), spell_href(step.new, step.passage.event.on))


def lineage_page(code: str, on: date) -> dict[str, Any]:
    """All generations of the kin of the unit of a code on a day: the river, its steps, names borne since. One query."""
    units = tree(on)
    node = find_node(code, units, on)
    lineage = Lineage(node.id)
    return {
        "node": node,
        "river": draw_river(lineage.river(spell_href)) if lineage.moments else "",
        "width": WIDTHS[lineage.measured[0]] if lineage.passages else "",
        "steps": [step_row(step) for step in lineage.steps],
        "renamed": [spell for unit in lineage.units for spell in lineage.known.spells.get(unit, ())[1:]],
        "crumbs": [*above_crumbs(node, units, on), Crumb(both(node.name), unit_href(node.code, on))],
        "as_of": as_of(units, on),
    }


def _other_href(fact: Fact, units: Tree, on: date) -> str:
    other = units.node(fact.other_id) if fact.other_id is not None else None
    return unit_href(other.code, on) if other else ""
