"""Words that the whole product shares when it speaks of units."""

from enum import StrEnum

from django.db import models

STATISTICAL_SCHEME = "gso"
"""Statistical codes of administrative units (mã đơn vị hành chính): 40, 412, 16681."""
ORGANISATION_SCHEME = "org"
"""The product's own codes of organisations: BNV, SNV-40, UBND-40."""


class Family(models.TextChoices):
    """Administrative unit (đơn vị hành chính) or organisation (cơ quan, tổ chức)."""

    ADMINISTRATIVE = "administrative", "Đơn vị hành chính"
    ORGANISATION = "organisation", "Cơ quan, tổ chức"


class Level(models.TextChoices):
    """The tier of government to which a unit belongs."""

    CENTRAL = "central", "Trung ương"
    PROVINCE = "province", "Tỉnh"
    DISTRICT = "district", "Huyện"
    COMMUNE = "commune", "Xã"


class Line(models.TextChoices):
    """The three lines between units, each dated.

    `superior` (cấp trên trực tiếp): who directs an organisation. `territory` (địa bàn): which administrative unit an
    organisation serves and, for an administrative unit, the larger one in which it lies. `guidance` (ngành dọc): whose
    professional guidance an organisation follows.
    """

    SUPERIOR = "superior", "Cấp trên trực tiếp"
    TERRITORY = "territory", "Địa bàn"
    GUIDANCE = "guidance", "Hướng dẫn chuyên môn"


HEIR = "heir"
"""In the closure: that what an ended unit left belongs to a living one."""
ENDED = {Line.SUPERIOR.value: "superior+ended", Line.GUIDANCE.value: "guidance+ended"}
"""In the closure, by line: that an ended unit's heir belongs to a total, and so what it left."""


class Share(models.TextChoices):
    """How much of a unit went to a successor."""

    WHOLE = "whole", "Toàn bộ"
    PART = "part", "Một phần"


class Fate(StrEnum):
    """What becomes of a relation to a unit when the unit ends in a reorganisation."""

    STAYS = "stays"
    """The row is history: it stays with the old unit for ever."""
    FOLLOWS = "follows"
    """What is still open goes to the successor on the day, by a new event; the row's past is not edited."""
    MUST_BE_EMPTY = "must_be_empty"
    """The unit cannot end while such a row is open."""
