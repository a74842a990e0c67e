"""Outlines on a page: every province a link by its shape, coloured by its class; colours come from the style sheet."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from noivu.core.wording import Text
from noivu.figures.maps.outlines.shapes import WIDTH, Shape, Shapes
from noivu.figures.maps.tiles import IslandTile, Tile, Tiles

SEA = Text(vi="Biển Đông", en="East Sea")
SEA_AT = (0.78, 0.42)
"""Where the name of the sea stands, in parts of the drawing's width and height."""
_LEAST_WIDTH, _LEAST_HEIGHT, _PER_LETTER, _LINE = 30.0, 20.0, 6.2, 12.0


def draw_outlines(tiles: Tiles, shapes: Shapes, name: Text) -> SafeString:
    """The drawing of a page. A value is written where its shape has room; the others are in the table beside."""
    provinces = (_province(tile, shapes.of[tile.code]) for tile in every(tiles) if tile.code in shapes.of)
    islands = (_island(tile, shapes.of[tile.unit_code]) for tile in tiles.islands if tile.unit_code in shapes.of)
    parts = format_html_join("", "{}", ((part,) for part in (*provinces, *islands)))
    x, y = sea_at(shapes)
    return format_html(
        '<svg class="outlines" role="group" aria-label="{}" viewBox="0 0 {} {}">{}'
        '<text class="sea" x="{}" y="{}">{}</text></svg>',
        name, WIDTH, shapes.height, parts, x, y, SEA,
    )  # fmt: skip


def every(tiles: Tiles) -> list[Tile]:
    """All provinces of the day, with or without a cell of their own."""
    return [*tiles.tiles, *tiles.strays]


def sea_at(shapes: Shapes) -> tuple[int, int]:
    return int(WIDTH * SEA_AT[0]), int(shapes.height * SEA_AT[1])


def has_room(shape: Shape, words: str) -> bool:
    """Whether words fit into the box of the largest part."""
    _, _, width, height = shape.box
    return width >= max(_LEAST_WIDTH, len(words) * _PER_LETTER) and height >= _LEAST_HEIGHT


def middle(shape: Shape) -> tuple[int, int]:
    x, y, width, height = shape.box
    return round(x + width / 2), round(y + height / 2 + _LINE / 3)


def _province(tile: Tile, shape: Shape) -> SafeString:
    x, y = middle(shape)
    words = SafeString("")
    if tile.sign and has_room(shape, tile.sign):
        words = format_html('<text class="num" x="{}" y="{}">{}</text>', x, y, tile.sign)
    drawn = format_html('<path fill-rule="evenodd" d="{}"/>{}', shape.path, words)
    if not tile.href:
        return format_html('<g class="{}" role="img" aria-label="{}">{}</g>', tile.css, tile.spoken, drawn)
    return format_html('<a class="{}" href="{}" aria-label="{}">{}</a>', tile.css, tile.href, tile.spoken, drawn)


def _island(island: IslandTile, shape: Shape) -> SafeString:
    x, y, width, _ = shape.box
    drawn = format_html(
        '<path fill-rule="evenodd" d="{}"/><text x="{}" y="{}">{}</text>',
        shape.path, round(x + width / 2), round(y - 4), island.name,
    )  # fmt: skip
    if not island.href:
        return format_html('<g class="isle" role="img" aria-label="{}">{}</g>', island.spoken, drawn)
    return format_html('<a class="isle" href="{}" aria-label="{}">{}</a>', island.href, island.spoken, drawn)
