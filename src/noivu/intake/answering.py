"""What letters of sheets answer: the documents that rows name, the replies that they complete, and a second reply.

A document that is restricted to others than the importer is none for them: it is neither linked nor, where it is linked
already, taken away from a letter.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.secrecy import Secrecy
from noivu.core.wording import Text
from noivu.intake.events import write_completions
from noivu.records.api import (
    IncomingDocument,
    OutgoingDocument,
    RegisterNumber,
    Written,
    hidden_from,
    read_register_number,
    symbol_key,
)
from noivu.sheets.api import ParsedRow
from noivu.work.api import Obligation, ObligationEvent, ObligationSpan, project_and_follow
from noivu.work.constants import FOREVER, Kind, Status

Pair = tuple[Obligation, OutgoingDocument]


def names_hidden(rows: Sequence[ParsedRow], actor: Actor) -> frozenset[tuple[Any, ...]]:
    """The keys (unit, symbol, day) of letters that stand and answer what is restricted to others. Three queries."""
    units, keys = {row["unit"].pk for row in rows}, {symbol_key(row["symbol"]) for row in rows}
    letters = OutgoingDocument.objects.current().filter(
        unit_id__in=units, symbol_key__in=keys, in_reply_to__secrecy=Secrecy.RESTRICTED.value
    )
    named = letters.values_list("in_reply_to_id", "unit_id", "symbol_key", "issued_on")
    links = {tuple(key): answered for answered, *key in named}
    if not links:
        return frozenset()
    hidden = hidden_from(actor, IncomingDocument.objects.filter(pk__in=set(links.values())))
    return frozenset(key for key, answered in links.items() if answered in hidden)


def answered_by(rows: Sequence[ParsedRow], actor: Actor) -> dict[int, int]:
    """The incoming documents that rows refer to, by row number: by symbol, or by arrival number of the year.

    Of several with one symbol, the last that had arrived when the answer was issued.
    """
    named = [row for row in rows if row["in_reply_to"]]
    if not named:
        return {}
    units = {row["unit"].pk for row in named}
    keys = {symbol_key(row["in_reply_to"]) for row in named}
    numbers = {number for row in named if (number := _plain_number(row)) is not None}
    standing = IncomingDocument.objects.current().filter(unit_id__in=units, cancelled=False)
    incoming = access.open_to(actor, standing)
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


def complete_replies(written: Mapping[int, tuple[int, Written]], actor: Actor, now: datetime) -> list[Text]:
    """What these letters complete: a document that one names no more is owed again, the one that it names is not.

    `written`: the row number and outcome of each letter, by its key. The second replies among them are told.
    """
    letters = OutgoingDocument.objects.in_bulk(list(written))
    outdated, touched, kept = _no_more_said(written, letters)
    ObligationEvent.objects.filter(pk__in=outdated).update(superseded_at=now)
    project_and_follow(touched, now)
    named = [letter for pk in written if (letter := letters[pk]).in_reply_to_id]
    rows = Obligation.objects.standing().of_kind(Kind.REPLY).select_for_update(of=("self",)).order_by("pk")
    rows = rows.filter(document_id__in=[letter.in_reply_to_id for letter in named])
    owed = {row.document_id: row for row in rows.select_related("document", "reply_document")}
    new = [
        (owed[letter.in_reply_to_id], letter)
        for letter in named
        if letter.in_reply_to_id in owed and (letter.pk, letter.in_reply_to_id) not in kept
    ]
    seconds = [
        _second_reply(written[letter.pk][0], obligation, *first) for obligation, letter, first in _seconds(new, actor)
    ]
    write_completions(new, actor, now)
    project_and_follow({obligation.pk for obligation, _ in new}, now)
    return seconds


def _no_more_said(
    written: Mapping[int, tuple[int, Written]], letters: Mapping[int, OutgoingDocument]
) -> tuple[list[int], set[int], set[tuple[int, int | None]]]:
    """Events of letters that name another document now, what was completed by them, and what letters still say."""
    said = ObligationEvent.objects.current().filter(outgoing_id__in=list(letters))
    columns = ("pk", "outgoing_id", "obligation_id", "obligation__document_id")
    outdated, touched, kept = [], set(), set()
    for pk, letter_id, obligation_id, document_id in said.values_list(*columns):
        if document_id == written[letter_id][1].answered_before != letters[letter_id].in_reply_to_id:
            outdated.append(pk)
            touched.add(obligation_id)
        else:
            kept.add((letter_id, document_id))
    return outdated, touched, kept


def _seconds(new: Sequence[Pair], actor: Actor) -> Iterator[tuple[Obligation, OutgoingDocument, tuple[str, date]]]:
    """Of letters those that answer what is answered already, in their order, with the symbol and day of the first."""
    spans = ObligationSpan.objects.current().filter(obligation_id__in=[obligation.pk for obligation, _ in new])
    done = spans.filter(valid_to=FOREVER, status=Status.COMPLETED.value).values_list("obligation_id", "completed_on")
    days = {key: on for key, on in done if on is not None}
    first = {
        obligation.pk: (obligation.answer_symbol, days[obligation.pk], obligation.reply_document)
        for obligation, _ in new
        if obligation.pk in days
    }
    for obligation, letter in new:
        before = first.setdefault(obligation.pk, (letter.symbol, letter.issued_on, letter))
        symbol, on, document = before
        is_typed = document is None and symbol_key(symbol) == symbol_key(letter.symbol)
        if document == letter or is_typed:
            continue
        told = symbol if document is None or access.is_open(actor, document) else ""
        yield obligation, letter, (told, on)


def _second_reply(row: int, obligation: Obligation, symbol: str, on: date) -> Text:
    number: RegisterNumber = obligation.document.number  # type: ignore[union-attr]  # a reply has its document
    by, by_en, day = f" bằng {symbol}" if symbol else "", f" by {symbol}" if symbol else "", format_day(on)
    return Text(
        vi=f"Dòng {row}: văn bản đến số {number} đã được trả lời{by} ngày {day}. Văn bản bổ sung, đính chính thì để "
        "trống ô trả lời văn bản.",
        en=f"Row {row}: number {number} was answered{by_en} on {day}. Leave the cell blank if this one supplements "
        "that.",
    )
