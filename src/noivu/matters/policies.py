"""How the audit log words what happens to legal texts; rights are those of the ledger."""

from noivu.audit.api import declare_action, declare_fields, words_from
from noivu.core.wording import Text
from noivu.matters.constants import LEGAL_STAGES

declare_action("legal_text.advance", Text(vi="Chuyển bước xây dựng văn bản", en="Legal text came to a stage"))
declare_action("legal_text.describe", Text(vi="Ghi thông tin văn bản pháp luật", en="Facts of a legal text recorded"))
declare_action("legal_text.step_back", Text(vi="Thu hồi bước ghi nhầm", en="Mistaken stage taken back"))
declare_fields(
    "work.obligation",
    {
        "legal_stage": Text(vi="Bước", en="Stage"),
        "to": Text(vi="Nơi trình", en="Submitted to"),
        "symbol": Text(vi="Số, ký hiệu", en="Symbol"),
        "until": Text(vi="Hạn góp ý", en="Opinions due"),
        "type": Text(vi="Loại", en="Type"),
        "authority": Text(vi="Cơ quan", en="Authority"),
        "submitted_to": Text(vi="Nơi trình", en="Submitted to"),
        "subject": Text(vi="Chủ đề", en="Subject"),
        "registered_on": Text(vi="Ngày vào chương trình", en="Registered on"),
        "submitted_on": Text(vi="Ngày trình", en="Submitted on"),
        "issued_on": Text(vi="Ngày ban hành", en="Issued on"),
        "due_rule": Text(vi="Hạn theo quy định", en="Due by a rule"),
        "passed_back_on": Text(vi="Ngày trả lại nơi chuyển", en="Passed back on"),
        "turned_down_on": Text(vi="Ngày từ chối giải quyết", en="Turned down on"),
        "decline_reason": Text(vi="Lý do trả lại, từ chối", en="Why passed back or turned down"),
    },
    {"legal_stage": words_from(LEGAL_STAGES)},
)
