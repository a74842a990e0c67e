"""The list of all units of a day."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest

from noivu.core import clock
from noivu.core.dates import parse_date
from noivu.core.wording import Text
from noivu.ui.tables import Choice, ChoiceFilter, Column, Register
from noivu.units.constants import Level
from noivu.units.queries import tree

ORGANISATIONS = "organisation"
TIERS = {
    Level.PROVINCE.value: Text(vi="tỉnh", en="province"),
    Level.DISTRICT.value: Text(vi="huyện", en="district"),
    Level.COMMUNE.value: Text(vi="xã", en="commune"),
    ORGANISATIONS: Text(vi="cơ quan, tổ chức", en="organisation"),
}


def day_of(request: HttpRequest) -> date:
    """The day of the page; what is not a date is refused in words."""
    typed = request.GET.get("on", "")
    return parse_date(typed) if typed else clock.today()


def _tiers(request: HttpRequest) -> Sequence[Choice]:
    return [Choice(code, label) for code, label in TIERS.items()]


def _provinces(request: HttpRequest) -> Sequence[Choice]:
    roots = tree(day_of(request)).roots
    return [Choice(node.code, node.name, node.code) for node in roots if node.is_administrative]


UNIT_LIST = Register(
    code="units.list",
    columns=(
        Column("name", Text(vi="Tên", en="Name"), sort="name", cell=lambda row: row.node.name),
        Column("kind", Text(vi="Loại hình", en="Kind"), cell=lambda row: row.node.kind_label),
        Column("place", Text(vi="Thuộc", en="Part of"), cell=lambda row: row.place or None),
        Column("code", Text(vi="Mã", en="Code"), css="n", sort="code", cell=lambda row: row.node.code),
    ),
    row_key=lambda row: row.node.code,
    row_href=lambda row: row.href,
    noun=Text(vi="{n} đơn vị", en="{n} unit||{n} units"),
    filters=(
        ChoiceFilter("tier", Text(vi="Cấp", en="Tier"), choices=_tiers),
        ChoiceFilter("province", Text(vi="Tỉnh, thành phố", en="Province"), choices=_provinces),
    ),
    search_hint=Text(vi="Tên hoặc mã, không cần gõ dấu", en="Name or code, accents not needed"),
    sorts=("code", "name"),
    default_sort="code",
)
