"""The tree of units on a day: immutable, in memory, with its searches and its roll-up. No database here."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from operator import add
from typing import NamedTuple

from noivu.core.text import fold, one_tone_placement
from noivu.units.constants import Family, Level, Line
from noivu.units.kinds import kinds

Columns = Sequence[int]


class Node(NamedTuple):
    """A unit as it is on the day of its tree.

    `parent_id` is the place in the tree: the superior, or else the territory. `exact` is False where a fact is known
    only from a later day on (`Tree.known_from`).
    """

    id: int
    family: str
    kind: str
    level: str
    name: str
    short_name: str
    folded: str
    code: str
    superior_id: int | None
    territory_id: int | None
    guidance_id: int | None
    parent_id: int | None
    position: int
    exact: bool

    @property
    def is_administrative(self) -> bool:
        return self.family == Family.ADMINISTRATIVE.value

    @property
    def kind_label(self) -> str:
        """The kind in the active language."""
        kind = kinds.get(self.kind)
        return str(kind.label) if kind else self.kind


_LEVEL_ORDER = {level.value: place for place, level in enumerate(Level)}


def _sibling_order(node: Node) -> tuple[bool, int, str, str]:
    return node.is_administrative, node.position, node.code, node.folded


@dataclass(frozen=True, eq=False)
class Tree:
    """All units of a day.

    It holds for every day from `starts_on` (None: since ever) up to `ends_on` (out; None: without end).
    `exact` is False when some fact is known only from a later day: the earliest known one answers, and `known_from` is
    the day from which everything in the tree is known.
    """

    on: date
    starts_on: date | None
    ends_on: date | None
    nodes: Mapping[int, Node]
    exact: bool
    known_from: date | None
    _children: dict[int | None, list[int]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        children: dict[int | None, list[int]] = defaultdict(list)
        for node in sorted(self.nodes.values(), key=_sibling_order):
            children[node.parent_id if node.parent_id in self.nodes else None].append(node.id)
        object.__setattr__(self, "_children", dict(children))

    def __len__(self) -> int:
        return len(self.nodes)

    def __contains__(self, unit_id: object) -> bool:
        return unit_id in self.nodes

    def __iter__(self) -> Iterator[Node]:
        """All nodes, each after its parent."""
        for root in self._children.get(None, ()):
            yield from self.under(root)

    def node(self, unit_id: int) -> Node | None:
        """The unit on this day, or None if it does not exist then."""
        return self.nodes.get(unit_id)

    @property
    def roots(self) -> list[Node]:
        return [self.nodes[i] for i in self._children.get(None, ())]

    def children(self, unit_id: int) -> list[Node]:
        """The units directly below, organisations first, in the order of their list or code."""
        return [self.nodes[i] for i in self._children.get(unit_id, ())]

    def path(self, unit_id: int) -> list[Node]:
        """From the root down to the unit itself."""
        way: list[Node] = []
        node = self.nodes.get(unit_id)
        while node is not None:
            way.append(node)
            node = self.nodes.get(node.parent_id) if node.parent_id is not None else None
        return way[::-1]

    def under(self, unit_id: int, depth: int | None = None) -> Iterator[Node]:
        """The unit and everything below it, each after its parent; `depth` 0 gives the unit alone."""
        stack = [(unit_id, 0)] if unit_id in self.nodes else []
        while stack:
            current, deep = stack.pop()
            yield self.nodes[current]
            if depth is None or deep < depth:
                stack.extend((child, deep + 1) for child in reversed(self._children.get(current, ())))

    # names and codes

    @cached_property
    def by_code(self) -> Mapping[str, Node]:
        """Units by their code of this day."""
        return {node.code: node for node in self.nodes.values() if node.code}

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Node, ...]]:
        """Units by `name_key` of their name of this day: several may bear the same one."""
        found: dict[str, tuple[Node, ...]] = {}
        for node in self.nodes.values():
            key = name_key(node.name)
            found[key] = (*found.get(key, ()), node)
        return found

    def search(self, text: str, limit: int = 20) -> list[Node]:
        """Units whose code begins with the text or whose name holds it, accents or not; larger tiers first."""
        wanted = fold(text)
        if not wanted:
            return []
        found = [
            node for node in self.nodes.values() if wanted in node.folded or node.code.casefold().startswith(wanted)
        ]
        return sorted(found, key=lambda node: _closeness(node, wanted))[:limit]

    def count_by_kind(self, under: int | None = None) -> dict[str, int]:
        """Administrative units by kind code, in the whole tree or under one unit (itself not counted)."""
        nodes = self.nodes.values() if under is None else (n for n in self.under(under) if n.id != under)
        return dict(Counter(node.kind for node in nodes if node.is_administrative))

    def count_by_level(self, under: int | None = None) -> dict[str, int]:
        """Administrative units by tier, in the whole tree or under one unit (itself not counted)."""
        counted: Counter[str] = Counter()
        for kind, number in self.count_by_kind(under).items():
            known = kinds.get(kind)
            counted[known.level.value if known else ""] += number
        return dict(counted)

    # lines

    @cached_property
    def below(self) -> Mapping[int, tuple[int, ...]]:
        """By unit: those directly below in the line that its figures cover (superior; for territories, theirs)."""
        found: dict[int, list[int]] = defaultdict(list)
        for node in self.nodes.values():
            above = node.territory_id if node.is_administrative else node.superior_id
            if above in self.nodes and above is not None:
                found[above].append(node.id)
        return {above: tuple(below) for above, below in found.items()}

    @cached_property
    def guided(self) -> Mapping[int, tuple[int, ...]]:
        """By unit: those that follow its professional guidance."""
        found: dict[int, list[int]] = defaultdict(list)
        for node in self.nodes.values():
            if node.guidance_id in self.nodes and node.guidance_id is not None:
                found[node.guidance_id].append(node.id)
        return {above: tuple(below) for above, below in found.items()}

    def served_territory(self, unit_id: int) -> int | None:
        """The administrative unit that an organisation serves: its own territory, or its nearest superior's."""
        node: Node | None = self.nodes[unit_id]
        while node is not None:
            if node.territory_id is not None and node.territory_id in self.nodes:
                return node.territory_id
            node = self.nodes.get(node.superior_id) if node.superior_id is not None else None
        return None

    @cached_property
    def serving(self) -> Mapping[int, tuple[int, ...]]:
        """By administrative unit: the organisations that serve it directly."""
        found: dict[int, list[int]] = defaultdict(list)
        for node in self.nodes.values():
            if not node.is_administrative and (territory := self.served_territory(node.id)) is not None:
                found[territory].append(node.id)
        return {territory: tuple(organisations) for territory, organisations in found.items()}

    def reach(self, unit_id: int, line: str = Line.SUPERIOR) -> frozenset[int]:
        """The units whose own counts make up a unit's total in a line (see `rollup`), itself among them."""
        if unit_id not in self.nodes:
            return frozenset()
        if self.nodes[unit_id].is_administrative:
            territories = self._descend([unit_id], self.below)
            serving = [o for territory in territories for o in self.serving.get(territory, ())]
            return frozenset(territories).union(serving)
        if line == Line.GUIDANCE:
            return frozenset(self._descend([unit_id], self.below, self.guided))
        return frozenset(self._descend([unit_id], self.below))

    @staticmethod
    def _descend(start: Iterable[int], *ways: Mapping[int, tuple[int, ...]]) -> set[int]:
        seen = set(start)
        stack = list(seen)
        while stack:
            current = stack.pop()
            for way in ways:
                new = [i for i in way.get(current, ()) if i not in seen]
                seen.update(new)
                stack.extend(new)
        return seen

    # roll-up

    @cached_property
    def _upwards(self) -> list[tuple[int, int]]:
        """(unit, the one above in the line its figures cover), each unit after all that are below it."""
        order: list[tuple[int, int]] = []
        tops = [n.id for n in self.nodes.values() if self._above(n) is None]
        stack = tops[:]
        while stack:
            current = stack.pop()
            for child in self.below.get(current, ()):
                order.append((child, current))
                stack.append(child)
        return order[::-1]

    def _above(self, node: Node) -> int | None:
        above = node.territory_id if node.is_administrative else node.superior_id
        return above if above in self.nodes else None

    def rollup(self, own: Mapping[int, Columns], line: str = Line.SUPERIOR) -> dict[int, Columns]:
        """Totals by unit from the units' own counts (columns of equal length).

        Line `superior`: an organisation's total is its own and all below it in the superior line; an administrative
        unit's is that of its subtree and the own counts of all organisations whose territory (own, or nearest
        superior's) lies in the subtree. Line `guidance`: an organisation's total also takes in all that follow its
        guidance, and those below them, each once. Units without a total are not in the answer.
        """
        totals = {unit: columns for unit, columns in own.items() if unit in self.nodes}
        for territory, organisations in self.serving.items():
            for organisation in organisations:
                if organisation in own:
                    _add(totals, territory, own[organisation])
        for unit, above in self._upwards:
            if unit in totals:
                _add(totals, above, totals[unit])
        if line == Line.GUIDANCE:
            self._add_guided(own, totals)
        return totals

    def _add_guided(self, own: Mapping[int, Columns], totals: dict[int, Columns]) -> None:
        for unit in self._guiding():
            totals.pop(unit, None)
            for reached in self.reach(unit, Line.GUIDANCE):
                if reached in own:
                    _add(totals, unit, own[reached])

    def _guiding(self) -> set[int]:
        """Organisations that guide others, or have such below them: only their sector differs from their line."""
        above: dict[int, list[int]] = defaultdict(list)
        for node in self.nodes.values():
            if not node.is_administrative:
                above[node.id] = [i for i in (node.superior_id, node.guidance_id) if i is not None]
        upwards = {unit: tuple(i for i in ids if i in self.nodes) for unit, ids in above.items()}
        return self._descend([unit for unit in self.guided if unit in self.nodes], upwards)


def name_key(name: str) -> str:
    """The key under which two spellings of one name meet: case, tone placement and apostrophes do not count."""
    return one_tone_placement(name).casefold().replace("’", "'").replace("‘", "'")


def _closeness(node: Node, wanted: str) -> tuple[bool, bool, int, str, str]:
    short = _folded(node.short_name)
    exact = wanted in (node.code.casefold(), node.folded, short)
    begins = node.folded.startswith(wanted) or short.startswith(wanted)
    return not exact, not begins, _LEVEL_ORDER.get(node.level, 9), node.folded, node.code


@lru_cache(maxsize=32_768)
def _folded(short_name: str) -> str:
    """Of a common word every unit of the country may be near: their short names are folded once."""
    return fold(short_name)


def _add(totals: dict[int, Columns], unit: int, columns: Columns) -> None:
    """What stands there is shared with those it came from, and so is never changed."""
    present = totals.get(unit)
    totals[unit] = columns if present is None else list(map(add, present, columns))
