"""Grants that wait for a decision because their unit ended: who holds what, and how far it would reach."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from noivu.accounts.actors import HeldGrant, SignedInActor
from noivu.accounts.models import Grant
from noivu.accounts.policies import EDIT
from noivu.accounts.reaching import standing
from noivu.core import access, clock
from noivu.core.access import ROLES
from noivu.core.actors import Actor
from noivu.core.wording import Text, both
from noivu.ui.tables import Page, State, page_of_list
from noivu.units.api import Node, came_after_on, ended_by, takeovers_on, tree, tree_before_end


@dataclass(frozen=True, slots=True)
class WaitingGrant:
    """A grant that waits. `before`: the unit it was given over, as it was, and how many units that reached; `after`:
    the units that came after it; `wider`: what that one took in besides, and the user does not hold in this role."""

    id: int
    user_id: int
    full_name: str
    role: str
    role_label: Text
    starts_on: date
    ends_on: date | None
    before: Node | None
    reached_before: int
    after: tuple[Node, ...]
    reached_after: int
    wider: tuple[Node, ...]

    @property
    def can_be_accepted(self) -> bool:
        return len(self.after) == 1


Held = Mapping[int, Sequence[HeldGrant]]
"""What users hold, by their ids."""


def waiting_for(actor: Actor) -> tuple[list[Grant], Held]:
    """The grants that wait among those that the actor may manage, by name; with all that their users hold. Two
    queries."""
    today = clock.today()
    scoped = access.scope(actor, EDIT, Grant.objects.holding(today).filter(unit__in=ended_by(today)))
    rows = scoped.filter(user__is_active=True).select_related("user").order_by("user__search_key", "user_id", "id")
    grants = list(rows)
    held: defaultdict[int, list[HeldGrant]] = defaultdict(list)
    if grants:
        all_of_them = Grant.objects.holding(today).filter(user__in={grant.user_id for grant in grants})
        for one in all_of_them:
            held[one.user_id].append(HeldGrant(one.role, one.unit_id, one.starts_on, one.ends_on))
    waiting = {
        (user_id, one.role, one.unit_id)
        for user_id, ones in held.items()
        for one, over in standing(ones, today)
        if over is None
    }
    return [grant for grant in grants if (grant.user_id, grant.role, grant.unit_id) in waiting], held


def page_of_waiting(actor: Actor, state: State) -> Page[WaitingGrant]:
    """One page of them."""
    grants, held = waiting_for(actor)
    if state.search_key:
        grants = [grant for grant in grants if state.search_key in grant.user.search_key]
    page = page_of_list(grants, state)
    lines = [_line(grant, held[grant.user_id]) for grant in page.rows]
    return page.showing(lines)


def waiting_grant(actor: Actor, grant_id: int) -> WaitingGrant | None:
    """One of them."""
    grants, held = waiting_for(actor)
    return next((_line(grant, held[grant.user_id]) for grant in grants if grant.pk == grant_id), None)


def own_waiting(actor: Actor | None) -> int:
    """How many of one's own grants wait: from what the request knows already."""
    grants = actor.grants if isinstance(actor, SignedInActor) else ()
    return sum(1 for _, over in standing(grants, clock.today()) if over is None)


def _line(grant: Any, held: Sequence[HeldGrant]) -> WaitingGrant:
    units = tree(clock.today())
    lived = tree_before_end(grant.unit_id, units.on)
    after = [node for unit in came_after_on(units.on).get(grant.unit_id, ()) if (node := units.node(unit))]
    step = takeovers_on(units.on).get(grant.unit_id)
    owned = {one.unit_id for one in held if one.role == grant.role}
    return WaitingGrant(
        id=grant.pk,
        user_id=grant.user_id,
        full_name=grant.user.full_name,
        role=grant.role,
        role_label=ROLES.get(grant.role, both(grant.role)),
        starts_on=grant.starts_on,
        ends_on=grant.ends_on,
        before=lived.node(grant.unit_id),
        reached_before=len(lived.reach(grant.unit_id)),
        after=tuple(sorted(after, key=_by_code)),
        reached_after=len(frozenset().union(*(units.reach(node.id) for node in after))),
        wider=tuple(sorted(filter(None, map(lived.node, step.needs - owned if step else ())), key=_by_code)),
    )


def _by_code(node: Node) -> str:
    return node.code
