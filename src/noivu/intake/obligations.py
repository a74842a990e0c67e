"""Obligations as sheets state them, many at once: a constant number of statements per chunk.

A sheet states facts, not verbs: whose, from when, due when, done when. Each fact of a row becomes an event marked
`from_sheet`; a later import of the row replaces the events of the columns it has, and touches no event that a person
entered. So a blank cell takes back what an earlier sheet said, never what was recorded in the product; and what a
person put right stays until a sheet says something new of it (`records.heard`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q

from noivu.core.actors import Actor
from noivu.intake.events import write_cooperations, write_letters, write_said_events
from noivu.intake.rights import entered_by_persons
from noivu.intake.statements import Key, Stated, Statement, Work
from noivu.records.api import heard, insert_searchable, search_text
from noivu.work.api import Obligation, describe, kind_of, project_and_follow
from noivu.work.constants import Kind

_BATCH = 500
_NEEDS_LAYING_OUT = frozenset({"arises_on", "confirmation_required", "removed_at"})


def write_statements(kind: str, statements: Sequence[Statement], actor: Actor, now: datetime) -> dict[Key, Stated]:
    """Make obligations stand as stated; says by key what came of it. The caller holds the transaction."""
    standing = standing_of(kind, statements)
    statements = _sparing(standing, statements)
    new = [s for s in statements if s.owed and s.key not in standing]
    work = Work()
    _update(standing, statements, work, now)
    if new:
        _insert(kind, new)
        standing = standing_of(kind, statements)
        fresh = [standing[s.key] for s in new]
        work.touched |= {obligation.pk for obligation in fresh}
        write_letters(kind, fresh, actor, now)
    write_said_events(standing, statements, work, actor, now)
    write_cooperations(standing, statements, work)
    Obligation.objects.bulk_update(work.noted.values(), ["sheet_said"], batch_size=_BATCH)
    project_and_follow(work.touched, now)
    changed = work.touched | work.changed
    return {s.key: _stated(standing.get(s.key), changed) for s in statements}


def _stated(obligation: Obligation | None, changed: set[int]) -> Stated:
    if obligation is None:
        return Stated(None, changed=False)
    return Stated(obligation.pk, obligation.pk in changed, obligation.removed_at is not None)


def standing_of(kind: str, statements: Sequence[Statement], only: Q | None = None) -> dict[Key, Obligation]:
    """What stands already of what is stated, held until the transaction ends. One statement."""
    rows = Obligation.objects.standing().of_kind(kind).select_for_update().order_by("pk").filter(only or Q())
    if kind == Kind.REPLY:
        found = rows.filter(document_id__in=[s.key[0] for s in statements])
        return {(row.document_id,): row for row in found}
    units, codes = {s.key[0] for s in statements}, [s.key[1] for s in statements]
    return {(row.first_unit_id, row.code): row for row in rows.filter(first_unit_id__in=units, code__in=codes)}


def _sparing(standing: Mapping[Key, Obligation], statements: Sequence[Statement]) -> list[Statement]:
    """A blank cell takes back what sheets alone had stated; what a person entered or acted on goes on being owed."""
    refused = [standing[s.key].pk for s in statements if s.owed is False and s.key in standing]
    kept = entered_by_persons(refused)

    def spared(statement: Statement) -> Statement:
        obligation = standing.get(statement.key)
        if obligation is None or (statement.owed is False and obligation.pk not in kept) or statement.owed:
            return statement
        return replace(statement, owed=None, facts=frozenset(), managed=frozenset())

    return [spared(statement) for statement in statements]


def _update(standing: Mapping[Key, Obligation], statements: Iterable[Statement], work: Work, now: datetime) -> None:
    """Set the fields of which the sheet says something new. Without need of a reply, what sheets alone had stated is
    taken back."""
    edited: dict[int, Obligation] = {}
    names: set[str] = set()
    for statement in statements:
        obligation = standing.get(statement.key)
        if obligation is None:
            continue
        news: dict[str, Any] = {"removed_at": now}
        if statement.owed is not False:
            news, said = heard(obligation, statement.fields)
            work.unheard_of |= {obligation.pk} if obligation.sheet_said is None else set()
            work.note(obligation, said)
        if not news:
            continue
        for name, value in news.items():
            setattr(obligation, name, value)
        searched = describe(obligation) if kind_of(obligation.kind).searched else ()
        names |= {*news, *searched}
        edited[obligation.pk] = obligation
        work.changed.add(obligation.pk)
        work.touched |= {obligation.pk} if news.keys() & _NEEDS_LAYING_OUT else set()
    written = [field.name for field in Obligation._meta.concrete_fields if field.attname in names]
    if edited:
        Obligation.objects.bulk_update(edited.values(), written, batch_size=_BATCH)


def _insert(kind: str, statements: Sequence[Statement]) -> None:
    fields = [field for field in Obligation._meta.concrete_fields if field.name != "id"]
    blank = {field.attname: None if field.null else field.get_default() for field in fields}
    searched = kind_of(kind).searched

    def row(statement: Statement) -> list[Any]:
        whole = {**blank, "kind": str(kind), "sheet_said": {}, **statement.initial, **statement.fields}
        whole["first_unit_id"] = whole["unit_id"]
        if searched:
            whole["search_text"] = search_text(whole[name] for name in searched)
        return [whole[field.attname] for field in fields]

    insert_searchable(Obligation, [field.name for field in fields], (row(statement) for statement in statements))
