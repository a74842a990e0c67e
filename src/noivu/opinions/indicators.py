"""The figures of opinions: asked in a period, and how each stands on the day of reading."""

from django.db.models import Q

from noivu.core.indicators import BaseSet, Breakdown, Identity, Indicator, Rate, Reading, RecordLine, Rows, Source
from noivu.core.wording import Text
from noivu.figures.api import declare
from noivu.matters.constants import LEGAL_TEXT
from noivu.opinions.constants import ANSWERS, Standing
from noivu.opinions.models import OpinionRequest, standing_as
from noivu.work.api import obligation_address

_NOUN = Text(vi="ý kiến", en="opinion||opinions")
_BASE = "opinions.asked"


def asked(reading: Reading) -> Rows:
    """Requests sent in the period by the day of reading, without those about a text entered by mistake."""
    rows = OpinionRequest.objects.known_at(reading.known_at).sent_in(reading.range, by=reading.as_of)
    standing = Q(obligation__removed_at__isnull=True)
    if reading.known_at is not None:
        standing |= Q(obligation__removed_at__gt=reading.known_at)
    return rows.filter(standing)


def describe(request: OpinionRequest) -> RecordLine:
    text = request.obligation
    label = f"{text.code} · {text.title} · {request.agency}"
    return RecordLine(request.pk, request.asking_unit_id, label, obligation_address(LEGAL_TEXT, text.pk, None))


_BREAKDOWNS = (
    Breakdown("agency", Text(vi="Cơ quan được hỏi", en="Agency asked"), "agency", kind="text"),
    Breakdown("asked_unit", Text(vi="Đơn vị được hỏi", en="Unit asked"), "unit_id"),
    Breakdown("type", Text(vi="Loại văn bản", en="Type of text"), "obligation__legal_text__type", kind="text"),
    Breakdown(
        "authority", Text(vi="Cơ quan ban hành", en="Authority"), "obligation__legal_text__authority", kind="text"
    ),
    Breakdown("month", Text(vi="Tháng gửi", en="Month sent"), "sent_on", kind="month"),
)
_ANSWER = Breakdown(
    "answer",
    Text(vi="Ý kiến", en="Opinion"),
    "answer",
    kind="word",
    words=tuple((a.value, t) for a, t in ANSWERS.items()),
)
_PARTS: dict[str, tuple[Standing, Text, Text, str]] = {
    "opinions.answered_in_time": (
        Standing.IN_TIME,
        Text(vi="Ý kiến trả lời đúng hạn", en="Opinions given in time"),
        Text(vi="Trả lời không muộn hơn hạn.", en="Given no later than the due date."),
        "done",
    ),
    "opinions.answered_late": (
        Standing.LATE,
        Text(vi="Ý kiến trả lời quá hạn", en="Opinions given late"),
        Text(vi="Trả lời sau hạn, kể cả sau khi đã coi là đồng ý.", en="Given after the due date, or after silence."),
        "done-late",
    ),
    "opinions.silent": (
        Standing.SILENT,
        Text(vi="Im lặng, coi là đồng ý", en="Silent, taken to agree"),
        Text(
            vi="Chưa trả lời, hạn trước ngày tính, quy định coi im lặng là đồng ý.",
            en="Not given, due before the day of reading, by a rule that takes silence as consent.",
        ),
        "none",
    ),
    "opinions.waiting": (
        Standing.WAITING,
        Text(vi="Ý kiến còn trong hạn", en="Opinions within time"),
        Text(vi="Chưa trả lời, hạn vào ngày tính hoặc sau đó.", en="Not given, due on the day of reading or later."),
        "time",
    ),
    "opinions.overdue": (
        Standing.OVERDUE,
        Text(vi="Ý kiến quá hạn", en="Opinions overdue"),
        Text(vi="Chưa trả lời, hạn trước ngày tính.", en="Not given, due before the day of reading."),
        "late",
    ),
}


def _part(code: str, standing: Standing, label: Text, concept: Text, shape: str) -> Indicator:
    answered = standing in {Standing.IN_TIME, Standing.LATE}
    return Indicator(
        code=code,
        label=label,
        concept=concept,
        method=Text(
            vi="Trong số ý kiến được hỏi trong kỳ, theo tình hình cuối ngày tính; tính cho đơn vị hỏi.",
            en="Of those asked in the period, as they stand at the end of the day of reading; for the unit that asked.",
        ),
        measured_in=_NOUN,
        base=_BASE,
        condition=lambda reading: standing_as(standing, reading.as_of),
        breakdowns=(*_BREAKDOWNS, _ANSWER) if answered else _BREAKDOWNS,
        timeliness=shape,
    )


declare(
    sources=[
        Source("opinions", Text(vi="Sổ lấy ý kiến", en="Register of opinions"), OpinionRequest, unit="asking_unit_id")
    ],
    bases=[
        BaseSet(
            _BASE,
            Text(vi="Ý kiến được hỏi trong kỳ", en="Opinions asked in the period"),
            asked,
            describe,
            source="opinions",
            unit="asking_unit_id",
            related=("obligation",),
        )
    ],
    indicators=[
        Indicator(
            code=_BASE,
            label=Text(vi="Ý kiến được hỏi", en="Opinions asked"),
            concept=Text(
                vi="Số lượt cơ quan được hỏi ý kiến về văn bản quy phạm pháp luật.",
                en="How many times an agency was asked for its opinion on a legal text.",
            ),
            method=Text(
                vi="Đếm theo ngày gửi trong kỳ, mỗi cơ quan, mỗi lần hỏi là một; tính cho đơn vị hỏi.",
                en="Counted by day of sending within the period, each agency and round once; for the unit that asked.",
            ),
            measured_in=_NOUN,
            base=_BASE,
            breakdowns=_BREAKDOWNS,
        ),
        *(_part(code, *said) for code, said in _PARTS.items()),
    ],
    rates=[
        Rate(
            code="opinions.in_time_rate",
            label=Text(vi="Tỷ lệ trả lời ý kiến đúng hạn", en="Share of opinions given in time"),
            concept=Text(
                vi="Ý kiến trả lời đúng hạn trên ý kiến được hỏi trong kỳ.",
                en="Opinions given in time of those asked in the period.",
            ),
            method=Text(
                vi="Tính từ hai số, làm tròn một chữ số thập phân khi hiển thị.",
                en="Computed from the two figures; rounded to one decimal for display.",
            ),
            part="opinions.answered_in_time",
            whole=_BASE,
        )
    ],
    identities=[
        Identity(
            "opinions.standing",
            Text(
                vi="Được hỏi = đúng hạn + quá hạn + im lặng + còn trong hạn + quá hạn chưa trả lời",
                en="Asked = in time + late + silent + within time + overdue",
            ),
            whole=_BASE,
            parts=tuple(_PARTS),
        )
    ],
)
