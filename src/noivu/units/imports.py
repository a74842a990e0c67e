"""The column kind `unit` of import templates: a code, or the exact name, as of the date of the row."""

from datetime import date
from typing import Any

from noivu.core import clock
from noivu.core.wording import Text
from noivu.sheets.api import Reading, provide_kind
from noivu.units.finding import find_node
from noivu.units.models import Unit
from noivu.units.queries import tree
from noivu.units.tree import Tree


def read_unit(cell: Any, reading: Reading) -> Unit:
    """The unit that a cell means on the date of its row (without one: today).

    What a name or code meant on a date is asked once in a batch. The unit comes without its `uid`, which costs a query
    only where somebody asks for it.
    """
    on = reading.on or clock.today()
    typed = str(cell).strip()
    kept = reading.context.cache.setdefault("units", {})
    found = kept.get((typed, on))
    if found is None:
        node = find_node(typed, _tree(on, reading))
        found = Unit.from_db("default", ["id", "family"], [node.id, node.family])
        kept[typed, on] = found
    unit: Unit = found
    return unit


def _tree(on: date, reading: Reading) -> Tree:
    trees: dict[date, Tree] = reading.context.cache.setdefault("trees", {})
    if on not in trees:
        trees[on] = tree(on)
    return trees[on]


provide_kind(
    "unit",
    read_unit,
    Text(vi="mã hoặc tên đầy đủ của đơn vị vào ngày đó", en="code or full name of the unit on that day"),
)
