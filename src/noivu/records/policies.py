"""Who may do what with registers, and how the audit log words it."""

from noivu.audit.api import declare_action
from noivu.core import access
from noivu.core.access import EVERYONE, HEAD, OFFICER, STEWARD, Verb
from noivu.core.wording import Text

_CLERKS = frozenset({OFFICER, HEAD, STEWARD})

access.declare(
    Verb("records.view", Text(vi="Xem sổ văn bản", en="View registers"), EVERYONE),
    Verb("records.edit", Text(vi="Ghi sổ văn bản", en="Write in registers"), _CLERKS),
    Verb("records.remove", Text(vi="Gỡ văn bản ghi nhầm", en="Remove mistaken entries"), frozenset({HEAD, STEWARD})),
    Verb("records.open", Text(vi="Mở sổ văn bản", en="Open registers"), frozenset({HEAD, STEWARD})),
)

declare_action("register.open", Text(vi="Mở sổ văn bản", en="Register opened"))
declare_action("document.register", Text(vi="Ghi văn bản vào sổ", en="Document registered"))
declare_action("document.correct", Text(vi="Sửa văn bản trong sổ", en="Document corrected"))
declare_action("document.cancel", Text(vi="Hủy số văn bản", en="Number cancelled"))
declare_action("document.remove", Text(vi="Gỡ văn bản ghi nhầm", en="Mistaken entry removed"))
declare_action("document.import", Text(vi="Nhập văn bản từ bảng", en="Documents imported from a sheet"))
declare_action("declaration.off_network", Text(vi="Khai văn bản ngoài mạng", en="Off-network documents declared"))
