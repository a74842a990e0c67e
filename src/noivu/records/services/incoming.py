"""Registering what arrives."""

from django.db import transaction

from noivu.audit.api import record
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.records.constants import Direction
from noivu.records.document_kinds import kind_code
from noivu.records.models import IncomingDocument, RegisterBook
from noivu.records.models.documents import derived_texts
from noivu.records.numbers import RegisterNumber
from noivu.records.services.entries import (
    INCOMING_FIELDS,
    IncomingEntry,
    require_handling,
    require_order,
    require_text,
    require_writes,
    stored,
)
from noivu.records.services.registers import locked_register, require_living, take_number

REQUIRED = {
    "issuer": Text(vi="cơ quan ban hành", en="issuer"),
    "summary": Text(vi="trích yếu", en="summary"),
}


@transaction.atomic
def register_incoming(*, actor: Actor, entry: IncomingEntry) -> IncomingDocument:
    """Write an arriving document into the register of its year; it gets the next number unless one is given."""
    given = {name: getattr(entry, name) for name in ("secrecy", "assigned_unit_id", "assigned_officer")}
    require_writes(actor, IncomingDocument(unit_id=entry.unit_id, **given))
    fields = clean({name: getattr(entry, name) for name in INCOMING_FIELDS})
    require_text(fields, REQUIRED)
    require_order(entry.issued_on, entry.arrived_on)
    require_handling(fields, entry.arrived_on)
    require_living(entry.unit_id, entry.arrived_on, "arrived_on")
    book = locked_register(entry.unit_id, Direction.IN, entry.arrived_on.year, entry.series)
    _require_free(book, entry.number)
    number = take_number(book, entry.number)
    numbered = {**fields, "arrival_number": number.number, "arrival_suffix": number.suffix}
    document = IncomingDocument.objects.create(
        unit_id=entry.unit_id, register=book, **numbered, **derived_texts(numbered)
    )
    record(actor=actor, action="document.register", thing=document, after=stored(document))
    return document


def clean(fields: dict[str, object]) -> dict[str, object]:
    """Texts in the stored form, the type as its code."""
    tidy = {name: nfc(value) if isinstance(value, str) else value for name, value in fields.items()}
    if isinstance(tidy.get("kind"), str):
        tidy["kind"] = kind_code(str(tidy["kind"]))
    return tidy


def _require_free(book: RegisterBook, number: RegisterNumber | None) -> None:
    taken = number and IncomingDocument.objects.current().filter(
        register=book, arrival_number=number.number, arrival_suffix=number.suffix
    )
    if taken and taken.exists():
        raise Refusal(
            what=Text(vi=f"Số đến {number} đã có trong sổ.", en=f"Number {number} is already in the register."),
            do=Text(
                vi="Để trống để lấy số tiếp theo, hoặc sửa văn bản đang giữ số này.",
                en="Leave it empty for the next number, or correct the document that holds it.",
            ),
            where="number",
            code="taken",
        )
