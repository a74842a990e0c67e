"""Files from end to end: read, checked, applied, counted, in quarantine with reasons, exactly once."""

from datetime import date
from pathlib import Path

import pytest

from noivu.core.actors import SYSTEM
from noivu.core.periods import Period
from noivu.figures.api import Question, ask
from noivu.sheets.api import Batch, QuarantinedRow, Source, import_file, template_named
from noivu.units.testing import Sector

DOCUMENTS = """Đơn vị,Số đến,Ngày đến,Cơ quan gửi,Số ký hiệu,Ngày văn bản,Loại văn bản,Trích yếu,Đơn vị xử lý,\
Phải trả lời,Hạn trả lời,Văn bản trả lời,Ngày trả lời
BNV,1,01/10/2024,Bộ Tài chính,15/BTC-NS,30/09/2024,CV,Xin ý kiến,VP-BNV,có,10/10/2024,7/BNV-VP,08/10/2024
Bộ Nội vụ,2,02/10/2024,Sở Nội vụ Nghệ An,05/SNV-CCVC,,Công văn,Hỏi chế độ,Văn phòng Bộ,x,31/10/2024,,
BNV,3,31/02/2024,Bộ Công an,9/BCA,,CV,Ngày không có,,,,,
BNV,02,03/10/2024,Bộ Công an,9/BCA,,CV,Trùng số,,,,,
KHONGCO,5,03/10/2024,Bộ Công an,9/BCA,,CV,Đơn vị lạ,,,,,
BNV,6,04/10/2024,Bộ Công an,10/BCA,,CV,Trả lời trước khi đến,,có,,8/BNV,03/10/2024
BNV,7,05/10/2024,Bộ Công an,=1+1,,CV,Chỉ để biết,,,,,
"""


def put(path: Path, name: str) -> Batch:
    return import_file(actor=SYSTEM, template=template_named(name), source=Source(path))


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "so-van-ban-den.csv"
    path.write_text(DOCUMENTS, encoding="utf-8")
    return path


def counts(batch: Batch) -> tuple[int, int, int, int]:
    return batch.read, batch.applied, batch.unchanged, batch.quarantined


def test_a_register_with_its_own_heads_comes_in_once(sector: Sector, sheet: Path) -> None:
    first = put(sheet, "documents-in")
    assert counts(first) == (7, 3, 0, 4)
    assert counts(put(sheet, "documents-in")) == (7, 0, 3, 4)
    kept = QuarantinedRow.objects.filter(batch=first).order_by("number")
    assert [(row.number, row.column) for row in kept] == [
        (4, "arrived_on"),
        (5, "arrival_number"),
        (6, "unit"),
        (7, "replied_on"),
    ]
    (answer,) = ask([Question(sector.ministry.pk, Period.of_month(2024, 10), as_of=date(2024, 10, 31))])
    names = ("received", "reply_required", "replied", "reply_not_due", "reply_overdue")
    assert [answer.values[f"documents.{name}"] for name in names] == [3, 2, 1, 1, 0]


def test_a_document_that_stands_already_is_told_and_comes_in_nonetheless(sector: Sector, tmp_path: Path) -> None:
    heads, first, *_ = DOCUMENTS.splitlines()
    again = first.replace("BNV,1,", "BNV,2,", 1).replace("30/09/2024", "29/09/2024")
    (tmp_path / "so.csv").write_text("\n".join([heads, first, again]), encoding="utf-8")
    batch = put(tmp_path / "so.csv", "documents-in")
    assert counts(batch) == (2, 2, 0, 0)
    told = [note["vi"] for note in batch.notes]
    assert "Dòng 3: 15/BTC-NS của Bộ Tài chính đã có ở số đến 01: kiểm tra trùng." in told
    assert not [note for note in put(tmp_path / "so.csv", "documents-in").notes if "đã có" in note["vi"]]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "documents-out",
            "unit,symbol,issued_on,kind,summary,in_reply_to\nBNV,7/BNV-VP,2024-10-08,CV,Trả lời,15/BTC-NS\n",
        ),
        (
            "tasks",
            "code,title,assigner,assigned_on,lead_unit,cooperating_units,due_on,confirmation_required\n"
            "NV-1,Soạn báo cáo,Bộ trưởng,2024-10-01,VP-BNV,CVTLT-BNV; Vụ Chính quyền địa phương,2024-10-31,có\n",
        ),
        (
            "recommendations",
            "code,session,origin,content,received_on,unit,answered_on,result\n"
            "KN-1,Kỳ họp thứ 7,Đoàn Nghệ An,Nâng phụ cấp,2024-06-01,BNV,2024-07-01,đã giải quyết\n",
        ),
    ],
)
def test_each_template_comes_in_once(sector: Sector, tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    assert counts(put(path, name)) == (1, 1, 0, 0)
    assert counts(put(path, name)) == (1, 0, 1, 0)
