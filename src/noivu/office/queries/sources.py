"""A document and the tasks that were made of it, from either end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from noivu.core import access
from noivu.core.actors import Actor
from noivu.office.models import TaskOrigin
from noivu.records.api import IncomingDocument
from noivu.work.api import Day, Obligation, ObligationLine, ObligationSpan, document_address, obligation_line
from noivu.work.constants import Kind


@dataclass(frozen=True, slots=True)
class Source:
    """The document of which a task was made; `href` is empty where the reader may not open it."""

    document: IncomingDocument
    href: str


def tasks_of(actor: Actor, document_id: int, day: date) -> Sequence[ObligationLine]:
    """The tasks made of a document, as they stand on a day, of those the reader may see. One query."""
    made = TaskOrigin.objects.filter(document_id=document_id).values("task")
    spans = ObligationSpan.objects.current().of_kind(Kind.TASK).holding_on(day).filter(obligation__in=made)
    seen = access.scope(actor, "work.view", spans.filter(obligation__removed_at=None), given=True)
    rows = seen.select_related("obligation", "obligation__session").order_by("due_on", "obligation_id")
    return [obligation_line(span, Day(day)) for span in rows]


def source_of(actor: Actor, obligation: Obligation) -> Source | None:
    """The document of which it was made, where it was: it comes with the obligation. None where that is restricted to
    others."""
    if not hasattr(obligation, "came_from"):
        return None
    document = obligation.came_from.document
    if not access.is_open(actor, document):
        return None
    may_open = access.may(actor, "records.view", document)
    return Source(document, document_address(document.pk) if may_open else "")
