"""Copies of documents, envelopes that go by post, uses of kept copies."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal, require_reason
from noivu.core.wording import Text
from noivu.law.api import retract, supersede
from noivu.records.constants import COPY_KINDS, CopyKind, Direction, Series
from noivu.records.models import DocumentCopy, IncomingDocument, KeptCopyUse, OutgoingDocument, Posting
from noivu.records.numbers import Symbol
from noivu.records.services.entries import plain, require_not_to_come, require_text
from noivu.records.services.registers import locked_register, require_living, take_number

Document = IncomingDocument | OutgoingDocument
_Line = TypeVar("_Line", DocumentCopy, Posting, KeptCopyUse)
_NAMES = {
    "issuer": Text(vi="chữ viết tắt tên cơ quan", en="abbreviation of the organisation"),
    "recipient": Text(vi="nơi nhận", en="recipient"),
    "user_name": Text(vi="họ tên người sử dụng", en="name of the user"),
    "allowed_by": Text(vi="người cho phép", en="who allowed it"),
}


@dataclass(frozen=True, slots=True)
class CopyEntry:
    """A copy to be registered; `issuer` is the abbreviation of the organisation in its symbol (01/SY-BNV)."""

    kind: CopyKind
    copied_on: date
    issuer: str
    extract: str = ""
    signer: str = ""
    recipients: str = ""
    copies: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PostingEntry:
    """Envelopes to one recipient."""

    posted_on: date
    recipient: str
    envelopes: int = 1
    enclosed: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class UseEntry:
    """Who uses a kept copy, from when, and by whose leave."""

    used_on: date
    user_name: str
    allowed_by: str
    file_symbol: str = ""
    note: str = ""


@transaction.atomic
def register_copy(*, actor: Actor, source: Document | DocumentCopy, entry: CopyEntry) -> DocumentCopy:
    """Give a copy of a document, or of a sao y, the next number of the copies of its unit."""
    document = source.document if isinstance(source, DocumentCopy) else source
    since = source.copied_on if isinstance(source, DocumentCopy) else _day(document)
    fields = _entered(actor, source, asdict(entry), "copied_on", since)
    _require_made_of(source, entry.kind)
    require_living(document.unit_id, entry.copied_on, "copied_on")
    book = locked_register(document.unit_id, Direction.OUT, entry.copied_on.year, Series.COPIES)
    number, issuer = take_number(book), str(fields.pop("issuer")).strip()
    copy = DocumentCopy.objects.create(
        unit_id=document.unit_id,
        register=book,
        number=number.number,
        symbol=str(Symbol(number.number, f"{entry.kind.value}-{issuer}")),
        incoming=document if isinstance(document, IncomingDocument) else None,
        outgoing=document if isinstance(document, OutgoingDocument) else None,
        copied_from=source if isinstance(source, DocumentCopy) else None,
        secrecy=document.secrecy,
        **fields,
    )
    return _recorded(actor, "copy.register", copy, {"symbol": copy.symbol, **fields})


def _day(document: Document) -> date:
    return document.arrived_on if isinstance(document, IncomingDocument) else document.issued_on


def _require_made_of(source: Document | DocumentCopy, kind: CopyKind) -> None:
    """A sao lục is made of a sao y, the others of an original."""
    is_certified = isinstance(source, DocumentCopy) and source.kind == CopyKind.CERTIFIED
    if is_certified if kind is CopyKind.RECOPY else not isinstance(source, DocumentCopy):
        return
    if kind is CopyKind.RECOPY and isinstance(source, IncomingDocument):
        return  # what arrived may be a sao y
    made = COPY_KINDS[kind]
    raise Refusal(
        what=Text(vi=f"{made.vi} không làm từ {source}.", en=f"{made.en}: not made of {source}."),
        why=Text(
            vi="Sao lục làm từ bản sao y; sao y, trích sao làm từ bản gốc, bản chính.",
            en="A copy of a copy is made of a certified copy; the other two of the original.",
        ),
        do=Text(vi="Chọn hình thức sao khác.", en="Choose another kind of copy."),
        where="kind",
        code="source",
    )


@transaction.atomic
def cancel_copy(*, actor: Actor, copy: DocumentCopy, reason: str) -> DocumentCopy:
    """Cancel the number of a copy: it keeps its place with the reason."""
    access.require(actor, "records.edit", copy)
    require_reason(reason)
    supersede(copy, cancelled_reason=reason)
    record(actor=actor, action="copy.cancel", thing=copy, before={"symbol": copy.symbol}, after=None, reason=reason)
    return copy


@transaction.atomic
def record_posting(*, actor: Actor, document: OutgoingDocument, entry: PostingEntry) -> Posting:
    """Write envelopes with a document into the postal register of its unit."""
    fields = _entered(actor, document, asdict(entry), "posted_on", document.issued_on)
    posting = Posting.objects.create(unit_id=document.unit_id, document=document, **fields)
    return _recorded(actor, "posting.record", posting, fields)


@transaction.atomic
def lend_kept_copy(*, actor: Actor, document: OutgoingDocument, entry: UseEntry) -> KeptCopyUse:
    """Write down who uses the kept copy of a document; one person has it at a time."""
    fields = _entered(actor, document, asdict(entry), "used_on", document.issued_on)
    OutgoingDocument.objects.select_for_update(no_key=True).get(pk=document.pk)  # two at once: the second one waits
    out = KeptCopyUse.objects.current().filter(document=document, returned_on=None).first()
    if out is not None:
        raise Refusal(
            what=Text(
                vi=f"{out.user_name} đang giữ bản lưu này từ ngày {format_day(out.used_on)}.",
                en=f"{out.user_name} has had it since {format_day(out.used_on)}.",
            ),
            do=Text(vi="Ghi ngày trả trước.", en="Record its return first."),
            where="user_name",
            code="lent",
        )
    use = KeptCopyUse.objects.create(unit_id=document.unit_id, document=document, **fields)
    return _recorded(actor, "kept_copy.use", use, fields)


@transaction.atomic
def return_kept_copy(*, actor: Actor, use: KeptCopyUse, on: date) -> KeptCopyUse:
    """The kept copy is back."""
    access.require(actor, "records.edit", use)
    require_not_to_come(on, "on")
    _require_since(on, use.used_on, "on")
    supersede(use, returned_on=on)
    return _recorded(actor, "kept_copy.return", use, {"returned_on": on})


@transaction.atomic
def take_out_line(*, actor: Actor, line: Posting | KeptCopyUse, reason: str) -> None:
    """Take a line written by mistake out of its register; what was known before stays readable."""
    access.require(actor, "records.edit", line)
    require_reason(reason)
    retract(line)
    record(actor=actor, action="paper.remove", thing=line, before={"document": str(line)}, after=None, reason=reason)


def _entered(
    actor: Actor, source: Document | DocumentCopy, fields: dict[str, Any], day: str, since: date
) -> dict[str, Any]:
    """What is to be written of a document that stands, once the actor may and its day is possible."""
    access.require(actor, "records.edit", source)
    if source.cancelled or not source.is_current:
        raise Refusal(
            what=Text(vi=f"{source} đã hủy hoặc đã gỡ khỏi sổ.", en=f"{source} is cancelled or removed."),
            do=Text(vi="Chọn văn bản khác.", en="Choose another document."),
            code="cancelled",
        )
    require_text(fields, _NAMES)
    require_not_to_come(fields[day], day)
    _require_since(fields[day], since, day)
    return fields


def _require_since(on: date, since: date, where: str) -> None:
    if on < since:
        raise Refusal(
            what=Text(
                vi=f"Ngày {format_day(on)} sớm hơn ngày {format_day(since)}.",
                en=f"{format_day(on)} is before {format_day(since)}.",
            ),
            do=Text(vi="Kiểm tra lại ngày.", en="Check the day."),
            where=where,
            code="order",
        )


def _recorded(actor: Actor, action: str, line: _Line, fields: dict[str, Any]) -> _Line:
    after = {name: plain(value) for name, value in fields.items() if value not in ("", None)}
    record(actor=actor, action=action, thing=line, after=after)
    return line
