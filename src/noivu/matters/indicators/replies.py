"""Replies owed to the documents received in a period."""

from noivu.core.indicators import Breakdown, Identity, Indicator
from noivu.core.wording import Text
from noivu.matters.indicators.parts import ASSIGNED, DONE_MONTH, backlog, counted, in_time_or_late, part
from noivu.work.api import conditions

DOCUMENTS = Text(vi="văn bản", en="document||documents")
_SUBJECT = Text(vi="Văn bản phải trả lời", en="Replies")
_PARTS = {
    "documents.reply_not_due": "in_time",
    "documents.reply_overdue": "overdue",
    "documents.reply_no_deadline": "no_deadline",
    "documents.reply_suspended": "suspended",
}

TYPE = Breakdown("type", Text(vi="Loại văn bản", en="Type of document"), "obligation__document__kind", kind="text")
ISSUER = Breakdown("issuer", Text(vi="Cơ quan gửi", en="Issuer"), "obligation__document__issuer", kind="text")
_BREAKDOWNS = (ASSIGNED, TYPE, ISSUER)
_OF_DONE = (*_BREAKDOWNS, DONE_MONTH)

INDICATORS = [
    Indicator(
        code="documents.reply_required",
        label=Text(vi="Văn bản phải trả lời", en="Documents that need a reply"),
        concept=Text(
            vi="Văn bản đến trong kỳ mà đơn vị phải trả lời.",
            en="Documents received in the period to which the unit owes a reply.",
        ),
        method=Text(
            vi="Đếm theo ngày đến trong kỳ, theo tình trạng vào ngày tính; không đếm mục đã hủy.",
            en="Counted by day of arrival in the period, as they stand on the day of reading, without cancelled ones.",
        ),
        measured_in=DOCUMENTS,
        base="work.replies",
        condition=counted,
        breakdowns=_BREAKDOWNS,
    ),
    Indicator(
        code="documents.replied",
        label=Text(vi="Văn bản đã trả lời", en="Documents replied to"),
        concept=Text(
            vi="Trong số văn bản phải trả lời của kỳ, đã có văn bản trả lời, đúng hạn hay trễ hạn.",
            en="Of the documents of the period that need a reply, those replied to, on time or late.",
        ),
        method=Text(
            vi="Ngày trả lời không muộn hơn ngày tính.", en="The day of the reply is not after the day of reading."
        ),
        measured_in=DOCUMENTS,
        base="work.replies",
        condition=lambda _: conditions.completed(),
        breakdowns=_OF_DONE,
        timeliness="done",
    ),
    Indicator(
        code="documents.replied_late",
        label=Text(vi="Văn bản trả lời trễ hạn", en="Documents replied to late"),
        concept=Text(
            vi="Trong số văn bản đã trả lời, ngày trả lời sau hạn.",
            en="Of the documents replied to, those whose reply came after the due date.",
        ),
        method=Text(
            vi="Ngày trả lời sau hạn có hiệu lực khi đó.", en="The reply is later than the due date then in force."
        ),
        measured_in=DOCUMENTS,
        base="work.replies",
        condition=lambda _: conditions.completed_late(),
        breakdowns=_OF_DONE,
    ),
    *in_time_or_late(
        "documents.replied",
        Text(vi="Văn bản đã trả lời", en="Documents replied to"),
        DOCUMENTS,
        "work.replies",
        _OF_DONE,
        ways=("on_time", "no_deadline"),
    ),
    *(part(code, name, _SUBJECT, DOCUMENTS, "work.replies", _BREAKDOWNS) for code, name in _PARTS.items()),
    *backlog("documents", _SUBJECT, DOCUMENTS, _BREAKDOWNS),
]
IDENTITIES = [
    Identity(
        "documents.reply",
        Text(
            vi="Phải trả lời = đã trả lời + chưa đến hạn + quá hạn + không có hạn + tạm dừng",
            en="Needing a reply = replied + not due yet + overdue + without deadline + suspended",
        ),
        whole="documents.reply_required",
        parts=("documents.replied", *_PARTS),
    ),
    Identity(
        "documents.replies",
        Text(vi="Đã trả lời = đúng hạn + trễ hạn + không có hạn", en="Replied = on time + late + without deadline"),
        whole="documents.replied",
        parts=("documents.replied_on_time", "documents.replied_late", "documents.replied_no_deadline"),
    ),
]
