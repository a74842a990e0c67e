from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from noivu.accounts.testing import Cast
from noivu.audit.api import history
from noivu.core.actors import SYSTEM
from noivu.intake.api import DOCUMENTS_IN, DOCUMENTS_OUT, RECOMMENDATIONS, TASKS
from noivu.intake.testing import put_in, states
from noivu.records.api import IncomingDocument, OutgoingDocument, RegisterBook, cancel_number, correct_document
from noivu.sheets.api import Template
from noivu.units.testing import Sector
from noivu.work.api import (
    Assignee,
    Correction,
    Due,
    Kind,
    Obligation,
    ObligationSpan,
    Result,
    Session,
    SessionEntry,
    answer_recommendation,
    assign,
    assign_document,
    correct_obligation,
    extend,
    open_session,
    require_reply,
    suspend,
    transfer,
    withdraw,
)
from noivu.work.testing import owes_reply

Row = dict[str, Any]


def day(number: int) -> date:
    return date(2024, 10, number)


def incoming(sector: Sector, number: object = "1", **more: Any) -> Row:
    return {
        "unit": sector.office, "arrival_number": str(number), "arrived_on": day(1), "issuer": "Bộ Tài chính",
        "summary": "Xin ý kiến", "reply_required": True, **more,
    }  # fmt: skip


def outgoing(sector: Sector, symbol: str = "7/BNV-VP", **more: Any) -> Row:
    return {
        "unit": sector.office, "symbol": symbol, "issued_on": day(9), "kind": "CV", "summary": "Trả lời", **more,
    }  # fmt: skip


def task(sector: Sector, code: str = "NV-1", **more: Any) -> Row:
    return {
        "code": code, "title": "Soạn báo cáo", "assigner": "Bộ trưởng", "assigned_on": day(1),
        "lead_unit": sector.office, **more,
    }  # fmt: skip


def wish(sector: Sector, code: str = "KN-1", **more: Any) -> Row:
    return {
        "code": code, "origin": "Đoàn Nghệ An", "content": "Nâng phụ cấp", "received_on": day(1),
        "unit": sector.office, **more,
    }  # fmt: skip


def span(number: int, **which: Any) -> ObligationSpan:
    return ObligationSpan.objects.current().holding_on(day(number)).get(**which)


def test_a_document_comes_with_the_reply_it_needs(sector: Sector) -> None:
    row = incoming(
        sector, "031", kind="QĐ", assigned_unit=sector.archives, due_on=day(10),
        reply_symbol="9/BNV-VP", replied_on=day(12),
    )  # fmt: skip
    assert states(put_in(DOCUMENTS_IN, [row])) == ["applied"]
    document = IncomingDocument.objects.current().get()
    assert (document.arrival_number, document.kind, document.assigned_unit_id) == (31, "quyet-dinh", sector.archives.pk)
    assert [span(n).status for n in (11, 12)] == ["open", "completed"]
    owed = Obligation.objects.get()
    assert (owed.answer_symbol, owed.original_due_on, owed.assigned_unit_id) == (
        "9/BNV-VP",
        day(10),
        sector.archives.pk,
    )


def test_the_same_rows_again_change_nothing(sector: Sector) -> None:
    for template, rows in (
        (
            DOCUMENTS_IN,
            [incoming(sector, due_on=day(10), replied_on=day(9)), incoming(sector, 2, reply_required=False)],
        ),
        (DOCUMENTS_OUT, [outgoing(sector, in_reply_to="1", copies=3)]),
        (TASKS, [task(sector, due_on=day(10), completed_on=day(8), cooperating_units="VP-BNV; CVTLT-BNV")]),
        (RECOMMENDATIONS, [wish(sector, session="Kỳ họp thứ 7", answered_on=day(8), result="explained")]),
    ):
        assert set(states(put_in(template, rows))) == {"applied"}
        spans = list(ObligationSpan.objects.order_by("pk").values())
        assert set(states(put_in(template, rows))) == {"unchanged"}
        assert list(ObligationSpan.objects.order_by("pk").values()) == spans


def test_a_later_sheet_corrects_the_same_document(sector: Sector) -> None:
    put_in(DOCUMENTS_IN, [incoming(sector, due_on=day(10))])
    put_in(DOCUMENTS_IN, [incoming(sector, arrived_on=day(2), due_on=day(12), summary="Sửa", replied_on=day(5))])
    document = IncomingDocument.objects.current().get()
    assert (document.summary, IncomingDocument.objects.count()) == ("Sửa", 2)
    assert (span(2).due_on, span(5).status, span(4).status) == (day(12), "completed", "open")
    assert not ObligationSpan.objects.current().holding_on(day(1)).exists()


def test_a_reply_taken_back_by_the_sheet_is_owed_again(sector: Sector) -> None:
    put_in(DOCUMENTS_IN, [incoming(sector, replied_on=day(5))])
    put_in(DOCUMENTS_IN, [incoming(sector)])
    assert span(6).status == "open"


def test_a_column_that_the_file_lacks_says_nothing(sector: Sector) -> None:
    put_in(DOCUMENTS_IN, [incoming(sector, due_on=day(10), replied_on=day(5), note="Giữ")])
    few = ["unit", "arrival_number", "arrived_on", "issuer", "summary", "reply_required"]
    assert states(put_in(DOCUMENTS_IN, [incoming(sector)], given=few)) == ["unchanged"]
    assert (span(6).status, IncomingDocument.objects.current().get().note) == ("completed", "Giữ")


def test_without_the_column_a_due_date_or_a_reply_says_that_one_is_needed(sector: Sector) -> None:
    columns = ["unit", "arrival_number", "arrived_on", "issuer", "summary", "due_on", "replied_on"]
    put_in(DOCUMENTS_IN, [incoming(sector, 1, due_on=day(3)), incoming(sector, 2)], given=columns)
    assert Obligation.objects.standing().count() == 1


def test_a_document_that_needs_no_reply_any_more_owes_none(sector: Sector) -> None:
    put_in(DOCUMENTS_IN, [incoming(sector)])
    assert states(put_in(DOCUMENTS_IN, [incoming(sector, reply_required=False)])) == ["applied"]
    assert not ObligationSpan.objects.current().exists()
    put_in(DOCUMENTS_IN, [incoming(sector)])
    assert span(3).status == "open"


def test_what_a_person_entered_is_not_undone_by_a_blank_cell(sector: Sector) -> None:
    put_in(TASKS, [task(sector, due_on=day(10))])
    entered = Obligation.objects.get()
    extend(actor=SYSTEM, obligation=entered, due_on=day(20), on=day(5), reason="Thêm việc")
    suspend(actor=SYSTEM, obligation=entered, on=day(6), reason="Chờ")
    transfer(actor=SYSTEM, obligation=entered, unit_id=sector.archives.pk, on=day(8), reason="Sắp xếp")
    assert states(put_in(TASKS, [task(sector, due_on=day(10))])) == ["unchanged"]
    assert (span(7).due_on, span(7).status, span(8).unit_id) == (day(20), "suspended", sector.archives.pk)


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"arrival_number": "5/VP"}, "arrival_number"),
        ({"replied_on": date(2024, 9, 30)}, "replied_on"),
        ({"issued_on": day(2)}, "issued_on"),
        ({"reply_symbol": "3/BNV"}, "replied_on"),
        ({"symbol": "x" * 121}, "symbol"),
        ({"note": "a\x00b"}, "note"),
    ],
)
def test_a_document_that_cannot_be_is_kept_aside_with_its_reason(sector: Sector, more: Row, column: str) -> None:
    good, bad = put_in(DOCUMENTS_IN, [incoming(sector, 1), incoming(sector, 2) | more])
    expected = "arrived_on" if column == "issued_on" else column
    assert (good.state, bad.state, bad.column) == ("applied", "quarantined", expected)
    assert bad.reason is not None
    assert bad.reason.vi != bad.reason.en


@pytest.mark.parametrize("column", ["due_on", "completed_on", "confirmed_on", "suspended_on"])
def test_nothing_happens_to_a_task_before_it_is_assigned(sector: Sector, column: str) -> None:
    (outcome,) = put_in(TASKS, [task(sector) | {column: date(2024, 9, 30)}])
    assert (outcome.state, outcome.column) == ("quarantined", column)


def test_an_unknown_cooperating_unit_keeps_the_task_aside(sector: Sector) -> None:
    (outcome,) = put_in(TASKS, [task(sector, cooperating_units="VP-BNV; Cục không có")])
    assert (outcome.state, outcome.column) == ("quarantined", "cooperating_units")


def test_units_that_help_are_named_by_code_or_name(sector: Sector) -> None:
    put_in(
        TASKS,
        [
            task(sector, cooperating_units="VCQDP-BNV, CVTLT-BNV"),
            task(sector, "NV-2", cooperating_units="Văn phòng Bộ"),
        ],
    )
    helping = {t.code: {c.unit_id for c in t.cooperations.all()} for t in Obligation.objects.all()}
    assert helping == {"NV-1": {sector.local_government.pk, sector.archives.pk}, "NV-2": {sector.office.pk}}


def test_a_cancelled_number_is_not_filled_by_a_sheet(sector: Sector) -> None:
    put_in(DOCUMENTS_IN, [incoming(sector)])
    cancel_number(actor=SYSTEM, document=IncomingDocument.objects.current().get(), reason="Hủy")
    (outcome,) = put_in(DOCUMENTS_IN, [incoming(sector, summary="Khác")])
    assert (outcome.state, outcome.column) == ("quarantined", "arrival_number")


def test_numbers_begin_anew_each_year_and_the_register_goes_on_after_them(sector: Sector) -> None:
    rows = [incoming(sector, 40, arrived_on=date(2023, 12, 30)), incoming(sector, "12a", arrived_on=date(2024, 1, 2))]
    assert states(put_in(DOCUMENTS_IN, rows)) == ["applied", "applied"]
    assert {(book.year, book.next_number) for book in RegisterBook.objects.all()} == {(2023, 41), (2024, 13)}
    same = DOCUMENTS_IN.identify
    assert same is not None
    assert same(incoming(sector, "05")) == same(incoming(sector, 5))
    assert same(incoming(sector, 5)) != same(incoming(sector, 5, arrived_on=date(2023, 1, 1)))


@pytest.mark.parametrize("reference", ["15842/ubnd-thkh", "1", "01"])
def test_an_outgoing_document_completes_the_reply_it_names(sector: Sector, reference: str) -> None:
    put_in(DOCUMENTS_IN, [incoming(sector, 1, symbol="15842/UBND-THKH")])
    put_in(DOCUMENTS_OUT, [outgoing(sector, in_reply_to=reference)])
    assert (span(8).status, span(9).status) == ("open", "completed")
    owed = Obligation.objects.get()
    assert (owed.reply_document, owed.answer_symbol) == (OutgoingDocument.objects.current().get(), "7/BNV-VP")
    put_in(DOCUMENTS_OUT, [outgoing(sector, in_reply_to="")])
    owed.refresh_from_db()
    assert (span(9).status, owed.reply_document) == ("open", None)


def test_a_reference_that_is_not_registered_yet_is_kept_and_found_later(sector: Sector) -> None:
    rows = [outgoing(sector, in_reply_to="15842/UBND-THKH")]
    assert states(put_in(DOCUMENTS_OUT, rows)) == ["applied"]
    put_in(DOCUMENTS_IN, [incoming(sector, 1, symbol="15842/UBND-THKH")])
    assert states(put_in(DOCUMENTS_OUT, rows)) == ["applied"]
    assert span(9).status == "completed"


def test_a_task_waits_for_its_confirmation(sector: Sector) -> None:
    put_in(TASKS, [task(sector, confirmation_required=True, completed_on=day(8), confirmed_on=day(12))])
    assert [(span(n).status, span(n).completed_on) for n in (8, 12)] == [("awaiting", None), ("completed", day(12))]


def test_a_session_is_opened_when_first_named_and_found_by_name_or_code(sector: Sector) -> None:
    put_in(RECOMMENDATIONS, [wish(sector, session="Kỳ họp thứ 7"), wish(sector, "KN-2", session="KỲ HỌP THỨ 7")])
    session = Session.objects.get()
    assert (session.recommendations.count(), session.reported_to) == (2, None)


def test_the_number_of_statements_does_not_grow_with_the_rows(sector: Sector) -> None:
    def statements(first: int, last: int) -> int:
        rows = [incoming(sector, n, due_on=day(9), replied_on=day(8)) for n in range(first, last)]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            put_in(DOCUMENTS_IN, rows)
        return len([q for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    put_in(DOCUMENTS_IN, [incoming(sector, 1)])
    few, many = statements(2, 12), statements(12, 412)
    assert many <= few + 2
    assert Obligation.objects.of_kind(Kind.REPLY).count() == 411


def test_a_sheet_that_is_silent_about_replies_takes_none_away(sector: Sector) -> None:
    columns = ["unit", "arrival_number", "arrived_on", "issuer", "summary"]
    put_in(DOCUMENTS_IN, [incoming(sector)], given=columns)
    owed = require_reply(actor=SYSTEM, document=IncomingDocument.objects.current().get(), due=Due(on=day(10)))
    assert states(put_in(DOCUMENTS_IN, [incoming(sector)], given=columns)) == ["unchanged"]
    assert states(put_in(DOCUMENTS_IN, [incoming(sector, reply_required=False)])) == ["unchanged"]
    assert (span(3).obligation_id, span(3).due_on) == (owed.pk, day(10))


@pytest.mark.parametrize("given", [None, ["unit", "arrival_number", "arrived_on", "issuer", "summary"]])
def test_a_reply_that_a_person_extended_is_not_taken_back_by_a_blank_cell(sector: Sector, given: list[str]) -> None:
    put_in(DOCUMENTS_IN, [incoming(sector, due_on=day(10))])
    extend(actor=SYSTEM, obligation=Obligation.objects.get(), due_on=day(20), on=day(5), reason="Thêm việc")
    put_in(DOCUMENTS_IN, [incoming(sector, reply_required=False)], given=given)
    assert (span(7).status, span(7).due_on) == ("open", day(20))


@pytest.mark.parametrize(
    ("template", "more", "column"),
    [
        (DOCUMENTS_IN, {"arrived_on": date(2034, 10, 1)}, "arrived_on"),
        (DOCUMENTS_IN, {"replied_on": date(2034, 10, 1)}, "replied_on"),
        (DOCUMENTS_IN, {"due_on": date(1994, 10, 21)}, "due_on"),
        (DOCUMENTS_IN, {"due_on": date(2204, 10, 21)}, "due_on"),
        (DOCUMENTS_OUT, {"issued_on": date(2034, 10, 1)}, "issued_on"),
        (TASKS, {"assigned_on": date(2034, 10, 1)}, "assigned_on"),
        (TASKS, {"completed_on": date(2034, 10, 1)}, "completed_on"),
        (TASKS, {"due_on": date(2204, 10, 1)}, "due_on"),
        (RECOMMENDATIONS, {"received_on": date(2034, 10, 1)}, "received_on"),
        (RECOMMENDATIONS, {"answered_on": date(2034, 10, 1)}, "answered_on"),
    ],
)
def test_what_is_to_come_and_what_is_due_in_another_age_is_kept_aside(
    sector: Sector, template: Template, more: Row, column: str
) -> None:
    rows = {"documents-in": incoming, "documents-out": outgoing, "tasks": task, "recommendations": wish}
    (outcome,) = put_in(template, [rows[template.name](sector) | more])
    assert (outcome.state, outcome.column) == ("quarantined", column)


def test_officers_do_not_assign_tasks_by_importing_them() -> None:
    assert TASKS.verb == "work.assign"


def test_codes_are_told_apart_in_one_file_as_across_files(sector: Sector) -> None:
    for template, row in ((TASKS, task), (RECOMMENDATIONS, wish)):
        assert template.identify is not None
        assert template.identify(row(sector, "NĐ-1")) != template.identify(row(sector, "nđ-1"))
        assert states(put_in(template, [row(sector, "NĐ-1"), row(sector, "nđ-1")])) == ["applied", "applied"]


def test_the_same_file_does_not_undo_what_a_person_put_right_in_a_document(sector: Sector) -> None:
    rows = [incoming(sector, arrived_on=day(2), symbol="1/BTC", due_on=day(10))]
    put_in(DOCUMENTS_IN, rows)
    document = IncomingDocument.objects.current().get()
    changes = {"summary": "Sửa", "arrived_on": day(1), "note": "Gấp", "symbol": "2/BTC"}
    correct_document(actor=SYSTEM, document=document, changes=changes)
    assign_document(actor=SYSTEM, document=document, to=Assignee(sector.archives.pk, "An"), on=day(3))
    spans = list(ObligationSpan.objects.order_by("pk").values())
    assert states(put_in(DOCUMENTS_IN, rows)) == ["unchanged"]
    assert list(ObligationSpan.objects.order_by("pk").values()) == spans
    document.refresh_from_db()
    assert {name: getattr(document, name) for name in changes} == changes
    assert Obligation.objects.get().assigned_unit_id == document.assigned_unit_id == sector.archives.pk

    assert states(put_in(DOCUMENTS_IN, [rows[0] | {"summary": "Mới", "due_on": day(12)}])) == ["applied"]
    document.refresh_from_db()
    assert (document.summary, document.arrived_on, document.note, span(3).due_on) == ("Mới", day(1), "Gấp", day(12))


def test_what_a_person_registered_is_not_cleared_by_a_blank_and_then_follows_new_words(sector: Sector) -> None:
    owed = owes_reply(sector.office, day(1), day(10), note="Gấp", issuer="Bộ Tài chính", summary="Xin ý kiến")
    assert states(put_in(DOCUMENTS_IN, [incoming(sector)])) == ["unchanged"]
    assert IncomingDocument.objects.count() == 1
    correct_document(actor=SYSTEM, document=owed.document, changes={"summary": "Sửa"})
    assert states(put_in(DOCUMENTS_IN, [incoming(sector)])) == ["unchanged"]
    put_in(DOCUMENTS_IN, [incoming(sector, summary="Mới")])
    document = IncomingDocument.objects.current().get()
    assert (document.note, document.summary, span(3).due_on) == ("Gấp", "Mới", day(10))


def test_the_same_file_does_not_undo_what_a_person_put_right_in_a_task(sector: Sector) -> None:
    rows = [task(sector, due_on=day(10), assigned_to="An", cooperating_units="VCQDP-BNV", completed_on=day(9))]
    put_in(TASKS, rows)
    entered = Obligation.objects.get()
    right = Correction(day(2), Due(on=day(12)), {"title": "Sửa"}, [sector.archives.pk])
    correct_obligation(actor=SYSTEM, obligation=entered, correction=right, reason="Ghi nhầm")
    withdraw(actor=SYSTEM, obligation=entered, reason="Chưa xong")
    assert states(put_in(TASKS, rows)) == ["unchanged"]
    assert (span(9).arises_on, span(9).due_on, span(9).status) == (day(2), day(12), "open")
    assert [helping.unit_id for helping in entered.cooperations.all()] == [sector.archives.pk]

    new = {"due_on": day(15), "completed_on": day(11), "cooperating_units": "VP-BNV"}
    assert states(put_in(TASKS, [rows[0] | new])) == ["applied"]
    assert (span(12).due_on, span(12).completed_on, span(12).arises_on) == (day(15), day(11), day(2))
    assert [helping.unit_id for helping in entered.cooperations.all()] == [sector.office.pk]
    assert states(put_in(TASKS, [rows[0] | new])) == ["unchanged"]


def test_the_same_file_does_not_undo_an_answer_that_a_person_recorded(sector: Sector) -> None:
    rows = [wish(sector, result="being_resolved")]
    put_in(RECOMMENDATIONS, rows)
    entered = Obligation.objects.get()
    answer_recommendation(actor=SYSTEM, obligation=entered, on=day(8), symbol="3/BNV", result=Result.EXPLAINED)
    assert states(put_in(RECOMMENDATIONS, rows)) == ["unchanged"]
    entered.refresh_from_db()
    assert (entered.result, entered.answer_symbol, span(8).status) == ("explained", "3/BNV", "completed")


def test_a_sheet_without_the_symbol_leaves_it_and_one_that_takes_the_reply_back_clears_it(sector: Sector) -> None:
    put_in(DOCUMENTS_IN, [incoming(sector, replied_on=day(5), reply_symbol="9/BNV-VP")])
    columns = ["unit", "arrival_number", "arrived_on", "issuer", "summary", "reply_required", "replied_on"]
    assert states(put_in(DOCUMENTS_IN, [incoming(sector, replied_on=day(5))], given=columns)) == ["unchanged"]
    assert Obligation.objects.get().answer_symbol == "9/BNV-VP"
    put_in(DOCUMENTS_IN, [incoming(sector)])
    assert Obligation.objects.get().answer_symbol == ""


def test_a_sheet_without_some_columns_does_not_shorten_what_search_knows(sector: Sector) -> None:
    put_in(TASKS, [task(sector, assigned_to="Trần Khánh An")])
    few = ["code", "title", "assigner", "assigned_on", "lead_unit"]
    put_in(TASKS, [task(sector, title="Soạn tờ trình")], given=few)
    found = Obligation.objects.get().search_text
    assert all(words in found for words in ("tran khanh an", "soan to trinh", "nv-1"))
    assign(actor=SYSTEM, obligation=Obligation.objects.get(), to=Assignee(sector.office.pk, "Lê Thu Bình"), on=day(2))
    assert "le thu binh" in Obligation.objects.get().search_text


def test_a_reply_taken_back_by_a_sheet_is_told_in_the_log(sector: Sector) -> None:
    put_in(DOCUMENTS_IN, [incoming(sector)])
    (outcome,) = put_in(DOCUMENTS_IN, [incoming(sector, reply_required=False)])
    assert outcome.after["reply_required"] is False


def test_a_session_is_opened_by_a_sheet_of_those_who_may_and_stands_in_the_log(sector: Sector, cast: Cast) -> None:
    rows = [wish(sector, session="Kỳ họp thứ 7")]
    (refused,) = put_in(RECOMMENDATIONS, rows, actor=cast.binh.actor)
    assert (refused.state, refused.column) == ("quarantined", "session")
    put_in(RECOMMENDATIONS, rows)
    assert [line.action for line in history(Session.objects.get())] == ["session.open"]
    assert states(put_in(RECOMMENDATIONS, rows, actor=cast.binh.actor)) == ["unchanged"]


def test_a_sheet_names_sessions_of_the_unit_and_opens_them_where_it_may(sector: Sector, cast: Cast) -> None:
    theirs = open_session(actor=SYSTEM, entry=SessionEntry(code="K7", name="Kỳ họp thứ 7", unit_id=cast.an.unit.pk))
    rows = [wish(sector, session="K7", unit=cast.chi.unit)]
    assert states(put_in(RECOMMENDATIONS, rows, actor=cast.chi.actor)) == ["applied"]
    opened = Obligation.objects.get().session
    assert opened is not None
    assert (opened.pk != theirs.pk, opened.unit_id) == (True, cast.chi.unit.pk)
    (kept,) = put_in(RECOMMENDATIONS, [wish(sector, "KN-2", session="K7")], actor=cast.binh.actor)
    assert (kept.state, kept.column) == ("quarantined", "session")
    assert states(put_in(RECOMMENDATIONS, [wish(sector, "KN-3", session="k7", unit=cast.an.unit)])) == ["applied"]
    assert Obligation.objects.get(code="KN-3").session_id == theirs.pk


def test_an_officers_sheet_changes_nothing_of_an_owed_reply_that_a_head_decides(sector: Sector, cast: Cast) -> None:
    first = incoming(sector, assigned_unit=sector.archives, assigned_to="An", due_on=day(20))
    binh = cast.binh.actor
    assert states(put_in(DOCUMENTS_IN, [first], actor=binh)) == ["applied"]
    for change, column in (
        ({"assigned_unit": sector.office}, "assigned_unit"),
        ({"assigned_to": "Bình"}, "assigned_to"),
        ({"due_on": day(25)}, "due_on"),
        ({"reply_required": False, "due_on": None}, "reply_required"),
    ):
        (kept,) = put_in(DOCUMENTS_IN, [{**first, **change}], actor=binh)
        assert (kept.state, kept.column) == ("quarantined", column)
    assert states(put_in(DOCUMENTS_IN, [{**first, "summary": "Sửa"}], actor=binh)) == ["applied"]
    assert states(put_in(DOCUMENTS_IN, [{**first, "replied_on": day(9)}], actor=binh)) == ["applied"]
    assert states(put_in(DOCUMENTS_IN, [{**first, "replied_on": day(9), "assigned_to": "Bình"}], actor=binh)) == [
        "applied"
    ]
    head = cast.em.actor
    assert states(put_in(DOCUMENTS_IN, [{**first, "assigned_to": "Chi", "due_on": day(25)}], actor=head)) == ["applied"]


def test_an_officers_sheet_repeated_undoes_no_assignment_and_is_not_refused(sector: Sector, cast: Cast) -> None:
    first = incoming(sector, assigned_unit=sector.archives, due_on=day(20))
    put_in(DOCUMENTS_IN, [first], actor=cast.binh.actor)
    document = IncomingDocument.objects.current().get()
    assign_document(actor=SYSTEM, document=document, to=Assignee(sector.office.pk, "Chi"), on=day(2))
    assert states(put_in(DOCUMENTS_IN, [first], actor=cast.binh.actor)) == ["unchanged"]
    document.refresh_from_db()
    assert document.assigned_unit_id == sector.office.pk
