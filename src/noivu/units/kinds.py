"""The kinds of units: Vietnamese legal terms with their tier. Other kinds may be declared beside these."""

from dataclasses import dataclass

from noivu.core.registry import Registry
from noivu.core.wording import Text
from noivu.units.constants import Family, Level


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of unit: a stable code, the term in both languages, its family and its tier."""

    code: str
    label: Text
    family: Family
    level: Level


kinds: Registry[Kind] = Registry("unit kinds", key=lambda kind: kind.code)


def _declare(family: Family, level: Level, *terms: tuple[str, str, str]) -> None:
    for code, vietnamese, english in terms:
        kinds.declare(Kind(code, Text(vi=vietnamese, en=english), family, level))


_declare(
    Family.ADMINISTRATIVE,
    Level.PROVINCE,
    ("province", "tỉnh", "province"),
    ("city", "thành phố", "centrally-run city"),
)
_declare(
    Family.ADMINISTRATIVE,
    Level.DISTRICT,
    ("urban-district", "quận", "urban district"),
    ("rural-district", "huyện", "rural district"),
    ("town", "thị xã", "town"),
    ("provincial-city", "thành phố thuộc tỉnh", "provincial city"),
    ("municipal-city", "thành phố thuộc thành phố", "municipal city"),
)
_declare(
    Family.ADMINISTRATIVE,
    Level.COMMUNE,
    ("commune", "xã", "commune"),
    ("ward", "phường", "ward"),
    ("township", "thị trấn", "township"),
    ("special-zone", "đặc khu", "special zone"),
)
_declare(
    Family.ORGANISATION,
    Level.CENTRAL,
    ("ministry", "bộ", "ministry"),
    ("ministry-department", "vụ", "department of a ministry"),
    ("ministry-office", "văn phòng bộ", "ministry office"),
    ("ministry-inspectorate", "thanh tra bộ", "ministry inspectorate"),
    ("agency", "cục", "agency"),
    ("board", "ban", "board"),
    ("public-service-unit", "đơn vị sự nghiệp công lập", "public service unit"),
)
_declare(
    Family.ORGANISATION,
    Level.PROVINCE,
    ("provincial-committee", "Ủy ban nhân dân cấp tỉnh", "provincial People's Committee"),
    ("provincial-department", "sở", "provincial department"),
)
_declare(
    Family.ORGANISATION,
    Level.COMMUNE,
    ("communal-committee", "Ủy ban nhân dân cấp xã", "communal People's Committee"),
)
