"""Incoming documents from sheets, with the replies they need."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from noivu.core import clock
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.intake.checking import (
    Reason,
    fits,
    likely_due,
    logged,
    not_before,
    not_to_come,
    split_by_reason,
    texts,
)
from noivu.intake.marks import MARKS, marks_of, unlawful_secrecy
from noivu.intake.obligations import write_statements
from noivu.intake.officers import ASSIGNED_TO, OFFICER, Officers
from noivu.intake.rights import beyond_right, out_of_sight
from noivu.intake.statements import Stated, Statement, fact
from noivu.intake.verbs import beyond_verbs
from noivu.records.api import (
    IncomingDocument,
    IncomingRow,
    RegisterNumber,
    Written,
    doubles_of,
    kind_code,
    read_register_number,
    standing_incoming,
    write_incoming,
)
from noivu.sheets.api import (
    Column,
    ImportContext,
    Outcome,
    ParsedRow,
    Template,
    applied,
    quarantined,
    unchanged,
    unit_column,
)
from noivu.work.api import Obligation, parts_follow
from noivu.work.constants import Happening, Kind

_TEXTS = ("issuer", "symbol", "summary", "note")
_ARRIVED = Text(vi="ngày đến", en="the day of arrival")
_CANCELLED = Text(
    vi="Số đến này đã hủy trong sổ. Sửa số, hoặc bỏ dòng.", en="This number was cancelled. Correct it or drop the row."
)


def apply(rows: Sequence[ParsedRow], context: ImportContext) -> list[Outcome]:
    """Write the documents, then the replies owed for them."""
    now = clock.now()
    officers = Officers(rows, context, lambda row: row["assigned_unit"] or row["unit"])
    fields = {row.number: {**_fields(row, context), **officers.said(row)} for row in rows}
    good, outcomes = split_by_reason(rows, lambda row: (*_reasons(row, fields[row.number]), *officers.reasons(row)))
    beyond = _beyond_right(good, fields, context)
    good, refused = split_by_reason(good, lambda row: beyond.get(row.number, ()))
    outcomes |= refused
    written = write_incoming([_incoming(row, fields[row.number]) for row in good], now)
    kept = [(row, result) for row, result in zip(good, written, strict=True) if not result.cancelled]
    moved = write_statements(
        Kind.REPLY, [_statement(row, result, fields[row.number], context) for row, result in kept], context.actor, now
    )
    if "secrecy" in context.given:
        parts_follow([result.id for _, result in kept if result.changed])
    for row, result in zip(good, written, strict=True):
        outcomes[row.number] = _outcome(row, result, moved)
    _warn_of_doubles({result.id: row for row, result in kept if result.changed}, context)
    return [outcomes[row.number] for row in rows]


def _beyond_right(
    rows: Sequence[ParsedRow], fields: Mapping[int, dict[str, Any]], context: ImportContext
) -> dict[int, tuple[Reason, ...]]:
    """The rows that ask more than who imports them may, by number."""
    given = [_incoming(row, fields[row.number]) for row in rows]
    documents = standing_incoming(given)
    unseen = {
        row.number: reason
        for row, one, said in zip(rows, documents, given, strict=True)
        if (reason := out_of_sight(one, _said(said), "arrival_number", context.actor))
    }
    due = [{"original_due_on": row["due_on"]} if "due_on" in context.given else {} for row in rows]
    reasons = beyond_right(given, documents, due, [_needs_reply(row, context) for row in rows], context.actor)
    standing = {row.number: one for row, one in zip(rows, documents, strict=True) if one is not None}
    replied = [
        _replied(_statement(row, Written(standing[row.number].pk, row["arrived_on"], False), {}, context))
        for row in rows
        if row.number in standing
    ]
    beyond = beyond_verbs(Kind.REPLY, replied, {Happening.COMPLETED: "replied_on"}, context.actor)
    first = {row.number: reason for row, reason in zip(rows, reasons, strict=True) if reason}
    done = {number: beyond[one.pk,] for number, one in standing.items() if (one.pk,) in beyond}
    return {number: (reason,) for number, reason in {**done, **first, **unseen}.items()}


def _said(row: IncomingRow) -> IncomingDocument:
    """The document as the row would have it, as far as it says who may see it."""
    names = ("secrecy", "assigned_unit_id", "assigned_officer")
    return IncomingDocument(unit_id=row.unit_id, **{name: row.fields[name] for name in names if name in row.fields})


def _replied(statement: Statement) -> Statement:
    """What a row says of the reply alone."""
    facts = frozenset(one for one in statement.facts if one[0] == Happening.COMPLETED)
    return replace(statement, fields={}, facts=facts, managed=statement.managed & {Happening.COMPLETED})


def _warn_of_doubles(rows: Mapping[int, ParsedRow], context: ImportContext) -> None:
    """A number, symbol and issuer that stand in the register already are told, not refused."""
    for pk, others in sorted(doubles_of(context.actor, rows).items()):
        row, numbers = rows[pk], ", ".join(str(other.number) for other in others[:5])
        context.warnings.append(
            Text(
                vi=f"Dòng {row.number}: {row['symbol']} của {row['issuer']} đã có ở số đến {numbers}: kiểm tra trùng.",
                en=f"Row {row.number}: {row['symbol']} of {row['issuer']} stands already as number {numbers}: check.",
            )
        )


def _outcome(row: ParsedRow, result: Written, moved: Mapping[tuple[Any, ...], Stated]) -> Outcome:
    if result.cancelled:
        return quarantined(_CANCELLED, "arrival_number")
    stated = moved[result.id,]
    if result.changed or stated.changed:
        taken_back = {"reply_required": False} if stated.removed else {}
        return applied("records.incomingdocument", result.id, {**logged(row), **taken_back})
    return unchanged()


def _reasons(row: ParsedRow, fields: Mapping[str, Any]) -> Iterable[Reason]:
    try:
        read_register_number(row["arrival_number"])
    except Refusal as refusal:
        yield "arrival_number", refusal.text()
        return
    yield from not_to_come(row, "arrived_on", "replied_on")
    yield from likely_due(row, "arrived_on")
    yield from not_before(row, "arrived_on", "issued_on", Text(vi="ngày ban hành", en="the day of issue"))
    yield from not_before(row, "replied_on", "arrived_on", _ARRIVED)
    if row["reply_symbol"] and not row["replied_on"]:
        yield (
            "replied_on",
            Text(
                vi="Có số văn bản trả lời nhưng thiếu ngày trả lời. Nhập ngày của văn bản trả lời.",
                en="The reply has a symbol but no day. Enter the day of the reply.",
            ),
        )
    yield from unlawful_secrecy(row)
    yield from fits(IncomingDocument, fields, {"assigned_unit_id": "assigned_unit"})
    yield from fits(Obligation, {"answer_symbol": row["reply_symbol"]}, {"answer_symbol": "reply_symbol"})


def _fields(row: ParsedRow, context: ImportContext) -> dict[str, Any]:
    fields: dict[str, Any] = {**texts(row, context, _TEXTS), **marks_of(row, context)}
    if "kind" in context.given:
        fields["kind"] = kind_code(row["kind"] or "")
    if "issued_on" in context.given:
        fields["issued_on"] = row["issued_on"]
    if "assigned_unit" in context.given:
        fields["assigned_unit_id"] = row["assigned_unit"].pk if row["assigned_unit"] else None
    return fields


def _incoming(row: ParsedRow, fields: dict[str, Any]) -> IncomingRow:
    number = read_register_number(row["arrival_number"])
    return IncomingRow(row["unit"].pk, number, row["arrived_on"], fields)


def _needs_reply(row: ParsedRow, context: ImportContext) -> bool | None:
    """As the sheet says; without the column, by a due date or a reply; None where it has none of the three."""
    if "reply_required" in context.given:
        return bool(row["reply_required"])
    if not context.given & {"due_on", "replied_on"}:
        return None
    return bool(row["due_on"] or row["replied_on"])


def _statement(row: ParsedRow, result: Written, given: Mapping[str, Any], context: ImportContext) -> Statement:
    arrived = result.day
    facts = {fact(Happening.ASSIGNED, arrived)}
    managed = {Happening.ASSIGNED}
    fields: dict[str, Any] = {"arises_on": arrived}
    fields |= {name: given[name] for name in ("assigned_unit_id", *ASSIGNED_TO) if name in given}
    owed = _needs_reply(row, context)
    if "due_on" in context.given and owed:
        managed.add(Happening.DUE_SET)
        fields["original_due_on"] = row["due_on"]
        facts |= {fact(Happening.DUE_SET, arrived, row["due_on"])} if row["due_on"] else set()
    if "replied_on" in context.given and owed:
        managed.add(Happening.COMPLETED)
        symbol = (row["reply_symbol"] or "") if "reply_symbol" in context.given else None
        facts |= {fact(Happening.COMPLETED, row["replied_on"], symbol=symbol)} if row["replied_on"] else set()
    symbol_at_first = row["reply_symbol"] or "" if row["replied_on"] else ""
    initial = {"document_id": result.id, "unit_id": row["unit"].pk, "answer_symbol": symbol_at_first}
    return Statement((result.id,), initial, fields, frozenset(facts), frozenset(managed), owed=owed)


def identify(values: Mapping[str, Any]) -> tuple[Any, ...]:
    """Numbers begin anew each year, and 05 is 5."""
    try:
        number: RegisterNumber | str = read_register_number(values["arrival_number"])
    except Refusal:
        number = str(values["arrival_number"])
    return values["unit"], values["arrived_on"].year, str(number)


DOCUMENTS_IN = Template(
    name="documents-in",
    label=Text(vi="Sổ văn bản đến", en="Register of incoming documents"),
    description=Text(
        vi="Mỗi dòng là một văn bản đến. Văn bản được nhận ra theo đơn vị, số đến và năm của ngày đến.",
        en="Each row is one incoming document, known by its unit, arrival number and the year of arrival.",
    ),
    columns=(
        unit_column(
            "arrived_on",
            help=Text(vi="Đơn vị giữ sổ: mã hoặc tên đầy đủ.", en="Whose register it is: code or full name."),
            also_called=("Đơn vị nhận", "Mã đơn vị"),
            example="BNV",
        ),
        Column(
            "arrival_number",
            Text(vi="Số đến", en="Arrival number"),
            required=True,
            is_key=True,
            help=Text(vi="Số chèn có chữ: 12a.", en="An inserted number bears a letter: 12a."),
            example="31906",
        ),
        Column("arrived_on", Text(vi="Ngày đến", en="Arrived on"), kind="date", required=True, example="21/10/2024"),
        Column(
            "issuer",
            Text(vi="Cơ quan ban hành", en="Issuer"),
            required=True,
            also_called=("Tác giả", "Cơ quan gửi", "Nơi gửi"),
            example="Ủy ban nhân dân tỉnh Thanh Hóa",
        ),
        Column(
            "symbol",
            Text(vi="Số, ký hiệu", en="Symbol"),
            also_called=("Số ký hiệu", "Số và ký hiệu", "Số/Ký hiệu"),
            example="15842/UBND-THKH",
        ),
        Column(
            "issued_on",
            Text(vi="Ngày ban hành", en="Issued on"),
            kind="date",
            also_called=("Ngày văn bản", "Ngày tháng văn bản"),
            example="18/10/2024",
        ),
        Column(
            "kind",
            Text(vi="Loại văn bản", en="Type"),
            help=Text(vi="Tên loại hoặc chữ viết tắt.", en="Name of the type or its abbreviation."),
            example="Công văn",
        ),
        Column(
            "summary",
            Text(vi="Trích yếu", en="Summary"),
            required=True,
            also_called=("Trích yếu nội dung", "Tên loại và trích yếu nội dung", "Nội dung"),
            example="Hoàn thiện hồ sơ đề án sắp xếp đơn vị hành chính",
        ),
        Column(
            "assigned_unit",
            Text(vi="Đơn vị xử lý", en="Assigned unit"),
            kind="unit",
            on="arrived_on",
            also_called=("Đơn vị hoặc người nhận", "Đơn vị chủ trì"),
            example="VCQDP-BNV",
        ),
        replace(
            OFFICER,
            label=Text(vi="Người xử lý", en="Assigned to"),
            also_called=("Chuyên viên xử lý",),
            example="Đỗ Quang Chi",
        ),
        Column(
            "reply_required",
            Text(vi="Phải trả lời", en="Reply required"),
            kind="boolean",
            also_called=("Cần trả lời", "Yêu cầu trả lời"),
            example="có",
        ),
        Column(
            "due_on",
            Text(vi="Hạn trả lời", en="Due on"),
            kind="date",
            also_called=("Thời hạn", "Hạn xử lý", "Thời hạn giải quyết"),
            example="04/11/2024",
        ),
        Column(
            "reply_symbol",
            Text(vi="Số, ký hiệu văn bản trả lời", en="Symbol of the reply"),
            also_called=("Văn bản trả lời", "Số ký hiệu văn bản trả lời"),
            example="6402/BNV-CQĐP",
        ),
        Column(
            "replied_on",
            Text(vi="Ngày trả lời", en="Replied on"),
            kind="date",
            also_called=("Ngày văn bản trả lời",),
            example="28/10/2024",
        ),
        Column("note", Text(vi="Ghi chú", en="Note")),
        *MARKS,
    ),
    apply=apply,
    verb="records.edit",
    scope_column="unit",
    action="document.import",
    identify=identify,
)
