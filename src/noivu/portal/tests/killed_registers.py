"""Imports into the register of incoming documents that are killed: see `noivu.sheets.tests.killed`."""

from typing import Any

import django

django.setup()

from noivu.records.models import IncomingDocument
from noivu.sheets.tests.killed import kill_imports
from noivu.units.testing import small_sector
from noivu.work.models import Obligation, ObligationEvent, ObligationSpan

_DOCUMENT = (
    "unit__uid",
    "arrival_number",
    "arrival_suffix",
    "arrived_on",
    "issuer",
    "symbol",
    "summary",
    "superseded_at",
)
_OBLIGATION = ("document__arrival_number", "kind", "unit__uid", "arises_on")
_SPAN = (
    "obligation__document__arrival_number",
    "valid_from",
    "valid_to",
    "due_on",
    "status",
    "completed_on",
    "superseded_at",
)
_EVENT = ("obligation__document__arrival_number", "happening", "on", "superseded_at")


def registers() -> list[Any]:
    """All rows that an import writes, without the keys and instants that differ from run to run."""
    found: list[Any] = []
    for model, names in (
        (IncomingDocument, _DOCUMENT),
        (Obligation, _OBLIGATION),
        (ObligationSpan, _SPAN),
        (ObligationEvent, _EVENT),
    ):
        found += sorted(repr((model.__name__, *row)) for row in model.objects.values_list(*names))
    return found


if __name__ == "__main__":
    small_sector()
    kill_imports("documents-in", registers)
