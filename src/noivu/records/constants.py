"""The words of registers: directions and series."""

from enum import StrEnum

from noivu.core.wording import Text


class Direction(StrEnum):
    """Whether documents come in or go out (văn bản đến, văn bản đi)."""

    IN = "in"
    OUT = "out"


class Series(StrEnum):
    """A run of numbers: secret documents have their own (Nghị định 30/2020, Điều 15), and copies of all kinds together
    (Phụ lục I, phần II)."""

    ORDINARY = "ordinary"
    COPIES = "copies"
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


class CopyKind(StrEnum):
    """A kind of copy, by its abbreviation in symbols (Nghị định 30/2020, Phụ lục III)."""

    CERTIFIED = "SY"
    EXTRACT = "TrS"
    RECOPY = "SL"


COPY_KINDS: dict[CopyKind, Text] = {
    CopyKind.CERTIFIED: Text(vi="Sao y", en="Certified copy"),
    CopyKind.EXTRACT: Text(vi="Trích sao", en="Extract"),
    CopyKind.RECOPY: Text(vi="Sao lục", en="Copy of a copy"),
}
DIRECTIONS: dict[Direction, Text] = {
    Direction.IN: Text(vi="Văn bản đến", en="Incoming documents"),
    Direction.OUT: Text(vi="Văn bản đi", en="Outgoing documents"),
}
SERIES: dict[Series, Text] = {
    Series.ORDINARY: Text(vi="Thường", en="Ordinary"),
    Series.COPIES: Text(vi="Bản sao", en="Copies"),
    Series.SECRET: Text(vi="Mật", en="Secret"),
}
