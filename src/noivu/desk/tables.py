"""The lists of the room: which columns, parts, conditions and acts each has."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from noivu.core.dates import format_day
from noivu.core.numbers import format_integer
from noivu.core.text import fold
from noivu.core.wording import Text, active_language
from noivu.desk.books import made_from, posted_symbols
from noivu.desk.queries.arrivals import ALL, CARRIED_IN, CUTS, GIVEN, HANDLING, IncomingLine
from noivu.desk.queries.papers import OUT
from noivu.figures.api import Answer, Standpoint
from noivu.records.api import document_kinds
from noivu.ui.shapes import STATES
from noivu.ui.tables import BulkVerb, Choice, ChoiceFilter, Column, Cut, DateFilter, Register, TextFilter
from noivu.units.constants import Family
from noivu.work.api import kind_of
from noivu.work.constants import STATE_SHAPES, STATUSES, Kind, Stage, Status

MOST_UNITS = 400
"""A longer list is no list to choose from: a unit is typed."""
DOCUMENTS = Text(vi="{n} văn bản", en="{n} document||{n} documents")

_EVERY_CUT = (
    Cut(ALL, Text(vi="Tất cả", en="All")),
    Cut("required", Text(vi="Phải trả lời", en="Reply required")),
    Cut("replied", Text(vi="Đã trả lời", en="Replied"), sign="=", timeliness="done"),
    Cut("not-due", Text(vi="Chưa đến hạn", en="Not yet due"), sign="+", timeliness="time"),
    Cut("overdue", Text(vi="Quá hạn", en="Overdue"), sign="+", timeliness="late"),
    Cut("no-deadline", Text(vi="Không có hạn", en="No deadline"), sign="+", timeliness="none"),
    Cut("suspended", Text(vi="Tạm dừng", en="Suspended"), sign="+", timeliness="stopped"),
    Cut(CARRIED_IN, Text(vi="Kỳ trước chuyển sang", en="Carried in")),
    Cut("open-at-end", Text(vi="Còn lại cuối kỳ", en="Open at the end")),
    Cut(GIVEN, Text(vi="Được giao từ sổ khác", en="Given from other registers")),
)
_ONLY_WHEN_THERE = {"no-deadline", "suspended"}
_NUMBER = Column("number", Text(vi="Số, ngày đến", en="Number, arrival"), css="c-no", sort="number")
_DUE = Column("due_on", Text(vi="Hạn trả lời", en="Reply due"), css="c-due", sort="due_on")
_COLUMNS = (
    _NUMBER,
    Column("issuer", Text(vi="Cơ quan gửi, ký hiệu", en="Issuer, symbol"), css="c-from"),
    Column("summary", Text(vi="Trích yếu", en="Summary"), css="about"),
    Column("unit", Text(vi="Đơn vị xử lý", en="Assigned unit"), css="c-unit"),
    _DUE,
    Column("state", Text(vi="Xử lý", en="State"), css="c-state"),
    Column("timeliness", Text(vi="Thời hạn", en="Timeliness"), css="c-time"),
    Column("reply", Text(vi="Văn bản trả lời", en="Reply"), css="c-reply"),
)
INCOMING = Register(
    code="incoming",
    columns=_COLUMNS,
    row_template="desk/incoming_row.html",
    row_href=lambda row: reverse("desk:incoming-document", args=[row.pk]),
    row_css=lambda row: "is-closed" if row.is_closed else "",
    row_name=lambda row: row.number,
    row_choice=Text(vi="Chọn văn bản đến số {row}", en="Choose incoming document {row}"),
    noun=DOCUMENTS,
    cuts=_EVERY_CUT,
    default_cut=ALL,
    sorts=("number", "due_on"),
    default_sort="due_on",
    bulk=(BulkVerb(Text(vi="Phân công", en="Assign"), "desk:incoming-assign", verb="work.assign", key="G"),),
    export="desk:incoming-export",
)


def incoming_register(here: Standpoint, cut: str, answer: Answer | None = None) -> Register:
    """The register as it is for a standpoint: units of its tree to choose from, and no empty part but the named ones.

    The whole register is in the order of arrival; only what is owed can be put in the order of due dates.
    """
    day = here.question().reading.as_of
    query = urlencode({"day": day.isoformat()})

    def opened(row: IncomingLine) -> str:
        return f"{reverse('desk:incoming-opened', args=[row.pk])}?{query}"

    whole = cut not in CUTS or cut == ALL
    return replace(
        INCOMING,
        detail_href=opened,
        cuts=[shown for shown in _EVERY_CUT if _is_shown(shown, cut, answer, here)],
        bulk=() if cut == GIVEN else INCOMING.bulk,
        filters=_filters(here),
        columns=tuple(replace(c, sort="") if whole and c is _DUE else c for c in _COLUMNS),
        sorts=("number",) if whole else INCOMING.sorts,
        default_sort="-number" if whole else "due_on",
        search_hint=Text(vi="Tìm trong sổ, không cần gõ dấu", en="Search the register, accents not needed"),
    )


def _is_shown(cut: Cut, present: str, answer: Answer | None, here: Standpoint) -> bool:
    if cut.code == GIVEN:  # a unit at the top is given nothing
        return here.unit.superior_id is not None
    if cut.code not in _ONLY_WHEN_THERE or cut.code == present or answer is None:
        return True
    return bool(answer.values[CUTS[cut.code]])


def _filters(here: Standpoint) -> tuple[ChoiceFilter | DateFilter | TextFilter, ...]:
    return (
        _unit_filter(here, "assigned", Text(vi="Đơn vị xử lý", en="Assigned unit")),
        TextFilter("issuer", Text(vi="Cơ quan gửi", en="Issuer")),
        DateFilter("due", Text(vi="Hạn trả lời", en="Reply due")),
        DateFilter("arrived", Text(vi="Ngày đến", en="Arrival"), is_more=True),
        ChoiceFilter("kind", Text(vi="Loại văn bản", en="Type"), choices=_kinds, is_more=True),
        ChoiceFilter("handling", Text(vi="Xử lý", en="State"), choices=_handlings, is_more=True),
    )


def _unit_filter(here: Standpoint, code: str, label: Text) -> ChoiceFilter | TextFilter:
    """One of the organisations below; where they are too many for a list, its code or name is typed."""
    below = (node for node in here.units.under(here.unit.id) if node.family == Family.ORGANISATION.value)
    named = [Choice(node.code, node.name) for node in islice(below, MOST_UNITS + 1)]
    if len(named) > MOST_UNITS:
        return TextFilter(code, label)
    named.sort(key=lambda choice: fold(str(choice.label)))
    return ChoiceFilter(code, label, choices=lambda request: named)


def _kinds(request: HttpRequest) -> list[Choice]:
    return [Choice(kind.code, kind.label) for kind in document_kinds()]


def _handlings(request: HttpRequest) -> list[Choice]:
    return [Choice(code, _handling_word(code)) for code in HANDLING]


def _handling_word(code: str) -> Text:
    if code == Status.COMPLETED.value:
        return kind_of(Kind.REPLY.value).completed
    if code == Status.SUSPENDED.value:
        return STATUSES[Status.SUSPENDED]
    return STATES[STATE_SHAPES[Stage(code)]].label


def _of_day(key: str, label: Text) -> Column:
    return Column(key, label, css="c-due", sort="day", cell=lambda row: format_day(getattr(row, key)))


def _number(value: int | None) -> str:
    return "" if value is None else format_integer(value, active_language())


def _paper_register(code: str, columns: Sequence[Column], noun: Text, cuts: Sequence[Cut] = ()) -> Register:
    """The list of a register beside those of documents, the latest first; its lines open to their pages."""
    return Register(
        code=code,
        columns=columns,
        row_href=lambda row: reverse("desk:book-line", args=[code, row.pk]),
        row_css=lambda row: "is-closed" if getattr(row, "cancelled", False) else "",
        noun=noun,
        cuts=cuts,
        default_cut=cuts[0].code if cuts else "",
        has_search=False,
        sorts=("day",),
        default_sort="-day",
    )


_OUT_STILL = Text(vi="Chưa trả", en="Not returned")
_SYMBOL = Text(vi="Số, ký hiệu", en="Symbol")
_NOTE = Column("note", Text(vi="Ghi chú", en="Note"), css="c-reply")
BOOK_REGISTERS = {
    "copies": _paper_register(
        "copies",
        (
            Column("symbol", _SYMBOL, css="c-no"),
            _of_day("copied_on", Text(vi="Ngày sao", en="Copied on")),
            Column("kind", Text(vi="Hình thức", en="Kind"), css="c-unit", cell=lambda row: row.kind_label),
            Column("document", Text(vi="Sao từ", en="Copied from"), css="about", cell=made_from),
            Column("copies", Text(vi="Số bản", en="Copies"), css="c-state n", cell=lambda row: _number(row.copies)),
            Column(
                "note", Text(vi="Ghi chú", en="Note"), css="c-reply", cell=lambda row: row.cancelled_reason or row.note
            ),
        ),
        Text(vi="{n} bản sao", en="{n} copy||{n} copies"),
    ),
    "postings": _paper_register(
        "postings",
        (
            Column("symbol", _SYMBOL, css="c-no", cell=posted_symbols),
            _of_day("posted_on", Text(vi="Ngày chuyển", en="Posted on")),
            Column("recipient", Text(vi="Nơi nhận", en="Recipient"), css="about"),
            Column(
                "envelopes", Text(vi="Số bì", en="Envelopes"), css="c-state n", cell=lambda row: _number(row.envelopes)
            ),
            _NOTE,
        ),
        Text(vi="{n} lần gửi", en="{n} posting||{n} postings"),
    ),
    "kept": _paper_register(
        "kept",
        (
            Column("symbol", _SYMBOL, css="c-no", cell=lambda row: row.document.symbol),
            _of_day("used_on", Text(vi="Ngày sử dụng", en="Used on")),
            Column("user_name", Text(vi="Người sử dụng", en="User"), css="about"),
            Column("allowed_by", Text(vi="Người cho phép", en="Allowed by"), css="c-unit"),
            Column(
                "returned_on",
                Text(vi="Ngày trả", en="Returned on"),
                css="c-state",
                cell=lambda row: format_day(row.returned_on) if row.returned_on else _OUT_STILL,
            ),
            _NOTE,
        ),
        Text(vi="{n} lần sử dụng", en="{n} use||{n} uses"),
        (Cut(ALL, Text(vi="Tất cả", en="All")), Cut(OUT, _OUT_STILL)),
    ),
}
