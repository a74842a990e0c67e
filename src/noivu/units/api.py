"""units (đơn vị): who exists, when.

A unit is an identity (`Unit`). Its name, code, kind, lines, area and population are dated facts, each with the
instrument that made it so and both time axes; it exists while it has a kind. Administrative units (đơn vị hành chính)
and organisations (cơ quan, tổ chức) stand side by side, joined by three dated lines: `superior` (cấp trên), `territory`
(địa bàn: which administrative unit an organisation serves, or in which an administrative unit lies) and `guidance`
(ngành dọc). Two facts of one kind never hold at once: the database refuses it.

Reading: `tree(on)` gives all units of a day in memory, cached until a fact changes; `find_unit(code_or_name, on)`
one unit; `reach(unit_id, on, line)` the units that a total covers, as SQL; `Tree.rollup` the totals themselves. What
a total covers: an organisation's, its own counts and all below it in the superior line; an administrative unit's, its
subtree and all organisations whose territory (own, or nearest superior's) lies in it; in line `guidance` an
organisation's also takes in all that follow its guidance. `heirs_on` says to which living unit the counts of those
belong that ended by a day, `came_after_on` which units came after each,
`takeovers_on` also what else that one took in; `reach_with_ended` takes what they left in, `ended_by` names them.

A code is a fact: the same code can mean another unit on another date, so whoever takes a code resolves it on the date
at work. Before the first known fact the earliest known one answers, and says so (`exact`, `known_from`).

For reading through time, never for writing: `Lines` (lives and lines of all units), `Succession`, `UnitMeasure`.

Writing: verbs with `actor` (`establish_unit`, `rename_unit`, …). A relation to `Unit` is a `UnitField`, which declares
its fate in a reorganisation: it stays with the old unit, follows the successor, or must be empty; a room carries that
out by an `Effect`, declared in its `effects`.

Law: the calculators `unit-standard`, `unit-arrangement`, `unit-classification`, `council-deputies` (`noivu calculate`)
answer from facts. `standard_of(unit, on)`, and `standards_of(unit_ids, on)` for many with as many queries as for one,
read kind, area and population of the day from the register and answer with a `UnitStandard`: nothing missing is
refused, it stands in `unknown`. `standards_for(kind, on, …)` is the same for a unit that a plan only drafts.
"""

from noivu.law.api import AgainstStandard, Circumstances
from noivu.units.batch import Batch, Event, Written, identity
from noivu.units.cells import unit_in_cell
from noivu.units.changes import Span
from noivu.units.constants import Family, Fate, Level, Line, Share
from noivu.units.derivation import one_refresh
from noivu.units.fields import UnitField
from noivu.units.finding import find_node, find_unit, place, unit_of_log
from noivu.units.heirs import Takeover, came_after_on, ended_by_acts, heirs_on, takeovers_on
from noivu.units.kinds import kinds
from noivu.units.lineage import Label, Step, changes_on, labels, predecessors, successors
from noivu.units.lines import Lines
from noivu.units.models import ReorganisationAct, Succession, Unit, UnitCode, UnitKind, UnitLine, UnitMeasure, UnitName
from noivu.units.naming import name_columns
from noivu.units.queries import (
    ended_by,
    later_facts,
    later_parties,
    measures_on,
    reach,
    reach_with_ended,
    tree,
    tree_before_end,
    tree_since,
)
from noivu.units.reorganising.carrying import CarriedOut, carry_out
from noivu.units.reorganising.changeset import (
    ChangeSet,
    EventTold,
    NewFact,
    Ref,
    Went,
    moves_of,
)
from noivu.units.reorganising.effects import (
    Carried,
    Effect,
    Moves,
    Outcome,
    Waiting,
    declare_effects,
    effects,
)
from noivu.units.reorganising.undoing import acts_built_on, established_by, require_unused, undo_act, withdraw_act
from noivu.units.revision import Revision, one_revision, revision, revision_columns, revision_of
from noivu.units.services import (
    LineTo,
    NewUnit,
    correct_fact,
    end_unit,
    establish_unit,
    measure_unit,
    move_unit,
    reclassify_unit,
    recode_unit,
    rename_unit,
    state_share,
)
from noivu.units.standards import UnitStandard, standard_of, standards_for, standards_of
from noivu.units.tree import Node, Tree, name_key

AREA, POPULATION = UnitMeasure.AREA, UnitMeasure.POPULATION
STAYS, FOLLOWS, MUST_BE_EMPTY = Fate.STAYS, Fate.FOLLOWS, Fate.MUST_BE_EMPTY

__all__ = [
    "AREA",
    "FOLLOWS",
    "MUST_BE_EMPTY",
    "POPULATION",
    "STAYS",
    "AgainstStandard",
    "Batch",
    "Carried",
    "CarriedOut",
    "ChangeSet",
    "Circumstances",
    "Effect",
    "Event",
    "EventTold",
    "Family",
    "Fate",
    "Label",
    "Level",
    "Line",
    "LineTo",
    "Lines",
    "Moves",
    "NewFact",
    "NewUnit",
    "Node",
    "Outcome",
    "Ref",
    "ReorganisationAct",
    "Revision",
    "Share",
    "Span",
    "Step",
    "Succession",
    "Takeover",
    "Tree",
    "Unit",
    "UnitCode",
    "UnitField",
    "UnitKind",
    "UnitLine",
    "UnitMeasure",
    "UnitName",
    "UnitStandard",
    "Waiting",
    "Went",
    "Written",
    "acts_built_on",
    "came_after_on",
    "carry_out",
    "changes_on",
    "correct_fact",
    "declare_effects",
    "effects",
    "end_unit",
    "ended_by",
    "ended_by_acts",
    "establish_unit",
    "established_by",
    "find_node",
    "find_unit",
    "heirs_on",
    "identity",
    "kinds",
    "labels",
    "later_facts",
    "later_parties",
    "measure_unit",
    "measures_on",
    "move_unit",
    "moves_of",
    "name_columns",
    "name_key",
    "one_refresh",
    "one_revision",
    "place",
    "predecessors",
    "reach",
    "reach_with_ended",
    "reclassify_unit",
    "recode_unit",
    "rename_unit",
    "require_unused",
    "revision",
    "revision_columns",
    "revision_of",
    "standard_of",
    "standards_for",
    "standards_of",
    "state_share",
    "successors",
    "takeovers_on",
    "tree",
    "tree_before_end",
    "tree_since",
    "undo_act",
    "unit_in_cell",
    "unit_of_log",
    "withdraw_act",
]
