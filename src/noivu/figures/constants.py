"""Words that other rooms share with figures."""

from enum import StrEnum

from noivu.core.wording import Text

SUPERIOR, GUIDANCE = "superior", "guidance"
"""The two lines in which a unit's figures may be read: who directs, or whose professional guidance is followed."""
LINES: dict[str, Text] = {
    SUPERIOR: Text(vi="Theo cấp trên trực tiếp", en="By line of command"),
    GUIDANCE: Text(vi="Theo ngành dọc", en="By professional line"),
}


class Statement(StrEnum):
    """How a figure came to be stated rather than counted."""

    TYPED = "typed"
    """Typed by a unit that has no register."""
    PUBLISHED = "published"
    """Published elsewhere, and recorded beside the counted one so that the difference shows."""


STATEMENTS: dict[Statement, Text] = {
    Statement.TYPED: Text(vi="Đơn vị tự nhập", en="Typed by the unit"),
    Statement.PUBLISHED: Text(vi="Đã công bố", en="Published"),
}
