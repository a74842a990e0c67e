"""What is written into a register, and the rules it must meet before it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from noivu.core import access, clock
from noivu.core.access import OfUnit
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.secrecy import Secrecy, require_lawful_secrecy
from noivu.core.wording import Text
from noivu.records.constants import Series, Urgency
from noivu.records.models import IncomingDocument, OutgoingDocument
from noivu.records.numbers import RegisterNumber


@dataclass(frozen=True, slots=True)
class IncomingEntry:
    """An incoming document to be registered. `number` None: the next of the register."""

    unit_id: int
    arrived_on: date
    issuer: str
    summary: str
    symbol: str = ""
    issued_on: date | None = None
    kind: str = ""
    assigned_unit_id: int | None = None
    assigned_to: str = ""
    assigned_officer: str = ""
    signer: str = ""
    note: str = ""
    urgency: str = ""
    secrecy: str = ""
    transferred_on: date | None = None
    number: RegisterNumber | None = None
    series: Series = Series.ORDINARY


@dataclass(frozen=True, slots=True)
class OutgoingEntry:
    """A document to be issued. With `symbol` it is taken as written; else the next number is joined to `notation`."""

    unit_id: int
    issued_on: date
    kind: str
    summary: str
    symbol: str = ""
    notation: str = ""
    signer: str = ""
    recipients: str = ""
    in_reply_to_id: int | None = None
    copies: int | None = None
    note: str = ""
    urgency: str = ""
    secrecy: str = ""
    transferred_on: date | None = None
    kept_by: str = ""
    series: Series = Series.ORDINARY


_HANDLING = ["note", "urgency", "secrecy", "transferred_on"]
INCOMING_FIELDS = [
    "arrived_on",
    "issuer",
    "symbol",
    "issued_on",
    "kind",
    "summary",
    "assigned_unit_id",
    "assigned_to",
    "assigned_officer",
    "signer",
    *_HANDLING,
]
OUTGOING_FIELDS = [
    "issued_on",
    "symbol",
    "kind",
    "summary",
    "signer",
    "recipients",
    "in_reply_to_id",
    "copies",
    "kept_by",
    *_HANDLING,
]


def stored(document: IncomingDocument | OutgoingDocument) -> dict[str, Any]:
    """What a person wrote about a document, as plain values for the audit log."""
    names = INCOMING_FIELDS if isinstance(document, IncomingDocument) else OUTGOING_FIELDS
    values = {name: plain(getattr(document, name)) for name in names}
    return {"number": str(document.number or ""), "unit_id": document.unit_id, **values}


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def require_text(fields: Mapping[str, Any], names: Mapping[str, Text]) -> None:
    """Refuse an entry whose required texts are empty."""
    for name, label in names.items():
        if name in fields and not str(fields[name] or "").strip():
            raise Refusal(
                what=Text(vi=f"Thiếu {label.vi}.", en=f"The {label.en} is missing."),
                do=Text(vi="Nhập rồi lưu lại.", en="Enter it and save again."),
                where=name,
                code="required",
            )


def require_order(issued_on: date | None, arrived_on: date) -> None:
    """Refuse a document that arrived before it was issued, or on a day still to come."""
    if issued_on is not None and arrived_on < issued_on:
        raise Refusal(
            what=Text(
                vi=f"Ngày đến {format_day(arrived_on)} sớm hơn ngày ban hành {format_day(issued_on)}.",
                en=f"It arrived on {format_day(arrived_on)}, before it was issued on {format_day(issued_on)}.",
            ),
            do=Text(vi="Kiểm tra lại hai ngày trên văn bản.", en="Check both days on the document."),
            where="arrived_on",
            code="order",
        )
    require_not_to_come(arrived_on, "arrived_on")


def require_writes(actor: Actor, document: IncomingDocument | OutgoingDocument) -> None:
    """Refuse unless the actor may write the document into its register; nobody writes what is then out of sight."""
    if not access.is_open(actor, document) and access.may(actor, "records.edit", OfUnit(document.unit_id)):
        raise Refusal(
            what=Text(
                vi="Văn bản hạn chế phổ biến do văn thư hoặc lãnh đạo của đơn vị giữ sổ ghi.",
                en="A restricted document is written by the clerk or a head of the register's unit.",
            ),
            why=Text(
                vi="Người khác ghi rồi sẽ không xem lại được.", en="Anybody else could not see again what was written."
            ),
            do=Text(
                vi="Nhờ văn thư ghi, hoặc đề nghị quản trị hệ thống cấp vai trò Văn thư tại đơn vị giữ sổ.",
                en="Ask the clerk, or ask the operator for the role of clerk at the register's unit.",
            ),
            where="secrecy",
            code="records.restricted",
        )
    access.require(actor, "records.edit", document)


def require_handling(fields: Mapping[str, Any], since: date) -> None:
    """Refuse a secrecy that this installation may not hold, and a transfer before the document was there."""
    if fields.get("urgency"):
        Urgency(fields["urgency"])
    if fields.get("secrecy"):
        require_lawful_secrecy(Secrecy(fields["secrecy"]))
    on = fields.get("transferred_on")
    if on is not None and on < since:
        raise Refusal(
            what=Text(
                vi=f"Ngày chuyển {format_day(on)} sớm hơn ngày {format_day(since)} của văn bản.",
                en=f"It was handed on on {format_day(on)}, before the day of the document, {format_day(since)}.",
            ),
            do=Text(vi="Kiểm tra lại ngày chuyển.", en="Check the day of transfer."),
            where="transferred_on",
            code="order",
        )
    if on is not None:
        require_not_to_come(on, "transferred_on")


def require_not_to_come(day: date, where: str) -> None:
    if day > clock.today():
        raise Refusal(
            what=Text(vi=f"Ngày {format_day(day)} chưa đến.", en=f"{format_day(day)} is still to come."),
            why=Text(vi=f"Hôm nay là {format_day(clock.today())}.", en=f"Today is {format_day(clock.today())}."),
            do=Text(vi="Nhập ngày đã có thật.", en="Enter the day on which it happened."),
            where=where,
            code="future",
        )
