"""Working a plan out on the tree of its day: what each unit is afterwards, and what came of what."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import inf

from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.planning.findings import Finding
from noivu.planning.plan import PART, REST, WHOLE, EventKind, Plan, PlannedEvent, Portion, Source, Target
from noivu.units.api import (
    AREA,
    POPULATION,
    Family,
    Line,
    Node,
    Ref,
    Tree,
    find_node,
    kinds,
    measures_on,
)

MEASURES = (AREA, POPULATION)
_LINES = tuple(line.value for line in Line)
Identities = Mapping[str, uuid.UUID]
"""By code, the identities of units that were there before and are established anew."""


@dataclass(slots=True)
class Draft:
    """A unit as the plan leaves it. `by`: the event that last changed each thing; none: it is as it was."""

    ref: Ref
    family: Family
    kind: str
    name: str
    short_name: str
    code: str
    lines: dict[str, Ref]
    position: int = 0
    is_new: bool = False
    ended_by: PlannedEvent | None = None
    begun_by: PlannedEvent | None = None
    by: dict[str, PlannedEvent] = field(default_factory=dict)
    stated: dict[str, int] = field(default_factory=dict)
    target: Target | None = None
    """As what the plan establishes it; none: it is of the register."""

    @property
    def lives(self) -> bool:
        return self.ended_by is None


@dataclass(frozen=True, slots=True)
class Passed:
    """That a unit, or a part of it, goes into another by an event."""

    event: PlannedEvent
    old: Ref
    new: Ref
    portion: Portion


class Working:
    """A plan worked out event by event. `units` holds those that it touches; all others are as in `before`.

    `identities`: by code, those of units that it establishes anew; the others get one of their own.
    """

    def __init__(self, plan: Plan, before: Tree, identities: Identities) -> None:
        self.plan, self.before, self._identities = plan, before, identities
        self.units: dict[Ref, Draft] = {}
        self.known_as: dict[str, Ref] = {}
        """Codes that the plan gives, to units that it establishes or to units of the day."""
        self.passed: list[Passed] = []
        self.passed_into: dict[Ref, list[Passed]] = defaultdict(list)
        self.parted: dict[Ref, list[Portion]] = defaultdict(list)
        self.findings: list[Finding] = []
        self._measured: Mapping[int, Mapping[str, int]] | None = None
        for event in plan.events:
            self._announce(event)
        for event in plan.events:
            try:
                _WORKERS[event.kind](self, event)
            except _NotFound as problem:
                self.findings.append(problem.finding)

    # units by what the plan calls them

    def _announce(self, event: PlannedEvent) -> None:
        """New units are known from the first event on: a commune may name a province that comes later in the plan."""
        for target in event.targets:
            if not target.is_new:
                continue
            if target.code in self.known_as:
                self.find(
                    event,
                    "planning.code_twice",
                    target.code,
                    Text(vi="mã này được đặt cho hai đơn vị mới.", en="two new units bear this code."),
                    Text(vi="Đặt mã khác cho một đơn vị.", en="Give one of them another code."),
                )
                continue
            self.known_as[target.code] = target.uid or self._identities.get(target.code) or uuid.uuid4()

    def find(self, event: PlannedEvent, code: str, unit: str, what: Text, do: Text, *, is_doubt: bool = False) -> None:
        named = Text(vi=f"{unit}: {what.vi}", en=f"{unit}: {what.en}") if unit else what
        self.findings.append(Finding(code, event.label, unit, named, do, is_doubt))

    def old(self, typed: str, event: PlannedEvent) -> Draft:
        """A unit of the day by its code, or its exact name."""
        node = self.before.by_code.get(typed)
        known = self.units.get(self.known_as.get(typed, 0))
        if node is None and known is not None:
            return known
        return self.draft(node or self._search(typed, event))

    def either(self, typed: str, event: PlannedEvent) -> Ref:
        """A unit that the plan establishes, or one of the day."""
        if typed in self.known_as:
            return self.known_as[typed]
        node = self.before.by_code.get(typed) or self._search(typed, event)
        return node.id

    def _search(self, typed: str, event: PlannedEvent) -> Node:
        try:
            return find_node(typed, self.before, on=self.plan.on)
        except Refusal as refusal:
            what, do = refusal.what, refusal.do or Text(vi="Kiểm tra mã.", en="Check the code.")
            raise _NotFound(Finding("planning.unknown_unit", event.label, typed, what, do)) from refusal

    def draft(self, node: Node) -> Draft:
        if node.id not in self.units:
            self.units[node.id] = Draft(
                ref=node.id,
                family=Family(node.family),
                kind=node.kind,
                name=node.name,
                short_name=node.short_name,
                code=node.code,
                lines={line: end for line in _LINES if (end := line_of(node, line)) is not None},
                position=node.position,
            )
        return self.units[node.id]

    def of(self, ref: Ref) -> Draft | Node:
        """A unit as it is afterwards, touched or not."""
        return self.units.get(ref) or self.before.nodes[ref]  # type: ignore[index]  # a new unit is always touched

    def lives(self, ref: Ref) -> bool:
        known = self.units.get(ref)
        return known.lives if known is not None else ref in self.before

    # what happens to them

    def change(self, draft: Draft, what: str, event: PlannedEvent) -> None:
        draft.by[what] = event

    def end(self, draft: Draft, event: PlannedEvent) -> None:
        if draft.is_new or not draft.lives:
            self.find_gone(draft, event)
            return
        draft.ended_by = event

    def find_gone(self, draft: Draft, event: PlannedEvent) -> None:
        if draft.is_new:
            what = Text(vi="đơn vị mới lập trong chính phương án này.", en="it is established by this very plan.")
        else:
            before = draft.ended_by.label if draft.ended_by else event.label
            what = Text(vi=f"đã kết thúc ở {before.vi.lower()}.", en=f"it ended already by {before.en.lower()}.")
        self.find(
            event, "planning.gone", draft.code, what, Text(vi="Bỏ một trong hai.", en="Leave one of the two out.")
        )

    def establish(self, target: Target, event: PlannedEvent) -> Draft:
        ref = self.known_as[target.code]
        family = kinds[target.kind].family
        draft = Draft(
            ref=ref,
            family=family,
            kind=target.kind,
            name=target.name,
            short_name=target.short_name,
            code=target.code,
            lines={},
            position=target.position,
            is_new=True,
            begun_by=event,
            target=target,
        )
        self.units[ref] = draft
        for line, typed in target.lines.items():
            draft.lines[line] = self.either(typed, event)
        self.state(draft, target.area_hectares, target.population)
        return draft

    def state(self, draft: Draft, area: int | None, population: int | None) -> None:
        """What the plan states of a unit afterwards goes before what is added up."""
        for measure, value in ((AREA, area), (POPULATION, population)):
            if value is not None:
                draft.stated[measure] = value

    def target(self, target: Target, event: PlannedEvent) -> Draft:
        if target.is_new:
            return self.establish(target, event)
        ref = self.either(target.unit, event)
        known = self.units.get(ref)
        draft = known if known is not None else self.draft(self.before.nodes[ref])  # type: ignore[index]
        if not draft.lives:
            self.find_gone(draft, event)
        return draft

    def take(self, source: Source, into: Draft, event: PlannedEvent) -> None:
        """A unit, or a part of it, goes into another."""
        old = self.old(source.unit, event)
        share = source.portion.share
        if old.ref == into.ref:
            self.find(
                event,
                "planning.into_itself",
                old.code,
                Text(vi="nhập vào chính nó.", en="it goes into itself."),
                Text(vi="Bỏ khỏi danh sách đơn vị nhập.", en="Take it from the list of sources."),
            )
            return
        if share == WHOLE and self.parted[old.ref]:
            self.find(
                event,
                "planning.whole_and_more",
                old.code,
                Text(vi="đã chuyển một phần, không thể nhập toàn bộ.", en="a part went already, not all is left."),
                Text(vi="Ghi share: rest (phần còn lại).", en="Write share: rest."),
            )
        if old.lives or share == PART:
            self.hand_over(Passed(event, old.ref, into.ref, source.portion))
        if share == PART:
            if not old.lives:
                self.find_gone(old, event)
            self.parted[old.ref].append(source.portion)
        else:
            self.end(old, event)

    def hand_over(self, passed: Passed) -> None:
        self.passed.append(passed)
        self.passed_into[passed.new].append(passed)

    # measures

    def measured(self, ref: Ref) -> Mapping[str, int]:
        """Area and population of a unit of the day, where known."""
        if self._measured is None:
            self._measured = known_measures(self.plan.on)
        return self._measured.get(ref, {}) if isinstance(ref, int) else {}

    def measures_after(self, draft: Draft) -> dict[str, int | None]:
        """What a unit measures afterwards: as stated, else added up where all parts are known; None: unknown."""
        return {measure: self._measure(draft, measure) for measure in MEASURES}

    def _measure(self, draft: Draft, measure: str) -> int | None:
        if draft.is_new and draft.ref not in self.passed_into:
            return draft.stated.get(measure)
        return draft.stated[measure] if measure in draft.stated else self._remaining(draft.ref, measure)

    def had(self, ref: Ref, measure: str, before: float = inf) -> int | None:
        """What a unit has with all that came to it, by the events before that of a number; what it gave is in it."""
        draft = self.units[ref]
        if measure in draft.stated:
            return draft.stated[measure]
        total: int | None = 0 if draft.is_new else self.measured(ref).get(measure)
        for each in self.passed_into.get(ref, ()):
            if each.event.number < before:
                total = _add(total, self.portion_measure(each, measure))
        return total

    def _remaining(self, ref: Ref, measure: str, before: float = inf) -> int | None:
        """What a unit has without the parts that went elsewhere."""
        total = self.had(ref, measure, before)
        for portion in self.parted.get(ref, ()):
            total = _add(total, portion_value(portion, measure), -1)
        return total

    def portion_measure(self, passed: Passed, measure: str) -> int | None:
        """What went over by one passing: of a part what is told of it, else all that the unit has by then."""
        share, told = passed.portion.share, portion_value(passed.portion, measure)
        if share == PART or (share == REST and told is not None):
            return told
        return self._remaining(passed.old, measure, passed.event.number)


class _NotFound(Exception):  # noqa: N818  carries what is found, caught where events are worked
    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def line_of(node: Node, line: str) -> int | None:
    found: int | None = getattr(node, f"{line}_id")
    return found


def portion_value(portion: Portion, measure: str) -> int | None:
    return portion.area_hectares if measure == AREA else portion.population


def _add(total: int | None, more: int | None, sign: int = 1) -> int | None:
    return None if total is None or more is None else total + sign * more


def known_measures(on: date) -> dict[int, dict[str, int]]:
    """Area and population by unit, as recorded for the day itself."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for (unit, measure), known in measures_on(on).items():
        if known.known_from is None:
            found[unit][measure] = known.value
    return found


def _gather(working: Working, event: PlannedEvent) -> None:
    """Establish, merge, transfer: sources into one target."""
    (target,) = event.targets
    draft = working.target(target, event)
    if not target.is_new and event.kind is EventKind.MERGE:
        working.state(draft, target.portion.area_hectares, target.portion.population)
    for source in event.sources:
        working.take(source, draft, event)


def _split(working: Working, event: PlannedEvent) -> None:
    source = working.old(event.units[0], event)
    for place, target in enumerate(event.targets, start=1):
        portion = target.portion
        last = place == len(event.targets)
        share = REST if last and portion.population is None and portion.area_hectares is None else PART
        told = Portion(share, portion.population, portion.area_hectares, portion.villages, portion.clause)
        draft = working.target(target, event)
        working.hand_over(Passed(event, source.ref, draft.ref, told))
        if share == PART:
            working.parted[source.ref].append(told)
    working.end(source, event)


def _become(working: Working, event: PlannedEvent) -> None:
    """Rename, reclassify, recode, move."""
    draft = working.old(event.units[0], event)
    if not draft.lives:
        working.find_gone(draft, event)
    for what, value in event.changes.items():
        if what in _LINES:
            draft.lines[what] = working.either(value, event)
            draft.position = event.position
        elif what == "short_name":
            draft.short_name = value
        else:
            setattr(draft, what, value)
            if what == "name":
                draft.short_name = ""
        working.change(draft, "name" if what == "short_name" else what, event)
    if event.kind is EventKind.RECODE:
        working.known_as.setdefault(draft.code, draft.ref)


def _dissolve(working: Working, event: PlannedEvent) -> None:
    for unit in event.units:
        working.end(working.old(unit, event), event)


def _abolish(working: Working, event: PlannedEvent) -> None:
    level, under = event.changes["level"], event.changes.get("under", "")
    for node in _of_level(working.before, level, working.old(under, event).ref if under else None):
        draft = working.draft(node)
        if draft.lives:
            draft.ended_by = event


def _of_level(units: Tree, level: str, under: Ref | None) -> Iterator[Node]:
    nodes = units.nodes.values() if under is None else units.under(int(under))
    return (node for node in nodes if node.is_administrative and node.level == level)


_WORKERS: dict[EventKind, Callable[[Working, PlannedEvent], None]] = {
    EventKind.ESTABLISH: _gather,
    EventKind.MERGE: _gather,
    EventKind.TRANSFER: _gather,
    EventKind.SPLIT: _split,
    EventKind.RENAME: _become,
    EventKind.RECLASSIFY: _become,
    EventKind.RECODE: _become,
    EventKind.MOVE: _become,
    EventKind.DISSOLVE: _dissolve,
    EventKind.ABOLISH_LEVEL: _abolish,
}
