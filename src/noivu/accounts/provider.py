"""The answer to "may this actor do that, and where": grants over unit subtrees, as of today.

A grant reaches what its unit's figures cover: an administrative unit reaches its subtree and every organisation that
serves it; an organisation reaches itself and the superior line below it. What an ended unit left is reached with the
living unit that it went to (`units.heirs_on`). A grant whose own unit ended holds over the successor where that makes
its reach no wider; else it waits for a decision, and nobody acts by it (`reaching.standing`).

A verb may have further ways to a thing: that it was given to a unit in reach, or to the actor by account, or to
somebody absent for whom the actor stands in. Whatever is unclear is refused: an actor without user, a thing without
unit, a unit that is still to come.

Whatever bears a mark of secrecy says who may see it when it is restricted, by names of its model: `restricted_to` (the
ways to the units whose leaders see it), `restricted_kept_by` (a verb: whoever was granted it over the very unit of
`scope_path` keeps the register), `restricted_with` (what else, if hidden, hides it), `secrecy_path` (where the mark
stands on another row). `scope_restricted` is the way of any row to what bears the mark. One rule for all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from noivu.accounts.actors import HeldGrant, SignedInActor, user_id_of
from noivu.accounts.models import User
from noivu.accounts.reaching import living, reaches, standing
from noivu.core import clock
from noivu.core.access import ASSIGNED, HEAD, HELPING, STEWARD, Verb, verbs
from noivu.core.actors import Actor
from noivu.core.querysets import subquery
from noivu.core.secrecy import Secrecy
from noivu.units.api import Unit, heirs_on, reach_with_ended, tree


class GrantsProvider:
    """Implements `core.access.Provider`."""

    def may(self, actor: Actor, verb: Verb, thing: Any | None) -> bool:
        granted = _granted_units(actor, verb)
        if not granted or thing is None:
            return bool(granted)
        unit_id: int | None = getattr(thing, "scope_unit_id", None)
        if unit_id is None:
            return False
        within = _covers(granted, unit_id) or _is_given(actor, verb, thing, granted)
        return within and not _is_hidden(actor, thing)

    def scope(self, actor: Actor, verb: Verb, rows: QuerySet[Any], *, given: bool) -> QuerySet[Any]:
        granted = _granted_units(actor, verb)
        if not granted:
            return rows.none()
        within = _within(rows.model.scope_path, granted)
        reached = reduce(or_, _given(rows.model, actor, verb, granted), within) if given else within
        return rows.filter(reached, *_not_hidden(rows.model, actor, rows.db))

    def ways(self, actor: Actor, verb: Verb, rows: QuerySet[Any]) -> list[QuerySet[Any]]:
        granted = _granted_units(actor, verb)
        if not granted:
            return []
        open_ones = rows.filter(*_not_hidden(rows.model, actor, rows.db))
        return [open_ones.filter(way) for way in _ways(rows.model, actor, verb, granted)]

    def is_open(self, actor: Actor, thing: Any) -> bool:
        return not _is_hidden(actor, thing)

    def open_to(self, actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(*_not_hidden(rows.model, actor, rows.db))

    def units(self, actor: Actor, verb: Verb) -> frozenset[int]:
        today = clock.today()
        units = tree(today)
        alive = frozenset[int]().union(*(units.reach(unit) for unit in _granted_units(actor, verb)))
        return alive.union(ended for ended, heir in heirs_on(today).items() if heir in alive)


def codes_in_reach(actor: Actor, verb: str) -> QuerySet[Any, Any] | None:
    """The codes, past and present, of the units where the actor may do this: the log names units by their codes."""
    granted = _granted_units(actor, verbs[verb])
    if not granted:
        return None
    units = Unit.objects.filter(_within("pk", granted))
    return units.filter(codes__superseded_at=None).values("codes__code")


def held_grants(actor: Actor) -> tuple[HeldGrant, ...]:
    """The grants an actor carries; those of an actor known by id alone (a background job) are read, one query."""
    if isinstance(actor, SignedInActor):
        return actor.grants
    user_id = user_id_of(actor)
    user = User.objects.signed_in(user_id) if user_id is not None else None
    return user.held_grants if user is not None else ()


def accounts_of(actor: Actor) -> tuple[str, ...]:
    """The accounts whose work is the actor's: the own one, and those for whom the actor stands in today."""
    return actor.accounts if isinstance(actor, SignedInActor) else (actor.id,)


def _covers(granted: list[int], unit_id: int) -> bool:
    today = clock.today()
    units, alive = tree(today), living(unit_id, today)
    return any(reaches(units, above, alive) for above in granted)


def _is_given(actor: Actor, verb: Verb, thing: Any, granted: list[int]) -> bool:
    if not verb.ways or not hasattr(thing, "given_to"):
        return False
    if ASSIGNED in verb.ways and thing.assigned_officer in accounts_of(actor):
        return True
    return any(_covers(granted, unit_id) for way in sorted(verb.ways) for unit_id in thing.given_to(way))


def _within(path: str, granted: Sequence[int]) -> Q:
    """That a path leads to a unit in reach."""
    today = clock.today()
    return reduce(or_, (Q(**{f"{path}__in": reach_with_ended(unit, today)}) for unit in granted))


def _given(model: Any, actor: Actor, verb: Verb, granted: list[int]) -> Iterator[Q | Exists]:
    """That a row was given to a unit in reach, or to the actor; a way over other tables never multiplies rows."""
    ways: dict[str, str] = getattr(model, "scope_ways", {})
    for way in sorted(verb.ways.intersection(ways)):
        path = ways[way]
        same = model._base_manager.filter(pk=OuterRef("pk")) if "__" in path else None
        yield _within(path, granted) if same is None else Exists(same.filter(_within(path, granted)))
    if ASSIGNED in verb.ways and ASSIGNED in ways:
        yield Q(**{f"{model.scope_officer}__in": accounts_of(actor)})


def _ways(model: Any, actor: Actor, verb: Verb, granted: list[int]) -> Iterator[Q]:
    """The conditions of `scope`, each as its index knows it: that of accounts holds no row without one."""
    yield _within(model.scope_path, granted)
    ways: dict[str, str] = getattr(model, "scope_ways", {})
    for way in sorted(verb.ways.intersection(ways)):
        yield _within(ways[way], granted)
    if ASSIGNED in verb.ways and ASSIGNED in ways:
        yield Q(**{f"{model.scope_officer}__in": accounts_of(actor)}) & ~Q(**{model.scope_officer: ""})


def _is_hidden(actor: Actor, thing: Any) -> bool:
    """Whether a thing is restricted, and neither given to the actor (or to whom the actor stands in for), nor of a unit
    that the actor leads, nor of a register that the actor keeps."""
    paths: tuple[str, ...] = getattr(thing, "restricted_to", ())
    if not paths or not _is_restricted(actor, thing) or getattr(thing, "assigned_officer", "") in accounts_of(actor):
        return False
    units = {getattr(thing, f"{path}_id") for path in paths if "__" not in path}
    units |= {unit for way in (ASSIGNED, HELPING) for unit in thing.given_to(way)}
    led = _led_units(actor)
    if any(_covers(led, unit) for unit in units if unit is not None):
        return False
    return living(thing.scope_unit_id, clock.today()) not in _kept_units(actor, thing)


def _is_restricted(actor: Actor, thing: Any) -> bool:
    if thing.secrecy == Secrecy.RESTRICTED:
        return True
    beside: str = getattr(thing, "restricted_with", "")
    if not beside or getattr(thing, f"{beside}_id") is None:
        return False
    return _is_hidden(actor, getattr(thing, beside))


def _not_hidden(model: Any, actor: Actor, using: str) -> Iterator[Q]:
    """That a row is not restricted to others; those that are bear an index of their own and are few."""
    path: str = getattr(model, "scope_restricted", "")
    if path:
        bearer = model if path == "pk" else model._meta.get_field(path).related_model
        for hidden in _hidden_sql(bearer, _reader(actor), clock.today(), using):
            yield ~Q(**{f"{path}__in": hidden})


@dataclass(frozen=True, slots=True)
class _Reader:
    """To whom restricted things may be open: by account, by what is led, and by the registers kept by a verb."""

    accounts: tuple[str, ...]
    led: tuple[int, ...]
    kept: tuple[tuple[str, tuple[int, ...]], ...]


def _reader(actor: Actor) -> _Reader:
    kept = ((verb, tuple(_with_ended(_granted_units(actor, verbs[verb])))) for verb in _keeping_verbs())
    return _Reader(accounts_of(actor), tuple(_led_units(actor)), tuple(kept))


@cache
def _keeping_verbs() -> tuple[str, ...]:
    found = (getattr(model, "restricted_kept_by", "") for model in apps.get_models())
    return tuple(sorted(set(filter(None, found))))


@lru_cache(maxsize=1_024)
def _hidden_sql(bearer: Any, reader: _Reader, today: date, using: str) -> tuple[RawSQL, ...]:
    """What is hidden, as subqueries of keys. Put into SQL once for a reader and a day: it stands in every statement
    over what may be restricted, and to write it takes longer than to ask it."""
    return tuple(subquery(hidden, using) for hidden in _hidden(bearer, reader))


def _hidden(bearer: Any, reader: _Reader) -> Iterator[QuerySet[Any]]:
    """What is restricted to others than the reader: by its own mark, and by that of what it stands with."""
    rows, to_others = bearer._base_manager, _to_others(bearer, reader)
    # The mark is asked first: those that bear it are few, and a database may ask in the order of the words.
    yield rows.filter(**{getattr(bearer, "secrecy_path", "secrecy"): Secrecy.RESTRICTED.value}).filter(to_others)
    beside: str = getattr(bearer, "restricted_with", "")
    if beside:
        for hidden in _hidden(bearer._meta.get_field(beside).related_model, reader):
            yield rows.filter(**{f"{beside}__in": hidden.values("pk")}).filter(to_others)


def _to_others(bearer: Any, reader: _Reader) -> Q:
    """That, if restricted, it is so to others: not given to the reader, nor led, nor kept."""
    officer: str = getattr(bearer, "scope_officer", "")
    others = ~Q(**{f"{officer}__in": reader.accounts}) if officer else Q()
    for unit in bearer.restricted_to if reader.led else ():
        others &= ~(_within(unit, reader.led) if "__" in unit else _is_one_of(unit, reader.led))
    if kept := dict(reader.kept).get(getattr(bearer, "restricted_kept_by", "")):
        others &= ~Q(**{f"{bearer.scope_path}__in": kept})
    return others


def _is_one_of(path: str, led: Sequence[int]) -> Q:
    """As `_within`, asked row by row on a server: of the few that are restricted. Where it plans to gather the reach
    for them it holds every way to a row for dear, and reads registers whole."""
    if connection.vendor == "sqlite":
        return _within(path, led)
    today = clock.today()
    return reduce(or_, (Q(Exists(reach_with_ended(u, today).filter(descendant=OuterRef(path)))) for u in led))


def _led_units(actor: Actor) -> list[int]:
    """The units over which the actor is a head or a steward today: what is restricted is seen from there."""
    held = standing(held_grants(actor), clock.today())
    return sorted({unit for grant, unit in held if unit is not None and grant.role in {HEAD, STEWARD}})


def _kept_units(actor: Actor, bearer: Any) -> list[int]:
    """The units whose registers the actor keeps: granted the verb over the unit itself, not over one above it."""
    verb: str = getattr(bearer, "restricted_kept_by", "")
    return _granted_units(actor, verbs[verb]) if verb else []


def _with_ended(units: list[int]) -> list[int]:
    """Units, and those that ended and left them what they had."""
    return [*units, *(ended for ended, heir in heirs_on(clock.today()).items() if heir in units)]


def _granted_units(actor: Actor, verb: Verb) -> list[int]:
    """The units over which the actor holds, today, a role that may do this; each once, in a steady order."""
    held = standing(held_grants(actor), clock.today())
    return sorted({unit for grant, unit in held if unit is not None and grant.role in verb.roles})
