"""What cannot be meant is refused with words that help; what was refused leaves nothing behind."""

from collections.abc import Callable
from datetime import date

import pytest

from noivu.accounts.testing import Cast
from noivu.audit.api import history
from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.records.api import OutgoingDocument, OutgoingEntry, correct_document, register_outgoing
from noivu.records.testing import arrives, goes_out
from noivu.units.testing import Sector
from noivu.work.api import (
    Assignee,
    Due,
    Obligation,
    ObligationSpan,
    Reply,
    assign,
    cancel,
    complete,
    complete_with_reply,
    extend,
    resume,
    return_,
    suspend,
    transfer,
    withdraw,
)
from noivu.work.testing import gets_task, owes_reply, replies


def day(number: int) -> date:
    return date(2024, 10, number)


def due_on(obligation: Obligation, number: int) -> date | None:
    return ObligationSpan.objects.current().holding_on(day(number)).get(obligation=obligation).due_on


LATER_CLOSED = [
    lambda task: extend(actor=SYSTEM, obligation=task, due_on=day(20), on=day(9), reason="Thêm"),
    lambda task: suspend(actor=SYSTEM, obligation=task, on=day(9), reason="Chờ"),
    lambda task: cancel(actor=SYSTEM, obligation=task, on=day(9), reason="Thôi"),
    lambda task: transfer(actor=SYSTEM, obligation=task, unit_id=task.unit_id + 1, on=day(9), reason="Chuyển"),
    lambda task: assign(actor=SYSTEM, obligation=task, to=Assignee(name="An"), on=day(9)),
    lambda task: complete(actor=SYSTEM, obligation=task, on=day(9)),
]


@pytest.mark.parametrize("act", LATER_CLOSED)
def test_after_a_completion_is_recorded_no_earlier_day_is_changed(
    sector: Sector, act: Callable[[Obligation], object]
) -> None:
    task = gets_task(sector.office, day(1), due_on=day(10))
    complete(actor=SYSTEM, obligation=task, on=day(15))
    with pytest.raises(Refusal, match="đã ghi “Hoàn thành” ngày 15/10/2024") as refused:
        act(task)
    assert "thu hồi nó trước" in str(refused.value)
    assert (due_on(task, 15), len(history(task))) == (day(10), 2)


def test_an_extension_after_completion_is_refused_on_any_day(sector: Sector) -> None:
    task = gets_task(sector.office, day(1), due_on=day(10))
    complete(actor=SYSTEM, obligation=task, on=day(15))
    for on in (day(9), day(15), day(16)):
        with pytest.raises(Refusal, match="Không thể “Gia hạn”"):
            extend(actor=SYSTEM, obligation=task, due_on=day(20), on=on, reason="Thêm việc")
    withdraw(actor=SYSTEM, obligation=task, reason="Ghi nhầm")
    extend(actor=SYSTEM, obligation=task, due_on=day(20), on=day(9), reason="Thêm việc")
    assert due_on(task, 9) == day(20)


def test_what_was_returned_closes_no_later_day_but_its_own(sector: Sector) -> None:
    task = gets_task(sector.office, day(1), due_on=day(10), confirmation_required=True)
    complete(actor=SYSTEM, obligation=task, on=day(9))
    return_(actor=SYSTEM, obligation=task, on=day(11), reason="Thiếu phụ lục")
    with pytest.raises(Refusal, match="09/10/2024"):
        extend(actor=SYSTEM, obligation=task, due_on=day(20), on=day(8), reason="Thêm việc")
    extend(actor=SYSTEM, obligation=task, due_on=day(20), on=day(12), reason="Thêm việc")
    assert due_on(task, 12) == day(20)


def test_a_cancellation_closes_the_days_before_it(sector: Sector) -> None:
    task = gets_task(sector.office, day(1), due_on=day(10))
    cancel(actor=SYSTEM, obligation=task, on=day(9), reason="Thôi")
    with pytest.raises(Refusal, match="đã ghi “Hủy” ngày 09/10/2024"):
        complete(actor=SYSTEM, obligation=task, on=day(8))


def test_a_due_date_before_the_start_is_refused_however_it_is_given(sector: Sector) -> None:
    task = gets_task(sector.office, day(5))
    with pytest.raises(Refusal, match="Hạn 07/10/2024 sớm hơn ngày giao 08/10/2024"):
        assign(actor=SYSTEM, obligation=task, to=Assignee(sector.office.pk), on=day(8), due=Due(on=day(7)))
    with pytest.raises(Refusal, match="Hạn 04/10/2024 sớm hơn ngày giao 05/10/2024"):
        extend(actor=SYSTEM, obligation=task, due_on=day(4), on=day(6), reason="Thêm việc")
    assert due_on(task, 8) is None


def test_a_reply_to_a_document_of_another_unit_is_refused(cast: Cast) -> None:
    theirs = arrives(cast.binh.unit, day(1))
    chi = cast.chi
    entry = OutgoingEntry(chi.unit.pk, day(9), "CV", "Trả lời", notation="BNV-CQDP", in_reply_to_id=theirs.pk)
    with pytest.raises(Refusal, match="thuộc sổ của đơn vị khác"):
        register_outgoing(actor=chi.actor, entry=entry)
    assert not OutgoingDocument.objects.exists()
    letter = goes_out(chi.unit, day(9))
    with pytest.raises(Refusal, match="thuộc sổ của đơn vị khác"):
        correct_document(actor=chi.actor, document=letter, changes={"in_reply_to_id": theirs.pk})
    correct_document(actor=chi.actor, document=letter, changes={"summary": "Hướng dẫn"})


def test_a_unit_that_was_given_a_document_may_answer_it(cast: Cast) -> None:
    given = arrives(cast.binh.unit, day(1), assigned_unit_id=cast.chi.unit.pk)
    entry = OutgoingEntry(cast.chi.unit.pk, day(9), "CV", "Trả lời", notation="BNV-CQDP", in_reply_to_id=given.pk)
    assert register_outgoing(actor=cast.chi.actor, entry=entry).in_reply_to_id == given.pk


def test_a_second_reply_is_refused_with_the_first_and_the_way_out(sector: Sector) -> None:
    owed = owes_reply(sector.office, day(1))
    first = goes_out(sector.office, day(9), in_reply_to_id=owed.document_id)
    for on in (day(5), day(12)):
        with pytest.raises(Refusal, match="đã được trả lời") as refused:
            goes_out(sector.office, on, in_reply_to_id=owed.document_id)
        assert first.symbol in str(refused.value.what)
        assert "bổ sung" in str(refused.value.do)
    other = goes_out(sector.office, day(12))
    for second in (lambda: complete_with_reply(actor=SYSTEM, obligation=owed, reply=Reply.by(other)),
                   lambda: correct_document(actor=SYSTEM, document=other, changes={"in_reply_to_id": owed.document_id}),
                   lambda: replies(owed, day(5))):  # fmt: skip
        with pytest.raises(Refusal, match=first.symbol):
            second()
    owed.refresh_from_db()
    assert (owed.reply_document_id, OutgoingDocument.objects.current().count()) == (first.pk, 2)


def test_a_letter_that_names_another_document_is_no_second_reply_unnoticed(sector: Sector) -> None:
    owed, other = owes_reply(sector.office, day(1)), owes_reply(sector.office, day(2))
    goes_out(sector.office, day(9), in_reply_to_id=owed.document_id)
    letter = goes_out(sector.office, day(5), in_reply_to_id=other.document_id)
    with pytest.raises(Refusal, match="đã được trả lời"):
        complete_with_reply(actor=SYSTEM, obligation=owed, reply=Reply.by(letter))


def test_the_letter_whose_symbol_was_typed_before_is_registered_later(sector: Sector) -> None:
    owed = replies(owes_reply(sector.office, day(1)), day(8), symbol="01/BNV-VP")
    letter = goes_out(sector.office, day(8), symbol="01/BNV-VP", in_reply_to_id=owed.document_id)
    owed.refresh_from_db()
    assert (owed.answer_symbol, letter.in_reply_to_id) == ("01/BNV-VP", owed.document_id)


def test_resuming_moves_the_due_date_by_the_working_days_of_the_suspension(sector: Sector) -> None:
    """Suspended from Friday 11 to Thursday 17: 11, 14, 15, 16 did not count; four working days after Tuesday 22."""
    task = gets_task(sector.office, day(1), due_on=day(22))
    suspend(actor=SYSTEM, obligation=task, on=day(11), reason="Chờ ý kiến")
    resume(actor=SYSTEM, obligation=task, on=day(17))
    assert [due_on(task, n) for n in (10, 11, 16, 17)] == [day(22), day(22), day(22), day(28)]
    task.refresh_from_db()
    assert task.original_due_on == day(22)
    moved = task.events.get(happening="resumed")
    assert (moved.working_days, moved.counted_from) == (4, day(22))


def test_where_the_rule_counts_all_days_so_does_the_suspension(sector: Sector) -> None:
    task = gets_task(sector.office, day(1))
    assign(actor=SYSTEM, obligation=task, to=Assignee(sector.office.pk), on=day(1),
           due=Due(rule="recommendation_national_assembly"))  # fmt: skip
    before = due_on(task, 1)
    suspend(actor=SYSTEM, obligation=task, on=day(11), reason="Chờ ý kiến")
    resume(actor=SYSTEM, obligation=task, on=day(17))
    after = due_on(task, 17)
    assert before is not None
    assert after is not None
    assert (after - before).days == 6


def test_a_suspension_within_days_off_moves_nothing(sector: Sector) -> None:
    task = gets_task(sector.office, day(1), due_on=day(22))
    suspend(actor=SYSTEM, obligation=task, on=day(12), reason="Chờ")
    resume(actor=SYSTEM, obligation=task, on=day(14))
    assert due_on(task, 14) == day(22)


def test_another_day_than_the_moved_one_needs_its_reason(sector: Sector) -> None:
    task = gets_task(sector.office, day(1), due_on=day(22))
    suspend(actor=SYSTEM, obligation=task, on=day(11), reason="Chờ ý kiến")
    with pytest.raises(Refusal, match="lý do"):
        resume(actor=SYSTEM, obligation=task, on=day(17), due_on=day(25))
    with pytest.raises(Refusal, match="sớm hơn hạn khi tạm dừng"):
        resume(actor=SYSTEM, obligation=task, on=day(17), due_on=day(21), reason="Gấp")
    resume(actor=SYSTEM, obligation=task, on=day(17), due_on=day(25), reason="Gấp")
    assert due_on(task, 17) == day(25)


def test_an_extension_during_the_suspension_knows_of_the_days_until_then(sector: Sector) -> None:
    """Extended on Tuesday 15 to the 31st: only the 15th and the 16th still stop the clock."""
    task = gets_task(sector.office, day(1), due_on=day(22))
    suspend(actor=SYSTEM, obligation=task, on=day(11), reason="Chờ ý kiến")
    extend(actor=SYSTEM, obligation=task, due_on=day(29), on=day(15), reason="Thêm việc")
    resume(actor=SYSTEM, obligation=task, on=day(17))
    assert due_on(task, 17) == day(31)
