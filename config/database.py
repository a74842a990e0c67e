"""Which database DATABASE_URL names; an address that names none is refused in words, without what it holds."""

from typing import Any

import dj_database_url

from noivu.core.refusals import Refusal
from noivu.core.wording import Text

_KNOWN = frozenset({"django.db.backends.postgresql", "django.db.backends.sqlite3"})


def database_at(address: str) -> dict[str, Any]:
    """The settings of the database at an address such as `postgres://user@host/name` or `sqlite:////path`."""
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(address))
    except ValueError:
        raise _unreadable() from None
    if found.get("ENGINE") not in _KNOWN or not found.get("NAME"):
        raise _unreadable()
    return found


def _unreadable() -> Refusal:
    return Refusal(
        what=Text(
            vi="DATABASE_URL không chỉ đúng một cơ sở dữ liệu PostgreSQL hoặc SQLite.",
            en="DATABASE_URL does not name a database of PostgreSQL or SQLite.",
        ),
        do=Text(
            vi="Viết postgres://người-dùng:mật-khẩu@máy/tên; trong mật khẩu, @ viết %40, # viết %23, / viết %2F.",
            en="Write postgres://user:password@host/name; in the password @ is %40, # is %23, / is %2F.",
        ),
        code="database-address",
    )
