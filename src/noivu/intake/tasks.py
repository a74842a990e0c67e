"""Tasks from sheets."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from noivu.core import clock
from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.intake.checking import Reason, fits, likely_due, not_before, not_to_come, obligation_outcome, texts
from noivu.intake.contributions import COLUMN, due_of, due_of_wholes, write_contributions, wrong_days
from noivu.intake.giving import DAYS, LEAD_UNIT, OF_PRODUCT, PARENT, Sheet, apply_rows, giving_columns, places
from noivu.intake.marks import MARKS, PRIORITY
from noivu.intake.officers import OFFICER
from noivu.intake.statements import Key, Stated, Statement, fact
from noivu.sheets.api import Column, ImportContext, Outcome, ParsedRow, Template, unit_column
from noivu.units.api import unit_in_cell
from noivu.work.api import Obligation
from noivu.work.constants import Happening, Kind

_TEXTS = ("title", "assigner", "product", "measure", "source_symbol", "field", "note")
_ASSIGNED = Text(vi="ngày giao", en="the day it was assigned")
_BETWEEN = re.compile(r"[;\n]")


def apply(rows: Sequence[ParsedRow], context: ImportContext) -> list[Outcome]:
    """Write the tasks with what became of them."""
    dated = [(row["lead_unit"].pk, nfc(row["code"])) for row in rows if row[COLUMN]]
    whole_due = due_of_wholes(Kind.TASK, dated)
    sheet = Sheet(
        Kind.TASK,
        lambda row: _reasons(row, context, whole_due),
        lambda row: _statement(row, context),
        places("assigned_on", DAYS),
        contribute=lambda pairs: _contributions(pairs, context, clock.now()),
    )
    pairs, outcomes = apply_rows(sheet, rows, context)
    outcomes |= {row.number: obligation_outcome(row, one) for row, one in pairs}
    return [outcomes[row.number] for row in rows]


def _contributions(pairs: Sequence[tuple[ParsedRow, Stated]], context: ImportContext, now: datetime) -> set[int]:
    """What co-operating units owe by days of their own, where the file speaks of it."""
    if "cooperating_units" not in context.given:
        return set()
    dated = COLUMN in context.given
    due_by = {one.id: due_of(row, _cooperating(row, context)) if dated else None for row, one in pairs if one.id}
    return write_contributions(due_by, context.actor, now)


def _reasons(row: ParsedRow, context: ImportContext, whole_due: Mapping[Key, date]) -> Iterable[Reason]:
    yield from not_to_come(row, "assigned_on", *DAYS)
    yield from likely_due(row, "assigned_on")
    for column in ("due_on", "suspended_on", "completed_on", "confirmed_on"):
        yield from not_before(row, column, "assigned_on", _ASSIGNED)
    yield from not_before(row, "confirmed_on", "completed_on", Text(vi="ngày hoàn thành", en="the day of completion"))
    yield from fits(Obligation, {"code": nfc(row["code"]), **texts(row, context, _TEXTS)}, {})
    try:
        unit_ids = _cooperating(row, context)
    except Refusal as refusal:
        yield "cooperating_units", refusal.text()
        return
    try:
        due = due_of(row, unit_ids)
    except Refusal as refusal:
        yield COLUMN, refusal.text()
        return
    yield from wrong_days(row, due, whole_due.get((row["lead_unit"].pk, nfc(row["code"]))))


def _cooperating(row: ParsedRow, context: ImportContext) -> list[int]:
    """Units named in one cell, parted by semicolons or lines; by commas where the whole is no unit's name."""

    def unit(name: str) -> int:
        return unit_in_cell(name, row["assigned_on"], row.number, context)

    found: dict[int, None] = {}
    for piece in filter(None, (nfc(part) for part in _BETWEEN.split(row["cooperating_units"] or ""))):
        try:
            found[unit(piece)] = None
        except Refusal:
            if "," not in piece:
                raise
            found |= dict.fromkeys(unit(name) for name in map(nfc, piece.split(",")) if name)
    return list(found)


def _statement(row: ParsedRow, context: ImportContext) -> Statement:
    assigned, unit_id, code = row["assigned_on"], row["lead_unit"].pk, nfc(row["code"])
    words = texts(row, context, _TEXTS)
    fields: dict[str, Any] = {**words, "code": code, "arises_on": assigned}
    facts = {fact(Happening.ASSIGNED, assigned)}
    managed = {Happening.ASSIGNED}
    if "due_on" in context.given:
        managed.add(Happening.DUE_SET)
        fields["original_due_on"] = row["due_on"]
        facts |= {fact(Happening.DUE_SET, assigned, row["due_on"])} if row["due_on"] else set()
    if "confirmation_required" in context.given:
        fields["confirmation_required"] = bool(row["confirmation_required"])
    for column, happening in DAYS.items():
        managed |= {happening} if column in context.given else set()
        facts |= {fact(happening, row[column])} if row[column] else set()
    helping = frozenset(_cooperating(row, context)) if "cooperating_units" in context.given else None
    initial = {"unit_id": unit_id, "assigned_unit_id": unit_id}
    return Statement((unit_id, code), initial, fields, frozenset(facts), frozenset(managed), cooperating=helping)


def identify(values: Mapping[str, Any]) -> tuple[Any, ...]:
    """By the code as written: Đ and D, a and A tell two tasks apart, in one file as across files."""
    return values["lead_unit"], nfc(values["code"])


def _names(values: Mapping[str, Any]) -> tuple[str, str]:
    """A task is called by its code, and by that a part calls its whole."""
    return nfc(values["code"]), nfc(values.get(PARENT) or "")


TASKS = Template(
    name="tasks",
    label=Text(vi="Sổ nhiệm vụ", en="Register of tasks"),
    description=Text(
        vi="Mỗi dòng là một nhiệm vụ, được nhận ra theo mã trong đơn vị chủ trì.",
        en="Each row is one task, known by its code within the lead unit.",
    ),
    columns=(
        Column("code", Text(vi="Mã nhiệm vụ", en="Code"), required=True, is_key=True, example="NV-2024-1164"),
        Column(
            "title",
            Text(vi="Nội dung nhiệm vụ", en="Title"),
            required=True,
            also_called=("Nhiệm vụ", "Tên nhiệm vụ"),
            example="Hoàn thiện hồ sơ đề nghị xây dựng luật",
        ),
        Column(
            "assigner",
            Text(vi="Người giao", en="Assigner"),
            required=True,
            also_called=("Cấp giao",),
            example="Bộ trưởng",
        ),
        Column("assigned_on", Text(vi="Ngày giao", en="Assigned on"), kind="date", required=True, example="01/10/2024"),
        unit_column(
            "assigned_on",
            key="lead_unit",
            label=LEAD_UNIT,
            is_key=False,
            help=Text(vi="Một nhiệm vụ có một đơn vị chủ trì.", en="One task has one lead unit."),
            example="VCQDP-BNV",
        ),
        *giving_columns("assigned_on"),
        Column(
            "cooperating_units",
            Text(vi="Đơn vị phối hợp", en="Cooperating units"),
            help=Text(vi="Mã hoặc tên, cách nhau bằng dấu chấm phẩy.", en="Codes or names, parted by semicolons."),
            example="VP-BNV",
        ),
        Column(
            COLUMN,
            Text(vi="Hạn của đơn vị phối hợp", en="Cooperating units due on"),
            also_called=("Hạn phối hợp",),
            help=Text(
                vi="Một hạn chung, hoặc mỗi đơn vị một hạn theo thứ tự, cách nhau bằng dấu chấm phẩy; không muộn hơn "
                "hạn hoàn thành.",
                en="One date for all, or one for each in their order, parted by semicolons; not later than the task.",
            ),
            example="20/10/2024",
        ),
        Column(
            "due_on",
            Text(vi="Hạn hoàn thành", en="Due on"),
            kind="date",
            also_called=("Thời hạn",),
            example="31/10/2024",
        ),
        *OF_PRODUCT,
        Column(
            "confirmation_required",
            Text(vi="Phải xác nhận", en="Confirmation required"),
            kind="boolean",
            help=Text(
                vi="Nếu có: hoàn thành là khi người giao xác nhận.", en="If yes: done is when the assigner confirms."
            ),
            example="không",
        ),
        Column("completed_on", Text(vi="Ngày hoàn thành", en="Completed on"), kind="date", example="28/10/2024"),
        Column("confirmed_on", Text(vi="Ngày xác nhận", en="Confirmed on"), kind="date"),
        Column("suspended_on", Text(vi="Ngày tạm dừng", en="Suspended on"), kind="date"),
        Column("source_symbol", Text(vi="Văn bản giao", en="Source symbol"), also_called=("Số văn bản giao",)),
        OFFICER,
        Column("field", Text(vi="Lĩnh vực", en="Field")),
        *MARKS,
        PRIORITY,
        Column("note", Text(vi="Ghi chú", en="Note")),
    ),
    apply=apply,
    verb="work.assign",
    scope_column="lead_unit",
    action="obligation.import",
    identify=identify,
    names=_names,
)
