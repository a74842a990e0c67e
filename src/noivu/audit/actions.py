"""The acts that the log knows, and the names of fields, in both languages: rooms declare them, histories show them."""

from collections.abc import Mapping
from dataclasses import dataclass

from noivu.core.registry import Registry
from noivu.core.wording import Text, both


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can happen to a thing: its stable code, and how a history words it."""

    code: str
    wording: Text


actions: Registry[Action] = Registry("audit actions", key=lambda action: action.code)
_fields: dict[str, dict[str, Text]] = {}
kinds: dict[str, Text] = {}
"""What each kind of thing is called."""


def declare_action(code: str, wording: Text) -> None:
    """Make an act known, for example `document.register`: “Vào sổ văn bản đến” / “Register a document”."""
    actions.declare(Action(code, wording))


def declare_fields(kind: str, labels: Mapping[str, Text]) -> None:
    """Name the fields of a kind of thing (`records.incomingdocument`) for its histories."""
    _fields.setdefault(kind, {}).update(labels)


def declare_kind(kind: str, name: Text) -> None:
    """Say what a kind of thing is called: `records.incomingdocument` is “Văn bản đến” / “Incoming document”."""
    kinds[kind] = name


def kind_label(kind: str) -> Text:
    """What a kind of thing is called, or the kind itself where no room says."""
    return kinds.get(kind) or both(kind)


def wording_of(action: str) -> Text:
    """How an act is worded; one that no room declares any more keeps its code."""
    known = actions.get(action)
    return known.wording if known else both(action)


def field_label(kind: str, field: str) -> Text:
    """The name of a field in both languages, or the field's own name where none was declared."""
    return _fields.get(kind, {}).get(field) or both(field)


ERASE_PAYLOAD = "audit.erase_payload"
ENTRY_KIND = "audit.entry"
declare_kind(ENTRY_KIND, Text(vi="Bút toán", en="Log entry"))
declare_action(ERASE_PAYLOAD, Text(vi="Xóa nội dung bút toán nhật ký", en="Erase the content of a log entry"))
