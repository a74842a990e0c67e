"""The board and the ledger agree, whatever stages a legal text goes through and however many are taken back."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.intake.api import LEGAL_TEXTS
from noivu.intake.testing import put_in
from noivu.matters.api import Advance, LegalStage, advance, stages_after, step_back, steps_of
from noivu.units.testing import Sector
from noivu.work.api import Obligation, ObligationSpan, suspend

pytestmark = pytest.mark.django_db
FIRST = date(2024, 10, 1)
Registered = Callable[[], Obligation]


@pytest.fixture(autouse=True)
def now_2025(settings: Any) -> None:
    settings.NOIVU_TODAY = "2025-01-10"


@pytest.fixture
def registered(sector: Sector) -> Registered:
    def one() -> Obligation:
        code = f"VB-{Obligation.objects.count():05}"
        put_in(LEGAL_TEXTS, [{
            "code": code, "title": "Nghị định về tổ chức", "type": "Nghị định", "authority": "Chính phủ",
            "submitted_to": "Chính phủ", "lead_unit": sector.office, "registered_on": FIRST,
            "due_on": date(2024, 10, 20),
        }])  # fmt: skip
        return Obligation.objects.get(code=code)

    return one


def goes(text: Obligation, stage: LegalStage, on: date) -> None:
    more = {"symbol": "9/NĐ-CP"} if stage is LegalStage.ISSUED else {}
    advance(actor=SYSTEM, obligation=text, to=Advance(stage, on, reason="Theo kế hoạch", **more))


def ledger(text: Obligation) -> list[tuple[Any, ...]]:
    """How it stands in the ledger, from day to day."""
    spans = ObligationSpan.objects.current().filter(obligation=text).order_by("valid_from")
    return [(each.valid_from, each.valid_to, each.status, each.due_on, each.completed_on) for each in spans]


def test_a_stage_of_the_same_day_taken_back_leaves_what_the_one_before_it_did(registered: Registered) -> None:
    text = registered()
    goes(text, LegalStage.POSTPONED, date(2024, 10, 5))
    goes(text, LegalStage.DRAFTING, date(2024, 10, 15))
    went_on = ledger(text)
    goes(text, LegalStage.CONSULTATION, date(2024, 10, 15))
    step_back(actor=SYSTEM, obligation=text, reason="Ghi nhầm")
    assert ledger(text) == went_on


@pytest.mark.parametrize("next_stage", [LegalStage.DRAFTING, LegalStage.SUBMITTED])
def test_work_that_went_on_by_mistake_is_postponed_again(registered: Registered, next_stage: LegalStage) -> None:
    text = registered()
    goes(text, LegalStage.POSTPONED, date(2024, 10, 5))
    postponed = ledger(text)
    goes(text, next_stage, date(2024, 10, 15))
    step_back(actor=SYSTEM, obligation=text, reason="Ghi nhầm")
    assert [step.stage for step in steps_of(text)][-1] == "postponed"
    assert ledger(text) == postponed
    assert postponed[-1][2:] == ("suspended", date(2024, 10, 20), None)


def test_a_suspension_that_a_stage_ended_by_mistake_stands_again(registered: Registered) -> None:
    text = registered()
    goes(text, LegalStage.DRAFTING, date(2024, 10, 2))
    suspend(actor=SYSTEM, obligation=text, on=date(2024, 10, 5), reason="Chờ luật")
    suspended = ledger(text)
    goes(text, LegalStage.CONSULTATION, date(2024, 10, 9))
    step_back(actor=SYSTEM, obligation=text, reason="Ghi nhầm")
    assert ledger(text) == suspended


Acts = list[tuple[str, int]]
acts = st.lists(
    st.tuples(st.sampled_from(["on", "on", "on", "back"]), st.integers(0, 11)),
    min_size=2,
    max_size=12,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=acts, wait=st.integers(0, 4))
@example(drawn=[("on", 7), ("on", 6), ("back", 0)], wait=3)
def test_after_any_stages_and_takings_back_it_stands_as_if_only_the_rest_had_been(
    registered: Registered, drawn: Acts, wait: int
) -> None:
    text, day = registered(), FIRST
    for act, choice in drawn:
        if act == "back":
            with suppress(Refusal):
                step_back(actor=SYSTEM, obligation=text, reason="Ghi nhầm")
        elif following := stages_after(text):
            day += timedelta(days=wait)
            goes(text, following[choice % len(following)], day)
    straight = registered()
    for step in steps_of(text)[1:]:
        goes(straight, LegalStage(step.stage), step.on)
    assert [step.stage for step in steps_of(straight)] == [step.stage for step in steps_of(text)]
    assert ledger(text) == ledger(straight)
    if steps_of(text)[-1].stage == LegalStage.POSTPONED:
        assert ledger(text)[-1][2] == "suspended"
