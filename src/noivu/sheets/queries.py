"""What pages and commands show of imports."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.sheets.declarations import Template, templates
from noivu.sheets.heads import REASON_HEADS
from noivu.sheets.models import Batch, QuarantinedRow
from noivu.sheets.policies import VIEW
from noivu.sheets.writing import OutColumn


def batch_for(actor: Actor, number: int) -> Batch:
    """A batch the actor may see: one's own, or one of a unit in reach. Others answer as if they did not exist."""
    batch = Batch.objects.filter(pk=number).first()
    if batch is None or not (batch.actor_id == actor.id or access.may(actor, VIEW, batch)):
        raise Refusal(
            what=Text(vi=f"Không có lô nhập {number}.", en=f"There is no batch {number}."),
            do=Text(vi="Xem danh sách: noivu quarantine list.", en="See the list: noivu quarantine list."),
            code="batch",
        )
    return batch


def batches_for(actor: Actor, limit: int = 100) -> list[Batch]:
    """The latest batches the actor may see, newest first."""
    in_reach = access.scope(actor, VIEW, Batch.objects.all())
    return list((in_reach | Batch.objects.filter(actor_id=actor.id)).order_by("-id")[:limit])


def templates_for(actor: Actor) -> list[Template]:
    """The templates whose rows the actor may bring in somewhere."""
    return [template for template in templates if access.may(actor, template.verb)]


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row kept aside, as a page or a command shows it."""

    row: int
    column: str
    value: str
    reason: Text


def kept_rows(batch: Batch, limit: int | None = None) -> list[KeptRow]:
    """The rows of a batch that were kept aside, in the order of the file."""
    rows = QuarantinedRow.objects.filter(batch=batch).order_by("number")
    return [KeptRow(row.number, row.column, row.value, row.reason) for row in (rows if limit is None else rows[:limit])]


def to_correct(batch: Batch) -> tuple[list[OutColumn], Iterator[Sequence[Any]]]:
    """The kept rows as a table to correct and import again: the file's own columns first, then row, column, reason."""
    heads = [str(head) for head in batch.heads if head not in REASON_HEADS]
    while heads and not heads[-1]:
        heads.pop()
    columns = [OutColumn(head) for head in heads] + [OutColumn(head, 40) for head in REASON_HEADS]
    rows = QuarantinedRow.objects.filter(batch=batch).order_by("number").iterator()
    return columns, (_line(row, len(heads)) for row in rows)


def _line(row: QuarantinedRow, width: int) -> list[Any]:
    cells = [str(cell) for cell in row.cells[:width]]
    return [*cells, *[""] * (width - len(cells)), row.number, row.column, str(row.reason)]


def summary(batch: Batch) -> dict[str, Any]:
    """The counts of a batch and the rows kept aside, in the shape of interface.md."""
    return {
        "batch": batch.pk,
        "template": batch.template,
        "dry_run": batch.state == Batch.TRIED,
        "read": batch.read,
        "applied": batch.applied,
        "unchanged": batch.unchanged,
        "quarantined": batch.quarantined,
        "rows": [
            {"row": row.row, "column": row.column, "reason": str(row.reason), "value": row.value}
            for row in kept_rows(batch)
        ],
        "notes": [str(Text(**note)) for note in batch.notes],
    }
