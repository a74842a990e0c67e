"""The map as a drawing that stands alone: SVG no script, no style sheet, nothing fetched. All words are text."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from noivu.core.wording import Text
from noivu.figures.maps.layouts import Cell
from noivu.figures.maps.outlines.drawing import SEA, every, frame_of, lines_in, sea_at
from noivu.figures.maps.outlines.shapes import Shape, Shapes
from noivu.figures.maps.pages import MapPage
from noivu.figures.maps.tables import told, told_in_lines
from noivu.figures.maps.tiles import ABSENT, ESTIMATED, UNSEEN, UNSURE, VOID, ZERO

WIDE, HIGH, GAP, EDGE, HEAD, LINE = 92, 44, 3, 24, 88, 22
FONT = "'Be Vietnam Pro', Arial, 'Liberation Sans', sans-serif"
INK, QUIET, PAPER, RULE = "#000", "#444", "#fff", "#666"
GROUNDS = {
    "is-1": ("#f3efe6", INK),
    "is-2": ("#e0d5bf", INK),
    "is-3": ("#c6b893", INK),
    "is-4": ("#75674c", PAPER),
    "is-5": ("#463c2b", PAPER),
    **dict.fromkeys((ZERO, VOID, UNSURE, UNSEEN, ABSENT), (PAPER, INK)),
}
"""By class of a tile its ground and the colour of what stands on it: those of the light theme (`tokens.css`)."""
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LEGEND_COLUMNS = 2


@dataclass(frozen=True)
class _Words:
    """How words are written: size, weight, colour; `halo` is the colour around those that may leave their ground."""

    size: int = 13
    weight: int = 400
    fill: str = INK
    anchor: str = "start"
    halo: str = ""


_NAME, _VALUE, _NOTE = _Words(12), _Words(14, 600), _Words(12, 400, QUIET)


def draw_map(page: MapPage) -> bytes:
    """The tiles with title, as-of line, legend and foot, as an SVG document in UTF-8."""
    layout, shapes = page.tiles.layout, page.outlines.shapes if page.outlines else None
    width = 2 * EDGE + layout.columns * (WIDE + GAP)
    under = HEAD + (int(shapes.height) if shapes else layout.rows * (HIGH + GAP)) + LINE
    foot = _foot(page)
    height = under + LINE * (-(-len(page.tiles.legend) // _LEGEND_COLUMNS) + len(foot)) + EDGE
    size = {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}"}
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img", "font-family": FONT, **size})
    SubElement(root, "title").text = _plain(page.name)
    SubElement(root, "desc").text = _plain(told(page.tiles))
    SubElement(root, "rect", {"width": str(width), "height": str(height), "fill": PAPER})
    _head(root, page)
    if shapes:
        _outlines(root, page, shapes)
    else:
        _tiles(root, page)
        _islands(root, page)
    _legend(root, page, under)
    for place, line in enumerate(foot, start=1):
        _write(root, EDGE, height - EDGE - LINE * (len(foot) - place), line, _NOTE)
    drawn: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return drawn


def _head(root: Element, page: MapPage) -> None:
    _write(root, EDGE, EDGE + 16, page.outlook.found.label, _Words(20, 600))
    for place, line in enumerate(told_in_lines(page.tiles)):
        _write(root, EDGE, EDGE + 36 + 16 * place, line, _NOTE)


def _tiles(root: Element, page: MapPage) -> None:
    for tile in page.tiles.tiles:
        ground, colour = GROUNDS[tile.css]
        x, y = _corner(tile.cell)
        group = SubElement(root, "g")
        SubElement(group, "title").text = _plain(tile.spoken)
        _box(group, tile.cell, {"fill": ground, "stroke": RULE})
        _write(group, x + 6, y + 17, tile.name, _Words(12, 400, colour))
        _write(group, x + 6, y + 36, tile.sign, _Words(14, 600, colour))


def _islands(root: Element, page: MapPage) -> None:
    for island in page.tiles.islands:
        x, y = _corner(island.cell)
        group = SubElement(root, "g")
        SubElement(group, "title").text = _plain(island.spoken)
        _box(group, island.cell, {"fill": PAPER, "stroke": INK, "stroke-dasharray": "4 3"})
        _write(group, x + 6, y + 17, island.name, _NAME)
        _write(group, x + 6, y + 35, island.province, _NOTE)
    sea = page.tiles.layout.sea
    x, y = _corner(sea)
    _write(root, x + sea.columns * (WIDE + GAP) // 2, y + HIGH // 2, SEA, _Words(14, 400, QUIET, "middle"))


def _outlines(root: Element, page: MapPage, shapes: Shapes) -> None:
    """The shapes instead of the tiles; the two archipelagos with their names."""
    for tile in every(page.tiles):
        if tile.code in shapes.of:
            shape, (ground, colour) = shapes.of[tile.code], GROUNDS[tile.css]
            _shape(root, shape, ground, tile.spoken)
            for line, x, y in lines_in(shape, tile):
                weight = 600 if line == tile.sign else 400
                _write(root, EDGE + x, HEAD + y, line, _Words(11, weight, colour, "middle", ground))
    for island in page.tiles.islands:
        if island.unit_code in shapes.of:
            shape = shapes.of[island.unit_code]
            left, top, width, high = frame_of(shape, shapes)
            frame = {"x": f"{EDGE + left:g}", "y": f"{HEAD + top:g}", "width": f"{width:g}", "height": f"{high:g}"}
            SubElement(root, "rect", {**frame, "fill": "none", "stroke": RULE, "stroke-dasharray": "4 3"})
            _shape(root, shape, PAPER, island.spoken)
            at = EDGE + round(left + width / 2), HEAD + round(top) - 5
            _write(root, *at, island.name, _Words(12, 400, INK, "middle"))
    x, y = sea_at(page.tiles, shapes)
    _write(root, EDGE + x, HEAD + y, SEA, _Words(14, 400, QUIET, "middle"))


def _shape(root: Element, shape: Shape, ground: str, spoken: Text) -> None:
    drawn = {"d": shape.path, "fill": ground, "fill-rule": "evenodd", "stroke": RULE, "stroke-width": "0.75"}
    path = SubElement(root, "path", {**drawn, "transform": f"translate({EDGE} {HEAD})"})
    SubElement(path, "title").text = _plain(spoken)


def _legend(root: Element, page: MapPage, under: int) -> None:
    for place, key in enumerate(page.tiles.legend):
        row, column = divmod(place, _LEGEND_COLUMNS)
        x, y = EDGE + column * 3 * (WIDE + GAP), under + row * LINE
        swatch = {"x": str(x), "y": str(y - 10), "width": "18", "height": "12", "stroke": RULE}
        SubElement(root, "rect", {**swatch, "fill": GROUNDS[key.css][0]})
        _write(root, x + 26, y, f"{key.words}: {key.count}", _NAME)


def _foot(page: MapPage) -> Sequence[str]:
    lines = []
    if page.outlook.is_national:
        balance = page.tiles.nation.balance
        whole = Text(vi="Cả nước", en="The whole country")
        lines.append(f"{whole}: {balance.sum_words if balance else page.total}")
    if page.tiles.has_estimates:
        lines.append(f"≈ {ESTIMATED}")
    if page.outlines and page.outlines.shapes:
        source = Text(vi="Ranh giới: {source}", en="Outlines: {source}")
        lines.append(str(source.format(source=page.outlines.source)))
    if page.tiles.hidden:
        lines.append(str(Text(vi="{n} tỉnh ngoài phạm vi được xem", en="{n} out of reach").format(n=page.tiles.hidden)))
    return lines


def _corner(cell: Cell) -> tuple[int, int]:
    return EDGE + (cell.column - 1) * (WIDE + GAP), HEAD + (cell.row - 1) * (HIGH + GAP)


def _box(group: Element, cell: Cell, drawn: dict[str, str]) -> None:
    x, y = _corner(cell)
    SubElement(group, "rect", {"x": str(x), "y": str(y), "width": str(WIDE), "height": str(HIGH), **drawn})


def _write(parent: Element, x: int, y: int, words: Text | str, how: _Words) -> None:
    named = {"x": str(x), "y": str(y), "font-size": str(how.size), "font-weight": str(how.weight), "fill": how.fill}
    halo = {"paint-order": "stroke", "stroke": how.halo, "stroke-width": "3"} if how.halo else {}
    SubElement(parent, "text", {**named, **halo, "text-anchor": how.anchor}).text = _plain(words)


def _plain(words: Text | str) -> str:
    """Words without the characters that no XML document may hold."""
    return _UNPRINTABLE.sub("", str(words))
