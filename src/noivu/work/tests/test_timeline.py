import itertools
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from noivu.work.constants import FOREVER, Happening, Stage, Status, Timeliness
from noivu.work.timeline import Event, Life, State, spans, state_on, timeliness

H = Happening
ARISES = date(2024, 10, 1)
LIFE = Life(unit_id=1, arises_on=ARISES)
CONFIRMED_LIFE = Life(unit_id=1, arises_on=ARISES, confirmation_required=True)


def day(number: int) -> date:
    return ARISES + timedelta(days=number - 1)


def at(number: int, happening: Happening, **more: Any) -> Event:
    return Event(happening, day(number), **more)


def test_it_is_open_without_deadline_from_the_day_it_arises() -> None:
    assert spans(LIFE, []) == [Span_of(ARISES, FOREVER, State(1, None, Status.OPEN, Stage.NOT_STARTED))]
    assert state_on(LIFE, [], day(0)) is None


def Span_of(starts: date, ends: date, state: State):  # noqa: N802  reads as the thing it makes
    from noivu.work.timeline import Span

    return Span(starts, ends, state)


def test_a_reply_completes_on_its_day_and_not_before() -> None:
    events = [at(1, H.DUE_SET, due_on=day(10)), at(12, H.COMPLETED)]
    assert state_on(LIFE, events, day(11)).status == Status.OPEN
    done = state_on(LIFE, events, day(12))
    assert (done.status, done.completed_on, timeliness(done, day(12))) == (
        Status.COMPLETED,
        day(12),
        Timeliness.DONE_LATE,
    )


def test_an_extension_counts_from_the_day_it_was_given() -> None:
    events = [at(1, H.DUE_SET, due_on=day(10)), at(13, H.EXTENDED, due_on=day(20))]
    assert timeliness(state_on(LIFE, events, day(12)), day(12)) == Timeliness.OVERDUE
    assert timeliness(state_on(LIFE, events, day(13)), day(13)) == Timeliness.IN_TIME


def test_the_due_day_itself_is_in_time() -> None:
    events = [at(1, H.DUE_SET, due_on=day(10))]
    assert timeliness(state_on(LIFE, events, day(10)), day(10)) == Timeliness.IN_TIME
    assert timeliness(state_on(LIFE, events, day(10)), day(10), nearly_until=day(12)) == Timeliness.NEARLY_DUE
    assert timeliness(state_on(LIFE, events, day(11)), day(11)) == Timeliness.OVERDUE


def test_where_confirmation_is_required_done_is_the_confirmation() -> None:
    events = [at(1, H.DUE_SET, due_on=day(10)), at(9, H.COMPLETED), at(14, H.CONFIRMED)]
    assert state_on(CONFIRMED_LIFE, events, day(13)).status == Status.AWAITING
    assert state_on(CONFIRMED_LIFE, events, day(14)).completed_on == day(14)


def test_what_is_returned_is_open_again_and_keeps_its_due_date() -> None:
    events = [at(1, H.DUE_SET, due_on=day(10)), at(5, H.COMPLETED), at(6, H.RETURNED)]
    again = state_on(CONFIRMED_LIFE, events, day(6))
    assert (again.status, again.stage, again.due_on) == (Status.OPEN, Stage.RETURNED, day(10))


def test_several_events_of_one_day_leave_one_stretch() -> None:
    events = [at(3, H.SUSPENDED, order=1), at(3, H.RESUMED, order=2), at(3, H.COMPLETED, order=3)]
    assert [(s.valid_from, s.state.status) for s in spans(LIFE, events)] == [
        (day(1), Status.OPEN),
        (day(3), Status.COMPLETED),
    ]


events_of_any_kind = st.lists(
    st.builds(
        Event,
        happening=st.sampled_from(Happening),
        on=st.integers(-3, 30).map(day),
        order=st.integers(0, 3),
        due_on=st.none() | st.integers(-3, 40).map(day),
        unit_id=st.sampled_from([None, 1, 2]),
    ),
    max_size=12,
)


@given(events=events_of_any_kind, confirmation=st.booleans())
def test_exactly_one_stretch_holds_on_each_day_and_agrees_with_the_replay(
    events: list[Event], confirmation: bool
) -> None:
    life = Life(1, ARISES, confirmation)
    laid_out = spans(life, events)
    for number in range(-2, 45):
        holding = [s for s in laid_out if s.valid_from <= day(number) < s.valid_to]
        replayed = state_on(life, events, day(number))
        assert [s.state for s in holding] == ([replayed] if replayed else [])


@given(events=events_of_any_kind, confirmation=st.booleans())
def test_stretches_join_and_neighbours_differ(events: list[Event], confirmation: bool) -> None:
    laid_out = spans(Life(1, ARISES, confirmation), events)
    assert (laid_out[0].valid_from, laid_out[-1].valid_to) == (ARISES, FOREVER)
    for one, next_one in itertools.pairwise(laid_out):
        assert one.valid_to == next_one.valid_from
        assert one.state != next_one.state


@given(events=events_of_any_kind, confirmation=st.booleans(), number=st.integers(0, 45))
def test_a_completed_obligation_has_a_day_of_completion_and_no_other_has(
    events: list[Event], confirmation: bool, number: int
) -> None:
    state = state_on(Life(1, ARISES, confirmation), events, day(number))
    if state is not None:
        assert (state.status == Status.COMPLETED) == (state.completed_on is not None)
        assert state.completed_on is None or state.completed_on <= day(number)
