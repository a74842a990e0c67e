"""The lists of the room."""

from noivu.core.wording import Text
from noivu.exchange.queries import ALL, WAITING
from noivu.records.api import Direction, document_address
from noivu.ui import marks
from noivu.ui.tables import Column, Cut, Register

MESSAGES = Register(
    code="messages",
    columns=(
        Column("symbol", Text(vi="Ký hiệu", en="Symbol"), css="c-no"),
        Column("sender", Text(vi="Nơi gửi", en="Sender"), css="c-from"),
        Column("summary", Text(vi="Trích yếu", en="Summary"), css="about"),
        Column("kind", Text(vi="Thông điệp", en="Message"), css="c-unit"),
        Column(
            "imported_at",
            Text(vi="Nhận lúc", en="Taken in"),
            css="c-due",
            sort="imported_at",
            cell=lambda row: marks.instant(row.imported_at),
        ),
        Column("state", Text(vi="Trạng thái", en="State"), css="c-state"),
    ),
    row_href=lambda row: document_address(Direction.IN, row.document_id),
    row_name=lambda row: row.symbol,
    noun=Text(vi="{n} thông điệp", en="{n} message||{n} messages"),
    cuts=(
        Cut(WAITING, Text(vi="Đề nghị thu hồi chờ trả lời", en="Recalls awaiting an answer")),
        Cut(ALL, Text(vi="Tất cả", en="All")),
    ),
    default_cut=WAITING,
    has_search=False,
    sorts=("imported_at",),
    default_sort="-imported_at",
)
