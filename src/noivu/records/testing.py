"""Makers of documents for the tests of this room and of those above."""

from datetime import date
from typing import Any

from noivu.audit.api import history
from noivu.core.actors import SYSTEM
from noivu.records.models import IncomingDocument, OutgoingDocument
from noivu.records.numbers import RegisterNumber
from noivu.records.services import IncomingEntry, OutgoingEntry, register_incoming, register_outgoing
from noivu.units.api import Unit


def arrives(unit: Unit, on: date, number: int | None = None, **fields: Any) -> IncomingDocument:
    """A document that arrived at a unit on a day, under the next number unless one is given."""
    known = {"issuer": "Sở Nội vụ tỉnh Nghệ An", "summary": "Đề nghị hướng dẫn xác định biên chế", **fields}
    numbered = RegisterNumber(number) if number else None
    return register_incoming(
        actor=SYSTEM, entry=IncomingEntry(unit_id=unit.pk, arrived_on=on, number=numbered, **known)
    )


def goes_out(unit: Unit, on: date, **fields: Any) -> OutgoingDocument:
    """A document that a unit issued on a day."""
    known = {"kind": "Công văn", "summary": "Hướng dẫn xác định biên chế", "notation": "BNV-VP", **fields}
    return register_outgoing(actor=SYSTEM, entry=OutgoingEntry(unit_id=unit.pk, issued_on=on, **known))


def files_in_log(document: IncomingDocument | OutgoingDocument, action: str) -> set[tuple[str, str]]:
    """Which files the log says an act brought or took away, each with the reason."""
    acts = [line for line in history(document) if line.action == action]
    return {(change.new or change.old, act.reason) for act in acts for change in act.changes if change.field == "name"}
