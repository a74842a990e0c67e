"""matters (các loại việc): how the kinds of obligations come in by sheets, and what is counted of them.

Owns
    * The import templates `documents-in`, `documents-out`, `tasks`, `recommendations`, `legal-texts`, and one for each
      kind that is entered as tasks are (`ENTERED`).
    * The figures of all kinds with their parts, rates and identities, and the backlog beside them; their tiles on the
      operations centre.
    * The kinds above the ledger (`Family`): each has its name, its own fields, its figures, its sheet and, in `office`,
      its register, pages and form, at the cost of a declaration.
    * `LegalText` (văn bản quy phạm pháp luật) and the stages of its way, `LegalStep`: the lead unit owes a text until
      it is submitted, or issued where that is its own authority's.
    * The code that a new one is proposed (`next_code`).

Words
    A sheet states facts, not verbs: whose, from when, due when, done when. Each becomes an event marked `from_sheet`.
    A blank takes back what an earlier sheet said, never what a person recorded.

Invariants
    * The same sheet again changes nothing, and undoes nothing that a person put right since.
    * A sheet changes as much of an owed reply as its bearer may change on screen.
    * Each part of a whole is counted once: the identities name all of them.
"""

from noivu.matters.codes import next_code
from noivu.matters.constants import LEGAL_STAGES, LegalStage
from noivu.matters.families import FAMILIES, Family
from noivu.matters.handing import hand_over_address
from noivu.matters.imports import DOCUMENTS_IN, DOCUMENTS_OUT, ENTERED, LEGAL_TEXTS, RECOMMENDATIONS, TASKS
from noivu.matters.imports.giving import ASSIGNER_UNIT
from noivu.matters.models import LegalStep, LegalText
from noivu.matters.programme import legal_text_for
from noivu.matters.rules import first_due, rules_offered, rules_to_pass_back
from noivu.matters.services import Advance, advance, stages_after, step_back, steps_of

__all__ = [
    "ASSIGNER_UNIT",
    "DOCUMENTS_IN",
    "DOCUMENTS_OUT",
    "ENTERED",
    "FAMILIES",
    "LEGAL_STAGES",
    "LEGAL_TEXTS",
    "RECOMMENDATIONS",
    "TASKS",
    "Advance",
    "Family",
    "LegalStage",
    "LegalStep",
    "LegalText",
    "advance",
    "first_due",
    "hand_over_address",
    "legal_text_for",
    "next_code",
    "rules_offered",
    "rules_to_pass_back",
    "stages_after",
    "step_back",
    "steps_of",
]
