"""Outgoing documents from sheets; one that answers an incoming document completes the reply owed for it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from noivu.core import clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.matters.imports.checking import LARGEST, Reason, fits, logged, not_to_come, split_by_reason, texts
from noivu.matters.imports.events import write_completions
from noivu.matters.imports.marks import MARKS, marks_of, unlawful_secrecy
from noivu.records.api import (
    IncomingDocument,
    OutgoingDocument,
    OutgoingRow,
    Written,
    kind_code,
    read_register_number,
    symbol_key,
    write_outgoing,
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
from noivu.work.api import Obligation, ObligationEvent, project_and_follow
from noivu.work.constants import Kind

_TEXTS = ("summary", "signer", "recipients", "note")
_CANCELLED = Text(
    vi="Số này đã hủy trong sổ. Sửa số, hoặc bỏ dòng.", en="This number was cancelled. Correct it or drop the row."
)


def apply(rows: Sequence[ParsedRow], context: ImportContext) -> list[Outcome]:
    """Write the documents, then complete the replies that they are."""
    now = clock.now()
    good, outcomes = split_by_reason(rows, lambda row: _reasons(row, context))
    answered = _answered(good) if "in_reply_to" in context.given else {}
    written = write_outgoing([_outgoing(row, context, answered) for row in good], now)
    changed = [one for one in written if one.changed]
    if "in_reply_to" in context.given and changed:
        _complete_replies(changed, context.actor, now)
    for row, result in zip(good, written, strict=True):
        outcomes[row.number] = _outcome(row, result)
    return [outcomes[row.number] for row in rows]


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


def _outgoing(row: ParsedRow, context: ImportContext, answered: Mapping[int, int]) -> OutgoingRow:
    marks = marks_of(row, context)
    fields: dict[str, Any] = {**texts(row, context, _TEXTS), "kind": kind_code(row["kind"]), **marks}
    if "copies" in context.given:
        fields["copies"] = row["copies"]
    if "in_reply_to" in context.given:
        fields["answers"] = nfc(row["in_reply_to"] or "")
        fields["in_reply_to_id"] = answered.get(row.number)
    return OutgoingRow(row["unit"].pk, nfc(row["symbol"]), row["issued_on"], fields)


def _answered(rows: Sequence[ParsedRow]) -> dict[int, int]:
    """The incoming documents that rows refer to, by row number: by symbol, or by arrival number of the year.

    Of several with one symbol, the last that had arrived when the answer was issued.
    """
    named = [row for row in rows if row["in_reply_to"]]
    if not named:
        return {}
    units = {row["unit"].pk for row in named}
    keys = {symbol_key(row["in_reply_to"]) for row in named}
    numbers = {number for row in named if (number := _plain_number(row)) is not None}
    incoming = IncomingDocument.objects.current().filter(unit_id__in=units, cancelled=False)
    columns = ("pk", "unit_id", "symbol_key", "arrival_number", "arrival_suffix", "arrived_on")
    found: defaultdict[tuple[Any, ...], list[tuple[date, int]]] = defaultdict(list)
    for rows_found in (incoming.filter(symbol_key__in=keys), incoming.filter(arrival_number__in=numbers)):
        for pk, unit_id, key, number, suffix, arrived in rows_found.values_list(*columns):
            found[unit_id, key].append((arrived, pk))
            if not suffix:
                found[unit_id, number, arrived.year].append((arrived, pk))
    return {row.number: pk for row in named if (pk := _last_arrived(row, found)) is not None}


def _last_arrived(row: ParsedRow, found: Mapping[tuple[Any, ...], list[tuple[date, int]]]) -> int | None:
    unit_id, year = row["unit"].pk, row["issued_on"].year
    places: list[tuple[Any, ...]] = [(unit_id, symbol_key(row["in_reply_to"]))]
    number = _plain_number(row)
    if number is not None:
        places += [(unit_id, number, year), (unit_id, number, year - 1)]
    for place in places:
        arrived = [one for one in found.get(place, ()) if one[0] <= row["issued_on"]]
        if arrived:
            return max(arrived)[1]
    return None


def _plain_number(row: ParsedRow) -> int | None:
    try:
        number = read_register_number(row["in_reply_to"])
    except Refusal:
        return None
    return None if number.suffix else number.number


def _complete_replies(written: Sequence[Written], actor: Actor, now: datetime) -> None:
    """What these letters complete: a document that one names no more is owed again, the one that it names is not."""
    letters = {letter.pk: letter for letter in OutgoingDocument.objects.filter(pk__in=[one.id for one in written])}
    before = {one.id: one.answered_before for one in written}
    said = ObligationEvent.objects.current().filter(outgoing_id__in=list(letters))
    columns = ("pk", "outgoing_id", "obligation_id", "obligation__document_id")
    kept, outdated, touched = set(), [], set()
    for pk, letter_id, obligation_id, document_id in said.values_list(*columns):
        if document_id == before[letter_id] != letters[letter_id].in_reply_to_id:
            outdated.append(pk)
            touched.add(obligation_id)
        else:
            kept.add((letter_id, document_id))
    ObligationEvent.objects.filter(pk__in=outdated).update(superseded_at=now)
    named = [letter for letter in letters.values() if letter.in_reply_to_id]
    rows = Obligation.objects.standing().of_kind(Kind.REPLY).select_for_update().order_by("pk")
    owed = {row.document_id: row for row in rows.filter(document_id__in=[letter.in_reply_to_id for letter in named])}
    new = [
        (owed[letter.in_reply_to_id], letter)
        for letter in named
        if letter.in_reply_to_id in owed and (letter.pk, letter.in_reply_to_id) not in kept
    ]
    write_completions(new, actor, now)
    project_and_follow(touched | {obligation.pk for obligation, _ in new}, now)


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
