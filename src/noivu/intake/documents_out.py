"""Outgoing documents from sheets; one that answers an incoming document completes the reply owed for it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from noivu.core import clock
from noivu.core.secrecy import Secrecy
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.intake.answering import answered_by, complete_replies, names_hidden
from noivu.intake.checking import LARGEST, Reason, fits, logged, not_to_come, split_by_reason, texts
from noivu.intake.marks import MARKS, marks_of, unlawful_secrecy
from noivu.intake.rights import out_of_sight
from noivu.records.api import OutgoingDocument, OutgoingRow, Written, kind_code, symbol_key, write_outgoing
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

_TEXTS = ("summary", "signer", "recipients", "note")
_CANCELLED = Text(
    vi="Số này đã hủy trong sổ. Sửa số, hoặc bỏ dòng.", en="This number was cancelled. Correct it or drop the row."
)


def apply(rows: Sequence[ParsedRow], context: ImportContext) -> list[Outcome]:
    """Write the documents, then complete the replies that they are."""
    now = clock.now()
    good, outcomes = split_by_reason(rows, lambda row: _reasons(row, context))
    says_answers = "in_reply_to" in context.given
    unseen = _unseen(good, context)
    good, refused = split_by_reason(good, lambda row: unseen.get(row.number, ()))
    outcomes |= refused
    links = _links(good, context) if says_answers else {}
    written = write_outgoing([_outgoing(row, context, links) for row in good], now)
    if says_answers:
        changed = {result.id: (row.number, result) for row, result in zip(good, written, strict=True) if result.changed}
        context.warnings.extend(complete_replies(changed, context.actor, now))
    for row, result in zip(good, written, strict=True):
        outcomes[row.number] = _outcome(row, result)
    return [outcomes[row.number] for row in rows]


def _unseen(rows: Sequence[ParsedRow], context: ImportContext) -> dict[int, tuple[Reason, ...]]:
    """The rows of letters that are, or would be, restricted to others than who imports them, by number."""
    letters = OutgoingDocument.objects.current().filter(
        unit_id__in={row["unit"].pk for row in rows},
        symbol_key__in={symbol_key(row["symbol"]) for row in rows},
        secrecy=Secrecy.RESTRICTED.value,
    )
    standing = {(one.unit_id, one.symbol_key, one.issued_on): one for one in letters}
    found: dict[int, tuple[Reason, ...]] = {}
    for row in rows:
        said = OutgoingDocument(unit_id=row["unit"].pk, **marks_of(row, context))
        there = standing.get((row["unit"].pk, symbol_key(row["symbol"]), row["issued_on"]))
        if reason := out_of_sight(there, said, "symbol", context.actor):
            found[row.number] = (reason,)
    return found


def _outcome(row: ParsedRow, result: Written) -> Outcome:
    if result.cancelled:
        return quarantined(_CANCELLED, "symbol")
    return applied("records.outgoingdocument", result.id, logged(row)) if result.changed else unchanged()


def _reasons(row: ParsedRow, context: ImportContext) -> Iterable[Reason]:
    yield from not_to_come(row, "issued_on")
    yield from unlawful_secrecy(row)
    copies = row["copies"]
    if copies is not None and not 0 <= copies <= LARGEST:
        yield "copies", Text(vi="Số bản phải từ 0 trở lên.", en="Copies must be 0 or more.")
    reference = nfc(row["in_reply_to"] or "")
    yield from fits(OutgoingDocument, {"symbol": nfc(row["symbol"]), "answers": reference}, {"answers": "in_reply_to"})
    yield from fits(OutgoingDocument, {**texts(row, context, _TEXTS), "kind": kind_code(row["kind"])}, {})


def _links(rows: Sequence[ParsedRow], context: ImportContext) -> dict[int, dict[str, Any]]:
    """What rows say that they answer, by row number; nothing of a letter whose link is hidden from the importer."""
    found, hidden = answered_by(rows, context.actor), names_hidden(rows, context.actor)
    return {
        row.number: {"answers": nfc(row["in_reply_to"] or ""), "in_reply_to_id": found.get(row.number)}
        for row in rows
        if (row["unit"].pk, symbol_key(row["symbol"]), row["issued_on"]) not in hidden
    }


def _outgoing(row: ParsedRow, context: ImportContext, links: Mapping[int, Mapping[str, Any]]) -> OutgoingRow:
    marks = marks_of(row, context)
    fields: dict[str, Any] = {**texts(row, context, _TEXTS), "kind": kind_code(row["kind"]), **marks}
    if "copies" in context.given:
        fields["copies"] = row["copies"]
    said = links.get(row.number, {})
    return OutgoingRow(row["unit"].pk, nfc(row["symbol"]), row["issued_on"], {**fields, **said})


def identify(values: Mapping[str, Any]) -> tuple[Any, ...]:
    return values["unit"], symbol_key(values["symbol"]), values["issued_on"]


DOCUMENTS_OUT = Template(
    name="documents-out",
    label=Text(vi="Sổ văn bản đi", en="Register of outgoing documents"),
    description=Text(
        vi="Mỗi dòng là một văn bản đi, được nhận ra theo đơn vị, số ký hiệu và ngày ban hành.",
        en="Each row is one outgoing document, known by its unit, symbol and day of issue.",
    ),
    columns=(
        unit_column(
            "issued_on",
            help=Text(vi="Đơn vị ban hành: mã hoặc tên đầy đủ.", en="Who issued it: code or full name."),
            also_called=("Mã đơn vị",),
            example="BNV",
        ),
        Column(
            "symbol",
            Text(vi="Số, ký hiệu", en="Symbol"),
            required=True,
            is_key=True,
            also_called=("Số ký hiệu", "Số và ký hiệu", "Số/Ký hiệu"),
            example="6402/BNV-CQĐP",
        ),
        Column(
            "issued_on",
            Text(vi="Ngày ban hành", en="Issued on"),
            kind="date",
            required=True,
            is_key=True,
            also_called=("Ngày văn bản", "Ngày tháng văn bản"),
            example="28/10/2024",
        ),
        Column("kind", Text(vi="Loại văn bản", en="Type"), required=True, example="Công văn"),
        Column(
            "summary",
            Text(vi="Trích yếu", en="Summary"),
            required=True,
            also_called=("Trích yếu nội dung", "Tên loại và trích yếu nội dung", "Nội dung"),
            example="Trả lời về sắp xếp đơn vị hành chính",
        ),
        Column("signer", Text(vi="Người ký", en="Signer"), example="Lê Thu Bình"),
        Column("recipients", Text(vi="Nơi nhận", en="Recipients"), also_called=("Nơi nhận văn bản",)),
        Column(
            "in_reply_to",
            Text(vi="Trả lời văn bản", en="In reply to"),
            help=Text(
                vi="Số, ký hiệu hoặc số đến của văn bản được trả lời.",
                en="Symbol or arrival number of the document it answers.",
            ),
        ),
        Column("copies", Text(vi="Số bản", en="Copies"), kind="integer", also_called=("Số lượng bản",)),
        Column("note", Text(vi="Ghi chú", en="Note")),
        *MARKS,
    ),
    apply=apply,
    verb="records.edit",
    scope_column="unit",
    action="document.import",
    identify=identify,
)
