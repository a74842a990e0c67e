"""The tiles of a map: each province in its place with its figure, Hoàng Sa and Trường Sa in theirs, always."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from noivu.core.indicators import Rate
from noivu.core.numbers import format_integer, format_percent
from noivu.core.wording import Text, both
from noivu.figures.maps.bands import Band, Number, bands
from noivu.figures.maps.layouts import Cell, Island, Layout, layout_for, tile_name
from noivu.figures.maps.nation import Nation
from noivu.figures.maps.outlook import Outlook
from noivu.units.api import Node

ZERO, VOID, UNSURE, UNSEEN, ABSENT = "is-zero", "is-void", "is-unsure", "is-unseen", "is-absent"
STATES: dict[str, Text] = {
    ZERO: both("0"),
    VOID: Text(vi="Không có gì để tính", en="Nothing to divide by"),
    UNSURE: Text(vi="Chưa chia được", en="Not apportioned"),
    UNSEEN: Text(vi="Ngoài phạm vi được xem", en="Out of your reach"),
    ABSENT: Text(vi="Không có đơn vị này", en="No such unit"),
}
"""What a tile is that stands in no class, in the order of the legend."""
SIGNS = {VOID: "–", UNSURE: "?", UNSEEN: "", ABSENT: ""}
ESTIMATED = Text(vi="ước tính", en="estimated")


@dataclass(frozen=True)
class Tile:
    """A province on the map. `css` is its class of colour; `sign` what is written in it."""

    code: str
    name: str
    full_name: str
    cell: Cell
    css: str
    sign: str
    spoken: Text
    href: str = ""
    value: Number | None = None
    is_estimated: bool = False


@dataclass(frozen=True)
class IslandTile:
    """An archipelago on the map, with the province of which it is a part; its figure is counted there."""

    name: str
    full_name: str
    province: str
    cell: Cell
    spoken: Text
    unit_code: str
    href: str = ""
    sign: str = ""
    value: Number | None = None
    figure_href: str = ""


@dataclass(frozen=True)
class Key:
    """A line of the legend: the class, its words, how many provinces are of it."""

    css: str
    words: Text
    count: int


class Tiles:
    """What is drawn of a nation: as tiles, as a table, as a drawing to take along."""

    def __init__(self, outlook: Outlook, counted: Nation) -> None:
        self.outlook, self.nation = outlook, counted
        self.layout: Layout = layout_for([node.code for node in outlook.provinces])

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """The classes of the values that are shown; nought stands apart."""
        values = (self._value(node) for node in self.outlook.provinces if self._states[node.id] == "")
        return bands([value for value in values if value is not None], self.outlook.way)

    @cached_property
    def tiles(self) -> list[Tile]:
        """The provinces in reading order; a cell whose province is none of this day's is drawn without a value."""
        there = {node.code: node for node in self.outlook.provinces}
        cells = sorted(self.layout.cells.items(), key=lambda item: (item[1].row, item[1].column))
        return [self._tile(there[code], cell) if code in there else _absent(code, cell) for code, cell in cells]

    @property
    def strays(self) -> list[Tile]:
        """Provinces for which the arrangement has no cell: they stand below the map."""
        known = self.layout.cells
        return [self._tile(node, Cell(0, 0)) for node in self.outlook.provinces if node.code not in known]

    @cached_property
    def islands(self) -> list[IslandTile]:
        return [self._island(island) for island in self.layout.islands]

    @cached_property
    def legend(self) -> list[Key]:
        """Only what is on the map, classes first."""
        shown = [*self.tiles, *self.strays]
        keys = [
            Key(f"is-{band.shade}", self._bounds(band), sum(tile.css == f"is-{band.shade}" for tile in shown))
            for band in self.bands
        ]
        keys += [Key(css, words, sum(tile.css == css for tile in shown)) for css, words in STATES.items()]
        return [key for key in keys if key.count]

    @property
    def has_estimates(self) -> bool:
        return any(tile.is_estimated for tile in (*self.tiles, *self.strays))

    @property
    def hidden(self) -> int:
        """How many provinces are beyond the reader's reach."""
        return sum(tile.css == UNSEEN for tile in (*self.tiles, *self.strays))

    def written(self, value: Number | None, language: str | None = None) -> str:
        """A value as a tile shows it."""
        if isinstance(self.outlook.found, Rate):
            return format_percent(Decimal(value) if value is not None else None, language)
        return "–" if value is None else format_integer(int(value), language)

    # one tile

    def _value(self, node: Node) -> Number | None:
        return self.nation.answers[node.id].shown(self.outlook.code)

    @cached_property
    def _states(self) -> dict[int, str]:
        """By province why it stands in no class; "" where it does."""
        return {node.id: self._state_of(node) for node in self.outlook.provinces}

    def _state_of(self, node: Node) -> str:
        value = self._value(node)
        if not self.outlook.may_see(node):
            return UNSEEN
        if not self.nation.is_known(node.id):
            return UNSURE
        return VOID if value is None else ZERO if value == 0 else ""

    def _tile(self, node: Node, cell: Cell) -> Tile:
        state, value = self._states[node.id], self._value(node)
        shade = next((band.shade for band in self.bands if state == "" and value is not None and band.holds(value)), 0)
        is_shown = state in ("", ZERO)
        is_estimated = is_shown and self.outlook.code in self.nation.answers[node.id].estimated
        name = tile_name(node.short_name)
        return Tile(
            code=node.code,
            name=name,
            full_name=node.name,
            cell=cell,
            css=state or f"is-{shade}",
            sign=SIGNS.get(state, self._sign(value, is_estimated=is_estimated)),
            spoken=self._spoken(name, value if is_shown else None, STATES.get(state), is_estimated=is_estimated),
            href="" if state == UNSEEN else self._figure_href(node),
            value=value if is_shown else None,
            is_estimated=is_estimated,
        )

    def _spoken(self, name: str, value: Number | None, state: Text | None, *, is_estimated: bool) -> Text:
        """Nghệ An: 181 văn bản, ước tính."""
        if value is None:
            words = state or both("–")
            return Text(vi=f"{name}: {words.vi.lower()}", en=f"{name}: {words.en.lower()}")
        found = self.outlook.found
        measured = both("") if isinstance(found, Rate) else found.measured_in
        said = Text(vi=f", {ESTIMATED.vi}", en=f", {ESTIMATED.en}") if is_estimated else both("")
        vi, en = (self._sign(value, language, is_estimated=is_estimated) for language in ("vi", "en"))
        return Text(
            vi=f"{name}: {vi} {measured.vi}".rstrip() + said.vi,
            en=f"{name}: {en} {measured.en}".rstrip() + said.en,
        )

    def _sign(self, value: Number | None, language: str | None = None, *, is_estimated: bool) -> str:
        return f"{'≈' if is_estimated else ''}{self.written(value, language)}"

    def _figure_href(self, node: Node) -> str:
        named = {"unit": node.code, **self.outlook.reading_address}
        return f"{reverse('figures:figure', args=[self.outlook.code])}?{urlencode(named)}"

    def _bounds(self, band: Band) -> Text:
        if band.low == band.high:
            return Text(vi=self.written(band.low, "vi"), en=self.written(band.low, "en"))
        low, high = band.low, band.high
        return Text(
            vi=f"{self.written(low, 'vi')} – {self.written(high, 'vi')}",
            en=f"{self.written(low, 'en')} – {self.written(high, 'en')}",
        )

    # Hoàng Sa, Trường Sa

    def _island(self, island: Island) -> IslandTile:
        units = self.outlook.units
        node = units.by_code.get(island.unit_code)
        if node is None or node.short_name != island.name:
            words = both(island.name)
            return IslandTile(island.name, island.name, "", island.cell, words, island.unit_code)
        province = units.by_code.get(island.province_code)
        place = province.short_name if province else ""
        is_open = self.outlook.may_see(node)
        value, sign = self._figure_of_island(node) if is_open else (None, "")
        within = f", {province.name[0].lower()}{province.name[1:]}" if province else ""
        day = urlencode({"on": self.outlook.unit_day.isoformat()})
        return IslandTile(
            name=island.name,
            full_name=node.name,
            province=place,
            cell=island.cell,
            spoken=both(f"{node.name}{within}"),
            unit_code=node.code,
            href=f"{reverse('units:unit', args=[node.code])}?{day}",
            sign=sign,
            value=value,
            figure_href=self._figure_href(node) if is_open else "",
        )

    def _figure_of_island(self, node: Node) -> tuple[Number | None, str]:
        answer, code = self.nation.ask(node.id), self.outlook.code
        within = {each.id for each in self.outlook.units.under(node.id)}
        if any(each.counted_at not in within for each in answer.not_apportioned):
            return None, SIGNS[UNSURE]
        value = answer.shown(code)
        return value, self._sign(value, is_estimated=code in answer.estimated)


def _absent(code: str, cell: Cell) -> Tile:
    words = Text(vi=f"Mã {code}: {STATES[ABSENT].vi.lower()}", en=f"Code {code}: {STATES[ABSENT].en.lower()}")
    return Tile(code, code, code, cell, ABSENT, SIGNS[ABSENT], words)
