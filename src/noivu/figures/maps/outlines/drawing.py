"""Outlines on a page: every province a link by its shape, coloured by its class; colours come from the style sheet."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from noivu.core.wording import Text
from noivu.figures.maps.outlines.shapes import WIDTH, Shape, Shapes
from noivu.figures.maps.tiles import IslandTile, Tile, Tiles

SEA = Text(vi="Biển Đông", en="East Sea")
_PER_LETTER, _LINE, _AROUND = 7.5, 12.0, 8.0


def draw_outlines(tiles: Tiles, shapes: Shapes, name: Text) -> SafeString:
    """The drawing of a page. Name and value are written where the shape has room; all are in the
    table beside."""
    provinces = (_province(tile, shapes.of[tile.code]) for tile in every(tiles) if tile.code in shapes.of)
    islands = (_island(tile, shapes) for tile in tiles.islands if tile.unit_code in shapes.of)
    parts = format_html_join("", "{}", ((part,) for part in (*provinces, *islands)))
    x, y = sea_at(tiles, shapes)
    return format_html(
        '<svg class="outlines" role="group" aria-label="{}" viewBox="0 0 {} {}">{}'
        '<text class="sea" x="{}" y="{}">{}</text></svg>',
        name, WIDTH, shapes.height, parts, x, y, SEA,
    )  # fmt: skip


def every(tiles: Tiles) -> list[Tile]:
    """All provinces of the day, with or without a cell of their own."""
    return [*tiles.tiles, *tiles.strays]


def sea_at(tiles: Tiles, shapes: Shapes) -> tuple[int, int]:
    """Where the name of the sea stands: between the two archipelagos."""
    frames = [frame_of(shapes.of[tile.unit_code], shapes) for tile in tiles.islands if tile.unit_code in shapes.of]
    x = sum(left + width / 2 for left, _, width, _ in frames) / max(len(frames), 1)
    y = sum(top + height / 2 for _, top, _, height in frames) / max(len(frames), 1)
    return round(x), round(y)


def frame_of(shape: Shape, shapes: Shapes) -> tuple[float, float, float, float]:
    """The frame around an archipelago, within the drawing."""
    x, y, width, height = shape.box
    left, top = max(x - _AROUND, 1), max(y - _AROUND, 1)
    return left, top, min(width + 2 * _AROUND, WIDTH - 1 - left), min(height + 2 * _AROUND, shapes.height - 1 - top)


def lines_in(shape: Shape, tile: Tile) -> list[tuple[str, int, int]]:
    """The lines for which a shape has room, each with its place: name and value, the value alone, or none."""
    x, y, width, height = shape.box
    lines = [tile.name, tile.sign] if tile.sign else []
    while lines and not (width >= max(map(len, lines)) * _PER_LETTER and height >= (len(lines) + 1) * _LINE):
        del lines[0]
    first = y + height / 2 - _LINE * (len(lines) / 2 - 0.85)
    return [(line, round(x + width / 2), round(first + _LINE * place)) for place, line in enumerate(lines)]


def _province(tile: Tile, shape: Shape) -> SafeString:
    words = format_html_join(
        "",
        '<text class="{}" x="{}" y="{}">{}</text>',
        (("num" if line == tile.sign else "name", x, y, line) for line, x, y in lines_in(shape, tile)),
    )
    drawn = format_html('<path fill-rule="evenodd" d="{}"/>{}', shape.path, words)
    if not tile.href:
        return format_html('<g class="{}" role="img" aria-label="{}">{}</g>', tile.css, tile.spoken, drawn)
    return format_html('<a class="{}" href="{}" aria-label="{}">{}</a>', tile.css, tile.href, tile.spoken, drawn)


def _island(island: IslandTile, shapes: Shapes) -> SafeString:
    shape = shapes.of[island.unit_code]
    x, y, width, height = (f"{each:.1f}" for each in frame_of(shape, shapes))
    left, top, wide, _ = frame_of(shape, shapes)
    drawn = format_html(
        '<rect class="frame" x="{}" y="{}" width="{}" height="{}"/><path fill-rule="evenodd" d="{}"/>'
        '<text x="{}" y="{}">{}</text>',
        x, y, width, height, shape.path, round(left + wide / 2), round(top - 5), island.name,
    )  # fmt: skip
    if not island.href:
        return format_html('<g class="isle" role="img" aria-label="{}">{}</g>', island.spoken, drawn)
    return format_html('<a class="isle" href="{}" aria-label="{}">{}</a>', island.href, island.spoken, drawn)
