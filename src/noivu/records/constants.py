"""The words of registers: directions and series."""

from enum import StrEnum

from noivu.core.wording import Text


class Direction(StrEnum):
    """Whether documents come in or go out (văn bản đến, văn bản đi)."""

    IN = "in"
    OUT = "out"


class Series(StrEnum):
    """A run of numbers: secret documents have their own (Nghị định 30/2020, Điều 15)."""

    ORDINARY = "ordinary"
    SECRET = "secret"  # noqa: S105  a kind of register, no password


class Urgency(StrEnum):
    """How quickly a document is to be handled (mức độ khẩn); an ordinary one bears none of these marks."""

    URGENT = "urgent"
    VERY_URGENT = "very-urgent"
    EXPRESS = "express"


URGENCIES: dict[Urgency, Text] = {
    Urgency.URGENT: Text(vi="Khẩn", en="Urgent"),
    Urgency.VERY_URGENT: Text(vi="Thượng khẩn", en="Very urgent"),
    Urgency.EXPRESS: Text(vi="Hỏa tốc", en="Express"),
}
DIRECTIONS: dict[Direction, Text] = {
    Direction.IN: Text(vi="Văn bản đến", en="Incoming documents"),
    Direction.OUT: Text(vi="Văn bản đi", en="Outgoing documents"),
}
SERIES: dict[Series, Text] = {
    Series.ORDINARY: Text(vi="Thường", en="Ordinary"),
    Series.SECRET: Text(vi="Mật", en="Secret"),
}
