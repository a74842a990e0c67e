"""Codes that the room and its neighbours share."""

from typing import Final

from noivu.core.wording import Text

READ: Final = "read"
MEMORY: Final = "memory"
UNVERIFIED: Final = "unverified"

MARKS: Final[dict[str, Text]] = {
    READ: Text(vi="đã đọc văn bản", en="text was read"),
    MEMORY: Text(vi="theo trí nhớ, chưa đối chiếu văn bản", en="from memory, not checked against the text"),
    UNVERIFIED: Text(vi="chưa kiểm chứng", en="unverified"),
}
"""How far the wording of an instrument, or a value taken from it, has been checked (mức độ kiểm chứng)."""

KEEP: Final = "keep"
NEXT_WORKING_DAY: Final = "next_working_day"
