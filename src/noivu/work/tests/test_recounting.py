"""Open due dates follow the calendar and the rules: what is counted moves, what is closed or entered by hand stays."""

import json
import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext

from noivu.audit.api import history
from noivu.core.actors import SYSTEM
from noivu.core.wording import Text
from noivu.law.api import (
    CountingChange,
    change_day,
    deadline,
    override_parameter,
    read_trace,
    swap_days,
    take_back_day,
    take_back_value,
)
from noivu.units.api import Unit
from noivu.units.testing import Sector, an_instrument
from noivu.work.api import Due, Obligation, ObligationSpan, TaskEntry, complete, create_task, extend, suspend, withdraw
from noivu.work.commands import recount as command
from noivu.work.constants import FOREVER, Happening
from noivu.work.models import ObligationEvent, Recount
from noivu.work.projection import project
from noivu.work.recounting import recount, recount_all
from noivu.work.services import resume

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, WEDNESDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)
STORM = Text(vi="nghỉ tránh bão", en="closed for the storm")
RULE = "deadline.nghe_an_recommendation_urgent"
LAID = ("obligation_id", "unit_id", "arises_on", "valid_from", "valid_to", "due_on", "status", "stage", "completed_on")


@pytest.fixture(autouse=True)
def tuesday(settings: Any) -> None:
    settings.NOIVU_TODAY = TUESDAY.isoformat()


def storm(day: date = WEDNESDAY) -> None:
    change_day(actor=SYSTEM, day=day, works=False, name=STORM, reason="bão số 1")


def owed(unit: Unit, due: Due, on: date = MONDAY, **fields: Any) -> Obligation:
    entry = TaskEntry(
        code=f"NV-{Obligation.objects.count() + 1:04}",
        title="Hoàn thiện hồ sơ trình Chính phủ",
        assigner="Bộ trưởng",
        assigned_on=on,
        lead_unit_id=unit.pk,
        due=due,
        **fields,
    )
    return create_task(actor=SYSTEM, entry=entry)


def due_of(obligation: Obligation) -> date | None:
    return ObligationSpan.objects.current().get(obligation=obligation, valid_to=FOREVER).due_on


def laid(ids: Sequence[int]) -> list[Any]:
    rows = ObligationSpan.objects.current().filter(obligation_id__in=ids)
    return list(rows.order_by("obligation_id", "valid_from").values_list(*LAID))


def test_a_holiday_moves_what_counts_working_days_and_says_so(sector: Sector) -> None:
    task = owed(sector.ministry, Due(working_days=5))
    assert due_of(task) == date(2026, 3, 9)

    storm()

    assert due_of(task) == date(2026, 3, 10)
    event = task.events.current().get(happening=Happening.DUE_MOVED.value)
    assert (event.on, event.former_due_on, event.due_on) == (TUESDAY, date(2026, 3, 9), date(2026, 3, 10))
    assert read_trace(event.trace).due_on == event.due_on
    assert any(row.words.vi == "nghỉ tránh bão" for row in read_trace(event.trace).rows)
    assert event.reason == "Đổi lịch làm việc 04/03/2026 (nghỉ tránh bão): bão số 1"
    assert [span.due_on for span in task.spans.current().order_by("valid_from")] == [
        date(2026, 3, 9),
        date(2026, 3, 10),
    ]
    task.refresh_from_db()
    assert task.original_due_on == date(2026, 3, 9)


def test_a_day_taken_back_moves_it_back_on_the_same_day(sector: Sector) -> None:
    task = owed(sector.ministry, Due(working_days=5))
    before = laid([task.pk])

    storm()
    take_back_day(actor=SYSTEM, day=WEDNESDAY, reason="nhầm")

    assert laid([task.pk]) == before
    assert [row.moved for row in Recount.objects.all()] == [1, 1]


def test_a_day_taken_back_later_moves_it_back_from_then_on(sector: Sector, settings: Any) -> None:
    task = owed(sector.ministry, Due(working_days=5))
    storm()
    settings.NOIVU_TODAY = "2026-03-06"

    take_back_day(actor=SYSTEM, day=WEDNESDAY, reason="bão đổi hướng")

    assert [(row[3], row[5]) for row in laid([task.pk])] == [
        (MONDAY, date(2026, 3, 9)),
        (TUESDAY, date(2026, 3, 10)),
        (date(2026, 3, 6), date(2026, 3, 9)),
    ]


def test_swapped_days_move_once_by_both(sector: Sector) -> None:
    long, short = owed(sector.ministry, Due(working_days=10)), owed(sector.ministry, Due(working_days=3))
    an_instrument("9441/TB-BNV")
    kept = due_of(long)

    swap_days(actor=SYSTEM, day_off=WEDNESDAY, day_worked=date(2026, 3, 7), instrument="9441/TB-BNV", reason="hoán đổi")

    assert (due_of(long), due_of(short)) == (kept, date(2026, 3, 6))
    assert Recount.objects.get().moved == 1


def test_what_is_closed_or_entered_by_hand_or_counts_all_days_stays(sector: Sector) -> None:
    done = owed(sector.ministry, Due(working_days=5))
    complete(actor=SYSTEM, obligation=done, on=TUESDAY)
    by_hand = owed(sector.ministry, Due(on=date(2026, 3, 9)))
    all_days = owed(sector.ministry, Due(rule="deadline.recommendation_peoples_council"))
    gone = owed(sector.ministry, Due(working_days=5), on=date(2026, 2, 2))
    moved = owed(sector.ministry, Due(working_days=5))
    before = laid([done.pk, by_hand.pk, all_days.pk, gone.pk])
    events = list(ObligationEvent.objects.exclude(obligation=moved).order_by("pk").values())

    storm()

    assert laid([done.pk, by_hand.pk, all_days.pk, gone.pk]) == before
    assert list(ObligationEvent.objects.exclude(obligation=moved).order_by("pk").values()) == events
    assert (Recount.objects.get().moved, Recount.objects.get().kept) == (1, 1)


def test_an_extension_by_hand_stays_and_one_taken_back_is_counted_as_before(sector: Sector) -> None:
    task = owed(sector.ministry, Due(working_days=5))
    storm()
    extend(actor=SYSTEM, obligation=task, due_on=date(2026, 3, 20), on=TUESDAY, reason="thêm việc")

    storm(date(2026, 3, 5))
    assert due_of(task) == date(2026, 3, 20)

    withdraw(actor=SYSTEM, obligation=task, reason="ghi nhầm")
    assert due_of(task) == date(2026, 3, 10)
    assert [move.after for move in recount(CountingChange(SYSTEM, "lại", dry_run=True)).moves] == [date(2026, 3, 11)]


def test_a_suspended_one_moves_and_keeps_the_days_that_its_suspension_gives(sector: Sector, settings: Any) -> None:
    task = owed(sector.ministry, Due(working_days=5))
    suspend(actor=SYSTEM, obligation=task, on=MONDAY, reason="chờ ý kiến")
    storm(date(2026, 3, 9))
    assert due_of(task) == date(2026, 3, 10)
    settings.NOIVU_TODAY = "2026-03-05"

    resume(actor=SYSTEM, obligation=task, on=date(2026, 3, 5))
    assert due_of(task) == date(2026, 3, 13)  # three working days: 2, 3 and 4 March

    take_back_day(actor=SYSTEM, day=date(2026, 3, 9), reason="bão tan")
    assert due_of(task) == date(2026, 3, 12)


def test_a_rule_of_another_number_moves_what_it_counted(sector: Sector) -> None:
    task = owed(sector.home_affairs_nghe_an, Due(rule=RULE))
    other = owed(sector.ministry, Due(working_days=10))
    assert due_of(task) == due_of(other) == date(2026, 3, 16)
    an_instrument("98/2025/QĐ-UBND")

    override_parameter(
        actor=SYSTEM, code=RULE, value=7, starts_on=date(2026, 1, 1), instrument="98/2025/QĐ-UBND", reason="sửa"
    )
    assert (due_of(task), due_of(other)) == (date(2026, 3, 11), date(2026, 3, 16))

    take_back_value(actor=SYSTEM, code=RULE, starts_on=date(2026, 1, 1), reason="nhầm")
    assert due_of(task) == date(2026, 3, 16)


def test_one_entry_of_the_log_commits_to_every_date_that_moved(sector: Sector) -> None:
    tasks = [owed(sector.ministry, Due(working_days=5)) for _ in range(3)]

    storm()

    entries = {history(task)[0].action for task in tasks}
    assert len(entries) == 1


def test_foreseeing_changes_nothing(sector: Sector) -> None:
    task = owed(sector.ministry, Due(working_days=5))
    change = CountingChange(SYSTEM, "thử", days=frozenset({WEDNESDAY}), dry_run=True)

    assert recount(change).moved == 0
    assert recount_all(SYSTEM, "thử", dry_run=True, progress=lambda chunks, total: chunks).moved == 0
    assert due_of(task) == date(2026, 3, 9)


# Counted back from a session on Monday 20 April, by hand: 17 to 13 April are days 1 to 5, 10 to 6 April 6 to 10,
# 3 April to 30 March 11 to 15, 27 to 23 March 16 to 20.

SESSION, BEFORE_SESSION = date(2026, 4, 20), "recommendation_report_national_assembly"
BACK = Due(rule=BEFORE_SESSION, start=SESSION)
FRIDAY, COUNTED = date(2026, 3, 20), date(2026, 3, 23)


@pytest.mark.parametrize(
    ("changed", "works", "after"),
    [
        (date(2026, 4, 8), False, FRIDAY),  # in the span, after the due date
        (date(2026, 4, 17), False, FRIDAY),  # its first day
        (COUNTED, False, FRIDAY),  # its last
        (date(2026, 4, 11), True, date(2026, 3, 24)),  # a Saturday that is worked
        (SESSION, False, COUNTED),  # the session itself does not count
        (date(2026, 4, 21), False, COUNTED),
        (FRIDAY, False, COUNTED),
    ],
)
def test_what_counts_back_moves_earlier_by_a_holiday_before_the_session(
    sector: Sector, changed: date, works: bool, after: date
) -> None:
    report = owed(sector.ministry, BACK)
    assert due_of(report) == COUNTED
    before = laid([report.pk])

    change_day(actor=SYSTEM, day=changed, works=works, name=STORM, reason="bão số 1")

    assert due_of(report) == after
    report.refresh_from_db()
    assert report.original_due_on == COUNTED
    for event in report.events.current().filter(happening=Happening.DUE_MOVED.value):
        assert (event.former_due_on, event.counted_from, event.rule) == (COUNTED, SESSION, BEFORE_SESSION)
        assert read_trace(event.trace).due_on == after
    take_back_day(actor=SYSTEM, day=changed, reason="nhầm")
    assert laid([report.pk]) == before


def test_a_swap_between_due_date_and_session_leaves_it_and_one_over_the_session_moves_it(sector: Sector) -> None:
    report = owed(sector.ministry, BACK)
    an_instrument("9441/TB-BNV")
    swap = {"actor": SYSTEM, "instrument": "9441/TB-BNV", "reason": "hoán đổi"}

    swap_days(day_off=date(2026, 4, 8), day_worked=date(2026, 4, 11), **swap)
    assert due_of(report) == COUNTED

    swap_days(day_off=date(2026, 4, 9), day_worked=date(2026, 4, 25), **swap)
    assert due_of(report) == FRIDAY


def test_a_second_holiday_moves_it_on_and_each_is_taken_back_by_itself(sector: Sector) -> None:
    report = owed(sector.ministry, BACK)
    storm(date(2026, 4, 8))
    storm(FRIDAY)
    assert due_of(report) == date(2026, 3, 19)
    take_back_day(actor=SYSTEM, day=date(2026, 4, 8), reason="nhầm")
    assert due_of(report) == COUNTED


def test_what_moves_back_before_today_is_overdue_from_today_on(sector: Sector, settings: Any) -> None:
    report = owed(sector.ministry, BACK)
    settings.NOIVU_TODAY = COUNTED.isoformat()

    storm(date(2026, 4, 8))

    assert [(row[3], row[5]) for row in laid([report.pk])] == [(MONDAY, COUNTED), (COUNTED, FRIDAY)]


def test_what_is_closed_or_by_hand_or_counts_all_days_back_stays(sector: Sector) -> None:
    done = owed(sector.ministry, BACK)
    complete(actor=SYSTEM, obligation=done, on=TUESDAY)
    by_hand = owed(sector.ministry, BACK)
    extend(actor=SYSTEM, obligation=by_hand, due_on=date(2026, 3, 25), on=TUESDAY, reason="lùi kỳ họp")
    all_days = owed(sector.ministry, Due(rule="recommendation_report_peoples_council", start=SESSION))
    assert due_of(all_days) == date(2026, 3, 21)
    before = laid([done.pk, by_hand.pk, all_days.pk])

    storm(date(2026, 4, 8))

    assert laid([done.pk, by_hand.pk, all_days.pk]) == before
    assert not Recount.objects.exists()


def test_a_pause_of_what_counts_back_keeps_its_days(sector: Sector, settings: Any) -> None:
    report = owed(sector.ministry, BACK)
    suspend(actor=SYSTEM, obligation=report, on=MONDAY, reason="chờ ý kiến")
    settings.NOIVU_TODAY = "2026-03-05"
    resume(actor=SYSTEM, obligation=report, on=date(2026, 3, 5))
    assert due_of(report) == date(2026, 3, 26)  # three working days: 2, 3 and 4 March

    storm(date(2026, 4, 8))

    assert due_of(report) == date(2026, 3, 25)


def test_another_number_of_days_back_moves_it(sector: Sector) -> None:
    report = owed(sector.ministry, BACK)
    an_instrument("72/2025/NQLT")

    override_parameter(
        actor=SYSTEM,
        code=f"deadline.{BEFORE_SESSION}",
        value=21,
        starts_on=date(2026, 1, 1),
        instrument="72/2025/NQLT",
        reason="sửa",
    )

    assert due_of(report) == FRIDAY


# Against the obvious way


def a_crowd(unit: Unit, size: int, seed: int) -> list[int]:
    """Random obligations in every state that the recounting tells apart, written in bulk."""
    chance = random.Random(seed)
    rows = [
        Obligation(kind="task", code=f"ĐĐ-{n}", title="Việc", unit=unit, first_unit=unit, arises_on=day)
        for n in range(size)
        for day in [date(2026, 1, 5) + timedelta(days=chance.randrange(58))]
    ]
    Obligation.objects.bulk_create(rows)
    ObligationEvent.objects.bulk_create(event for row in rows for event in _a_life(row, chance))
    ids = [row.pk for row in rows]
    project(ids, rows[0].events.first().recorded_at)  # type: ignore[union-attr]  # each has one
    return ids


def _a_life(row: Obligation, chance: random.Random) -> list[ObligationEvent]:
    said: list[ObligationEvent] = []

    def say(happening: Happening, on: date, **fields: Any) -> None:
        fields = {"actor_id": "x", "actor_name": "x", **fields}
        order = sum(event.on == on for event in said)
        said.append(ObligationEvent(obligation=row, happening=happening.value, on=on, order=order, **fields))

    first = row.arises_on
    due = _a_due(chance, first)
    say(Happening.ASSIGNED, first, **due)
    after = min(first + timedelta(days=chance.randrange(20)), TUESDAY)
    fate = chance.choice(("open", "open", "extended", "suspended", "resumed", "completed", "cancelled"))
    if fate == "extended":
        say(Happening.EXTENDED, after, **_a_due(chance, after, ("days", "rule", "back", "hand")))
    if fate in {"suspended", "resumed"}:
        say(Happening.SUSPENDED, after)
    if fate == "resumed" and due["due_on"]:
        later, days = min(after + timedelta(days=9), TUESDAY), chance.randrange(1, 9)
        moved = deadline(due["due_on"], working_days=days).due_on
        say(Happening.RESUMED, later, due_on=moved, working_days=days, counted_from=due["due_on"])
    if fate in {"completed", "cancelled"}:
        say(Happening(fate), after)
    return said


WAYS = ("days", "days", "rule", "back", "all days", "hand", "none")


def _a_due(chance: random.Random, on: date, ways: Sequence[str] = WAYS) -> dict[str, Any]:
    how = chance.choice(ways)
    if how == "none":
        return {"due_on": None}
    if how == "hand":
        return {"due_on": on + timedelta(days=chance.randrange(1, 90))}
    if how == "days":
        number = chance.randrange(1, 60)
        return {"due_on": deadline(on, working_days=number).due_on, "working_days": number, "counted_from": on}
    if how == "back":
        session = on + timedelta(days=chance.randrange(30, 90))
        return {
            "due_on": deadline(session, rule=BEFORE_SESSION).due_on,
            "rule": BEFORE_SESSION,
            "counted_from": session,
        }
    rule = RULE if how == "rule" else "deadline.recommendation_national_assembly"
    return {"due_on": deadline(on, rule=rule).due_on, "rule": rule, "counted_from": on}


def plainly(obligation: Obligation, changed: Sequence[date]) -> date | None:
    """One by one: what its due date should be, going through its own events in order."""
    stands: date | None = None
    by_hand, crosses = True, False
    given: date | None = None
    for event in obligation.events.current().exclude(happening=Happening.DUE_MOVED.value).order_by("on", "order"):
        if event.due_on is None:
            continue
        if event.counted_from is None:
            stands, by_hand = event.due_on, True
        else:
            start = stands if event.happening == Happening.RESUMED.value and event.counted_from == given else None
            length = {"rule": event.rule} if event.rule else {"working_days": event.working_days}
            stands, by_hand = deadline(start or event.counted_from, **length).due_on, False
            first, last = sorted((event.counted_from, event.due_on))
            crosses = crosses or any(first <= day <= last for day in changed)
        given = event.due_on
    return given if by_hand or not crosses else stands


@pytest.mark.parametrize("seed", [4, 2026])
def test_two_thousand_random_ones_move_as_the_obvious_way_moves_them(sector: Sector, seed: int) -> None:
    ids = a_crowd(sector.ministry, 1_000, seed)
    days = (WEDNESDAY, date(2026, 3, 18))
    running = ObligationSpan.objects.current().filter(valid_to=FOREVER, status__in=("open", "suspended"))
    moving = set(running.values_list("obligation_id", flat=True))
    closed = sorted(set(ids) - moving)
    untouched = laid(closed)

    for day in days:
        storm(day)

    due = dict(ObligationSpan.objects.current().filter(valid_to=FOREVER).values_list("obligation_id", "due_on"))
    expected = {row.pk: plainly(row, days) for row in Obligation.objects.filter(pk__in=moving)}
    assert {pk: due[pk] for pk in moving} == expected
    assert laid(closed) == untouched
    assert not ObligationEvent.objects.filter(obligation_id__in=closed, happening="due_moved").exists()
    as_laid = laid(ids)
    project(ids, Recount.objects.first().recorded_at)  # type: ignore[union-attr]  # the storms made two
    assert laid(ids) == as_laid

    for day in reversed(days):
        take_back_day(actor=SYSTEM, day=day, reason="tan")
    back = dict(ObligationSpan.objects.current().filter(valid_to=FOREVER).values_list("obligation_id", "due_on"))
    first = {row.pk: _as_given(row) for row in Obligation.objects.filter(pk__in=moving)}
    assert {pk: back[pk] for pk in moving} == first


def _as_given(row: Obligation) -> date | None:
    given = row.events.filter(due_on__isnull=False).exclude(happening=Happening.DUE_MOVED.value)
    last = given.order_by("on", "order").last()
    return last.due_on if last else None


def test_what_breaks_in_the_middle_leaves_nothing_half_done(sector: Sector, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = a_crowd(sector.ministry, 120, 7)
    before, events = laid(ids), ObligationEvent.objects.count()
    monkeypatch.setattr("noivu.work.recounting._CHUNK", 20)
    laying = []

    def breaks(*arguments: Any) -> None:
        laying.append(arguments)
        if len(laying) == 2:
            raise RuntimeError("power cut")

    monkeypatch.setattr("noivu.work.recounting._lay_out", breaks)
    with pytest.raises(RuntimeError, match="power cut"):
        storm()

    assert (laid(ids), ObligationEvent.objects.count(), Recount.objects.count()) == (before, events, 0)
    assert deadline(MONDAY, working_days=5).due_on == date(2026, 3, 9)


def test_the_statements_do_not_grow_with_the_number(sector: Sector) -> None:
    counts = []
    for size in (40, 400):
        owed_in_bulk(sector.ministry, size)
        with CaptureQueriesContext(connection) as captured:
            storm(WEDNESDAY if size == 40 else date(2026, 3, 5))
        counts.append(len(captured))
    assert counts[1] <= counts[0] + 4


def owed_in_bulk(unit: Unit, size: int) -> None:
    rows = [
        Obligation(kind="task", code=f"B{size}-{n}", title="Việc", unit=unit, first_unit=unit, arises_on=MONDAY)
        for n in range(size)
    ]
    Obligation.objects.bulk_create(rows)
    due = deadline(MONDAY, working_days=5).due_on
    said = {"due_on": due, "working_days": 5, "counted_from": MONDAY, "actor_id": "x", "actor_name": "x"}
    ObligationEvent.objects.bulk_create(
        ObligationEvent(obligation=row, happening="assigned", on=MONDAY, **said) for row in rows
    )
    project([row.pk for row in rows], rows[0].events.get().recorded_at)


def test_the_command_foresees_and_moves(sector: Sector) -> None:
    task = owed(sector.ministry, Due(working_days=5))
    task.events.update(due_on=date(2026, 3, 6))
    task.spans.update(due_on=date(2026, 3, 6))

    foreseen = CliRunner().invoke(command, ["--dry-run"])
    assert "1 việc đang mở dời hạn" in foreseen.stdout.replace("\u00a0", " ")
    assert not Recount.objects.exists()

    moved = json.loads(CliRunner().invoke(command, ["--apply", "--reason", "lịch cũ", "--json"]).stdout)
    assert [(move["from"], move["to"]) for move in moved["moves"]] == [("2026-03-06", "2026-03-09")]
    assert Recount.objects.get().reason == "lịch cũ"
    assert json.loads(CliRunner().invoke(command, ["--dry-run", "--json"]).stdout)["moved"] == 0
