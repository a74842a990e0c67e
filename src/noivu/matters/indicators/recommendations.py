"""Voters' recommendations of the sessions under report."""

from noivu.core.indicators import Identity, Indicator, Rate
from noivu.core.wording import Text
from noivu.matters.indicators.parts import (
    ASSIGNED,
    ASSIGNER_UNIT,
    DONE_MONTH,
    FIELD,
    ORIGIN,
    RESULT,
    SESSION,
    backlog,
    counted,
    in_time_or_late,
    part,
)
from noivu.work.api import conditions

RECOMMENDATIONS = Text(vi="kiến nghị", en="recommendation||recommendations")
_SUBJECT = Text(vi="Kiến nghị", en="Recommendations")
_BREAKDOWNS = (ASSIGNED, ASSIGNER_UNIT, FIELD, ORIGIN, SESSION)
_OF_DONE = (*_BREAKDOWNS, RESULT, DONE_MONTH)
_PARTS = {
    "recommendations.open_in_time": "in_time",
    "recommendations.open_overdue": "overdue",
    "recommendations.open_no_deadline": "no_deadline",
    "recommendations.suspended": "suspended",
    "recommendations.declined": "declined",
}

INDICATORS = [
    Indicator(
        code="recommendations.received",
        label=Text(vi="Kiến nghị cử tri", en="Voters' recommendations"),
        concept=Text(
            vi="Kiến nghị của các kỳ họp đang báo cáo mà đơn vị phải trả lời.",
            en="Recommendations of the sessions under report that the unit must answer.",
        ),
        method=Text(
            vi="Lấy các kỳ họp đang báo cáo vào ngày cuối kỳ; kiến nghị không thuộc kỳ họp nào thì tính theo ngày nhận "
            "trong kỳ.",
            en="Of the sessions under report on the period's last day; without a session, by the day of receipt.",
        ),
        measured_in=RECOMMENDATIONS,
        base="work.recommendations",
        condition=counted,
        breakdowns=_BREAKDOWNS,
    ),
    Indicator(
        code="recommendations.answered",
        label=Text(vi="Kiến nghị đã trả lời", en="Recommendations answered"),
        concept=Text(
            vi="Trong số đó, đã trả lời, dù kết quả giải quyết thế nào.",
            en="Of these, those answered, whatever the answer says of the matter.",
        ),
        method=Text(
            vi="Ngày trả lời không muộn hơn ngày tính.", en="The day of the answer is not after the day of reading."
        ),
        measured_in=RECOMMENDATIONS,
        base="work.recommendations",
        condition=lambda _: conditions.completed(),
        breakdowns=_OF_DONE,
        timeliness="done",
    ),
    *in_time_or_late(
        "recommendations.answered",
        Text(vi="Kiến nghị đã trả lời", en="Recommendations answered"),
        RECOMMENDATIONS,
        "work.recommendations",
        _OF_DONE,
    ),
    *(
        part(code, name, _SUBJECT, RECOMMENDATIONS, "work.recommendations", _BREAKDOWNS)
        for code, name in _PARTS.items()
    ),
    *backlog("recommendations", _SUBJECT, RECOMMENDATIONS, _BREAKDOWNS),
]
RATES = [
    Rate(
        code="recommendations.answered_rate",
        label=Text(vi="Tỷ lệ trả lời kiến nghị", en="Share of recommendations answered"),
        concept=Text(vi="Kiến nghị đã trả lời trên kiến nghị phải trả lời.", en="Answered of those to be answered."),
        method=Text(
            vi="Tính từ hai số, làm tròn một chữ số thập phân khi hiển thị.",
            en="Computed from the two figures; rounded to one decimal for display.",
        ),
        part="recommendations.answered",
        whole="recommendations.received",
    ),
]
IDENTITIES = [
    Identity(
        "recommendations.state",
        Text(
            vi="Tiếp nhận = đã trả lời + còn hạn + quá hạn + không có hạn + tạm dừng + trả lại, từ chối",
            en="Received = answered + in time + overdue + without deadline + suspended + passed back or turned down",
        ),
        whole="recommendations.received",
        parts=("recommendations.answered", *_PARTS),
    ),
    Identity(
        "recommendations.answers",
        Text(vi="Đã trả lời = đúng hạn + quá hạn + không có hạn", en="Answered = on time + late + without deadline"),
        whole="recommendations.answered",
        parts=(
            "recommendations.answered_on_time",
            "recommendations.answered_late",
            "recommendations.answered_no_deadline",
        ),
    ),
]
