"""office (văn thư): where documents are taken in, given out and answered, on screen.

Documents stand in `records`, what is owed for them in `work`. It owns what ties the two on the desk: of which document
a task was made (`TaskOrigin`), and what triage said of a document that asks for nothing (`TriageMark`). It owns the
pages of the register of incoming documents with the reply that is owed for each, the forms of registering, and the acts
on obligations of every kind (`ACTS`, `acts_for`: one page for each act, for replies, tasks and recommendations alike).

Invariant: the rows of a part of the register are those that its figure counts; both come from one declaration.
"""

from noivu.office.acts import ACTS, Act, ShownAct, acts_for

__all__ = ["ACTS", "Act", "ShownAct", "acts_for"]
