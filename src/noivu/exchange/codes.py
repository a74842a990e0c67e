"""Business types and statuses of messages, as Decision 28/2018 systems use them (not verified in the standard)."""

from noivu.core.wording import Text

NEW, RECALL, UPDATE, REPLACE = 0, 1, 2, 3
BUSINESS_TYPES: dict[int, Text] = {
    NEW: Text(vi="Văn bản mới", en="New"),
    RECALL: Text(vi="Thu hồi", en="Recall"),
    UPDATE: Text(vi="Cập nhật", en="Update"),
    REPLACE: Text(vi="Thay thế", en="Replace"),
}
ARRIVED, REFUSED, ACCEPTED, ASSIGNED, IN_PROGRESS, COMPLETED = "01", "02", "03", "04", "05", "06"
TAKE_BACK_ASKED, TAKEN_BACK, TAKE_BACK_REFUSED = "13", "15", "16"
STATUSES: dict[str, Text] = {
    ARRIVED: Text(vi="Đã đến", en="Arrived"),
    REFUSED: Text(vi="Từ chối tiếp nhận", en="Refused"),
    ACCEPTED: Text(vi="Đã tiếp nhận", en="Accepted"),
    ASSIGNED: Text(vi="Phân công xử lý", en="Assigned"),
    IN_PROGRESS: Text(vi="Đang xử lý", en="In progress"),
    COMPLETED: Text(vi="Hoàn thành", en="Completed"),
    TAKE_BACK_ASKED: Text(vi="Lấy lại", en="Take-back requested"),
    TAKEN_BACK: Text(vi="Đồng ý lấy lại", en="Taken back"),
    TAKE_BACK_REFUSED: Text(vi="Từ chối lấy lại", en="Take-back refused"),
}
