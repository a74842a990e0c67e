"""Whether a unit lies in the reach of another: the climb from below, in the tree in memory; and over which unit a
grant holds once its own has ended."""

from collections.abc import Container, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date

from noivu.accounts.actors import HeldGrant
from noivu.accounts.policies import GIVES
from noivu.core.access import ROLES, verbs
from noivu.units.api import Node, Takeover, Tree, heirs_on, takeovers_on, tree


def living(unit_id: int, on: date) -> int:
    """The unit itself while it lives; once it has ended, the living one to which what it left belongs."""
    return heirs_on(on).get(unit_id, unit_id)


def standing(grants: Iterable[HeldGrant], on: date) -> list[tuple[HeldGrant, int | None]]:
    """The grants that hold on a day, each with the unit over which it does.

    That is its unit while it lives, then the one that came after it, as long as its user's reach is no wider for that:
    the user held as much over all that the heir took in. None: it waits for a decision, and nobody acts by it.
    """
    holding = [held for held in grants if held.holds_on(on)]
    if not holding:
        return []
    units = tree(on)
    if all(held.unit_id in units for held in holding):
        return [(held, held.unit_id) for held in holding]
    found = []
    for role in {held.role for held in holding}:
        strong = as_strong_as(role)
        after = followed({held.unit_id for held in holding if held.role in strong}, units, takeovers_on(on))
        found += [(held, after.get(held.unit_id)) for held in holding if held.role == role]
    return found


def followed(held: AbstractSet[int], living: Container[int], steps: Mapping[int, Takeover]) -> dict[int, int]:
    """Where what is held over some units holds, as far as it widens nothing: by unit, in the units that live."""
    reached, after = set(held), {}
    waiting = [unit for unit in held if unit not in living]
    while found := [unit for unit in waiting if unit in steps and _is_no_wider(steps[unit], reached)]:
        after.update({unit: steps[unit].heir for unit in found})
        further = {steps[unit].heir for unit in found} - reached
        reached |= further
        waiting = [unit for unit in waiting if unit not in after] + [unit for unit in further if unit not in living]
    return {unit: end for unit in held if (end := _end_of(unit, after)) in living}


def _is_no_wider(step: Takeover, reached: AbstractSet[int]) -> bool:
    return step.heir in reached or (step.whole and step.needs <= reached)


def _end_of(unit: int, after: Mapping[int, int]) -> int:
    seen: set[int] = set()
    while unit in after and unit not in seen:
        seen.add(unit)
        unit = after[unit]
    return unit


def as_strong_as(role: str) -> frozenset[str]:
    """The roles by which one may do and give all that this one allows, itself among them."""
    asked = [verb.roles for verb in verbs if role in verb.roles]
    gives = GIVES.get(role, frozenset())
    return frozenset(
        other for other in ROLES if all(other in roles for roles in asked) and gives <= GIVES.get(other, frozenset())
    )


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
