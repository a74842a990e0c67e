"""The kinds above the ledger with their fields and the names of their figures: one declaration for kind, figures,
register, form and sheet."""

from dataclasses import dataclass

from noivu.core.wording import Text
from noivu.matters import kinds  # noqa: F401  a family is of a declared kind
from noivu.matters.constants import CONCLUSION, DIRECTIVE, INSPECTION, LEGAL_TEXT, QUESTION, REPORT_DUE
from noivu.work.api import Done, kind_of
from noivu.work.constants import Kind


@dataclass(frozen=True, slots=True)
class Own:
    """A field that a kind has of its own: the column of the ledger in which it stands, and what the kind calls it."""

    name: str
    label: Text
    example: str = ""
    required: bool = False


@dataclass(frozen=True)
class Family:
    """The figures of a kind: `name` begins their codes; `whole` is the last word of the code that counts all of a
    period. `noun` is the thing counted, `giver` who assigns it, `arises` its first day.

    With a `prefix` of its codes it is entered by the form and the sheet that tasks have, with its `own` fields."""

    kind: str
    name: str
    whole: str
    noun: Text
    subject: Text
    giver: Text
    arises: Text
    arose: Text
    done: Text
    prefix: str = ""
    own: tuple[Own, ...] = ()
    example: str = ""

    @property
    def is_answered(self) -> bool:
        """A paper of its own completes it, and no confirmation."""
        return kind_of(self.kind).done is Done.BY_ANSWER

    @property
    def label(self) -> Text:
        return kind_of(self.kind).label

    @property
    def plural(self) -> Text:
        return kind_of(self.kind).plural

    @property
    def cuts(self) -> dict[str, str]:
        """The parts of its register and the figure that counts each."""
        return {
            "all": f"{self.name}.{self.whole}",
            "completed": f"{self.name}.completed",
            "in_time": f"{self.name}.open_in_time",
            "overdue": f"{self.name}.open_overdue",
            "no_deadline": f"{self.name}.open_no_deadline",
            "suspended": f"{self.name}.suspended",
            "awaiting": f"{self.name}.awaiting_confirmation",
            **({"declined": f"{self.name}.declined"} if kind_of(self.kind).may_be_declined else {}),
        }


FAMILIES = (
    Family(
        LEGAL_TEXT,
        "legal_texts",
        "registered",
        Text(vi="văn bản", en="text||texts"),
        Text(vi="Văn bản quy phạm pháp luật", en="Legal texts"),
        Text(vi="Cơ quan ban hành", en="Authority"),
        Text(vi="Ngày vào chương trình", en="Registered on"),
        Text(vi="vào chương trình trong kỳ", en="registered in the period"),
        Text(vi="đã trình hoặc đã ban hành", en="submitted or issued"),
    ),
    Family(
        Kind.STEP,
        "steps",
        "assigned",
        Text(vi="việc", en="step||steps"),
        Text(vi="Việc nội bộ, phối hợp", en="Internal steps"),
        Text(vi="Đơn vị giao", en="Assigned by"),
        Text(vi="Ngày giao", en="Assigned on"),
        Text(vi="giao trong kỳ", en="assigned in the period"),
        Text(vi="đã xong", en="done"),
        prefix="VNB",
        own=(Own("source_symbol", Text(vi="Kế hoạch, văn bản", en="Plan, document"), "88/KH-BNV"),),
        example="Dự thảo phần số liệu của báo cáo tháng",
    ),
    Family(
        QUESTION,
        "questions",
        "received",
        Text(vi="chất vấn", en="question||questions"),
        Text(vi="Chất vấn của đại biểu", en="Deputies' questions"),
        Text(vi="Đại biểu chất vấn", en="Deputy"),
        Text(vi="Ngày nhận", en="Received on"),
        Text(vi="nhận trong kỳ", en="received in the period"),
        Text(vi="đã trả lời", en="answered"),
        prefix="CVD",
        own=(
            Own("authority", Text(vi="Cơ quan dân cử", en="Elected body"), "Quốc hội", required=True),
            Own("type", Text(vi="Hình thức chất vấn", en="Way of asking"), "Phiếu chất vấn"),
            Own("source_symbol", Text(vi="Văn bản chuyển", en="Sent by document")),
        ),
        example="Giải pháp tinh giản biên chế ở cấp xã sau sắp xếp",
    ),
    Family(
        DIRECTIVE,
        "directives",
        "assigned",
        Text(vi="nội dung", en="item||items"),
        Text(vi="Nội dung chỉ đạo", en="Directives' items"),
        Text(vi="Người chỉ đạo", en="Given by"),
        Text(vi="Ngày chỉ đạo", en="Given on"),
        Text(vi="giao trong kỳ", en="assigned in the period"),
        Text(vi="đã thực hiện", en="carried out"),
        prefix="CD",
        own=(
            Own("source_symbol", Text(vi="Văn bản chỉ đạo", en="Directive"), "32/CT-TTg", required=True),
            Own("authority", Text(vi="Cơ quan ban hành", en="Issuing authority"), "Thủ tướng Chính phủ"),
            Own("type", Text(vi="Khoản, mục", en="Clause"), "khoản 2 mục III"),
        ),
        example="Hoàn thành vị trí việc làm trong cơ quan, tổ chức, đơn vị",
    ),
    Family(
        INSPECTION,
        "inspections",
        "received",
        Text(vi="kiến nghị", en="recommendation||recommendations"),
        Text(vi="Kiến nghị thanh tra, kiểm tra", en="Inspection recommendations"),
        Text(vi="Trưởng đoàn, người kết luận", en="Concluded by"),
        Text(vi="Ngày kết luận", en="Concluded on"),
        Text(vi="nhận trong kỳ", en="received in the period"),
        Text(vi="đã thực hiện", en="carried out"),
        prefix="TT",
        own=(
            Own("source_symbol", Text(vi="Kết luận số", en="Conclusion"), "115/KL-TTCP", required=True),
            Own("authority", Text(vi="Cơ quan thanh tra, kiểm tra", en="Inspecting authority"), "Thanh tra Chính phủ"),
            Own("type", Text(vi="Loại kiến nghị", en="Type"), "Xử lý hành chính"),
        ),
        example="Rà soát việc tuyển dụng công chức không qua thi tuyển",
    ),
    Family(
        CONCLUSION,
        "conclusions",
        "assigned",
        Text(vi="kết luận", en="conclusion||conclusions"),
        Text(vi="Kết luận hội nghị", en="Conference conclusions"),
        Text(vi="Người chủ trì hội nghị", en="Chair"),
        Text(vi="Ngày hội nghị", en="Held on"),
        Text(vi="giao trong kỳ", en="assigned in the period"),
        Text(vi="đã thực hiện", en="carried out"),
        prefix="KL",
        own=(
            Own("type", Text(vi="Hội nghị", en="Conference"), "Giao ban tháng 10", required=True),
            Own("source_symbol", Text(vi="Thông báo kết luận", en="Notice of conclusions"), "6180/TB-BNV"),
        ),
        example="Trình phương án bố trí cán bộ dôi dư",
    ),
    Family(
        REPORT_DUE,
        "reports_due",
        "assigned",
        Text(vi="báo cáo", en="report||reports"),
        Text(vi="Báo cáo phải gửi", en="Reports due"),
        Text(vi="Nơi yêu cầu", en="Asked for by"),
        Text(vi="Ngày yêu cầu, ngày chốt số liệu", en="Asked for on"),
        Text(vi="phải gửi phát sinh trong kỳ", en="asked for in the period"),
        Text(vi="đã gửi", en="sent"),
        prefix="BC",
        own=(
            Own("type", Text(vi="Loại báo cáo", en="Type of report"), "Định kỳ tháng", required=True),
            Own("authority", Text(vi="Nơi nhận", en="Sent to"), "Văn phòng Chính phủ"),
            Own("source_symbol", Text(vi="Văn bản quy định", en="Required by")),
        ),
        example="Báo cáo cải cách hành chính tháng 10",
    ),
)
