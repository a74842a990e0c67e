"""The column kind `unit` of import templates: a code, or the exact name, as of the date of the row."""

from typing import Any

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


def review_units(context: ImportContext) -> Finding:
    """Whether the codes of the file fit another day better than the dates of its rows."""
    return cells_of(context).finding()


provide_kind(
    "unit",
    read_unit,
    Text(vi="mã hoặc tên đầy đủ của đơn vị vào ngày đó", en="code or full name of the unit on that day"),
    review_units,
)
