"""The life of one obligation as pages tell it: what happened, why its due date is that day, how it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.api import WhyDate, deadline, read_trace, why_date
from noivu.units.api import Node, Tree, find_node, heirs_on, tree
from noivu.work.api import DueLine, ObligationEvent
from noivu.work.constants import HAPPENINGS, TIMELINESS, Happening, Timeliness

_SET_BY_HAND = Text(
    vi="Ghi trực tiếp, không tính theo quy tắc.",
    en="Entered by hand, not counted by a rule.",
)
_RULE_GONE = Text(
    vi="Được tính theo một quy tắc nay không còn giá trị.",
    en="Counted by a rule that has no value any more.",
)
_DUE = (
    Happening.ASSIGNED.value,
    Happening.DUE_SET.value,
    Happening.EXTENDED.value,
    Happening.RESUMED.value,
    Happening.DUE_MOVED.value,
)


@dataclass(frozen=True, slots=True)
class WhyDue:
    """Why the due date is that day: `why` explains a counted one day by day; `words` say how it came to be.

    `was_moved`: by a suspension, counted from the due date before it, or because days or its rule count otherwise now.
    `counts_otherwise`: what it was counted by then is not kept, and counting today gives another day.
    """

    due_on: date
    why: WhyDate | None
    words: Text
    reason: str = ""
    was_moved: bool = False
    counts_otherwise: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the process: the day, what happened, its particulars, who did it. `is_next`: still to come."""

    on: date
    label: Text
    note: Text | str = ""
    reason: str = ""
    actor: str = ""
    recorded_at: datetime | None = None
    is_next: bool = False


def events_of(obligation_id: int) -> Sequence[ObligationEvent]:
    """What happened to an obligation, in order. One query."""
    events = ObligationEvent.objects.current().filter(obligation_id=obligation_id)
    return list(events.select_related("outgoing", "act").defer("act__plan").order_by("on", "order", "id"))


def why_due(events: Sequence[ObligationEvent], day: date) -> WhyDue | None:
    """The explanation of the due date that holds on a day; None where none is set."""
    event = _deciding(event for event in events if event.happening in _DUE and event.on <= day)
    if event is None or event.due_on is None:
        return None
    counted = _counted(event)
    if counted is not None and counted.due_on != event.due_on:
        return WhyDue(event.due_on, counted, _otherwise(event, counted), event.reason, True, counts_otherwise=True)
    was_moved = event.happening in {Happening.RESUMED.value, Happening.DUE_MOVED.value}
    return WhyDue(event.due_on, counted, _set_words(event), event.reason, was_moved)


def _deciding(events: Iterable[ObligationEvent]) -> ObligationEvent | None:
    """What gave the due date that holds; a recounting of another date moves nothing."""
    deciding = None
    for event in events:
        stands = deciding.due_on if deciding else None
        if event.due_on and (event.happening != Happening.DUE_MOVED or event.former_due_on == stands):
            deciding = event
    return deciding


def _counted(event: ObligationEvent) -> WhyDate | None:
    if event.trace is not None:
        return read_trace(event.trace)
    if event.counted_from is None:
        return None
    try:
        if event.rule:
            return why_date(deadline(event.counted_from, rule=event.rule))
        return why_date(deadline(event.counted_from, working_days=event.working_days))
    except Refusal:  # the rule has no value any more: said in words
        return None


def _otherwise(event: ObligationEvent, counted: WhyDate) -> Text:
    """It was counted on a calendar, or by a rule, that has changed since, and it did not move."""
    return Text(
        vi="Được tính từ ngày {start} theo lịch làm việc và quy tắc khi đó. Tính lại hôm nay là {day}, như dưới đây; "
        "hạn đã ghi không đổi.",
        en="Counted from {start} by the calendar and the rules of that time. Counted today it is {day}, as below; the "
        "recorded due date stays.",
    ).format(start=format_day(event.counted_from or event.on), day=format_day(counted.due_on))


def _set_words(event: ObligationEvent) -> Text:
    if event.happening == Happening.EXTENDED.value:
        return Text(vi="Gia hạn ngày {day}.", en="Extended on {day}.").format(day=format_day(event.on))
    if event.happening == Happening.DUE_MOVED.value and event.former_due_on:
        return Text(
            vi="Dời từ {former} khi tính lại ngày {day}. {reason}",
            en="Moved from {former} when it was counted anew on {day}. {reason}",
        ).format(former=format_day(event.former_due_on), day=format_day(event.on), reason=event.reason)
    if event.happening == Happening.RESUMED.value:
        return Text(
            vi="Dời theo thời gian tạm dừng, khi tiếp tục ngày {day}.",
            en="Moved by the suspension, when it was resumed on {day}.",
        ).format(day=format_day(event.on))
    return _SET_BY_HAND if event.counted_from is None else _RULE_GONE


def steps_of(events: Sequence[ObligationEvent]) -> list[Step]:
    """What happened, as lines; names of units as of the day of each event."""
    return [_step(event) for event in events]


def _step(event: ObligationEvent) -> Step:
    return Step(
        on=event.on,
        label=HAPPENINGS[Happening(event.happening)],
        note=_note(event),
        reason=event.reason,
        actor=event.actor_name,
        recorded_at=event.recorded_at,
    )


def _note(event: ObligationEvent) -> Text | str:
    if event.act is not None:
        before = tree(event.act.takes_effect_on - timedelta(days=1))
        former = unit_name(before, event.former_unit_id or event.former_handler_id)
        heir = unit_name(tree(event.on), event.unit_id)
        return Text(vi="từ {former} sang {heir}", en="from {former} to {heir}").format(former=former, heir=heir)
    if event.outgoing is not None:
        return event.outgoing.symbol
    if event.happening == Happening.PASSED_BACK.value and event.due_on is not None:
        return _passed_back(event.symbol, event.on, event.due_on, (event.trace or {}).get("instrument", ""))
    if event.symbol:
        return event.symbol
    if event.unit_id is not None or event.officer:
        unit = unit_name(tree(event.on), event.unit_id)
        return f"{unit} ({event.officer})" if unit and event.officer else unit or event.officer
    if event.former_due_on is not None and event.due_on is not None:
        days = {"former": format_day(event.former_due_on), "day": format_day(event.due_on)}
        return Text(vi="từ {former} sang {day}", en="from {former} to {day}").format(**days)
    if event.due_on is not None:
        return Text(vi="hạn {day}", en="due {day}").format(day=format_day(event.due_on))
    return ""


def _passed_back(symbol: str, on: date, due_on: date, instrument: str) -> Text:
    """The paper, by when it was to go back and by what, and whether it did."""
    in_time = Timeliness.DONE_ON_TIME if on <= due_on else Timeliness.DONE_LATE
    words = TIMELINESS[in_time]
    paper = f"{symbol}, " if symbol else ""
    return Text(
        vi=f"{paper}hạn trả lại {format_day(due_on)} theo {instrument}: {words.vi.lower()}",
        en=f"{paper}to go back by {format_day(due_on)} ({instrument}): {words.en.lower()}",
    )


def node_named(units: Tree, typed: str) -> Node | None:
    """The unit that a condition means, by its code or its whole name; None where that is no one unit."""
    try:
        return find_node(typed, units)
    except Refusal:
        return None


def handling_unit(units: Tree, line: DueLine) -> str:
    """The name of the unit that handles what is owed: the one it was given to, else the one that owes it."""
    return unit_name(units, line.assigned_unit_id) or unit_name(units, line.unit_id)


def unit_name(units: Tree, unit_id: int | None) -> str:
    """The name of a unit on the day of the tree; empty where it does not exist then."""
    node = units.node(unit_id) if unit_id is not None else None
    return node.name if node else ""


def name_of_once(units: Tree, unit_id: int | None, since: date) -> Text | str:
    """The name of a unit on the day of the tree; of one that has ended, the name it had and who has its place."""
    name = unit_name(units, unit_id)
    if name or unit_id is None:
        return name
    former, heir = unit_name(tree(since), unit_id), unit_name(units, heirs_on(units.on).get(unit_id))
    if not former or not heir:
        return former
    return Text(vi="{former}, nay là {heir}", en="{former}, now {heir}").format(former=former, heir=heir)
