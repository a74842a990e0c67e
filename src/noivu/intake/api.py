"""intake (nhập sổ từ bảng): how documents and every kind of obligation come in by sheets.

Owns
    * The import templates `documents-in`, `documents-out`, `tasks`, `recommendations`, `legal-texts`, and one for each
      kind that is entered as tasks are (`ENTERED`).

Words
    A sheet states facts, not verbs: whose, from when, due when, done when. Each becomes an event marked `from_sheet`.
    A blank takes back what an earlier sheet said, never what a person recorded.

Invariants
    * The same sheet again changes nothing, and undoes nothing that a person put right since.
    * A sheet changes as much of what is owed as its bearer may change on screen.
    * Parts and their wholes are judged once, by what stands when all rows are written; a row that would leave a part
      past its whole is kept aside.
"""

from noivu.intake.documents_in import DOCUMENTS_IN
from noivu.intake.documents_out import DOCUMENTS_OUT
from noivu.intake.entered import ENTERED
from noivu.intake.giving import ASSIGNER_UNIT
from noivu.intake.legal_texts import LEGAL_TEXTS
from noivu.intake.recommendations import RECOMMENDATIONS
from noivu.intake.tasks import TASKS

__all__ = [
    "ASSIGNER_UNIT",
    "DOCUMENTS_IN",
    "DOCUMENTS_OUT",
    "ENTERED",
    "LEGAL_TEXTS",
    "RECOMMENDATIONS",
    "TASKS",
]
