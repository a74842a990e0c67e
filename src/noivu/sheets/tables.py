"""The lists of the room: batches, and the rows of one that were kept aside."""

from django.urls import reverse

from noivu.core.numbers import format_integer
from noivu.core.wording import Text
from noivu.sheets.declarations import templates
from noivu.sheets.models import Batch
from noivu.ui.marks import instant
from noivu.ui.tables import Column, Register


def _template(batch: Batch) -> str:
    known = templates.get(batch.template)
    return str(known.label) if known else batch.template


BATCHES = Register(
    code="sheets.batches",
    columns=(
        Column("started_at", Text(vi="Lúc", en="When"), cell=lambda batch: instant(batch.started_at)),
        Column("template", Text(vi="Nhập vào", en="Into"), cell=_template),
        Column("file_name", Text(vi="Tệp", en="File")),
        Column("actor_name", Text(vi="Người nhập", en="By")),
        Column("state", Text(vi="Trạng thái", en="State"), cell=lambda batch: str(Batch.STATES[batch.state])),
        Column("read", Text(vi="Dòng", en="Rows"), css="n", cell=lambda batch: format_integer(batch.read)),
        Column("applied", Text(vi="Đã nhập", en="Applied"), css="n", cell=lambda b: format_integer(b.applied)),
        Column("unchanged", Text(vi="Không đổi", en="Unchanged"), css="n", cell=lambda b: format_integer(b.unchanged)),
        Column("quarantined", Text(vi="Giữ lại", en="Kept"), css="n", cell=lambda b: format_integer(b.quarantined)),
    ),
    row_href=lambda batch: reverse("sheets:batch", args=[batch.pk]),
    noun=Text(vi="{n} lô", en="{n} batch||{n} batches"),
    has_search=False,
    sorts=("id",),
    default_sort="-id",
)

KEPT = Register(
    code="sheets.kept",
    columns=(
        Column("number", Text(vi="Dòng", en="Row"), css="n"),
        Column("column", Text(vi="Cột", en="Column")),
        Column("value", Text(vi="Giá trị", en="Value"), cell=lambda row: row.value[:80]),
        Column("reason", Text(vi="Lý do", en="Reason"), cell=lambda row: str(row.reason)),
    ),
    row_key=lambda row: str(row.number),
    noun=Text(vi="{n} dòng giữ lại", en="{n} row kept aside||{n} rows kept aside"),
    has_search=False,
    sorts=("number",),
    default_sort="number",
)
