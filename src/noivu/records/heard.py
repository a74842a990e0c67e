"""What sheets say of a row, and what people said after them: the same file again undoes nobody's work.

A row keeps in `sheet_said` what the last sheet said wherever the register says otherwise: {} where it stands as the
sheet said, nothing (null) where no sheet has spoken of it. So a sheet is heard only where it says something new, and a
blank never clears what a person set.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

Said = dict[str, Any]

_FOLLOWS = {"assigned_officer": "assigned_to"}
"""An account is of the person whose name stands beside it: another name takes it away, and the same one gives it where
there is none."""


def as_kept(value: Any) -> Any:
    """A value as `sheet_said` keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def is_blank(value: Any) -> bool:
    return value is None or value is False or value == ""


def heard(row: Any, values: Mapping[str, Any]) -> tuple[dict[str, Any], Said]:
    """Of what a sheet says about a row: what is new and differs, and what is then to be kept as said by the sheet."""
    kept: Said = dict(row.sheet_said or {})
    by_person = row.sheet_said is None
    news: dict[str, Any] = {}
    for name, value in values.items():
        if name in _FOLLOWS:
            continue
        current = getattr(row, name)
        if is_blank(value) and (by_person or name in kept):
            if by_person and not is_blank(current):
                kept[name] = as_kept(value)
        elif name not in kept or kept[name] != as_kept(value):
            kept.pop(name, None)
            if value != current:
                news[name] = value
    for follower, leader in _FOLLOWS.items():
        if leader not in values:
            continue
        said, stands = values.get(follower, ""), getattr(row, follower)
        is_found = getattr(row, leader) == values[leader] and said and not stands
        if said != stands if leader in news else is_found:
            news[follower] = said
    return news, kept


def overruled(row: Any, before: Mapping[str, Any]) -> Said | None:
    """`sheet_said` once a person has set fields that stood as `before`."""
    if row.sheet_said is None:
        return None
    said = {name: as_kept(value) for name, value in before.items()}
    return {**said, **row.sheet_said}
