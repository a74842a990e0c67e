"""A database or a disk that cannot be written or read: told in words, with what to do, and who has to."""

import errno

from django.db import DatabaseError

from noivu.core.refusals import Refusal
from noivu.core.wording import Text

_NOTHING_HALF = Text(vi="Việc đang làm chưa được ghi.", en="What was being done has not been written.")
_FULL = Text(vi="Đĩa của máy chủ đã đầy.", en="The disk of the server is full.")
_READ_ONLY = Text(
    vi="Không ghi được vào cơ sở dữ liệu: máy chủ chỉ cho đọc.", en="The database cannot be written: it is read-only."
)
_NOT_OPENED = Text(
    vi="Không mở được tệp cơ sở dữ liệu: đường dẫn hoặc quyền không đúng, hoặc đĩa chỉ cho đọc.",
    en="The database file cannot be opened: its path or its rights are wrong, or the disk is read-only.",
)
_DAMAGED = Text(
    vi="Tệp cơ sở dữ liệu bị hỏng: dừng máy chủ và khôi phục từ bản sao lưu.",
    en="The database file is damaged: stop the server and restore it from a backup.",
)
_FREE = Text(
    vi="Báo người quản trị máy chủ giải phóng dung lượng, rồi làm lại.",
    en="Tell who runs the server to make room, then do it again.",
)
_RIGHTS = Text(
    vi="Báo người quản trị máy chủ kiểm tra --data, DATABASE_URL và quyền của thư mục, tệp.",
    en="Tell who runs the server to look at --data, DATABASE_URL and the rights of directory and file.",
)
_RESTORE = Text(
    vi="Báo người quản trị máy chủ: docs/how-to/back-up-and-move.md. Giữ lại tệp hỏng.",
    en="Tell who runs the server: docs/how-to/back-up-and-move.md. Keep the damaged file.",
)
_BY_WORDS = {
    "database or disk is full": (_FULL, _FREE),
    "readonly database": (_READ_ONLY, _RIGHTS),
    "unable to open database file": (_NOT_OPENED, _RIGHTS),
    "disk image is malformed": (_DAMAGED, _RESTORE),
    "file is not a database": (_DAMAGED, _RESTORE),
}
"""What SQLite says; its errors carry no state."""
_BY_STATE = {"53100": (_FULL, _FREE), "25006": (_READ_ONLY, _RIGHTS), "XX001": (_DAMAGED, _RESTORE)}
"""PostgreSQL: disk full, read-only transaction, data corrupted."""
_BY_NUMBER = {errno.ENOSPC: (_FULL, _FREE), errno.EDQUOT: (_FULL, _FREE)}


def storage_refusal(error: BaseException | None) -> Refusal | None:
    """What a person is told when a disk is full, a database is read-only or damaged; None for any other error."""
    found = None
    if isinstance(error, DatabaseError):
        state = getattr(error.__cause__, "sqlstate", None)
        found = _BY_STATE.get(state or "") or next(
            (told for words, told in _BY_WORDS.items() if state is None and words in str(error)), None
        )
    elif isinstance(error, OSError):
        found = _BY_NUMBER.get(error.errno or 0)
    if found is None:
        return None
    what, do = found
    return Refusal(what=what, why=_NOTHING_HALF, do=do, code="storage")
