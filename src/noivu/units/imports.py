"""How a cell of a sheet names a unit: by code or exact name, as of the day of its row."""

from datetime import date

from noivu.core import clock
from noivu.core.wording import Text
from noivu.sheets.api import ImportContext, Reading, provide_kind
from noivu.units.finding import find_node
from noivu.units.models import Unit
from noivu.units.queries import tree
from noivu.units.tree import Node, Tree


def read_unit(cell: object, reading: Reading) -> Unit:
    """The unit a cell names on the row's day (today where no date is named); a Refusal says what became of it."""
    on = reading.on or clock.today()
    cache = reading.context.cache
    key = ("unit", str(cell), on)
    if key not in cache:
        cache[key] = _unit(find_node(str(cell), _tree(on, reading.context)), reading.context)
    unit: Unit = cache[key]
    return unit


def _tree(on: date, context: ImportContext) -> Tree:
    """A file names few days often: each tree is asked for once an import."""
    key = ("units.tree", on)
    if key not in context.cache:
        context.cache[key] = tree(on)
    known: Tree = context.cache[key]
    return known


def _unit(node: Node, context: ImportContext) -> Unit:
    key = ("units.unit", node.id)
    if key not in context.cache:
        context.cache[key] = Unit.objects.get(pk=node.id)
    unit: Unit = context.cache[key]
    return unit


provide_kind("unit", read_unit, Text(vi="mã hoặc tên đầy đủ của đơn vị", en="code or full name of a unit"))
