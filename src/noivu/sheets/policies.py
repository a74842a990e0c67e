"""Who may bring rows in, and who may see the batches."""

from noivu.audit.api import declare_action, declare_fields, declare_kind
from noivu.core import access
from noivu.core.access import AUDITOR, CLERK, HEAD, OFFICER, OPERATOR, STEWARD, Verb
from noivu.core.wording import Text

IMPORT, KEEP, VIEW = "sheets.import", "sheets.keep", "sheets.view"

access.declare(
    Verb(IMPORT, Text(vi="Nhập từ tệp", en="Import from a file"), roles=frozenset({OFFICER, CLERK, HEAD, STEWARD})),
    Verb(
        KEEP,
        Text(vi="Xem dòng hạn chế bị giữ lại", en="See restricted rows kept aside"),
        roles=frozenset({CLERK, HEAD, STEWARD}),
    ),
    Verb(
        VIEW,
        Text(vi="Xem các lô nhập", en="See imported batches"),
        roles=frozenset({OFFICER, CLERK, HEAD, STEWARD, AUDITOR, OPERATOR}),
    ),
)
declare_action("sheets.import", Text(vi="Nhập từ tệp", en="Imported from a file"))
declare_action("sheets.try", Text(vi="Chạy thử một tệp", en="Tried a file"))
declare_action("sheets.forget_heads", Text(vi="Bỏ cách đọc tiêu đề đã nhớ", en="Forgot how heads are read"))
declare_action("sheets.remember_heads", Text(vi="Ghi nhớ cách đọc tiêu đề", en="Remembered how heads are read"))
declare_kind("sheets.batch", Text(vi="Lô nhập", en="Batch"))
declare_kind("sheets.rememberedheads", Text(vi="Cách đọc tiêu đề", en="Remembered heads"))
_TEMPLATE = Text(vi="Mẫu nhập", en="Template")
declare_fields(
    "sheets.batch",
    {
        "template": _TEMPLATE,
        "file": Text(vi="Tệp", en="File"),
        "sha256": Text(vi="Mã băm của tệp", en="Hash of the file"),
        "codes_of": Text(vi="Mã đơn vị của ngày", en="Codes of units as of"),
        "read": Text(vi="Dòng đã đọc", en="Rows read"),
        "applied": Text(vi="Dòng nhập", en="Rows applied"),
        "unchanged": Text(vi="Dòng không đổi", en="Rows unchanged"),
        "quarantined": Text(vi="Dòng giữ lại", en="Rows kept aside"),
    },
)
declare_fields("sheets.rememberedheads", {"template": _TEMPLATE, "kept_for": Text(vi="Nhớ cho", en="Kept for")})
