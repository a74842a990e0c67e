"""What is open and counted gets its due date anew when the working calendar or a deadline rule counts otherwise.

Each one that moves gets one event of today, which keeps the date it had; nothing closed moves. A due date is counted
again from what people recorded, never from an earlier recounting: a day given off and taken back moves it there and
back. What counts back from a day, such as the opening of a session, moves earlier by a holiday before that day, also
where the holiday lies after the due date. A suspension keeps the number of days that it gave. Dates entered by hand
stay, and so do those of a rule that has no value any more: they are told as kept.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from noivu.audit.api import record_bulk
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.bulk import AsJson, as_json, in_chunks, insert_rows, much_written
from noivu.core.dates import format_day
from noivu.core.progress import advancing
from noivu.core.querysets import among
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.api import CountingChange, deadline, due_on, one_law, trace_of
from noivu.work.constants import FOREVER, Happening, Status
from noivu.work.kinds import obligation_kinds
from noivu.work.models import Obligation, ObligationEvent, ObligationSpan, Recount
from noivu.work.projection import project

RUNNING = (Status.OPEN.value, Status.SUSPENDED.value)
_CHUNK = 2_500
_SETTING = [
    happening.value
    for happening in (
        *(Happening.ASSIGNED, Happening.DUE_SET, Happening.EXTENDED),
        *(Happening.RESUMED, Happening.DUE_MOVED),
    )
]
_LAID_OUT = (
    *("obligation_id", "kind", "unit_id", "arises_on", "valid_from", "valid_to"),
    *("due_on", "status", "stage", "completed_on"),
)
_EVENT = (
    *("obligation", "happening", "on", "order", "due_on", "former_due_on", "rule", "working_days", "counted_from"),
    *("trace", "recount", "reason", "from_sheet", "actor_id", "actor_name", "recorded_at"),
)


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

    def stands_like(self, other: "_Stretch") -> bool:
        return (self.unit_id, self.due_on, *self[8:]) == (other.unit_id, other.due_on, *other[8:])


class _Said(NamedTuple):
    """An event that gave a due date, and how it was counted."""

    obligation_id: int
    happening: str
    on: date
    due_on: date
    rule: str
    working_days: int | None
    counted_from: date | None


@dataclass(frozen=True, slots=True)
class Move:
    """A due date that moves: from which day to which, counted how; `on`: the day of the event that says so."""

    obligation_id: int
    on: date
    before: date
    after: date
    rule: str
    working_days: int | None
    counted_from: date


@dataclass(slots=True)
class Recounted:
    """What a recounting moved, or would move, and how many it kept. `recount` is its row, None when only foreseen."""

    moved: int = 0
    kept: int = 0
    moves: list[Move] = field(default_factory=list)
    recount: Recount | None = None


@dataclass
class _Counting:
    """Counts each distinct (rule, number, day) once."""

    change: CountingChange
    known: dict[tuple[str, int | None, date], date | None] = field(default_factory=dict)
    traces: dict[tuple[str, int | None, date], AsJson] = field(default_factory=dict)

    def trace(self, rule: str, working_days: int | None, start: date) -> AsJson:
        """What was counted, to be kept beside each due date that it gave."""
        key = (rule, working_days, start)
        if key not in self.traces:
            counted = deadline(start, rule=rule) if rule else deadline(start, working_days=working_days)
            self.traces[key] = as_json(trace_of(counted))
        return self.traces[key]

    def due(self, rule: str, working_days: int | None, start: date) -> date | None:
        key = (rule, working_days, start)
        if key not in self.known:
            self.known[key] = self._due(*key)
        return self.known[key]

    @staticmethod
    def _due(rule: str, working_days: int | None, start: date) -> date | None:
        """None where the rule has no value on the day, or the calendar does not reach so far: nothing to count by."""
        try:
            return due_on(start, rule) if rule else due_on(start, working_days=working_days)
        except Refusal:
            return None

    def concerns(self, said: _Said) -> bool:
        """Whether what changed lies on the way from the event to the due date, or is its rule."""
        change, start = self.change, said.counted_from
        if start is None:
            return False
        if not (change.days or change.rules):
            return True
        if change.rules and said.rule and {said.rule, f"deadline.{said.rule}"} & change.rules:
            return True
        first, last = min(start, said.due_on), max(start, said.due_on)
        return any(first <= day <= last for day in change.days)

    def might_concern(self, stretch: _Stretch) -> bool:
        """Of a date entered by hand: whether what changed lies in its time."""
        due = stretch.due_on
        days = self.change.days
        return due is not None and (not (days or self.change.rules) or any(stretch.arises_on <= d <= due for d in days))


Progress = Callable[[Iterable[list[int]], int], Iterable[list[int]]]


def recount(change: CountingChange, progress: Progress = lambda chunks, total: chunks) -> Recounted:
    """Move what the change moves, whole or not at all; with `dry_run` only say what would move. The caller has asked
    whether the actor may. Without days and rules everything open is counted again."""
    if change.dry_run:
        return _recount(change, None, progress)
    with much_written(), transaction.atomic():
        row = Recount.objects.create(
            reason=change.reason,
            instrument=change.instrument,
            days=sorted(day.isoformat() for day in change.days),
            rules=sorted(change.rules),
            actor_id=change.actor.id,
            actor_name=change.actor.name,
        )
        done = _recount(change, row, progress)
        if not done.moved:
            row.delete()
            return done
        row.moved, row.kept = done.moved, done.kept
        row.save(update_fields=["moved", "kept"])
        done.recount = row
        _log(change, done.moves)
    return done


def recount_all(actor: Actor, reason: str, *, dry_run: bool, progress: Progress) -> Recounted:
    """Count everything open again, whatever changed when: for an installation whose calendar was changed before its
    due dates followed."""
    access.require_for_all(actor, "law.edit_calendar")
    return recount(CountingChange(actor, reason, dry_run=dry_run), progress)


def standing() -> QuerySet[ObligationSpan]:
    """The last stretches of what is open or suspended and has a due date."""
    spans = ObligationSpan.objects.current().filter(kind__in=obligation_kinds.codes, status__in=RUNNING)
    return spans.filter(valid_to=FOREVER, due_on__isnull=False)


def _recount(change: CountingChange, row: Recount | None, progress: Progress) -> Recounted:
    done, today, now = Recounted(), clock.today(), row.recorded_at if row else clock.now()
    chunks = list(in_chunks(_within_reach_of(change), _CHUNK))
    with one_law():
        counting = _Counting(change)
        for some in progress(advancing(chunks), len(chunks)):
            if row is not None:
                _hold(some)
            lying = _lying(some)
            moves, kept = _moves(lying, _said(some), counting, today)
            done.kept += kept
            done.moved += len(moves)
            done.moves += moves
            if row is not None:
                _write(moves, row, counting)
                _lay_out(moves, lying, now)
    return done


def _within_reach_of(change: CountingChange) -> list[int]:
    """What the change may concern: where days changed, what is not due before the first of them, or is counted back
    from a day that is not before it."""
    rows = standing().order_by()
    if not change.days:
        return sorted(rows.values_list("obligation_id", flat=True))
    first = min(change.days)
    counted = ObligationEvent.objects.current().filter(
        obligation=OuterRef("obligation"), happening__in=_SETTING, counted_from__gte=first
    )
    back = rows.filter(Exists(counted), due_on__lt=first)
    return sorted(
        pk for some in (rows.filter(due_on__gte=first), back) for pk in some.values_list("obligation_id", flat=True)
    )


def _hold(ids: Sequence[int]) -> None:
    """Nobody else writes to these until the transaction ends."""
    rows = Obligation.objects.select_for_update().filter(among("pk", ids)).order_by("pk")
    list(rows.values_list("pk", flat=True))


def _lying(ids: Sequence[int]) -> dict[int, _Stretch]:
    rows = standing().filter(among("obligation", ids)).values_list("pk", *_LAID_OUT)
    return {stretch.obligation_id: stretch for stretch in map(_Stretch._make, rows)}


def _said(ids: Sequence[int]) -> defaultdict[int, list[_Said]]:
    """What gave these obligations their due dates, in order."""
    events = ObligationEvent.objects.current().filter(
        among("obligation", ids), happening__in=_SETTING, due_on__isnull=False
    )
    said: defaultdict[int, list[_Said]] = defaultdict(list)
    for row in events.order_by("obligation_id", "on", "order", "pk").values_list(*_Said._fields):
        said[row[0]].append(_Said._make(row))
    return said


def _moves(
    lying: Mapping[int, _Stretch], said: Mapping[int, list[_Said]], counting: _Counting, today: date
) -> tuple[list[Move], int]:
    moves, kept = [], 0
    for pk, stretch in lying.items():
        events = [one for one in said.get(pk, ()) if one.due_on]
        move = _move_of(stretch, events, counting, today)
        if move is None:
            kept += counting.might_concern(stretch)
        elif move.after != move.before:
            moves.append(move)
    return moves, kept


def _move_of(stretch: _Stretch, events: Sequence[_Said], counting: _Counting, today: date) -> Move | None:
    """The due date as counted now; None where it was entered by hand, or cannot be counted any more."""
    told = [one for one in events if one.happening != Happening.DUE_MOVED]
    if not told or stretch.due_on is None or told[-1].counted_from is None:
        return None
    if not any(counting.concerns(one) for one in events):
        return _unmoved(stretch, told[-1])
    due = start = None
    stood: date | None = None
    for one in events:
        if one.happening != Happening.DUE_MOVED:
            continues = one.happening == Happening.RESUMED and one.counted_from == stood
            start = due if continues and due else one.counted_from
            due = counting.due(one.rule, one.working_days, start) if start else one.due_on
        stood = one.due_on
    last = told[-1]
    if due is None or start is None:
        return None
    on = max(today, last.on)
    return Move(stretch.obligation_id, on, stretch.due_on, due, last.rule, last.working_days, start)


def _unmoved(stretch: _Stretch, last: _Said) -> Move | None:
    """Counted, and what changed does not lie on its way."""
    due, start = stretch.due_on, last.counted_from
    if due is None or start is None:
        return None
    return Move(stretch.obligation_id, last.on, due, due, last.rule, last.working_days, start)


def _write(moves: Sequence[Move], row: Recount, counting: _Counting) -> None:
    change = counting.change
    ids = [move.obligation_id for move in moves]
    taken: dict[tuple[int, date], int] = {}
    if moves:
        since = ObligationEvent.objects.current().filter(
            among("obligation", ids), on__gte=min(move.on for move in moves)
        )
        for obligation_id, day, order in since.order_by("order").values_list("obligation_id", "on", "order"):
            taken[obligation_id, day] = order
    said = (row.pk, change.reason, False, change.actor.id, change.actor.name, row.recorded_at)
    insert_rows(
        ObligationEvent,
        _EVENT,
        (
            (
                *(move.obligation_id, Happening.DUE_MOVED.value, move.on),
                taken.get((move.obligation_id, move.on), -1) + 1,
                *(move.after, move.before, move.rule, move.working_days, move.counted_from),
                counting.trace(move.rule, move.working_days, move.counted_from),
                *said,
            )
            for move in moves
        ),
    )


def _lay_out(moves: Sequence[Move], lying: Mapping[int, _Stretch], now: datetime) -> None:
    """The last stretch is parted on the day of the event: as `project` lays it out, without replaying what happened.

    What the event does not simply part, because something lies on a later day, is laid out by `project`.
    """
    outdated: list[int] = []
    added: list[_Stretch] = []
    others: list[int] = []
    begun_today = [m.obligation_id for m in moves if lying[m.obligation_id].valid_from == m.on]
    before = _ending_where_the_last_begins(begun_today, lying)
    for move in moves:
        last = lying[move.obligation_id]
        moved = last._replace(due_on=move.after)
        if last.valid_from > move.on:
            others.append(move.obligation_id)
            continue
        outdated.append(last.pk)
        if last.valid_from < move.on:
            added += [last._replace(valid_to=move.on), moved._replace(valid_from=move.on)]
        elif (former := before.get(move.obligation_id)) and former.stands_like(moved):
            outdated.append(former.pk)
            added.append(former._replace(valid_to=FOREVER))
        else:
            added.append(moved)
    for some in in_chunks(outdated, _CHUNK):
        ObligationSpan.objects.filter(among("pk", some)).update(superseded_at=now)
    names = [*(name.removesuffix("_id") for name in _LAID_OUT), "recorded_at"]
    insert_rows(ObligationSpan, names, ((*stretch[1:], now) for stretch in added))
    project(others, now)


def _ending_where_the_last_begins(ids: Collection[int], lying: Mapping[int, _Stretch]) -> dict[int, _Stretch]:
    if not ids:
        return {}
    rows = ObligationSpan.objects.current().filter(among("obligation", ids)).values_list("pk", *_LAID_OUT)
    stretches = map(_Stretch._make, rows)
    return {one.obligation_id: one for one in stretches if one.valid_to == lying[one.obligation_id].valid_from}


def _log(change: CountingChange, moves: Sequence[Move]) -> None:
    record_bulk(
        actor=change.actor,
        action="obligation.recount",
        label=change.reason,
        rows=(("work.obligation", move.obligation_id, _told(move)) for move in moves),
        reason=change.reason,
        instrument=change.instrument,
    )


def _told(move: Move) -> dict[str, Any]:
    return {"due_on": move.after.isoformat(), "on": move.on.isoformat()}


def in_words(done: Recounted) -> Text:
    """What moves, or moved, for whoever changes the calendar."""
    return Text(
        vi="{n} việc đang mở dời hạn; {kept} việc có hạn trong thời gian đó giữ nguyên vì ghi hạn trực tiếp.",
        en="{n} open obligation gets another due date||{n} open obligations get another due date; "
        "{kept} in that time keep theirs, entered by hand.",
    ).format(n=done.moved, kept=done.kept)


def examples(done: Recounted, most: int = 5) -> Iterator[str]:
    """Some of the moves, for people."""
    for move in done.moves[:most]:
        yield f"#{move.obligation_id}: {format_day(move.before)} → {format_day(move.after)}"
