"""The rows of the room: identities, dated facts about them, reorganisations, and what is derived from them."""

from noivu.units.models.acts import ReorganisationAct
from noivu.units.models.derived import UnitClosure, UnitRevision
from noivu.units.models.facts import UnitCode, UnitFact, UnitKind, UnitLine, UnitMeasure, UnitName
from noivu.units.models.identity import Unit
from noivu.units.models.lineage import Reorganisation, Succession

__all__ = [
    "Reorganisation",
    "ReorganisationAct",
    "Succession",
    "Unit",
    "UnitClosure",
    "UnitCode",
    "UnitFact",
    "UnitKind",
    "UnitLine",
    "UnitMeasure",
    "UnitName",
    "UnitRevision",
]
