"""What of a register waits for triage: one document after another, and how many are left."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from noivu.core import access
from noivu.figures.api import Standpoint
from noivu.office.api import TaskOrigin, TriageMark
from noivu.records.api import IncomingDocument, files_of
from noivu.units.api import reach_with_ended
from noivu.work.api import Obligation

_ORDER = ("arrived_on", "arrival_number", "pk")


@dataclass(frozen=True)
class Waiting:
    """The document at hand (None: nothing waits), those beside it, and how many wait in all.

    `is_waiting` is false for one that was dealt with, to which the reader went back.
    """

    document: IncomingDocument | None
    files: Sequence[Any]
    left: int
    next: int | None = None
    previous: int | None = None
    is_waiting: bool = True


def waiting(here: Standpoint, at: int | None) -> Waiting:
    """The document `at` hand, or the first that waits: three statements."""
    queue = _queue(here)
    left = queue.count()
    rows = _reached(here) if at is not None else queue
    rows = rows.filter(pk=at) if at is not None else rows
    beside = rows.annotate(
        next_id=Subquery(_beside(queue, after=True)),
        previous_id=Subquery(_beside(queue, after=False)),
        waits=Exists(queue.filter(pk=OuterRef("pk"))),
    )
    document: Any = beside.order_by(*_ORDER).first()
    if document is None and at is not None:  # of another period or unit: the first one there
        return waiting(here, None)
    if document is None:
        return Waiting(None, (), left)
    return Waiting(
        document, files_of(document), left, document.next_id, document.previous_id, is_waiting=document.waits
    )


def _reached(here: Standpoint) -> QuerySet[IncomingDocument]:
    """The documents of the registers of the unit and those below, of the period, in which the reader may write."""
    reading = here.question().reading
    arrived = IncomingDocument.objects.current().numbered().arrived_in(reading.range, by=reading.as_of)
    within = arrived.filter(unit__in=reach_with_ended(here.unit.id, here.last_day))
    return access.scope(here.actor, "records.edit", within)


def _queue(here: Standpoint) -> QuerySet[IncomingDocument]:
    """Given to nobody, owed no reply, made into no task, marked as nothing."""
    owed = Obligation.objects.standing().filter(document=OuterRef("pk"))
    became = TaskOrigin.objects.filter(document=OuterRef("pk"))
    marked = TriageMark.objects.filter(document=OuterRef("pk"))
    rows = _reached(here).filter(assigned_unit=None, assigned_to="")
    return rows.filter(~Exists(owed), ~Exists(became), ~Exists(marked))


def _beside(queue: QuerySet[IncomingDocument], *, after: bool) -> QuerySet[Any, Any]:
    """The key of the next one that waits, or of the one before."""
    way = "gt" if after else "lt"
    later = Q(**{f"arrived_on__{way}": OuterRef("arrived_on")})
    later |= Q(arrived_on=OuterRef("arrived_on"), **{f"arrival_number__{way}": OuterRef("arrival_number")})
    same = Q(arrived_on=OuterRef("arrived_on"), arrival_number=OuterRef("arrival_number"))
    later |= same & Q(**{f"pk__{way}": OuterRef("pk")})
    order = _ORDER if after else tuple(f"-{name}" for name in _ORDER)
    return queue.filter(later).order_by(*order).values("pk")[:1]
