"""The lists of the room."""

from django.http import HttpRequest
from django.urls import reverse

from noivu.core.numbers import format_integer
from noivu.core.wording import Text, active_language
from noivu.records.document_kinds import document_kinds
from noivu.records.queries.outgoing import ALL, CANCELLED, REPLIES
from noivu.ui import marks
from noivu.ui.tables import Choice, ChoiceFilter, Column, Cut, DateFilter, Register, TextFilter

DOCUMENTS = Text(vi="{n} văn bản", en="{n} document||{n} documents")


def _kinds(request: HttpRequest) -> list[Choice]:
    return [Choice(kind.code, kind.label) for kind in document_kinds()]


OUTGOING = Register(
    code="outgoing",
    columns=(
        Column("symbol", Text(vi="Ký hiệu, ngày", en="Symbol, day"), css="c-no", sort="issued_on"),
        Column("recipients", Text(vi="Nơi nhận", en="Recipients"), css="c-from"),
        Column("summary", Text(vi="Loại và trích yếu", en="Type and summary"), css="about"),
        Column("signer", Text(vi="Người ký", en="Signer"), css="c-unit"),
        Column("copies", Text(vi="Số bản", en="Copies"), css="c-state n"),
        Column("answers", Text(vi="Trả lời văn bản đến", en="Answers"), css="c-reply"),
    ),
    row_template="records/outgoing_row.html",
    row_href=lambda row: reverse("records:outgoing-document", args=[row.pk]),
    detail_href=lambda row: reverse("records:outgoing-opened", args=[row.pk]),
    row_css=lambda row: "is-closed" if row.cancelled else "",
    row_name=lambda row: row.symbol,
    noun=DOCUMENTS,
    cuts=(
        Cut(ALL, Text(vi="Tất cả", en="All")),
        Cut(REPLIES, Text(vi="Trả lời văn bản đến", en="Replies")),
        Cut(CANCELLED, Text(vi="Số đã hủy", en="Cancelled numbers")),
    ),
    default_cut=ALL,
    filters=(
        ChoiceFilter("kind", Text(vi="Loại văn bản", en="Type"), choices=_kinds),
        DateFilter("issued", Text(vi="Ngày văn bản", en="Day")),
        TextFilter("recipients", Text(vi="Nơi nhận", en="Recipients"), is_more=True),
    ),
    search_hint=Text(vi="Tìm trong sổ, không cần gõ dấu", en="Search the register, accents not needed"),
    sorts=("issued_on",),
    default_sort="-issued_on",
    export="records:outgoing-export",
)


WAITING = Register(
    code="waiting",
    columns=(
        Column("symbol", Text(vi="Ký hiệu", en="Symbol"), css="c-no"),
        Column("sender", Text(vi="Nơi gửi", en="Sender"), css="c-from"),
        Column("summary", Text(vi="Trích yếu", en="Summary"), css="about"),
        Column("receiver", Text(vi="Nơi nhận", en="Receiver"), css="c-unit"),
        Column(
            "sent_at",
            Text(vi="Gửi lúc", en="Sent at"),
            css="c-due",
            sort="sent_at",
            cell=lambda row: marks.instant(row.sent_at),
        ),
        Column("state", Text(vi="Trạng thái", en="State"), css="c-state"),
    ),
    row_href=lambda row: reverse("records:sent", args=[row.pk]),
    row_name=lambda row: row.symbol,
    noun=DOCUMENTS,
    has_search=False,
    sorts=("sent_at",),
    default_sort="sent_at",
)


OFF_NETWORK = Register(
    code="off-network",
    columns=(
        Column("month", Text(vi="Tháng", en="Month"), css="c-no", sort="month", cell=lambda row: f"{row.month:%m/%Y}"),
        Column("unit", Text(vi="Đơn vị", en="Unit"), css="about"),
        Column("direction", Text(vi="Sổ", en="Register"), css="c-from"),
        Column(
            "count",
            Text(vi="Số khai", en="Declared"),
            css="c-due n",
            cell=lambda row: format_integer(row.count, active_language()),
        ),
        Column("declared_by", Text(vi="Người khai", en="By"), css="c-unit"),
        Column("note", Text(vi="Ghi chú", en="Note"), css="c-reply"),
    ),
    row_href=lambda row: reverse("records:declaration", args=[row.pk]),
    row_name=lambda row: f"{row.month:%m/%Y}",
    noun=Text(vi="{n} số khai", en="{n} declaration||{n} declarations"),
    has_search=False,
    sorts=("month",),
    default_sort="-month",
)
