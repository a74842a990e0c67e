"""From what happened to how things stood: pure functions, no database.

An obligation's events are the truth. `state_on` replays them for one day: slow and obvious. `spans` lays the same
answer out as stretches of days in which nothing changes, exactly one for each day from the day it arises. `timeliness`
compares a state with a day. Where the assigner requires confirmation, the confirmation is what completes; until then
it waits.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from noivu.work.constants import FOREVER, REQUESTING, UNANSWERED, Happening, RequestState, Stage, Status, Timeliness

_RUNNING = frozenset({Status.OPEN, Status.SUSPENDED})
_CLOSED = frozenset({Status.COMPLETED, Status.DECLINED, Status.CANCELLED})
_REPORTED = frozenset({Status.AWAITING, Status.COMPLETED})
BEGINNING = (Happening.ASSIGNED, Happening.DUE_SET)
"""What is recorded of the day on which it arises."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day. `order` ranks what happened on the same day.

    What completed it may have a `symbol`, and be a document of the register, `outgoing_id`. What moves a due date names
    the one it moves, `former_due_on`.
    """

    happening: Happening
    on: date
    order: int = 0
    due_on: date | None = None
    unit_id: int | None = None
    outgoing_id: int | None = None
    symbol: str = ""
    former_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class State:
    """How an obligation stands at the end of a day."""

    unit_id: int
    due_on: date | None
    status: Status
    stage: Stage
    completed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days, `valid_to` left out, in which an obligation stands the same."""

    valid_from: date
    valid_to: date
    state: State


@dataclass(frozen=True, slots=True)
class Life:
    """What is fixed about an obligation: whose it is at first, from which day, and whether completion needs
    confirming."""

    unit_id: int
    arises_on: date
    confirmation_required: bool = False


def state_on(life: Life, events: Iterable[Event], day: date) -> State | None:
    """How the obligation stood at the end of `day`; None before it arose."""
    if day < life.arises_on:
        return None
    state = _beginning(life)
    for event in in_order(life, events):
        if event.on <= day:
            state = after(life, state, event)
    return state


def spans(life: Life, events: Iterable[Event]) -> list[Span]:
    """All stretches from the day the obligation arises, in order, without gap or overlap; the last one lasts."""
    changes: list[tuple[date, State]] = [(life.arises_on, _beginning(life))]
    for event in in_order(life, events):
        day = max(event.on, life.arises_on)
        state = after(life, changes[-1][1], event)
        if changes[-1][0] == day:
            changes.pop()
        if not changes or changes[-1][1] != state:
            changes.append((day, state))
    ends = [day for day, _ in changes[1:]] + [FOREVER]
    return [Span(day, end, state) for (day, state), end in zip(changes, ends, strict=True)]


def completing(life: Life, events: Iterable[Event]) -> Event | None:
    """What completed it in the end: the reply, the answer, the report that was confirmed; None while it is not done."""
    state, done = _beginning(life), None
    for event in in_order(life, events):
        before, state = state, after(life, state, event)
        if state.status not in _REPORTED:
            done = None
        elif before.status not in _REPORTED:
            done = event
    return done if state.status is Status.COMPLETED else None


def closing_after(life: Life, events: Iterable[Event], day: date) -> Event | None:
    """The first event later than `day` by which it was reported, done or cancelled; None where there is none."""
    state = _beginning(life)
    for event in in_order(life, events):
        before, state = state, after(life, state, event)
        if max(event.on, life.arises_on) > day and before.status in _RUNNING and state.status not in _RUNNING:
            return event
    return None


def clock_stopped_on(life: Life, events: Iterable[Event], day: date) -> date | None:
    """From which day on its due date has not run, at the end of `day`: that of the suspension, or a later one on which
    a due date was given that knew of it; one counted anew does not. None where it is not suspended."""
    state, stopped = _beginning(life), None
    for event in in_order(life, events):
        if event.on > day:
            break
        before, state = state, after(life, state, event)
        if state.status is not Status.SUSPENDED:
            stopped = None
        elif before.status is not Status.SUSPENDED or (
            before.due_on != state.due_on and event.happening is not Happening.DUE_MOVED
        ):
            stopped = max(event.on, life.arises_on)
    return stopped


def waiting_request(events: Iterable[Event]) -> RequestState | None:
    """For whom a request for an extension waits, after all that happened; None where none waits."""
    state = None
    for event in sorted(events, key=lambda event: (event.on, event.order)):
        state = REQUESTING.get(event.happening, state)
    return state if state in UNANSWERED else None


def in_order(life: Life, events: Iterable[Event]) -> Sequence[Event]:
    """By day, then by order. What is recorded of days before it arose comes on the first day, after its beginning: a
    reply that the register now places before the arrival finds the due date it answers."""

    def place(event: Event) -> tuple[date, bool, date, int]:
        begins = event.on == life.arises_on and event.happening in BEGINNING and event.order < len(BEGINNING)
        return max(event.on, life.arises_on), not begins, event.on, event.order

    return sorted(events, key=place)


def _beginning(life: Life) -> State:
    return State(life.unit_id, due_on=None, status=Status.OPEN, stage=Stage.NOT_STARTED)


def after(life: Life, state: State, event: Event) -> State:
    """The state after an event. An event that makes no sense in a state leaves it as it is."""
    if event.happening not in _EFFECTS:
        return state
    return _EFFECTS[event.happening](life, state, event)


def _assigned(life: Life, state: State, event: Event) -> State:
    if state.status in _CLOSED:
        return state
    stage = Stage.NOT_STARTED if state.status in _RUNNING else state.stage
    return replace(state, stage=stage, due_on=event.due_on or state.due_on)


def _started(life: Life, state: State, event: Event) -> State:
    return replace(state, stage=Stage.IN_PROGRESS) if state.status == Status.OPEN else state


def _due(life: Life, state: State, event: Event) -> State:
    return state if state.status in _CLOSED else replace(state, due_on=event.due_on)


def _due_moved(life: Life, state: State, event: Event) -> State:
    """Only what is open or suspended moves, and only from the date that was counted anew."""
    moves = state.status in _RUNNING and state.due_on == event.former_due_on
    return replace(state, due_on=event.due_on) if moves else state


def _suspended(life: Life, state: State, event: Event) -> State:
    return replace(state, status=Status.SUSPENDED) if state.status == Status.OPEN else state


def _resumed(life: Life, state: State, event: Event) -> State:
    if state.status != Status.SUSPENDED:
        return state
    return replace(state, status=Status.OPEN, due_on=event.due_on or state.due_on)


def _completed(life: Life, state: State, event: Event) -> State:
    if state.status not in _RUNNING:
        return state
    if life.confirmation_required:
        return replace(state, status=Status.AWAITING)
    return replace(state, status=Status.COMPLETED, completed_on=max(event.on, life.arises_on))


def _confirmed(life: Life, state: State, event: Event) -> State:
    if state.status in _CLOSED:
        return state
    return replace(state, status=Status.COMPLETED, completed_on=max(event.on, life.arises_on))


def _returned(life: Life, state: State, event: Event) -> State:
    if state.status not in {Status.AWAITING, Status.COMPLETED}:
        return state
    return replace(state, status=Status.OPEN, stage=Stage.RETURNED, completed_on=None)


def _refused(life: Life, state: State, event: Event) -> State:
    return replace(state, stage=Stage.REFUSED) if state.status == Status.OPEN else state


def _declined(life: Life, state: State, event: Event) -> State:
    return replace(state, status=Status.DECLINED) if state.status in _RUNNING else state


def _cancelled(life: Life, state: State, event: Event) -> State:
    kept = {Status.COMPLETED, Status.DECLINED}
    return state if state.status in kept else replace(state, status=Status.CANCELLED)


def _transferred(life: Life, state: State, event: Event) -> State:
    if state.status in _CLOSED or event.unit_id is None:
        return state
    return replace(state, unit_id=event.unit_id)


_EFFECTS: dict[Happening, Callable[[Life, State, Event], State]] = {
    Happening.ASSIGNED: _assigned,
    Happening.STARTED: _started,
    Happening.DUE_SET: _due,
    Happening.EXTENDED: _due,
    Happening.DUE_MOVED: _due_moved,
    Happening.SUSPENDED: _suspended,
    Happening.RESUMED: _resumed,
    Happening.COMPLETED: _completed,
    Happening.CONFIRMED: _confirmed,
    Happening.RETURNED: _returned,
    Happening.REFUSED: _refused,
    Happening.PASSED_BACK: _declined,
    Happening.TURNED_DOWN: _declined,
    Happening.CANCELLED: _cancelled,
    Happening.TRANSFERRED: _transferred,
}


def timeliness(state: State, day: date, nearly_until: date | None = None) -> Timeliness:
    """A state against a day. `nearly_until`: the last due date that already counts as nearly due on that day.

    The due date itself is still in time. Suspended, waiting and cancelled obligations are not measured.
    """
    if state.status == Status.COMPLETED:
        return _done(state)
    if state.status != Status.OPEN:
        return Timeliness.NOT_COUNTED
    if state.due_on is None:
        return Timeliness.NO_DEADLINE
    if state.due_on < day:
        return Timeliness.OVERDUE
    if nearly_until is not None and state.due_on <= nearly_until:
        return Timeliness.NEARLY_DUE
    return Timeliness.IN_TIME


def _done(state: State) -> Timeliness:
    if state.due_on is None or state.completed_on is None:
        return Timeliness.DONE_NO_DEADLINE
    return Timeliness.DONE_ON_TIME if state.completed_on <= state.due_on else Timeliness.DONE_LATE
