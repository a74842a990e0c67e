"""From a plan worked out to the changes that `units` writes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from noivu.law.api import Instrument
from noivu.planning.checks import heirs_of
from noivu.planning.drafting import MEASURES, Draft, Passed, Working, line_of
from noivu.planning.facts import code_fact, kind_fact, line_fact, measure_fact, name_fact
from noivu.planning.plan import REST, WHOLE, EventKind, Plan, PlannedEvent
from noivu.units.api import (
    ChangeSet,
    EventTold,
    NewFact,
    Ref,
    Share,
    UnitMeasure,
    Went,
)

_GROUPS = {
    EventKind.ESTABLISH: "establishment",
    EventKind.DISSOLVE: "dissolution",
    EventKind.ABOLISH_LEVEL: "dissolution",
    EventKind.RENAME: "change",
    EventKind.RECLASSIFY: "change",
    EventKind.RECODE: "change",
    EventKind.MOVE: "change",
}
ADDED_UP = "cộng từ các đơn vị, phần đơn vị nhập vào và tách ra"


@dataclass(eq=False)
class _Group:
    """Events that stand together in the history: of one sort, by one instrument, under one title."""

    kind: str
    title: str
    instrument: Instrument
    went: list[Went] = field(default_factory=list)
    reached: set[Ref] = field(default_factory=set)


def assemble(plan: Plan, working: Working, papers: Mapping[str, Instrument]) -> ChangeSet:
    """Everything that the plan changes, each fact by the instrument of the event that says so."""

    def paper(event: PlannedEvent) -> Instrument:
        return papers[event.instrument or plan.instrument]

    drafts = list(working.units.values())
    return ChangeSet(
        on=plan.on,
        title=plan.title,
        instrument=papers[plan.instrument],
        plan=plan.text,
        established={draft.ref: draft.family for draft in drafts if not isinstance(draft.ref, int)},
        ended={draft.ref: paper(draft.ended_by) for draft in drafts if draft.ended_by and isinstance(draft.ref, int)},
        facts=tuple(fact for draft in drafts if draft.lives for fact in _facts(plan, working, draft, papers)),
        ceasing=tuple(
            (UnitMeasure, draft.ref, (measure,))
            for draft in drafts
            if draft.lives and isinstance(draft.ref, int)
            for measure in _unknown_now(working, draft)
        ),
        events=tuple(
            EventTold(group.kind, group.title, group.instrument, tuple(group.went))
            for group in _groups(plan, working, papers)
        ),
        heirs=heirs_of(plan, working),
    )


def _facts(plan: Plan, working: Working, draft: Draft, papers: Mapping[str, Instrument]) -> Iterator[NewFact]:
    """What begins on the day: all of a new unit, of another what the plan changed."""
    before = working.before.node(draft.ref) if isinstance(draft.ref, int) else None

    def paper(*whats: str) -> Instrument:
        event = next((draft.by[what] for what in whats if what in draft.by), draft.begun_by)
        return papers[(event.instrument if event else "") or plan.instrument]

    if before is None or draft.kind != before.kind:
        yield kind_fact(draft.ref, draft.kind, paper("kind"))
    if before is None or draft.name != before.name or (draft.short_name or before.short_name) != before.short_name:
        yield name_fact(draft.ref, draft.name, draft.kind, paper("name"), draft.short_name or None)
    if before is None or draft.code != before.code:
        yield code_fact(draft.ref, draft.code, draft.family, paper("code"))
    for line, above in draft.lines.items():
        if before is None or above != line_of(before, line):
            yield line_fact(draft.ref, line, above, draft.position, paper(line))
    yield from _measure_facts(working, draft, paper())


def _measure_facts(working: Working, draft: Draft, instrument: Instrument) -> Iterator[NewFact]:
    known = working.measured(draft.ref)
    for measure, value in working.measures_after(draft).items():
        if value is not None and value != known.get(measure):
            source = "" if measure in draft.stated else ADDED_UP
            yield measure_fact(draft.ref, measure, value, instrument, source)


def _unknown_now(working: Working, draft: Draft) -> list[str]:
    """What was measured and is not known any more: the unit took in, or gave away, what nobody measured."""
    known, after = working.measured(draft.ref), working.measures_after(draft)
    return [measure for measure in MEASURES if measure in known and after[measure] is None]


def _groups(plan: Plan, working: Working, papers: Mapping[str, Instrument]) -> list[_Group]:
    """A new group where what went over goes on, so that the order of the day is kept."""
    by_event: dict[int, list[Passed]] = {}
    for passed in working.passed:
        by_event.setdefault(passed.event.number, []).append(passed)
    groups: list[_Group] = []
    for event in plan.events:
        wanted = _Group(
            _GROUPS.get(event.kind, "arrangement"),
            event.title or plan.title,
            papers[event.instrument or plan.instrument],
        )
        passed_now = by_event.get(event.number, [])
        last = groups[-1] if groups else None
        same = last and (last.kind, last.title, last.instrument) == (wanted.kind, wanted.title, wanted.instrument)
        if last is None or not same or last.reached.intersection(passed.old for passed in passed_now):
            groups.append(wanted)
        for passed in passed_now:
            groups[-1].went.append(_went(working, passed))
            groups[-1].reached.add(passed.new)
    return groups


def _went(working: Working, passed: Passed) -> Went:
    portion = passed.portion
    share = Share.WHOLE if portion.share == WHOLE or _is_only(working, passed) else Share.PART
    return Went(
        old=passed.old,
        new=passed.new,
        share=share,
        population=None if share is Share.WHOLE else working.portion_measure(passed, "population"),
        area_hectares=None if share is Share.WHOLE else working.portion_measure(passed, "area"),
        villages=portion.villages,
        clause=portion.clause or passed.event.clause,
    )


def _is_only(working: Working, passed: Passed) -> bool:
    """What remains of a unit that gave no part away is the whole."""
    return passed.portion.share == REST and not working.parted.get(passed.old)
