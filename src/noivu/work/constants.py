"""The words of obligations: kinds, what happens to them, and in what state they stand."""

from datetime import date
from enum import StrEnum

from noivu.core.wording import Text

FOREVER = date(9999, 12, 31)
"""End of a stretch that still lasts: a real date keeps "in force on a day" one index range on both databases."""


class Kind(StrEnum):
    """The kinds that the ledger itself has verbs for; `kinds.obligation_kinds` holds all of them."""

    REPLY = "reply"
    TASK = "task"
    RECOMMENDATION = "recommendation"
    STEP = "step"


class Happening(StrEnum):
    """What can happen to an obligation (diễn biến)."""

    ASSIGNED = "assigned"
    STARTED = "started"
    DUE_SET = "due_set"
    EXTENDED = "extended"
    DUE_MOVED = "due_moved"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    COMPLETED = "completed"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    REFUSED = "refused"
    PASSED_BACK = "passed_back"
    TURNED_DOWN = "turned_down"
    CANCELLED = "cancelled"
    TRANSFERRED = "transferred"
    SUCCEEDED = "succeeded"
    EXTENSION_ASKED = "extension_asked"
    EXTENSION_OFFERED = "extension_offered"
    EXTENSION_REFUSED = "extension_refused"
    OFFER_DECLINED = "offer_declined"
    REQUEST_WITHDRAWN = "request_withdrawn"
    REQUEST_LAPSED = "request_lapsed"


class RequestState(StrEnum):
    """How far a request for an extension has come: it waits for the assigner, for the lead, or for nobody."""

    ASKED = "asked"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Status(StrEnum):
    """Where an obligation stands, as figures count it: every one is exactly one of these on any day."""

    OPEN = "open"
    SUSPENDED = "suspended"
    AWAITING = "awaiting"
    COMPLETED = "completed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class Stage(StrEnum):
    """How far an open obligation has come, as the officer sees it."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    RETURNED = "returned"
    REFUSED = "refused"


class Timeliness(StrEnum):
    """An obligation against its due date, as of a day. The last three are of completed ones."""

    NO_DEADLINE = "no_deadline"
    IN_TIME = "in_time"
    NEARLY_DUE = "nearly_due"
    OVERDUE = "overdue"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    DONE_NO_DEADLINE = "done_no_deadline"
    NOT_COUNTED = "not_counted"


class Result(StrEnum):
    """How a recommendation was answered (phân loại kết quả giải quyết kiến nghị)."""

    RESOLVED = "resolved"
    BEING_RESOLVED = "being_resolved"
    WILL_BE_RESOLVED = "will_be_resolved"
    EXPLAINED = "explained"


HAPPENINGS: dict[Happening, Text] = {
    Happening.ASSIGNED: Text(vi="Giao", en="Assigned"),
    Happening.STARTED: Text(vi="Bắt đầu thực hiện", en="Started"),
    Happening.DUE_SET: Text(vi="Đặt hạn", en="Due date set"),
    Happening.EXTENDED: Text(vi="Gia hạn", en="Extended"),
    Happening.DUE_MOVED: Text(vi="Hạn được tính lại", en="Due date recounted"),
    Happening.SUSPENDED: Text(vi="Tạm dừng", en="Suspended"),
    Happening.RESUMED: Text(vi="Tiếp tục", en="Resumed"),
    Happening.COMPLETED: Text(vi="Hoàn thành", en="Completed"),
    Happening.CONFIRMED: Text(vi="Xác nhận hoàn thành", en="Completion confirmed"),
    Happening.RETURNED: Text(vi="Trả lại làm tiếp", en="Returned for more work"),
    Happening.REFUSED: Text(vi="Từ chối", en="Refused"),
    Happening.PASSED_BACK: Text(vi="Trả lại nơi chuyển", en="Passed back to who sent it"),
    Happening.TURNED_DOWN: Text(vi="Từ chối giải quyết", en="Turned down"),
    Happening.CANCELLED: Text(vi="Hủy", en="Cancelled"),
    Happening.TRANSFERRED: Text(vi="Chuyển đơn vị", en="Transferred"),
    Happening.SUCCEEDED: Text(vi="Đơn vị kế thừa xử lý", en="Handled by the successor"),
    Happening.EXTENSION_ASKED: Text(vi="Đề nghị gia hạn", en="Extension asked for"),
    Happening.EXTENSION_OFFERED: Text(vi="Đề xuất hạn khác", en="Another date proposed"),
    Happening.EXTENSION_REFUSED: Text(vi="Không đồng ý gia hạn", en="Extension refused"),
    Happening.OFFER_DECLINED: Text(vi="Không nhận hạn đề xuất", en="Proposed date declined"),
    Happening.REQUEST_WITHDRAWN: Text(vi="Rút đề nghị gia hạn", en="Request withdrawn"),
    Happening.REQUEST_LAPSED: Text(vi="Đề nghị gia hạn hết hiệu lực", en="Request lapsed"),
}
PRIORITIES: dict[str, Text] = {"high": Text(vi="Trọng tâm", en="High priority")}
"""What is marked before the rest; without a mark it has none."""
REQUEST_STATES: dict[RequestState, Text] = {
    RequestState.ASKED: Text(vi="Chờ người giao trả lời", en="Waits for the assigner"),
    RequestState.OFFERED: Text(vi="Chờ đơn vị chủ trì trả lời", en="Waits for the lead unit"),
    RequestState.ACCEPTED: Text(vi="Đồng ý", en="Accepted"),
    RequestState.REFUSED: Text(vi="Không đồng ý", en="Refused"),
    RequestState.DECLINED: Text(vi="Không nhận hạn đề xuất", en="Proposal declined"),
    RequestState.WITHDRAWN: Text(vi="Đã rút", en="Withdrawn"),
    RequestState.LAPSED: Text(vi="Hết hiệu lực", en="Lapsed"),
}
UNANSWERED = (RequestState.ASKED.value, RequestState.OFFERED.value)
"""Requests that still wait for somebody."""
REQUESTING: dict[Happening, RequestState] = {
    Happening.EXTENSION_ASKED: RequestState.ASKED,
    Happening.EXTENSION_OFFERED: RequestState.OFFERED,
    Happening.EXTENDED: RequestState.ACCEPTED,
    Happening.EXTENSION_REFUSED: RequestState.REFUSED,
    Happening.OFFER_DECLINED: RequestState.DECLINED,
    Happening.REQUEST_WITHDRAWN: RequestState.WITHDRAWN,
    Happening.REQUEST_LAPSED: RequestState.LAPSED,
}
"""What becomes of a request by what happens."""
STATE_SHAPES: dict[str, str] = {
    Stage.NOT_STARTED: "new",
    Stage.IN_PROGRESS: "doing",
    Stage.RETURNED: "returned",
    Stage.REFUSED: "void",
    Status.SUSPENDED: "paused",
    Status.AWAITING: "waiting",
    Status.COMPLETED: "closed",
    Status.DECLINED: "returned",
    Status.CANCELLED: "void",
}
"""The drawing of a state in `ui.shapes`: of an open obligation by its stage, else by its status."""
TIMELINESS_SHAPES: dict[Timeliness, str] = {
    Timeliness.NO_DEADLINE: "none",
    Timeliness.IN_TIME: "time",
    Timeliness.NEARLY_DUE: "near",
    Timeliness.OVERDUE: "late",
    Timeliness.DONE_ON_TIME: "done",
    Timeliness.DONE_LATE: "done-late",
    Timeliness.DONE_NO_DEADLINE: "done",
    Timeliness.NOT_COUNTED: "stopped",
}
"""The drawing of a timeliness in `ui.shapes`."""
STANDING = (Status.OPEN.value, Status.SUSPENDED.value, Status.AWAITING.value)
"""Statuses of what is still owed."""

STATUSES: dict[Status, Text] = {
    Status.OPEN: Text(vi="Đang thực hiện", en="Open"),
    Status.SUSPENDED: Text(vi="Tạm dừng", en="Suspended"),
    Status.AWAITING: Text(vi="Chờ xác nhận", en="Waiting for confirmation"),
    Status.COMPLETED: Text(vi="Đã hoàn thành", en="Done"),
    Status.DECLINED: Text(vi="Đã trả lại, từ chối", en="Passed back or turned down"),
    Status.CANCELLED: Text(vi="Đã hủy", en="Cancelled"),
}
STAGES: dict[Stage, Text] = {
    Stage.NOT_STARTED: Text(vi="Chưa xử lý", en="Not started"),
    Stage.IN_PROGRESS: Text(vi="Đang xử lý", en="In progress"),
    Stage.RETURNED: Text(vi="Thực hiện lại", en="Returned"),
    Stage.REFUSED: Text(vi="Bị từ chối", en="Refused"),
}
TIMELINESS: dict[Timeliness, Text] = {
    Timeliness.NO_DEADLINE: Text(vi="Không có hạn", en="No deadline"),
    Timeliness.IN_TIME: Text(vi="Còn hạn", en="In time"),
    Timeliness.NEARLY_DUE: Text(vi="Sắp đến hạn", en="Nearly due"),
    Timeliness.OVERDUE: Text(vi="Quá hạn", en="Overdue"),
    Timeliness.DONE_ON_TIME: Text(vi="Đúng hạn", en="Done on time"),
    Timeliness.DONE_LATE: Text(vi="Trễ hạn", en="Done late"),
    Timeliness.DONE_NO_DEADLINE: Text(vi="Xong, không có hạn", en="Done, no deadline"),
    Timeliness.NOT_COUNTED: Text(vi="Dừng tính", en="Clock stopped"),
}
RESULTS: dict[Result, Text] = {
    Result.RESOLVED: Text(vi="Đã giải quyết", en="Resolved"),
    Result.BEING_RESOLVED: Text(vi="Đang giải quyết", en="Being resolved"),
    Result.WILL_BE_RESOLVED: Text(vi="Sẽ giải quyết", en="Will be resolved"),
    Result.EXPLAINED: Text(vi="Giải trình, cung cấp thông tin", en="Explained"),
}
