"""A register that exists nowhere, with which the components page and the tests show what a register looks like."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse

from noivu.core.text import fold
from noivu.core.wording import Text
from noivu.ui.tables import (
    BulkVerb,
    Choice,
    ChoiceFilter,
    Column,
    Cut,
    DateFilter,
    Page,
    Register,
    Span,
    State,
    TextFilter,
    page_of_list,
)


@dataclass(frozen=True, slots=True)
class Specimen:
    """An incoming document as a row of its register."""

    number: int
    arrived_on: date
    issuer: str
    symbol: str
    summary: str
    unit: str
    due_on: date
    days_left: int | None
    state: str
    timeliness: str
    reply_symbol: str = ""
    replied_on: date | None = None


SPECIMENS = (
    Specimen(
        31702,
        date(2024, 10, 15),
        "Sở Nội vụ tỉnh Quảng Trị",
        "1486/SNV-TCBC",
        "Đề nghị hướng dẫn xác định biên chế của đơn vị sự nghiệp công lập sau sắp xếp",
        "Vụ Tổ chức – Biên chế",
        date(2024, 10, 29),
        None,
        "closed",
        "done",
        "6402/BNV-TCBC",
        date(2024, 10, 28),
    ),
    Specimen(
        31715,
        date(2024, 10, 15),
        "Ủy ban nhân dân tỉnh Nghệ An",
        "9077/UBND-NC",
        "Xin ý kiến về phương án bố trí cán bộ, công chức dôi dư sau sắp xếp đơn vị hành chính",
        "Vụ Chính quyền địa phương",
        date(2024, 10, 29),
        None,
        "closed",
        "done",
        "6377/BNV-CQĐP",
        date(2024, 10, 25),
    ),
    Specimen(
        31744,
        date(2024, 10, 16),
        "Bộ Tài chính",
        "11206/BTC-HCSN",
        "Phối hợp rà soát cơ chế tài chính, thu nhập đặc thù của một số cơ quan, đơn vị",
        "Vụ Tiền lương",
        date(2024, 10, 30),
        None,
        "closed",
        "done-late",
        "6431/BNV-TL",
        date(2024, 10, 31),
    ),
    Specimen(
        31758,
        date(2024, 10, 16),
        "Văn phòng Chính phủ",
        "7519/VPCP-TCCV",
        "Ý kiến của Phó Thủ tướng về hồ sơ chính sách Luật Tổ chức chính quyền địa phương",
        "Vụ Pháp chế",
        date(2024, 10, 30),
        None,
        "closed",
        "done",
        "6398/BNV-PC",
        date(2024, 10, 29),
    ),
    Specimen(
        31839,
        date(2024, 10, 18),
        "Sở Nội vụ thành phố Hải Phòng",
        "3350/SNV-CCHC",
        "Đề nghị giải đáp việc chấm điểm chỉ số cải cách hành chính năm 2024",
        "Vụ Cải cách hành chính",
        date(2024, 11, 1),
        1,
        "waiting",
        "near",
        "",
        None,
    ),
    Specimen(
        31862,
        date(2024, 10, 18),
        "Hội Khuyến học tỉnh Hà Tĩnh",
        "47/CV-HKH",
        "Đề nghị hướng dẫn tổ chức đại hội nhiệm kỳ theo nghị định mới về hội",
        "Vụ Tổ chức phi chính phủ",
        date(2024, 11, 1),
        1,
        "doing",
        "near",
        "",
        None,
    ),
    Specimen(
        31906,
        date(2024, 10, 21),
        "Ủy ban nhân dân tỉnh Thanh Hóa",
        "15842/UBND-THKH",
        "Hoàn thiện hồ sơ đề án sắp xếp đơn vị hành chính cấp huyện, cấp xã giai đoạn 2023–2025",
        "Vụ Chính quyền địa phương",
        date(2024, 11, 4),
        2,
        "doing",
        "near",
        "",
        None,
    ),
    Specimen(
        31921,
        date(2024, 10, 21),
        "Bộ Công an",
        "3984/BCA-V03",
        "Góp ý dự thảo Nghị định về hỗ trợ người làm chuyên trách chuyển đổi số, an ninh mạng",
        "Vụ Công chức – Viên chức",
        date(2024, 11, 4),
        2,
        "doing",
        "near",
        "",
        None,
    ),
    Specimen(
        31977,
        date(2024, 10, 22),
        "Sở Nội vụ tỉnh Lâm Đồng",
        "2215/SNV-XDCQ",
        "Vướng mắc trong thực hiện chế độ đối với người hoạt động không chuyên trách ở cấp xã",
        "Vụ Chính quyền địa phương",
        date(2024, 11, 5),
        3,
        "doing",
        "near",
        "",
        None,
    ),
    Specimen(
        32010,
        date(2024, 10, 22),
        "Thanh tra Chính phủ",
        "2190/TTCP-KHTH",
        "Cung cấp số liệu phục vụ báo cáo công tác phòng, chống tham nhũng năm 2024",
        "Thanh tra Bộ",
        date(2024, 11, 5),
        None,
        "paused",
        "stopped",
        "",
        None,
    ),
    Specimen(
        32066,
        date(2024, 10, 23),
        "Ủy ban nhân dân tỉnh Cà Mau",
        "7731/UBND-NV",
        "Đề nghị thẩm định đề án vị trí việc làm của các cơ quan hành chính",
        "Vụ Tổ chức – Biên chế",
        date(2024, 11, 6),
        4,
        "new",
        "time",
        "",
        None,
    ),
    Specimen(
        32104,
        date(2024, 10, 24),
        "Sở Nội vụ tỉnh Lào Cai",
        "1903/SNV-CCVC",
        "Xin ý kiến về việc tiếp nhận vào làm công chức không qua thi tuyển",
        "Vụ Công chức – Viên chức",
        date(2024, 11, 7),
        5,
        "new",
        "time",
        "",
        None,
    ),
)

_IN_CUT: dict[str, Callable[[Specimen], bool]] = {
    "": lambda row: True,
    "all": lambda row: True,
    "required": lambda row: True,
    "replied": lambda row: row.state == "closed",
    "not-due": lambda row: row.state != "closed",
    "overdue": lambda row: row.timeliness == "late",
}


def _units(request: HttpRequest) -> list[Choice]:
    return [Choice(fold(name), name) for name in sorted({row.unit for row in SPECIMENS})]


REGISTER = Register(
    code="specimen",
    columns=(
        Column("number", Text(vi="Số, ngày đến", en="Number, arrival"), css="c-no", sort="number"),
        Column("issuer", Text(vi="Cơ quan gửi, ký hiệu", en="Issuer, symbol"), css="c-from"),
        Column("summary", Text(vi="Trích yếu", en="Summary"), css="about"),
        Column("unit", Text(vi="Đơn vị xử lý", en="Assigned unit"), css="c-unit"),
        Column("due_on", Text(vi="Hạn trả lời", en="Reply due"), css="c-due", sort="due_on"),
        Column("state", Text(vi="Xử lý", en="State"), css="c-state"),
        Column("timeliness", Text(vi="Thời hạn", en="Timeliness"), css="c-time"),
        Column("reply_symbol", Text(vi="Văn bản trả lời", en="Reply"), css="c-reply"),
    ),
    row_template="ui/specimens/row.html",
    row_key=lambda row: str(row.number),
    row_href=lambda row: reverse("ui:register") + f"?q={row.number}",
    detail_href=lambda row: reverse("ui:specimen", args=[row.number]),
    row_css=lambda row: "is-closed" if row.state == "closed" else "",
    row_name=lambda row: row.number,
    row_choice=Text(vi="Chọn văn bản đến số {row}", en="Choose incoming document {row}"),
    noun=Text(vi="{n} văn bản", en="{n} document||{n} documents"),
    cuts=(
        Cut("all", Text(vi="Tất cả", en="All")),
        Cut("required", Text(vi="Phải trả lời", en="Reply required")),
        Cut("replied", Text(vi="Đã trả lời", en="Replied"), sign="=", timeliness="done"),
        Cut("not-due", Text(vi="Chưa đến hạn", en="Not yet due"), sign="+", timeliness="time"),
        Cut("overdue", Text(vi="Quá hạn", en="Overdue"), sign="+", timeliness="late"),
    ),
    default_cut="required",
    filters=(
        ChoiceFilter("unit", Text(vi="Đơn vị xử lý", en="Assigned unit"), choices=_units),
        DateFilter("due", Text(vi="Hạn trả lời", en="Reply due")),
        TextFilter("issuer", Text(vi="Cơ quan gửi", en="Issuer"), is_more=True),
        DateFilter("arrived", Text(vi="Ngày đến", en="Arrival"), is_more=True),
    ),
    search_hint=Text(vi="Tìm trong sổ mẫu, không cần gõ dấu", en="Search the specimen, accents not needed"),
    sorts=("number", "due_on"),
    default_sort="due_on",
    bulk=(
        BulkVerb(Text(vi="Phân công", en="Assign"), "ui:components", key="G"),
        BulkVerb(Text(vi="Giao thành nhiệm vụ", en="Make a task"), "ui:components", key="T"),
    ),
    page_size=10,
)


def specimen_page(state: State) -> Page[Specimen]:
    """What a room's query does with the database, done here in memory."""
    rows = [row for row in SPECIMENS if _IN_CUT[state.cut](row) and _fits(row, state)]
    rows.sort(key=lambda row: (getattr(row, state.sort), row.number), reverse=state.descends)
    return page_of_list(rows, state, size=REGISTER.page_size)


def specimen_counts() -> dict[str, int]:
    return {cut.code: sum(_IN_CUT[cut.code](row) for row in SPECIMENS) for cut in REGISTER.cuts}


def _fits(row: Specimen, state: State) -> bool:
    words = fold(f"{row.number} {row.issuer} {row.symbol} {row.summary}")
    issuer = state.value("issuer")
    return (
        state.search_key in words
        and state.value("unit") in (None, fold(row.unit))
        and (issuer is None or fold(issuer) in fold(row.issuer))
        and _within(row.due_on, state.value("due"))
        and _within(row.arrived_on, state.value("arrived"))
    )


def _within(day: date, span: Span | None) -> bool:
    return span is None or ((span.first or day) <= day <= (span.last or day))
