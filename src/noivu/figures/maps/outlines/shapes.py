"""Outlines fitted to a drawing: an equirectangular projection, and no more points than the eye can tell apart."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from noivu.figures.maps.outlines.reading import Polygon, Position, Ring

WIDTH = 620
"""How wide the drawing is, in its own units; its height follows from the territory."""
_TOLERANCE, _GRID, _MARGIN = 0.5, 0.1, 6
_LEAST_SIDE = 1.0
_MARK = 3.0


@dataclass(frozen=True)
class Shape:
    """A unit as it is drawn: the path of an SVG, and the box of its largest part (of an archipelago: of all its parts):
    left, top, width, height."""

    path: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Shapes:
    """All units of a drawing, by code."""

    height: float
    of: Mapping[str, Shape]

    def as_json(self) -> dict[str, object]:
        return {"height": self.height, "of": {code: [shape.path, *shape.box] for code, shape in self.of.items()}}

    @classmethod
    def from_json(cls, kept: Mapping[str, object]) -> "Shapes":
        height, of = kept["height"], kept["of"]
        assert isinstance(height, int | float)
        assert isinstance(of, dict)
        return cls(height, {code: Shape(path, (x, y, w, h)) for code, (path, x, y, w, h) in of.items()})


def fitted(territories: Mapping[str, Sequence[Polygon]], archipelagos: Collection[str] = ()) -> Shapes:
    """The territories on one sheet. What of an archipelago is too small to see is drawn as a mark where it lies; specks
    along the coast of a province are left out."""
    positions = [p for polygons in territories.values() for polygon in polygons for ring in polygon for p in ring]
    west, east = min(p[0] for p in positions), max(p[0] for p in positions)
    south, north = min(p[1] for p in positions), max(p[1] for p in positions)
    shrink = cos(radians((south + north) / 2))
    scale = (WIDTH - 2 * _MARGIN) / ((east - west) * shrink)

    def placed(position: Position) -> Position:
        longitude, latitude = position
        x, y = (longitude - west) * shrink * scale + _MARGIN, (north - latitude) * scale + _MARGIN
        return round(x / _GRID) * _GRID, round(y / _GRID) * _GRID

    height = round((north - south) * scale + 2 * _MARGIN, 1)
    shapes = {
        code: (_archipelago if code in archipelagos else _province)(_drawn(polygons, placed))
        for code, polygons in territories.items()
    }
    return Shapes(height, shapes)


def _drawn(polygons: Sequence[Polygon], placed: Callable[[Position], Position]) -> list[Polygon]:
    return [[simplified(_distinct(map(placed, ring))) for ring in polygon] for polygon in polygons]


def _province(drawn: Sequence[Polygon]) -> Shape:
    largest = max((polygon[0] for polygon in drawn), key=lambda ring: _box(ring)[2] * _box(ring)[3])
    seen = [polygon for polygon in drawn if max(_box(polygon[0])[2:]) >= _LEAST_SIDE] or [[largest]]
    return Shape("".join(_path(ring) for polygon in seen for ring in polygon if len(ring) > 3), _box(largest))


def _archipelago(drawn: Sequence[Polygon]) -> Shape:
    paths: list[str] = []
    for polygon in drawn:
        is_large = max(_box(polygon[0])[2:]) >= 2 * _MARK
        paths += [_path(ring) for ring in polygon if len(ring) > 3] if is_large else [_mark(polygon[0][0])]
    around = [position for polygon in drawn for position in polygon[0]]
    return Shape("".join(dict.fromkeys(paths)), _box(around))


def _distinct(positions: Iterable[Position]) -> Ring:
    """Without positions that fall on the one before."""
    ring: Ring = []
    for position in positions:
        if not ring or position != ring[-1]:
            ring.append(position)
    return ring


def simplified(ring: Ring) -> Ring:
    """The ring with the points alone that lie further than the tolerance from the line between their neighbours."""
    kept = {0, len(ring) - 1}
    waiting = [(0, len(ring) - 1)]
    while waiting:
        first, last = waiting.pop()
        far, at = 0.0, 0
        for n in range(first + 1, last):
            away = _distance(ring[n], ring[first], ring[last])
            if away > far:
                far, at = away, n
        if far > _TOLERANCE:
            kept.add(at)
            waiting += [(first, at), (at, last)]
    return [ring[n] for n in sorted(kept)]


def _distance(point: Position, start: Position, end: Position) -> float:
    """From a point to a stretch of line; where that is but a point (a closed ring), to it."""
    along = (end[0] - start[0], end[1] - start[1])
    square = along[0] ** 2 + along[1] ** 2
    if square == 0:
        return hypot(point[0] - start[0], point[1] - start[1])
    share = ((point[0] - start[0]) * along[0] + (point[1] - start[1]) * along[1]) / square
    share = min(max(share, 0.0), 1.0)
    return hypot(point[0] - start[0] - share * along[0], point[1] - start[1] - share * along[1])


def _box(ring: Ring) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return round(min(xs), 1), round(min(ys), 1), round(max(xs) - min(xs), 1), round(max(ys) - min(ys), 1)


def _path(ring: Ring) -> str:
    return "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in ring[:-1]) + "Z"


def _mark(at: Position) -> str:
    """A small lozenge where a speck lies."""
    x, y = at
    corners = ((x, y - _MARK), (x + _MARK, y), (x, y + _MARK), (x - _MARK, y))
    return "M" + "L".join(f"{_number(a)} {_number(b)}" for a, b in corners) + "Z"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
