"""A database that another writer holds for longer than one can wait: told in words, and tried again later."""

from typing import Any

from django.db import OperationalError

from noivu.core.refusals import Refusal
from noivu.core.wording import Text

_STATES = frozenset({"40001", "40P01", "55P03"})
"""PostgreSQL: could not serialise, deadlock found, lock not available."""


def is_busy(error: Any) -> bool:
    """Whether an error says no more than that another writer was in the way."""
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state in _STATES or (state is None and "locked" in str(error))


def busy() -> Refusal:
    """What a person is told then."""
    return Refusal(
        what=Text(vi="Cơ sở dữ liệu đang bận ghi một việc lớn.", en="The database is busy with a large piece of work."),
        why=Text(vi="Thường do đang nhập một sổ dài.", en="Usually a long register is being imported."),
        do=Text(vi="Chờ một phút rồi thử lại.", en="Wait a minute and try again."),
        code="busy",
    )
