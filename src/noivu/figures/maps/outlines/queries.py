"""Which outlines a map may be drawn with."""

from dataclasses import dataclass
from datetime import date

from noivu.figures.maps.outlines.shapes import Shapes
from noivu.figures.models import OutlineSet
from noivu.units.api import Tree, tree


@dataclass(frozen=True)
class Outlines:
    """The outlines of a day: since when they hold, where they come from, and, where they are drawn, their shapes."""

    starts_on: date
    source: str
    shapes: Shapes | None = None


def outlines_on(day: date, units: Tree, *, drawn: bool) -> Outlines | None:
    """The outlines that fit the provinces of a day: those since the latest day, if its provinces were the same ones.
    One query; without `drawn` the shapes stay where they are."""
    columns = ("starts_on", "source", *(("shapes",) if drawn else ()))
    row = OutlineSet.objects.current().known_on(day).values_list(*columns).first()
    if row is None or _provinces(tree(row[0])) != _provinces(units):
        return None
    return Outlines(row[0], row[1], Shapes.from_json(row[2]) if drawn else None)


def all_outlines() -> list[OutlineSet]:
    """Everything that was supplied and not withdrawn, the latest first."""
    return list(OutlineSet.objects.current().order_by("-starts_on").defer("shapes"))


def _provinces(units: Tree) -> set[str]:
    return {node.code for node in units.roots if node.is_administrative}
