"""office (phòng làm việc): what is owed, on screen, and the acts on it.

What is owed stands in `work`. It owns what ties a document of a register to what became of it: of which document a task
was made (`TaskOrigin`), and what triage said of one that asks for nothing (`TriageMark`). It owns the pages of tasks,
recommendations and the other kinds, *My day*, the load of units, and the acts on obligations of every kind (`ACTS`,
`acts_for`: one page for each act). The pages of documents stand above, in `desk`.
"""

from noivu.office.act import Act, ShownAct
from noivu.office.acts import ACTS, UNDO, acts_for
from noivu.office.forms.acts import AssignForm, ReasonForm, with_today
from noivu.office.forms.officers import OfficerField
from noivu.office.models import OUTCOMES, Outcome, TaskOrigin, TriageMark
from noivu.office.queries.officers import as_it_stands, named, written
from noivu.office.queries.process import Step, WhyDue, events_of, node_named, steps_of, unit_name, why_due
from noivu.office.queries.sources import tasks_of
from noivu.office.services import mark_triaged, owe_reply, turn_into_tasks, unmark_triaged

__all__ = [
    "ACTS",
    "OUTCOMES",
    "UNDO",
    "Act",
    "AssignForm",
    "OfficerField",
    "Outcome",
    "ReasonForm",
    "ShownAct",
    "Step",
    "TaskOrigin",
    "TriageMark",
    "WhyDue",
    "acts_for",
    "as_it_stands",
    "events_of",
    "mark_triaged",
    "named",
    "node_named",
    "owe_reply",
    "steps_of",
    "tasks_of",
    "turn_into_tasks",
    "unit_name",
    "unmark_triaged",
    "why_due",
    "with_today",
    "written",
]
