"""The map as a table: the same figures in rows that can be sorted and taken along."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from noivu.core.dates import format_day
from noivu.core.indicators import Rate
from noivu.core.text import collation_key
from noivu.core.wording import Text, both
from noivu.figures.maps.bands import Number
from noivu.figures.maps.nation import NATION, PROVINCES
from noivu.figures.maps.tiles import ESTIMATED, STATES, Tiles
from noivu.sheets.api import OutColumn, write_xlsx
from noivu.ui.marks import figure_link
from noivu.ui.page import words_of_range
from noivu.ui.tables import Column, Register, State

PLACE = Text(vi="Tỉnh, thành phố", en="Province or city")
NOTE = Text(vi="Ghi chú", en="Note")
CODE = Text(vi="Mã", en="Code")
WITHIN = Text(vi="đã tính trong {province}", en="counted in {province}")


@dataclass(frozen=True)
class Row:
    """A province, or an archipelago that is part of one, with its figure and what must be said of it."""

    code: str
    name: str
    value: Number | None
    sign: str
    href: str
    note: Text


MAP_TABLE = Register(
    code="figures.map",
    columns=(
        Column("name", PLACE, sort="name", cell=lambda row: row.name),
        Column(
            "value",
            Text(vi="Số liệu", en="Figure"),
            css="n",
            sort="value",
            cell=lambda row: figure_link(row.sign or None, row.href),
        ),
        Column("note", NOTE, css="extra", cell=lambda row: str(row.note)),
        Column("code", CODE, css="n", sort="code", cell=lambda row: row.code),
    ),
    row_key=lambda row: row.code,
    noun=Text(vi="{n} dòng", en="{n} row||{n} rows"),
    has_search=False,
    sorts=("code", "name", "value"),
    default_sort="code",
    export="figures:map-export",
    page_size=100,
)


def rows(tiles: Tiles, state: State) -> list[Row]:
    """All provinces and, as parts of theirs, the archipelagos, in the order of the table."""
    shown = [
        Row(tile.code, tile.full_name, tile.value, tile.sign, tile.href, _note(tile.css, tile.is_estimated))
        for tile in (*tiles.tiles, *tiles.strays)
    ]
    shown += [
        Row(
            island.unit_code,
            island.full_name,
            island.value,
            island.sign,
            island.figure_href,
            WITHIN.format(province=island.province) if island.province else both(""),
        )
        for island in tiles.islands
    ]
    if state.sort == "value":  # what has no value stands last, whichever way
        empty = [row for row in shown if row.value is None]
        valued = [row for row in shown if row.value is not None]
        return sorted(valued, key=_by_value, reverse=state.descends) + empty
    key = _by_name if state.sort == "name" else _by_code
    return sorted(shown, key=key, reverse=state.descends)


def _by_value(row: Row) -> Any:
    return row.value, row.code


def _by_name(row: Row) -> Any:
    return collation_key(row.name), row.code


def _by_code(row: Row) -> Any:
    return len(row.code), row.code


def _note(css: str, is_estimated: bool) -> Text:
    if is_estimated:
        return ESTIMATED
    return STATES[css] if css in STATES and css != "is-zero" else both("")


def write_rows(tiles: Tiles, listed: Sequence[Row], stream: BinaryIO) -> None:
    """The table as a workbook: provinces in the table's order, then the whole country where its reader sees it all."""
    outlook = tiles.outlook
    measured = f"{outlook.found.label} (%)" if isinstance(outlook.found, Rate) else str(outlook.found.label)
    columns = [OutColumn(str(CODE), 10), OutColumn(str(PLACE), 34), OutColumn(measured, 18), OutColumn(str(NOTE), 40)]
    write_xlsx(columns, _cells(tiles, listed), stream, title=str(outlook.found.label), as_of=str(told(tiles)))


def _cells(tiles: Tiles, listed: Sequence[Row]) -> Iterator[Sequence[Any]]:
    for row in listed:
        yield row.code, row.name, row.value, str(row.note)
    if tiles.outlook.is_national:
        beside = [part for part in tiles.nation.parts if part[0] is not PROVINCES]
        for label, value in (*beside, (NATION, tiles.nation.total.shown(tiles.outlook.code))):
            words = str(label)
            yield "", f"{words[0].upper()}{words[1:]}", value, ""


def told(tiles: Tiles) -> Text:
    """What a map says of itself where it stands alone: period, day, whose units."""
    period, units = told_in_lines(tiles)
    return Text(vi=f"{period.vi}; {units.vi}", en=f"{period.en}; {units.en}")


def told_in_lines(tiles: Tiles) -> tuple[Text, Text]:
    """The period with its days, and the provinces in which it is read."""
    outlook = tiles.outlook
    reading, period = outlook.sweep.reading, outlook.period.label
    days, day = words_of_range(reading.range), format_day(reading.as_of)
    number, units = len(outlook.provinces), format_day(outlook.unit_day)
    return (
        Text(
            vi=f"{period.vi[0].upper()}{period.vi[1:]} ({days.vi}), tính đến hết ngày {day}",
            en=f"{period.en[0].upper()}{period.en[1:]} ({days.en}), as of the end of {day}",
        ),
        Text(
            vi=f"theo {number} tỉnh, thành phố của ngày {units}",
            en=f"in the {number} provinces and cities of {units}",
        ),
    )
