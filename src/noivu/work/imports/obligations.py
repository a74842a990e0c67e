"""Obligations as sheets state them, many at once: a constant number of statements per chunk.

A sheet states facts, not verbs: whose, from when, due when, done when. Each fact of a row becomes an event marked
`from_sheet`; a later import of the row replaces the events of the columns it has, and touches no event that a person
entered. So a blank cell takes back what an earlier sheet said, never what was recorded in the product.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from noivu.core.actors import Actor
from noivu.core.bulk import insert_rows
from noivu.records.api import insert_searchable
from noivu.work.constants import Happening, Kind
from noivu.work.models import Cooperation, Obligation, ObligationEvent
from noivu.work.projection import project

_BATCH = 500
_ORDER = {
    Happening.ASSIGNED: 0,
    Happening.DUE_SET: 1,
    Happening.SUSPENDED: 2,
    Happening.COMPLETED: 3,
    Happening.CONFIRMED: 4,
}
_EVENT_FIELDS = ["obligation", "happening", "on", "order", "due_on", "from_sheet", "actor_id", "actor_name"]
_NEEDS_LAYING_OUT = frozenset({"arises_on", "confirmation_required", "removed_at"})
Fact = tuple[str, date, date | None]
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What a row states about an obligation. `key`: (document,) of a reply, else (unit, code).

    `initial` fields are set when it is first written: later they belong to whoever assigns or transfers it.
    `managed` are the happenings whose columns the file has. `owed` False: a document that needs no reply; None: the
    file does not say.
    """

    key: Key
    initial: Mapping[str, Any]
    fields: Mapping[str, Any]
    facts: frozenset[Fact]
    managed: frozenset[Happening]
    owed: bool | None = True
    cooperating: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """What came of a statement: the obligation, where one is owed, and whether anything changed."""

    id: int | None
    changed: bool


@dataclass
class _Work:
    """What a chunk has to write."""

    touched: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)


def fact(happening: Happening, on: date, due_on: date | None = None) -> Fact:
    return happening.value, on, due_on


def write_statements(kind: Kind, statements: Sequence[Statement], actor: Actor, now: datetime) -> dict[Key, Stated]:
    """Make obligations stand as stated; says by key what came of it. The caller holds the transaction."""
    standing = _standing(kind, statements)
    statements = _sparing(standing, statements)
    new = [s for s in statements if s.owed and s.key not in standing]
    work = _Work()
    _update(standing, statements, work, now)
    if new:
        _insert(kind, new)
        standing = _standing(kind, statements)
        work.touched |= {standing[s.key].pk for s in new}
    _write_events(standing, statements, work, actor, now)
    _write_cooperations(standing, statements, work)
    project(work.touched, now)
    changed = work.touched | work.changed
    ids = {s.key: standing[s.key].pk for s in statements if s.key in standing}
    return {s.key: Stated(ids.get(s.key), ids.get(s.key) in changed) for s in statements}


def _standing(kind: Kind, statements: Sequence[Statement]) -> dict[Key, Obligation]:
    rows = Obligation.objects.standing().of_kind(kind)
    if kind is Kind.REPLY:
        found = rows.filter(document_id__in=[s.key[0] for s in statements])
        return {(row.document_id,): row for row in found}
    units, codes = {s.key[0] for s in statements}, [s.key[1] for s in statements]
    return {(row.first_unit_id, row.code): row for row in rows.filter(first_unit_id__in=units, code__in=codes)}


def _sparing(standing: Mapping[Key, Obligation], statements: Sequence[Statement]) -> list[Statement]:
    """A blank cell takes back what sheets alone had stated; what a person entered or acted on goes on being owed."""
    refused = [standing[s.key].pk for s in statements if s.owed is False and s.key in standing]
    by_person = ObligationEvent.objects.current().filter(obligation_id__in=refused, from_sheet=False)
    kept = set(by_person.values_list("obligation_id", flat=True)) if refused else set()

    def spared(statement: Statement) -> Statement:
        obligation = standing.get(statement.key)
        if obligation is None or (statement.owed is False and obligation.pk not in kept) or statement.owed:
            return statement
        return replace(statement, owed=None, facts=frozenset(), managed=frozenset())

    return [spared(statement) for statement in statements]


def _update(standing: Mapping[Key, Obligation], statements: Iterable[Statement], work: _Work, now: datetime) -> None:
    """Set the fields that differ. Without need of a reply, what a sheet alone had stated is taken back."""
    edited: dict[str, list[Obligation]] = defaultdict(list)
    for statement in statements:
        obligation = standing.get(statement.key)
        if obligation is None:
            continue
        fields = {"removed_at": now} if statement.owed is False else dict(statement.fields)
        for name in [name for name, value in fields.items() if getattr(obligation, name) != value]:
            setattr(obligation, name, fields[name])
            edited[name].append(obligation)
            work.changed.add(obligation.pk)
            work.touched |= {obligation.pk} if name in _NEEDS_LAYING_OUT else set()
    rows = {row.pk: row for rows in edited.values() for row in rows}
    names = [field.name for field in Obligation._meta.concrete_fields if field.attname in edited]
    if rows:
        Obligation.objects.bulk_update(rows.values(), names, batch_size=_BATCH)


def _insert(kind: Kind, statements: Sequence[Statement]) -> None:
    fields = [field for field in Obligation._meta.concrete_fields if field.name != "id"]
    blank = {field.attname: None if field.null else field.get_default() for field in fields}

    def row(statement: Statement) -> list[Any]:
        whole = {**blank, "kind": kind.value, **statement.initial, **statement.fields}
        whole["first_unit_id"] = whole["unit_id"]
        return [whole[field.attname] for field in fields]

    insert_searchable(Obligation, [field.name for field in fields], (row(statement) for statement in statements))


def _write_events(
    standing: Mapping[Key, Obligation],
    statements: Sequence[Statement],
    work: _Work,
    actor: Actor,
    now: datetime,
) -> None:
    owed = [s for s in statements if s.owed and s.key in standing]
    said = _said([standing[s.key].pk for s in owed])
    outdated: list[int] = []
    added: list[tuple[int, Fact]] = []
    for statement in owed:
        key = standing[statement.key].pk
        before = {f: pk for f, pk in said[key].items() if Happening(f[0]) in statement.managed}
        outdated += [pk for f, pk in before.items() if f not in statement.facts]
        added += [(key, f) for f in sorted(statement.facts - before.keys(), key=str)]
        if before.keys() != statement.facts:
            work.touched.add(key)
    for start in range(0, len(outdated), 5_000):
        ObligationEvent.objects.filter(pk__in=outdated[start : start + 5_000]).update(superseded_at=now)
    who = (True, actor.id, actor.name, now)
    insert_rows(
        ObligationEvent,
        [*_EVENT_FIELDS, "recorded_at", "reason", "rule"],
        (
            (key, happening, on, _ORDER[Happening(happening)], due_on, *who, "", "")
            for key, (happening, on, due_on) in added
        ),
    )


def _said(ids: Sequence[int]) -> defaultdict[int, dict[Fact, int]]:
    said: defaultdict[int, dict[Fact, int]] = defaultdict(dict)
    rows = ObligationEvent.objects.current().filter(obligation_id__in=ids, from_sheet=True, outgoing__isnull=True)
    for pk, key, happening, on, due_on in rows.values_list("pk", "obligation_id", "happening", "on", "due_on"):
        said[key][happening, on, due_on] = pk
    return said


def _write_cooperations(standing: Mapping[Key, Obligation], statements: Sequence[Statement], work: _Work) -> None:
    wanted = {standing[s.key].pk: s.cooperating for s in statements if s.cooperating is not None}
    if not wanted:
        return
    before: defaultdict[int, set[int]] = defaultdict(set)
    rows = Cooperation.objects.filter(obligation_id__in=list(wanted))
    for key, unit_id in rows.values_list("obligation_id", "unit_id"):
        before[key].add(unit_id)
    differing = {key: units for key, units in wanted.items() if units is not None and units != before[key]}
    Cooperation.objects.filter(obligation_id__in=list(differing)).delete()
    Cooperation.objects.bulk_create(
        [Cooperation(obligation_id=key, unit_id=unit) for key, units in differing.items() for unit in sorted(units)]
    )
    work.changed |= differing.keys()
