"""What the pages of units show: lists and one unit with its history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from noivu.core import clock
from noivu.core.dates import format_day
from noivu.core.text import fold
from noivu.core.wording import Text, both
from noivu.ui.page import AsOf, Crumb
from noivu.ui.pickers import address_with
from noivu.units.constants import Share
from noivu.units.describing import Fact, Kin, facts_of, kin_of
from noivu.units.finding import find_node
from noivu.units.models import UnitCode, UnitName
from noivu.units.queries import tree
from noivu.units.revision import revision
from noivu.units.tree import Node, Tree

UNITS = Text(vi="Đơn vị", en="Units")
_FOUND = 40
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayChoice:
    """A day on which the tree of units changed, as a link to this page on that day."""

    day: date
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class DayPicker:
    """The day of a page: typed, or one on which something changed."""

    on: date
    page: str
    choices: Sequence[DayChoice]
    kept: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A unit in a list. `under` counts what lies in it, in words."""

    node: Node
    href: str
    place: str = ""
    under: Text = field(default_factory=lambda: both(""))


@dataclass(frozen=True, slots=True)
class FormerRow:
    """An old name or code, with the day to look at the unit under it; `now`: the unit as it goes on, None if ended."""

    name: str
    code: str
    last_day: date
    href: str
    now: Row | None


@dataclass(frozen=True, slots=True)
class UnitList:
    """The page of all units of a day: the central organisations and the provinces, or what was looked for."""

    units: Tree
    central: Sequence[Row]
    provinces: Sequence[Row]
    found: Sequence[Row]
    former: Sequence[FormerRow]


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact with the page of the unit at its other end, where that one exists on the day of the page."""

    fact: Fact
    href: str


@dataclass(frozen=True, slots=True)
class KinRow:
    """One step of the lineage in words, with the page of the other unit on the day of the event."""

    kin: Kin
    href: str
    words: Text


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One unit as of a day, its facts over time, its lineage, and what stands directly below it."""

    node: Node
    on: date
    units: Tree
    facts: Sequence[FactRow]
    came: Sequence[KinRow]
    went: Sequence[KinRow]
    organisations: Sequence[Row]
    territories: Sequence[Row]

    @property
    def crumbs(self) -> list[Crumb]:
        above = self.units.path(self.node.id)[:-1]
        first = Crumb(UNITS, f"{reverse('units:units')}?{urlencode({'on': self.on.isoformat()})}")
        return [first, *(Crumb(both(node.name), unit_href(node.code, self.on)) for node in above)]


def unit_href(code: str, on: date) -> str:
    """The page of the unit that bears a code on a day."""
    return f"{reverse('units:unit', args=[code])}?{urlencode({'on': on.isoformat()})}"


def day_picker(page: str, on: date, kept: Iterable[tuple[str, str]] = ()) -> DayPicker:
    """The picker of a page's day: today, and the days on which units changed."""
    days = sorted({*revision().breakpoints, clock.today()}, reverse=True)
    choices = [DayChoice(day, address_with(page, on=day.isoformat()), day == on) for day in days]
    return DayPicker(on, page, choices, tuple(kept))


def as_of(units: Tree, on: date) -> AsOf:
    """The line under the title: the day, and what is not known for it."""
    if units.exact or units.known_from is None:
        return AsOf(day=on)
    day = format_day(units.known_from)
    note = Text(
        vi=f"Có dữ kiện chỉ biết từ ngày {day}: hiển thị theo cây đơn vị sớm nhất được biết",
        en=f"Some facts are known only from {day}: the earliest known tree is shown",
    )
    return AsOf(day=on, notes=(note,))


def unit_list(on: date, sought: str) -> UnitList:
    """All units of a day, or those found by name or code, the day's and former ones. At most three queries."""
    units = tree(on)
    if sought.strip():
        found = [_row(node, units, on, with_place=True) for node in units.search(sought, _FOUND)]
        return UnitList(units, (), (), found, _former(sought, units, on))
    central = [_row(node, units, on) for node in units.roots if not node.is_administrative]
    provinces = [_row(node, units, on) for node in units.roots if node.is_administrative]
    return UnitList(units, central, provinces, (), ())


def unit_page(code: str, on: date) -> UnitPage:
    """The unit of a code (or name) on a day; a refusal says what became of one that has ended. Three queries."""
    units = tree(on)
    node = find_node(code, units)
    came, went = kin_of(node.id)
    below = [_row(child, units, on) for child in units.children(node.id)]
    return UnitPage(
        node=node,
        on=on,
        units=units,
        facts=[FactRow(fact, _other_href(fact, units, on)) for fact in facts_of(node.id)],
        came=[KinRow(kin, unit_href(kin.code, kin.on - _ONE_DAY), _came_words(kin)) for kin in came],
        went=[KinRow(kin, unit_href(kin.code, kin.on), _went_words(kin)) for kin in went],
        organisations=[row for row in below if not row.node.is_administrative],
        territories=[row for row in below if row.node.is_administrative],
    )


def _row(node: Node, units: Tree, on: date, *, with_place: bool = False) -> Row:
    return Row(node, unit_href(node.code, on), _place(node, units) if with_place else "", _under(node, units))


def _place(node: Node, units: Tree) -> str:
    """The units above it, the nearest first."""
    return ", ".join(above.name for above in reversed(units.path(node.id)[:-1]))


def _under(node: Node, units: Tree) -> Text:
    """What lies directly or further below, in words: "21 huyện, 412 xã"; for organisations how many units."""
    if not node.is_administrative:
        number = len(units.children(node.id))
        words = Text(vi="{n} đơn vị trực thuộc", en="{n} unit directly below||{n} units directly below")
        return words.format(n=number) if number else both("")
    tiers = units.count_by_level(node.id)
    said = [
        Text(vi="{n} đơn vị cấp huyện", en="{n} district||{n} districts").format(n=tiers.get("district", 0)),
        Text(vi="{n} đơn vị cấp xã", en="{n} commune||{n} communes").format(n=tiers.get("commune", 0)),
    ]
    present = [text for text, tier in zip(said, ("district", "commune"), strict=True) if tiers.get(tier)]
    return Text(vi=", ".join(t.vi for t in present), en=", ".join(t.en for t in present))


def _former(sought: str, units: Tree, on: date) -> list[FormerRow]:
    """Names and codes that had ended by the day, of units that ended and of those that go on. Two queries."""
    wanted, code = fold(sought), sought.strip().upper()
    own_codes = UnitCode.objects.current().filter(unit=OuterRef("unit"))
    own_names = UnitName.objects.current().filter(unit=OuterRef("unit"))
    code_then = own_codes.filter(starts_on__lte=OuterRef("starts_on")).order_by("-starts_on").values("code")[:1]
    name_then = own_names.filter(starts_on__lt=OuterRef("ends_on")).order_by("-starts_on").values("name")[:1]
    names = UnitName.objects.current().filter(ends_on__lte=on).annotate(other=Subquery(code_then))
    codes = UnitCode.objects.current().filter(ends_on__lte=on, code=code).annotate(other=Subquery(name_then))
    renamed = names.filter(Q(folded__contains=wanted) | Q(other=code)).order_by("-ends_on", "folded")
    found = {
        *renamed.values_list("ends_on", "name", "other", "unit_id")[:_FOUND],
        *codes.values_list("ends_on", "other", "code", "unit_id")[:_FOUND],
    }
    old = [(ends_on, name or "", code or "", unit) for ends_on, name, code, unit in found if ends_on is not None]
    rows = sorted(old, key=lambda row: (-row[0].toordinal(), fold(row[1])))
    return [row for row in (_former_row(*row, units, on) for row in rows) if row is not None][:_FOUND]


def _former_row(ends_on: date, name: str, code: str, unit: int, units: Tree, on: date) -> FormerRow | None:
    """None for a unit that goes on under the same name and code."""
    node = units.node(unit)
    if node is not None and (node.name, node.code) == (name, code):
        return None
    day = ends_on - _ONE_DAY
    return FormerRow(name, code, day, unit_href(code or name, day), _row(node, units, on) if node else None)


def _other_href(fact: Fact, units: Tree, on: date) -> str:
    other = units.node(fact.other_id) if fact.other_id is not None else None
    return unit_href(other.code, on) if other else ""


def _came_words(kin: Kin) -> Text:
    day = format_day(kin.on)
    if kin.share == Share.WHOLE:
        return Text(vi=f"Nhập toàn bộ từ ngày {day}", en=f"Came in whole on {day}")
    return Text(vi=f"Nhập một phần từ ngày {day}", en=f"Came in part on {day}")


def _went_words(kin: Kin) -> Text:
    day = format_day(kin.on)
    if kin.share == Share.WHOLE:
        return Text(vi=f"Toàn bộ, từ ngày {day}", en=f"Whole, on {day}")
    return Text(vi=f"Một phần, từ ngày {day}", en=f"In part, on {day}")
