"""The kinds above the ledger: what each is called, where its register is, how it is done and how it may then stand."""

from noivu.core.wording import Text
from noivu.matters.constants import CONCLUSION, DIRECTIVE, INSPECTION, LEGAL_TEXT, QUESTION, REPORT_DUE
from noivu.work.api import Done, ObligationKind, obligation_kinds

_SEARCHED = ("code", "title", "assigner", "authority", "source_symbol", "assigned_to")
_ANSWERED = Text(vi="Đã trả lời", en="Answered")
_DONE = Text(vi="Đã thực hiện", en="Carried out")
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
        # The sources give no time limit, and no result classes, for questions and inspection recommendations.
        ObligationKind(
            QUESTION,
            Text(vi="Chất vấn của đại biểu", en="Deputy's question"),
            Text(vi="Chất vấn của đại biểu", en="Deputies' questions"),
            _ANSWERED,
            "/questions/",
            searched=_SEARCHED,
            done=Done.BY_ANSWER,
            results=(
                ("in_writing", Text(vi="Trả lời bằng văn bản", en="Answered in writing")),
                ("at_session", Text(vi="Trả lời tại phiên họp", en="Answered at the session")),
            ),
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
            results=(
                ("carried_out", Text(vi="Đã thực hiện theo kiến nghị", en="Carried out as recommended")),
                ("otherwise", Text(vi="Đã xử lý bằng cách khác", en="Settled in another way")),
                ("no_object", Text(vi="Không còn đối tượng thực hiện", en="Its object is gone")),
            ),
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
