"""Carrying out an act of reorganisation: in one transaction, set-wise, with one entry in the log."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from noivu.audit.api import record_bulk
from noivu.core import access, clock
from noivu.core.actors import SYSTEM, Actor
from noivu.core.bulk import in_chunks, insert_rows
from noivu.core.querysets import among
from noivu.law.api import supersede
from noivu.units.changes import COLUMNS
from noivu.units.derivation import facts_changed, one_refresh
from noivu.units.models import Reorganisation, ReorganisationAct, Succession, Unit, UnitFact
from noivu.units.models.facts import FACTS, SERIES
from noivu.units.policies import EDIT
from noivu.units.reorganising.changeset import ChangeSet, NewFact, Ref, moves_of
from noivu.units.reorganising.effects import Carried, Moves, Outcome, effects
from noivu.units.reorganising.order import require_order
from noivu.units.services.series import refuse_later_facts

CHUNK = 2_000
_COMMON = ("unit", "starts_on", "ends_on", "instrument", "start_known", "source", "act", "recorded_at")


@dataclass(frozen=True)
class CarriedOut:
    """What an act did: its row, who took over from whom, and by effect what became of the things of other rooms."""

    act: ReorganisationAct
    moves: Moves
    outcomes: Mapping[str, Outcome]
    established: Mapping[uuid.UUID, int] = field(default_factory=dict)


@transaction.atomic
def carry_out(*, actor: Actor, changes: ChangeSet) -> CarriedOut:
    """Write an act and let follow what follows from it: all of it, or nothing.

    Refused where the actor may not change all units that it touches, where a unit that ends has facts that begin later,
    where the day or a later one would be out of order, and by the database where two facts would hold at once.
    """
    _require_all(actor, changes)
    now = clock.now()
    with one_refresh():
        act = ReorganisationAct.objects.create(
            takes_effect_on=changes.on,
            title=changes.title,
            instrument=changes.instrument,
            plan=changes.plan,
            carried_out_at=now,
            carried_out_by_id=actor.id,
            carried_out_by_name=actor.name,
        )
        ids = _establish(changes)
        _write_facts(changes, ids, act, now)
        _write_events(changes, ids, act, now)
        lives_changed(changes.touched().union(ids.values()))
    require_order(changes.on)
    moves = moves_of(changes, ids)
    carried = Carried(act, actor, now)
    outcomes = {effect.code: effect.follow(moves, carried) for effect in effects if effect.follow is not None}
    record_bulk(
        actor=actor,
        action="unit.reorganise",
        label=changes.title,
        rows=_told(changes, ids),
        instrument=str(changes.instrument),
    )
    return CarriedOut(act, moves, outcomes, ids)


def lives_changed(units: Collection[int]) -> None:
    """What is derived follows; where very much changed, all of it anew is quicker."""
    facts_changed(*(units if len(units) < CHUNK else ()))


def _require_all(actor: Actor, changes: ChangeSet) -> None:
    """Every unit that the act touches is within reach, and a new one stands under such a unit."""
    if actor == SYSTEM:
        return
    placed = {fact.unit for fact in changes.facts if "other" in fact.values}
    beyond = changes.touched() - access.units(actor, EDIT)
    if beyond or set(changes.established) - placed:
        access.require_for_all(actor, EDIT)


def _establish(changes: ChangeSet) -> dict[uuid.UUID, int]:
    """The ids of the units that the act establishes; an identity that the register knows already is taken up again."""
    wanted = changes.established
    known = _ids(wanted)
    missing = [uid for uid in wanted if uid not in known]
    insert_rows(Unit, ["uid", "family"], ((uid, wanted[uid].value) for uid in missing))
    return known | _ids(missing)


def _ids(uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    found: dict[uuid.UUID, int] = {}
    for some in in_chunks(uids, CHUNK):
        found.update(Unit.objects.filter(uid__in=some).values_list("uid", "pk"))
    return found


@dataclass(frozen=True, slots=True)
class _Held:
    """A current fact of a unit that the act touches."""

    pk: int
    unit: int
    starts_on: date
    ends_on: date | None
    series: tuple[Any, ...]

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


def _write_facts(changes: ChangeSet, ids: Mapping[uuid.UUID, int], act: ReorganisationAct, now: datetime) -> None:
    told: dict[type[UnitFact], list[NewFact]] = defaultdict(list)
    for fact in changes.facts:
        told[fact.model].append(fact)
    for model in FACTS:
        ending = _ending(model, changes)
        writing = _Writing(model, changes.on, act, now, ids)
        writing.begin(told[model])
        ceasing = _ceasing(model, changes)
        writing.close([*ending, *(held.pk for held in ceasing if held.starts_on < changes.on)])
        writing.withdraw([held.pk for held in ceasing if held.starts_on == changes.on])
        writing.finish()


def _ending(model: type[UnitFact], changes: ChangeSet) -> list[int]:
    """The facts that end with their units."""
    ending = []
    for held in _held(model, changes.ended):
        if held.ends_on is not None and held.ends_on <= changes.on:
            continue
        if held.starts_on >= changes.on:
            fact = model._default_manager.get(pk=held.pk)
            refuse_later_facts(fact.unit, fact)
        ending.append(held.pk)
    return ending


def _ceasing(model: type[UnitFact], changes: ChangeSet) -> list[_Held]:
    wanted = {(unit, series) for of, unit, series in changes.ceasing if of is model}
    held = _held(model, {unit for unit, _ in wanted})
    return [h for h in held if (h.unit, h.series) in wanted and h.holds_on(changes.on)]


def _held(model: type[UnitFact], units: Iterable[int]) -> Iterator[_Held]:
    series = SERIES[model]
    for some in in_chunks(sorted(units), CHUNK):
        rows = model._default_manager.current().filter(among("unit", some))
        for pk, unit, starts_on, ends_on, *own in rows.values_list("pk", "unit_id", "starts_on", "ends_on", *series):
            yield _Held(pk, unit, starts_on, ends_on, tuple(own))


class _Writing:
    """The facts of one model: those that end on the day are closed in a few statements, then the new ones written."""

    def __init__(
        self, model: type[UnitFact], on: date, act: ReorganisationAct, now: datetime, ids: Mapping[uuid.UUID, int]
    ) -> None:
        self.model, self.on, self.act, self.now, self.ids = model, on, act, now, ids
        self.closing: list[int] = []
        self.withdrawn: list[int] = []
        self.beginning: list[tuple[NewFact, date | None]] = []

    def close(self, facts: Sequence[int]) -> None:
        self.closing += facts

    def withdraw(self, facts: Sequence[int]) -> None:
        """What began on the very day, and holds no more."""
        self.withdrawn += facts

    def begin(self, told: Sequence[NewFact]) -> None:
        """What held on the day ends, and the new fact holds as long as that would have; up to the next one at most."""
        series: dict[tuple[int, tuple[Any, ...]], list[_Held]] = defaultdict(list)
        for held in _held(self.model, {fact.unit for fact in told if isinstance(fact.unit, int)}):
            series[held.unit, held.series].append(held)
        for fact in told:
            known = series.get((fact.unit, fact.series), []) if isinstance(fact.unit, int) else []
            present = next((held for held in known if held.holds_on(self.on)), None)
            following = min((held.starts_on for held in known if held.starts_on > self.on), default=None)
            if present is not None and present.starts_on == self.on:
                self._replace(present, fact)
                continue
            if present is not None:
                self.closing.append(present.pk)
            self.beginning.append((fact, present.ends_on if present is not None else following))

    def _replace(self, held: _Held, fact: NewFact) -> None:
        """A second act on one day says otherwise what the first one said."""
        row = self.model._default_manager.get(pk=held.pk)
        values = {f"{name}_id" if name == "other" else name: value for name, value in self._values(fact).items()}
        supersede(row, self.now)
        for name, value in values.items():
            setattr(row, name, value)
        row.instrument, row.source, row.act = fact.instrument, fact.source, self.act
        row.save()

    def _values(self, fact: NewFact) -> dict[str, Any]:
        return {name: self._known(value) for name, value in fact.values.items()}

    def _known(self, value: Any) -> Any:
        return self.ids[value] if isinstance(value, uuid.UUID) else value

    def finish(self) -> None:
        for facts, change in ((self.closing, {"ends_on": self.on}), (self.withdrawn, {"superseded_at": self.now})):
            for some in in_chunks(facts, CHUNK):
                rows = self.model._default_manager.filter(among("pk", some))
                rows.superseded_by_now(self.now)
                rows.update(**change, act=self.act)
        names = COLUMNS[self.model]
        insert_rows(self.model, [*_COMMON, *names], (self._row(*each, names) for each in self.beginning))

    def _row(self, fact: NewFact, ends_on: date | None, names: Sequence[str]) -> tuple[Any, ...]:
        values = self._values(fact)
        return (
            self._known(fact.unit),
            self.on,
            ends_on,
            fact.instrument.pk,
            True,
            fact.source,
            self.act.pk,
            self.now,
            *(values[name] for name in names),
        )


def _write_events(changes: ChangeSet, ids: Mapping[uuid.UUID, int], act: ReorganisationAct, now: datetime) -> None:
    def known(ref: Ref) -> int:
        return ref if isinstance(ref, int) else ids[ref]

    that_day = Reorganisation.objects.current().filter(takes_effect_on=changes.on)
    first = max(that_day.values_list("position", flat=True), default=-1) + 1
    rows = []
    for position, event in enumerate(changes.events, start=first):
        made = Reorganisation.objects.create(
            takes_effect_on=changes.on,
            position=position,
            kind=event.kind,
            title=event.title,
            instrument=event.instrument,
            act=act,
            recorded_at=now,
        )
        rows += [
            (made.pk, known(w.old), known(w.new), w.share.value, w.population, w.area_hectares, w.villages, w.clause)
            for w in event.successions
        ]
    columns = ["reorganisation", "predecessor", "successor", "share", "population", "area_hectares", "villages"]
    insert_rows(Succession, [*columns, "clause", "recorded_at"], ((*row, now) for row in rows))


def _told(changes: ChangeSet, ids: Mapping[uuid.UUID, int]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """One row of the log for each unit that begins, ends or changes: what of it begins, or that it ends."""
    said: dict[int, dict[str, Any]] = {}
    for fact in changes.facts:
        unit = fact.unit if isinstance(fact.unit, int) else ids[fact.unit]
        row = said.setdefault(unit, {"on": changes.on})
        for name, value in fact.values.items():
            if name in ("kind", "name", "code", "value", "other"):
                key = fact.series[0] if name in ("value", "other") else name
                row[key] = ids[value] if isinstance(value, uuid.UUID) else value
    for unit in changes.ended:
        said[unit] = {"ends_on": changes.on}
    for unit, row in said.items():
        yield "units.unit", unit, row
