"""The life of one obligation as pages tell it: what happened, why its due date is that day, how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.api import WhyDate, deadline, why_date
from noivu.units.api import Node, Tree, find_node, heirs_on, tree
from noivu.work.api import DueLine, ObligationEvent
from noivu.work.constants import HAPPENINGS, Happening

_SET_BY_HAND = Text(
    vi="Ghi trực tiếp, không tính theo quy tắc.",
    en="Entered by hand, not counted by a rule.",
)
_DUE = (
    Happening.ASSIGNED.value,
    Happening.DUE_SET.value,
    Happening.EXTENDED.value,
    Happening.RESUMED.value,
)


@dataclass(frozen=True, slots=True)
class WhyDue:
    """Why the due date is that day: `why` explains a counted one day by day; `words` say how it came to be.

    `was_moved`: by a suspension, counted from the due date before it.
    """

    due_on: date
    why: WhyDate | None
    words: Text
    reason: str = ""
    was_moved: bool = False


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
    said = [event for event in events if event.happening in _DUE and event.due_on and event.on <= day]
    if not said or said[-1].due_on is None:
        return None
    event = said[-1]
    was_moved = event.happening == Happening.RESUMED.value
    return WhyDue(said[-1].due_on, _counted(event), _set_words(event), event.reason, was_moved)


def _counted(event: ObligationEvent) -> WhyDate | None:
    if event.counted_from is None:
        return None
    if event.rule:
        counted = deadline(event.counted_from, rule=event.rule)
    else:
        counted = deadline(event.counted_from, working_days=event.working_days)
    return why_date(counted) if counted.due_on == event.due_on else None


def _set_words(event: ObligationEvent) -> Text:
    if event.happening == Happening.EXTENDED.value:
        return Text(vi="Gia hạn ngày {day}.", en="Extended on {day}.").format(day=format_day(event.on))
    if event.happening == Happening.RESUMED.value:
        return Text(
            vi="Dời theo thời gian tạm dừng, khi tiếp tục ngày {day}.",
            en="Moved by the suspension, when it was resumed on {day}.",
        ).format(day=format_day(event.on))
    return _SET_BY_HAND


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
    if event.symbol:
        return event.symbol
    if event.unit_id is not None or event.officer:
        unit = unit_name(tree(event.on), event.unit_id)
        return f"{unit} ({event.officer})" if unit and event.officer else unit or event.officer
    if event.due_on is not None:
        return Text(vi="hạn {day}", en="due {day}").format(day=format_day(event.due_on))
    return ""


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
