"""What is asked of sendings: what waits for a unit, one of them, to whom a document went."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.http import Http404

from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.figures.api import Standpoint
from noivu.records.models import Dispatch, DispatchState, DocumentFile, OutgoingDocument, Reading
from noivu.records.queries.registers import files_of
from noivu.ui.tables import Order, Page, State, page_of
from noivu.units.api import reach_with_ended, tree

_ORDERS = {"sent_at": Order("sent_at")}
_OPEN = (DispatchState.SENT.value, DispatchState.RECALL_ASKED.value)


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """What waits for a unit to act: to be registered, or to be given back."""

    pk: int
    symbol: str
    sent_at: datetime
    sender: str
    receiver: str
    summary: str
    state: Text


def waiting_page(here: Standpoint, state: State) -> Page[WaitingLine]:
    """What was sent to the units within reach and waits there, whatever the period."""
    rows = Dispatch.objects.filter(state__in=_OPEN, to_unit__in=reach_with_ended(here.unit.id, here.last_day))
    seen: Any = access.scope(here.actor, "records.view", rows.select_related("document"))
    page: Page[Any] = page_of(seen, state, _ORDERS)
    return page.showing(waiting_line(row) for row in page.rows)


def waiting_line(row: Dispatch) -> WaitingLine:
    return WaitingLine(
        pk=row.pk,
        symbol=row.document.symbol,
        sent_at=row.sent_at,
        sender=_named(row.document.unit_id),
        receiver=receiver_of(row),
        summary=row.document.summary,
        state=row.state_label,
    )


def receiver_of(row: Dispatch) -> str:
    return row.to_name or _named(row.to_unit_id)


def _named(unit_id: int | None) -> str:
    node = tree(clock.today()).node(unit_id) if unit_id else None
    return node.name if node else ""


def dispatch_for(actor: Actor, dispatch_id: int, verb: str = "records.view") -> Dispatch:
    """A sending to a unit within the actor's reach."""
    rows = access.scope(actor, verb, Dispatch.objects.select_related("document", "registered_as"))
    found = rows.filter(pk=dispatch_id).first()
    if found is None:
        raise Http404
    return found


def sent_files(dispatch: Dispatch) -> list[DocumentFile]:
    return files_of(dispatch.document)


def note_reading(actor: Actor, dispatch: Dispatch) -> None:
    """Note that a person opened it; the first time counts."""
    Reading.objects.bulk_create(
        [Reading(dispatch=dispatch, reader=actor.id, reader_name=actor.name)], ignore_conflicts=True
    )


@dataclass(frozen=True, slots=True)
class SentLine:
    """To whom a document went, how that stands, and who opened it there when."""

    dispatch: Dispatch
    receiver: str
    readings: list[tuple[str, datetime]]


def dispatches_of(document: OutgoingDocument) -> list[SentLine]:
    """To whom a document went, in the order of sending; in one statement."""
    rows = Dispatch.objects.filter(document=document).annotate(
        reader=F("readings__reader_name"), read_at=F("readings__first_at")
    )
    lines: dict[int, SentLine] = {}
    for row in rows.order_by("pk", "readings__first_at"):
        line = lines.setdefault(row.pk, SentLine(row, receiver_of(row), []))
        if row.reader:
            line.readings.append((row.reader, row.read_at))
    return list(lines.values())
