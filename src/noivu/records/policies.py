"""Who may do what with registers, and how the audit log words it."""

from noivu.audit.api import ReadValue, declare_action, declare_bearer, declare_fields, declare_kind, words_from
from noivu.core import access
from noivu.core.access import ASSIGNED, CLERK, EVERYONE, HEAD, OFFICER, STEWARD, Verb
from noivu.core.secrecy import SECRECIES
from noivu.core.wording import Text
from noivu.records.constants import COPY_KINDS, DIRECTIONS, SERIES, URGENCIES
from noivu.records.document_kinds import kind_label
from noivu.records.models import (
    DISPATCH_STATES,
    Dispatch,
    DocumentCopy,
    IncomingDocument,
    KeptCopyUse,
    OutgoingDocument,
    Posting,
)
from noivu.records.queries import document_of_log
from noivu.units.api import unit_of_log

_WRITERS = frozenset({OFFICER, CLERK, HEAD, STEWARD})
_GIVEN = frozenset({ASSIGNED})

access.declare(
    Verb("records.view", Text(vi="Xem sổ văn bản", en="View registers"), EVERYONE, _GIVEN),
    Verb("records.answer", Text(vi="Ghi văn bản trả lời", en="Record replies"), _WRITERS, _GIVEN),
    Verb("records.edit", Text(vi="Ghi sổ văn bản", en="Write in registers"), _WRITERS),
    Verb("records.keep", Text(vi="Giữ sổ văn bản", en="Keep registers"), frozenset({CLERK, HEAD, STEWARD})),
    Verb("records.hand_on", Text(vi="Giao tiếp văn bản", en="Hand documents on"), frozenset({HEAD, STEWARD}), _GIVEN),
    Verb("records.remove", Text(vi="Gỡ văn bản ghi nhầm", en="Remove mistaken entries"), frozenset({HEAD, STEWARD})),
    Verb("records.open", Text(vi="Mở sổ văn bản", en="Open registers"), frozenset({HEAD, STEWARD})),
)

declare_action("register.open", Text(vi="Mở sổ văn bản", en="Register opened"))
declare_action("document.register", Text(vi="Ghi văn bản vào sổ", en="Document registered"))
declare_action("document.correct", Text(vi="Sửa văn bản trong sổ", en="Document corrected"))
declare_action("document.give_back", Text(vi="Hoàn tác phân công văn bản", en="Assignment of a document undone"))
declare_action("document.cancel", Text(vi="Hủy số văn bản", en="Number cancelled"))
declare_action("document.remove", Text(vi="Gỡ văn bản ghi nhầm", en="Mistaken entry removed"))
declare_action("document.import", Text(vi="Nhập văn bản từ bảng", en="Documents imported from a sheet"))
declare_action("document.attach", Text(vi="Đính kèm tệp", en="File attached"))
declare_action("document.detach", Text(vi="Gỡ tệp", en="File taken away"))
declare_action("document.send", Text(vi="Gửi văn bản", en="Document sent"))
declare_action("document.sending", Text(vi="Đổi trạng thái gửi nhận", en="Sending changed"))
declare_action("document.message", Text(vi="Nhận tệp thông điệp", en="Message file taken in"))
declare_action("copy.register", Text(vi="Ghi bản sao vào sổ", en="Copy registered"))
declare_action("copy.cancel", Text(vi="Hủy số bản sao", en="Number of a copy cancelled"))
declare_action("posting.record", Text(vi="Ghi sổ gửi bưu điện", en="Posting recorded"))
declare_action("kept_copy.use", Text(vi="Ghi sử dụng bản lưu", en="Use of a kept copy recorded"))
declare_action("kept_copy.return", Text(vi="Trả bản lưu", en="Kept copy returned"))
declare_action("paper.remove", Text(vi="Gỡ dòng ghi nhầm", en="Mistaken line removed"))
declare_action("declaration.off_network", Text(vi="Khai văn bản ngoài mạng", en="Off-network documents declared"))

_FIELDS = {
    "number": Text(vi="Số", en="Number"),
    "unit_id": Text(vi="Đơn vị giữ sổ", en="Unit of the register"),
    "arrived_on": Text(vi="Ngày đến", en="Arrival"),
    "issuer": Text(vi="Cơ quan gửi", en="Issuer"),
    "symbol": Text(vi="Số, ký hiệu", en="Symbol"),
    "issued_on": Text(vi="Ngày văn bản", en="Issued on"),
    "kind": Text(vi="Loại văn bản", en="Type"),
    "summary": Text(vi="Trích yếu", en="Summary"),
    "assigned_unit_id": Text(vi="Đơn vị xử lý", en="Assigned unit"),
    "assigned_to": Text(vi="Người xử lý", en="Officer"),
    "assigned_officer": Text(vi="Người dùng xử lý", en="Officer's account"),
    "signer": Text(vi="Người ký", en="Signer"),
    "recipients": Text(vi="Nơi nhận", en="Recipients"),
    "in_reply_to_id": Text(vi="Trả lời văn bản đến", en="Answers document"),
    "arrival_number": Text(vi="Số đến", en="Arrival number"),
    "unit": Text(vi="Đơn vị giữ sổ", en="Unit of the register"),
    "assigned_unit": Text(vi="Đơn vị xử lý", en="Assigned unit"),
    "reply_required": Text(vi="Phải trả lời", en="Reply required"),
    "due_on": Text(vi="Hạn trả lời", en="Reply due"),
    "reply_symbol": Text(vi="Văn bản trả lời", en="Reply"),
    "replied_on": Text(vi="Ngày trả lời", en="Replied on"),
    "in_reply_to": Text(vi="Trả lời văn bản đến", en="Answers"),
    "copies": Text(vi="Số bản", en="Copies"),
    "note": Text(vi="Ghi chú", en="Note"),
    "urgency": Text(vi="Độ khẩn", en="Urgency"),
    "secrecy": Text(vi="Độ mật", en="Secrecy"),
    "transferred_on": Text(vi="Ngày chuyển", en="Handed on"),
    "kept_by": Text(vi="Đơn vị, người nhận bản lưu", en="Keeps the original"),
    "name": Text(vi="Tên tệp", en="File name"),
    "sha256": Text(vi="Mã băm SHA-256", en="SHA-256"),
    "size": Text(vi="Cỡ (byte)", en="Size (bytes)"),
    "organ_id": Text(vi="Mã định danh nơi gửi", en="Sender's code"),
    "document": Text(vi="Mã văn bản của nơi gửi", en="Sender's id of the document"),
}
_VALUES: dict[str, ReadValue] = {
    **dict.fromkeys(("unit_id", "unit", "assigned_unit_id", "assigned_unit"), unit_of_log),
    "in_reply_to_id": document_of_log,
    "kind": lambda code, on: kind_label(str(code)),
    "urgency": words_from(URGENCIES),
    "secrecy": words_from(SECRECIES),
}
declare_fields("records.incomingdocument", _FIELDS, _VALUES)
declare_fields("records.outgoingdocument", _FIELDS, _VALUES)
declare_bearer(IncomingDocument)
declare_bearer(OutgoingDocument, in_reply_to_id="records.incomingdocument")
declare_bearer(Dispatch)
declare_fields(
    "records.registerbook",
    {
        "unit_id": Text(vi="Đơn vị giữ sổ", en="Unit of the register"),
        "direction": Text(vi="Sổ", en="Register"),
        "year": Text(vi="Năm", en="Year"),
        "series": Text(vi="Loạt số", en="Series"),
        "starting_number": Text(vi="Số bắt đầu", en="First number"),
    },
    {"unit_id": unit_of_log, "direction": words_from(DIRECTIONS), "series": words_from(SERIES)},
)
declare_fields(
    "records.offnetworkdeclaration",
    {
        "direction": Text(vi="Sổ", en="Register"),
        "month": Text(vi="Tháng", en="Month"),
        "count": Text(vi="Số văn bản", en="Documents"),
    },
    {"direction": words_from(DIRECTIONS)},
)
declare_kind("records.incomingdocument", Text(vi="Văn bản đến", en="Incoming document"))
declare_kind("records.outgoingdocument", Text(vi="Văn bản đi", en="Outgoing document"))
declare_kind("records.registerbook", Text(vi="Sổ", en="Register"))
declare_kind("records.offnetworkdeclaration", Text(vi="Khai báo ngoài mạng", en="Off-network declaration"))
declare_kind("records.dispatch", Text(vi="Văn bản gửi", en="Sending"))
declare_fields(
    "records.dispatch",
    {
        "document": Text(vi="Văn bản", en="Document"),
        "unit_id": Text(vi="Đơn vị nhận", en="Receiver"),
        "to_name": Text(vi="Cơ quan nhận", en="Receiving organisation"),
        "organ_id": Text(vi="Mã định danh", en="Identification code"),
        "state": Text(vi="Trạng thái", en="State"),
    },
    {"unit_id": unit_of_log, "state": words_from(DISPATCH_STATES)},
)
for _model, _words in (
    (DocumentCopy, Text(vi="Bản sao", en="Copy")),
    (Posting, Text(vi="Văn bản gửi bưu điện", en="Posting")),
    (KeptCopyUse, Text(vi="Sử dụng bản lưu", en="Use of a kept copy")),
):
    declare_bearer(_model)
    declare_kind(_model._meta.label_lower, _words)
    declare_fields(
        _model._meta.label_lower,
        {
            "symbol": _FIELDS["symbol"],
            "document": Text(vi="Văn bản", en="Document"),
            "kind": Text(vi="Hình thức sao", en="Kind of copy"),
            "copied_on": Text(vi="Ngày sao", en="Copied on"),
            "extract": Text(vi="Phần trích sao", en="Part extracted"),
            **{name: _FIELDS[name] for name in ("signer", "recipients", "copies", "note")},
            "posted_on": Text(vi="Ngày chuyển", en="Posted on"),
            "recipient": Text(vi="Nơi nhận", en="Recipient"),
            "envelopes": Text(vi="Số lượng bì", en="Envelopes"),
            "enclosed": Text(vi="Văn bản cùng bì", en="Also enclosed"),
            "used_on": Text(vi="Ngày sử dụng", en="Used on"),
            "user_name": Text(vi="Người sử dụng", en="User"),
            "file_symbol": Text(vi="Số và ký hiệu hồ sơ", en="File symbol"),
            "allowed_by": Text(vi="Người cho phép", en="Allowed by"),
            "returned_on": Text(vi="Ngày trả", en="Returned on"),
        },
        {"kind": words_from(COPY_KINDS)},
    )
declare_kind("records.documentfile", Text(vi="Tệp đính kèm", en="Attached file"))
