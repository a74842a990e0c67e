"""What pages and commands show of imports."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text, both
from noivu.sheets.constants import KEPT_OF_A_TRIAL
from noivu.sheets.declarations import Template, templates
from noivu.sheets.heads import REASON_HEADS
from noivu.sheets.models import Batch, QuarantinedRow
from noivu.sheets.policies import VIEW
from noivu.sheets.writing import OutColumn
from noivu.ui.figures import Balance, Part
from noivu.ui.tables import Empty, Order, Page, State, page_of

_SHOWN = 80
_WOULD_BE_APPLIED = Text(vi="sẽ nhập", en="would be applied")
_APPLIED = Text(vi="đã nhập", en="applied")
BATCH_ORDERS = {"id": Order("id")}
KEPT_ORDERS = {"number": Order("number")}
NOTHING_KEPT = Empty(
    Text(vi="Không có dòng nào bị giữ lại", en="No row was kept aside"),
    Text(vi="Mọi dòng của tệp đều đọc được.", en="Every row of the file could be read."),
)


def no_batches() -> Empty:
    """What the list says while it is empty."""
    return Empty(
        Text(vi="Chưa có lô nhập nào", en="No batch yet"),
        Text(
            vi="Tải mẫu, điền rồi gửi lên; hoặc gửi chính sổ đang dùng.",
            en="Download a template, fill it in and send it; or send the register you keep.",
        ),
        reverse("sheets:new"),
        Text(vi="Nhập một tệp", en="Import a file"),
    )


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
    return list(_visible(actor).order_by("-id")[:limit])


def _visible(actor: Actor) -> QuerySet[Batch]:
    in_reach = access.scope(actor, VIEW, Batch.objects.all())
    return Batch.objects.filter(Q(actor_id=actor.id) | Q(pk__in=in_reach.values("pk")))


def templates_for(actor: Actor) -> list[Template]:
    """The templates whose rows the actor may bring in somewhere."""
    return [template for template in templates if access.may(actor, template.verb)]


def batches_page(actor: Actor, state: State) -> Page[Batch]:
    """One page of the batches the actor may see."""
    return page_of(_visible(actor), state, BATCH_ORDERS)


def kept_page(actor: Actor, batch: Batch, state: State) -> Page[QuarantinedRow]:
    """One page of the rows of a batch that were kept aside, of those the actor may see."""
    kept = min(batch.quarantined, KEPT_OF_A_TRIAL) if batch.state == Batch.TRIED else batch.quarantined
    return page_of(_kept(actor, batch), state, KEPT_ORDERS, count=kept if _is_own(actor, batch) else None)


def _kept(actor: Actor, batch: Batch) -> QuerySet[QuarantinedRow]:
    """Whoever sent the file sees all its kept rows; others those of units in reach."""
    rows = QuarantinedRow.objects.filter(batch=batch)
    return rows if _is_own(actor, batch) else access.scope(actor, VIEW, rows)


def _is_own(actor: Actor, batch: Batch) -> bool:
    return batch.actor_id == actor.id


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A head of a file and the column it was read as; None: left out."""

    head: str
    column: Text | None


def read_columns(batch: Batch) -> list[ReadColumn]:
    """How the heads of a batch were understood, in the order of the file; nothing while they are to be matched."""
    known = templates.get(batch.template)
    if known is None or batch.state == Batch.SENT:
        return []
    keys = {int(place): key for place, key in batch.understood.items() if key in known.by_key}
    heads = [(place, str(head)) for place, head in enumerate(batch.heads) if head and head not in REASON_HEADS]
    return [ReadColumn(head, known.by_key[keys[place]].label if place in keys else None) for place, head in heads]


@dataclass(frozen=True, slots=True)
class DescribedBatch:
    """A batch as its page shows it; `balance` is read = applied + unchanged + kept aside."""

    pk: int
    template: Text
    file_name: str
    state: Text
    is_tried: bool
    imported_as: int | None
    unit_code: str
    actor_name: str
    started_at: datetime
    sha256: str
    quarantined: int
    notes: tuple[Text, ...]
    codes_of: date | None
    codes_seem_of: date | None
    balance: Balance


def described(batch: Batch) -> DescribedBatch:
    """What the page of a batch says of it."""
    known = templates.get(batch.template)
    tried = batch.state == Batch.TRIED
    parts = (
        Part(_WOULD_BE_APPLIED if tried else _APPLIED, batch.applied, "done"),
        Part(Text(vi="không đổi", en="unchanged"), batch.unchanged, "time"),
        Part(Text(vi="giữ lại để sửa", en="kept aside to correct"), batch.quarantined, "late"),
    )
    return DescribedBatch(
        pk=batch.pk,
        template=known.label if known else both(batch.template),
        file_name=batch.file_name,
        state=Batch.STATES[batch.state],
        is_tried=tried,
        imported_as=batch.imported_as_id,
        unit_code=batch.unit_code,
        actor_name=batch.actor_name,
        started_at=batch.started_at,
        sha256=batch.file_sha256,
        quarantined=batch.quarantined,
        notes=tuple(Text(**note) for note in batch.notes),
        codes_of=batch.codes_of,
        codes_seem_of=batch.codes_seem_of,
        balance=Balance(batch.read, Text(vi="dòng trong tệp", en="rows in the file"), parts),
    )


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row kept aside, as a page or a command shows it."""

    row: int
    column: str
    value: str
    reason: Text


def kept_rows(actor: Actor, batch: Batch) -> list[KeptRow]:
    """The rows of a batch that were kept aside, in the order of the file, of those the actor may see."""
    rows = _kept(actor, batch).order_by("number")
    return [KeptRow(row.number, row.column, row.value, row.reason) for row in rows]


def kept_lines(batch: Batch, rows: Sequence[QuarantinedRow]) -> list[KeptRow]:
    """Rows kept aside in the words of a page: the column by its name, long values cut."""
    known = templates.get(batch.template)
    labels = {key: str(column.label) for key, column in known.by_key.items()} if known else {}
    return [KeptRow(row.number, labels.get(row.column, row.column), row.value[:_SHOWN], row.reason) for row in rows]


def to_correct(actor: Actor, batch: Batch) -> tuple[list[OutColumn], Iterator[Sequence[Any]]]:
    """The kept rows as a table to correct and import again: the file's own columns first, then row, column, reason."""
    heads = [str(head) for head in batch.heads if head not in REASON_HEADS]
    while heads and not heads[-1]:
        heads.pop()
    columns = [OutColumn(head) for head in heads] + [OutColumn(head, 40) for head in REASON_HEADS]
    rows = _kept(actor, batch).order_by("number").iterator()
    return columns, (_line(row, len(heads)) for row in rows)


def _line(row: QuarantinedRow, width: int) -> list[Any]:
    cells = [str(cell) for cell in row.cells[:width]]
    return [*cells, *[""] * (width - len(cells)), row.number, row.column, str(row.reason)]


def summary(actor: Actor, batch: Batch) -> dict[str, Any]:
    """The counts of a batch and the rows kept aside, in the shape of interface.md.

    `quarantined` counts all rows kept aside, `kept_shown` of them follow: a trial remembers the first of them alone,
    and those of units out of reach are shown to the importer alone.
    """
    rows = kept_rows(actor, batch)
    return {
        "batch": batch.pk,
        "template": batch.template,
        "dry_run": batch.state == Batch.TRIED,
        "read": batch.read,
        "applied": batch.applied,
        "unchanged": batch.unchanged,
        "quarantined": batch.quarantined,
        "kept_shown": len(rows),
        "rows": [{"row": row.row, "column": row.column, "reason": str(row.reason), "value": row.value} for row in rows],
        "codes_of": batch.codes_of,
        "codes_seem_of": batch.codes_seem_of,
        "notes": [str(Text(**note)) for note in batch.notes],
    }
