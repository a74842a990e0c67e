"""Who may do what with obligations, and how the audit log words it."""

from noivu.audit.api import declare_action, declare_bearer, declare_fields, declare_kind, words_from
from noivu.core import access
from noivu.core.access import ASSIGNED, CLERK, EVERYONE, HEAD, HELPING, OFFICER, STEWARD, OfUnit, Verb
from noivu.core.secrecy import SECRECIES
from noivu.core.wording import Text
from noivu.records.api import document_of_log
from noivu.records.constants import URGENCIES
from noivu.units.api import unit_of_log
from noivu.work.constants import PRIORITIES, STAGES, STATUSES, Happening, Kind
from noivu.work.kinds import kind_of, result_words
from noivu.work.models import Obligation
from noivu.work.queries.sessions import session_of_log


def decider_of(obligation: Obligation) -> Obligation | OfUnit:
    """Over what one must hold the right to decide on an obligation: to extend, confirm, return, suspend, resume,
    transfer or cancel it, to answer a request. That is the unit that assigned it, else the one that owes it."""
    return obligation if obligation.assigner_unit_id is None else OfUnit(obligation.assigner_unit_id)


_BY_THE_DOER = frozenset(
    {
        *(Happening.STARTED, Happening.COMPLETED, Happening.REFUSED, Happening.EXTENSION_ASKED),
        *(Happening.PASSED_BACK, Happening.TURNED_DOWN),
    }
)
_BEGINNING = frozenset({Happening.ASSIGNED, Happening.DUE_SET})
DECIDED = frozenset({"arises_on", "original_due_on", "confirmation_required"})
"""What was entered that only the decider puts right: it moves what is in time, and what counts as done."""


def correcting(kind: str) -> str:
    """The right that it takes to put right what was entered about an obligation of this kind."""
    return "work.edit" if kind == Kind.RECOMMENDATION else "work.assign"


def right_to(happening: Happening, obligation: Obligation, verb: str = "") -> tuple[str, Obligation | OfUnit]:
    """The right that it takes to say, or to take back, that something happened, and over what; the first day and the
    first due date are put right. `verb`: where another right than the usual one is asked."""
    usual = "work.do" if happening in _BY_THE_DOER else "work.assign"
    if happening in _BEGINNING and obligation.assigner_unit_id is None:
        usual = correcting(obligation.kind)
    needed = verb or usual
    return needed, decider_of(obligation) if needed == "work.assign" else obligation


_DOERS = frozenset({OFFICER, CLERK, HEAD, STEWARD})
_ASSIGNERS = frozenset({HEAD, STEWARD})

access.declare(
    Verb("work.view", Text(vi="Xem công việc", en="View work"), EVERYONE, frozenset({ASSIGNED, HELPING})),
    Verb("work.do", Text(vi="Thực hiện công việc", en="Do work"), _DOERS, frozenset({ASSIGNED})),
    Verb("work.edit", Text(vi="Cập nhật công việc", en="Update work"), _DOERS),
    Verb("work.allot", Text(vi="Phân công, giao tiếp", en="Allot work"), _ASSIGNERS, frozenset({ASSIGNED})),
    Verb("work.assign", Text(vi="Giao việc, gia hạn, xác nhận", en="Assign, extend and confirm work"), _ASSIGNERS),
)

declare_action("obligation.require_reply", Text(vi="Xác định văn bản phải trả lời", en="Reply required"))
declare_action("obligation.create", Text(vi="Giao nhiệm vụ", en="Task created"))
declare_action("obligation.record", Text(vi="Ghi kiến nghị", en="Recommendation recorded"))
declare_action("obligation.correct", Text(vi="Sửa thông tin đã ghi", en="Entry corrected"))
declare_action("obligation.assign", Text(vi="Phân công", en="Assigned"))
declare_action("obligation.start", Text(vi="Bắt đầu thực hiện", en="Started"))
declare_action("obligation.due", Text(vi="Đặt hạn", en="Due date set"))
declare_action("obligation.extend", Text(vi="Gia hạn", en="Extended"))
declare_action("obligation.suspend", Text(vi="Tạm dừng", en="Suspended"))
declare_action("obligation.resume", Text(vi="Tiếp tục", en="Resumed"))
declare_action("obligation.complete", Text(vi="Hoàn thành", en="Completed"))
declare_action("obligation.confirm", Text(vi="Xác nhận hoàn thành", en="Completion confirmed"))
declare_action("obligation.return", Text(vi="Trả lại làm tiếp", en="Returned for more work"))
declare_action("obligation.refuse", Text(vi="Từ chối", en="Refused"))
declare_action("obligation.decline", Text(vi="Trả lại nơi chuyển, từ chối", en="Passed back or turned down"))
declare_action("obligation.cancel", Text(vi="Hủy", en="Cancelled"))
declare_action("obligation.transfer", Text(vi="Chuyển đơn vị", en="Transferred"))
declare_action("obligation.follow", Text(vi="Chuyển sang đơn vị kế thừa", en="Went to the successor"))
declare_action("obligation.follow_back", Text(vi="Trở lại đơn vị trước sắp xếp", en="Went back from the successor"))
declare_action("obligation.recount", Text(vi="Tính lại hạn theo lịch, quy tắc đã đổi", en="Due dates recounted"))
declare_action("extension.ask", Text(vi="Đề nghị gia hạn", en="Extension asked for"))
declare_action("extension.accept", Text(vi="Đồng ý gia hạn", en="Extension granted"))
declare_action("extension.refuse", Text(vi="Không đồng ý gia hạn", en="Extension refused"))
declare_action("extension.offer", Text(vi="Đề xuất hạn khác", en="Another date proposed"))
declare_action("extension.decline", Text(vi="Không nhận hạn đề xuất", en="Proposed date declined"))
declare_action("extension.withdraw", Text(vi="Rút đề nghị gia hạn", en="Request withdrawn"))
declare_action("obligation.withdraw", Text(vi="Thu hồi diễn biến ghi nhầm", en="Mistaken event taken back"))
declare_action("obligation.remove", Text(vi="Gỡ mục ghi nhầm", en="Mistaken entry removed"))
declare_action("obligation.import", Text(vi="Nhập công việc từ bảng", en="Obligations imported from a sheet"))
declare_action("session.open", Text(vi="Ghi kỳ họp", en="Session recorded"))
declare_action("session.correct", Text(vi="Sửa kỳ họp", en="Session corrected"))
_FIELDS = {
    "code": ("Mã", "Code"), "title": ("Nội dung", "Content"), "assigner": ("Người giao", "Assigner"),
    "origin": ("Nơi chuyển", "Origin"), "session_id": ("Kỳ họp", "Session"), "unit_id": ("Đơn vị", "Unit"),
    "assigned_unit_id": ("Đơn vị được giao", "Assigned unit"), "assigned_to": ("Người thực hiện", "Officer"),
    "assigned_officer": ("Tài khoản", "Account"), "arises_on": ("Ngày phát sinh", "Arises on"),
    "original_due_on": ("Hạn ban đầu", "First due date"), "due_on": ("Hạn", "Due"),
    "completed_on": ("Ngày hoàn thành", "Done on"), "product": ("Sản phẩm", "Product"),
    "confirmation_required": ("Phải xác nhận", "Confirmation required"), "measure": ("Cách đo", "Measure"),
    "urgency": ("Độ khẩn", "Urgency"), "priority": ("Ưu tiên", "Priority"), "secrecy": ("Độ mật", "Secrecy"),
    "field": ("Lĩnh vực", "Field"), "source_symbol": ("Văn bản giao", "Source document"),
    "answer_symbol": ("Văn bản trả lời", "Answer"), "result": ("Kết quả", "Result"), "note": ("Ghi chú", "Note"),
    "assigner_unit_id": ("Đơn vị giao", "Assigning unit"), "parent_id": ("Thuộc nhiệm vụ", "Part of"),
    "assigner_unit": ("Đơn vị giao", "Assigning unit"), "parent": ("Thuộc nhiệm vụ", "Part of"),
    "assigned_on": ("Ngày giao", "Assigned on"), "lead_unit": ("Chủ trì", "Lead unit"),
    "cooperating_units": ("Phối hợp", "Cooperating"), "cooperating_due_on": ("Hạn phối hợp", "Cooperating due"),
    "suspended_on": ("Ngày tạm dừng", "Suspended on"),
    "confirmed_on": ("Ngày xác nhận", "Confirmed on"), "received_on": ("Ngày nhận", "Received on"),
    "content": ("Nội dung", "Content"), "session": ("Kỳ họp", "Session"),
    "answered_on": ("Ngày trả lời", "Answered on"),
    "unit": ("Đơn vị", "Unit"), "assigned_unit": ("Đơn vị được giao", "Assigned unit"), "kind": ("Loại việc", "Kind"),
    "document_id": ("Văn bản đến", "Incoming document"), "reason": ("Lý do", "Reason"),
    "status": ("Trạng thái", "Status"), "stage": ("Mức xử lý", "Stage"), "on": ("Ngày", "Day"),
}  # fmt: skip
_UNITS = (
    *("unit_id", "unit", "assigner_unit_id", "assigner_unit", "assigned_unit_id", "lead_unit", "assigned_unit"),
    "cooperating_units",
)
declare_fields(
    "work.obligation",
    {name: Text(vi=vi, en=en) for name, (vi, en) in _FIELDS.items()},
    {
        **dict.fromkeys(_UNITS, unit_of_log),
        "kind": lambda code, on: kind_of(str(code)).label,
        "status": words_from(STATUSES),
        "stage": words_from(STAGES),
        "urgency": words_from(URGENCIES),
        "priority": words_from(PRIORITIES),
        "secrecy": words_from(SECRECIES),
        "result": lambda code, on: result_words(str(code)) or str(code),
        "session_id": session_of_log,
        "document_id": document_of_log,
    },
)
declare_bearer(
    Obligation,
    document_id="records.incomingdocument",
    parent_id="work.obligation",
    reply_document_id="records.outgoingdocument",
    answer_symbol="reply_document_id",
)
declare_fields(
    "work.session",
    {
        "code": Text(vi="Mã", en="Code"),
        "name": Text(vi="Tên", en="Name"),
        "starts_on": Text(vi="Khai mạc", en="From"),
        "ends_on": Text(vi="Bế mạc", en="To"),
        "reported_from": Text(vi="Báo cáo từ", en="Reported from"),
        "reported_to": Text(vi="Báo cáo đến trước", en="Reported until"),
        "unit_id": Text(vi="Đơn vị", en="Unit"),
    },
    {"unit_id": unit_of_log},
)
declare_kind("work.obligation", Text(vi="Nghĩa vụ", en="Obligation"))
declare_kind("work.session", Text(vi="Kỳ họp", en="Session"))
