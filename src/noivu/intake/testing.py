"""Rows of sheets as the reader hands them over, without a file."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from noivu.core.actors import SYSTEM, Actor
from noivu.core.wording import Text
from noivu.sheets.api import ImportContext, Outcome, ParsedRow, Template


def put_in(
    template: Template,
    rows: Sequence[Mapping[str, Any]],
    given: Sequence[str] | None = None,
    *,
    actor: Actor = SYSTEM,
    warnings: list[Text] | None = None,
) -> list[Outcome]:
    """Apply rows in one transaction, as an import does. `given`: the columns of the file; all unless said. `warnings`
    takes what is told of them."""
    columns = frozenset(given or (column.key for column in template.columns))
    told = [] if warnings is None else warnings
    context = ImportContext(actor=actor, unit=None, batch=None, given=columns, warnings=told)
    parsed = [ParsedRow(number, row) for number, row in enumerate(rows, start=2)]
    with transaction.atomic():
        return list(template.apply(parsed, context))


def states(outcomes: Sequence[Outcome]) -> list[str]:
    return [outcome.state for outcome in outcomes]
