"""How the audit log words what is done by message files; who may do it follows the registers."""

from noivu.audit.api import declare_action, declare_fields, words_from
from noivu.core.wording import Text
from noivu.exchange.codes import STATUSES

declare_action("document.status", Text(vi="Nhận trạng thái từ nơi nhận", en="Status heard from the receiver"))
declare_action("document.answer", Text(vi="Trả lời thông điệp", en="Message answered"))
declare_action("document.forward", Text(vi="Gửi tiếp văn bản đến", en="Incoming document sent on"))
_STATUS = Text(vi="Trạng thái thông điệp", en="Status of the message")
for _kind in ("records.incomingdocument", "records.dispatch"):
    declare_fields(_kind, {"status": _STATUS}, {"status": words_from(STATUSES)})
