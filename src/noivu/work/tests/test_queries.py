from datetime import date
from typing import Any

import pytest

from noivu.core.actors import SYSTEM
from noivu.core.dates import DateRange
from noivu.records.api import IncomingDocument, cancel_number
from noivu.records.testing import arrives
from noivu.units.testing import Sector
from noivu.work.api import (
    Assignee,
    Due,
    Kind,
    ObligationSpan,
    assign,
    extend,
    remove_obligation,
    require_reply,
    suspend,
)
from noivu.work.queries import (
    Day,
    document_detail,
    due_list,
    incoming_counts,
    incoming_cut,
    incoming_line,
    incoming_register,
    my_work,
    obligation_counts,
    obligation_cut,
    obligation_detail,
    obligation_line,
    obligation_register,
    recommendation_register,
    waiting_count,
)
from noivu.work.testing import gets_recommendation, gets_task, owes_reply, replies

OCTOBER = DateRange(date(2024, 10, 1), date(2024, 11, 1))


def day(number: int) -> date:
    return date(2024, 10, number)


def register(as_of: date, query: str = "") -> Any:
    return incoming_register(IncomingDocument.objects.all(), days=OCTOBER, as_of=as_of, query=query)


@pytest.fixture
def month(sector: Sector) -> Sector:
    """Six documents: one needs no reply; replied, in time, overdue, without deadline; and one number cancelled."""
    arrives(sector.office, day(1), summary="Để biết")
    replies(owes_reply(sector.office, day(2), due_on=day(10)), day(12))
    owes_reply(sector.office, day(3), due_on=day(31), summary="Góp ý dự thảo", assigned_officer="binh")
    owes_reply(sector.office, day(4), due_on=day(20))
    owes_reply(sector.office, day(5))
    cancel_number(actor=SYSTEM, document=arrives(sector.office, day(6)), reason="Ghi trùng")
    return sector


def test_each_line_shows_how_its_reply_stands_on_the_day(month: Sector, django_assert_num_queries: Any) -> None:
    today = Day(day(31))
    today.nearly_until(Kind.REPLY)
    with django_assert_num_queries(1):
        lines = [incoming_line(row, today) for row in register(day(31)).order_by("arrived_on")]
    told = [(line.standing.state_shape, line.standing.timeliness_shape) if line.standing else None for line in lines]
    assert told == [None, ("closed", "done-late"), ("new", "near"), ("new", "late"), ("new", "none"), None]
    assert [line.answer_symbol for line in lines][:2] == ["", "100/BNV-VP"]
    assert [line.standing.working_days_left for line in lines[2:4] if line.standing] == [0, -9]


def test_the_parts_of_the_register_are_an_equation(month: Sector, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        counts = incoming_counts(register(day(31)), day(31))
    assert counts == {
        "all": 5, "required": 4, "replied": 1, "not_due": 1, "overdue": 1, "no_deadline": 1, "suspended": 0,
    }  # fmt: skip
    for cut, count in counts.items():
        assert register(day(31)).filter(incoming_cut(cut, day(31)), cancelled=False).count() == count


def test_an_earlier_day_shows_what_had_happened_by_then(month: Sector) -> None:
    assert incoming_counts(register(day(4)), day(4))["all"] == 4
    assert incoming_counts(register(day(11)), day(11))["replied"] == 0
    assert incoming_counts(register(day(11)), day(11))["overdue"] == 1


def test_the_register_is_searched_without_accents(month: Sector) -> None:
    assert [row.summary for row in register(day(31), "gop y du thao")] == ["Góp ý dự thảo"]
    assert incoming_counts(register(day(31), "GÓP Ý"), day(31))["not_due"] == 1


def test_one_document_stands_on_one_line_whatever_happened_to_it(month: Sector) -> None:
    document = arrives(month.office, day(7), summary="Hai lần")
    removed = require_reply(actor=SYSTEM, document=document, due=Due(on=day(9)))
    remove_obligation(actor=SYSTEM, obligation=removed, reason="Ghi nhầm")
    assert incoming_line(register(day(31), "hai lan").get(), Day(day(31))).standing is None
    again = require_reply(actor=SYSTEM, document=document, due=Due(on=day(10)))
    extend(actor=SYSTEM, obligation=again, due_on=day(30), on=day(8), reason="Thêm việc")
    line = incoming_line(register(day(31), "hai lan").get(), Day(day(31)))
    assert line.standing is not None
    assert (line.standing.due_on, line.obligation_id) == (day(30), again.pk)


def test_a_document_opens_with_its_events_in_two_statements(month: Sector, django_assert_num_queries: Any) -> None:
    document = IncomingDocument.objects.current().get(arrival_number=2)
    today = Day(day(31))
    today.nearly_until(Kind.REPLY)
    with django_assert_num_queries(2):
        detail = document_detail(IncomingDocument.objects.all(), document.pk, today)
    assert detail is not None
    assert [event.happening.value for event in detail.events] == ["assigned", "due_set", "completed"]
    assert document_detail(IncomingDocument.objects.none(), document.pk, today) is None


def test_tasks_are_listed_as_they_stand(sector: Sector) -> None:
    gets_task(sector.office, day(1), due_on=day(10), title="Soạn báo cáo")
    waiting = gets_task(sector.office, day(2), due_on=day(30))
    suspend(actor=SYSTEM, obligation=waiting, on=day(5), reason="Chờ")
    rows = obligation_register(ObligationSpan.objects.all(), kind=Kind.TASK, days=OCTOBER, as_of=day(31))
    counts = obligation_counts(rows, day(31))
    assert (counts["all"], counts["overdue"], counts["suspended"]) == (2, 1, 1)
    (line,) = [obligation_line(row, Day(day(31))) for row in rows.filter(obligation_cut("overdue", day(31)))]
    assert (line.title, line.standing.timeliness_shape, line.url) == ("Soạn báo cáo", "late", f"/tasks/{line.id}/")
    found = obligation_register(
        ObligationSpan.objects.all(), kind=Kind.TASK, days=OCTOBER, as_of=day(31), query="soan bao"
    )
    assert found.count() == 1
    detail = obligation_detail(ObligationSpan.objects.all(), waiting.pk, Day(day(31)))
    assert detail is not None
    assert [event.reason for event in detail.events][-1] == "Chờ"


def test_recommendations_are_listed_while_reported(sector: Sector) -> None:
    gets_recommendation(sector.office, day(3), field="Tiền lương")
    gets_recommendation(sector.office, date(2024, 9, 3))
    rows = recommendation_register(ObligationSpan.objects.all(), days=OCTOBER, as_of=day(31))
    assert [obligation_line(row, Day(day(31))).field for row in rows] == ["Tiền lương"]


def test_what_presses_comes_by_due_date(month: Sector, django_assert_num_queries: Any) -> None:
    gets_task(month.office, day(1), due_on=day(31), title="Sắp đến hạn")
    gets_task(month.office, day(1), due_on=date(2024, 11, 29), title="Còn lâu")
    today = Day(day(31))
    for kind in Kind:
        today.nearly_until(kind)
    with django_assert_num_queries(1):
        lines = due_list(ObligationSpan.objects.all(), today)
    assert [(line.kind.value, line.standing.timeliness.value) for line in lines] == [
        ("reply", "overdue"),
        ("reply", "nearly_due"),
        ("task", "nearly_due"),
    ]
    assert len(due_list(ObligationSpan.objects.all(), today, limit=1)) == 1


def test_my_work_is_what_is_open_and_assigned_to_me(month: Sector) -> None:
    task = gets_task(month.office, day(1))
    assign(actor=SYSTEM, obligation=task, to=Assignee(month.office.pk, "Lê Thu Bình", "binh"), on=day(2))
    spans, today = ObligationSpan.objects.all(), Day(day(31))
    assert {line.id for line in my_work(spans, "binh", today)} >= {task.pk}
    assert (waiting_count(spans, "binh", today), waiting_count(spans, "", today)) == (2, 0)
    assert my_work(spans, "", today) == []
