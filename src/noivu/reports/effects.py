"""What a reorganisation means for reports: a running draft stays with its unit, and the successor takes it up."""

from collections import Counter
from datetime import date

from django.db.models import Count

from noivu.core.periods import Period
from noivu.core.wording import Text
from noivu.reports.models import Report
from noivu.reports.regimes import regime
from noivu.units.api import Effect, Moves, Outcome, ReorganisationAct, Waiting, declare_effects

_TAKEN_UP = Text(
    vi="Dự thảo ở lại đơn vị cũ; đơn vị kế thừa lập báo cáo của kỳ từ dự thảo này.",
    en="The draft stays with the former unit; the successor drafts the report of the period from it.",
)


def count(on: date) -> dict[int, int]:
    """Drafts of periods that had not ended before a day, by unit. One statement."""
    numbers: Counter[int] = Counter()
    drafts = Report.objects.order_by().values_list("unit_id", "regime", "period").annotate(Count("pk"))
    for unit_id, code, period, number in drafts:
        if Period.parse(period).last_day(regime(code).window) >= on:
            numbers[unit_id] += number
    return dict(numbers)


def foresee(moves: Moves) -> Outcome:
    """None moves; all of units that end are for their successors to take up."""
    running = count(moves.on)
    ended = sorted(moves.ended.intersection(running))
    return Outcome(waiting=tuple(Waiting(unit, running[unit], _TAKEN_UP) for unit in ended))


def held(units: frozenset[int], act: ReorganisationAct) -> int:
    """Reports that these units drafted."""
    return Report.objects.filter(unit__in=units).count()


declare_effects(
    Effect(
        code="reports",
        label=Text(vi="Dự thảo báo cáo đang mở", en="Running drafts of reports"),
        relations=frozenset({"reports.Report.unit"}),
        count=count,
        held=held,
        foresee=foresee,
    )
)
