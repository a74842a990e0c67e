"""Whether a unit lies in the reach of another: the climb from below, in the tree in memory."""

from collections.abc import Iterator
from datetime import date

from noivu.units.api import Node, Tree, followed_on, heirs_on, tree


def living(unit_id: int, on: date) -> int:
    """The unit itself while it lives; once it has ended, the living one to which what it left belongs."""
    return heirs_on(on).get(unit_id, unit_id)


def after(unit_id: int, on: date) -> int:
    """The unit itself while it lives; once it has ended, the one unit that came after it, if there is one."""
    return unit_id if unit_id in tree(on) else followed_on(on).get(unit_id, unit_id)


def reaches(units: Tree, above: int, unit_id: int) -> bool:
    """Whether a unit's figures cover another's: the climb from below that answers as `units.reach` does from above."""
    covering, covered = units.node(above), units.node(unit_id)
    if covering is None or covered is None:
        return False
    if covering.is_administrative:
        start = unit_id if covered.is_administrative else units.served_territory(unit_id)
        return any(node.id == above for node in climb(units, start, "territory_id"))
    return not covered.is_administrative and any(node.id == above for node in climb(units, unit_id, "superior_id"))


def climb(units: Tree, start: int | None, line: str) -> Iterator[Node]:
    """A unit and those above it in a line (`superior_id` or `territory_id`), from below."""
    node = units.node(start) if start is not None else None
    while node is not None:
        yield node
        above: int | None = getattr(node, line)
        node = units.node(above) if above is not None else None
