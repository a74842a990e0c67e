"""A message as plain data, in the names of its parts."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone


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

    @property
    def at(self) -> datetime | None:
        """The instant, in the country's time where no offset is written; None where it is none."""
        try:
            written = datetime.fromisoformat(self.timestamp)
        except ValueError:
            return None
        if not 2000 <= written.year < 3000:  # no clock of a system: beside the ends of the calendar it cannot be kept
            return None
        return written if timezone.is_aware(written) else timezone.make_aware(written)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that comes with the message."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Answered:
    """The document to which a message replies, as its sender knows it."""

    organ_id: str
    symbol: str
    promulgated_on: date | None
    document_id: str


@dataclass(frozen=True, slots=True)
class Message:
    """A document on its way. `business_type`: see `codes.BUSINESS_TYPES`; `status` is empty but in answers;
    `replaces`: the ids of the documents in whose place it comes; `to_places`: all to whom the document goes.
    """

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
    to_places: tuple[str, ...] = ()
    page_amount: int | None = None
    response_for: tuple[Answered, ...] = ()
    replaces: tuple[str, ...] = ()
    trace: tuple[Trace, ...] = ()
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)

    @property
    def symbol(self) -> str:
        return joined(self.code_number, self.code_notation)

    @property
    def said(self) -> dict[str, Any]:
        """The message as plain JSON, its files by name and hash."""
        known = asdict(self)
        known["promulgated_on"] = self.promulgated_on.isoformat()
        known["due_on"] = self.due_on.isoformat() if self.due_on else None
        for one in known["response_for"]:
            one["promulgated_on"] = one["promulgated_on"] and one["promulgated_on"].isoformat()
        known["attachments"] = [[one.name, hashlib.sha256(one.content).hexdigest()] for one in self.attachments]
        return known

    @property
    def identity(self) -> str:
        """What tells the message from others: all that it says, on whatever way it came. A digest."""
        known = {**self.said, "trace": [asdict(one) for one in self.trace[:1]]}
        return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()


def message_said(said: Mapping[str, Any], attachments: Iterable[Attachment] = ()) -> Message:
    """The message that was kept as `said`, with these files."""
    known = dict(said)
    return Message(
        **{
            **known,
            "sender": Organ(**known["sender"]),
            "receivers": tuple(Organ(**one) for one in known["receivers"]),
            "promulgated_on": date.fromisoformat(known["promulgated_on"]),
            "due_on": _day(known["due_on"]),
            "to_places": tuple(known["to_places"]),
            "replaces": tuple(known["replaces"]),
            "response_for": tuple(
                Answered(**{**one, "promulgated_on": _day(one["promulgated_on"])}) for one in known["response_for"]
            ),
            "trace": tuple(Trace(**one) for one in known["trace"]),
            "attachments": tuple(attachments),
        }
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def joined(number: str, notation: str) -> str:
    """A symbol of its two parts, as the message has them."""
    return "/".join(part for part in (number, notation) if part)


def parted(symbol: str) -> tuple[str, str]:
    """A symbol as number and notation; without a stroke all of it is the notation."""
    number, _, notation = symbol.partition("/")
    return (number, notation) if notation else ("", number)
