"""The plan of an import: where the heads are, what each column means, what fills the rest, where the rows begin."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text, both
from noivu.sheets.declarations import Column, ImportContext, Template
from noivu.sheets.heads import (
    LOOKED_AT,
    REASON_HEADS,
    Clues,
    Heads,
    bare,
    find_heads,
    is_example,
    is_repetition_of_heads,
    suggestions,
    understood,
    vocabulary,
)
from noivu.sheets.kinds import CellProblem, Reading, kinds, parse_cell
from noivu.sheets.mapping import ColumnMap, remembered, remembered_signatures
from noivu.sheets.models import LONGEST_UNIT
from noivu.sheets.policies import IMPORT
from noivu.sheets.reading.limits import AT_THE_COMMAND_LINE, Limits
from noivu.sheets.reading.parent import Head, RawRow, notes_of, open_sheet
from noivu.sheets.reading.wording import refusal_of

_PRELUDE = 3
"""How many rows after the heads may still be labels, column numbers or the example of the template."""
_SHOWN_ROWS = 5
_NOT_FOR_THIS_UNIT = Text(vi="Không có quyền nhập cho đơn vị “{unit}”.", en="No right to import for the unit “{unit}”.")
_ASK_OR_CORRECT = Text(
    vi="Sửa mã đơn vị, để trống nếu từng dòng đã ghi đơn vị, hoặc đề nghị cấp quyền.",
    en="Correct the unit, leave it blank if each row names its own, or ask for a grant.",
)
_TOO_LONG = Text(
    vi=f"Tên đơn vị dài quá {LONGEST_UNIT} ký tự.", en=f"The name of the unit is longer than {LONGEST_UNIT} characters."
)
_NAME_IT_SHORTLY = Text(vi="Nhập mã của đơn vị.", en="Enter the code of the unit.")


@dataclass(frozen=True)
class Source:
    """A file to be imported. `unit_code` fills the unit where the file names none. `column_map`: what a person said.

    `codes_of`: the date as of which its codes of units are to be read, said for this import alone.
    """

    path: Path
    name: str = ""
    unit_code: str = ""
    column_map: ColumnMap = field(default_factory=ColumnMap)
    limits: Limits = AT_THE_COMMAND_LINE
    codes_of: date | None = None

    @property
    def shown_name(self) -> str:
        return self.name or self.path.name


@dataclass(frozen=True)
class Plan:
    """How the rows of a file will be read: `keys` by place ("" is left out), `fixed` values by key, notes."""

    heads: Heads
    keys: Mapping[int, str]
    fixed: Mapping[str, str]
    notes: tuple[Text, ...]

    @property
    def given(self) -> frozenset[str]:
        return frozenset(key for key in (*self.keys.values(), *self.fixed) if key)


def plan_of(
    template: Template, source: Source, kept_for: str, head: Head, rows: Iterator[RawRow]
) -> tuple[Plan, Iterator[RawRow]]:
    """The plan, and the rows that are data; heads are read as was remembered for this unit or person."""
    first = list(itertools.islice(rows, LOOKED_AT))
    if not first:
        raise refusal_of("empty", {})
    said = source.column_map
    names = vocabulary(template)
    clues = Clues(
        names={**names, **{bare(label): key for label, key in said.columns.items()}},
        signatures=remembered_signatures(template, kept_for),
        row=said.header_row,
    )
    heads = find_heads(first, head.merged, clues)
    keys = _keys(understood(heads, names), remembered(template, heads, kept_for) or {}, said.keys_of(heads))
    fixed = {**_unit_of_all(template, source), **said.fixed}
    plan = Plan(heads, keys, fixed, (*notes_of(head), *_unused(heads, keys)))
    return plan, _data(template, plan, first, rows)


def _keys(*layers: Mapping[int, str]) -> dict[int, str]:
    """Later layers win; a column that a later one places elsewhere leaves its earlier place."""
    keys: dict[int, str] = {}
    for layer in layers:
        taken = {key for key in layer.values() if key}
        keys = {place: key for place, key in keys.items() if key not in taken}
        keys.update(layer)
    return keys


def _unit_of_all(template: Template, source: Source) -> dict[str, str]:
    return {template.scope_column: source.unit_code} if template.scope_column and source.unit_code else {}


def _unused(heads: Heads, keys: Mapping[int, str]) -> list[Text]:
    unused = [
        label for place, label in enumerate(heads.labels) if label and not keys.get(place) and label not in REASON_HEADS
    ]
    if not unused:
        return []
    listed = ", ".join(f"“{label[:40]}”" for label in unused[:10])
    return [Text(vi=f"Không dùng các cột: {listed}.", en=f"Columns not used: {listed}.")]


def _data(template: Template, plan: Plan, first: list[RawRow], rest: Iterable[RawRow]) -> Iterator[RawRow]:
    below = (row for row in itertools.chain(first, rest) if row.number > plan.heads.row)
    for place, row in enumerate(below):
        skipped = place < _PRELUDE and (
            is_repetition_of_heads(row, plan.keys, template) or is_example(row, plan.keys, template)
        )
        if not skipped:
            yield row


def unit_of_file(template: Template, unit_code: str, actor: Actor) -> Any | None:
    """The unit named for the whole file, as of today; one gone by today may still be meant by the dates of its rows.

    Whoever names a unit must be allowed to import for it: the batch is then shown to the people of that unit.
    """
    if not unit_code or "unit" not in kinds:
        return None
    if len(unit_code) > LONGEST_UNIT:
        raise Refusal(what=_TOO_LONG, do=_NAME_IT_SHORTLY, code="unit")
    context = ImportContext(actor, None, None, frozenset())
    column = Column("unit", both("unit"), kind="unit")
    try:
        unit = parse_cell(unit_code, Reading(column, clock.today(), context))
    except CellProblem as problem:
        if template.scope_column:
            return None
        raise Refusal(what=problem.reason, code="unit") from problem
    if not access.may(actor, IMPORT, unit):
        raise Refusal(what=_NOT_FOR_THIS_UNIT.format(unit=unit_code), do=_ASK_OR_CORRECT, code="unit")
    return unit


@dataclass(frozen=True)
class Proposal:
    """What a person is asked to confirm about an unknown source: heads, what they seem to mean, the first rows."""

    heads: Heads
    keys: Mapping[int, str]
    suggested: Mapping[int, str]
    fixed: Mapping[str, str]
    rows: tuple[RawRow, ...]


def propose(template: Template, source: Source, kept_for: str = "") -> Proposal:
    """Read the beginning of a file, and say how its heads would be understood."""
    with open_sheet(source.path, source.limits, source.column_map.sheet) as sheet:
        plan, rows = plan_of(template, source, kept_for, sheet.head, sheet.rows())
        some = tuple(itertools.islice(rows, _SHOWN_ROWS))
    return Proposal(plan.heads, plan.keys, suggestions(plan.heads, template, plan.keys), plan.fixed, some)
