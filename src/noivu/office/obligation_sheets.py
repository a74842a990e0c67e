"""A register of tasks or recommendations as a workbook: the rows that the address asks for, in its order."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO

from noivu.core.dates import format_day
from noivu.core.wording import Text
from noivu.figures.api import Standpoint
from noivu.intake.api import ASSIGNER_UNIT
from noivu.office.queries.registers import RegisterRow, exported_rows
from noivu.sheets.api import OutColumn, write_xlsx
from noivu.ui.tables import State
from noivu.work.api import kind_of
from noivu.work.constants import Kind

_Cell = Callable[[RegisterRow], Any]
_SHARED_END: tuple[tuple[Text, int, _Cell], ...] = (
    (Text(vi="Xử lý", en="State"), 16, lambda row: str(row.line.standing.state_words)),
    (Text(vi="Thời hạn", en="Timeliness"), 16, lambda row: str(row.line.standing.timeliness_words)),
    (Text(vi="Ngày hoàn thành", en="Done on"), 14, lambda row: row.line.standing.state.completed_on),
)
_ASSIGNED_BY: tuple[Text, int, _Cell] = (
    ASSIGNER_UNIT.label,
    32,
    lambda row: row.assigner_unit,
)
_TASKS: tuple[tuple[Text, int, _Cell], ...] = (
    (Text(vi="Mã nhiệm vụ", en="Code"), 16, lambda row: row.line.code),
    (Text(vi="Nội dung nhiệm vụ", en="Title"), 60, lambda row: row.line.title),
    (Text(vi="Người giao", en="Assigner"), 24, lambda row: row.line.assigner),
    (Text(vi="Ngày giao", en="Assigned on"), 14, lambda row: row.line.arises_on),
    (Text(vi="Đơn vị chủ trì", en="Lead unit"), 32, lambda row: row.unit),
    (Text(vi="Người thực hiện", en="Officer"), 24, lambda row: row.line.assigned_to),
    (Text(vi="Hạn", en="Due"), 14, lambda row: row.line.standing.due_on),
    _ASSIGNED_BY,
    (Text(vi="Sản phẩm", en="Product"), 30, lambda row: row.line.product),
    (Text(vi="Cách đo", en="Measure"), 24, lambda row: row.line.measure),
    *_SHARED_END,
)
_RECOMMENDATIONS: tuple[tuple[Text, int, _Cell], ...] = (
    (Text(vi="Mã kiến nghị", en="Code"), 16, lambda row: row.line.code),
    (Text(vi="Nội dung kiến nghị", en="Content"), 60, lambda row: row.line.title),
    (Text(vi="Nơi chuyển", en="Origin"), 32, lambda row: row.line.origin),
    (Text(vi="Kỳ họp", en="Session"), 32, lambda row: row.line.session),
    (Text(vi="Lĩnh vực", en="Field"), 24, lambda row: row.line.field),
    (Text(vi="Ngày nhận", en="Received on"), 14, lambda row: row.line.arises_on),
    (Text(vi="Đơn vị trả lời", en="Answering unit"), 32, lambda row: row.unit),
    (Text(vi="Hạn trả lời", en="Answer due"), 14, lambda row: row.line.standing.due_on),
    _ASSIGNED_BY,
    *_SHARED_END,
    (Text(vi="Văn bản trả lời", en="Answer"), 20, lambda row: row.line.answer_symbol),
    (Text(vi="Kết quả", en="Result"), 24, lambda row: str(row.line.result or "")),
)
_SHEETS: dict[str, tuple[tuple[Text, int, _Cell], ...]] = {Kind.TASK: _TASKS, Kind.RECOMMENDATION: _RECOMMENDATIONS}
_TITLES: dict[str, Text] = {
    Kind.TASK: Text(vi="Sổ nhiệm vụ", en="Register of tasks"),
    Kind.RECOMMENDATION: Text(vi="Sổ kiến nghị cử tri", en="Register of recommendations"),
}


def write_register(here: Standpoint, kind: str, state: State, stream: BinaryIO) -> int:
    """Write the rows to a binary stream; returns how many."""
    sheet = _SHEETS.get(kind, _TASKS)
    columns = [OutColumn(str(label), width) for label, width, _ in sheet]
    title = f"{_TITLES.get(kind) or kind_of(kind).plural}, {here.unit.name}, {here.period.label}"
    as_of = Text(vi="Tính đến hết ngày {day}", en="As of the end of {day}").format(
        day=format_day(here.question().reading.as_of)
    )
    return write_xlsx(columns, _cells(sheet, here, kind, state), stream, title=title, as_of=str(as_of))


def _cells(
    sheet: Sequence[tuple[Text, int, _Cell]], here: Standpoint, kind: str, state: State
) -> Iterator[Sequence[Any]]:
    return ([cell(row) for _, _, cell in sheet] for row in exported_rows(here, kind, state))
