"""Requests for an extension: who asks, who answers, one at a time, against an obvious model."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noivu.accounts.testing import Cast
from noivu.audit.api import history
from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.units.testing import Sector
from noivu.work.api import (
    ExtensionRequest,
    Obligation,
    ObligationSpan,
    TaskEntry,
    accept_extension,
    accept_offer,
    ask_extension,
    cancel,
    complete,
    create_task,
    decline_offer,
    extend,
    offer_extension,
    refuse_extension,
    suspend,
    transfer,
    waiting_request,
    withdraw,
    withdraw_request,
)
from noivu.work.testing import gets_task


def day(number: int) -> date:
    return date(2024, 10, 1) + timedelta(days=number - 1)


def due_on(obligation: Obligation) -> date | None:
    return ObligationSpan.objects.current().order_by("valid_from").filter(obligation=obligation).last().due_on


def ask(task: Obligation, until: int, on: int) -> Obligation:
    return ask_extension(actor=SYSTEM, obligation=task, due_on=day(until), on=day(on), reason="Chờ số liệu")


def states(task: Obligation) -> list[str]:
    return list(ExtensionRequest.objects.filter(obligation=task).order_by("pk").values_list("state", flat=True))


def test_what_is_asked_moves_the_date_only_when_it_is_accepted(sector: Sector) -> None:
    task = gets_task(sector.office, day(1), due_on=day(10))
    ask(task, 15, on=5)
    assert (due_on(task), states(task)) == (day(10), ["asked"])
    accept_extension(actor=SYSTEM, obligation=task, on=day(6))
    task.refresh_from_db()
    assert (due_on(task), states(task), task.original_due_on) == (day(15), ["accepted"], day(10))
    assert [line.action for line in history(task)][:2] == ["extension.accept", "extension.ask"]


def test_a_refusal_has_its_reason_and_leaves_the_date(sector: Sector) -> None:
    task = gets_task(sector.office, day(1), due_on=day(10))
    ask(task, 15, on=5)
    with pytest.raises(Refusal, match="lý do"):
        refuse_extension(actor=SYSTEM, obligation=task, on=day(6), reason="")
    refuse_extension(actor=SYSTEM, obligation=task, on=day(6), reason="Đã gia hạn một lần")
    assert (due_on(task), states(task)) == (day(10), ["refused"])


def test_another_date_is_proposed_and_the_lead_answers(sector: Sector) -> None:
    task = gets_task(sector.office, day(1), due_on=day(10))
    ask(task, 20, on=5)
    with pytest.raises(Refusal, match="chính là hạn được đề nghị"):
        offer_extension(actor=SYSTEM, obligation=task, due_on=day(20), on=day(6), reason="Gấp")
    offer_extension(actor=SYSTEM, obligation=task, due_on=day(14), on=day(6), reason="Gấp")
    with pytest.raises(Refusal, match="Không có đề nghị"):
        accept_extension(actor=SYSTEM, obligation=task, on=day(7))
    decline_offer(actor=SYSTEM, obligation=task, on=day(7), reason="Không kịp")
    ask(task, 18, on=8)
    offer_extension(actor=SYSTEM, obligation=task, due_on=day(15), on=day(8), reason="Gấp")
    accept_offer(actor=SYSTEM, obligation=task, on=day(9))
    assert (due_on(task), states(task)) == (day(15), ["declined", "accepted"])


def test_one_request_at_a_time(sector: Sector) -> None:
    task = gets_task(sector.office, day(1), due_on=day(10))
    ask(task, 15, on=5)
    with pytest.raises(Refusal, match="Đề nghị gia hạn ngày 05/10/2024 chưa được trả lời"):
        ask(task, 16, on=6)
    withdraw_request(actor=SYSTEM, obligation=task, on=day(6), reason="Kịp hạn")
    ask(task, 16, on=6)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExtensionRequest.objects.create(obligation=task, state="asked", asked_on=day(7), wanted_due_on=day(20))


@pytest.mark.parametrize("until", [9, 10])
def test_one_asks_for_a_later_day_only(sector: Sector, until: int) -> None:
    with pytest.raises(Refusal, match="không muộn hơn hạn 10/10/2024"):
        ask(gets_task(sector.office, day(1), due_on=day(10)), until, on=5)


def test_one_asks_while_it_is_open_and_has_a_date(sector: Sector) -> None:
    with pytest.raises(Refusal, match="không có hạn"):
        ask(gets_task(sector.office, day(1)), 15, on=5)
    stopped = gets_task(sector.office, day(1), due_on=day(10))
    suspend(actor=SYSTEM, obligation=stopped, on=day(3), reason="Chờ")
    done = gets_task(sector.office, day(1), due_on=day(10))
    complete(actor=SYSTEM, obligation=done, on=day(4))
    for task in (stopped, done):
        with pytest.raises(Refusal, match="Không thể “Đề nghị gia hạn”"):
            ask(task, 15, on=5)
    with pytest.raises(Refusal, match="đã ghi “Hoàn thành”"):
        ask(done, 15, on=3)


CLOSING: list[Callable[[Obligation], Any]] = [
    lambda task: complete(actor=SYSTEM, obligation=task, on=day(7)),
    lambda task: cancel(actor=SYSTEM, obligation=task, on=day(7), reason="Thôi"),
    lambda task: transfer(actor=SYSTEM, obligation=task, unit_id=other_of(task), on=day(7), reason="Sắp xếp"),
]


def other_of(task: Obligation) -> int:
    return type(task.unit)._default_manager.exclude(pk=task.unit_id).order_by("pk").values_list("pk", flat=True)[0]


@pytest.mark.parametrize("close", CLOSING)
def test_what_closes_or_moves_the_work_lets_the_request_lapse(
    sector: Sector, close: Callable[[Obligation], Any]
) -> None:
    task = gets_task(sector.office, day(1), due_on=day(10))
    ask(task, 15, on=5)
    close(task)
    assert states(task) == ["lapsed"]
    with pytest.raises(Refusal, match="Không có đề nghị"):
        accept_extension(actor=SYSTEM, obligation=task, on=day(8))


def test_an_extension_that_is_taken_back_lets_its_request_wait_again(sector: Sector) -> None:
    task = gets_task(sector.office, day(1), due_on=day(10))
    ask(task, 15, on=5)
    accept_extension(actor=SYSTEM, obligation=task, on=day(6))
    withdraw(actor=SYSTEM, obligation=task, reason="Ghi nhầm")
    assert (due_on(task), states(task)) == (day(10), ["asked"])


def test_the_assigner_answers_and_the_lead_asks(cast: Cast) -> None:
    """Chi's department owes it, the ministry's office assigned it: Em, steward of the ministry, decides."""
    task = gets_task(cast.chi.unit, day(1), due_on=day(10), assigner_unit_id=cast.binh.unit.pk)
    ask_extension(actor=cast.chi.actor, obligation=task, due_on=day(15), on=day(5), reason="Chờ số liệu")
    for verb in (accept_extension, cancel, suspend, complete_as_assigner):
        with pytest.raises(Refusal, match="Không có quyền"):
            verb(actor=cast.chi.actor, obligation=task, on=day(6), reason="Tự quyết")
    with pytest.raises(Refusal, match="Không có quyền"):
        extend(actor=cast.chi.actor, obligation=task, due_on=day(15), on=day(6), reason="Tự quyết")
    with pytest.raises(Refusal, match="Không có quyền"):
        ask_extension(actor=cast.dung.actor, obligation=task, due_on=day(15), on=day(5), reason="Ngoài cuộc")
    accept_extension(actor=cast.em.actor, obligation=task, on=day(6))
    assert due_on(task) == day(15)


def complete_as_assigner(actor: Any, obligation: Obligation, on: date, reason: str) -> Any:
    return refuse_extension(actor=actor, obligation=obligation, on=on, reason=reason)


def test_who_assigns_decides_where_no_other_unit_is_named(cast: Cast) -> None:
    entry = TaskEntry("NV-1", "Rà soát", "Vụ trưởng", day(1), cast.chi.unit.pk)
    assert create_task(actor=cast.chi.actor, entry=entry).assigner_unit_id == cast.chi.unit.pk
    assert gets_task(cast.chi.unit, day(1)).assigner_unit_id is None


class Model:
    """What a request does, said as plainly as possible."""

    def __init__(self) -> None:
        self.due, self.waits, self.offer, self.is_open = 10, "", 0, True

    def step(self, act: str, until: int) -> bool:
        """Do it if it can be done; whether it could."""
        asked, offered = self.waits == "asked", self.waits == "offered"
        can = {
            "ask": self.is_open and not self.waits and until > self.due,
            "accept": self.is_open and asked,
            "refuse": self.is_open and asked,
            "offer": self.is_open and asked and until > self.due and until != self.offer,
            "take": self.is_open and offered,
            "decline": self.is_open and offered,
            "withdraw": self.is_open and bool(self.waits),
            "extend": self.is_open and until > self.due,
            "complete": self.is_open,
        }[act]
        if not can:
            return False
        if act in ("accept", "take"):
            self.due = self.offer
        elif act == "extend":
            self.due = until
        elif act == "complete":
            self.is_open = False
        self.offer = until if act in ("ask", "offer") else self.offer
        self.waits = {"ask": "asked", "offer": "offered"}.get(act, "")
        return True


ACTS: dict[str, Callable[..., Any]] = {
    "ask": ask_extension, "accept": accept_extension, "refuse": refuse_extension, "offer": offer_extension,
    "take": accept_offer, "decline": decline_offer, "withdraw": withdraw_request, "extend": extend,
    "complete": complete,
}  # fmt: skip
WITH_DATE, WITH_REASON = {"ask", "offer", "extend"}, set(ACTS) - {"complete"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from([*ACTS]), st.integers(9, 30)), min_size=3, max_size=10))
def test_requests_live_as_the_plain_model_says(sector: Sector, acts: list[tuple[str, int]]) -> None:
    task, model = gets_task(sector.office, day(1), due_on=day(10)), Model()
    for number, (act, until) in enumerate(acts, start=2):
        said: dict[str, Any] = {"actor": SYSTEM, "obligation": task, "on": day(min(number, 9))}
        said |= {"due_on": day(until)} if act in WITH_DATE else {}
        said |= {"reason": "Theo quy định"} if act in WITH_REASON else {}
        before = model.due, model.waits
        could = model.step(act, until)
        try:
            with transaction.atomic():
                ACTS[act](**said)
            did = True
        except Refusal:
            did = False
        assert (did, act, before) == (could, act, before)
        waiting = ExtensionRequest.objects.filter(obligation=task, state__in=("asked", "offered"))
        assert [row.state for row in waiting] == ([model.waits] if model.waits else [])
        replayed = waiting_request(event.as_event() for event in task.events.current())
        assert (replayed or "", due_on(task)) == (model.waits, day(model.due))
