"""The annex of a plan (phụ lục), in official Vietnamese: the units arranged, effects, what waits, and by which sources.

It is plain words and numbers, so that what was said when a plan was carried out can be kept and said again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from noivu.core import clock
from noivu.core.dates import format_day
from noivu.planning.drafting import Draft
from noivu.planning.models import PlanDraft
from noivu.planning.pages import PlanPage, ThingsRow, UnitRow, things_of
from noivu.planning.picking import place_of
from noivu.planning.simulation import Simulation
from noivu.planning.telling import SHARES, portion_words
from noivu.ui.page import words_of_instant
from noivu.units.api import AREA, POPULATION, Ref, tree

VI = "vi"
_CENTRE = "Hà Nội"


@dataclass(frozen=True)
class ArrangedUnit:
    """A unit as the annex lists it. Area in hectares; the percentages in words, with their marks."""

    name: str
    code: str
    kind: str
    sources: str
    area: int | None
    area_percent: str
    population: int | None
    population_percent: str
    seat: str
    clause: str


@dataclass(frozen=True)
class Annex:
    """What an annex says. `notes` are whole sentences: sums, standards, what is left to mend."""

    title: str
    issuer: str
    symbol: str
    place: str
    basis: str
    as_of: str
    units: tuple[ArrangedUnit, ...]
    ended: tuple[str, ...]
    kinds: tuple[tuple[str, int, int], ...]
    things: tuple[tuple[str, int, int, int], ...]
    waiting: tuple[tuple[str, str, int, str], ...]
    sums: tuple[str, ...]
    rules: tuple[str, ...]
    mend: tuple[str, ...]

    def kept(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)


def annex_of(draft: PlanDraft) -> Annex:
    """The annex of a plan: as kept when it was carried out, else as things stand now."""
    if draft.is_carried_out and draft.outcome:
        return _kept(draft.outcome["annex"])
    return annex_now(draft)


def annex_now(draft: PlanDraft) -> Annex:
    """The annex as things stand. A plan that cannot be read to its end refuses."""
    page = PlanPage(draft)
    if page.refusal is not None:
        raise page.refusal
    simulation = page.simulation
    things = things_of(simulation) if simulation is not None and simulation.is_workable else []
    rows = page.unit_rows(simulation.living) if simulation is not None else []
    return Annex(
        title=draft.title,
        issuer=page.unit,
        symbol=f"PA-{_abbreviation(draft)}",
        place=_place(draft),
        basis=_basis(page),
        as_of=_as_of(draft),
        units=tuple(_arranged(row, simulation) for row in rows) if simulation is not None else (),
        ended=tuple(_ended(simulation)) if simulation is not None else (),
        kinds=tuple((row.label.vi, row.before, row.after) for row in page.kinds),
        things=tuple(
            (row.things.label.vi, row.ending, row.things.outcome.moved, row.waiting)
            for row in things
            if row.ending or row.things.outcome.moved or row.waiting
        ),
        waiting=tuple(_waiting(things)),
        sums=tuple(f"{one.words.vi}." for one in page.conserved),
        rules=tuple(_rules(rows)),
        mend=tuple(row.finding.words.vi for row in (*page.grave, *page.doubts)),
    )


def _kept(said: Mapping[str, Any]) -> Annex:
    told: dict[str, Any] = {**said, "units": tuple(ArrangedUnit(**unit) for unit in said["units"])}
    for key in ("kinds", "things", "waiting"):
        told[key] = tuple(map(tuple, said[key]))
    return Annex(**told)


def _arranged(row: UnitRow, simulation: Simulation) -> ArrangedUnit:
    after = row.after
    target = after.draft.target
    return ArrangedUnit(
        name=row.name,
        code=row.code,
        kind=row.kind_label.vi,
        sources=", ".join(_sources(after.draft.ref, simulation)),
        area=after.measures[AREA],
        area_percent=row.area.percent.vi,
        population=after.measures[POPULATION],
        population_percent=row.population.percent.vi,
        seat=target.seat if target else "",
        clause="; ".join(dict.fromkeys(filter(None, _clauses(after.draft, simulation)))),
    )


def _clauses(draft: Draft, simulation: Simulation) -> Iterator[str]:
    """The clauses by which a unit is as it is afterwards."""
    for event in (draft.begun_by, *draft.by.values()):
        if event is not None:
            yield _joined(event.clause, event.instrument)
    for passed in simulation.working.passed_into.get(draft.ref, ()):
        yield _joined(passed.portion.clause or passed.event.clause, passed.event.instrument)


def _joined(clause: str, instrument: str) -> str:
    return ", ".join(part for part in (clause, instrument) if part)


def _sources(ref: Ref, simulation: Simulation) -> Iterator[str]:
    """What a unit was before, and what went into it: "toàn bộ Phường A (1)", "một phần Phường B (2) (1.200 người)"."""
    working = simulation.working
    if isinstance(ref, int):
        yield _before(ref, simulation)
    for passed in working.passed_into.get(ref, ()):
        share = SHARES.get(passed.portion.share)
        told = portion_words(passed.portion).vi
        part = share.vi if share else "toàn bộ"
        yield f"{part} {_before(passed.old, simulation)}" + (f" ({told})" if told else "")


def _before(ref: Ref, simulation: Simulation) -> str:
    """A unit as it was called before the plan."""
    working = simulation.working
    unit = working.before.nodes[ref] if isinstance(ref, int) else working.of(ref)
    return f"{unit.name} ({unit.code})"


def _ended(simulation: Simulation) -> Iterator[str]:
    """The units that end and go into none."""
    gone = {passed.old for passed in simulation.working.passed}
    for draft in simulation.working.units.values():
        if not draft.lives and draft.ref not in gone:
            yield f"{draft.name} ({draft.code})"


def _waiting(things: Sequence[ThingsRow]) -> Iterator[tuple[str, str, int, str]]:
    for row in things:
        for one in row.things.outcome.waiting:
            yield row.things.label.vi, row.simulation.name(one.unit_id), one.number, one.reason.vi


def _rules(rows: Sequence[UnitRow]) -> Iterator[str]:
    for rule in PlanPage.rules_of(rows):
        mark = f"; * {rule.mark.vi}" if rule.mark else ""
        label = rule.label.vi[:1].upper() + rule.label.vi[1:]
        yield f"{label}: {rule.asks.vi} ({rule.instrument}, {rule.article}){mark}."


def _basis(page: PlanPage) -> str:
    """(Kèm theo văn bản số 01/NQ-HĐND ngày 15/01/2026 của HĐND tỉnh)."""
    plan = page.plan
    paper = page.simulation.papers.get(plan.instrument) if page.simulation is not None else None
    day = f" ngày {format_day(paper.issued_on)}" if paper is not None and paper.issued_on else ""
    issuer = f" của {paper.issuer}" if paper is not None and paper.issuer else ""
    return f"(Kèm theo văn bản số {plan.instrument or '……'}{day}{issuer}; hiệu lực từ ngày {format_day(plan.on)})"


def _as_of(draft: PlanDraft) -> str:
    made = words_of_instant(clock.now()).vi
    return f"Theo đơn vị và pháp luật ngày {format_day(draft.takes_effect_on)}; lập lúc {made}, bản {draft.version}"


def _place(draft: PlanDraft) -> str:
    node = tree(draft.takes_effect_on).by_code.get(place_of(draft.unit_id, draft.takes_effect_on))
    return (node.short_name or node.name) if node else _CENTRE


def _abbreviation(draft: PlanDraft) -> str:
    node = tree(clock.today()).node(draft.unit_id)
    return node.code.split("-")[0] if node and not node.is_administrative else "UBND"
