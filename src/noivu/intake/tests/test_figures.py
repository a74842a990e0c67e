"""Registers imported from sheets count as a spreadsheet would, as of any day and as known at any time."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.core.periods import Period
from noivu.figures.api import Answer, Question, ask, drill, freshness
from noivu.figures.ground import UNITS
from noivu.intake.api import DOCUMENTS_IN, DOCUMENTS_OUT, RECOMMENDATIONS, TASKS
from noivu.intake.testing import put_in
from noivu.law.api import window
from noivu.records.api import Direction, IncomingDocument, cancel_number, declare_off_network, remove_document
from noivu.units.testing import Sector
from noivu.work.api import Obligation, SessionEntry, cancel, extend, open_session, suspend

OCTOBER = Period.of_month(2024, 10)
Row = dict[str, Any]
Asked = Callable[..., Answer]


def day(number: int, month: int = 10) -> date:
    return date(2024, month, number)


@pytest.fixture(autouse=True)
def read_at_the_end_of_the_year(settings: Any) -> None:
    """Replies of November have happened."""
    settings.NOIVU_TODAY = "2024-12-31"


@pytest.fixture
def asked(sector: Sector) -> Asked:
    """The figures of the office for October 2024."""

    def ask_one(as_of: date | None = None, known_at: datetime | None = None, **more: Any) -> Answer:
        question = Question(sector.office.pk, more.pop("period", OCTOBER), as_of=as_of, known_at=known_at, **more)
        (answer,) = ask([question])
        assert all(identity.holds for identity in answer.identities)
        return answer

    return ask_one


def replies(answer: Answer) -> tuple[int, ...]:
    names = ("reply_required", "replied", "reply_not_due", "reply_overdue", "reply_no_deadline", "reply_suspended")
    return tuple(answer.values[f"documents.{name}"] for name in names)


def register(sector: Sector, rows: list[Row]) -> None:
    whole = [
        {
            "unit": sector.office, "arrival_number": str(number), "issuer": "Bộ Tài chính", "summary": "Xin ý kiến",
            "reply_required": True, **row,
        }
        for number, row in enumerate(rows, start=1)
    ]  # fmt: skip
    assert {outcome.state for outcome in put_in(DOCUMENTS_IN, whole)} <= {"applied", "unchanged"}


REGISTER: list[Row] = [
    {"arrived_on": day(25, 9), "due_on": day(5), "replied_on": day(3)},  # carried in, answered in time
    {"arrived_on": day(26, 9), "due_on": day(5)},  # carried in, still owed
    {"arrived_on": day(30, 9), "reply_required": False},
    {"arrived_on": day(1), "due_on": day(10), "replied_on": day(8)},  # in time
    {"arrived_on": day(2), "due_on": day(10), "replied_on": day(14)},  # late
    {"arrived_on": day(3), "due_on": day(11), "replied_on": day(5, 11)},  # after the period, late
    {"arrived_on": day(4), "due_on": day(8, 11), "replied_on": day(7, 11)},  # after the period, in time
    {"arrived_on": day(20), "due_on": day(31)},  # due on the last day: not overdue yet
    {"arrived_on": day(21)},  # no deadline
    {"arrived_on": day(31), "reply_required": False},
    {"arrived_on": day(1, 11), "due_on": day(9, 11)},  # the next period
]


def test_a_month_as_of_its_last_day(sector: Sector, asked: Asked) -> None:
    register(sector, REGISTER)
    answer = asked(day(31))
    assert answer.values["documents.received"] == 7
    assert replies(answer) == (6, 2, 2, 1, 1, 0)
    assert answer.values["documents.replied_late"] == 1
    assert (answer.values["documents.carried_in"], answer.values["documents.open_at_end"]) == (2, 5)


def test_the_same_month_as_of_its_middle_and_as_of_later(sector: Sector, asked: Asked) -> None:
    register(sector, REGISTER)
    middle = asked(day(12))
    assert (middle.values["documents.received"], replies(middle)) == (4, (4, 1, 1, 2, 0, 0))
    assert middle.values["documents.open_at_end"] == 4
    later = asked(day(6, 11))
    assert replies(later) == (6, 3, 1, 1, 1, 0)
    assert later.values["documents.open_at_end"] == 5


def test_a_window_from_the_fifteenth_counts_its_own_days(sector: Sector, asked: Asked) -> None:
    register(sector, REGISTER)
    answer = asked(day(14), window=window("decree09"))
    assert answer.values["documents.received"] == 7
    assert replies(answer) == (6, 3, 1, 2, 0, 0)


def test_a_removed_document_leaves_every_figure_by_one_and_stays_in_what_was_known(
    sector: Sector, asked: Asked
) -> None:
    register(sector, REGISTER)
    before = clock.now()
    removed = IncomingDocument.objects.current().get(arrival_number=8)
    remove_document(actor=SYSTEM, document=removed, reason="Ghi nhầm")
    now, then = asked(day(31)), asked(day(31), before)
    assert (now.values["documents.received"], replies(now)) == (6, (5, 2, 1, 1, 1, 0))
    assert (then.values["documents.received"], replies(then)) == (7, (6, 2, 2, 1, 1, 0))


def test_a_cancelled_number_is_no_document_and_owes_no_reply(sector: Sector, asked: Asked) -> None:
    register(sector, REGISTER)
    cancel_number(actor=SYSTEM, document=IncomingDocument.objects.current().get(arrival_number=9), reason="Ghi trùng")
    answer = asked(day(31))
    assert (answer.values["documents.received"], replies(answer)) == (6, (5, 2, 2, 1, 0, 0))


def test_one_due_date_moved_moves_one_document(sector: Sector, asked: Asked) -> None:
    register(sector, REGISTER)
    moved = [*REGISTER]
    moved[7] = {**REGISTER[7], "due_on": day(30)}
    register(sector, moved)
    assert replies(asked(day(31))) == (6, 2, 1, 2, 1, 0)


def test_an_extension_a_suspension_and_a_cancellation_count_from_their_day(sector: Sector, asked: Asked) -> None:
    register(sector, [*REGISTER[:5], {**REGISTER[5], "replied_on": None}, *REGISTER[6:]])

    def owed(number: int) -> Obligation:
        return Obligation.objects.get(document__arrival_number=number)

    extend(actor=SYSTEM, obligation=owed(6), due_on=day(15, 11), on=day(20), reason="Chờ ý kiến")
    suspend(actor=SYSTEM, obligation=owed(8), on=day(25), reason="Chờ hồ sơ")
    cancel(actor=SYSTEM, obligation=owed(9), on=day(28), reason="Không phải trả lời")
    assert replies(asked(day(19))) == (4, 2, 1, 1, 0, 0)
    assert replies(asked(day(24))) == (6, 2, 3, 0, 1, 0)
    assert replies(asked(day(31))) == (5, 2, 2, 0, 0, 1)


def test_documents_sent_and_declared_off_the_network_stand_apart(sector: Sector, asked: Asked) -> None:
    common = {"unit": sector.office, "kind": "CV", "summary": "Trả lời"}
    put_in(DOCUMENTS_OUT, [{**common, "symbol": f"{n}/BNV", "issued_on": day(n)} for n in (1, 15, 31)])
    for month, count in ((9, 5), (10, 12)):
        declare_off_network(
            actor=SYSTEM, unit_id=sector.office.pk, direction=Direction.IN, month=day(1, month), count=count
        )
    answer = asked(day(31))
    names = ("documents.sent", "documents.received", "documents.received_off_network")
    assert [answer.values[name] for name in names] == [3, 0, 12]


TASK_ROWS: list[Row] = [
    {"due_on": day(10), "completed_on": day(10)},  # on time
    {"due_on": day(10), "completed_on": day(11)},  # late
    {"completed_on": day(20)},  # without deadline
    {"due_on": day(10), "completed_on": day(9), "confirmation_required": True, "confirmed_on": day(12)},  # late
    {"due_on": day(30), "completed_on": day(9), "confirmation_required": True},  # waits
    {"due_on": day(31)},
    {"due_on": day(30)},
    {},
    {"due_on": day(30), "suspended_on": day(20)},
]


def test_tasks_fall_into_six_parts(sector: Sector, asked: Asked) -> None:
    common = {"title": "Soạn", "assigner": "Bộ trưởng", "assigned_on": day(1), "lead_unit": sector.office}
    rows = [{"code": f"NV-{n}", **common, **row} for n, row in enumerate(TASK_ROWS)]
    put_in(TASKS, rows)
    answer = asked(day(31))
    names = (
        "assigned", "completed", "completed_on_time", "completed_late", "completed_no_deadline", "open_in_time",
        "open_overdue", "open_no_deadline", "suspended", "awaiting_confirmation", "carried_in", "open_at_end",
    )  # fmt: skip
    assert [answer.values[f"tasks.{name}"] for name in names] == [9, 4, 1, 2, 1, 1, 1, 1, 1, 1, 0, 5]
    assert answer.rates["tasks.completion_rate"] == Fraction(4, 9)
    november = asked(day(2, 11), period=Period.of_month(2024, 11))
    assert (november.values["tasks.assigned"], november.values["tasks.carried_in"]) == (0, 5)


def test_recommendations_count_while_their_session_is_under_report(sector: Sector, asked: Asked) -> None:
    seventh = SessionEntry(code="KH7", name="Kỳ họp thứ 7", reported_from=day(1, 5), reported_to=day(1, 11))
    open_session(actor=SYSTEM, entry=seventh)
    common = {"origin": "Đoàn Nghệ An", "content": "Nâng phụ cấp", "unit": sector.office}
    rows = [
        {**common, "code": "1", "session": "KH7", "received_on": day(1, 6), "answered_on": day(1, 7)},
        {**common, "code": "2", "session": "Kỳ họp thứ 7", "received_on": day(2, 6), "due_on": day(1, 8)},
        {**common, "code": "3", "session": None, "received_on": day(3)},
        {**common, "code": "4", "session": None, "received_on": day(3, 9)},
    ]
    put_in(RECOMMENDATIONS, rows)
    names = ("received", "answered", "open_overdue", "open_no_deadline", "carried_in", "open_at_end")
    told = asked(day(31)).values
    assert [told[f"recommendations.{name}"] for name in names] == [3, 1, 1, 1, 2, 3]
    november = asked(day(1, 11), period=Period.of_month(2024, 11)).values
    assert [november[f"recommendations.{name}"] for name in names] == [0, 0, 0, 0, 3, 3]


def test_each_figure_opens_to_as_many_records_as_it_counts(sector: Sector, asked: Asked) -> None:
    register(sector, REGISTER)
    answer = asked(day(31))
    question = Question(sector.office.pk, OCTOBER, as_of=day(31))
    for code, value in answer.values.items():
        if not code.endswith("off_network"):
            assert drill(code, question).count() == value, code


rows_of_a_register = st.lists(
    st.tuples(
        st.integers(-10, 35),
        st.booleans(),
        st.none() | st.integers(-5, 40),
        st.none() | st.integers(0, 30),
    ),
    max_size=12,
)


def by_hand(rows: list[Row], as_of: date) -> tuple[int, ...]:
    """What one would count in a spreadsheet: filter the column of arrival, then look at each row."""
    month = [row for row in rows if day(1) <= row["arrived_on"] <= min(as_of, day(31))]
    owed = [row for row in month if row["reply_required"]]
    replied = [row for row in owed if row["replied_on"] and row["replied_on"] <= as_of]
    waiting = [row for row in owed if row not in replied]
    return (
        len(month),
        len(owed),
        len(replied),
        sum(1 for row in waiting if row["due_on"] and row["due_on"] >= as_of),
        sum(1 for row in waiting if row["due_on"] and row["due_on"] < as_of),
        sum(1 for row in waiting if not row["due_on"]),
    )


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=rows_of_a_register, second=rows_of_a_register, on=st.integers(1, 40))
def test_any_register_counts_as_a_spreadsheet_would_count_it(
    sector: Sector,
    asked: Asked,
    drawn: list[tuple[int, bool, int | None, int | None]],
    second: list[tuple[int, bool, int | None, int | None]],
    on: int,
) -> None:
    def rows(of: list[tuple[int, bool, int | None, int | None]]) -> list[Row]:
        start = day(1) - timedelta(days=1)
        return [
            {
                "arrived_on": start + timedelta(days=arrived), "reply_required": required, "note": str(number),
                "due_on": start + timedelta(days=due) if due is not None else None,
                "replied_on": start + timedelta(days=arrived + after) if after is not None else None,
            }
            for number, (arrived, required, due, after) in enumerate(of)
        ]  # fmt: skip

    def told(known_at: datetime | None) -> tuple[int, ...]:
        answer = asked(as_of, known_at)
        assert answer.values["documents.reply_suspended"] == 0
        return (answer.values["documents.received"], *replies(answer)[:5])

    as_of = day(1) + timedelta(days=on - 1)
    _forget()
    register(sector, rows(drawn))
    known = clock.now()
    assert told(None) == by_hand(rows(drawn), as_of)
    longer = rows(second) + rows(drawn)[len(second) :]
    register(sector, longer)
    assert told(None) == by_hand(longer, as_of)
    assert told(known) == by_hand(rows(drawn), as_of)


def _forget() -> None:
    """Empty the tables between the examples of one test."""
    from noivu.work.models import ObligationEvent, ObligationSpan

    ObligationSpan.objects.all().delete()
    ObligationEvent.objects.all().delete()
    Obligation.objects.all().delete()
    IncomingDocument.objects.filter(version_of__isnull=False).delete()
    IncomingDocument.objects.all().delete()


def test_a_register_is_as_fresh_as_the_last_thing_recorded_below_the_unit(sector: Sector) -> None:
    register(sector, REGISTER[:3])
    last = IncomingDocument.objects.latest("recorded_at").recorded_at

    def fresh(unit_id: int) -> dict[str, datetime | None]:
        return {source.code: source.last_recorded_at for source in freshness(Question(unit_id, OCTOBER))}

    assert fresh(sector.ministry.pk)["documents-in"] == fresh(sector.office.pk)["documents-in"] == last
    assert fresh(sector.archives.pk)["documents-in"] is None
    assert fresh(sector.ministry.pk)["tasks"] is None


def test_periods_between_two_changes_of_the_tree_ask_for_one_and_the_same_reach(sector: Sector) -> None:
    months = [Period.of_month(2024, month) for month in range(1, 13)]
    merged = Period.of_month(2025, 7)
    reaches = UNITS.reaches([Question(sector.ministry.pk, period) for period in (*months, merged)])
    asked = [str(reach.query) for reach in reaches]
    assert len(set(asked[:-1])) == 1
    assert asked[-1] != asked[0]
