"""Two axes, two drawings: state is a round shape in ink, timeliness an angular one in colour; each with its word."""

from dataclasses import dataclass

from noivu.core.wording import Text


@dataclass(frozen=True, slots=True)
class Shape:
    """A symbol of the sprite, its tone (a class of the style sheet) and the word that goes with it."""

    symbol: str
    tone: str
    label: Text


STATES: dict[str, Shape] = {
    "new": Shape("s-new", "", Text(vi="Chưa xử lý", en="Not started")),
    "doing": Shape("s-doing", "", Text(vi="Đang xử lý", en="In progress")),
    "waiting": Shape("s-waiting", "", Text(vi="Chờ duyệt", en="Awaiting approval")),
    "closed": Shape("s-closed", "", Text(vi="Đã xong", en="Done")),
    "paused": Shape("s-paused", "", Text(vi="Tạm dừng", en="Suspended")),
    "returned": Shape("s-returned", "", Text(vi="Trả lại", en="Returned")),
    "void": Shape("s-void", "", Text(vi="Từ chối", en="Refused")),
}

TIMELINESS: dict[str, Shape] = {
    "none": Shape("t-none", "is-none", Text(vi="Không hạn", en="No deadline")),
    "time": Shape("t-time", "is-time", Text(vi="Còn hạn", en="In time")),
    "near": Shape("t-near", "is-near", Text(vi="Sắp đến hạn", en="Nearly due")),
    "late": Shape("t-late", "is-late", Text(vi="Quá hạn", en="Overdue")),
    "done": Shape("t-ok", "is-done", Text(vi="Đúng hạn", en="On time")),
    "done-late": Shape("t-oklate", "is-near", Text(vi="Trễ hạn", en="Done late")),
    "stopped": Shape("t-none", "is-none", Text(vi="Dừng tính", en="Clock stopped")),
}
