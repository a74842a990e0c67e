"""The unit picker: the tree of a day around the present unit, or what a search finds, as links of a page."""

from collections.abc import Iterable
from dataclasses import dataclass

from noivu.core.wording import Text
from noivu.ui.pickers import address_with
from noivu.units.former import Former, search_former
from noivu.units.pages import former_href
from noivu.units.tree import Node, Tree

_FORMER = 8


@dataclass(frozen=True, slots=True)
class UnitLink:
    """A unit that may be chosen, with those below it where the tree is open."""

    name: str
    code: str
    href: str
    is_current: bool = False
    children: tuple["UnitLink", ...] = ()


def found_links(units: Tree, words: str, page: str) -> list[UnitLink]:
    """Units that fit the words, each with the unit above it to tell namesakes apart; then those that bore such a name
    or code up to a day before, each with the units that may be chosen in its place."""
    found = [_found_link(node, units, page) for node in units.search(words)]
    return found + [_former_link(former, units, page) for former in search_former(words, units, _FORMER)]


def _found_link(node: Node, units: Tree, page: str) -> UnitLink:
    return UnitLink(_in_place(node, units), node.code, _href(node, page))


def _former_link(former: Former, units: Tree, page: str) -> UnitLink:
    name = Text(
        vi=f"{former.spell.name} · {former.until.vi} · {former.now.vi}",
        en=f"{former.spell.name} · {former.until.en} · {former.now.en}",
    )
    became = tuple(_found_link(node, units, page) for node in former.became)
    return UnitLink(str(name), former.spell.code, former_href(former), children=became)


def links_around(units: Tree, code: str, page: str) -> list[UnitLink]:
    """The top of the tree, open along the way to the present unit and one step below it."""
    present = units.by_code.get(code)
    way = {node.id for node in units.path(present.id)} if present else set()
    return list(_links(units.roots, units, way, page, present))


def _links(nodes: Iterable[Node], units: Tree, way: set[int], page: str, present: Node | None) -> Iterable[UnitLink]:
    for node in nodes:
        below = units.children(node.id) if node.id in way else []
        children = tuple(_links(below, units, way, page, present))
        yield UnitLink(node.name, node.code, _href(node, page), node is present, children)


def _in_place(node: Node, units: Tree) -> str:
    above = units.node(node.parent_id) if node.parent_id is not None else None
    return f"{node.name}, {above.short_name or above.name}" if above else node.name


def _href(node: Node, page: str) -> str:
    return address_with(page, unit=node.code)
