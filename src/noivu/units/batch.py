"""Many units at once: collected in memory, written set-wise in one transaction with one entry in the log."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

from noivu.audit.api import record_bulk
from noivu.core import clock
from noivu.core.actors import Actor
from noivu.core.bulk import insert_rows
from noivu.law.api import Instrument
from noivu.units.changes import COLUMNS, Changes, Span
from noivu.units.constants import Line, Share
from noivu.units.derivation import facts_changed, one_refresh
from noivu.units.kinds import kinds
from noivu.units.models import (
    Reorganisation,
    Succession,
    Unit,
    UnitCode,
    UnitFact,
    UnitKind,
    UnitLine,
    UnitMeasure,
    UnitName,
)
from noivu.units.naming import name_columns

_NAMESPACE = uuid.UUID("4f6b2f0e-6f0a-5b54-9a3e-7d5f0c1c2a10")
_MANY = 1_000
_COMMON = ("unit", "starts_on", "ends_on", "instrument", "start_known", "source", "recorded_at")


def _count_anew() -> None:
    """PostgreSQL plans by statistics, which a bulk load leaves behind: the next questions would take minutes."""
    if connection.vendor == "postgresql":
        written: tuple[type[Model], ...] = (Unit, Succession, *COLUMNS)
        tables = ", ".join(model._meta.db_table for model in written)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")


@cache
def identity(*words: str) -> uuid.UUID:
    """The same identity wherever the same thing is loaded: from words that never change."""
    return uuid.uuid5(_NAMESPACE, "/".join(words))


@dataclass(frozen=True, slots=True)
class Event:
    """A reorganisation with its successions (predecessor, successor, share, clause)."""

    on: date
    kind: str
    title: str
    instrument: Instrument
    successions: list[tuple[uuid.UUID, uuid.UUID, Share, str]]


@dataclass(frozen=True, slots=True)
class Written:
    """What a batch wrote: units and facts that were not there before.

    `changed`: facts of units already there that now end, or begin. `differing`: those that stay as they were, because
    the register says otherwise of that time.
    """

    units: int
    facts: int
    successions: int
    present: int
    changed: int = 0
    differing: int = 0


@dataclass(eq=False)
class Batch:
    """Units with their facts, collected before they are written. Units are named by their `identity`."""

    families: dict[uuid.UUID, str] = field(default_factory=dict)
    facts: list[tuple[type[UnitFact], uuid.UUID, Span, tuple[Any, ...]]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def unit(self, uid: uuid.UUID, family: str) -> uuid.UUID:
        self.families[uid] = family
        return uid

    def kind(self, uid: uuid.UUID, span: Span, kind: str) -> None:
        self.facts.append((UnitKind, uid, span, (kind, kinds[kind].level.value)))

    def name(self, uid: uuid.UUID, span: Span, name: str, kind: str, short: str | None = None) -> None:
        self.facts.append((UnitName, uid, span, name_columns(name, kind, short)))

    def code(self, uid: uuid.UUID, span: Span, scheme: str, code: str) -> None:
        self.facts.append((UnitCode, uid, span, (scheme, code)))

    def line(self, uid: uuid.UUID, span: Span, line: Line, to: uuid.UUID, position: int = 0) -> None:
        self.facts.append((UnitLine, uid, span, (line.value, to, position)))

    def measure(self, uid: uuid.UUID, span: Span, measure: str, value: int) -> None:
        self.facts.append((UnitMeasure, uid, span, (measure, value)))

    def as_known_on(self, day: date) -> "Batch":
        """What was so by a day: without all that came later, and without the ends that came later."""
        facts = [
            (model, uid, replace(span, ends_on=None) if span.ends_on and span.ends_on > day else span, values)
            for model, uid, span, values in self.facts
            if span.starts_on <= day
        ]
        alive = {uid for _, uid, _, _ in facts}
        families = {uid: family for uid, family in self.families.items() if uid in alive}
        return Batch(families, facts, [event for event in self.events if event.on <= day])

    def write(self, actor: Actor, label: str) -> Written:
        """Write what the register has never said: nothing is done twice, and what was corrected here stays."""
        with one_refresh():
            present = dict(Unit.objects.values_list("uid", "pk"))
            new = [uid for uid in self.families if uid not in present]
            insert_rows(Unit, ["uid", "family"], ((uid, self.families[uid]) for uid in new))
            ids = dict(Unit.objects.values_list("uid", "pk")) if new else present
            fresh = set(new)
            facts = sum(self._write_facts(model, ids, fresh) for model in COLUMNS)
            changes = Changes(ids)
            for model, uid, span, values in self.facts:
                if uid not in fresh:
                    changes.compare(model, uid, span, values)
            changed = changes.write()
            successions = self._write_events(ids)
            written = Written(len(new), facts, successions, len(present), len(changed), changes.differing)
            if not (new or changed or successions):
                return written
            if len(new) > _MANY:
                _count_anew()
            touched = fresh.union(changed)
            record_bulk(actor=actor, action="unit.load", label=label, rows=self._logged(ids, touched))
            facts_changed()
        return written

    def _write_facts(self, model: type[UnitFact], ids: dict[uuid.UUID, int], fresh: set[uuid.UUID]) -> int:
        now = clock.now()
        rows = (
            (
                ids[uid],
                span.starts_on,
                span.ends_on,
                span.instrument.pk,
                span.start_known,
                span.source,
                now,
                *(ids[value] if isinstance(value, uuid.UUID) else value for value in values),
            )
            for kind, uid, span, values in self.facts
            if kind is model and uid in fresh
        )
        return insert_rows(model, [*_COMMON, *COLUMNS[model]], rows)

    def _write_events(self, ids: dict[uuid.UUID, int]) -> int:
        """Events and successions that were never recorded, each under the event of its day and title."""
        now = clock.now()
        known = {
            (on, title): pk
            for pk, on, title in Reorganisation.objects.current().values_list("pk", "takes_effect_on", "title")
        }
        said = Succession.objects.values_list("reorganisation__takes_effect_on", "predecessor_id", "successor_id")
        held = set(said)
        written = 0
        for position, event in enumerate(self.events):
            wanted = [s for s in event.successions if (event.on, ids[s[0]], ids[s[1]]) not in held]
            place = (event.on, event.title)
            if place in known and not wanted:
                continue
            if place not in known:
                known[place] = Reorganisation.objects.create(
                    takes_effect_on=event.on,
                    position=position,
                    kind=event.kind,
                    title=event.title,
                    instrument=event.instrument,
                ).pk
            written += insert_rows(
                Succession,
                ["reorganisation", "predecessor", "successor", "share", "clause", "villages", "recorded_at"],
                (
                    (known[place], ids[old], ids[new], share.value, clause, "", now)
                    for old, new, share, clause in wanted
                ),
            )
        return written

    def _logged(self, ids: dict[uuid.UUID, int], fresh: set[uuid.UUID]) -> Iterator[tuple[str, int, dict[str, Any]]]:
        """One row for each new unit: its first name and code are enough to know what was loaded."""
        said: dict[uuid.UUID, dict[str, Any]] = {}
        for model, uid, span, values in self.facts:
            if model in (UnitName, UnitCode) and uid in fresh:
                key = "name" if model is UnitName else "code"
                first = values[0] if model is UnitName else values[1]
                said.setdefault(uid, {"on": span.starts_on}).setdefault(key, first)
        for uid, values_said in said.items():
            yield "units.unit", ids[uid], values_said
