"""What a reorganisation does to accounts: where users work follows; a grant follows where that widens nothing.

A grant over a unit that ends holds over the heir from that day if its user held as much over everything that the heir
took in, and all of that went there whole. Else it stays as it is: over a unit that is no more it opens nothing, and
waits for somebody who may grant (`services.decisions`).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, F, OuterRef, Subquery

from noivu.accounts.models import Grant, HomeMove, User
from noivu.accounts.reaching import as_strong_as
from noivu.audit.api import record_bulk
from noivu.core.bulk import in_chunks
from noivu.core.querysets import among
from noivu.core.wording import Text
from noivu.units.api import Carried, Effect, Moves, Outcome, ReorganisationAct, Waiting, tree

_CHUNK = 5_000
_BATCH = 500
_WIDER = Text(
    vi="Đơn vị kế thừa nhận cả phần mà người dùng chưa được giao.",
    en="The successor takes in more than the user was granted.",
)
_PARTED = Text(vi="Nhiều đơn vị kế thừa.", en="Several units come after it.")
_CLOSED = Text(vi="Không có đơn vị kế thừa.", en="No unit comes after it.")


@dataclass(frozen=True, slots=True)
class _Going:
    """A grant that follows: to which unit, from when, and until when it lasts there."""

    grant: Grant
    heir: int
    starts_on: date
    ends_on: date | None


# Grants


def count_grants(on: date) -> dict[int, int]:
    """Grants of active users that hold on a day, by unit."""
    holding = Grant.objects.holding(on).filter(user__is_active=True)
    return dict(holding.order_by().values_list("unit_id").annotate(Count("pk")))


def foresee_grants(moves: Moves) -> Outcome:
    going, staying = _sorted_out(moves)
    return Outcome(len(going), _waiting_grants(staying, moves))


def follow_grants(moves: Moves, carried: Carried) -> Outcome:
    """End those that follow, and begin them over the heirs; rows of both kinds name the act."""
    going, staying = _sorted_out(moves)
    reason = _reason(carried.act)
    ended = Grant.objects.filter(pk__in=[one.grant.pk for one in going])
    ended.update(end_before=F("ends_on"), ended_by=carried.act, end_reason=reason)
    ended.filter(starts_on__lte=moves.on).update(ends_on=moves.on)
    ended.filter(starts_on__gt=moves.on).update(ends_on=F("starts_on"))
    Grant.objects.bulk_create([_begun(one, carried) for one in going], batch_size=_BATCH)
    _log("account.follow", carried, ((one.grant.user_id, _told(one)) for one in going))
    return Outcome(len(going), _waiting_grants(staying, moves))


def take_grants_back(carried: Carried) -> None:
    """What began by the act never held; what it ended goes on, up to where a person has ended what came of it."""
    begun = Grant.objects.filter(act=carried.act)
    ended_since = dict(begun.exclude(end_reason="").values_list("came_from_id", "ends_on"))
    restored = list(Grant.objects.filter(ended_by=carried.act))
    for grant in restored:
        end = ended_since.get(grant.pk, grant.end_before)
        grant.ends_on = None if end is None else max(end, grant.starts_on)
        grant.ended_by, grant.end_reason, grant.end_before = None, "", None
    Grant.objects.bulk_update(restored, ["ended_by", "end_reason", "end_before", "ends_on"], batch_size=_BATCH)
    begun.update(ends_on=F("starts_on"), end_reason=f"Hoàn tác: {carried.act.title}"[:500])
    rows = ((grant.user_id, {"role": grant.role, "unit": grant.unit_id}) for grant in restored)
    _log("account.follow_back", carried, rows)


def held_grants_of(units: frozenset[int], act: ReorganisationAct) -> int:
    """Grants over these units that people gave."""
    return sum(
        1 for grant in Grant.objects.filter(unit__in=units).exclude(ends_on=F("starts_on")) if grant.act_id != act.pk
    )


def _sorted_out(moves: Moves) -> tuple[list[_Going], list[Grant]]:
    """The grants over units that end: those that follow, and those that wait."""
    lived = tree(moves.on - timedelta(days=1))
    going: list[_Going] = []
    staying: list[Grant] = []
    for _, of_user in groupby(_grants_of_users(moves), key=lambda grant: grant.user_id):
        held = list(of_user)
        for grant in held:
            if grant.unit_id in moves.ended:
                found = _going(grant, held, moves, lived)
                going += [found] if found else []
                staying += [] if found else [grant]
    return going, staying


def _grants_of_users(moves: Moves) -> Sequence[Grant]:
    """All grants open after the day of the users who hold one over a unit that ends, by user."""
    users: set[int] = set()
    for some in in_chunks(sorted(moves.ended), _CHUNK):
        over = Grant.objects.open_after(moves.on).filter(among("unit", some), user__is_active=True)
        users.update(over.values_list("user_id", flat=True))
    found: list[Grant] = []
    for some in in_chunks(sorted(users), _CHUNK):
        found += Grant.objects.open_after(moves.on).filter(among("user", some)).order_by("user_id", "id")
    return found


def _going(grant: Grant, held: Sequence[Grant], moves: Moves, lived: Container[int]) -> _Going | None:
    heir = moves.heirs.get(grant.unit_id)
    if heir is None:
        return None
    day = max(moves.on, grant.starts_on)
    strong = as_strong_as(grant.role)
    until: defaultdict[int, list[date]] = defaultdict(list)
    for other in held:
        if other.role in strong and other.holds_on(day):
            until[other.unit_id].append(other.ends_on or date.max)
    took_in = moves.received.get(heir, frozenset())
    needs = took_in | {heir} if heir in lived else took_in
    is_no_wider = needs <= until.keys() and all((unit, heir) in moves.whole for unit in took_in)
    if not is_no_wider and heir not in until:
        return None
    ends_on = min(max(until[unit]) for unit in (needs if is_no_wider else {heir, grant.unit_id}))
    return _Going(grant, heir, day, None if ends_on == date.max else ends_on)


def _begun(one: _Going, carried: Carried) -> Grant:
    return Grant(
        user_id=one.grant.user_id,
        role=one.grant.role,
        unit_id=one.heir,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        granted_by_id=carried.actor.id,
        granted_by_name=carried.actor.name,
        granted_at=carried.now,
        reason=_reason(carried.act),
        act=carried.act,
        came_from=one.grant,
    )


def _told(one: _Going) -> dict[str, Any]:
    return {"role": one.grant.role, "unit": one.heir, "starts_on": one.starts_on.isoformat()}


def _waiting_grants(staying: Iterable[Grant], moves: Moves) -> tuple[Waiting, ...]:
    numbers = Counter(grant.unit_id for grant in staying if grant.holds_on(moves.on))
    return tuple(Waiting(unit, number, _why(unit, moves)) for unit, number in sorted(numbers.items()))


def _why(unit_id: int, moves: Moves) -> Text:
    if unit_id in moves.heirs:
        return _WIDER
    return _PARTED if unit_id in moves.parted else _CLOSED


# Where users work


def count_users(on: date) -> dict[int, int]:
    """Active users by the unit in which they work."""
    return dict(User.objects.active().order_by().values_list("home_unit_id").annotate(Count("pk")))


def foresee_users(moves: Moves) -> Outcome:
    working = _working_in(moves.heirs)
    return Outcome(len(working), _waiting_users(moves))


def follow_users(moves: Moves, carried: Carried) -> Outcome:
    """Whoever worked in a unit that ends works in its heir."""
    working = _working_in(moves.heirs)
    rows = [
        HomeMove(act=carried.act, user_id=pk, former_unit_id=unit, unit_id=moves.heirs[unit]) for pk, unit in working
    ]
    HomeMove.objects.bulk_create(rows, batch_size=_BATCH)
    moved = HomeMove.objects.filter(act=carried.act, user=OuterRef("pk"))
    for some in in_chunks([pk for pk, _ in working], _CHUNK):
        User.objects.filter(among("pk", some)).update(home_unit=Subquery(moved.values("unit")[:1]))
    _log("account.home_follow", carried, ((row.user_id, {"home_unit": row.unit_id}) for row in rows))
    return Outcome(len(working), _waiting_users(moves))


def take_users_back(carried: Carried) -> None:
    """Each works again where it was, but for those who have moved on since."""
    moved = HomeMove.objects.filter(act=carried.act, user=OuterRef("pk"), unit=OuterRef("home_unit"))
    back = dict(
        HomeMove.objects.filter(act=carried.act, user__home_unit=F("unit")).values_list("user_id", "former_unit")
    )
    for some in in_chunks(sorted(back), _CHUNK):
        User.objects.filter(among("pk", some)).update(home_unit=Subquery(moved.values("former_unit")[:1]))
    _log("account.home_follow_back", carried, ((pk, {"home_unit": unit}) for pk, unit in back.items()))


def held_users(units: frozenset[int], act: ReorganisationAct) -> int:
    """Users entered as working in these units."""
    brought = HomeMove.objects.filter(act=act).values("user")
    return User.objects.filter(home_unit__in=units).exclude(pk__in=brought).count()


def _working_in(units: Collection[int]) -> list[tuple[int, int]]:
    """Active users; of those out of service the past alone is asked."""
    found: list[tuple[int, int]] = []
    for some in in_chunks(sorted(units), _CHUNK):
        found += User.objects.active().filter(among("home_unit", some)).order_by("pk").values_list("pk", "home_unit_id")
    return found


def _waiting_users(moves: Moves) -> tuple[Waiting, ...]:
    numbers = Counter(unit for _, unit in _working_in(moves.closed.union(moves.parted)))
    return tuple(Waiting(unit, number, _why(unit, moves)) for unit, number in sorted(numbers.items()))


# What both share


def _reason(act: ReorganisationAct) -> str:
    return f"{act.title} ({act.instrument.number_symbol})"[:500]


def _log(action: str, carried: Carried, rows: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    told = [("accounts.user", pk, after) for pk, after in rows]
    if told:
        act = carried.act
        record_bulk(
            actor=carried.actor,
            action=action,
            label=act.title,
            rows=told,
            reason=_reason(act),
            instrument=act.instrument.number_symbol,
        )


GRANTS = Effect(
    code="grants",
    label=Text(vi="Vai trò được cấp", en="Grants"),
    relations=frozenset({"accounts.Grant.unit"}),
    count=count_grants,
    held=held_grants_of,
    foresee=foresee_grants,
    follow=follow_grants,
    take_back=take_grants_back,
)
USERS = Effect(
    code="users",
    label=Text(vi="Người dùng", en="Users"),
    relations=frozenset({"accounts.User.home_unit"}),
    count=count_users,
    held=held_users,
    foresee=foresee_users,
    follow=follow_users,
    take_back=take_users_back,
)
