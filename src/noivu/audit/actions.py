"""The acts that the log knows, and the names of fields, in both languages: rooms declare them, histories show them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from noivu.core.registry import Registry
from noivu.core.wording import Text, both


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can happen to a thing: its stable code, and how a history words it."""

    code: str
    wording: Text


actions: Registry[Action] = Registry("audit actions", key=lambda action: action.code)
ReadValue = Callable[[Any, date], Text | str]
"""A value of the log in words, as of the day of the act."""
_fields: dict[str, dict[str, Text]] = {}
kinds: dict[str, Text] = {}
"""What each kind of thing is called."""
_readers: dict[str, dict[str, ReadValue]] = {}
_references: dict[tuple[str, str], str] = {}
bearers: dict[str, type[Model]] = {}
"""The kinds of things that may be restricted: the log tells their words to those alone to whom they are open."""


def declare_action(code: str, wording: Text) -> None:
    """Make an act known, for example `document.register`: “Vào sổ văn bản đến” / “Register a document”."""
    actions.declare(Action(code, wording))


def declare_fields(kind: str, labels: Mapping[str, Text], values: Mapping[str, ReadValue] | None = None) -> None:
    """Name the fields of a kind of thing (`records.incomingdocument`) for its histories; `values` says those that the
    log keeps as a code or a key in words."""
    _fields.setdefault(kind, {}).update(labels)
    _readers.setdefault(kind, {}).update(values or {})


def declare_bearer(bearer: type[Model], **references: str) -> None:
    """Say that a kind of thing may be restricted; `references` are its fields that hold the key of another one, by its
    kind, and those that tell words of what such a field refers to, by the name of that field: it is shown by them."""
    kind = bearer._meta.label_lower
    bearers[kind] = bearer
    _references.update({(kind, field): other for field, other in references.items()})


def referred_by(kind: str, field: str, *sides: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The things that may be restricted to which a field refers, before and after an act."""
    other = _references.get((kind, field), "")
    if (kind, other) in _references:
        field, other = other, _references[kind, other]
    return tuple((other, str(side[field])) for side in sides if other and side.get(field) is not None)


def is_key_alone(kind: str, field: str) -> bool:
    """Whether a field is shown by another one, which tells the words of what it refers to."""
    return any(kind == of and other == field for (of, _), other in _references.items())


def words_from(words: Mapping[Any, Text]) -> ReadValue:
    """A code in the words of a table; one that the table does not hold as it is."""
    by_code = {str(code): text for code, text in words.items()}
    return lambda code, on: by_code.get(str(code), str(code))


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


def reader_of(kind: str, field: str) -> ReadValue | None:
    """How a value of the field is put in words; None where the log keeps it in words already."""
    return _readers.get(kind, {}).get(field)


ERASE_PAYLOAD = "audit.erase_payload"
ENTRY_KIND = "audit.entry"
declare_kind(ENTRY_KIND, Text(vi="Bút toán", en="Log entry"))
declare_action(ERASE_PAYLOAD, Text(vi="Xóa nội dung bút toán nhật ký", en="Erase the content of a log entry"))
