"""matters (các loại việc): the kinds of what is owed above the ledger, and what is counted of them.

Owns
    * The figures of all kinds with their parts, rates and identities, and the backlog beside them; their tiles on the
      operations centre.
    * The kinds above the ledger (`Family`): each has its name, its own fields, its figures, in `intake` its sheet and
      in `office` its register, pages and form, at the cost of a declaration.
    * `LegalText` (văn bản quy phạm pháp luật) and the stages of its way, `LegalStep`: the lead unit owes a text until
      it is submitted, or issued where that is its own authority's.
    * The code that a new one is proposed (`next_code`).

Invariants
    * Each part of a whole is counted once: the identities name all of them.
"""

from noivu.matters.codes import next_code
from noivu.matters.constants import LEGAL_STAGES, LegalStage
from noivu.matters.families import FAMILIES, Family
from noivu.matters.handing import hand_over_address
from noivu.matters.models import LegalStep, LegalText
from noivu.matters.programme import legal_text_for
from noivu.matters.rules import first_due, rules_offered, rules_to_pass_back
from noivu.matters.services import Advance, advance, stages_after, step_back, steps_of

__all__ = [
    "FAMILIES",
    "LEGAL_STAGES",
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
