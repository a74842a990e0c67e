"""One way to write a value as bytes, so that its hash can be computed again by anyone.

Canonical JSON here: UTF-8, object keys sorted, no spaces, text not escaped beyond what JSON requires, integers only
(no binary floats). The verifier writes it the same way with the standard library alone.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from django.db.models import Model

from noivu.core.dates import PartialDate
from noivu.core.periods import Period
from noivu.core.wording import Text

_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_ALREADY_PLAIN = frozenset({str, int, bool, type(None)})


def canonical(value: Any) -> bytes:
    """The canonical JSON of a plain value."""
    return _ENCODER.encode(value).encode()


def instant(moment: datetime) -> str:
    """An instant as the log writes it: UTC, microseconds, `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def plain(value: Any) -> Any:
    """A value of the registers as text, whole number, truth value, list or object; a row by its key.

    Binary floats are refused: they have no one decimal form, and have no place in the registers.
    """
    if type(value) in _ALREADY_PLAIN:
        return value
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, set | frozenset):
        return sorted((plain(part) for part in value), key=canonical)
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> Any:
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Model):
        return plain(value.pk)
    if isinstance(value, datetime):
        return instant(value) if value.tzinfo else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if isinstance(value, Decimal | UUID | PartialDate | Period):
        return str(value)
    if isinstance(value, Text):
        return {"vi": value.vi, "en": value.en}
    raise TypeError(
        f"{type(value).__name__} cannot be recorded: give text, a whole number, a Decimal, a date, a list or a dict"
    )
