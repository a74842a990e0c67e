"""Working days between two days, and the working day so many days on: the calendar asked by name."""

from datetime import date

from noivu.core.dates import format_day
from noivu.core.wording import Text
from noivu.law.calculators.base import (
    BOOLEAN,
    DATE,
    INTEGER,
    Calculator,
    Explained,
    ExplainedStep,
    Fact,
    Facts,
    ParametersOn,
)
from noivu.law.calculators.registry import declare_calculator
from noivu.law.deadlines import deadline
from noivu.law.installation import working_calendar
from noivu.law.public_holidays import weekly_rest


def _difference(facts: Facts, parameters: ParametersOn, on: date) -> Explained:
    calendar = working_calendar()
    start, end = facts["from"], facts["to"]
    first, last = min(start, end), max(start, end)
    all_days = (last - first).days
    worked = abs(calendar.between(start, end))
    # Counted backwards, the days up to and including the first one hold it already.
    first_too = bool(facts["count_start"]) and start <= end and calendar.works(start)
    sign = 1 if start <= end else -1
    result = sign * worked + first_too
    steps = [
        ExplainedStep(
            Text(
                vi=f"Số ngày sau {format_day(first)} đến hết {format_day(last)}",
                en=f"Days after {format_day(first)} up to and including {format_day(last)}",
            ),
            sign * all_days,
        ),
        ExplainedStep(
            Text(vi="Trừ ngày nghỉ hằng tuần, ngày lễ, ngày hoán đổi", en="Less days of rest, holidays, swapped days"),
            sign * (all_days - worked),
            weekly_rest().instrument,
        ),
    ]
    if first_too:
        day = format_day(start)
        steps.append(ExplainedStep(Text(vi=f"Cộng ngày đầu, {day}", en=f"And the first day, {day}"), 1))
    steps.append(ExplainedStep(Text(vi="Số ngày làm việc", en="Working days"), result))
    if doubt := calendar.doubt(first, last):
        steps.append(ExplainedStep(doubt, None))
    return Explained(result, tuple(steps))


def _nth(facts: Facts, parameters: ParametersOn, on: date) -> Explained:
    answer = deadline(facts["from"], working_days=facts["working_days"], count_start=facts["count_start"])
    steps = [ExplainedStep(step.reason, step.date.isoformat(), step.instrument) for step in answer.steps]
    if answer.doubt:
        steps.append(ExplainedStep(answer.doubt, None))
    return Explained(answer.due_on.isoformat(), tuple(steps))


_FROM = Fact("from", Text(vi="từ ngày", en="from"), DATE, example="2024-10-31")
_COUNT_START = Fact(
    "count_start", Text(vi="tính cả ngày đầu", en="count the first day"), BOOLEAN, required=False, default=False
)

declare_calculator(
    Calculator(
        name="working-days",
        label=Text(vi="số ngày làm việc giữa hai ngày", en="working days between two days"),
        facts=(_FROM, Fact("to", Text(vi="đến ngày", en="to"), DATE, example="2024-11-30"), _COUNT_START),
        compute=_difference,
    ),
    Calculator(
        name="working-day-after",
        label=Text(vi="ngày làm việc thứ n", en="the n-th working day"),
        facts=(
            _FROM,
            Fact("working_days", Text(vi="số ngày làm việc", en="working days"), INTEGER, example="10"),
            _COUNT_START,
        ),
        compute=_nth,
    ),
)
