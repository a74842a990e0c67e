"""The words of the kinds above the ledger: their codes, and the stages of a legal text."""

from enum import StrEnum

from noivu.core.wording import Text

LEGAL_TEXT = "legal_text"
QUESTION = "question"
DIRECTIVE = "directive_item"
INSPECTION = "inspection"
CONCLUSION = "conclusion"
REPORT_DUE = "report_due"


class LegalStage(StrEnum):
    """How far a legal text has come (bước xây dựng văn bản quy phạm pháp luật)."""

    PROPOSED = "proposed"
    IN_PROGRAMME = "in_programme"
    DRAFTING = "drafting"
    CONSULTATION = "consultation"
    SYNTHESIS = "synthesis"
    APPRAISAL = "appraisal"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    POSTPONED = "postponed"
    ISSUED = "issued"
    IN_FORCE = "in_force"
    REVIEWED = "reviewed"


LEGAL_STAGES: dict[LegalStage, Text] = {
    LegalStage.PROPOSED: Text(vi="Đề nghị", en="Proposed"),
    LegalStage.IN_PROGRAMME: Text(vi="Trong chương trình", en="In programme"),
    LegalStage.DRAFTING: Text(vi="Soạn thảo", en="Drafting"),
    LegalStage.CONSULTATION: Text(vi="Lấy ý kiến", en="Consultation"),
    LegalStage.SYNTHESIS: Text(vi="Tiếp thu, giải trình", en="Synthesis"),
    LegalStage.APPRAISAL: Text(vi="Thẩm định", en="Appraisal"),
    LegalStage.SUBMITTED: Text(vi="Đã trình", en="Submitted"),
    LegalStage.RETURNED: Text(vi="Trả lại", en="Returned"),
    LegalStage.POSTPONED: Text(vi="Hoãn, lùi", en="Postponed"),
    LegalStage.ISSUED: Text(vi="Đã ban hành", en="Issued"),
    LegalStage.IN_FORCE: Text(vi="Có hiệu lực", en="In force"),
    LegalStage.REVIEWED: Text(vi="Đã rà soát", en="Reviewed"),
}
"""In the order of the way, as boards and lists show them."""
PREPARING = (
    LegalStage.PROPOSED,
    LegalStage.IN_PROGRAMME,
    LegalStage.DRAFTING,
    LegalStage.CONSULTATION,
    LegalStage.SYNTHESIS,
    LegalStage.APPRAISAL,
)
"""Stages in which the lead unit works on it; it may go back to an earlier one."""
_ONWARD = frozenset({*PREPARING, LegalStage.SUBMITTED, LegalStage.POSTPONED})
FOLLOWING: dict[LegalStage | None, frozenset[LegalStage]] = {
    None: frozenset({*PREPARING, LegalStage.SUBMITTED, LegalStage.ISSUED}),
    **dict.fromkeys(PREPARING, _ONWARD | {LegalStage.ISSUED}),
    LegalStage.SUBMITTED: frozenset(
        {LegalStage.SUBMITTED, LegalStage.ISSUED, LegalStage.RETURNED, LegalStage.POSTPONED}
    ),
    LegalStage.RETURNED: _ONWARD,
    LegalStage.POSTPONED: frozenset({*PREPARING, LegalStage.SUBMITTED}),
    LegalStage.ISSUED: frozenset({LegalStage.IN_FORCE}),
    LegalStage.IN_FORCE: frozenset({LegalStage.REVIEWED}),
    LegalStage.REVIEWED: frozenset(),
}
"""What may come after each stage; a text of a unit's own authority is issued without being submitted."""
