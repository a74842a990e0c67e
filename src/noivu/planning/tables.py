"""The lists of the room: plans, the events of one, and the units that one makes."""

from django.urls import reverse

from noivu.core.wording import Text
from noivu.planning.queries import ASIDE, DONE, DRAFTED
from noivu.ui.tables import Column, Cut, Register

PLANS = Register(
    code="plans",
    columns=(
        Column("title", Text(vi="Phương án", en="Plan"), css="about"),
        Column("unit", Text(vi="Đơn vị lập", en="Drawn up by")),
        Column("day", Text(vi="Ngày có hiệu lực", en="Takes effect on"), sort="day"),
        Column("instrument", Text(vi="Văn bản", en="Instrument")),
        Column("events", Text(vi="Sự kiện", en="Events"), css="n"),
        Column("changed", Text(vi="Sửa lần cuối", en="Last changed"), sort="changed"),
    ),
    row_template="planning/plan_row.html",
    row_key=lambda row: str(row.draft.pk),
    row_href=lambda row: reverse("planning:plan", args=[row.draft.pk]),
    row_name=lambda row: row.draft.title,
    noun=Text(vi="{n} phương án", en="{n} plan||{n} plans"),
    cuts=(
        Cut(DRAFTED, Text(vi="Đang lập", en="Being drafted")),
        Cut(DONE, Text(vi="Đã thực hiện", en="Carried out")),
        Cut(ASIDE, Text(vi="Đã bỏ", en="Set aside")),
    ),
    default_cut=DRAFTED,
    search_hint=Text(vi="Tên hoặc số văn bản, không cần gõ dấu", en="Title or number, accents not needed"),
    sorts=("changed", "day"),
    default_sort="-changed",
)
UNITS_AFTER = Register(
    code="plan-units",
    columns=(
        Column("unit", Text(vi="Đơn vị sau sắp xếp", en="Unit afterwards"), css="about"),
        Column("kind", Text(vi="Loại hình", en="Kind")),
        Column("from", Text(vi="Từ", en="From")),
        Column("area", Text(vi="Diện tích, so với tiêu chuẩn", en="Area, of the standard"), css="n"),
        Column("population", Text(vi="Dân số, so với tiêu chuẩn", en="Population, of the standard"), css="n"),
    ),
    row_template="planning/unit_row.html",
    row_key=lambda row: str(row.code),
    noun=Text(vi="{n} đơn vị", en="{n} unit||{n} units"),
    search_hint=Text(vi="Tên hoặc mã, không cần gõ dấu", en="Name or code, accents not needed"),
)
EVENTS = Register(
    code="plan-events",
    columns=(
        Column("number", Text(vi="Số", en="No."), css="c-no"),
        Column("what", Text(vi="Sự kiện", en="Event"), css="about"),
        Column("clause", Text(vi="Căn cứ", en="Clause")),
        Column("verbs", Text(vi="Thao tác", en="Actions")),
    ),
    row_template="planning/event_row.html",
    row_key=lambda row: str(row.event.number),
    noun=Text(vi="{n} sự kiện", en="{n} event||{n} events"),
    has_search=False,
)
