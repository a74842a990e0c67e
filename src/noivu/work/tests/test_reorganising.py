"""What is owed when its unit ends goes on at the unit that takes over; figures of the past stay, and an undoing undoes.

The merger of the small sector on 1/7/2025: what Sở Nội vụ of Nam Định (SNV-36) and of Ninh Bình (SNV-37) owed goes to
the new one; 16681 goes on alone, 16690 and 16693 merge, 14758 of Thanh Hóa is parted.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from noivu.audit.api import history
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.core.periods import Period
from noivu.core.refusals import Refusal
from noivu.figures.api import Sweep, everywhere
from noivu.records.api import correct_document
from noivu.units.api import Carried, Moves, Unit, tree
from noivu.units.testing import MERGED_ON, Sector, carried_out, the_merger
from noivu.work.api import (
    Assignee,
    Life,
    Obligation,
    ObligationSpan,
    Status,
    assign,
    cancel,
    complete,
    resume,
    return_,
    state_on,
    suspend,
    transfer,
    withdraw,
)
from noivu.work.constants import STANDING, Happening
from noivu.work.models import Cooperation, ObligationEvent
from noivu.work.projection import project
from noivu.work.reorganising import OBLIGATIONS, count, follow, foresee, held, take_back
from noivu.work.testing import gets_recommendation, gets_task, owes_reply, replies

pytestmark = pytest.mark.django_db
JUNE, JULY = Period.parse("2025-06"), Period.parse("2025-07")


DAYS = st.integers(-20, 20)
"""Counted from the day of the merger."""
ACTS = st.lists(
    st.tuples(st.sampled_from(["suspend", "resume", "complete", "return", "cancel", "transfer"]), DAYS), max_size=6
)


@pytest.fixture(autouse=True)
def now_2026(settings: Any) -> None:
    settings.NOIVU_TODAY = "2026-03-10"


@pytest.fixture
def nam_dinh(sector: Sector) -> Unit:
    return sector.old_home_affairs_nam_dinh


@pytest.fixture
def merged(sector: Sector) -> Unit:
    return sector.new_home_affairs_ninh_binh


def later(carried: Carried) -> Carried:
    return replace(carried, now=clock.now())


def june(number: int) -> date:
    return date(2025, 6, number)


def july(number: int) -> date:
    return date(2025, 7, number)


def fresh(obligation: Obligation) -> Obligation:
    return Obligation.objects.get(pk=obligation.pk)


def bearers(obligation: Obligation) -> list[tuple[date, int]]:
    """From when it was whose, by its current stretches."""
    rows = ObligationSpan.objects.current().filter(obligation=obligation).order_by("valid_from")
    return list(rows.values_list("valid_from", "unit_id"))


def test_what_is_owed_goes_over_on_the_day_by_an_event_that_names_the_act(
    sector: Sector, nam_dinh: Unit, merged: Unit
) -> None:
    task = gets_task(nam_dinh, june(10), july(20))
    carried = carried_out()
    outcome = follow(the_merger(sector), carried)
    assert outcome.moved == 1
    assert (fresh(task).unit_id, fresh(task).first_unit_id) == (merged.pk, nam_dinh.pk)
    assert bearers(task) == [(june(10), nam_dinh.pk), (MERGED_ON, merged.pk)]
    event = ObligationEvent.objects.current().get(obligation=task, happening=Happening.TRANSFERRED.value)
    assert (event.on, event.unit_id, event.former_unit_id, event.act_id) == (
        MERGED_ON, merged.pk, nam_dinh.pk, carried.act.pk,
    )  # fmt: skip
    assert event.reason == "Sắp xếp đơn vị hành chính năm 2025 (202/2025/QH15)"
    assert [line.action for line in history(task)][:1] == ["obligation.follow"]


def test_suspended_and_reported_ones_go_over_as_they_stand(sector: Sector, nam_dinh: Unit, merged: Unit) -> None:
    paused = gets_task(nam_dinh, june(10), july(20))
    suspend(actor=SYSTEM, obligation=paused, on=june(12), reason="Chờ hồ sơ")
    reported = gets_task(nam_dinh, june(10), july(20), confirmation_required=True)
    complete(actor=SYSTEM, obligation=reported, on=june(29))
    follow(the_merger(sector), carried_out())
    stand = ObligationSpan.objects.current().filter(valid_from=MERGED_ON)
    assert dict(stand.values_list("obligation", "status")) == {
        paused.pk: Status.SUSPENDED,
        reported.pk: Status.AWAITING,
    }
    assert set(stand.values_list("unit", flat=True)) == {merged.pk}


def test_what_was_closed_by_the_end_of_the_day_stays(sector: Sector, nam_dinh: Unit) -> None:
    before, on_the_day = owes_reply(nam_dinh, june(10), june(20)), owes_reply(nam_dinh, june(10), july(20))
    replies(before, june(18))
    replies(on_the_day, MERGED_ON)
    assert follow(the_merger(sector), carried_out()).moved == 0
    assert {fresh(before).unit_id, fresh(on_the_day).unit_id} == {nam_dinh.pk}


def test_what_was_owed_on_the_day_of_an_act_in_the_past_goes_over_with_what_happened_since(
    sector: Sector, nam_dinh: Unit, merged: Unit
) -> None:
    done_since = owes_reply(nam_dinh, june(10), july(20))
    replies(done_since, july(15))
    came_after = gets_task(nam_dinh, july(3), july(20))
    follow(the_merger(sector), carried_out())
    assert bearers(done_since) == [(june(10), nam_dinh.pk), (MERGED_ON, merged.pk), (july(15), merged.pk)]
    assert bearers(came_after) == [(july(3), merged.pk)]
    assert as_events_say()
    assert fresh(done_since).unit_id == fresh(came_after).unit_id == merged.pk


def test_what_came_back_to_the_ended_unit_after_the_day_goes_over_again(
    sector: Sector, nam_dinh: Unit, merged: Unit
) -> None:
    task = gets_task(nam_dinh, june(10), july(30))
    transfer(actor=SYSTEM, obligation=task, unit_id=sector.office.pk, on=july(5), reason="Theo phân công")
    transfer(actor=SYSTEM, obligation=fresh(task), unit_id=nam_dinh.pk, on=july(9), reason="Trả lại")
    follow(the_merger(sector), carried_out())
    whose = [unit for _, unit in bearers(task)]
    assert whose == [nam_dinh.pk, merged.pk, sector.office.pk, merged.pk]
    assert as_events_say()
    assert fresh(task).unit_id == fresh(task).assigned_unit_id == merged.pk


def test_who_does_it_follows_and_the_officer_by_name_and_account_stays(
    sector: Sector, nam_dinh: Unit, merged: Unit
) -> None:
    own = gets_task(nam_dinh, june(10))
    given = owes_reply(sector.home_affairs_thanh_hoa, june(10), july(20))
    assign(actor=SYSTEM, obligation=given, to=Assignee(nam_dinh.pk, "Trần Văn Lâm", "user:7"), on=june(11))
    follow(the_merger(sector), carried_out())
    assert fresh(own).assigned_unit_id == merged.pk
    given = fresh(given)
    assert (given.unit_id, given.assigned_unit_id) == (sector.home_affairs_thanh_hoa.pk, merged.pk)
    assert (given.assigned_to, given.assigned_officer) == ("Trần Văn Lâm", "user:7")
    said = given.events.current().get(happening=Happening.SUCCEEDED.value)
    assert (said.on, said.unit_id, said.former_handler_id) == (MERGED_ON, merged.pk, nam_dinh.pk)


def test_what_a_parted_unit_owes_waits_and_is_counted(sector: Sector) -> None:
    task = gets_task(sector.old_dong_tho, june(10))
    moves = the_merger(sector)
    for outcome in (foresee(moves), follow(moves, carried_out())):
        assert outcome.moved == 0
        assert [(one.unit_id, one.number) for one in outcome.waiting] == [(sector.old_dong_tho.pk, 1)]
    assert fresh(task).unit_id == sector.old_dong_tho.pk


def test_foreseen_is_what_comes(sector: Sector, nam_dinh: Unit) -> None:
    in_many_states(sector)
    moves = the_merger(sector)
    seen = foresee(moves)
    assert seen == follow(moves, carried_out())
    assert seen.moved == 8


def in_many_states(sector: Sector) -> None:
    """Obligations of every sort at units that end and at one that stays."""
    for unit in (
        sector.old_home_affairs_nam_dinh, sector.old_home_affairs_ninh_binh, sector.old_truong_thi,
        sector.old_ben_thuy, sector.home_affairs_nghe_an,
    ):  # fmt: skip
        owes_reply(unit, june(3), june(20))
        replies(owes_reply(unit, june(4), june(25)), june(24))
        suspend(actor=SYSTEM, obligation=gets_task(unit, june(5), july(30)), on=june(6), reason="Chờ")
    gets_task(sector.old_dong_tho, june(5), july(30))
    gets_recommendation(sector.old_dong_tho, june(6))


def as_events_say() -> bool:
    """Laying all of it out anew changes nothing."""
    lying = list(ObligationSpan.objects.order_by("pk").values())
    project(Obligation.objects.values_list("pk", flat=True), clock.now())
    return list(ObligationSpan.objects.order_by("pk").values()) == lying


def everything_stands() -> list[Any]:
    """All that obligations say now: whose, who does it, and every current stretch."""
    rows = Obligation.objects.order_by("pk").values_list(
        "pk", "unit_id", "assigned_unit_id", "assigned_to", "sheet_said"
    )
    spans = ObligationSpan.objects.current().order_by("obligation", "valid_from")
    return [*rows, *spans.values_list("obligation", "valid_from", "valid_to", "unit", "status", "stage", "due_on")]


def all_figures(period: Period, as_of: date | None = None) -> dict[int, dict[str, int]]:
    table = everywhere(Sweep(period, as_of=as_of))
    return {node.id: table.values(node.id) for node in tree(period.last_day())}


def whole_of(period: Period, as_of: date | None = None) -> list[int]:
    """Every figure added up over the country."""
    table = everywhere(Sweep(period, as_of=as_of))
    return [sum(table.value(root.id, code) for root in tree(period.last_day()).roots) for code in table.codes]


def test_figures_of_the_month_before_stay_as_they_were_and_the_next_month_carries_them_in(sector: Sector) -> None:
    in_many_states(sector)
    june_before, june_later, carried_in = all_figures(JUNE), all_figures(JUNE, july(15)), whole_of(JULY)
    follow(the_merger(sector), carried_out())
    assert all_figures(JUNE) == june_before
    assert all_figures(JUNE, july(15)) == june_later
    assert whole_of(JULY) == carried_in


def test_taking_it_back_leaves_all_as_it_was_and_what_was_known_meanwhile_known(sector: Sector) -> None:
    in_many_states(sector)
    given = owes_reply(sector.home_affairs_thanh_hoa, june(10), july(20))
    assign(actor=SYSTEM, obligation=given, to=Assignee(sector.old_ben_thuy.pk), on=june(11))
    stood, figures = everything_stands(), all_figures(JULY)
    carried = carried_out()
    follow(the_merger(sector), carried)
    meanwhile = everything_stands()
    assert as_events_say()
    instant = ObligationSpan.objects.latest("recorded_at").recorded_at
    take_back(later(carried))
    assert everything_stands() == stood != meanwhile
    assert as_events_say()
    assert all_figures(JULY) == figures
    known = ObligationSpan.objects.known_at(instant).filter(unit=sector.new_home_affairs_ninh_binh)
    assert known.count() == 4
    assert not ObligationEvent.objects.current().filter(act=carried.act).exists()


def test_whom_a_person_gave_it_to_since_keeps_it_when_it_is_taken_back(sector: Sector, nam_dinh: Unit) -> None:
    task = gets_task(nam_dinh, june(10))
    carried = carried_out()
    follow(the_merger(sector), carried)
    assign(actor=SYSTEM, obligation=fresh(task), to=Assignee(sector.archives.pk), on=july(2))
    take_back(later(carried))
    assert (fresh(task).unit_id, fresh(task).assigned_unit_id) == (nam_dinh.pk, sector.archives.pk)
    assert as_events_say()


def test_two_acts_of_one_day_are_told_in_their_order(sector: Sector, nam_dinh: Unit, merged: Unit) -> None:
    task = gets_task(nam_dinh, june(10))
    follow(the_merger(sector), carried_out())
    onward = Moves(MERGED_ON, heirs={merged.pk: sector.home_affairs_nghe_an.pk})
    follow(onward, carried_out())
    assert bearers(task) == [(june(10), nam_dinh.pk), (MERGED_ON, sector.home_affairs_nghe_an.pk)]
    assert as_events_say()
    assert fresh(task).unit_id == sector.home_affairs_nghe_an.pk


def test_what_stands_at_a_new_unit_is_held_unless_the_act_brought_it(
    sector: Sector, nam_dinh: Unit, merged: Unit
) -> None:
    gets_task(nam_dinh, june(10))
    carried = carried_out()
    follow(the_merger(sector), carried)
    new = frozenset({merged.pk})
    assert held(new, carried.act) == 0
    helped = gets_task(merged, july(2))
    Cooperation.objects.create(obligation=helped, unit=merged)
    assert held(new, carried.act) == 2


def test_open_ones_are_counted_by_the_unit_that_owes_them_on_a_day(
    sector: Sector, nam_dinh: Unit, merged: Unit
) -> None:
    gets_task(nam_dinh, june(10))
    follow(the_merger(sector), carried_out())
    assert (count(june(30)), count(MERGED_ON)) == ({nam_dinh.pk: 1}, {merged.pk: 1})


def test_a_correction_of_the_document_leaves_the_reply_with_the_successor(
    sector: Sector, nam_dinh: Unit, merged: Unit
) -> None:
    owed = owes_reply(nam_dinh, june(10), july(20), assigned_unit_id=nam_dinh.pk)
    follow(the_merger(sector), carried_out())
    assert owed.document is not None
    correct_document(actor=SYSTEM, document=owed.document, changes={"summary": "Xin ý kiến lần hai"})
    assert fresh(owed).assigned_unit_id == merged.pk


def test_what_happened_before_the_act_can_still_be_withdrawn(sector: Sector, nam_dinh: Unit, merged: Unit) -> None:
    task = gets_task(nam_dinh, june(10))
    suspend(actor=SYSTEM, obligation=task, on=june(12), reason="Nhầm")
    follow(the_merger(sector), carried_out())
    withdraw(actor=SYSTEM, obligation=fresh(task), reason="Ghi nhầm")
    stands = state_on(Life(nam_dinh.pk, june(10)), [e.as_event() for e in task.events.current()], july(2))
    assert stands is not None
    assert (stands.status, stands.unit_id) == (Status.OPEN, merged.pk)


def test_the_number_of_statements_does_not_grow_with_the_obligations(sector: Sector, nam_dinh: Unit) -> None:
    moves = the_merger(sector)

    def statements(number: int) -> int:
        for _ in range(number):
            gets_task(nam_dinh, june(10))
        carried = carried_out()
        with CaptureQueriesContext(connection) as asked:
            follow(moves, carried)
        return len(asked)

    statements(1)  # the first one reads what processes keep in memory
    assert statements(2) == statements(12)


def test_the_effect_speaks_of_the_relations_that_follow() -> None:
    assert OBLIGATIONS.relations == {"work.Obligation.unit", "work.Obligation.assigned_unit"}


def live_through(task: Obligation, acts: list[tuple[str, int]], elsewhere: Unit) -> None:
    """Whatever of this can happen happens, in the order in which it was entered."""
    for act, after in acts:
        said = {"actor": SYSTEM, "obligation": fresh(task), "on": MERGED_ON + timedelta(days=after)}
        with suppress(Refusal):
            if act == "transfer":
                back = task.first_unit_id if fresh(task).unit_id == elsewhere.pk else elsewhere.pk
                transfer(**said, unit_id=back, reason="Theo phân công")
            elif act in ("complete", "resume"):
                {"complete": complete, "resume": resume}[act](**said)
            else:
                {"suspend": suspend, "return": return_, "cancel": cancel}[act](**said, reason="Theo chỉ đạo")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, begins=st.integers(-25, -21))
@example(acts=[("transfer", 1), ("transfer", 1)], begins=-21)
@example(acts=[("transfer", 1), ("suspend", 1), ("transfer", 1), ("resume", 3)], begins=-21)
def test_whatever_happened_before_and_after_it_goes_over_whole_and_comes_back(
    sector: Sector, acts: list[tuple[str, int]], begins: int
) -> None:
    ended = sector.old_home_affairs_nam_dinh
    task = gets_task(ended, MERGED_ON + timedelta(days=begins))
    live_through(task, acts, sector.office)
    stood = spans_of(task)
    carried = carried_out()
    follow(the_merger(sector), carried)
    assert as_events_say()
    owed_at_the_ended = ObligationSpan.objects.current().filter(unit=ended, obligation=task, valid_to__gt=MERGED_ON)
    assert not owed_at_the_ended.filter(status__in=STANDING).exists()
    take_back(later(carried))
    assert as_events_say()
    assert spans_of(task) == stood
    task.spans.all().delete()
    task.events.all().delete()
    fresh(task).delete()


def spans_of(task: Obligation) -> list[Any]:
    rows = ObligationSpan.objects.current().filter(obligation=task).order_by("valid_from")
    return list(rows.values_list("valid_from", "valid_to", "unit", "status", "stage", "completed_on"))
