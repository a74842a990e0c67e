"""The access protocol: lower rooms ask `may` and `scope`; `accounts` answers. Without an answerer all is refused."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.db.models import Model, QuerySet

from noivu.core.actors import SYSTEM, Actor
from noivu.core.refusals import Refusal
from noivu.core.registry import Registry
from noivu.core.wording import Text

VIEWER, OFFICER, CLERK, HEAD = "viewer", "officer", "clerk", "head"
STEWARD, AUDITOR, OPERATOR = "steward", "auditor", "operator"
ROLES: dict[str, Text] = {
    VIEWER: Text(vi="Người xem", en="Viewer"),
    OFFICER: Text(vi="Chuyên viên", en="Officer"),
    CLERK: Text(vi="Văn thư", en="Clerk"),
    HEAD: Text(vi="Lãnh đạo đơn vị", en="Head"),
    STEWARD: Text(vi="Quản trị dữ liệu", en="Data steward"),
    AUDITOR: Text(vi="Kiểm toán viên", en="Auditor"),
    OPERATOR: Text(vi="Quản trị hệ thống", en="Operator"),
}
EVERYONE = frozenset(ROLES)
ASSIGNED, HELPING = "assigned", "helping"
"""Further ways to a thing, besides the unit whose it is: it was given to a unit or person, or a unit helps with it."""
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class OfUnit:
    """Something of a unit, as the rules ask for it before there is a thing: may one see, or begin, anything there?"""

    scope_unit_id: int


@dataclass(frozen=True, slots=True)
class Verb:
    """Something that may be done, and the roles that may do it within the units granted to them.

    `ways` are the further ways by which a thing of another unit is within reach: to be given something opens that one
    thing, never the register in which it stands.
    """

    code: str
    label: Text
    roles: frozenset[str]
    ways: frozenset[str] = frozenset()


verbs: Registry[Verb] = Registry("verbs", key=lambda verb: verb.code)


def declare(*declared: Verb) -> None:
    """Make verbs known; called in the `policies` of a room."""
    verbs.declare_all(declared)


class Provider(Protocol):
    """What answers: implemented by `accounts`."""

    def may(self, actor: Actor, verb: Verb, thing: Any | None) -> bool: ...

    def scope(self, actor: Actor, verb: Verb, rows: QuerySet[Any], *, given: bool) -> QuerySet[Any]: ...

    def ways(self, actor: Actor, verb: Verb, rows: QuerySet[Any]) -> list[QuerySet[Any]]: ...

    def is_open(self, actor: Actor, thing: Any) -> bool: ...

    def open_to(self, actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]: ...

    def units(self, actor: Actor, verb: Verb) -> frozenset[int]: ...


_provider: list[Provider] = []


def provide(provider: Provider) -> None:
    """Put the one answerer in place (the last one wins: tests bring their own)."""
    _provider[:] = [provider]


def may(actor: Actor | None, verb: str, thing: Any | None = None) -> bool:
    """Whether the actor may do this to the thing, or anywhere at all.

    `thing.scope_unit_id` says whose it is; where the verb has further ways, `thing.given_to(way)` says which units it
    was given to, and `thing.assigned_officer` to which account.
    """
    known = verbs[verb]
    if actor is None:
        return False
    if actor == SYSTEM:
        return True
    return bool(_provider) and _provider[0].may(actor, known, thing)


def scope(actor: Actor | None, verb: str, rows: QuerySet[Row], *, given: bool = False) -> QuerySet[Row]:
    """Those rows the actor may do this to. The model's `scope_path` names the way to the unit it belongs to.

    That is what a register shows. `given` adds what reaches the actor by the further ways of the verb (the model's
    `scope_ways`), and is exactly what `may` allows: for rows found by their key or by words, since no index serves it.
    """
    known = verbs[verb]
    if actor == SYSTEM:
        return rows
    if actor is None or not _provider:
        return rows.none()
    return _provider[0].scope(actor, known, rows, given=given)


def ways(actor: Actor | None, verb: str, rows: QuerySet[Row]) -> list[QuerySet[Row]]:
    """What `scope` gives with `given`, in parts by the way on which rows are reached: each part keeps to an index.

    For the few rows of a narrow reach among very many; a row that is reached twice is in two parts.
    """
    known = verbs[verb]
    if actor == SYSTEM:
        return [rows]
    return _provider[0].ways(actor, known, rows) if actor is not None and _provider else []


def is_open(actor: Actor | None, thing: Any) -> bool:
    """Whether a thing is not restricted to others: its words may be told beside something that the actor sees."""
    return actor == SYSTEM or (actor is not None and bool(_provider) and _provider[0].is_open(actor, thing))


def open_to(actor: Actor | None, rows: QuerySet[Row]) -> QuerySet[Row]:
    """Those rows that are not restricted to others: for what is reached otherwise than by `scope`."""
    if actor == SYSTEM:
        return rows
    return _provider[0].open_to(actor, rows) if actor is not None and _provider else rows.none()


def units(actor: Actor | None, verb: str) -> frozenset[int]:
    """The units within the actor's reach today, those that ended among them: to judge how wide it is."""
    known = verbs[verb]
    return _provider[0].units(actor, known) if actor is not None and _provider else frozenset()


_tops: list[Callable[[], Iterable[Any]]] = []


def provide_tops(tops: Callable[[], Iterable[Any]]) -> None:
    """Say which units, as things of this protocol, nothing stands above today: what holds for all is theirs to say."""
    _tops[:] = [tops]


def may_for_all(actor: Actor | None, verb: str) -> bool:
    """Whether the actor may do what concerns every unit of the installation: over a unit that nothing stands above."""
    tops = list(_tops[0]()) if _tops else []
    return any(may(actor, verb, top) for top in tops) if tops else may(actor, verb)


def require_for_all(actor: Actor | None, verb: str) -> None:
    """Refuse unless the actor may do this for every unit of the installation."""
    if not may_for_all(actor, verb):
        label = verbs[verb].label
        raise Refusal(
            what=Text(vi=f"Không có quyền: {label.vi.lower()}.", en=f"Not permitted: {label.en.lower()}."),
            why=Text(vi="Việc này đổi số liệu của mọi đơn vị.", en="It changes what holds for every unit."),
            do=Text(
                vi="Đề nghị quản trị dữ liệu của cơ quan cấp trên cùng.",
                en="Ask the data steward of the topmost organisation.",
            ),
            code="forbidden",
        )


def require(actor: Actor | None, verb: str, thing: Any | None = None) -> None:
    """Refuse unless the actor may; the words do not tell whether the thing exists."""
    if not may(actor, verb, thing):
        label = verbs[verb].label
        raise Refusal(
            what=Text(vi=f"Không có quyền: {label.vi.lower()}.", en=f"Not permitted: {label.en.lower()}."),
            do=Text(
                vi="Đề nghị quản trị hệ thống của đơn vị cấp quyền.",
                en="Ask the operator of the unit for a grant.",
            ),
            code="forbidden",
        )
