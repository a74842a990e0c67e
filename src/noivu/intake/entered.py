"""The kinds that are entered as tasks are, from sheets: each template follows from what its kind declares."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.intake.checking import (
    Reason,
    fits,
    likely_due,
    not_before,
    not_to_come,
    obligation_outcome,
    texts,
)
from noivu.intake.giving import (
    DAYS,
    DECLINED,
    LEAD_UNIT,
    OF_DECLINING,
    OF_PRODUCT,
    Sheet,
    apply_rows,
    declined_with_reason,
    giving_columns,
    places,
)
from noivu.intake.marks import MARKS, PRIORITY
from noivu.intake.officers import OFFICER
from noivu.intake.statements import Fact, Statement, fact
from noivu.intake.tasks import identify
from noivu.matters.api import FAMILIES, Family
from noivu.sheets.api import Column, ImportContext, Outcome, ParsedRow, Template, unit_column
from noivu.work.api import Obligation, kind_of
from noivu.work.constants import Happening

_SHARED = ("title", "assigner", "product", "measure", "field", "note")
_GIVEN = Text(vi="ngày phát sinh", en="the first day")
_DONE = Text(vi="ngày hoàn thành", en="the day of completion")


def _apply(family: Family, rows: Sequence[ParsedRow], context: ImportContext) -> list[Outcome]:
    """Write what is owed with what became of it."""
    sheet = Sheet(
        family.kind,
        lambda row: _reasons(family, row, context),
        lambda row: _statement(family, row, context),
        places("assigned_on", _days(family)),
    )
    pairs, outcomes = apply_rows(sheet, rows, context)
    outcomes |= {row.number: obligation_outcome(row, stated) for row, stated in pairs}
    return [outcomes[row.number] for row in rows]


def _texts(family: Family) -> tuple[str, ...]:
    return (*_SHARED, *(own.name for own in family.own))


def _days(family: Family) -> dict[str, Happening]:
    days = {name: happening for name, happening in DAYS.items() if not (family.is_answered and name == "confirmed_on")}
    return days | (DECLINED if kind_of(family.kind).may_be_declined else {})


def _reasons(family: Family, row: ParsedRow, context: ImportContext) -> Iterable[Reason]:
    days = _days(family)
    yield from not_to_come(row, "assigned_on", *days)
    yield from likely_due(row, "assigned_on")
    for column in ("due_on", *days):
        yield from not_before(row, column, "assigned_on", _GIVEN)
    yield from declined_with_reason(row, "completed_on")
    if "confirmed_on" in days:
        yield from not_before(row, "confirmed_on", "completed_on", _DONE)
    if family.is_answered and (row["answer_symbol"] or _result(family, row)) and not row["completed_on"]:
        yield (
            "completed_on",
            Text(
                vi="Có văn bản hoặc kết quả nhưng thiếu ngày hoàn thành. Nhập ngày hoàn thành.",
                en="There is a paper or a result but no day of completion. Enter the day.",
            ),
        )
    said = {"code": nfc(row["code"]), **texts(row, context, _texts(family))}
    symbol = {"answer_symbol": row["answer_symbol"] or ""} if family.is_answered else {}
    yield from fits(Obligation, {**said, **symbol}, {})


def _result(family: Family, row: ParsedRow) -> str:
    return (row["result"] or "") if kind_of(family.kind).results else ""


def _statement(family: Family, row: ParsedRow, context: ImportContext) -> Statement:
    first, unit_id, code = row["assigned_on"], row["lead_unit"].pk, nfc(row["code"])
    fields: dict[str, Any] = {**texts(row, context, _texts(family)), "code": code, "arises_on": first}
    facts: set[Fact] = {fact(Happening.ASSIGNED, first)}
    managed = {Happening.ASSIGNED}
    if "due_on" in context.given:
        managed.add(Happening.DUE_SET)
        fields["original_due_on"] = row["due_on"]
        facts |= {fact(Happening.DUE_SET, first, row["due_on"])} if row["due_on"] else set()
    for name in {"confirmation_required", "result"} & context.given:
        fields[name] = bool(row[name]) if name == "confirmation_required" else row[name] or ""
    symbol: str | None = ""
    if family.is_answered:
        symbol = row["answer_symbol"] or "" if "answer_symbol" in context.given else None
    for column, happening in _days(family).items():
        managed |= {happening} if column in context.given else set()
        of_it = symbol if happening is Happening.COMPLETED else ""
        facts |= {fact(happening, row[column], symbol=of_it)} if row[column] else set()
    initial = {"unit_id": unit_id, "assigned_unit_id": unit_id}
    return Statement((unit_id, code), initial, fields, frozenset(facts), frozenset(managed))


def _columns(family: Family) -> Iterator[Column]:
    yield Column("code", Text(vi="Mã", en="Code"), required=True, is_key=True, example=f"{family.prefix}-2024-0012")
    also = ("Nội dung", "Trích yếu")
    yield Column("title", Text(vi="Nội dung", en="Content"), required=True, also_called=also, example=family.example)
    yield Column("assigner", family.giver, required=True, also_called=("Người giao",))
    yield Column("assigned_on", family.arises, kind="date", required=True, example="01/10/2024")
    yield unit_column("assigned_on", key="lead_unit", label=LEAD_UNIT, is_key=False, example="VCQDP-BNV")
    yield from giving_columns("assigned_on")
    for own in family.own:
        yield Column(own.name, own.label, required=own.required, example=own.example)
    yield Column("due_on", Text(vi="Hạn", en="Due on"), kind="date", also_called=("Thời hạn",), example="31/10/2024")
    yield from OF_PRODUCT
    if family.is_answered:
        yield from _of_answer(family)
    else:
        required = Text(vi="Phải xác nhận", en="Confirmation required")
        yield Column("confirmation_required", required, kind="boolean", example="không")
        yield Column("completed_on", Text(vi="Ngày hoàn thành", en="Completed on"), kind="date")
        yield Column("confirmed_on", Text(vi="Ngày xác nhận", en="Confirmed on"), kind="date")
    yield Column("suspended_on", Text(vi="Ngày tạm dừng", en="Suspended on"), kind="date")
    yield OFFICER
    yield Column("field", Text(vi="Lĩnh vực", en="Field"))
    yield from (*MARKS, PRIORITY)
    yield Column("note", Text(vi="Ghi chú", en="Note"))


def _of_answer(family: Family) -> Iterator[Column]:
    yield Column("completed_on", Text(vi="Ngày trả lời, ngày gửi", en="Answered or sent on"), kind="date")
    yield Column("answer_symbol", Text(vi="Số, ký hiệu văn bản", en="Symbol of the paper"))
    if kind_of(family.kind).may_be_declined:
        yield from OF_DECLINING
    results = kind_of(family.kind).results
    if results:
        yield Column("result", Text(vi="Kết quả", en="Result"), kind="choice", choices=dict(results))


def _template(family: Family) -> Template:
    return Template(
        name=family.name.replace("_", "-"),
        label=family.subject,
        description=Text(
            vi=f"Mỗi dòng là một {family.noun.vi}, được nhận ra theo mã trong đơn vị chủ trì.",
            en=f"Each row is one {family.noun.en.split('||')[0]}, known by its code within the lead unit.",
        ),
        columns=tuple(_columns(family)),
        apply=partial(_apply, family),
        verb="work.assign",
        scope_column="lead_unit",
        action="obligation.import",
        identify=identify,
    )


ENTERED = {family.kind: _template(family) for family in FAMILIES if family.prefix}
