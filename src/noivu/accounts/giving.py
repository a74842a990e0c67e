"""Which roles a user may give, and so whose keys that user may touch: nobody acts on an account that can do more."""

from collections.abc import Iterable

from noivu.accounts.models import User
from noivu.accounts.policies import GIVES
from noivu.accounts.provider import held_grants
from noivu.accounts.reaching import living, reaches, standing
from noivu.core import clock
from noivu.core.access import ROLES
from noivu.core.actors import SYSTEM, Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.units.api import tree


def roles_to_give(actor: Actor, unit_id: int) -> frozenset[str]:
    """The roles that the actor may give over a unit."""
    if actor == SYSTEM:
        return frozenset(ROLES)
    today = clock.today()
    units = tree(today)
    given: set[str] = set()
    for held, over in standing(held_grants(actor), today):
        if over is not None and reaches(units, over, living(unit_id, today)):
            given |= GIVES.get(held.role, frozenset())
    return frozenset(given)


def gives_all(actor: Actor, grants: Iterable[tuple[str, int]]) -> bool:
    """Whether the actor may give each of these roles over its unit."""
    return all(role in roles_to_give(actor, unit_id) for role, unit_id in grants)


def require_gives_all_of(actor: Actor, user: User) -> None:
    """Refuse to touch the account of a user whose grants, running or to come, the actor could not have given."""
    running = user.grants.open_after(clock.today()).values_list("role", "unit_id")
    require_gives(actor, running)


def require_gives(actor: Actor, grants: Iterable[tuple[str, int]]) -> None:
    """Refuse unless the actor may give each of these roles over its unit."""
    if gives_all(actor, grants):
        return
    raise Refusal(
        what=Text(
            vi="Người dùng này giữ vai trò mà quyền của bạn không cấp được.",
            en="This user holds a role that you may not give.",
        ),
        why=Text(
            vi="Ai nắm được tài khoản thì làm được mọi việc của vai trò ấy.",
            en="Whoever gets hold of the account can do all that the role allows.",
        ),
        do=Text(vi="Đề nghị quản trị hệ thống cấp trên.", en="Ask an operator above."),
        code="accounts.beyond_own_grants",
    )
