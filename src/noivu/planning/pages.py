"""What the pages of plans show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.urls import reverse

from noivu.core import clock
from noivu.core.refusals import Refusal
from noivu.core.text import fold
from noivu.core.wording import Text, both
from noivu.law.api import StandardsOn
from noivu.planning.against import Measured, Rule, area_measured, population_measured, rules_of
from noivu.planning.conserving import Conserved, conserved
from noivu.planning.drafting import Draft
from noivu.planning.event_forms import FORMS
from noivu.planning.findings import Finding
from noivu.planning.models import PlanDraft
from noivu.planning.plan import EVENT_LABELS, Plan, PlannedEvent
from noivu.planning.queries import simulation_of
from noivu.planning.reading import read_plan
from noivu.planning.simulation import Simulation, Things, UnitAfter
from noivu.planning.telling import Names, event_words, source_words
from noivu.ui.page import Crumb
from noivu.ui.tables import Page, State, page_of_list
from noivu.units.api import AREA, POPULATION, Family, effects, heirs_on, kinds, tree

PLANS = Text(vi="Phương án sắp xếp", en="Plans")
FIRST = 20
"""So many of its events, and of the units that it makes, stand on the page of a plan at once."""
_SHOWN = 50
_NOT_MEASURED = Measured(both("–"), both(""))


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan in the list, with the unit that draws it up."""

    draft: PlanDraft
    unit: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event of a plan in words."""

    event: PlannedEvent
    label: Text
    words: Text
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class FindingRow:
    """Something to mend, with the number of the event that it is about (0: the plan as a whole)."""

    finding: Finding
    event: int


@dataclass(frozen=True, slots=True)
class KindRow:
    """How many units of a kind there are before and after."""

    label: Text
    before: int
    after: int

    @property
    def difference(self) -> int:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit that a plan makes or changes, with what goes into it, against the standards of its day."""

    code: str
    name: str
    kind_label: Text
    is_new: bool
    came_from: Text
    area: Measured
    population: Measured
    after: UnitAfter


class ThingsRow:
    """One sort of thing that other rooms hold, and what waits for a decision, unit by unit."""

    def __init__(self, things: Things, simulation: Simulation) -> None:
        self.things = things
        self.simulation = simulation

    @property
    def ending(self) -> int:
        return sum(self.things.by_unit.values())

    @property
    def waiting(self) -> int:
        return sum(waiting.number for waiting in self.things.outcome.waiting)

    @property
    def waits(self) -> list[tuple[str, int, Text]]:
        shown = self.things.outcome.waiting[:_SHOWN]
        return [(self.simulation.name(one.unit_id), one.number, one.reason) for one in shown]

    @property
    def more(self) -> int:
        return max(len(self.things.outcome.waiting) - _SHOWN, 0)


class PlanPage:
    """A plan: what it says, and what it would do as things stand."""

    def __init__(self, draft: PlanDraft) -> None:
        self.draft = draft
        self.simulation: Simulation | None = None
        self.refusal: Refusal | None = None
        if draft.events and draft.is_being_drafted:
            try:
                self.simulation = simulation_of(draft)
            except Refusal as refusal:
                self.refusal = refusal
        known = self.simulation.plan if self.simulation is not None else None
        self.plan: Plan = known or read_plan(draft.text, unfinished=True)

    @property
    def outcome(self) -> dict[str, Any] | None:
        """What became of units and things when it was carried out."""
        kept = self.draft.outcome if self.draft.is_carried_out else None
        if not kept:
            return None
        things = [{**row, "label": Text(**row["label"])} for row in kept["things"]]
        return {"numbers": kept["numbers"], "things": things}

    @cached_property
    def names(self) -> Names:
        """Units as they were called before the plan."""
        act = self.draft.act if self.draft.is_carried_out else None
        known_at = act.carried_out_at - timedelta(microseconds=1) if act is not None else None
        return Names(self.plan, tree(self.plan.on, known_at))

    @property
    def unit(self) -> str:
        return name_of(self.draft.unit_id)

    # events

    def events(self, state: State) -> Page[EventRow]:
        """One page of its events, in their order."""
        page = page_of_list(self.plan.events, state, size=FIRST)
        last = len(self.plan.events)
        rows = [
            EventRow(
                event, EVENT_LABELS[event.kind], event_words(event, self.names), event.number == 1, event.number == last
            )
            for event in page.rows
        ]
        return page.showing(rows)

    @property
    def offered_events(self) -> list[tuple[str, Text]]:
        """What may be added: its address, and what it is called."""
        return [(reverse("planning:add", args=[self.draft.pk, kind.value]), EVENT_LABELS[kind]) for kind in FORMS]

    # what is wrong

    @cached_property
    def grave(self) -> list[FindingRow]:
        return self._findings(is_doubt=False)

    @cached_property
    def doubts(self) -> list[FindingRow]:
        return self._findings(is_doubt=True)

    @property
    def shown_grave(self) -> list[FindingRow]:
        return self.grave[:_SHOWN]

    @property
    def more_grave(self) -> int:
        return max(len(self.grave) - _SHOWN, 0)

    @property
    def shown_doubts(self) -> list[FindingRow]:
        return self.doubts[:_SHOWN]

    def _findings(self, *, is_doubt: bool) -> list[FindingRow]:
        if self.simulation is None:
            return []
        numbers = {event.label.vi: event.number for event in self.plan.events}
        found = [one for one in self.simulation.findings if one.is_doubt is is_doubt]
        return [FindingRow(one, numbers.get(one.where.vi, 0)) for one in found]

    # what it would do

    @property
    def is_workable(self) -> bool:
        return self.simulation is not None and self.simulation.is_workable

    @cached_property
    def kinds(self) -> list[KindRow]:
        """The kinds of which the plan changes the number."""
        if self.simulation is None:
            return []
        before, after = self.simulation.kinds_before, self.simulation.kinds_after
        rows = [KindRow(kind.label, before.get(kind.code, 0), after.get(kind.code, 0)) for kind in kinds]
        return [row for row in rows if row.difference]

    @cached_property
    def conserved(self) -> list[Conserved]:
        return list(conserved(self.simulation)) if self.simulation is not None else []

    @cached_property
    def units(self) -> list[UnitRow]:
        """The first units that it makes or changes."""
        return self.unit_rows(self._drafts()[:FIRST])

    @property
    def number_of_units(self) -> int:
        return len(self._drafts())

    @property
    def rules(self) -> list[Rule]:
        """The standards that the units shown are measured by."""
        return self.rules_of(self.units)

    @staticmethod
    def rules_of(rows: Sequence[UnitRow]) -> list[Rule]:
        """The standards that some units are measured by."""
        return rules_of(row.after.against for row in rows)

    def units_after(self, state: State) -> Page[UnitRow]:
        """One page of the units that it makes or changes."""
        wanted = fold(state.search)
        drafts = [one for one in self._drafts() if wanted in fold(one.name) or one.code.startswith(wanted)]
        page = page_of_list(drafts, state)
        return page.showing(self.unit_rows(page.rows))

    def _drafts(self) -> tuple[Draft, ...]:
        return self.simulation.living if self.simulation is not None else ()

    def unit_rows(self, drafts: Sequence[Draft]) -> list[UnitRow]:
        return list(unit_rows(self.simulation, drafts)) if self.simulation is not None else []


def unit_rows(simulation: Simulation, drafts: Sequence[Draft]) -> Iterator[UnitRow]:
    """Units as a plan leaves them, each against the standards of its day."""
    law = StandardsOn(simulation.on)
    for draft in drafts:
        after = simulation.unit_after(draft, law)
        area, people = _NOT_MEASURED, _NOT_MEASURED
        if draft.family is Family.ADMINISTRATIVE:
            area = area_measured(after.measures[AREA], after.against)
            people = population_measured(after.measures[POPULATION], after.against)
        yield UnitRow(
            after.code,
            after.name,
            kinds[draft.kind].label,
            after.is_new,
            _came_from(draft, simulation),
            area,
            people,
            after,
        )


def _came_from(draft: Draft, simulation: Simulation) -> Text:
    """What went into a unit; of one that only changed, what it was called."""
    passed = simulation.working.passed_into.get(draft.ref, ())
    if not passed and isinstance(draft.ref, int):
        before = simulation.name_before(draft.ref)
        return both(before if before != draft.name else "–")
    said = [source_words(simulation.name_before(one.old), one.portion) for one in passed]
    return Text(vi=", ".join(text.vi for text in said) or "–", en=", ".join(text.en for text in said) or "–")


def things_of(simulation: Simulation) -> list[ThingsRow]:
    """What other rooms hold at the units that end: asked anew each time. Only a sound plan has an answer."""
    counted = (simulation.things_of(effect) for effect in effects)
    return [ThingsRow(things, simulation) for things in counted if things.before or things.outcome.waiting]


def plan_rows(page: Page[PlanDraft]) -> Page[PlanRow]:
    """Plans as the list shows them."""
    return page.showing(PlanRow(draft, name_of(draft.unit_id)) for draft in page.rows)


def name_of(unit_id: int) -> str:
    """A unit by its name of today; its heir's where it ended."""
    today = clock.today()
    units = tree(today)
    node = units.node(unit_id) or units.node(heirs_on(today).get(unit_id, 0))
    return node.name if node is not None else "–"


def crumbs_of(draft: PlanDraft) -> list[Crumb]:
    """The path to what is done to a plan."""
    return [plans_crumb(), Crumb(both(draft.title), reverse("planning:plan", args=[draft.pk]))]


def plans_crumb() -> Crumb:
    return Crumb(PLANS, reverse("planning:plans"))
