"""Laying events out as spans, for any number of obligations in a constant number of statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from noivu.core.bulk import in_chunks, insert_rows
from noivu.core.querysets import among
from noivu.work.constants import Happening, Stage, Status
from noivu.work.models import Obligation, ObligationEvent, ObligationSpan
from noivu.work.timeline import Event, Life, Span, State, completing, spans

_CHUNK = 5_000
_BATCH = 500
_SPAN_FIELDS = [
    "obligation",
    "kind",
    "unit",
    "arises_on",
    "valid_from",
    "valid_to",
    "due_on",
    "status",
    "stage",
    "completed_on",
    "recorded_at",
]


def project(obligation_ids: Iterable[int], now: datetime) -> None:
    """Make the current spans of these obligations say what their current events say; what was said before is kept.

    Spans that stay true are left alone, the others are superseded at `now`, and new ones are recorded at `now`.
    Of an obligation entered by mistake no span stays current. What completes it is written on the obligation.
    """
    ids = list(dict.fromkeys(obligation_ids))
    for some in in_chunks(ids, _CHUNK):
        _project(some, now)


def _project(ids: Sequence[int], now: datetime) -> None:
    found = _lives(ids)
    lives = {key: (row.kind, _life(row)) for key, row in found.items()}
    events = _events(lives)
    _write_answers(found.values(), events)
    said = _said(ids)
    outdated: list[int] = []
    added: list[tuple[Any, ...]] = []
    for obligation_id in ids:
        kind, life = lives.get(obligation_id, ("", None))
        wanted = [] if life is None else spans(life, events[obligation_id])
        arises_on = life.arises_on if life else None
        keys = {(kind, arises_on, span) for span in wanted}
        standing = said[obligation_id]
        outdated += [span_id for key, span_id in standing.items() if key not in keys]
        added += [
            _row(obligation_id, kind, span, arises_on, now)
            for span in wanted
            if (kind, arises_on, span) not in standing
        ]
    for some in in_chunks(outdated, _CHUNK):
        ObligationSpan.objects.filter(among("pk", some)).update(superseded_at=now)
    insert_rows(ObligationSpan, _SPAN_FIELDS, added)


def _lives(ids: Sequence[int]) -> dict[int, Obligation]:
    columns = ("kind", "first_unit_id", "arises_on", "confirmation_required", "reply_document_id", "answer_symbol")
    return {row.pk: row for row in Obligation.objects.standing().filter(pk__in=ids).only(*columns)}


def _life(row: Obligation) -> Life:
    return Life(row.first_unit_id, row.arises_on, row.confirmation_required)


def _write_answers(rows: Iterable[Obligation], events: Mapping[int, Iterable[Event]]) -> None:
    """The reply and its symbol are those of the event that completes it, whoever recorded another before or after."""
    differing = []
    for row in rows:
        done = completing(_life(row), events[row.pk])
        answer = (done.outgoing_id, done.symbol) if done else (None, "")
        if (row.reply_document_id, row.answer_symbol) != answer:
            row.reply_document_id, row.answer_symbol = answer
            differing.append(row)
    if differing:
        Obligation.objects.bulk_update(differing, ["reply_document", "answer_symbol"], batch_size=_BATCH)


def _events(ids: Iterable[int]) -> defaultdict[int, list[Event]]:
    events: defaultdict[int, list[Event]] = defaultdict(list)
    rows = ObligationEvent.objects.current().filter(obligation_id__in=list(ids)).order_by("id")
    columns = (
        "obligation_id",
        "happening",
        "on",
        "order",
        "due_on",
        "unit_id",
        "outgoing_id",
        "symbol",
        "former_due_on",
    )
    for obligation_id, happening, *rest in rows.values_list(*columns):
        events[obligation_id].append(Event(Happening(happening), *rest))
    return events


def _said(ids: Sequence[int]) -> defaultdict[int, dict[Any, int]]:
    said: defaultdict[int, dict[Any, int]] = defaultdict(dict)
    rows = ObligationSpan.objects.current().filter(obligation_id__in=ids)
    for row in rows.values_list(
        "pk", "obligation_id", "kind", "arises_on", "valid_from", "valid_to",
        "unit_id", "due_on", "status", "stage", "completed_on",
    ):  # fmt: skip
        key, obligation_id, kind, arises_on, valid_from, valid_to, unit_id, due_on, status, stage, done = row
        state = State(unit_id, due_on, Status(status), Stage(stage), done)
        said[obligation_id][kind, arises_on, Span(valid_from, valid_to, state)] = key
    return said


def _row(obligation_id: int, kind: str, span: Span, arises_on: date | None, now: datetime) -> tuple[Any, ...]:
    state = span.state
    return (
        obligation_id, kind, state.unit_id, arises_on, span.valid_from, span.valid_to,
        state.due_on, state.status.value, state.stage.value, state.completed_on, now,
    )  # fmt: skip
