"""What can be done to units, each a verb with an actor."""

from noivu.units.services.facts import (
    correct_fact,
    measure_unit,
    move_unit,
    reclassify_unit,
    recode_unit,
    rename_unit,
)
from noivu.units.services.lineage import state_share
from noivu.units.services.lives import LineTo, NewUnit, end_unit, establish_unit

__all__ = [
    "LineTo",
    "NewUnit",
    "correct_fact",
    "end_unit",
    "establish_unit",
    "measure_unit",
    "move_unit",
    "reclassify_unit",
    "recode_unit",
    "rename_unit",
    "state_share",
]
