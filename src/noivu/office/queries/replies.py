"""Letters that a typed symbol may mean."""

from collections.abc import Collection
from datetime import date

from noivu.core import access
from noivu.core.actors import Actor
from noivu.records.api import OutgoingDocument, symbol_key


def issued_replies(actor: Actor, unit_ids: Collection[int], symbol: str, on: date | None) -> list[OutgoingDocument]:
    """Documents of the registers of these units that bear this symbol, of this day when one is given; the latest
    first. One that is restricted to others is none: what is typed stays as it is typed."""
    rows = OutgoingDocument.objects.current().numbered().filter(unit_id__in=unit_ids, symbol_key=symbol_key(symbol))
    if on is not None:
        rows = rows.filter(issued_on=on)
    return list(access.open_to(actor, rows).order_by("-issued_on")[:5])
