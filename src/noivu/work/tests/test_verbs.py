from datetime import date
from typing import Any

import pytest

from noivu.core.actors import SYSTEM, Actor
from noivu.core.refusals import Refusal
from noivu.records.api import correct_document, remove_document
from noivu.records.testing import arrives, goes_out
from noivu.units.testing import Sector
from noivu.work.api import (
    Assignee,
    Day,
    Due,
    Kind,
    Obligation,
    ObligationSpan,
    Reply,
    Result,
    Stage,
    Standing,
    State,
    Status,
    Timeliness,
    answer_recommendation,
    assign,
    cancel,
    complete,
    complete_with_reply,
    confirm,
    extend,
    refuse,
    remove_obligation,
    require_reply,
    resume,
    return_,
    start,
    suspend,
    transfer,
)
from noivu.work.testing import gets_recommendation, gets_task, owes_reply, replies


def day(number: int) -> date:
    return date(2024, 10, number)


def standing(obligation: Obligation, number: int) -> tuple[str, str, date | None]:
    span = ObligationSpan.objects.current().holding_on(day(number)).get(obligation=obligation)
    return span.status, span.stage, span.due_on


def test_a_reply_without_a_due_date_has_none_and_no_default(sector: Sector) -> None:
    owed = owes_reply(sector.office, day(1))
    assert standing(owed, 2) == ("open", "not_started", None)


def test_a_due_date_by_working_days_keeps_how_it_was_counted(sector: Sector) -> None:
    owed = require_reply(actor=SYSTEM, document=arrives(sector.office, day(21)), due=Due(working_days=10))
    assert owed.original_due_on == date(2024, 11, 4)
    event = owed.events.get(happening="due_set")
    assert (event.working_days, event.counted_from, event.due_on) == (10, day(21), date(2024, 11, 4))


def test_a_due_date_by_rule_names_the_rule(sector: Sector) -> None:
    due = Due(rule="recommendation_national_assembly")
    owed = require_reply(actor=SYSTEM, document=arrives(sector.office, day(1)), due=due)
    event = owed.events.get(happening="due_set")
    assert (event.rule, event.due_on) == ("recommendation_national_assembly", date(2024, 11, 30))


def test_a_document_needs_a_reply_only_once(sector: Sector) -> None:
    owed = owes_reply(sector.office, day(1))
    with pytest.raises(Refusal, match="đã ghi là phải trả lời"):
        require_reply(actor=SYSTEM, document=owed.document)


def test_a_task_due_before_it_is_assigned_is_refused(sector: Sector) -> None:
    with pytest.raises(Refusal, match="sớm hơn ngày giao"):
        gets_task(sector.office, day(5), due_on=day(4))


def test_a_document_that_comes_after_its_due_date_is_overdue_at_once(sector: Sector) -> None:
    assert standing(owes_reply(sector.office, day(5), due_on=day(4)), 5)[2] == day(4)


def test_a_typed_reply_completes_what_is_owed(sector: Sector) -> None:
    owed = replies(owes_reply(sector.office, day(1), due_on=day(10)), day(8))
    assert (standing(owed, 7)[0], standing(owed, 8)[0], owed.answer_symbol) == ("open", "completed", "100/BNV-VP")


def test_an_outgoing_document_in_reply_completes_and_its_removal_opens_again(sector: Sector) -> None:
    owed = owes_reply(sector.office, day(1), due_on=day(10))
    reply = goes_out(sector.office, day(9), in_reply_to_id=owed.document_id)
    owed.refresh_from_db()
    assert (standing(owed, 9)[0], owed.reply_document_id, owed.answer_symbol) == ("completed", reply.pk, reply.symbol)
    remove_document(actor=SYSTEM, document=reply, reason="Ghi nhầm")
    owed.refresh_from_db()
    assert (standing(owed, 9)[0], owed.reply_document_id, owed.answer_symbol) == ("open", None, "")


def test_a_registered_document_can_be_named_as_the_reply(sector: Sector) -> None:
    owed = owes_reply(sector.office, day(1), due_on=day(10))
    reply = goes_out(sector.office, day(9))
    complete_with_reply(actor=SYSTEM, obligation=owed, reply=Reply.by(reply))
    reply.refresh_from_db()
    assert (standing(owed, 9)[0], reply.in_reply_to_id) == ("completed", owed.document_id)


def test_a_reply_is_not_completed_without_its_symbol(sector: Sector) -> None:
    owed = owes_reply(sector.office, day(1))
    with pytest.raises(Refusal, match="số, ký hiệu văn bản trả lời"):
        replies(owed, day(2), symbol=" ")
    with pytest.raises(Refusal, match="hoàn thành bằng văn bản trả lời"):
        complete(actor=SYSTEM, obligation=owed, on=day(2))


def test_a_removed_document_owes_no_reply(sector: Sector) -> None:
    owed = owes_reply(sector.office, day(1))
    remove_document(actor=SYSTEM, document=owed.document, reason="Ghi nhầm")
    assert not ObligationSpan.objects.current().exists()
    with pytest.raises(Refusal, match="gỡ"):
        suspend(actor=SYSTEM, obligation=owed, on=day(2), reason="Chờ")


def test_a_corrected_day_of_arrival_moves_the_beginning(sector: Sector) -> None:
    owed = owes_reply(sector.office, day(5), due_on=day(20))
    correct_document(actor=SYSTEM, document=owed.document, changes={"arrived_on": day(3)})
    assert standing(owed, 3) == ("open", "not_started", day(20))
    correct_document(actor=SYSTEM, document=owed.document, changes={"arrived_on": day(7)})
    assert not ObligationSpan.objects.current().holding_on(day(6)).exists()
    assert standing(owed, 7) == ("open", "not_started", day(20))


def test_a_task_lives_through_its_events(sector: Sector) -> None:
    task = gets_task(sector.office, day(1), due_on=day(10), confirmation_required=True)
    assign(actor=SYSTEM, obligation=task, to=Assignee(sector.archives.pk, "Lê Thu Bình"), on=day(1))
    start(actor=SYSTEM, obligation=task, on=day(2))
    suspend(actor=SYSTEM, obligation=task, on=day(3), reason="Chờ ý kiến")
    resume(actor=SYSTEM, obligation=task, on=day(5))
    extend(actor=SYSTEM, obligation=task, due_on=day(15), on=day(6), reason="Thêm nội dung")
    complete(actor=SYSTEM, obligation=task, on=day(14))
    return_(actor=SYSTEM, obligation=task, on=day(16), reason="Thiếu phụ lục")
    complete(actor=SYSTEM, obligation=task, on=day(17))
    confirm(actor=SYSTEM, obligation=task, on=day(18))
    told = [standing(task, number) for number in (1, 2, 3, 5, 6, 14, 16, 17, 18)]
    assert told == [
        ("open", "not_started", day(10)),
        ("open", "in_progress", day(10)),
        ("suspended", "in_progress", day(10)),
        ("open", "in_progress", day(14)),
        ("open", "in_progress", day(15)),
        ("awaiting", "in_progress", day(15)),
        ("open", "returned", day(15)),
        ("awaiting", "returned", day(15)),
        ("completed", "returned", day(15)),
    ]
    task.refresh_from_db()
    assert (task.original_due_on, task.assigned_to) == (day(10), "Lê Thu Bình")


def test_an_extension_must_be_later_and_say_why(sector: Sector) -> None:
    task = gets_task(sector.office, day(1), due_on=day(10))
    with pytest.raises(Refusal, match="không muộn hơn"):
        extend(actor=SYSTEM, obligation=task, due_on=day(10), on=day(2), reason="Thêm việc")
    with pytest.raises(Refusal, match="lý do"):
        extend(actor=SYSTEM, obligation=task, due_on=day(12), on=day(2), reason="")


@pytest.mark.parametrize("verb", [suspend, refuse, cancel, return_])
def test_verbs_that_stop_or_send_back_need_a_reason(sector: Sector, verb: Any) -> None:
    with pytest.raises(Refusal, match="lý do"):
        verb(actor=SYSTEM, obligation=gets_task(sector.office, day(1)), on=day(2), reason=" ")


def test_what_its_state_does_not_allow_is_refused(sector: Sector) -> None:
    task = gets_task(sector.office, day(3))
    with pytest.raises(Refusal, match="Không thể “Xác nhận hoàn thành”"):
        confirm(actor=SYSTEM, obligation=task, on=day(4))
    with pytest.raises(Refusal, match="sớm hơn ngày phát sinh"):
        start(actor=SYSTEM, obligation=task, on=day(2))
    cancel(actor=SYSTEM, obligation=task, on=day(5), reason="Thôi không làm")
    with pytest.raises(Refusal, match="đã hủy"):
        complete(actor=SYSTEM, obligation=task, on=day(6))


def test_a_refused_task_stays_open_until_assigned_anew(sector: Sector) -> None:
    task = gets_task(sector.office, day(1), due_on=day(9))
    refuse(actor=SYSTEM, obligation=task, on=day(2), reason="Không đúng chức năng")
    assign(actor=SYSTEM, obligation=task, to=Assignee(sector.archives.pk), on=day(3), due=Due(on=day(12)),
           reason="Giao lại")  # fmt: skip
    assert [standing(task, n) for n in (2, 3)] == [("open", "refused", day(9)), ("open", "not_started", day(12))]


def test_a_transfer_leaves_earlier_days_with_the_former_unit(sector: Sector) -> None:
    task = gets_task(sector.office, day(1))
    transfer(actor=SYSTEM, obligation=task, unit_id=sector.archives.pk, on=day(10), reason="Sắp xếp")
    units = [ObligationSpan.objects.current().holding_on(day(n)).get().unit_id for n in (9, 10)]
    assert units == [sector.office.pk, sector.archives.pk]


def test_a_code_is_used_once_in_a_unit(sector: Sector) -> None:
    task = gets_task(sector.office, day(1), code="NV-7")
    gets_task(sector.archives, day(1), code="NV-7")
    with pytest.raises(Refusal, match="NV-7"):
        gets_task(sector.office, day(2), code="NV-7")
    remove_obligation(actor=SYSTEM, obligation=task, reason="Ghi nhầm")
    gets_task(sector.office, day(2), code="NV-7")


def test_an_answer_to_voters_has_a_symbol_and_a_result(sector: Sector) -> None:
    wish = gets_recommendation(sector.office, day(1), due_on=day(30))
    answer_recommendation(actor=SYSTEM, obligation=wish, on=day(20), symbol="9/BNV-VP", result=Result.EXPLAINED)
    wish.refresh_from_db()
    assert (standing(wish, 20)[0], wish.result, wish.answer_symbol) == ("completed", "explained", "9/BNV-VP")


def test_cooperating_units_stand_beside_the_lead(sector: Sector) -> None:
    task = gets_task(sector.office, day(1), cooperating_unit_ids=[sector.archives.pk, sector.archives.pk])
    assert [helping.unit_id for helping in task.cooperations.all()] == [sector.archives.pk]


def test_someone_without_grant_may_not_act(sector: Sector) -> None:
    with pytest.raises(Refusal, match="Không có quyền"):
        start(actor=Actor("nobody", "Người lạ"), obligation=gets_task(sector.office, day(1)), on=day(1))


def test_what_is_to_come_has_not_happened(sector: Sector) -> None:
    task = gets_task(sector.office, day(1))
    with pytest.raises(Refusal, match="chưa đến"):
        complete(actor=SYSTEM, obligation=task, on=date(2034, 10, 20))
    with pytest.raises(Refusal, match="chưa đến"):
        gets_task(sector.office, date(2034, 10, 20))


@pytest.mark.parametrize("due_on", [date(1994, 10, 21), date(2204, 10, 21)])
def test_a_due_date_of_another_age_is_refused(sector: Sector, due_on: date) -> None:
    with pytest.raises(Refusal, match="cách quá xa"):
        owes_reply(sector.office, day(1), due_on=due_on)
    with pytest.raises(Refusal, match=r"cách quá xa|không muộn hơn"):
        extend(
            actor=SYSTEM, obligation=gets_task(sector.office, day(1), day(9)), due_on=due_on, on=day(2), reason="Thêm"
        )


def test_a_due_date_that_the_calendar_does_not_reach_has_no_distance(sector: Sector) -> None:
    state = State(unit_id=1, due_on=date(1994, 10, 21), status=Status.OPEN, stage=Stage.NOT_STARTED)
    standing = Standing.of(Kind.REPLY, state, Day(date(2024, 11, 1)))
    assert (standing.timeliness, standing.working_days_left) == (Timeliness.OVERDUE, None)
