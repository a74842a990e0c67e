"""The letters by which what is owed was answered, as far as their words may be told beside what they answer."""

from collections.abc import Iterable, Iterator

from noivu.core import access
from noivu.core.actors import Actor
from noivu.records.api import IncomingDocument, OutgoingDocument
from noivu.work.models import ObligationEvent


def told_events(actor: Actor, events: Iterable[ObligationEvent]) -> Iterator[ObligationEvent]:
    """What happened, without the letters that are restricted to others."""
    for event in events:
        if event.outgoing is not None and not access.is_open(actor, event.outgoing):
            event.outgoing, event.symbol = None, ""
        yield event


def tells_answer(
    actor: Actor, document: IncomingDocument, letter: int | None, unit: int, secrecy: str, names: int | None
) -> bool:
    """Whether what answers a document may be named beside it: it is a typed symbol, or a letter that is not restricted
    to others. The letter comes with its row: its key, unit and mark, and the document that it names."""
    if letter is None:
        return True
    answers = document if names == document.pk else None
    return access.is_open(actor, OutgoingDocument(unit_id=unit, in_reply_to=answers, secrecy=secrecy))
