"""What upper rooms want read along with the user of a request: further columns of the one query that reads it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from noivu.core.registry import Registry


@dataclass(frozen=True, slots=True)
class Carried:
    """A value that comes with the user. `column` makes the annotation for a user id; it is asked on every page, so it
    must answer from an index. `OuterRef` reaches the columns of the user."""

    code: str
    column: Callable[[int], Any]


carried: Registry[Carried] = Registry("values carried by the user", key=lambda value: value.code)
_PREFIX = "carried_"


def declare_carried(*values: Carried) -> None:
    """Let values come with the user: `request.user.carried[code]`. Called in `<room>/panels.py`."""
    carried.declare_all(values)


def carried_columns(user_id: int) -> dict[str, Any]:
    """The annotations of all declared values."""
    return {f"{_PREFIX}{value.code}": value.column(user_id) for value in carried}


def carried_of(row: Any) -> dict[str, Any]:
    """The values that a row annotated with `carried_columns` brought along."""
    return {value.code: getattr(row, f"{_PREFIX}{value.code}") for value in carried}
