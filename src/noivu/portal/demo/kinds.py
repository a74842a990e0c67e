"""Rows of the sample for the kinds that are entered as tasks are, in the columns of their templates."""

from datetime import date
from typing import Any

Row = dict[str, Any]
_LEADS = ("VCQDP-BNV", "VP-BNV")


def _rows(prefix: str, told: list[tuple[str, str, date, date | None, date | None, Row]]) -> list[Row]:
    named = dict.fromkeys(name for *_, own in told for name in own)
    return [
        {
            **dict.fromkeys(named, ""),
            "code": f"{prefix}-2024-{number:04}",
            "title": title,
            "assigner": assigner,
            "assigned_on": first,
            "lead_unit": _LEADS[number % len(_LEADS)],
            "due_on": due,
            "completed_on": done,
            **own,
        }
        for number, (title, assigner, first, due, done, own) in enumerate(told, start=1)
    ]


def _on(month: int, day: int) -> date:
    return date(2024, month, day)


ASSEMBLY = {"authority": "Quốc hội", "type": "Phiếu chất vấn"}
OTHER_KINDS: dict[str, list[Row]] = {
    "questions": _rows(
        "CVD",
        [
            ("Giải pháp giải quyết cán bộ dôi dư sau sắp xếp đơn vị hành chính cấp xã",
             "Đại biểu Đoàn đại biểu Quốc hội tỉnh Nghệ An", _on(10, 7), _on(10, 21), _on(10, 18),
             {**ASSEMBLY, "answer_symbol": "6702/BNV-CQĐP"}),
            ("Tiến độ hướng dẫn vị trí việc làm trong đơn vị sự nghiệp công lập",
             "Đại biểu Đoàn đại biểu Quốc hội tỉnh Thanh Hóa", _on(10, 22), _on(11, 5), None, ASSEMBLY),
        ],
    ),
    "directives": _rows(
        "CD",
        [
            ("Rà soát, cắt giảm tổ chức trung gian trong các cơ quan hành chính", "Thủ tướng Chính phủ", _on(10, 4),
             _on(10, 30), _on(10, 29),
             {"source_symbol": "35/CT-TTg", "authority": "Thủ tướng Chính phủ", "type": "khoản 2 mục II"}),
            ("Hoàn thiện phương án sắp xếp đơn vị hành chính giai đoạn 2023-2025", "Thủ tướng Chính phủ", _on(10, 4),
             _on(11, 15), None,
             {"source_symbol": "35/CT-TTg", "authority": "Thủ tướng Chính phủ", "type": "khoản 4 mục II"}),
        ],
    ),
    "inspections": _rows(
        "TT",
        [
            ("Chấn chỉnh việc bổ nhiệm khi chưa đủ tiêu chuẩn ngạch", "Trưởng đoàn thanh tra", _on(10, 2), _on(10, 31),
             None, {"source_symbol": "214/KL-TTB", "authority": "Thanh tra Bộ", "type": "Xử lý hành chính"}),
            ("Hoàn thiện quy chế thi đua, khen thưởng của Bộ", "Trưởng đoàn kiểm tra", _on(10, 9), _on(10, 25),
             _on(10, 24),
             {"source_symbol": "230/KL-TTB", "authority": "Thanh tra Bộ", "type": "Hoàn thiện quy định",
              "answer_symbol": "6755/BNV-VP"}),
        ],
    ),
    "conclusions": _rows(
        "KL",
        [
            ("Trình phương án bố trí công chức cấp xã dôi dư", "Bộ trưởng", _on(10, 8), _on(10, 22), _on(10, 25),
             {"type": "Giao ban tháng 9", "source_symbol": "6411/TB-BNV"}),
            ("Báo cáo kết quả khắc phục chỉ số cải cách hành chính", "Thứ trưởng", _on(10, 8), _on(11, 8), None,
             {"type": "Giao ban tháng 9", "source_symbol": "6411/TB-BNV"}),
        ],
    ),
    "steps": _rows(
        "VNB",
        [
            ("Tổng hợp số liệu biên chế của các tỉnh, thành phố", "Vụ Tổ chức - Biên chế", _on(10, 14), _on(10, 23),
             _on(10, 22), {"source_symbol": "88/KH-BNV"}),
            ("Chuẩn bị tài liệu hội nghị giao ban tháng 10", "Văn phòng Bộ", _on(10, 24), _on(11, 4), None, {}),
        ],
    ),
    "reports-due": _rows(
        "BC",
        [
            ("Báo cáo công tác cải cách hành chính quý III", "Văn phòng Chính phủ", _on(10, 1), _on(10, 15),
             _on(10, 14),
             {"type": "Định kỳ quý", "authority": "Văn phòng Chính phủ", "answer_symbol": "6588/BC-BNV"}),
            ("Báo cáo tình hình thực hiện nhiệm vụ tháng 10", "Văn phòng Chính phủ", _on(10, 25), _on(11, 5), None,
             {"type": "Định kỳ tháng", "authority": "Văn phòng Chính phủ"}),
        ],
    ),
}  # fmt: skip
"""By template, as the registers stood on the sample's day, 1 November 2024."""
