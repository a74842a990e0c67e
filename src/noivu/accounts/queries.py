"""Reading users and their grants: what commands and pages show."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.http import HttpRequest

from noivu.accounts.actors import HeldGrant, SignedInActor
from noivu.accounts.authentication import actor_of
from noivu.accounts.models import Grant, User
from noivu.accounts.policies import EDIT, GIVES, VIEW
from noivu.accounts.provider import held_grants
from noivu.accounts.reaching import living, standing
from noivu.core import access, clock
from noivu.core.access import ROLES
from noivu.core.actors import SYSTEM, Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text, both
from noivu.ui.guards import actor_of as reader_of
from noivu.ui.masthead import Bearer
from noivu.ui.tables import Order, Page, State, page_of
from noivu.units.api import Node, Tree, Unit, tree


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A grant as it is shown: role and unit in words, days, who gave it and why."""

    id: int
    unit_id: int
    role: str
    role_label: Text
    unit_code: str
    unit_name: str
    starts_on: date
    ends_on: date | None
    granted_by: str
    granted_at: datetime
    reason: str
    end_reason: str
    state: str
    """holding, waiting, ended or to_come: as of today. Waiting: the unit ended, and nobody has decided what comes."""

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; None while it has no end, and where it never held."""
        if self.ends_on is None or self.ends_on <= self.starts_on:
            return None
        return self.ends_on - timedelta(days=1)

    @property
    def can_end(self) -> bool:
        return self.state != "ended"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A unit offered while one types."""

    value: str
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class UserLine:
    """A user as the list shows one: who, where, which roles hold today."""

    id: int
    username: str
    full_name: str
    unit_code: str
    unit_name: str
    is_active: bool
    last_login: datetime | None
    roles: tuple[Text, ...]


def user_named(username: str) -> User:
    """The user of this name; unknown ones are refused."""
    user = User.objects.filter(username=username.strip().lower()).first()
    if user is None:
        raise Refusal(
            what=Text(vi=f"Không có người dùng “{username}”.", en=f"There is no user “{username}”."),
            do=Text(vi="Xem danh sách: noivu user list.", en="See the list: noivu user list."),
            where="username",
            code="accounts.unknown_user",
        )
    return user


def actor_named(username: str) -> Actor:
    """The actor that a user name stands for on the command line; deactivated users do not act."""
    user = user_named(username)
    if not user.is_active:
        raise Refusal(
            what=Text(vi=f"Người dùng “{username}” đã ngừng.", en=f"The user “{username}” is deactivated."),
            where="username",
            code="accounts.deactivated",
        )
    return actor_of(user)


def bearer(request: HttpRequest) -> Bearer:
    """Whose house and for whom: from what the request already knows."""
    reader = reader_of(request)
    if not isinstance(reader, SignedInActor):
        return Bearer()
    unit = reader.unit_name if reader.unit_name != reader.office_name else ""
    return Bearer(office=reader.office_name, unit=unit)


def get_user_for(actor: Actor, user_id: int) -> User | None:
    """A user within the actor's reach, or None: what is out of reach does not exist."""
    return access.scope(actor, VIEW, User.objects.filter(pk=user_id)).first()


def users_for(actor: Actor) -> list[UserLine]:
    """All users within the actor's reach, active ones first, in the order of names."""
    return user_lines(access.scope(actor, VIEW, User.objects.order_by("-is_active", "search_key", "id")))


def counts_for(actor: Actor) -> dict[str, int]:
    """How many users within the actor's reach are active, and how many deactivated. One query."""
    users = access.scope(actor, VIEW, User.objects.all())
    return users.aggregate(
        active=Count("pk", filter=Q(is_active=True)), inactive=Count("pk", filter=Q(is_active=False))
    )


def page_for(actor: Actor, state: State, counts: dict[str, int]) -> Page[UserLine]:
    """One page of the list of users, as the state of the register asks for. Two queries, three when narrowed."""
    users = access.scope(actor, VIEW, User.objects.filter(is_active=state.cut == "active"))
    if state.search_key:
        users = users.filter(search_key__contains=state.search_key)
    known = None if state.is_narrowed else counts[state.cut]
    page = page_of(users, state, {"name": Order("search_key")}, count=known)
    return page.showing(user_lines(page.rows))


def roles_offered(actor: Actor) -> list[str]:
    """The roles that the actor may give somewhere, in the order of the list of roles."""
    today = clock.today()
    given = {role for held in held_grants(actor) if held.holds_on(today) for role in GIVES.get(held.role, ())}
    return [role for role in ROLES if role in given or actor == SYSTEM]


def get_grant_for(actor: Actor, user_id: int, grant_id: int) -> Grant | None:
    """A grant of a user, when both are within reach."""
    if get_user_for(actor, user_id) is None:
        return None
    grant: Grant | None = access.scope(actor, EDIT, Grant.objects.filter(pk=grant_id, user_id=user_id)).first()
    return grant


def get_grant(grant_id: int) -> Grant:
    """A grant that was found within reach."""
    grant: Grant = Grant.objects.get(pk=grant_id)
    return grant


def suggested_units(text: str, on: date) -> list[Suggestion]:
    """Units that begin with or hold what was typed, accents or not."""
    return [Suggestion(in_a_field(node), node.name, node.code) for node in tree(on).search(text, limit=12)]


def in_a_field(unit: Unit | Node | int, on: date | None = None) -> str:
    """How a unit (or the unit of an id) is written in a field of a form: its code, then its name, of a day (today)."""
    unit_id = unit.pk if isinstance(unit, Unit) else unit
    node = tree(on or clock.today()).node(unit_id) if isinstance(unit_id, int) else unit_id
    return f"{node.code} · {node.name}" if node else ""


def user_lines(users: Iterable[User]) -> list[UserLine]:
    """Users as the list shows them; one query for all their roles."""
    listed = list(users)
    today = clock.today()
    roles: dict[int, list[str]] = {}
    held = Grant.objects.holding(today).filter(user__in=[user.pk for user in listed])
    for user_id, role in held.values_list("user_id", "role"):
        roles.setdefault(user_id, []).append(role)
    units = tree(today)
    return [_user_line(user, roles.get(user.pk, []), units) for user in listed]


def grant_lines(user: User) -> list[GrantLine]:
    """All grants of a user, the latest start first: what held when, and who gave it."""
    today = clock.today()
    grants = user.grants.exclude(act__undone_at__isnull=False).order_by("-starts_on", "-id")
    held = [HeldGrant(grant.role, grant.unit_id, grant.starts_on, grant.ends_on) for grant in grants]
    waiting = {(one.role, one.unit_id) for one, over in standing(held, today) if over is None}
    return [_grant_line(grant, tree(today), waiting) for grant in grants]


@dataclass(frozen=True, slots=True)
class HolderLine:
    """Who holds a role over a unit, given for that very unit."""

    full_name: str
    username: str
    role: Text
    starts_on: date


def holders_at(unit_id: int, on: date) -> list[HolderLine]:
    """The roles over a unit that hold on a day, given for it and not for one above. One query."""
    held = Grant.objects.holding(on).filter(unit_id=unit_id, user__is_active=True)
    rows = held.order_by("user__full_name", "pk").values_list("user__full_name", "user__username", "role", "starts_on")
    return [HolderLine(name, username, ROLES.get(role, both(role)), since) for name, username, role, since in rows]


def _user_line(user: User, roles: list[str], units: Tree) -> UserLine:
    node = units.node(living(user.home_unit_id, units.on))
    return UserLine(
        id=user.pk,
        username=user.username,
        full_name=user.full_name,
        unit_code=node.code if node else "",
        unit_name=node.name if node else "",
        is_active=user.is_active,
        last_login=user.last_login,
        roles=tuple(ROLES[role] for role in ROLES if role in roles),
    )


def _grant_line(grant: Grant, units: Tree, waiting: Container[tuple[str, int]]) -> GrantLine:
    state = _state(grant, units.on)
    node = units.node(grant.unit_id) or tree(grant.starts_on).node(grant.unit_id)
    return GrantLine(
        id=grant.pk,
        unit_id=grant.unit_id,
        role=grant.role,
        role_label=ROLES.get(grant.role, both(grant.role)),
        unit_code=node.code if node else "",
        unit_name=node.name if node else "",
        starts_on=grant.starts_on,
        ends_on=grant.ends_on,
        granted_by=grant.granted_by_name,
        granted_at=grant.granted_at,
        reason=grant.reason,
        end_reason=grant.end_reason,
        state="waiting" if state == "holding" and (grant.role, grant.unit_id) in waiting else state,
    )


def _state(grant: Grant, today: date) -> str:
    if grant.ends_on is not None and grant.ends_on <= today:
        return "ended"
    return "to_come" if today < grant.starts_on else "holding"
