"""What the page of a map shows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from django.utils.safestring import SafeString

from noivu.core.dates import format_day
from noivu.core.indicators import Indicator, Rate
from noivu.core.wording import Text, both
from noivu.figures.ground import known_tree
from noivu.figures.maps.bands import WAYS
from noivu.figures.maps.layouts import Layout, layout_for, layouts
from noivu.figures.maps.nation import nation, remainder
from noivu.figures.maps.outlines.drawing import draw_outlines
from noivu.figures.maps.outlines.queries import Outlines, outlines_on
from noivu.figures.maps.outlook import OUTLINES, Outlook
from noivu.figures.maps.tiles import Tiles
from noivu.figures.pages import Left, left_of
from noivu.figures.registry import DECLARED
from noivu.units.api import Tree

THIS = Text(
    vi="Theo {n} tỉnh, thành phố của ngày {day}.",
    en="In the {n} provinces and cities of {day}.",
)
CARRIED = Text(
    vi="Số liệu của kỳ quy về {n} tỉnh, thành phố của ngày {day}.",
    en="The figures of the period, carried into the {n} provinces and cities of {day}.",
)
BEFORE = Text(
    vi="Kỳ này trước sắp xếp ngày {since}: theo {n} tỉnh, thành phố của ngày {day}.",
    en="This period is before the arrangement of {since}: in the {n} provinces and cities of {day}.",
)
OWN = Text(vi="Xem theo {n} tỉnh, thành phố của kỳ", en="See the {n} provinces and cities of the period")
FROM = Text(vi="Xem theo {n} tỉnh, thành phố từ {day}", en="See the {n} provinces and cities from {day}")
AS_TILES, AS_OUTLINES = Text(vi="Ô", en="Tiles"), Text(vi="Ranh giới", en="Outlines")
UNTIL = Text(vi="Xem theo {n} tỉnh, thành phố của ngày {day}", en="See the {n} provinces and cities of {day}")


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that may be chosen instead; `note` is unused by figures."""

    label: Text
    href: str
    is_current: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The figures of one register, to choose from."""

    label: Text
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class MapPage:
    """A map with what stands around it."""

    tiles: Tiles
    said: Text
    others: tuple[Choice, ...]
    indicators: tuple[Gathered, ...]
    ways: tuple[Choice, ...]
    left: tuple[Left, ...]
    outlines: Outlines | None

    @cached_property
    def drawn_outlines(self) -> SafeString:
        """The map by outlines where they are there and asked for; "" draws the tiles."""
        shapes = self.outlines.shapes if self.outlines else None
        return draw_outlines(self.tiles, shapes, self.name) if shapes else SafeString("")

    @property
    def drawings(self) -> tuple[Choice, ...]:
        """Tiles or outlines: offered where there are outlines for these provinces."""
        if self.outlines is None:
            return ()
        is_drawn = self.outlines.shapes is not None
        return (
            Choice(AS_TILES, _href(self.outlook, drawing=""), not is_drawn),
            Choice(AS_OUTLINES, _href(self.outlook, drawing=OUTLINES), is_drawn),
        )

    @property
    def outlook(self) -> Outlook:
        return self.tiles.outlook

    @property
    def is_rate(self) -> bool:
        return isinstance(self.outlook.found, Rate)

    @property
    def total(self) -> str:
        """The figure of the whole country."""
        return self.tiles.written(self.tiles.nation.total.shown(self.outlook.code))

    @property
    def name(self) -> Text:
        """What the map is, for those who hear it."""
        number, label = len(self.outlook.provinces), self.outlook.found.label
        return Text(
            vi=f"Bản đồ {number} tỉnh, thành phố: {label.vi}",
            en=f"Map of {number} provinces and cities: {label.en}",
        )


def map_page(outlook: Outlook) -> MapPage:
    """The map of an outlook: one pass over the records of its figure, and at most one more for the whole country."""
    counted = nation(outlook)
    tiles = Tiles(outlook, counted)
    seen = (counted.answers[node.id] for node in outlook.provinces if outlook.may_see(node))
    shown = replace(counted.total, not_apportioned=counted.left if outlook.is_national else remainder(seen))
    return MapPage(
        tiles=tiles,
        said=_said(outlook),
        others=tuple(_others(outlook)),
        indicators=tuple(_indicators(outlook)),
        ways=tuple(Choice(words, _href(outlook, classes=way), way == outlook.way) for way, words in WAYS.items()),
        left=left_of(shown, outlook.units),
        outlines=outlines_on(outlook.unit_day, outlook.units, drawn=outlook.drawing == OUTLINES),
    )


def _href(outlook: Outlook, **changes: str) -> str:
    return f"?{outlook.query(**changes)}"


def _indicators(outlook: Outlook) -> Iterable[Gathered]:
    """Every figure and rate, by register."""
    gathered: dict[str, list[Choice]] = {}
    for code in DECLARED.codes:
        found = DECLARED.find(code)
        choice = Choice(found.label, _href(outlook, indicator=code), code == outlook.code)
        gathered.setdefault(_source_of(found), []).append(choice)
    for source, choices in gathered.items():
        label = DECLARED.sources[source].label if source in DECLARED.sources else both(source)
        yield Gathered(label, tuple(choices))


def _source_of(found: Indicator | Rate) -> str:
    counted = DECLARED.counted(found.part) if isinstance(found, Rate) else found
    return DECLARED.bases[counted.base].source


# the maps of other days


def _said(outlook: Outlook) -> Text:
    n, day = len(outlook.provinces), format_day(outlook.unit_day)
    if outlook.structure is not None:
        return CARRIED.format(n=n, day=day)
    later = [layout for layout in layouts() if layout.since > outlook.unit_day]
    if later and _layout_on(later[-1].since) != _layout_on(outlook.unit_day):
        return BEFORE.format(n=n, day=day, since=format_day(later[-1].since))
    return THIS.format(n=n, day=day)


def _others(outlook: Outlook) -> Iterable[Choice]:
    """The same figures in the provinces of another arrangement."""
    own = known_tree(outlook.last_day)
    if outlook.structure is not None:
        yield Choice(OWN.format(n=_number(own)), _href(outlook, structure=""))
        return
    following: date | None = None
    for layout in layouts():
        day = layout.since if following is None else following - timedelta(days=1)
        units = known_tree(day)
        if layout != _layout_on(outlook.last_day) and layout == _layout_on(day) and _number(units):
            words = FROM if following is None else UNTIL
            said = words.format(n=_number(units), day=format_day(day))
            yield Choice(said, _href(outlook, structure=day.isoformat()))
        following = layout.since


def _number(units: Tree) -> int:
    return sum(node.is_administrative for node in units.roots)


def _layout_on(day: date) -> Layout:
    return layout_for([node.code for node in known_tree(day).roots if node.is_administrative])
