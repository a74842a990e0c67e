"""The programme of legal texts of the sample: what was issued in October 2024, and what is due in November.

How many of each type and authority are instructions for making rows; titles, days and symbols are made up.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from noivu.core.periods import Period
from noivu.matters.api import Advance, LegalStage
from noivu.portal.demo.registers import Calendar, Ministry, Row


@dataclass(frozen=True, slots=True)
class Texts:
    """So many texts of one type and authority, led by one department; titles are given or made for each province."""

    count: int
    type: str
    authority: str
    unit: str
    titles: Sequence[str]
    symbol: str = ""
    subject: str = ""
    submitted_to: str = ""


ISSUED_IN, DUE_IN = Period.of_month(2024, 10), Period.of_month(2024, 11)
BY_PROVINCE = "{province}"
ISSUED = (
    Texts(
        34, "Nghị quyết", "Ủy ban Thường vụ Quốc hội", "VCQDP-BNV",
        ["Sắp xếp đơn vị hành chính cấp huyện, cấp xã của {province} giai đoạn 2023–2025"],
        "NQ-UBTVQH15", "Đơn vị hành chính", "Ủy ban Thường vụ Quốc hội",
    ),
    Texts(
        2, "Nghị quyết", "Ủy ban Thường vụ Quốc hội", "VTCBC-BNV",
        ["Biên chế của cơ quan thuộc Quốc hội năm 2025", "Cơ cấu tổ chức của cơ quan thuộc Quốc hội"],
        "NQ-UBTVQH15", "Khác", "Ủy ban Thường vụ Quốc hội",
    ),
    Texts(
        2, "Nghị định", "Chính phủ", "VCCVC-BNV",
        [
            "Chính sách thu hút, trọng dụng người có tài năng làm việc trong cơ quan nhà nước",
            "Tổ chức, hoạt động và quản lý hội",
        ],
        "2024/NĐ-CP", submitted_to="Chính phủ",
    ),
    Texts(
        33, "Nghị quyết", "Chính phủ", "VCQDP-BNV",
        ["Hồ sơ đề án sắp xếp đơn vị hành chính của {province} trình Ủy ban Thường vụ Quốc hội"],
        "NQ-CP", "Đơn vị hành chính", "Chính phủ",
    ),
    Texts(
        5, "Quyết định", "Thủ tướng Chính phủ", "VCCHC-BNV",
        [
            "Kế hoạch cải cách chế độ công vụ, công chức đến năm 2030",
            "Bộ tiêu chí đo lường cải cách hành chính của bộ, ngành, địa phương",
            "Điều chỉnh nhiệm vụ của Ban Chỉ đạo cải cách hành chính",
            "Phân cấp giải quyết thủ tục hành chính thuộc phạm vi quản lý của Bộ",
            "Đề án văn hóa công vụ giai đoạn mới",
        ],
        "QĐ-TTg", submitted_to="Thủ tướng Chính phủ",
    ),
    Texts(
        1, "Chỉ thị", "Thủ tướng Chính phủ", "VCCHC-BNV",
        ["Tăng cường kỷ luật, kỷ cương trong thi hành công vụ"], "CT-TTg", submitted_to="Thủ tướng Chính phủ",
    ),
    Texts(
        1, "Thông tư", "Bộ trưởng", "VTL-BNV",
        ["Hướng dẫn thực hiện mức lương cơ sở đối với các đối tượng hưởng lương, phụ cấp"], "2024/TT-BNV",
    ),
    Texts(
        2, "Văn bản hợp nhất", "Bộ trưởng", "VPC-BNV",
        ["Hợp nhất Nghị định về vị trí việc làm và biên chế công chức", "Hợp nhất Nghị định về đánh giá công chức"],
        "VBHN-BNV",
    ),
)  # fmt: skip
DUE = (
    Texts(
        4, "Hồ sơ luật", "Quốc hội", "VPC-BNV",
        [
            "Luật Tổ chức Chính phủ (sửa đổi)", "Luật Tổ chức chính quyền địa phương (sửa đổi)",
            "Luật Cán bộ, công chức (sửa đổi)", "Luật Thi đua, khen thưởng (sửa đổi một số điều)",
        ],
        submitted_to="Quốc hội",
    ),
    Texts(
        7, "Nghị định", "Chính phủ", "VTCBC-BNV",
        [
            "Chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Bộ", "Vị trí việc làm và biên chế công chức",
            "Số lượng người làm việc trong đơn vị sự nghiệp công lập", "Tuyển dụng, sử dụng và quản lý viên chức",
            "Chính sách tinh giản biên chế", "Lưu trữ tài liệu", "Tổ chức thanh niên xung phong",
        ],
        submitted_to="Chính phủ",
    ),
    Texts(
        8, "Thông tư", "Bộ trưởng", "VCCVC-BNV",
        [
            "Tiêu chuẩn chức danh nghề nghiệp viên chức", "Thi, xét thăng hạng chức danh nghề nghiệp viên chức",
            "Chế độ báo cáo thống kê ngành Nội vụ", "Mã số, tiêu chuẩn chuyên môn ngạch công chức",
            "Thời hạn bảo quản hồ sơ, tài liệu", "Định mức kinh tế - kỹ thuật chỉnh lý tài liệu",
            "Quy chế đánh giá, xếp loại công chức", "Bồi dưỡng công chức, viên chức",
        ],
    ),
)  # fmt: skip
"""What the next month's programme asks for."""
WAY = (LegalStage.DRAFTING, LegalStage.CONSULTATION, LegalStage.SYNTHESIS, LegalStage.APPRAISAL)
REGISTERED_ON = date(2024, 3, 15)
_WRITTEN_LATER = ("submitted_on", "issued_on")
ASKED_FOR = timedelta(days=20)


class ProgrammeMaker:
    """Makes the rows of the programme, the same for the same seed."""

    def __init__(self, ministry: Ministry, calendar: Calendar, seed: int) -> None:
        self.ministry = ministry
        self.calendar = calendar
        self.random = Random(seed)  # noqa: S311  sample data, not a secret
        self.number = 0
        self.symbols: Counter[str] = Counter()

    def rows(self, today: date) -> Iterator[Row]:
        """What the sheet of the programme says on a day: what comes later has not been written yet."""
        if today < REGISTERED_ON:
            return
        for texts in ISSUED:
            for place in range(texts.count):
                yield self._row(texts, place, self._issued(texts, place), today)
        for texts in DUE:
            for place in range(texts.count):
                yield self._row(texts, place, {"due_on": self._working_day(DUE_IN)}, today)

    def ways(self, codes: Sequence[str], today: date) -> Iterator[tuple[str, list[Advance]]]:
        """How far each text that is due has come on a day, as its drafters recorded it."""
        for place, code in enumerate(codes):
            stages = WAY[: 1 + place % len(WAY)]
            days = [today - timedelta(days=self.random.randint(2, 15))]
            while len(days) < len(stages):
                days.insert(0, days[0] - ASKED_FOR - timedelta(days=self.random.randint(3, 20)))
            until = {LegalStage.CONSULTATION: ASKED_FOR}
            yield (
                code,
                [
                    Advance(stage, on, until=on + until[stage] if stage in until else None)
                    for stage, on in zip(stages, days, strict=True)
                    if on >= REGISTERED_ON
                ],
            )

    def _row(self, texts: Texts, place: int, days: Row, today: date) -> Row:
        self.number += 1
        submitted, issued = (days[name] if name in days and days[name] <= today else None for name in _WRITTEN_LATER)
        return {
            "code": f"VBQPPL-2024-{self.number:03}",
            "title": self._title(texts, place),
            "type": texts.type,
            "authority": texts.authority,
            "submitted_to": texts.submitted_to,
            "lead_unit": self.ministry.doer(texts.unit),
            "registered_on": REGISTERED_ON,
            "due_on": days["due_on"],
            "submitted_on": submitted,
            "issued_on": issued,
            "symbol": days.get("symbol", "") if issued else "",
            "subject": texts.subject,
        }

    def _issued(self, texts: Texts, place: int) -> Row:
        """Submitted some weeks before it was issued, in time but for one of twelve."""
        issued = self._working_day(ISSUED_IN)
        self.symbols[texts.symbol] += 1
        symbol = f"{self.symbols[texts.symbol]:02}/{texts.symbol}"
        if not texts.submitted_to:
            return {"due_on": ISSUED_IN.last_day(), "issued_on": issued, "symbol": symbol}
        submitted = issued - timedelta(days=self.random.randint(12, 40))
        due = self.calendar.add_working_days(submitted, self.random.randint(2, 12))
        if self.number % 12 == 11:
            due = submitted - timedelta(days=4)
        return {"due_on": due, "submitted_on": submitted, "issued_on": issued, "symbol": symbol}

    def _title(self, texts: Texts, place: int) -> str:
        title = texts.titles[place % len(texts.titles)]
        if BY_PROVINCE not in title:
            return title
        name, _ = self.ministry.provinces[place % len(self.ministry.provinces)]
        return title.replace(BY_PROVINCE, name)

    def _working_day(self, period: Period) -> date:
        return self.random.choice([day for day in period.range().days() if self.calendar.is_working(day)])
