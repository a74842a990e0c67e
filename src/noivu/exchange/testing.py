"""A letter on its way between two agencies, for tests."""

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

from noivu.core.actors import SYSTEM
from noivu.exchange.services import Taken, export_message, export_status, import_message
from noivu.records.api import Dispatch, IncomingDocument, attach_file, send_document
from noivu.records.testing import goes_out
from noivu.units.api import Unit

HERE, THERE = "000.00.01.H40", "000.00.02.H40"


@dataclass
class Exchange:
    """A sending of `sender` to `receiver`, which know one another by message files alone."""

    sender: Unit
    receiver: Unit
    sending: Dispatch
    copy: IncomingDocument
    day: date

    def arrives(self, content: bytes) -> Taken:
        """The receiver takes in a file."""
        return import_message(actor=SYSTEM, unit_id=self.receiver.pk, content=content, arrived_on=self.day)

    def heard(self, content: bytes) -> bool:
        """The sender takes in a file; whether that was new."""
        return import_message(actor=SYSTEM, unit_id=self.sender.pk, content=content, arrived_on=self.day).is_new

    def letter(self, **asked: Any) -> bytes:
        """What the sender writes."""
        self.sending.refresh_from_db()
        return export_message(actor=SYSTEM, dispatch=self.sending, organ_id=HERE, **asked)

    def told(self, status: str = "") -> bytes:
        """What the receiver tells of its copy."""
        self.copy.refresh_from_db()
        return export_status(actor=SYSTEM, document=self.copy, organ_id=THERE, status=status)

    @property
    def stands(self) -> tuple[str, str]:
        """The sender's view: the state of the sending, and the reason."""
        self.sending.refresh_from_db()
        return self.sending.state, self.sending.reason


def exchanged(
    sender: Unit,
    receiver: Unit,
    issued_on: date,
    arrived_on: date,
    file: bytes = b"",
    due_on: date | None = None,
    **fields: Any,
) -> Exchange:
    """A letter that went out, and that its receiver took in from the message file."""
    letter = goes_out(sender, issued_on, **{"notation": "BC-SNV", **fields})
    if file:
        attach_file(actor=SYSTEM, document=letter, name="a.txt", stream=io.BytesIO(file), size=len(file))
    sending = send_document(actor=SYSTEM, document=letter, to_name="Chi cục Lưu trữ", organ_id=THERE, due_on=due_on)
    content = export_message(actor=SYSTEM, dispatch=sending, organ_id=HERE)
    taken = import_message(actor=SYSTEM, unit_id=receiver.pk, content=content, arrived_on=arrived_on)
    assert isinstance(taken.document, IncomingDocument)
    return Exchange(sender, receiver, sending, taken.document, arrived_on)
