"""The kinds above the ledger: what each is called, where its register is, how it is done and how it may then stand."""

from noivu.core.wording import Text
from noivu.matters.constants import CONCLUSION, DIRECTIVE, INSPECTION, LEGAL_TEXT, QUESTION, REPORT_DUE
from noivu.work.api import Done, ObligationKind, obligation_kinds

_SEARCHED = ("code", "title", "assigner", "authority", "source_symbol", "assigned_to")
_ANSWERED = Text(vi="Đã trả lời", en="Answered")
_DONE = Text(vi="Đã thực hiện", en="Carried out")
# The sources give result classes for voters' recommendations alone: none of these kinds has any, it is done or not. For
# questions and inspection recommendations they give no time limit either.
obligation_kinds.declare_all(
    [
        ObligationKind(
            LEGAL_TEXT,
            Text(vi="Văn bản quy phạm pháp luật", en="Legal text"),
            Text(vi="Xây dựng pháp luật", en="Legal texts"),
            Text(vi="Đã trình, ban hành", en="Submitted or issued"),
            "/legal-texts/",
            done=Done.BY_STAGE,
        ),
        ObligationKind(
            QUESTION,
            Text(vi="Chất vấn của đại biểu", en="Deputy's question"),
            Text(vi="Chất vấn của đại biểu", en="Deputies' questions"),
            _ANSWERED,
            "/questions/",
            searched=_SEARCHED,
            done=Done.BY_ANSWER,
            may_be_declined=True,
        ),
        ObligationKind(
            DIRECTIVE,
            Text(vi="Nội dung chỉ đạo", en="Directive's item"),
            Text(vi="Nội dung chỉ đạo", en="Directives' items"),
            _DONE,
            "/directives/",
            searched=_SEARCHED,
        ),
        ObligationKind(
            INSPECTION,
            Text(vi="Kiến nghị thanh tra, kiểm tra", en="Inspection recommendation"),
            Text(vi="Kiến nghị thanh tra, kiểm tra", en="Inspection recommendations"),
            _DONE,
            "/inspections/",
            searched=_SEARCHED,
            done=Done.BY_ANSWER,
        ),
        ObligationKind(
            CONCLUSION,
            Text(vi="Kết luận hội nghị", en="Conference conclusion"),
            Text(vi="Kết luận hội nghị", en="Conference conclusions"),
            _DONE,
            "/conclusions/",
            searched=_SEARCHED,
        ),
        ObligationKind(
            REPORT_DUE,
            Text(vi="Báo cáo phải gửi", en="Report due"),
            Text(vi="Báo cáo phải gửi", en="Reports due"),
            Text(vi="Đã gửi", en="Sent"),
            "/reports-due/",
            searched=_SEARCHED,
            done=Done.BY_ANSWER,
        ),
    ]
)
