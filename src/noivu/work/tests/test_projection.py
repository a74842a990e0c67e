"""The spans in the database against the events replayed by hand, on both time axes."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noivu.units.testing import Sector
from noivu.work import conditions
from noivu.work.constants import Happening, Kind, Status, Timeliness
from noivu.work.models import Obligation, ObligationEvent, ObligationSpan
from noivu.work.projection import project
from noivu.work.timeline import Event, Life, State, state_on, timeliness

ARISES = date(2024, 10, 1)
START = datetime(2024, 11, 1, tzinfo=UTC)


def day(number: int) -> date:
    return ARISES + timedelta(days=number - 1)


happenings = st.sampled_from([h for h in Happening if h != Happening.TRANSFERRED])
days = st.integers(1, 12)
changes = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "add", "withdraw"]), happenings, days, st.none() | st.integers(1, 15), days
    ),
    min_size=1,
    max_size=7,
)


class Ledger:
    """One obligation, its events written at instants one minute apart, and what was known at each."""

    def __init__(self, sector: Sector, *, confirmation: bool) -> None:
        self.life = Life(sector.office.pk, ARISES, confirmation)
        self.obligation = Obligation.objects.create(
            kind=Kind.TASK.value, unit=sector.office, first_unit=sector.office, arises_on=ARISES,
            confirmation_required=confirmation,
        )  # fmt: skip
        self.known: list[tuple[datetime, list[Event]]] = []
        self.events: dict[int, Event] = {}
        self.now = START
        project([self.obligation.pk], self.now)
        self.known.append((self.now, []))

    def change(self, what: str, happening: Happening, on: int, due: int | None, pick: int) -> None:
        self.now += timedelta(minutes=1)
        if what == "withdraw" and self.events:
            key = sorted(self.events)[pick % len(self.events)]
            ObligationEvent.objects.filter(pk=key).update(superseded_at=self.now)
            del self.events[key]
        else:
            row = ObligationEvent.objects.create(
                obligation=self.obligation, happening=happening.value, on=day(on), order=len(self.known),
                due_on=day(due) if due else None, actor_id="test", actor_name="test", recorded_at=self.now,
            )  # fmt: skip
            self.events[row.pk] = row.as_event()
        project([self.obligation.pk], self.now)
        self.known.append((self.now, list(self.events.values())))


def seen(instant: datetime | None, on: date) -> list[State]:
    parts = ObligationSpan.objects.known_parts(instant)
    return [span.state for part in parts for span in part.holding_on(on)]


@pytest.mark.django_db
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=changes, confirmation=st.booleans())
def test_on_each_day_and_at_each_instant_one_span_says_what_the_events_say(
    sector: Sector, changes: list[tuple[str, Happening, int, int | None, int]], confirmation: bool
) -> None:
    ledger = Ledger(sector, confirmation=confirmation)
    for change in changes:
        ledger.change(*change)
    for instant, events in ledger.known:
        for number in (0, 1, 2, 5, 8, 12, 20):
            replayed = state_on(ledger.life, events, day(number))
            assert seen(instant, day(number)) == ([replayed] if replayed else [])
    last = state_on(ledger.life, ledger.known[-1][1], day(12))
    assert seen(None, day(12)) == [last]
    ObligationSpan.objects.filter(obligation=ledger.obligation).delete()


WORDS = {
    Timeliness.DONE_ON_TIME: (conditions.completed() & conditions.completed_on_time()),
    Timeliness.DONE_LATE: conditions.completed_late(),
    Timeliness.DONE_NO_DEADLINE: conditions.completed_without_deadline(),
    Timeliness.NO_DEADLINE: conditions.no_deadline(),
    Timeliness.NOT_COUNTED: (
        ~conditions.counted() | conditions.suspended() | conditions.awaiting() | conditions.declined()
    ),
}


@pytest.mark.django_db
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=changes, confirmation=st.booleans(), number=st.integers(1, 20), reach=st.integers(0, 5))
def test_timeliness_said_in_sql_is_timeliness_said_in_python(
    sector: Sector,
    changes: list[tuple[str, Happening, int, int | None, int]],
    confirmation: bool,
    number: int,
    reach: int,
) -> None:
    ledger = Ledger(sector, confirmation=confirmation)
    for change in changes:
        ledger.change(*change)
    on, until = day(number), day(number + reach)
    words = {
        **WORDS,
        Timeliness.NEARLY_DUE: conditions.in_time(on) & Q(due_on__lte=until),
        Timeliness.IN_TIME: conditions.in_time(on) & Q(due_on__gt=until),
        Timeliness.OVERDUE: conditions.overdue(on),
    }
    holding = ObligationSpan.objects.current().holding_on(on)
    said = [word for word, condition in words.items() if holding.filter(condition).exists()]
    state = state_on(ledger.life, ledger.known[-1][1], on)
    assert state is not None
    assert said == [timeliness(state, on, until)]
    parts = [
        conditions.completed(), conditions.in_time(on), conditions.overdue(on),
        conditions.no_deadline(), conditions.suspended(), conditions.awaiting(), conditions.declined(),
    ]  # fmt: skip
    met = sum(holding.filter(part).count() for part in parts)
    assert met == (0 if state.status == Status.CANCELLED else 1)
    ObligationSpan.objects.filter(obligation=ledger.obligation).delete()


@pytest.mark.django_db
def test_laying_out_again_changes_nothing(sector: Sector) -> None:
    ledger = Ledger(sector, confirmation=False)
    ledger.change("add", Happening.DUE_SET, 1, 9, 0)
    before = list(ObligationSpan.objects.order_by("pk").values())
    project([ledger.obligation.pk], ledger.now + timedelta(hours=1))
    assert list(ObligationSpan.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_any_number_of_obligations_takes_the_same_number_of_statements(
    sector: Sector, django_assert_num_queries: Any
) -> None:
    ledgers = [Ledger(sector, confirmation=False) for _ in range(20)]
    ids = [ledger.obligation.pk for ledger in ledgers]
    ObligationEvent.objects.bulk_create(
        ObligationEvent(
            obligation_id=key, happening="completed", on=day(3), actor_id="t", actor_name="t", recorded_at=START
        )
        for key in ids
    )
    with django_assert_num_queries(7):
        project(ids, START + timedelta(days=1))


def test_a_condition_asks_first_what_fails_most_often() -> None:
    """Few spans are open, and fewer are late: a sweep over all of them reads the second column of those alone."""
    asked = {
        conditions.overdue(day(3)): ["status", "due_on"],
        conditions.in_time(day(3)): ["status", "due_on"],
        conditions.completed_late(): ["completed_on", "status"],
    }
    for condition, order in asked.items():
        where = str(ObligationSpan.objects.filter(condition).query).split("WHERE")[1]
        assert re.findall(r'"(\w+)" [=<>]', where) == order
