"""What a person may not record by a verb, the same person may not say by a sheet: each thing that a sheet can say."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from noivu.accounts.testing import Cast, Person
from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.intake.api import DOCUMENTS_IN, ENTERED, RECOMMENDATIONS, TASKS
from noivu.intake.testing import put_in, states
from noivu.intake.tests.test_giving import directive, document, recommendation, task
from noivu.matters.constants import DIRECTIVE
from noivu.sheets.api import Template
from noivu.work.api import (
    Correction,
    Due,
    Obligation,
    Reply,
    answer_recommendation,
    cancel,
    complete,
    complete_with_reply,
    confirm,
    correct_obligation,
    suspend,
    transfer,
    withdraw,
)


def day(number: int) -> date:
    return date(2024, 10, number)


Act = Callable[[Any, Obligation], Any]


@dataclass(frozen=True)
class Said:
    """One thing that a sheet says, as the verb says it: what the sheet said before, and what it says now."""

    column: str
    act: Act
    now: dict[str, Any]
    before: dict[str, Any]


def _correct(**right: Any) -> Act:
    given = {"arises_on": day(1), "due": Due(on=day(20)), **right}
    return lambda actor, owed: correct_obligation(
        actor=actor, obligation=owed, correction=Correction(**given), reason="Ghi nhầm"
    )


def _suspend(actor: Any, owed: Obligation) -> None:
    suspend(actor=actor, obligation=owed, on=day(5), reason="Chờ")


def _complete(actor: Any, owed: Obligation) -> None:
    complete(actor=actor, obligation=owed, on=day(9))


def _confirm(actor: Any, owed: Obligation) -> None:
    confirm(actor=actor, obligation=owed, on=day(10))


def _withdraw(actor: Any, owed: Obligation) -> None:
    withdraw(actor=actor, obligation=owed, reason="Ghi nhầm")


CONFIRMED = {"confirmation_required": True}
REPORTED = {**CONFIRMED, "completed_on": day(9)}
OF_THE_DECIDER = {
    "suspended": Said("suspended_on", _suspend, {"suspended_on": day(5)}, {}),
    "resumed": Said("suspended_on", _withdraw, {"suspended_on": None}, {"suspended_on": day(5)}),
    "confirmed": Said("confirmed_on", _confirm, {"confirmed_on": day(10)}, REPORTED),
    "returned": Said("confirmed_on", _withdraw, {"confirmed_on": None}, {**REPORTED, "confirmed_on": day(10)}),
    "not to be confirmed": Said(
        "confirmation_required",
        _correct(changes={"confirmation_required": False}),
        {"confirmation_required": False},
        CONFIRMED,
    ),
    "given on another day": Said("assigned_on", _correct(arises_on=day(2)), {"assigned_on": day(2)}, {}),
    "due on another day": Said("due_on", _correct(due=Due(on=day(25))), {"due_on": day(25)}, {}),
}
OF_THE_DOER = {
    "completed": Said("completed_on", _complete, {"completed_on": day(9)}, CONFIRMED),
    "not completed": Said("completed_on", _withdraw, {"completed_on": None}, REPORTED),
}
KINDS: list[tuple[Template, Any]] = [(TASKS, task), (ENTERED[DIRECTIVE], directive)]


def stands() -> list[Any]:
    owed = Obligation.objects.get()
    return [
        list(Obligation.objects.values_list("arises_on", "original_due_on", "confirmation_required")),
        list(owed.events.current().order_by("pk").values_list("happening", "on", "due_on")),
    ]


def may(act: Act, who: Person) -> bool:
    """Whether the verb lets a person; refused for another reason than a right lacking, the test fails."""
    refused: list[Refusal] = []
    try:
        act(who.actor, Obligation.objects.get())
    except Refusal as refusal:
        refused.append(refusal)
    assert {one.code for one in refused} <= {"forbidden"}
    return not refused


@pytest.mark.parametrize("said", OF_THE_DECIDER.values(), ids=list(OF_THE_DECIDER))
@pytest.mark.parametrize(("template", "row"), KINDS)
def test_what_the_unit_that_assigned_it_decides_no_sheet_of_another_says(
    cast: Cast, template: Template, row: Any, said: Said
) -> None:
    given = row(cast, assigner_unit=cast.em.unit, **said.before)
    assert states(put_in(template, [given], actor=cast.em.actor)) == ["applied"]
    stood = stands()
    assert not may(said.act, cast.chi)
    (aside,) = put_in(template, [{**given, **said.now}], actor=cast.chi.actor)
    assert (aside.state, aside.column) == ("quarantined", said.column)
    assert "Bộ Nội vụ quyết định" in str(aside.reason)
    assert stands() == stood
    assert states(put_in(template, [given], actor=cast.chi.actor)) == ["unchanged"]
    assert states(put_in(template, [{**given, **said.now}], actor=cast.em.actor)) == ["applied"]


@pytest.mark.parametrize("said", OF_THE_DECIDER.values(), ids=list(OF_THE_DECIDER))
def test_the_unit_that_assigned_it_records_the_same_by_the_verb(cast: Cast, said: Said) -> None:
    put_in(TASKS, [task(cast, assigner_unit=cast.em.unit, **said.before)], actor=cast.em.actor)
    assert may(said.act, cast.em)


@pytest.mark.parametrize("said", [*OF_THE_DECIDER.values(), *OF_THE_DOER.values()])
def test_what_nobody_else_assigned_is_the_owing_units_to_say(cast: Cast, said: Said) -> None:
    given = task(cast, **said.before)
    put_in(TASKS, [given], actor=cast.chi.actor)
    assert states(put_in(TASKS, [{**given, **said.now}], actor=cast.chi.actor)) == ["applied"]


@pytest.mark.parametrize("said", OF_THE_DOER.values(), ids=list(OF_THE_DOER))
def test_who_does_the_work_reports_it_by_a_sheet_as_by_the_verb(cast: Cast, said: Said) -> None:
    given = task(cast, assigner_unit=cast.em.unit, **said.before)
    put_in(TASKS, [given], actor=cast.em.actor)
    assert states(put_in(TASKS, [{**given, **said.now}], actor=cast.chi.actor)) == ["applied"]
    put_in(TASKS, [given], actor=cast.em.actor)
    assert may(said.act, cast.chi)


def test_what_went_to_another_unit_is_that_units_to_report(cast: Cast) -> None:
    given = {**task(cast), "assigner": "Bộ trưởng"}
    put_in(TASKS, [given], actor=cast.chi.actor)
    transfer(actor=SYSTEM, obligation=Obligation.objects.get(), unit_id=cast.binh.unit.pk, on=day(3), reason="Nhầm")
    assert not may(_complete, cast.chi)
    for said in ({"completed_on": day(9)}, {"title": "Soạn báo cáo khác"}):
        (aside,) = put_in(TASKS, [{**given, **said}], actor=cast.chi.actor)
        assert (aside.state, aside.column) == ("quarantined", next(iter(said)))
        assert "nay thuộc Văn phòng Bộ" in str(aside.reason)
    assert states(put_in(TASKS, [{**given, "completed_on": day(9)}], actor=cast.em.actor)) == ["applied"]


@pytest.mark.parametrize(
    ("template", "row", "said"),
    [
        (TASKS, task, {"completed_on": day(4)}),
        (TASKS, task, {"suspended_on": day(4)}),
        (TASKS, task, {"confirmed_on": day(4)}),
        (RECOMMENDATIONS, recommendation, {"answered_on": day(4)}),
        (DOCUMENTS_IN, document, {"replied_on": day(4), "reply_symbol": "7/BNV"}),
    ],
)
def test_nothing_more_is_said_of_what_was_cancelled(cast: Cast, template: Template, row: Any, said: Any) -> None:
    """Said of a day before, it would count as done."""
    given = row(cast)
    put_in(template, [given])
    cancel(actor=SYSTEM, obligation=Obligation.objects.get(), on=day(6), reason="Thôi")
    stood = stands()
    (aside,) = put_in(template, [{**given, **said}])
    assert (aside.state, aside.column) == ("quarantined", next(iter(said)))
    assert "đã hủy" in str(aside.reason)
    assert stands() == stood
    assert states(put_in(template, [given])) == ["unchanged"]


def _reply(actor: Any, owed: Obligation) -> None:
    complete_with_reply(actor=actor, obligation=owed, reply=Reply(day(9), "7/BNV"))


def _answer(actor: Any, owed: Obligation) -> None:
    answer_recommendation(actor=actor, obligation=owed, on=day(9), symbol="7/BNV", result="resolved")


@pytest.mark.parametrize(
    ("template", "row", "act", "said"),
    [
        (RECOMMENDATIONS, recommendation, _answer, {"answered_on": day(9)}),
        (DOCUMENTS_IN, document, _reply, {"replied_on": day(9), "reply_symbol": "7/BNV"}),
    ],
)
def test_an_answer_and_a_reply_are_for_the_unit_that_owes_them(
    cast: Cast, template: Template, row: Any, act: Act, said: Any
) -> None:
    given = row(cast)
    put_in(template, [given], actor=cast.chi.actor)
    owed = Obligation.objects.get()
    transfer(actor=SYSTEM, obligation=owed, unit_id=cast.binh.unit.pk, on=day(3), reason="Nhầm")
    assert not may(act, cast.chi)
    (aside,) = put_in(template, [{**given, **said}], actor=cast.chi.actor)
    assert (aside.state, aside.column) == ("quarantined", next(iter(said)))
    assert not owed.events.current().filter(happening="completed").exists()
    assert may(act, cast.binh)
