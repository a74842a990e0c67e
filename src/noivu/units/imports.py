"""The column kinds `unit` and `unit_before` (the day before) of import templates: a code, or the exact name, as of the
date of the row."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from noivu.core import clock
from noivu.core.wording import Text
from noivu.sheets.api import Finding, ImportContext, Reading, provide_kind
from noivu.units.cells import cells_of
from noivu.units.models import Unit


def read_unit(cell: Any, reading: Reading) -> Unit:
    """The unit that a cell means on the date of its row (without one: today), or by the day that the importer named.

    What a name or code meant on a date is asked once in a batch. The unit comes without its `uid`, which costs a query
    only where somebody asks for it.
    """
    return cells_of(reading.context).read(str(cell).strip(), reading)


def read_unit_before(cell: Any, reading: Reading) -> Unit:
    """The unit that a cell means on the day before the date of its row: before what the row tells of took effect. Such
    cells say nothing of the day that the codes of the file fit."""
    return read_unit(cell, replace(reading, on=(reading.on or clock.today()) - timedelta(days=1), row=0))


def review_units(context: ImportContext) -> Finding:
    """Whether the codes of the file fit another day better than the dates of its rows."""
    return cells_of(context).finding()


provide_kind(
    "unit",
    read_unit,
    Text(vi="mã hoặc tên đầy đủ của đơn vị vào ngày đó", en="code or full name of the unit on that day"),
    review_units,
)
provide_kind(
    "unit_before",
    read_unit_before,
    Text(vi="mã hoặc tên đầy đủ của đơn vị vào ngày trước đó", en="code or full name of the unit on the day before"),
)
