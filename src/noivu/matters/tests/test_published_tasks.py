"""Counts of tasks as they were published are the figures of registers that hold as many, and balance."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.core.bulk import insert_rows
from noivu.core.numbers import half_up
from noivu.core.periods import Period
from noivu.figures.api import Answer, Place, Question, Statement, ask, state_figure, stated_beside
from noivu.units.testing import Sector
from noivu.work.api import Obligation, ObligationSpan
from noivu.work.constants import FOREVER

pytestmark = pytest.mark.django_db
CASES = yaml.safe_load((Path(__file__).parent / "published_tasks.yaml").read_text(encoding="utf-8"))
STATES = ("on_time", "late", "in_time", "overdue")
ASKED = (
    "tasks.assigned", "tasks.completed", "tasks.completed_on_time", "tasks.completed_late",
    "tasks.completed_no_deadline", "tasks.open_in_time", "tasks.open_overdue", "tasks.open_no_deadline",
    "tasks.suspended", "tasks.awaiting_confirmation", "tasks.fell_due", "tasks.completion_rate",
    "tasks.fell_due_completion_rate", "tasks.fell_due_overdue_rate",
)  # fmt: skip


@pytest.fixture(autouse=True)
def now_2025(settings: Any) -> None:
    settings.NOIVU_TODAY = "2025-01-10"


def given(case: dict[str, Any]) -> Period:
    return Period.parse(str(case["period"]))


def registers_hold(sector: Sector, case: dict[str, Any]) -> None:
    """As many tasks of the office in each state, laid out as their events would be: one stretch of each."""
    days = given(case).range()
    first, last = days.starts_on, days.last_day
    before, after = last - timedelta(days=5), last + timedelta(days=5)
    stands = {
        "on_time": (before, "completed", before),
        "late": (before, "completed", last),
        "in_time": (after, "open", None),
        "overdue": (before, "open", None),
    }
    fields = [field for field in Obligation._meta.concrete_fields if field.name != "id"]
    blank = {field.attname: None if field.null else field.get_default() for field in fields}
    states = [state for state in STATES for _ in range(case.get(state, 0))]
    unit = {"unit_id": sector.office.pk, "first_unit_id": sector.office.pk, "arises_on": first, "kind": "task"}
    rows = ({**blank, **unit, "code": f"NV-{number}"} for number, _ in enumerate(states))
    insert_rows(Obligation, [f.name for f in fields], ([row[f.attname] for f in fields] for row in rows))
    ids = Obligation.objects.order_by("pk").values_list("pk", flat=True)
    names = ["obligation", "kind", "unit", "arises_on", "valid_from", "valid_to", "stage", "recorded_at"]
    shared = ("task", sector.office.pk, first, first, FOREVER, "in_progress", clock.now())
    spans = ((pk, *shared, *stands[state]) for pk, state in zip(ids, states, strict=True))
    insert_rows(ObligationSpan, [*names, "due_on", "status", "completed_on"], spans)


def answer_of(sector: Sector, case: dict[str, Any]) -> Answer:
    period = given(case)
    [answer] = ask([Question(sector.office.pk, period, as_of=period.last_day(), indicators=ASKED)])
    return answer


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "not_done" not in case])
def test_the_published_counts_are_the_figures_and_balance(name: str, sector: Sector) -> None:
    case = CASES[name]
    registers_hold(sector, case)
    answer = answer_of(sector, case)
    counted = {
        "on_time": "completed_on_time", "late": "completed_late", "in_time": "open_in_time", "overdue": "open_overdue"
    }  # fmt: skip
    assert {state: answer.values[f"tasks.{code}"] for state, code in counted.items()} == {
        state: case.get(state, 0) for state in STATES
    }
    for whole in ("assigned", "completed", "fell_due"):
        assert answer.values[f"tasks.{whole}"] == case[whole]
    assert sum(case.get(state, 0) for state in STATES) == case["assigned"]
    not_completed = answer.values["tasks.assigned"] - answer.values["tasks.completed"]
    assert case.get("not_completed", not_completed) == not_completed == sum(case.get(s, 0) for s in STATES[2:])
    held = {identity.code: not identity.gap for identity in answer.identities}
    assert held == {"tasks.state": True, "tasks.completion": True, "tasks.fell_due": True}


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "rate" in case])
def test_the_share_of_what_had_to_be_done_is_computed_from_its_parts(name: str, sector: Sector) -> None:
    case = CASES[name]
    registers_hold(sector, case)
    answer = answer_of(sector, case)
    exact = Decimal(answer.values["tasks.completed"] * 100) / answer.values["tasks.fell_due"]
    assert half_up(exact, 2) == half_up(Decimal(str(case["rate"])), 2)
    assert answer.shown("tasks.fell_due_completion_rate") == half_up(exact, 1)


@pytest.mark.parametrize("overdue", [0, 5, 12])
def test_a_month_shows_its_published_share_of_all_however_many_of_the_rest_are_overdue(
    sector: Sector, overdue: int
) -> None:
    case = CASES["tháng 10/2024"]
    registers_hold(sector, {**case, "in_time": case["not_done"] - overdue, "overdue": overdue})
    answer = answer_of(sector, case)
    assert (answer.values["tasks.assigned"], answer.values["tasks.completed"]) == (case["assigned"], case["completed"])
    assert answer.values["tasks.assigned"] - answer.values["tasks.completed"] == case["not_done"]
    assert all(identity.holds for identity in answer.identities)
    assert answer.shown("tasks.completion_rate") == Decimal(str(case["of all"]))


@pytest.mark.parametrize(
    ("code", "name", "part", "shown", "difference"),
    [
        ("tasks.fell_due_completion_rate", "rate", "tasks.completed", "98.6", "0.02"),
        ("tasks.fell_due_overdue_rate", "overdue rate", "tasks.open_overdue", "1.4", "-0.02"),
    ],
)
def test_a_published_rate_that_does_not_recompute_stands_beside_the_computed_one(
    sector: Sector, code: str, name: str, part: str, shown: str, difference: str
) -> None:
    case = CASES["báo cáo 1270/BC-TCTTTg năm 2017"]
    registers_hold(sector, case)
    published = Decimal(str(case[f"published {name}"]))
    state_figure(
        actor=SYSTEM,
        place=Place(sector.office.pk, code, given(case)),
        kind=Statement.PUBLISHED,
        value=published,
        source="Báo cáo 1270/BC-TCTTTg",
    )
    answer = answer_of(sector, case)
    [[stated]] = stated_beside([answer])
    assert (stated.value, answer.shown(code)) == (published, Decimal(shown))
    computed = half_up(Decimal(answer.values[part] * 100) / answer.values["tasks.fell_due"], 2)
    assert computed == Decimal(str(case[name])) != published
    assert stated.difference == Decimal(difference)
