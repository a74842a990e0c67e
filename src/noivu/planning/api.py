"""planning (phương án): what if.

A plan of reorganisation (phương án sắp xếp) is a list of events on one day with their instruments, written as YAML or
drafted on screen: `read_plan` reads it, `simulate` works it out on the tree of its day, says what it would do and what
is wrong with it (`Finding`), `carry_out_plan` does it by `units`, in one transaction, or refuses it. `correct_act` puts
another plan in the place of one that was carried out.
Codes of units to change are those of the day; a new unit is known within the plan by its new code.

A plan that is kept (`PlanDraft`) belongs to the unit that draws it up: `begin_plan`, `change_plan` put its text, of one
version at a time. Its annex is what it says in official words, kept as it was on the day it was carried out.
"""

from noivu.planning.correcting import Corrected, correct_act
from noivu.planning.findings import Finding
from noivu.planning.keeping import begin_plan, change_plan
from noivu.planning.models import PlanDraft
from noivu.planning.plan import Plan, PlannedEvent
from noivu.planning.reading import read_plan
from noivu.planning.services import carry_out_plan
from noivu.planning.simulation import Simulation, simulate

__all__ = [
    "Corrected",
    "Finding",
    "Plan",
    "PlanDraft",
    "PlannedEvent",
    "Simulation",
    "begin_plan",
    "carry_out_plan",
    "change_plan",
    "correct_act",
    "read_plan",
    "simulate",
]
