"""A message as plain data, in the names of its parts."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Organ:
    """An organisation: its identification code and its name."""

    organ_id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """A station of the message: who had it when (as written, with its offset)."""

    organ_id: str
    timestamp: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that comes with the message."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """A document on its way. `business_type`: see `codes.BUSINESS_TYPES`; `status` is empty but in answers."""

    sender: Organ
    receivers: tuple[Organ, ...]
    code_number: str
    code_notation: str
    document_id: str
    promulgated_on: date
    subject: str
    place: str = ""
    type_name: str = ""
    signer: str = ""
    due_on: date | None = None
    priority: str = ""
    business_type: int = 0
    business_reason: str = ""
    status: str = ""
    trace: tuple[Trace, ...] = ()
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)

    @property
    def symbol(self) -> str:
        return "/".join(part for part in (self.code_number, self.code_notation) if part)
