"""The records behind a figure, as far as their reader may open them."""

from datetime import UTC, date, datetime

import pytest

from noivu.core import access
from noivu.core.actors import SYSTEM, Actor
from noivu.core.periods import Period
from noivu.core.refusals import Refusal
from noivu.figures.drilling import Part, breakdown, records
from noivu.figures.questions import Question
from noivu.figures.tests.papers import GROUND, Paper, declared

DECLARED = declared()
OCTOBER = Question(1, Period.parse("2024-10"))
CHI = Actor("chi", "Đỗ Quang Chi")


class OwnUnitsOnly:
    """Lets a reader open the papers of unit 4 alone."""

    def may(self, actor, verb, thing):
        return True

    def scope(self, actor, verb, rows, *, given):
        return rows.filter(unit_id=4)


@pytest.fixture
def scoped():
    kept = access._provider[:]
    access.provide(OwnUnitsOnly())
    yield
    access._provider[:] = kept


@pytest.fixture
def seven_papers(papers):
    return papers.bulk_create(
        Paper(
            unit_id=4 if day <= 3 else 6,
            handler_id=None if day == 1 else day % 2,
            kind="letter",
            received_on=date(2024, 10, day),
            recorded_at=datetime(2024, 10, day, tzinfo=UTC),
        )
        for day in range(1, 8)
    )


def open_records(actor, **more):
    return records("papers.received", OCTOBER, actor=actor, ground=GROUND, declared=DECLARED, **more)


def test_a_reader_sees_how_many_were_counted_and_how_many_may_be_opened(seven_papers, scoped):
    found = open_records(CHI)
    assert (found.counted, found.shown, len(found.lines)) == (7, 3, 3)
    assert found.summary.en == "7 counted, 3 shown to you"


def test_the_operator_of_the_machine_sees_all(seven_papers):
    found = open_records(SYSTEM)
    assert (found.counted, found.shown) == (7, 7)
    assert found.summary.en == "7 records"


def test_without_an_answerer_nothing_is_shown_but_all_is_counted(seven_papers):
    kept = access._provider[:]
    access._provider.clear()
    found = open_records(CHI)
    access._provider[:] = kept
    assert (found.counted, found.shown) == (7, 0)


def test_records_come_in_pages(seven_papers):
    last = open_records(SYSTEM, page=3, page_length=3)
    assert last.pages == 3
    assert [line.id for line in last.lines] == [seven_papers[-1].pk]


def test_a_page_costs_two_queries_and_one_where_the_figure_is_known(seven_papers, django_assert_num_queries):
    with django_assert_num_queries(2):
        open_records(SYSTEM)
    with django_assert_num_queries(1):
        found = open_records(SYSTEM, counted=7, page_length=2)
    assert (found.counted, found.shown, found.pages) == (7, 7, 4)


def test_a_page_beyond_the_last_is_empty_and_still_counts(seven_papers):
    beyond = open_records(SYSTEM, page=9, page_length=3)
    assert (beyond.counted, beyond.shown, beyond.lines) == (7, 7, ())


def test_a_breakdown_keeps_those_without_a_value(seven_papers):
    parts = breakdown("papers.received", OCTOBER, "handler", ground=GROUND, declared=DECLARED)
    assert parts == (Part(0, 3), Part(1, 3), Part(None, 1))


def test_only_declared_breakdowns_are_given(seven_papers):
    with pytest.raises(Refusal, match="kind, handler"):
        breakdown("papers.received", OCTOBER, "colour", ground=GROUND, declared=DECLARED)


def test_a_rate_has_no_records_of_its_own(papers):
    with pytest.raises(Refusal, match=r"papers\.answered"):
        records("papers.answered_rate", OCTOBER, actor=SYSTEM, ground=GROUND, declared=DECLARED)
