"""The arrangements of the tile map: every province once, Hoàng Sa and Trường Sa always, all of it readable."""

import re
from itertools import chain
from pathlib import Path

import pytest

from noivu.figures.maps.drawing import GROUNDS
from noivu.figures.maps.layouts import Cell, Layout, layout_for, layouts
from noivu.ui import charts

STYLES = Path(charts.__file__).parent / "static" / "ui"
CODES = re.compile(r"\d\d")
OF_2025 = set(
    CODES.findall(
        "01 04 08 11 12 14 15 19 20 22 24 25 31 33 37 38 40 42 44 46 48 51 52 56 66 68 75 79 80 82 86 91 92 96"
    )
)
OF_2024 = set(
    CODES.findall(
        "01 02 04 06 08 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 48 49 51 52 54 "
        "56 58 60 62 64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95 96"
    )
)
BOTH = [pytest.param(layout, id=layout.code) for layout in layouts()]


def cells_of(area: Cell) -> set[tuple[int, int]]:
    return {(area.row + down, area.column + along) for down in range(area.rows) for along in range(area.columns)}


def test_the_34_and_the_63_each_have_their_cell() -> None:
    later, earlier = layouts()
    assert (later.code, earlier.code) == ("34", "63")
    assert set(later.cells) == OF_2025
    assert set(earlier.cells) == OF_2024
    assert (len(later.cells), len(earlier.cells)) == (34, 63)


@pytest.mark.parametrize("layout", BOTH)
def test_each_province_has_one_cell_and_no_two_share_one(layout: Layout) -> None:
    assert all(cell.rows == cell.columns == 1 for cell in layout.cells.values())
    taken = list(chain.from_iterable(cells_of(cell) for cell in layout.cells.values()))
    taken += chain.from_iterable(cells_of(island.cell) for island in layout.islands)
    taken += [*cells_of(layout.sea), *cells_of(layout.legend)]
    assert len(taken) == len(set(taken))
    assert all(1 <= row <= layout.rows and 1 <= column <= layout.columns for row, column in taken)


@pytest.mark.parametrize("layout", BOTH)
def test_hoang_sa_and_truong_sa_lie_in_the_east_sea(layout: Layout) -> None:
    assert [island.name for island in layout.islands] == ["Hoàng Sa", "Trường Sa"]
    hoang_sa, truong_sa = layout.islands
    assert (hoang_sa.province_code, truong_sa.province_code) == ("48", "56")
    easternmost = max(cell.column for cell in layout.cells.values())
    assert all(island.cell.column > easternmost for island in layout.islands)
    assert hoang_sa.cell.row == layout.cells["48"].row
    assert truong_sa.cell.row > layout.cells["56"].row


@pytest.mark.parametrize("layout", BOTH)
def test_along_the_coast_no_step_leads_back_north(layout: Layout) -> None:
    coast = ("22", "31", "38", "40", "42", "44", "46", "48", "51", "52", "56", "75", "96")
    rows = [layout.cells[code].row for code in coast]
    assert rows == sorted(rows)


def test_the_arrangement_follows_from_the_provinces_that_are_there() -> None:
    assert layout_for(OF_2025).code == "34"
    assert layout_for(OF_2024).code == "63"
    assert layout_for(["36", "37", "38", "40"]).code == "63"
    assert layout_for(["37", "38", "40"]).code == "34"
    assert layout_for([]).code == "34"


@pytest.mark.parametrize("layout", BOTH)
def test_the_style_sheet_knows_every_place(layout: Layout) -> None:
    sheet = (STYLES / "tilemap.css").read_text(encoding="utf-8")
    areas = [*layout.cells.values(), *(island.cell for island in layout.islands), layout.sea, layout.legend]
    for area in areas:
        assert f'[data-row="{area.row}"]' in sheet
        assert f'[data-column="{area.column}"]' in sheet
        assert area.rows == 1 or f'[data-rows="{area.rows}"]' in sheet
        assert area.columns == 1 or f'[data-columns="{area.columns}"]' in sheet


def brightness(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


def themes() -> dict[str, dict[str, str]]:
    """The colours of light, dark (chosen, and asked for by the system) and print."""
    tokens = (STYLES / "tokens.css").read_text(encoding="utf-8")
    light, chosen, rest = re.split(r':root\[data-theme="dark"\] \{|@media \(prefers-color-scheme: dark\)', tokens)
    asked, _, printed = rest.partition("@media print")
    found = {"light": light, "chosen": chosen, "asked": asked, "print": printed}
    return {name: dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", text)) for name, text in found.items()}


@pytest.mark.parametrize("theme", ["light", "chosen", "asked", "print"])
def test_what_stands_on_a_class_can_be_read(theme: str) -> None:
    colours = {"ink": "#000000", **themes()[theme]}
    assert all(contrast(colours["ink"], colours[f"map-{shade}"]) >= 4.5 for shade in (1, 2, 3))
    assert all(contrast(colours["on-map"], colours[f"map-{shade}"]) >= 4.5 for shade in (4, 5))


def test_dark_is_the_same_whether_chosen_or_asked_for() -> None:
    of = themes()
    shades = [*(f"map-{shade}" for shade in range(1, 6)), "on-map"]
    assert [of["chosen"][name] for name in shades] == [of["asked"][name] for name in shades]


def test_the_drawing_to_take_along_has_the_colours_of_print() -> None:
    printed = themes()["print"]
    assert [GROUNDS[f"is-{shade}"][0] for shade in range(1, 6)] == [printed[f"map-{shade}"] for shade in range(1, 6)]
    assert all(contrast(_long(ground), _long(words)) >= 4.5 for ground, words in GROUNDS.values())


def _long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])
