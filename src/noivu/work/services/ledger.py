"""One way in which anything happens to an obligation: locked, checked, written, laid out, audited."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.api import Deadline, deadline, trace_of
from noivu.records.api import as_kept, overruled, require_not_to_come, search_text
from noivu.work.constants import (
    FOREVER,
    HAPPENINGS,
    REQUESTING,
    STANDING,
    STATUSES,
    UNANSWERED,
    Happening,
    RequestState,
    Status,
)
from noivu.work.duedates import require_likely_due
from noivu.work.families import GIVING, require_within_family
from noivu.work.kinds import kind_of
from noivu.work.models import ExtensionRequest, Obligation, ObligationEvent
from noivu.work.policies import right_to
from noivu.work.reorganising import project_and_follow
from noivu.work.rules import require_rule_of_place
from noivu.work.timeline import BEGINNING, Event, Life, State, closing_after, state_on


@dataclass(frozen=True, slots=True)
class Due:
    """A due date: given, or counted by a rule of `law`, or as so many working days from the day of the event; from
    another day `start`, where it is named: that of a session, or the month of the programme."""

    on: date | None = None
    rule: str = ""
    working_days: int | None = None
    start: date | None = None

    def counted_from(self, start: date) -> date | None:
        """The day itself; None when none is set."""
        counted = self.deadline_from(start)
        return counted.due_on if counted else self.on

    def deadline_from(self, start: date) -> Deadline | None:
        """How it is counted; None for a day that is given."""
        if self.rule:
            return deadline(self.start or start, rule=self.rule)
        return None if self.working_days is None else deadline(start, working_days=self.working_days)


@dataclass(frozen=True, slots=True)
class Happened:
    """What is to be written: an event without its obligation and actor."""

    happening: Happening
    on: date
    reason: str = ""
    due: Due | None = None
    due_from: date | None = None
    unit_id: int | None = None
    officer: str = ""
    outgoing_id: int | None = None
    symbol: str = ""
    former_handler_id: int | None = None
    former_officer: tuple[str, str] | None = None

    def counted(self) -> Deadline | None:
        """How the due date is counted, where it is."""
        return self.due.deadline_from(self.due_from or self.on) if self.due else None

    def due_on(self) -> date | None:
        return self.due.counted_from(self.due_from or self.on) if self.due else None


def locked(obligation: Obligation) -> Obligation:
    """The obligation as it stands, held until the transaction ends."""
    fresh = Obligation.objects.standing().select_for_update().filter(pk=obligation.pk).first()
    if fresh is None:
        raise Refusal(
            what=Text(vi="Mục này đã được gỡ vì ghi nhầm.", en="This entry was removed as a mistake."), code="removed"
        )
    return fresh


def lived(obligation: Obligation) -> tuple[Life, list[Event]]:
    """What is fixed about an obligation, and what happened to it, as the pure timeline reads them."""
    events = [event.as_event() for event in obligation.events.current()]
    return Life(obligation.first_unit_id, obligation.arises_on, obligation.confirmation_required), events


def stands(obligation: Obligation, day: date) -> State:
    """How a locked obligation stands at the end of a day; refused for days before it arose."""
    life, events = lived(obligation)
    state = state_on(life, events, day)
    if state is None:
        arose = format_day(obligation.arises_on)
        raise Refusal(
            what=Text(
                vi=f"Ngày {format_day(day)} sớm hơn ngày phát sinh {arose}.",
                en=f"{format_day(day)} is before the day it arose, {arose}.",
            ),
            do=Text(vi="Nhập ngày từ ngày phát sinh trở đi.", en="Enter that day or a later one."),
            where="on",
            code="order",
        )
    return state


def require_before_the_rest(obligation: Obligation, arises_on: date, where: str) -> None:
    """Refuse a first day that is later than what happened afterwards."""
    beginning = [happening.value for happening in BEGINNING]
    begins = Q(on=obligation.arises_on, happening__in=beginning, former_officer__isnull=True)
    rest = obligation.events.current().exclude(begins)
    earliest = rest.order_by("on").values_list("on", flat=True).first()
    if earliest is not None and earliest < arises_on:
        raise Refusal(
            what=Text(
                vi=f"Ngày {format_day(arises_on)} sau diễn biến đã ghi ngày {format_day(earliest)}.",
                en=f"{format_day(arises_on)} is later than what is recorded on {format_day(earliest)}.",
            ),
            do=Text(vi="Nhập ngày không muộn hơn diễn biến đầu tiên.", en="Enter a day that is not later."),
            where=where,
            code="order",
        )


def require_status(state: State, happening: Happening, *allowed: Status) -> None:
    """Refuse what cannot happen in this state."""
    if state.status not in allowed:
        raise Refusal(
            what=Text(vi="Không thể “{verb}”: mục này {status}.", en="Cannot record “{verb}”: it is {status}.").format(
                verb=HAPPENINGS[happening], status=_lower(STATUSES[state.status])
            ),
            do=Text(vi="Tải lại trang để xem diễn biến mới nhất.", en="Reload the page to see its latest events."),
            code="state",
        )


def require_not_closed_later(obligation: Obligation, happened: "Happened") -> None:
    """Refuse what is said of a day before one on which it was reported, done or cancelled: it would change whether it
    was on time."""
    closing = closing_after(*lived(obligation), happened.on)
    if closing is None:
        return
    verb, known = HAPPENINGS[happened.happening], HAPPENINGS[closing.happening]
    day, symbol = format_day(closing.on), f" ({closing.symbol})" if closing.symbol else ""
    raise Refusal(
        what=Text(
            vi=f"Không thể “{verb.vi}” ngày {format_day(happened.on)}: đã ghi “{known.vi}” ngày {day}{symbol}.",
            en=f"Cannot record “{verb.en}” on {format_day(happened.on)}: “{known.en}” is recorded on {day}{symbol}.",
        ),
        do=Text(
            vi="Nếu việc đó ghi nhầm, thu hồi nó trước.", en="If that was recorded by mistake, take it back first."
        ),
        where="on",
        code="closed_later",
    )


def _lower(text: Text) -> Text:
    return Text(vi=text.vi.lower(), en=text.en.lower())


def happen(
    *,
    actor: Actor,
    obligation: Obligation,
    action: str,
    happened: Happened,
    changes: Mapping[str, Any] | None = None,
    verb: str = "",
    allowed: tuple[Status, ...] = tuple(Status),
    over: Obligation | None = None,
) -> Obligation:
    """Write one event with its consequences. Call inside a transaction; returns the obligation as it then stands.

    `verb`: the right asked, where it is not the usual one of what happens. `over`: the whole, where the right over it
    is the right over this part.
    """
    access.require(actor, *right_to(happened.happening, over or obligation, verb))
    require_not_to_come(happened.on, "on")
    fresh = locked(obligation)
    require_likely_due(happened.due_on(), fresh.arises_on)
    before = stands(fresh, happened.on)
    require_status(before, happened.happening, *allowed)
    require_not_closed_later(fresh, happened)
    now = clock.now()
    if happened.happening in GIVING:
        require_within_family(fresh, happened.due_on())
    stood = stands(fresh, FOREVER)
    write_event(fresh, happened, actor, now)
    follow_request(fresh, happened, actor, now)
    update(fresh, changes or {})
    project_and_follow([fresh.pk], now)
    require_still_within_family(fresh, stood)
    fresh.refresh_from_db(fields=["reply_document", "answer_symbol"])
    after = stands(fresh, happened.on)
    record(
        actor=actor,
        action=action,
        thing=fresh,
        before=told(before),
        after={
            **told(after),
            **{name: plain(value) for name, value in (changes or {}).items()},
            **({"answer_symbol": happened.symbol} if happened.symbol else {}),
            "on": happened.on.isoformat(),
        },
        reason=happened.reason,
    )
    return fresh


def require_still_within_family(fresh: Obligation, stood: State) -> None:
    """Refuse what makes it owed again, or by another day, past its whole or before one of its parts."""
    stands_now = stands(fresh, FOREVER)
    is_as_before = stood.status in STANDING and stood.due_on == stands_now.due_on
    if stands_now.status in STANDING and not is_as_before:
        require_within_family(fresh, stands_now.due_on)


def write_event(
    obligation: Obligation, happened: Happened, actor: Actor, now: datetime, *, order: int | None = None
) -> None:
    """Add the row of an event, after those of the same day unless its `order` among them is known."""
    if order is None:
        last = obligation.events.current().filter(on=happened.on).aggregate(last=Max("order"))["last"]
        order = 0 if last is None else last + 1
    due, counted = happened.due, happened.counted()
    if counted is not None:
        require_rule_of_place(counted, obligation.unit_id)
    ObligationEvent.objects.create(
        obligation=obligation,
        happening=happened.happening.value,
        on=happened.on,
        order=order,
        due_on=happened.due_on(),
        unit_id=happened.unit_id,
        officer=happened.officer,
        reason=happened.reason,
        rule=due.rule if due else "",
        working_days=due.working_days if due else None,
        counted_from=counted.starts_on if counted else None,
        trace=trace_of(counted) if counted else None,
        outgoing_id=happened.outgoing_id,
        symbol=happened.symbol,
        former_handler_id=happened.former_handler_id,
        former_officer=happened.former_officer,
        actor_id=actor.id,
        actor_name=actor.name_over(obligation),
        recorded_at=now,
    )


def follow_request(obligation: Obligation, happened: Happened, actor: Actor, now: datetime) -> None:
    """What happened answers the request for an extension that waits; what closes or moves the work lets it lapse."""
    request = ExtensionRequest.objects.filter(obligation=obligation, state__in=UNANSWERED).first()
    if request is None:
        return
    state = REQUESTING.get(happened.happening)
    if happened.happening in _LETS_LAPSE:
        state = RequestState.LAPSED
        lapsed = Happened(Happening.REQUEST_LAPSED, max(happened.on, request.answered_on or request.asked_on))
        write_event(obligation, lapsed, actor, now)
    if state is None:
        return
    request.state, request.answered_on = state.value, happened.on
    if state is RequestState.OFFERED:
        request.offered_due_on = happened.due_on()
    request.save(update_fields=["state", "answered_on", "offered_due_on"])


_LETS_LAPSE = frozenset(
    {
        *(Happening.COMPLETED, Happening.CANCELLED, Happening.TRANSFERRED),
        *(Happening.PASSED_BACK, Happening.TURNED_DOWN),
    }
)


def update(obligation: Obligation, changes: Mapping[str, Any]) -> None:
    """Set descriptive fields of a locked obligation."""
    before = {name: getattr(obligation, name) for name, value in changes.items() if getattr(obligation, name) != value}
    for name in before:
        setattr(obligation, name, changes[name])
    if before:
        obligation.sheet_said = overruled(obligation, before)
        searched = describe(obligation) if kind_of(obligation.kind).searched else ()
        obligation.save(update_fields=[*before, *searched, "sheet_said"])


def describe(obligation: Obligation) -> tuple[str, ...]:
    """Let the words by which a task or a recommendation is found be those that stand in it; the field set."""
    obligation.search_text = search_text(getattr(obligation, name) for name in kind_of(obligation.kind).searched)
    return ("search_text",)


def set_aside(obligation: Obligation, events: Iterable[ObligationEvent], now: datetime) -> None:
    """A person says these events no more: a sheet that says them again says nothing new."""
    outdated = list(events)
    ObligationEvent.objects.filter(pk__in=[event.pk for event in outdated]).update(superseded_at=now)
    if obligation.sheet_said is None:
        return
    kept: defaultdict[str, list[Any]] = defaultdict(list)
    for event in outdated:
        if event.outgoing_id is None:
            kept[event.happening].append([as_kept(event.on), as_kept(event.due_on), event.symbol])
    events_said = {**kept, **obligation.sheet_said.get("events", {})}
    obligation.sheet_said = {**obligation.sheet_said, "events": events_said}
    obligation.save(update_fields=["sheet_said"])


def told(state: State) -> dict[str, Any]:
    """A state as plain values for the audit log."""
    return {
        "unit_id": state.unit_id,
        "status": state.status.value,
        "stage": state.stage.value,
        "due_on": plain(state.due_on),
        "completed_on": plain(state.completed_on),
    }


def plain(value: Any) -> Any:
    """A value as the audit log keeps it."""
    return value.isoformat() if isinstance(value, date) else value
