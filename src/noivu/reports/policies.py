"""Who may draft, write and see reports; how acts on them are worded."""

from noivu.audit.api import declare_action, declare_fields, declare_kind
from noivu.core import access
from noivu.core.access import EVERYONE, HEAD, OFFICER, STEWARD, Verb
from noivu.core.wording import Text

VIEW, WRITE = "reports.view", "reports.write"
DRAFTED, NARRATED = "report.draft", "report.narrate"

access.declare(
    Verb(VIEW, Text(vi="Xem báo cáo", en="See reports"), roles=EVERYONE),
    Verb(WRITE, Text(vi="Soạn báo cáo", en="Write reports"), roles=frozenset({OFFICER, HEAD, STEWARD})),
)
declare_action(DRAFTED, Text(vi="Lập dự thảo báo cáo", en="Draft a report"))
declare_action(NARRATED, Text(vi="Viết lời báo cáo", en="Write a passage of a report"))
declare_fields(
    "reports.report",
    {
        "regime": Text(vi="Chế độ báo cáo", en="Regime"),
        "period": Text(vi="Kỳ", en="Period"),
        "unit": Text(vi="Đơn vị", en="Unit"),
    },
)
declare_fields("reports.narrativetext", {"text": Text(vi="Lời báo cáo", en="Passage")})
declare_kind("reports.report", Text(vi="Báo cáo", en="Report"))
declare_kind("reports.narrativetext", Text(vi="Lời báo cáo", en="Passage of a report"))
