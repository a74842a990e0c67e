"""Tasks assigned in a period."""

from noivu.core.indicators import Identity, Indicator, Rate
from noivu.core.wording import Text
from noivu.matters.indicators.parts import (
    ASSIGNED,
    ASSIGNER,
    ASSIGNER_UNIT,
    DONE_MONTH,
    FIELD,
    Condition,
    backlog,
    counted,
    part,
)
from noivu.work.api import conditions

TASKS = Text(vi="nhiệm vụ", en="task||tasks")
_SUBJECT = Text(vi="Nhiệm vụ", en="Tasks")
_BREAKDOWNS = (ASSIGNED, ASSIGNER, ASSIGNER_UNIT, FIELD)
_PARTS = {
    "tasks.open_in_time": "in_time",
    "tasks.open_overdue": "overdue",
    "tasks.open_no_deadline": "no_deadline",
    "tasks.suspended": "suspended",
    "tasks.awaiting_confirmation": "awaiting_confirmation",
}
_DONE = Text(
    vi="Nhiệm vụ phải xác nhận thì ngày hoàn thành là ngày người giao xác nhận.",
    en="Where confirmation is required, the day of completion is the day the assigner confirmed.",
)


def _task(code: str, label: Text, concept: Text, method: Text, condition: Condition) -> Indicator:
    is_done = code.startswith("tasks.completed")
    return Indicator(
        code=code,
        label=label,
        concept=concept,
        method=method,
        measured_in=TASKS,
        base="work.tasks",
        condition=condition,
        breakdowns=(*_BREAKDOWNS, DONE_MONTH) if is_done else _BREAKDOWNS,
        timeliness="done" if is_done else "none",
    )


INDICATORS = [
    _task(
        "tasks.assigned",
        Text(vi="Nhiệm vụ được giao", en="Tasks assigned"),
        Text(vi="Nhiệm vụ giao cho đơn vị chủ trì trong kỳ.", en="Tasks assigned to the lead unit in the period."),
        Text(
            vi="Đếm theo ngày giao trong kỳ; tính cho đơn vị chủ trì; không đếm nhiệm vụ đã hủy.",
            en="Counted by day of assignment within the period, for the lead unit; cancelled ones are left out.",
        ),
        counted,
    ),
    _task(
        "tasks.completed",
        Text(vi="Nhiệm vụ hoàn thành", en="Tasks completed"),
        Text(vi="Trong số nhiệm vụ giao trong kỳ, đã hoàn thành.", en="Of the tasks of the period, those completed."),
        _DONE,
        lambda _: conditions.completed(),
    ),
    _task(
        "tasks.completed_on_time",
        Text(vi="Nhiệm vụ hoàn thành đúng hạn", en="Tasks completed on time"),
        Text(vi="Hoàn thành không muộn hơn hạn.", en="Completed no later than the due date."),
        _DONE,
        lambda _: conditions.completed_on_time(),
    ),
    _task(
        "tasks.completed_late",
        Text(vi="Nhiệm vụ hoàn thành quá hạn", en="Tasks completed late"),
        Text(vi="Hoàn thành sau hạn.", en="Completed after the due date."),
        _DONE,
        lambda _: conditions.completed_late(),
    ),
    _task(
        "tasks.completed_no_deadline",
        Text(vi="Nhiệm vụ hoàn thành, không có hạn", en="Tasks completed, without deadline"),
        Text(vi="Hoàn thành, và không ghi hạn.", en="Completed, and no due date was set."),
        _DONE,
        lambda _: conditions.completed_without_deadline(),
    ),
    _task(
        "tasks.fell_due",
        Text(vi="Nhiệm vụ phải xong đến ngày tính", en="Tasks to be done by the day of reading"),
        Text(
            vi="Đã hoàn thành, hoặc chưa xong mà quá hạn; việc chưa đến hạn không tính.",
            en="Completed, or not done and overdue; those not yet due are left out.",
        ),
        Text(vi="Hoàn thành cộng quá hạn.", en="Completed and overdue together."),
        lambda reading: conditions.completed() | conditions.overdue(reading.as_of),
    ),
    *(part(code, name, _SUBJECT, TASKS, "work.tasks", _BREAKDOWNS) for code, name in _PARTS.items()),
    *backlog("tasks", _SUBJECT, TASKS, _BREAKDOWNS),
]
RATES = [
    Rate(
        code="tasks.completion_rate",
        label=Text(vi="Tỷ lệ hoàn thành nhiệm vụ", en="Completion rate of tasks"),
        concept=Text(
            vi="Nhiệm vụ hoàn thành trên nhiệm vụ được giao trong kỳ.",
            en="Tasks completed of those assigned in the period.",
        ),
        method=Text(
            vi="Tính từ hai số, làm tròn một chữ số thập phân khi hiển thị.",
            en="Computed from the two figures; rounded to one decimal for display.",
        ),
        part="tasks.completed",
        whole="tasks.assigned",
    ),
    Rate(
        code="tasks.fell_due_completion_rate",
        label=Text(vi="Tỷ lệ hoàn thành nhiệm vụ phải xong", en="Completion rate of tasks to be done by then"),
        concept=Text(
            vi="Nhiệm vụ hoàn thành trên nhiệm vụ phải xong đến ngày tính.",
            en="Tasks completed of those to be done by the day of reading.",
        ),
        method=Text(
            vi="Hoàn thành trên tổng hoàn thành và quá hạn; làm tròn một chữ số thập phân khi hiển thị.",
            en="Completed of completed and overdue; rounded to one decimal for display.",
        ),
        part="tasks.completed",
        whole="tasks.fell_due",
    ),
    Rate(
        code="tasks.fell_due_overdue_rate",
        label=Text(vi="Tỷ lệ nhiệm vụ quá hạn", en="Overdue share of tasks to be done by then"),
        concept=Text(
            vi="Nhiệm vụ quá hạn chưa xong trên nhiệm vụ phải xong đến ngày tính.",
            en="Tasks overdue and not done of those to be done by the day of reading.",
        ),
        method=Text(
            vi="Quá hạn trên tổng hoàn thành và quá hạn; làm tròn một chữ số thập phân khi hiển thị.",
            en="Overdue of completed and overdue; rounded to one decimal for display.",
        ),
        part="tasks.open_overdue",
        whole="tasks.fell_due",
    ),
]
IDENTITIES = [
    Identity(
        "tasks.fell_due",
        Text(vi="Phải xong = hoàn thành + quá hạn", en="To be done by then = completed + overdue"),
        whole="tasks.fell_due",
        parts=("tasks.completed", "tasks.open_overdue"),
    ),
    Identity(
        "tasks.state",
        Text(
            vi="Được giao = hoàn thành + còn hạn + quá hạn + không có hạn + tạm dừng + chờ xác nhận",
            en="Assigned = completed + in time + overdue + without deadline + suspended + waiting for confirmation",
        ),
        whole="tasks.assigned",
        parts=("tasks.completed", *_PARTS),
    ),
    Identity(
        "tasks.completion",
        Text(vi="Hoàn thành = đúng hạn + quá hạn + không có hạn", en="Completed = on time + late + without deadline"),
        whole="tasks.completed",
        parts=("tasks.completed_on_time", "tasks.completed_late", "tasks.completed_no_deadline"),
    ),
]
