"""The sample's October is counted from its records: change one record, and figure, list and sentence follow by one."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings

from noivu.accounts.testing import Cast, a_person
from noivu.core.access import HEAD
from noivu.core.actors import SYSTEM
from noivu.core.periods import Period
from noivu.figures.api import Question, ask, drill
from noivu.law.api import add_working_days, working_day
from noivu.portal.demo.load import SENT, SESSION_7, _give, write_rows
from noivu.portal.demo.plan import MONTHS, RECOMMENDATIONS, YEAR
from noivu.portal.demo.programme import ProgrammeMaker
from noivu.portal.demo.registers import Calendar, Ministry, RegisterMaker, Row, cut_at
from noivu.records.api import remove_document
from noivu.reports.api import draft_report
from noivu.reports.queries import view_report
from noivu.sheets.api import Source, import_file, template_named
from noivu.units.testing import Sector, small_sector
from noivu.work.api import Happening, Obligation, ObligationEvent, Reply, complete_with_reply, extend, open_session
from noivu.work.reminders import reminders

pytestmark = pytest.mark.django_db
OCTOBER = Period.of_month(YEAR, 10)
TODAY = date(2024, 11, 1)
PUBLISHED = {
    "documents.received": 3629, "documents.reply_required": 287, "documents.replied": 170,
    "documents.reply_not_due": 117, "documents.reply_overdue": 0, "tasks.assigned": 149, "tasks.completed": 137,
    "recommendations.received": 129, "recommendations.answered": 129, "legal_texts.issued": 80,
}  # fmt: skip
"""What the ministry published of its October 2024: the sample is made so that counting it gives the same."""


@pytest.fixture(scope="module")
def october(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sector]:
    """The ministry's October of the sample, imported as an official would; its departments are the office itself. Once
    for all tests of this file, each of which leaves it as it was."""
    directory = tmp_path_factory.mktemp("october")
    with django_db_blocker.unblock(), override_settings(FILES_ROOT=directory), transaction.atomic():
        sector = small_sector()
        bring_october(directory)
        connection.check_constraints()  # once, or PostgreSQL checks all rows again at the end of each test
        yield sector
        transaction.set_rollback(True)


def bring_october(directory: Path) -> None:
    office = Ministry("BNV", "BNV", [("tỉnh Nghệ An", "40"), ("tỉnh Thanh Hóa", "38")], has_departments=False)
    maker = RegisterMaker(office, Calendar(working_day, add_working_days), seed=2024)
    plan = next(plan for plan in MONTHS if plan.month == 10)
    incoming, outgoing = maker.documents(YEAR, [plan])
    open_session(actor=SYSTEM, entry=SESSION_7)
    programme = ProgrammeMaker(office, maker.calendar, seed=2024).rows(TODAY)
    registers: dict[str, Iterator[Row]] = {
        "documents-in": cut_at(incoming, TODAY, "replied_on"),
        "documents-out": cut_at(outgoing, TODAY),
        "tasks": cut_at(maker.tasks(YEAR, plan), TODAY, "completed_on"),
        "recommendations": maker.recommendations(RECOMMENDATIONS, SESSION_7.code, SENT),
        "legal-texts": (row for row in programme if row["issued_on"]),
    }
    for template, rows in registers.items():
        file = directory / f"{template}.csv"
        write_rows(file, rows)
        batch = import_file(actor=SYSTEM, template=template_named(template), source=Source(file))
        assert batch.quarantined == 0


def counted(sector: Sector) -> dict[str, int]:
    [answer] = ask([Question(sector.ministry.pk, OCTOBER)])
    assert all(balance.holds for balance in answer.identities)
    return dict(answer.values)


def listed(sector: Sector, code: str) -> int:
    return drill(code, Question(sector.ministry.pk, OCTOBER)).count()


def sentence(sector: Sector) -> str:
    report = draft_report(actor=SYSTEM, regime_code="ministry-monthly", unit=sector.ministry, period=OCTOBER)
    sections = {section.code: section for section in view_report(report).sections}
    return " ".join(part.text for part in sections["documents"].paragraphs)


def entered_anew(sector: Sector, tmp_path: Path, row: Row) -> None:
    """One line of the register, as the clerk corrects it in the sheet and imports it again."""
    file = tmp_path / "corrected.csv"
    write_rows(file, iter([row]))
    batch = import_file(actor=SYSTEM, template=template_named("documents-in"), source=Source(file))
    assert (batch.applied, batch.quarantined) == (1, 0)


@pytest.mark.slow
def test_one_record_changes_figure_list_and_sentence_by_one(october: Sector, tmp_path: Path) -> None:
    values = counted(october)
    assert {code: values[code] for code in PUBLISHED} == PUBLISHED
    assert "tổng số văn bản đến Bộ Nội vụ là 3.629 văn bản, trong đó có 287 văn bản phải trả lời" in sentence(october)
    assert (
        "đã trả lời 170 văn bản; 117 văn bản chưa đến hạn trả lời; không có văn bản quá hạn chưa trả lời."
    ) in sentence(october)
    question = Question(october.ministry.pk, OCTOBER)

    def changed(before: dict[str, int]) -> dict[str, int]:
        """By how much each figure moved; each list moved by the same."""
        after = counted(october)
        moved = {code: after[code] - before[code] for code in after if after[code] != before[code]}
        assert {code: after[code] for code in moved} == {code: listed(october, code) for code in moved}
        return moved

    # One document less.
    owed = drill("documents.reply_required", question)
    mere = drill("documents.received", question).exclude(pk__in=owed.values("obligation__document")).first()
    remove_document(actor=SYSTEM, document=mere, reason="Vào sổ hai lần")
    assert changed(values) == {"documents.received": -1}
    assert "là 3.628 văn bản, trong đó có 287 văn bản phải trả lời" in sentence(october)

    # One due date moved, from the next month to the day before the last.
    values = counted(october)
    waiting = drill("documents.reply_not_due", question).select_related("obligation__document").first().obligation
    entered_anew(october, tmp_path, moved_to(waiting, date(2024, 10, 30)))
    assert changed(values) == {
        "documents.reply_not_due": -1, "documents.reply_overdue": 1,
        "obligations.open_in_time": -1, "obligations.nearly_due": -1, "obligations.open_overdue": 1,
    }  # fmt: skip
    assert drill("documents.reply_overdue", question).get().obligation_id == waiting.pk
    assert "đã trả lời 170 văn bản; 116 văn bản chưa đến hạn trả lời; 01 văn bản quá hạn" in sentence(october)

    # One late reply.
    values = counted(october)
    complete_with_reply(actor=SYSTEM, obligation=waiting, reply=Reply(date(2024, 10, 31), "9999/BNV-VP"))
    assert changed(values) == {
        "documents.replied": 1, "documents.replied_late": 1, "documents.reply_overdue": -1, "documents.open_at_end": -1,
        "obligations.completed": 1, "obligations.completed_late": 1, "obligations.open_overdue": -1,
    }  # fmt: skip
    assert drill("documents.replied_late", question).filter(obligation=waiting).count() == 1
    assert "đã trả lời 171 văn bản; 116 văn bản chưa đến hạn trả lời; không có văn bản quá hạn" in sentence(october)


@pytest.mark.slow
def test_every_reply_of_the_month_is_a_letter_of_the_register(october: Sector) -> None:
    replied = drill("documents.replied", Question(october.ministry.pk, OCTOBER)).select_related(
        "obligation__reply_document", "obligation__document"
    )
    letters = {span.obligation.reply_document for span in replied}
    assert len(letters) == PUBLISHED["documents.replied"]
    for span in replied:
        letter, owed = span.obligation.reply_document, span.obligation
        assert (letter.in_reply_to_id, letter.symbol) == (owed.document_id, owed.answer_symbol)


@pytest.mark.slow
def test_the_users_of_the_sample_have_work_of_their_own_and_october_stays_as_it_was(
    october: Sector, cast: Cast
) -> None:
    values = counted(october)
    _give(TODAY)
    assert Obligation.objects.filter(assigned_officer__gt="").count() == 0, "nothing waits at their units"
    span = drill("documents.reply_not_due", Question(october.ministry.pk, OCTOBER)).first()
    Obligation.objects.filter(pk=span.obligation_id).update(assigned_unit=cast.chi.unit)

    _give(TODAY)

    [given] = Obligation.objects.filter(assigned_officer__gt="")
    assert (given.pk, given.assigned_to) == (span.obligation_id, cast.chi.user.full_name)
    assert counted(october) == values


def moved_to(owed: Obligation, due_on: date) -> Row:
    """The register's line of a document that waits for a reply, with another due date."""
    document = owed.document
    return {
        "unit": "BNV", "arrival_number": document.arrival_number, "arrived_on": document.arrived_on,
        "issuer": document.issuer, "summary": document.summary, "reply_required": True, "due_on": due_on,
    }  # fmt: skip


@pytest.mark.slow
def test_a_reply_after_the_month_and_a_moved_due_date_are_read_as_of_the_day(october: Sector, settings: Any) -> None:
    question = Question(october.ministry.pk, OCTOBER)
    waiting = drill("documents.reply_not_due", question).select_related("obligation").first().obligation
    extend(
        actor=SYSTEM,
        obligation=waiting,
        due_on=date(2024, 12, 20),
        on=date(2024, 10, 30),
        reason="Chờ ý kiến các đơn vị",
    )
    assert counted(october)["documents.reply_not_due"] == 117
    settings.NOIVU_TODAY = "2024-11-04"
    complete_with_reply(actor=SYSTEM, obligation=waiting, reply=Reply(date(2024, 11, 4), "10000/BNV-VP"))
    assert counted(october)["documents.replied"] == 170
    [later] = ask([Question(october.ministry.pk, OCTOBER, as_of=date(2024, 11, 4))])
    assert later.values["documents.replied"] > 170
    assert all(balance.holds for balance in later.identities)


NOVEMBER = """
 day | nearly due |  due | 1 day late | 3 days late | 7 days late
   1 |         19 |    0 |          2 |           0 |           0
   4 |         29 |    2 |          0 |           2 |           0
   5 |         27 |    9 |          2 |           2 |           0
   6 |         28 |    8 |         11 |           0 |           2
   8 |         28 |    7 |         20 |          11 |           2
  11 |         31 |    9 |          0 |          36 |           4
  15 |          4 |    2 |         19 |          21 |          40
  20 |          5 |    1 |          3 |          14 |          68
  25 |          0 |    0 |          0 |           8 |          83
  30 |          0 |    0 |          0 |           0 |          89
"""
"""How far what October left open has come, by day and by the step told to the head, if nobody does anything more."""
STEPS = ("nearly", "due", "first", "second", "third")


@pytest.mark.slow
def test_what_october_left_open_goes_up_the_chain_as_november_passes(october: Sector) -> None:
    minh = a_person("minh", "Đỗ Minh", october.ministry, HEAD)
    over = [Happening.COMPLETED.value, Happening.CANCELLED.value]
    ended = ObligationEvent.objects.current().filter(happening__in=over).values("obligation")
    opened = Obligation.objects.standing().exclude(pk__in=ended).exclude(original_due_on=None)
    due = list(opened.values_list("original_due_on", flat=True))
    for line in NOVEMBER.strip().splitlines()[1:]:
        number, *expected = map(int, line.split("|"))
        day = date(2024, 11, number)
        told = Counter(one.step for one in reminders(day) if one.user_id == minh.user.pk)
        assert [told[step] for step in STEPS] == expected, day
        assert told == slowly(due, day), day


def slowly(due: list[date], day: date) -> Counter[str]:
    """The step of each, by counting days one by one."""
    near, left = day, 3
    while left:
        near += timedelta(days=1)
        left -= working_day(near)
    found: Counter[str] = Counter()
    for one in due:
        late = (day - one).days
        if day < one <= near:
            found["nearly"] += 1
        elif 0 <= late <= 30:
            found["third" if late >= 7 else "second" if late >= 3 else "first" if late >= 1 else "due"] += 1
    return found
