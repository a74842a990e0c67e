"""Where the tiles stand: the arrangements of the tile map, as data."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).with_name("layouts.yaml")
_NOTHING, _SEA, _LEGEND = "..", "~~", "##"
ISLANDS = {"HS": "Hoàng Sa", "TS": "Trường Sa"}
"""The archipelagos that every map shows: by the mark of their cell the name that the unit bears."""
_ABBREVIATED = {"Hồ Chí Minh": "TP.HCM", "Bà Rịa - Vũng Tàu": "BR-VT", "Thừa Thiên Huế": "TT. Huế"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A place on the grid, counted from 1; `rows` and `columns` say how far it reaches."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Island:
    """An archipelago on the map: its name, the code of its unit, the province of which it is a part."""

    name: str
    unit_code: str
    province_code: str
    cell: Cell


@dataclass(frozen=True)
class Layout:
    """An arrangement of the provinces: by statistical code the cell of each. It is that of the units since a day."""

    code: str
    since: date
    cells: Mapping[str, Cell]
    islands: tuple[Island, ...]
    sea: Cell
    legend: Cell
    rows: int
    columns: int


@cache
def layouts() -> tuple[Layout, ...]:
    """All arrangements, the latest first."""
    read = [_layout(given) for given in yaml.safe_load(_FILE.read_text(encoding="utf-8"))]
    return tuple(sorted(read, key=lambda layout: layout.since, reverse=True))


def layout_for(codes: Collection[str]) -> Layout:
    """The arrangement that fits the provinces of a tree: none of them stays without a cell, then fewest cells empty."""
    there = frozenset(codes)
    return min(layouts(), key=lambda layout: (len(there - layout.cells.keys()), len(layout.cells.keys() - there)))


def tile_name(short_name: str) -> str:
    """The name as it fits a tile."""
    return _ABBREVIATED.get(short_name, short_name)


def _layout(given: Mapping[str, Any]) -> Layout:
    lines = [line.split() for line in given["grid"].splitlines()]
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row, line in enumerate(lines, start=1):
        for column, mark in enumerate(line, start=1):
            places[mark].append((row, column))
    areas = {mark: _area(found) for mark, found in places.items() if mark != _NOTHING}
    islands = (
        Island(ISLANDS[mark], unit, province, areas.pop(mark)) for mark, (unit, province) in given["islands"].items()
    )
    return Layout(
        code=given["code"],
        since=given["since"],
        islands=tuple(islands),
        sea=areas.pop(_SEA),
        legend=areas.pop(_LEGEND),
        cells=areas,
        rows=len(lines),
        columns=max(map(len, lines)),
    )


def _area(found: Collection[tuple[int, int]]) -> Cell:
    """The cells of a mark as one area."""
    rows, columns = sorted({row for row, _ in found}), sorted({column for _, column in found})
    return Cell(rows[0], columns[0], rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1)
