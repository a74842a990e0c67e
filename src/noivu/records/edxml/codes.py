"""Business types and statuses of messages, as Decision 28/2018 systems use them (not verified in the standard)."""

from noivu.core.wording import Text

NEW, RECALL, UPDATE, REPLACE = 0, 1, 2, 3
BUSINESS_TYPES: dict[int, Text] = {
    NEW: Text(vi="Văn bản mới", en="New"),
    RECALL: Text(vi="Thu hồi", en="Recall"),
    UPDATE: Text(vi="Cập nhật", en="Update"),
    REPLACE: Text(vi="Thay thế", en="Replace"),
}
STATUSES: dict[str, Text] = {
    "01": Text(vi="Đã đến", en="Arrived"),
    "02": Text(vi="Từ chối tiếp nhận", en="Refused"),
    "03": Text(vi="Đã tiếp nhận", en="Accepted"),
    "04": Text(vi="Phân công xử lý", en="Assigned"),
    "05": Text(vi="Đang xử lý", en="In progress"),
    "06": Text(vi="Hoàn thành", en="Completed"),
    "13": Text(vi="Lấy lại", en="Take-back requested"),
    "15": Text(vi="Đồng ý lấy lại", en="Taken back"),
    "16": Text(vi="Từ chối lấy lại", en="Take-back refused"),
}
OF_SENDING = {
    "sent": "01",
    "returned": "02",
    "received": "03",
    "recall-asked": "13",
    "recalled": "15",
    "recall-refused": "16",
}
"""The status that tells how a sending stands here."""
