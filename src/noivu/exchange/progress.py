"""How far the handling of a document has come, told by the rooms that know it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from noivu.core.registry import Registry
from noivu.exchange.codes import ASSIGNED
from noivu.records.api import IncomingDocument


@dataclass(frozen=True, slots=True)
class Progress:
    """A status among assigned, in progress and completed (`codes.STATUSES`), and since when it is so recorded."""

    status: str
    since: datetime


@dataclass(frozen=True, slots=True)
class ProgressSource:
    """What knows how far a document has come; None where it knows nothing of it."""

    code: str
    of: Callable[[IncomingDocument], Progress | None]


progress_sources: Registry[ProgressSource] = Registry("progress", key=lambda source: source.code)


def declare_progress(source: ProgressSource) -> None:
    """Tell how far documents have come; called in `<room>/effects.py`."""
    progress_sources.declare(source)


def progress_of(document: IncomingDocument, sources: Registry[ProgressSource] = progress_sources) -> Progress | None:
    """The furthest that is known; else that the document was given to somebody."""
    known = [told for source in sources if (told := source.of(document)) is not None]
    if known:
        return max(known, key=lambda told: (told.status, told.since))
    given = document.assigned_unit_id or document.assigned_to
    return Progress(ASSIGNED, document.recorded_at) if given else None
