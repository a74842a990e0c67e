"""The parts into which obligations of every kind fall, and their backlog, as indicators."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Q

from noivu.core.indicators import Breakdown, Indicator, Reading
from noivu.core.wording import Text
from noivu.matters.indicators.bases import carried_in_on, open_at_end_on
from noivu.work.api import conditions

ASSIGNED = Breakdown("assigned_unit", Text(vi="Đơn vị xử lý", en="Assigned unit"), "obligation__assigned_unit_id")
FIELD = Breakdown("field", Text(vi="Lĩnh vực", en="Field"), "obligation__field", kind="text")
ASSIGNER = Breakdown("assigner", Text(vi="Người giao", en="Assigner"), "obligation__assigner", kind="text")
ASSIGNER_UNIT = Breakdown("assigner_unit", Text(vi="Đơn vị giao", en="Assigned by"), "obligation__assigner_unit_id")
ORIGIN = Breakdown("origin", Text(vi="Nơi chuyển", en="Origin"), "obligation__origin", kind="text")
SESSION = Breakdown("session", Text(vi="Kỳ họp", en="Session"), "obligation__session__name", kind="text")
RESULT = Breakdown("result", Text(vi="Kết quả", en="Result"), "obligation__result", kind="text")
MONTH = Breakdown("month", Text(vi="Tháng phát sinh", en="Month it arose"), "arises_on", kind="month")
"""Of the day by which figures of a period count: so the months of a whole are the sums of those of its parts."""
DONE_MONTH = Breakdown(
    "done_month", Text(vi="Tháng hoàn thành", en="Month of completion"), "completed_on", kind="month"
)
Condition = Callable[[Reading], Q]

# The parts into which every kind falls on any day: code, wording, condition, how it is told apart.
PARTS: dict[str, tuple[Text, Condition, Text]] = {
    "in_time": (
        Text(vi="chưa đến hạn", en="not due yet"),
        lambda reading: conditions.in_time(reading.as_of),
        Text(
            vi="Chưa xong, hạn vào ngày tính hoặc sau đó; gồm cả việc sắp đến hạn.",
            en="Not done, due on the day of reading or later; nearly due ones included.",
        ),
    ),
    "overdue": (
        Text(vi="quá hạn", en="overdue"),
        lambda reading: conditions.overdue(reading.as_of),
        Text(vi="Chưa xong, hạn trước ngày tính.", en="Not done, due before the day of reading."),
    ),
    "no_deadline": (
        Text(vi="không có hạn", en="without deadline"),
        lambda _: conditions.no_deadline(),
        Text(vi="Chưa xong và không ghi hạn.", en="Not done, and no due date was set."),
    ),
    "suspended": (
        Text(vi="tạm dừng", en="suspended"),
        lambda _: conditions.suspended(),
        Text(vi="Đang tạm dừng vào ngày tính.", en="Suspended on the day of reading."),
    ),
    "awaiting_confirmation": (
        Text(vi="chờ xác nhận", en="waiting for confirmation"),
        lambda _: conditions.awaiting(),
        Text(
            vi="Đã báo cáo hoàn thành, người giao chưa xác nhận; chưa tính là hoàn thành.",
            en="Reported as completed, not yet confirmed by the assigner; not counted as completed.",
        ),
    ),
    "declined": (
        Text(vi="trả lại, từ chối", en="passed back or turned down"),
        lambda _: conditions.declined(),
        Text(vi="Đã trả lại nơi chuyển hoặc từ chối, có lý do.", en="Passed back or turned down, with the reason."),
    ),
}


_SHAPES = {"in_time": "time", "overdue": "late", "suspended": "stopped", "awaiting_confirmation": "near"}
"""The shape of each part where an identity is drawn."""


def part(
    code: str, name: str, subject: Text, measured_in: Text, base: str, breakdowns: tuple[Breakdown, ...]
) -> Indicator:
    """One of the parts, for one kind of obligation."""
    words, condition, method = PARTS[name]
    label = Text(vi=f"{subject.vi} {words.vi}", en=f"{subject.en} {words.en}")
    return Indicator(
        code=code,
        label=label,
        concept=label,
        method=method,
        measured_in=measured_in,
        base=base,
        condition=condition,
        breakdowns=breakdowns,
        timeliness=_SHAPES.get(name, "none"),
    )


DONE_WAYS: dict[str, tuple[Text, Condition, Text]] = {
    "on_time": (
        Text(vi="đúng hạn", en="on time"),
        lambda _: conditions.completed_on_time(),
        Text(vi="Xong không muộn hơn hạn có hiệu lực khi đó.", en="Done no later than the due date then in force."),
    ),
    "late": (
        Text(vi="quá hạn", en="late"),
        lambda _: conditions.completed_late(),
        Text(vi="Xong sau hạn có hiệu lực khi đó.", en="Done after the due date then in force."),
    ),
    "no_deadline": (
        Text(vi="không có hạn", en="without deadline"),
        lambda _: conditions.completed_without_deadline(),
        Text(vi="Xong, và không ghi hạn.", en="Done, and no due date was set."),
    ),
}
"""The parts into which what is done falls."""


def in_time_or_late(
    code: str,
    done: Text,
    measured_in: Text,
    base: str,
    breakdowns: tuple[Breakdown, ...],
    ways: Iterable[str] = DONE_WAYS,
) -> Iterator[Indicator]:
    """What is done, by whether it was in time."""
    for name in ways:
        words, condition, method = DONE_WAYS[name]
        label = Text(vi=f"{done.vi} {words.vi}", en=f"{done.en} {words.en}")
        yield Indicator(
            code=f"{code}_{name}",
            label=label,
            concept=label,
            method=method,
            measured_in=measured_in,
            base=base,
            condition=condition,
            breakdowns=breakdowns,
            timeliness="done",
        )


def by_month(indicators: Iterable[Indicator]) -> list[Indicator]:
    """Every figure of what is owed is parted by month; one that has a day of its own says which."""
    return [
        one
        if any(way.code == MONTH.code for way in one.breakdowns)
        else replace(one, breakdowns=(*one.breakdowns, MONTH))
        for one in indicators
    ]


def counted(_: Reading) -> Q:
    """Owed or done: cancelled ones are left out."""
    return conditions.counted()


def began_by(day_of: Callable[[Reading], date]) -> Condition:
    """Of the stretches of a backlog, which all reach beyond its first day: those that hold on that day."""
    return lambda reading: Q(valid_from__lte=day_of(reading))


def lasting_after(day_of: Callable[[Reading], date]) -> Condition:
    """Of the stretches of a backlog, which all began by its last day: those that hold on that day."""
    return lambda reading: Q(valid_to__gt=day_of(reading))


def backlog(
    kind: str, subject: Text, measured_in: Text, breakdowns: tuple[Breakdown, ...], room: str = "work"
) -> list[Indicator]:
    """What was carried in, and what is open at the end: never hidden."""
    return [
        Indicator(
            code=f"{kind}.carried_in",
            label=Text(vi=f"{subject.vi} kỳ trước chuyển sang", en=f"{subject.en} carried in"),
            concept=Text(
                vi="Phát sinh trước kỳ và chưa xong khi kỳ bắt đầu.",
                en="Arose before the period and not done when it began.",
            ),
            method=Text(
                vi="Đếm việc chưa xong (kể cả tạm dừng, chờ xác nhận) cuối ngày trước ngày đầu kỳ.",
                en="Those not done (suspended and waiting ones included) at the end of the day before the period.",
            ),
            measured_in=measured_in,
            base=f"{room}.{kind}.backlog",
            condition=began_by(carried_in_on),
            breakdowns=breakdowns,
            is_stock=True,
        ),
        Indicator(
            code=f"{kind}.open_at_end",
            label=Text(vi=f"{subject.vi} còn lại cuối kỳ", en=f"{subject.en} open at the end"),
            concept=Text(
                vi="Chưa xong vào cuối kỳ, phát sinh trong kỳ hay trước đó.",
                en="Not done at the end of the period, whenever they arose.",
            ),
            method=Text(
                vi="Đếm việc chưa xong (kể cả tạm dừng, chờ xác nhận) cuối ngày cuối kỳ, hoặc ngày tính nếu sớm hơn.",
                en="Those not done (suspended and waiting ones included) at the end of the last day, or of the "
                "day of reading if earlier.",
            ),
            measured_in=measured_in,
            base=f"{room}.{kind}.backlog",
            condition=lasting_after(open_at_end_on),
            breakdowns=breakdowns,
            is_stock=True,
        ),
    ]
