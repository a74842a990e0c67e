"""From the cells of a row to its typed values, or to the reasons why it is kept aside."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from noivu.core import access
from noivu.core.dates import PartialDate
from noivu.core.secrecy import Secrecy
from noivu.core.wording import Text
from noivu.sheets.declarations import Column, ImportContext, ParsedRow, Template
from noivu.sheets.kinds import Cell, CellProblem, Finding, Reading, cleaned, kinds, parse_cell, shown
from noivu.sheets.reading.formulas import NO_VALUE
from noivu.sheets.reading.parent import UNREADABLE, RawRow

_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell (or with the row: no column)."""

    column: str
    value: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Kept:
    """A row that is kept aside, with all its problems, and whose it is where that could be read."""

    row: RawRow
    problems: tuple[Problem, ...]
    unit_id: int | None = None

    @property
    def reason(self) -> Text:
        """All reasons, the column before each when there are several."""
        if len(self.problems) == 1:
            return self.problems[0].reason
        named = [(f"{p.column}: " if p.column else "", p.reason) for p in self.problems]
        return Text(
            vi=" ".join(name + reason.vi for name, reason in named),
            en=" ".join(name + reason.en for name, reason in named),
        )


class RowParser:
    """Parses the rows of one file; remembers the keys it has seen, for rows that stand there twice."""

    def __init__(
        self, template: Template, keys: Mapping[int, str], fixed: Mapping[str, str], context: ImportContext
    ) -> None:
        self.template = template
        self.context = context
        self._fixed = fixed
        self._places = {key: place for place, key in keys.items() if key}
        known = [column for column in template.columns if self._has(column)]
        self._columns = sorted(known, key=lambda column: bool(column.on))
        self._reviewed = {column.kind for column in known if kinds[column.kind].review is not None}
        self._seen: dict[bytes, int] = {}

    def _has(self, column: Column) -> bool:
        return column.key in self._places or column.key in self._fixed

    def parse(self, row: RawRow) -> ParsedRow | Kept:
        """The typed row, or all that is wrong with it."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for column in self._columns:
            try:
                values[column.key] = self._value(row, column, values)
            except CellProblem as problem:
                problems.append(Problem(column.key, self._shown(row, column), problem.reason))
        if not problems:
            problems = [*self._out_of_reach(row, values), *self._repeated(row, values)]
        if problems:
            order = list(self.template.by_key)
            first = tuple(sorted(problems, key=lambda p: order.index(p.column) if p.column else -1))
            return Kept(row, first, self.unit_id(values))
        return ParsedRow(row.number, values)

    def unit_id(self, values: Mapping[str, Any]) -> int | None:
        """Whose row it is."""
        column = self.template.scope_column
        return getattr(values.get(column) if column else self.context.unit, "scope_unit_id", None)

    def _cell(self, row: RawRow, column: Column) -> Cell:
        place = self._places.get(column.key)
        cell = row.cell(place) if place is not None else ""
        return cell if cell != "" else self._fixed.get(column.key, "")

    def _shown(self, row: RawRow, column: Column) -> str:
        return shown(self._cell(row, column))[:_SHOWN]

    def _value(self, row: RawRow, column: Column, values: Mapping[str, Any]) -> Any:
        fault = row.faults.get(self._places.get(column.key, -1))
        if fault is not None:
            raise CellProblem(_unusable(fault))
        cell = cleaned(self._cell(row, column))
        if cell is None:
            return self._blank(column)
        return parse_cell(cell, self._reading(row, column, values))

    def _reading(self, row: RawRow, column: Column, values: Mapping[str, Any]) -> Reading:
        if column.kind not in self._reviewed:
            return Reading(column, _day(values.get(column.on)), self.context)
        place = self._places.get(column.key)
        number = row.number if place is not None and row.cell(place) != "" else 0
        return Reading(column, _day(values.get(column.on)), self.context, number, lambda: self._unused(row))

    def _unused(self, row: RawRow) -> list[str]:
        """The words of a row that stand under no column of the template."""
        taken = set(self._places.values())
        return [str(cell) for place, cell in enumerate(row.cells) if place not in taken and isinstance(cell, str)]

    def secrecy(self, row: RawRow) -> str:
        """The mark of secrecy that a row says of its thing; one that cannot be read is as strict as may be."""
        column = self.template.by_key.get("secrecy")
        cell = cleaned(self._cell(row, column)) if column else None
        if column is None or cell is None:
            return ""
        try:
            said = parse_cell(cell, self._reading(row, column, {}))
        except CellProblem:
            return Secrecy.RESTRICTED.value
        return Secrecy.RESTRICTED.value if said == Secrecy.STATE_SECRET else str(said)

    def doubts(self, row: RawRow, values: Mapping[str, Any], findings: Mapping[str, Finding]) -> list[Problem]:
        """Why cells of a row that was read cannot be relied on, as their kinds found over the whole file."""
        found = []
        for column in self._columns:
            finding, cell = findings.get(column.kind), cleaned(self._cell(row, column))
            if finding is not None and finding.doubt is not None and cell is not None:
                reason = finding.doubt(cell, self._reading(row, column, values))
                if reason is not None:
                    found.append(Problem(column.key, self._shown(row, column), reason))
        return found

    def _blank(self, column: Column) -> Any:
        if column.kind == "boolean":
            return False
        if column.required or column.is_key:
            raise CellProblem(Text(vi=f"Thiếu {column.label.vi.lower()}.", en=f"{column.label.en} is missing."))
        return None

    def _out_of_reach(self, row: RawRow, values: Mapping[str, Any]) -> list[Problem]:
        column = self.template.scope_column
        unit = values.get(column) if column else self.context.unit
        if self._may(unit):
            return []
        return [
            Problem(
                column,
                self._shown(row, self.template.by_key[column]) if column else "",
                Text(
                    vi="Không có quyền nhập cho đơn vị này; đề nghị cấp quyền hoặc sửa mã đơn vị.",
                    en="No right to import for this unit; ask for a grant or correct the unit.",
                ),
            )
        ]

    def _may(self, unit: Any) -> bool:
        cache = self.context.cache
        known = ("may", getattr(unit, "scope_unit_id", None))
        if known not in cache:
            cache[known] = access.may(self.context.actor, self.template.verb, unit)
        return bool(cache[known])

    def _repeated(self, row: RawRow, values: Mapping[str, Any]) -> list[Problem]:
        identify = self.template.identify
        digest = _digest(list(identify(values)) if identify else [values.get(key) for key in self.template.keys])
        first = self._seen.setdefault(digest, row.number)
        if first == row.number:
            return []
        key = self.template.keys[-1]
        return [
            Problem(
                key,
                self._shown(row, self.template.by_key[key]),
                Text(
                    vi=f"Trùng khóa với dòng {first} trong cùng tệp. Giữ lại một dòng.",
                    en=f"Same key as row {first} of this file. Keep one of them.",
                ),
            )
        ]


def _digest(key: list[Any]) -> bytes:
    plain = [getattr(value, "scope_unit_id", value) for value in key]
    return hashlib.blake2b(repr(plain).encode(), digest_size=12).digest()


def _day(value: Any) -> date | None:
    if isinstance(value, PartialDate):
        return value.span.last_day
    return value if isinstance(value, date) else None


def _unusable(fault: str) -> Text:
    if fault == NO_VALUE:
        return Text(
            vi="Ô là công thức chưa có giá trị. Mở tệp bằng Excel, lưu lại, hoặc dán giá trị thay công thức.",
            en="The cell is a formula without a computed value. Open and save it in Excel, or paste the value.",
        )
    if fault == UNREADABLE:
        return Text(
            vi="Ô có ký tự không đọc được (␀). Nhập lại ô này.",
            en="The cell holds a character that cannot be read (␀). Type it again.",
        )
    return Text(
        vi=f"Ô có lỗi {fault}. Sửa công thức hoặc nhập giá trị.",
        en=f"The cell holds the error {fault}. Mend the formula or enter the value.",
    )
