"""Letters of the register that answer, typed replies beside them, and taking back what was recorded by mistake."""

from datetime import date

import pytest

from noivu.accounts.testing import Cast
from noivu.audit.api import history
from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.intake.api import DOCUMENTS_IN, DOCUMENTS_OUT
from noivu.intake.testing import put_in
from noivu.records.api import OutgoingDocument, correct_document, remove_document
from noivu.records.testing import arrives, goes_out
from noivu.units.testing import Sector
from noivu.work.api import (
    Obligation,
    ObligationSpan,
    Reply,
    Result,
    answer_recommendation,
    cancel,
    complete_with_reply,
    extend,
    remove_obligation,
    require_reply,
    withdraw,
)
from noivu.work.testing import gets_recommendation, gets_task, owes_reply, replies


def day(number: int) -> date:
    return date(2024, 10, number)


def stood(obligation: Obligation, number: int = 31) -> tuple[str, date | None, str, int | None]:
    obligation.refresh_from_db()
    span = ObligationSpan.objects.current().holding_on(day(number)).get(obligation=obligation)
    return span.status, span.completed_on, obligation.answer_symbol, obligation.reply_document_id


def test_one_letter_answers_two_documents(sector: Sector) -> None:
    first, second = owes_reply(sector.office, day(1)), owes_reply(sector.office, day(2))
    letter = goes_out(sector.office, day(9))
    for owed in (first, second):
        letter.refresh_from_db()
        complete_with_reply(actor=SYSTEM, obligation=owed, reply=Reply.by(letter))
    done = ("completed", day(9), letter.symbol, letter.pk)
    assert (stood(first), stood(second)) == (done, done)

    correct_document(actor=SYSTEM, document=letter, changes={"in_reply_to_id": None})
    assert (stood(first)[0], stood(second)) == ("open", done)
    remove_document(actor=SYSTEM, document=letter, reason="Ghi nhầm")
    assert stood(second) == ("open", None, "", None)


def test_of_two_letters_that_sheets_bring_the_earlier_answers_and_without_it_the_later(sector: Sector) -> None:
    owed = owes_reply(sector.office, day(1))
    later = goes_out(sector.office, day(9), in_reply_to_id=owed.document_id)
    row = {"unit": sector.office, "issued_on": day(5), "kind": "CV", "summary": "Trả lời", "in_reply_to": "1"}
    put_in(DOCUMENTS_OUT, [{**row, "symbol": "7/BNV-VP"}])
    earlier = OutgoingDocument.objects.current().get(issued_on=day(5))
    assert stood(owed) == ("completed", day(5), "7/BNV-VP", earlier.pk)
    remove_document(actor=SYSTEM, document=earlier, reason="Ghi nhầm")
    assert stood(owed) == ("completed", day(9), later.symbol, later.pk)


def test_a_typed_reply_outlives_a_letter_that_was_linked_and_unlinked(sector: Sector) -> None:
    owed = replies(owes_reply(sector.office, day(1)), day(8), symbol="01/BNV-VP")
    letter = goes_out(sector.office, day(5), symbol="01/BNV-VP", in_reply_to_id=owed.document_id)
    assert stood(owed) == ("completed", day(5), "01/BNV-VP", letter.pk)
    correct_document(actor=SYSTEM, document=letter, changes={"in_reply_to_id": None})
    assert stood(owed) == ("completed", day(8), "01/BNV-VP", None)


def test_a_corrected_letter_is_logged_at_the_reply_only_when_that_changes(sector: Sector) -> None:
    owed = owes_reply(sector.office, day(1))
    letter = goes_out(sector.office, day(9), in_reply_to_id=owed.document_id)
    cancelled = owes_reply(sector.office, day(2))
    cancel(actor=SYSTEM, obligation=cancelled, on=day(3), reason="Thôi")
    goes_out(sector.office, day(9), in_reply_to_id=cancelled.document_id)
    correct_document(actor=SYSTEM, document=letter, changes={"summary": "Khác"})
    assert [len(history(one)) for one in (owed, cancelled)] == [2, 2]
    correct_document(actor=SYSTEM, document=letter, changes={"issued_on": day(8)})
    assert (len(history(owed)), stood(owed)[1]) == (3, day(8))


def test_a_reply_that_turns_out_to_be_owed_is_completed_by_its_letter(sector: Sector) -> None:
    document = arrives(sector.office, day(1))
    letter = goes_out(sector.office, day(9), in_reply_to_id=document.pk)
    owed = require_reply(actor=SYSTEM, document=document)
    assert stood(owed) == ("completed", day(9), letter.symbol, letter.pk)
    remove_obligation(actor=SYSTEM, obligation=owed, reason="Ghi nhầm")
    assert stood(require_reply(actor=SYSTEM, document=document))[0] == "completed"


def test_a_sheet_that_says_later_that_a_reply_is_owed_finds_its_letter(sector: Sector) -> None:
    row = {
        "unit": sector.office, "arrival_number": "1", "arrived_on": day(1), "issuer": "Bộ Tài chính",
        "summary": "Xin ý kiến", "reply_required": False,
    }  # fmt: skip
    put_in(DOCUMENTS_IN, [row])
    letter = {"unit": sector.office, "symbol": "7/BNV-VP", "issued_on": day(9), "kind": "CV", "summary": "Trả lời"}
    put_in(DOCUMENTS_OUT, [{**letter, "in_reply_to": "1"}])
    put_in(DOCUMENTS_IN, [{**row, "reply_required": True}])
    assert stood(Obligation.objects.get())[:3] == ("completed", day(9), "7/BNV-VP")


def test_an_arrival_is_not_moved_behind_the_reply(sector: Sector) -> None:
    owed = replies(owes_reply(sector.office, day(5), due_on=day(6)), day(8))
    with pytest.raises(Refusal, match="sau diễn biến"):
        correct_document(actor=SYSTEM, document=owed.document, changes={"arrived_on": day(10)})


def test_an_arrival_that_a_sheet_moves_behind_the_reply_keeps_the_due_date(sector: Sector) -> None:
    row = {
        "unit": sector.office, "arrival_number": "1", "arrived_on": day(5), "issuer": "Bộ Tài chính",
        "summary": "Xin ý kiến", "reply_required": True, "due_on": day(6),
    }  # fmt: skip
    columns = [*row]
    put_in(DOCUMENTS_IN, [row], given=columns)
    replies(Obligation.objects.get(), day(8))
    put_in(DOCUMENTS_IN, [{**row, "arrived_on": day(10)}], given=columns)
    span = ObligationSpan.objects.current().holding_on(day(20)).get()
    assert (span.due_on, span.completed_on) == (day(6), day(10))


def test_a_mistaken_reply_is_taken_back(sector: Sector) -> None:
    owed = replies(owes_reply(sector.office, day(1), due_on=day(9)), day(8))
    withdraw(actor=SYSTEM, obligation=owed, reason="Ghi nhầm văn bản")
    assert stood(owed) == ("open", None, "", None)
    assert history(owed)[0].reason == "Ghi nhầm văn bản"


def test_taking_back_a_letter_unlinks_it(sector: Sector) -> None:
    owed = owes_reply(sector.office, day(1))
    letter = goes_out(sector.office, day(9), in_reply_to_id=owed.document_id)
    withdraw(actor=SYSTEM, obligation=owed, reason="Không phải văn bản này")
    letter.refresh_from_db()
    assert (stood(owed)[0], letter.in_reply_to_id) == ("open", None)


def test_a_mistaken_answer_and_cancellation_are_taken_back(sector: Sector) -> None:
    wish = gets_recommendation(sector.office, day(1))
    answer_recommendation(actor=SYSTEM, obligation=wish, on=day(5), symbol="1/BNV", result=Result.EXPLAINED)
    withdraw(actor=SYSTEM, obligation=wish, reason="Ghi nhầm")
    assert (stood(wish)[0], wish.result) == ("open", "")
    owed = owes_reply(sector.office, day(1), due_on=day(9))
    cancel(actor=SYSTEM, obligation=owed, on=day(5), reason="Thôi")
    with pytest.raises(Refusal, match="Khôi phục"):
        require_reply(actor=SYSTEM, document=owed.document)
    withdraw(actor=SYSTEM, obligation=owed, reason="Hủy nhầm")
    assert stood(owed)[0] == "open"


def test_there_must_be_something_to_take_back(sector: Sector) -> None:
    task = gets_task(sector.office, day(1), due_on=day(9))
    with pytest.raises(Refusal, match="Không có diễn biến"):
        withdraw(actor=SYSTEM, obligation=task, reason="Nhầm")
    with pytest.raises(Refusal, match="lý do"):
        withdraw(actor=SYSTEM, obligation=task, reason=" ")


def test_who_takes_away_a_document_takes_away_its_reply_in_the_log_too(sector: Sector) -> None:
    owed = owes_reply(sector.office, day(1))
    remove_document(actor=SYSTEM, document=owed.document, reason="Ghi nhầm")
    assert history(owed)[0].action == "obligation.remove"


def test_what_closed_it_is_taken_back_whatever_is_recorded_of_later_days(sector: Sector) -> None:
    owed = owes_reply(sector.office, day(1), due_on=day(9))
    extend(actor=SYSTEM, obligation=owed, due_on=day(30), on=day(20), reason="Thêm việc")
    withdraw(actor=SYSTEM, obligation=replies(owed, day(8)), reason="Ghi nhầm")
    assert (stood(owed)[0], ObligationSpan.objects.current().holding_on(day(31)).get().due_on) == ("open", day(30))
    cancel(actor=SYSTEM, obligation=owed, on=day(21), reason="Thôi")
    goes_out(sector.office, day(25), in_reply_to_id=owed.document_id)
    withdraw(actor=SYSTEM, obligation=owed, reason="Hủy nhầm")
    assert stood(owed)[:2] == ("completed", day(25))


def test_officers_take_back_what_they_may_record(sector: Sector, cast: Cast) -> None:
    owed = replies(owes_reply(cast.binh.unit, day(1)), day(8))
    withdraw(actor=cast.binh.actor, obligation=owed, reason="Ghi nhầm")
    cancel(actor=SYSTEM, obligation=owed, on=day(9), reason="Thôi")
    with pytest.raises(Refusal, match="Không có quyền"):
        withdraw(actor=cast.binh.actor, obligation=owed, reason="Hủy nhầm")
