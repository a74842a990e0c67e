"""Own changes of calendar, parameters and instruments: they win, show themselves, and stand in the log."""

from datetime import date

import pytest
from django.db import connection

from noivu.audit.models import Entry
from noivu.core.actors import SYSTEM, Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.deadlines import add_working_days, deadline, nearly_due, working_day
from noivu.law.installation import forget_installation, law_at, law_revision_column, working_calendar
from noivu.law.models import CalendarOverride, ParameterOverride
from noivu.law.models import Instrument as InstrumentRow
from noivu.law.parameters import parameter
from noivu.law.services import (
    InstrumentFacts,
    change_day,
    confirm_year,
    override_parameter,
    register_instrument,
    swap_days,
    take_back_day,
    take_back_value,
    take_back_year,
)

pytestmark = pytest.mark.django_db
STRANGER = Actor(id="7", name="Phạm Mỹ Dung")
STORM = Text(vi="nghỉ tránh bão", en="closed for the storm")
WEDNESDAY = date(2026, 3, 4)


def register(number: str = "1/TB-BNV") -> str:
    facts = InstrumentFacts(number_symbol=number, title="Thông báo", issuer="Bộ Nội vụ")
    return register_instrument(actor=SYSTEM, facts=facts).number_symbol


def revision_of_the_law() -> int:
    row = InstrumentRow.objects.annotate(n=law_revision_column()).values_list("n", flat=True).first()
    assert row is not None
    return int(row)


def storm(works: bool = False) -> None:
    change_day(actor=SYSTEM, day=WEDNESDAY, works=works, name=STORM, reason="bão số 1")


def test_an_own_day_off_wins_and_moves_the_deadline() -> None:
    before = add_working_days(date(2026, 3, 2), 2)

    storm()

    assert (before, add_working_days(date(2026, 3, 2), 2)) == (WEDNESDAY, date(2026, 3, 5))
    step = deadline(date(2026, 3, 2), working_days=2).steps[2]
    assert (step.kind, step.reason.en) == ("own_off", "Wednesday, closed for the storm")


def test_a_change_is_corrected_under_the_same_id_and_taken_back() -> None:
    storm()
    storm(works=True)
    assert working_day(WEDNESDAY)
    assert CalendarOverride.objects.current().count() == 1

    take_back_day(actor=SYSTEM, day=WEDNESDAY, reason="nhầm")

    assert working_calendar().day(WEDNESDAY).kind == "working"
    assert not CalendarOverride.objects.current().exists()


def test_each_change_is_one_entry_of_the_log() -> None:
    storm()
    take_back_day(actor=SYSTEM, day=WEDNESDAY, reason="nhầm")

    actions = Entry.objects.order_by("pk").values_list("action", flat=True)

    assert list(actions) == ["law.day_changed", "law.day_taken_back"]


def test_a_swap_changes_both_days_and_is_taken_back_together() -> None:
    off, worked = date(2027, 4, 29), date(2027, 4, 24)
    swap_days(actor=SYSTEM, day_off=off, day_worked=worked, instrument=register(), reason="30/4")
    assert (working_day(off), working_day(worked)) == (False, True)
    assert working_calendar().day(worked).swapped_with == off

    take_back_day(actor=SYSTEM, day=worked, reason="nhầm")

    assert (working_day(off), working_day(worked)) == (True, False)


def test_two_working_days_cannot_be_swapped() -> None:
    with pytest.raises(Refusal) as refused:
        swap_days(actor=SYSTEM, day_off=WEDNESDAY, day_worked=date(2026, 3, 5), instrument=register(), reason="thử")

    assert refused.value.code == "calendar.swap"


def test_a_confirmed_year_is_exact_until_taken_back() -> None:
    confirm_year(actor=SYSTEM, year=2027, instrument=register())
    assert deadline(date(2026, 12, 28), working_days=30).exact

    take_back_year(actor=SYSTEM, year=2027, reason="nhầm")

    assert not deadline(date(2026, 12, 28), working_days=30).exact


def test_a_year_known_already_is_not_confirmed_again() -> None:
    with pytest.raises(Refusal):
        confirm_year(actor=SYSTEM, year=2026, instrument=register())


def test_who_may_not_changes_nothing() -> None:
    with pytest.raises(Refusal) as refused:
        change_day(actor=STRANGER, day=WEDNESDAY, works=False, name=STORM, reason="bão")

    assert refused.value.code == "forbidden"
    assert working_day(WEDNESDAY)


def test_a_change_needs_a_reason() -> None:
    with pytest.raises(Refusal) as refused:
        change_day(actor=SYSTEM, day=WEDNESDAY, works=False, name=STORM, reason=" ")

    assert refused.value.where == "reason"


def test_an_office_sets_how_long_before_is_nearly_due() -> None:
    override_parameter(actor=SYSTEM, code="nearly_due.reply", value=5, starts_on=date(2024, 1, 1), reason="quy chế")

    assert (nearly_due("reply"), nearly_due("task")) == (5, 3)


def test_an_own_value_of_law_needs_an_instrument() -> None:
    with pytest.raises(Refusal) as refused:
        override_parameter(actor=SYSTEM, code="deadline.reply", value=10, starts_on=date(2024, 1, 1), reason="quy chế")

    assert refused.value.where == "instrument"


def reply_in(days: int, starts_on: date, ends_on: date | None = None) -> None:
    override_parameter(
        actor=SYSTEM,
        code="deadline.reply",
        value=days,
        starts_on=starts_on,
        ends_on=ends_on,
        instrument="30/2020/NĐ-CP",
        reason="quy chế làm việc",
    )


def test_the_offices_own_rule_gives_the_deadline_and_shows_itself() -> None:
    reply_in(10, date(2024, 1, 1))

    answer = deadline(date(2024, 10, 21), rule="reply")

    assert answer.due_on == date(2024, 11, 4)
    assert (answer.instrument, answer.note, answer.own) == ("30/2020/NĐ-CP", "quy chế làm việc", True)
    assert parameter("deadline.reply", date(2024, 10, 21)).own


def test_a_later_own_value_ends_the_earlier() -> None:
    reply_in(10, date(2024, 1, 1))
    reply_in(7, date(2024, 7, 1))

    assert parameter("deadline.reply", date(2024, 6, 30)).value == 10
    assert parameter("deadline.reply", date(2024, 7, 1)).value == 7


def test_an_own_value_inside_another_is_refused() -> None:
    reply_in(10, date(2024, 1, 1), date(2024, 12, 31))

    with pytest.raises(Refusal) as refused:
        reply_in(7, date(2024, 7, 1))

    assert refused.value.code == "parameter.overlap"


def test_an_own_value_of_the_same_day_is_corrected_and_taken_back() -> None:
    reply_in(10, date(2024, 1, 1))
    reply_in(7, date(2024, 1, 1))
    assert ParameterOverride.objects.current().count() == 1

    take_back_value(actor=SYSTEM, code="deadline.reply", starts_on=date(2024, 1, 1), reason="nhầm")

    with pytest.raises(Refusal):
        parameter("deadline.reply", date(2024, 6, 1))


def test_a_value_of_another_type_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        override_parameter(actor=SYSTEM, code="nearly_due", value="ba", starts_on=date(2024, 1, 1), reason="?")

    assert refused.value.code == "parameter.type"


def test_an_instrument_is_registered_once_per_issuer() -> None:
    register()

    with pytest.raises(Refusal) as refused:
        register()

    assert refused.value.code == "instrument.twice"


def test_before_the_database_is_made_the_shipped_law_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    storm()
    monkeypatch.setattr(connection.introspection, "table_names", list)

    assert working_day(WEDNESDAY)


def test_each_change_of_calendar_and_parameters_makes_another_revision_of_the_law() -> None:
    register()
    seen = [revision_of_the_law()]
    for change in (storm, lambda: storm(works=True), lambda: take_back_day(actor=SYSTEM, day=WEDNESDAY, reason="nhầm")):
        change()
        seen.append(revision_of_the_law())
    assert len(set(seen)) == 4


def test_a_day_that_another_process_changed_counts_in_the_next_request_here(request: pytest.FixtureRequest) -> None:
    request.addfinalizer(forget_installation)  # written past the services, it would be kept beyond this test
    register()
    with law_at(revision_of_the_law()):
        assert working_day(WEDNESDAY)
    CalendarOverride.objects.create(day=WEDNESDAY, works=False, name_vi="bão", name_en="storm", reason="bão số 1")

    with law_at(revision_of_the_law()):
        assert not working_day(WEDNESDAY)
