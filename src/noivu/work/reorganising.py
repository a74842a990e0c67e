"""What a reorganisation does to the ledger: what is owed when its unit ends goes on at the unit that takes over.

Each such obligation gets one event of the day, which names the act; what was done or cancelled by then stays with the
unit that ended, and so does its figure. An act may lie in the past: what was owed on its day has gone over since, with
whatever happened to it later; what was brought back or came to the ended unit after the day goes over when it came.
A document stays in its register, where the successor reaches it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BigIntegerField, Count, Exists, F, Func, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from noivu.audit.api import record_bulk
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.core.bulk import in_chunks, insert_rows
from noivu.core.querysets import among
from noivu.core.wording import Text
from noivu.units.api import Carried, Effect, Moves, Outcome, ReorganisationAct, Waiting, ended_by_acts
from noivu.work.constants import FOREVER, STANDING, Happening
from noivu.work.kinds import obligation_kinds
from noivu.work.models import Cooperation, Obligation, ObligationEvent, ObligationSpan, Session
from noivu.work.projection import project

_CHUNK = 5_000
_FIELDS = (
    *("obligation", "happening", "on", "order", "unit", "former_unit", "former_handler"),
    *("act", "reason", "rule", "from_sheet", "actor_id", "actor_name", "recorded_at"),
)
_PARTED = Text(
    vi="Nhiều đơn vị kế thừa, kế hoạch chưa nêu đơn vị nhận việc đang dở.",
    en="Several units come after it, and the plan names none for what is open.",
)
_CLOSED = Text(vi="Không có đơn vị kế thừa.", en="No unit comes after it.")
_LAID_OUT = (
    *("obligation_id", "kind", "unit_id", "arises_on", "valid_from", "valid_to"),
    *("due_on", "status", "stage", "completed_on"),
)
_LAID_OUT_FIELDS = [name.removesuffix("_id") for name in _LAID_OUT]
_OWED = frozenset(STANDING)


class _Stretch(NamedTuple):
    """A current stretch as it lies in the table."""

    pk: int
    obligation_id: int
    kind: str
    unit_id: int
    arises_on: date
    valid_from: date
    valid_to: date
    due_on: date | None
    status: str
    stage: str
    completed_on: date | None


@dataclass(frozen=True, slots=True)
class _Step:
    """One event to be written."""

    obligation_id: int
    happening: Happening
    on: date
    unit_id: int
    former_unit: int | None = None
    former_handler: int | None = None


def count(on: date) -> dict[int, int]:
    """What is owed at the end of a day, by the unit that owes it."""
    owed = ObligationSpan.objects.current().filter(kind__in=obligation_kinds.codes).owed_on(on)
    return dict(owed.order_by().values_list("unit_id").annotate(Count("pk")))


def foresee(moves: Moves) -> Outcome:
    """What would go over, and what nobody would take."""
    return Outcome(len(_in_hand(moves.heirs, moves.on)), tuple(_waiting(moves)))


def follow(moves: Moves, carried: Carried) -> Outcome:
    """Let what is owed go over: a constant number of statements for every 5,000 obligations."""
    said = _go_over(_in_hand(moves.heirs, moves.on), moves, carried)
    return Outcome(len({step.obligation_id for step in said}), tuple(_waiting(moves)))


def project_and_follow(obligation_ids: Collection[int], now: datetime) -> bool:
    """Lay out what happened to obligations; what is recorded of a unit after an act that ends it, goes over by the
    same rule. Whether anything did.

    Where the heir ends by another act, it goes on from there. What several units came after waits at the ended one.
    """
    project(obligation_ids, now)
    went = False
    while _follow_late(obligation_ids):
        went = True
    return went


def _follow_late(obligation_ids: Collection[int]) -> bool:
    owed = _owed(date.min).filter(among("obligation", obligation_ids)).order_by()
    held = owed.values_list("unit_id", "obligation__assigned_unit_id").distinct()
    ended = ended_by_acts({unit for pair in held for unit in pair if unit is not None})
    moved = False
    for act, heirs in ended.items():
        moves = Moves(on=act.takes_effect_on, heirs=heirs)
        mine = _in_hand(heirs, moves.on).intersection(obligation_ids)
        moved = bool(_go_over(mine, moves, Carried(act, SYSTEM, clock.now()))) or moved
    return moved


def _go_over(obligation_ids: Collection[int], moves: Moves, carried: Carried) -> list[_Step]:
    said: list[_Step] = []
    for ids in in_chunks(sorted(obligation_ids), _CHUNK):
        handlers = _handlers(ids)
        lying = _lying(ids, moves.on)
        since = _happened_since(ids, moves.on)
        transferred = since.transferred
        steps = [step for pk in lying for step in _steps_of(pk, lying[pk], transferred[pk], handlers[pk], moves)]
        _write(steps, since.taken, carried)
        _lay_out(steps, lying, transferred, carried.now)
        _settle(ids, carried.act)
        said += steps
    _log("obligation.follow", carried, {step.obligation_id: {"unit_id": step.unit_id} for step in said})
    return said


def take_back(carried: Carried) -> None:
    """As if it had not gone over; that it had remains known. What another was given to since stays with that one."""
    said = ObligationEvent.objects.current().filter(act=carried.act)
    after: dict[int, Mapping[str, Any]] = {}
    for some in in_chunks(sorted(said.values_list("obligation_id", flat=True).distinct()), _CHUNK):
        _handlers(some)
        untouched = _untouched_since(some, said)
        _give_back(some, said)
        said.filter(among("obligation", some)).update(superseded_at=carried.now)
        for instant, ids in untouched.items():
            _lay_back(ids, instant, carried.now)
        project(set(some).difference(*untouched.values()), carried.now)
        _bear(some)
        borne = Obligation.objects.filter(among("pk", some)).values_list("pk", "unit_id")
        after |= {pk: {"unit_id": unit_id} for pk, unit_id in borne}
    _log("obligation.follow_back", carried, after)


def held(units: frozenset[int], act: ReorganisationAct) -> int:
    """Obligations, help and sessions that stand at these units and did not come there by the act."""
    brought = ObligationEvent.objects.current().filter(obligation=OuterRef("pk"), act=act)
    there = Q(unit__in=units) | Q(assigned_unit__in=units)
    own = Obligation.objects.standing().filter(there, ~Exists(brought)).count()
    helping = Cooperation.objects.filter(unit__in=units, obligation__removed_at=None).count()
    return own + helping + Session.objects.filter(unit__in=units).count()


OBLIGATIONS = Effect(
    code="obligations",
    label=Text(vi="Việc đang phải làm", en="Open obligations"),
    relations=frozenset({"work.Obligation.unit", "work.Obligation.assigned_unit"}),
    count=count,
    held=held,
    foresee=foresee,
    follow=follow,
    take_back=take_back,
)


# What goes over


def _owed(on: date) -> QuerySet[ObligationSpan]:
    """Stretches of being owed that reach beyond a day, or begin later."""
    return ObligationSpan.objects.current().filter(
        kind__in=obligation_kinds.codes, status__in=STANDING, valid_to__gt=on
    )


def _in_hand(units: Collection[int], on: date) -> set[int]:
    """What these units owe on the day or later, or were given to do."""
    found: set[int] = set()
    for some in in_chunks(sorted(units), _CHUNK):
        for bearing in ("unit", "obligation__assigned_unit"):
            owed = _owed(on).filter(among(bearing, some))
            found.update(owed.values_list("obligation_id", flat=True))
    return found


def _waiting(moves: Moves) -> Iterator[Waiting]:
    """What is owed by units that nobody comes after, or several."""
    for some in in_chunks(sorted(moves.closed.union(moves.parted)), _CHUNK):
        owed = _owed(moves.on).filter(among("unit", some)).order_by().values_list("unit_id")
        for unit_id, number in owed.annotate(Count("obligation", distinct=True)).order_by("unit_id"):
            yield Waiting(unit_id, number, _PARTED if unit_id in moves.parted else _CLOSED)


def _handlers(ids: Sequence[int]) -> dict[int, int | None]:
    """To which units these obligations were given; held until the transaction ends."""
    rows = Obligation.objects.select_for_update().filter(among("pk", ids)).order_by("pk")
    return dict(rows.values_list("pk", "assigned_unit_id"))


def _lying(ids: Sequence[int], on: date) -> dict[int, list[_Stretch]]:
    """The stretches that reach beyond a day or begin later, in order, by obligation."""
    current = ObligationSpan.objects.current().filter(among("obligation", ids), valid_to__gt=on)
    rows = current.order_by("obligation_id", "valid_from").values_list("pk", *_LAID_OUT)
    return {pk: list(lying) for pk, lying in groupby(map(_Stretch._make, rows), key=lambda row: row.obligation_id)}


def _steps_of(
    obligation_id: int, lying: Sequence[_Stretch], since: Collection[date], handler: int | None, moves: Moves
) -> Iterator[_Step]:
    """It goes over where it is first owed from the day on, and again should another unit have given it back.

    Given away and back on one day, it has not left its stretch; what then happened on that day, `since`, would still
    bring it back.
    """
    owed = [one for one in lying if one.status in _OWED]
    left: tuple[int, date] | None = None
    goes_along = False
    for one in owed:
        heir = moves.heirs.get(one.unit_id)
        if heir is None:
            continue
        begins = max(moves.on, one.valid_from)
        days = {day for day in since if begins <= day < one.valid_to}
        if left != (one.unit_id, one.valid_from):
            days.add(begins)
        for day in sorted(days):
            former_handler = handler if handler == one.unit_id and not goes_along else None
            goes_along = goes_along or former_handler is not None
            yield _Step(obligation_id, Happening.TRANSFERRED, day, heir, one.unit_id, former_handler)
        left = (one.unit_id, one.valid_to)
    if handler is not None and handler in moves.heirs and not goes_along:
        day = max(moves.on, owed[0].valid_from)
        yield _Step(obligation_id, Happening.SUCCEEDED, day, moves.heirs[handler], former_handler=handler)


# What is written


class _Since(NamedTuple):
    """What happened to some obligations from a day on: the last place taken among what happened on each day, and the
    days on which people transferred them."""

    taken: dict[tuple[int, date], int]
    transferred: defaultdict[int, set[date]]


def _happened_since(ids: Sequence[int], on: date) -> _Since:
    since = _Since({}, defaultdict(set))
    events = ObligationEvent.objects.current().filter(among("obligation", ids), on__gte=on).order_by("order")
    for obligation_id, day, order, happening in events.values_list("obligation_id", "on", "order", "happening"):
        since.taken[obligation_id, day] = order
        if happening == Happening.TRANSFERRED:
            since.transferred[obligation_id].add(day)
    return since


def _write(steps: Iterable[_Step], taken: dict[tuple[int, date], int], carried: Carried) -> None:
    act = carried.act
    said = (act.pk, _reason(act), "", False, carried.actor.id, carried.actor.name, carried.now)

    def row(step: _Step) -> tuple[Any, ...]:
        place = step.obligation_id, step.on
        taken[place] = taken.get(place, -1) + 1
        whose = step.unit_id, step.former_unit, step.former_handler
        return (step.obligation_id, step.happening.value, step.on, taken[place], *whose, *said)

    insert_rows(ObligationEvent, _FIELDS, map(row, steps))


def _reason(act: ReorganisationAct) -> str:
    return f"{act.title} ({act.instrument.number_symbol})"


def _lay_out(
    steps: Iterable[_Step],
    lying: Mapping[int, Sequence[_Stretch]],
    since: Mapping[int, Collection[date]],
    now: datetime,
) -> None:
    """The stretches from each step on are the heir's: as `project` lays them out, without replaying what happened.

    Where people transferred it `since`, or more than one step was needed, all of it is laid out anew.
    """
    transfers: defaultdict[int, list[_Step]] = defaultdict(list)
    for step in steps:
        if step.happening is Happening.TRANSFERRED:
            transfers[step.obligation_id].append(step)
    plain = {pk: of_one[0] for pk, of_one in transfers.items() if not since.get(pk) and _is_plain(of_one, lying[pk])}
    after = [(step, one) for pk, step in plain.items() for one in lying[pk] if one.valid_to > step.on]
    _supersede([one.pk for _, one in after], now)
    insert_rows(
        ObligationSpan, (*_LAID_OUT_FIELDS, "recorded_at"), (row for pair in after for row in _parted(*pair, now))
    )
    project(transfers.keys() - plain.keys(), now)


def _is_plain(transfers: Sequence[_Step], lying: Sequence[_Stretch]) -> bool:
    """One step, from the unit whose all of it was from then on; nothing before it that would now be the same."""
    step = transfers[0]
    after = [one for one in lying if one.valid_to > step.on]
    begins = after[0].valid_from < step.on or after[0].arises_on == step.on
    return len(transfers) == 1 and begins and all(one.unit_id == step.former_unit for one in after)


def _parted(step: _Step, one: _Stretch, now: datetime) -> Iterator[tuple[Any, ...]]:
    """A stretch up to the day with the former unit, and from then on with the heir."""
    if one.valid_from < step.on:
        yield (*one._replace(valid_to=step.on)[1:], now)
    yield (*one._replace(valid_from=max(one.valid_from, step.on), unit_id=step.unit_id)[1:], now)


def _supersede(span_ids: Sequence[int], now: datetime) -> None:
    for some in in_chunks(span_ids, _CHUNK):
        ObligationSpan.objects.filter(among("pk", some)).update(superseded_at=now)


def _settle(ids: Sequence[int], act: ReorganisationAct) -> None:
    """Whose it is and who does it, as the events say; what a sheet said of the latter is kept as overruled."""
    moved = ObligationEvent.objects.current().filter(obligation=OuterRef("pk"), act=act, former_handler__isnull=False)
    rows = Obligation.objects.filter(among("pk", ids))
    rows.filter(Exists(moved), sheet_said__isnull=False).update(sheet_said=_kept_as_overruled())
    _bear(ids, assigned_unit=Coalesce(Subquery(moved.values("unit")[:1]), F("assigned_unit")))


def _give_back(ids: Sequence[int], said: QuerySet[ObligationEvent]) -> None:
    """Let who did it before do it again, and the sheet have said of it what it had."""
    moved = said.filter(obligation=OuterRef("pk"), former_handler__isnull=False)
    former = Subquery(moved.values("former_handler")[:1])
    rows = Obligation.objects.filter(among("pk", ids), assigned_unit=Subquery(moved.values("unit")[:1]))
    kept = Cast(KT("sheet_said__assigned_unit_id"), BigIntegerField())
    rows.annotate(kept=kept).filter(kept=former).update(sheet_said=_not_overruled())
    rows.update(assigned_unit=former)


def _bear(ids: Sequence[int], **also: Any) -> None:
    """An obligation is borne by the unit of its last stretch."""
    last = ObligationSpan.objects.current().filter(obligation=OuterRef("pk"), valid_to=FOREVER)
    Obligation.objects.standing().filter(among("pk", ids)).update(unit=Subquery(last.values("unit")[:1]), **also)


def _untouched_since(ids: Sequence[int], said: QuerySet[ObligationEvent]) -> dict[datetime, list[int]]:
    """Those of which nothing was recorded or taken back since they went over, by the instant at which they did."""
    went = dict(said.filter(among("obligation", ids)).values_list("obligation_id", "recorded_at"))
    touched: set[int] = set()
    for instant in set(went.values()):
        since = Q(recorded_at__gt=instant) | Q(superseded_at__gt=instant)
        for model in (ObligationEvent, ObligationSpan):
            rows = model.objects.filter(among("obligation", ids), since)
            touched.update(rows.values_list("obligation_id", flat=True))
    found: defaultdict[datetime, list[int]] = defaultdict(list)
    for pk, instant in went.items():
        if pk not in touched:
            found[instant].append(pk)
    return found


def _lay_back(ids: Sequence[int], instant: datetime, now: datetime) -> None:
    """What was laid out at an instant gives way to what lay there before."""
    rows = ObligationSpan.objects.filter(among("obligation", ids))
    before = rows.filter(superseded_at=instant, recorded_at__lt=instant).values_list(*_LAID_OUT)
    laid = [(*row, now) for row in before]
    rows.filter(superseded_at=None, recorded_at=instant).update(superseded_at=now)
    insert_rows(ObligationSpan, (*_LAID_OUT_FIELDS, "recorded_at"), laid)


def _log(action: str, carried: Carried, after: Mapping[int, Mapping[str, Any]]) -> None:
    if after:
        act = carried.act
        record_bulk(
            actor=carried.actor,
            action=action,
            label=act.title,
            rows=(("work.obligation", pk, values) for pk, values in after.items()),
            reason=_reason(act),
            instrument=act.instrument.number_symbol,
        )


def _kept_as_overruled() -> Func:
    """`sheet_said` with the unit that handles it, where nothing is kept of that yet."""
    if connection.vendor == "postgresql":
        template = "jsonb_build_object('assigned_unit_id', %(expressions)s"
        return Func("assigned_unit", "sheet_said", template=template, arg_joiner=") || ", output_field=JSONField())
    joiner = ", '$.assigned_unit_id', "
    return Func("sheet_said", "assigned_unit", function="json_insert", arg_joiner=joiner, output_field=JSONField())


def _not_overruled() -> Func:
    on_postgresql = connection.vendor == "postgresql"
    template = (
        "(%(expressions)s - 'assigned_unit_id')"
        if on_postgresql
        else "json_remove(%(expressions)s, '$.assigned_unit_id')"
    )
    return Func("sheet_said", template=template, output_field=JSONField())
