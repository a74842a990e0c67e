"""Documents in that may have been registered twice: one number and symbol, one issuer, one year.

Numbers begin anew each year, so that the same symbol of another year is another document. A day that differs is no
proof: it is typed, and often wrongly. What is restricted to others than who asks is not told.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.bulk import in_chunks
from noivu.core.text import fold
from noivu.records.models import IncomingDocument
from noivu.records.numbers import symbol_key
from noivu.records.querysets import IncomingQuerySet

_CHUNK = 500
_NAMED = 5
Mark = tuple[int, str, str, int]


def _mark(unit_id: int, key: str, issuer: str, issued_on: date | None, arrived_on: date) -> Mark:
    return unit_id, key, fold(issuer).strip(), (issued_on or arrived_on).year


def _mark_of(document: IncomingDocument) -> Mark:
    return _mark(document.unit_id, document.symbol_key, document.issuer, document.issued_on, document.arrived_on)


def same_documents(
    actor: Actor, unit_id: int, symbol: str, issuer: str, issued_on: date | None, arrived_on: date
) -> list[IncomingDocument]:
    """Documents that stand under the same symbol and issuer in the same year; those of the same day first."""
    if not symbol.strip():
        return []
    mark = _mark(unit_id, symbol_key(symbol), issuer, issued_on, arrived_on)
    rows = IncomingDocument.objects.current().numbered().filter(unit_id=unit_id, symbol_key=mark[1])
    told = access.open_to(actor, rows)
    same = [document for document in told.order_by("-arrived_on") if _mark_of(document) == mark]
    return sorted(same, key=lambda document: document.issued_on != issued_on)[:_NAMED]


def _rows() -> IncomingQuerySet[IncomingDocument]:
    return IncomingDocument.objects.only(
        *("unit_id", "symbol_key", "issuer", "issued_on", "arrived_on", "arrival_number", "arrival_suffix")
    )


def doubles_of(actor: Actor, ids: Iterable[int]) -> dict[int, list[IncomingDocument]]:
    """For each of these documents that has such, the others that may be the same."""
    wanted = set(ids)
    known = [one for part in in_chunks(wanted, _CHUNK) for one in _rows().filter(pk__in=part)]
    keys = {document.symbol_key for document in known if document.symbol_key}
    units = {document.unit_id for document in known}
    by_mark: dict[Mark, list[IncomingDocument]] = defaultdict(list)
    for part in in_chunks(keys, _CHUNK):
        named = _rows().current().numbered().filter(symbol_key__in=part, unit_id__in=units)
        for row in access.open_to(actor, named):
            by_mark[_mark_of(row)].append(row)
    found = {one.pk: [other for other in by_mark[_mark_of(one)] if other.pk != one.pk] for one in known}
    return {pk: others for pk, others in found.items() if others}
