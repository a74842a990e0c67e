"""By which rules of law something may be due: those of its kind, in force on the day, and of the place of its unit."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.law.api import Deadline, rules_counting_from, rules_for
from noivu.work.api import Obligation, units_of_place
from noivu.work.constants import Happening

PASSING_BACK = ("nghe_an_recommendation_return", "nghe_an_recommendation_return_unclear")
"""By when what was wrongly addressed goes back."""


def rules_offered(actor: Actor, kind: str, starts: Iterable[date]) -> list[tuple[str, Text | str]]:
    """The rules from which an actor chooses for one of a kind, of those in force on any of these days; each with its
    number, its source, and its mark. The rule of a place is for who works there."""
    found: dict[str, Text | str] = {}
    for start in sorted(starts):
        reach = access.units(actor, "work.view")
        found |= _of_reach(rules_counting_from(start, rules_for(kind)), reach)
    return list(found.items())


def rules_to_pass_back(obligation: Obligation) -> list[tuple[str, Text | str]]:
    """By when it goes back, where its unit has a rule for it on the day it came."""
    counted = rules_counting_from(obligation.arises_on, PASSING_BACK)
    return list(_of_reach(counted, frozenset({obligation.unit_id})).items())


def _of_reach(rules: Iterable[tuple[str, Deadline]], reach: frozenset[int]) -> dict[str, Text | str]:
    return {
        code: counted.choice or code
        for code, counted in rules
        if not counted.place or reach & units_of_place(counted.place, counted.starts_on)
    }


def first_due(obligation: Obligation) -> dict[str, Any]:
    """The first due date as a form says it: its day, or how it was counted."""
    first = obligation.events.current().filter(happening=Happening.DUE_SET.value, on=obligation.arises_on).first()
    if first is None or not (first.rule or first.working_days):
        return {"due_on": obligation.original_due_on}
    start = first.counted_from if first.rule and first.counted_from != first.on else None
    return {"rule": first.rule, "working_days": first.working_days, "counted_from": start}
