"""By which rules of law something may be due: those of its kind, in force on the day, and of the place of its unit."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.api import Deadline, rules_counting_from, rules_for
from noivu.units.api import tree
from noivu.work.constants import Happening
from noivu.work.models import Obligation


def rules_offered(actor: Actor, kind: str, starts: Iterable[date]) -> list[tuple[str, Text | str]]:
    """The rules from which an actor chooses for one of a kind, of those in force on any of these days; each with its
    number, its source, and its mark. The rule of a place is for who works there."""
    found: dict[str, Text | str] = {}
    for start in sorted(starts):
        reach = access.units(actor, "work.view")
        for code, counted in rules_counting_from(start, rules_for(kind)):
            if not counted.place or reach & _units_of(counted.place, start):
                found[code] = counted.choice or code
    return list(found.items())


def require_rule_of_place(counted: Deadline, unit_id: int) -> None:
    """Refuse the rule of one place for a unit of another."""
    if not counted.place or unit_id in _units_of(counted.place, counted.starts_on):
        return
    raise Refusal(
        what=Text(
            vi=f"{counted.instrument} không áp dụng cho đơn vị này.",
            en=f"{counted.instrument} does not hold for this unit.",
        ),
        why=Text(vi="Quy định của một địa phương chỉ áp dụng tại đó.", en="What a place rules holds there alone."),
        do=Text(vi="Chọn quy định khác, hoặc nhập ngày.", en="Choose another rule, or enter the day."),
        where="rule",
        code="rule_of_place",
    )


def first_due(obligation: Obligation) -> dict[str, Any]:
    """The first due date as a form says it: its day, or how it was counted."""
    first = obligation.events.current().filter(happening=Happening.DUE_SET.value, on=obligation.arises_on).first()
    if first is None or not (first.rule or first.working_days):
        return {"due_on": obligation.original_due_on}
    start = first.counted_from if first.rule and first.counted_from != first.on else None
    return {"rule": first.rule, "working_days": first.working_days, "counted_from": start}


def _units_of(place: str, on: date) -> frozenset[int]:
    units = tree(on)
    node = units.by_code.get(place)
    return units.reach(node.id) if node else frozenset()
