"""However a figure is asked for, it is the same number, and the number of records behind it."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noivu.core.bulk import insert_rows
from noivu.core.periods import CALENDAR, Period, Window
from noivu.figures.asking import ask
from noivu.figures.counting import parts_of
from noivu.figures.drilling import breakdown, drill
from noivu.figures.everywhere import everywhere
from noivu.figures.questions import Question, Sweep
from noivu.figures.tests.papers import GROUND, Paper, Row, declared, obvious

DECLARED = declared()
DECREE09 = Window("decree09", 1, 15)
INSTANTS = [datetime(2024, 10, day, 12, tzinfo=UTC) for day in (1, 10, 20, 31)]
FIELDS = tuple(Row.__dataclass_fields__)

days = st.integers(0, 75).map(lambda n: date(2024, 9, 1) + timedelta(days=n))
rows = st.builds(
    Row,
    unit_id=st.sampled_from(GROUND.ids),
    handler_id=st.sampled_from([None, 1, 2]),
    kind=st.sampled_from(["letter", "report"]),
    received_on=days,
    due_on=st.none() | days,
    answered_on=st.none() | days,
    copies=st.integers(0, 5),
    recorded_at=st.sampled_from(INSTANTS),
    superseded_at=st.none() | st.sampled_from(INSTANTS),
)
questions = st.builds(
    Question,
    unit_id=st.sampled_from(GROUND.ids),
    period=st.sampled_from([Period.parse("2024-09"), Period.parse("2024-10"), Period.parse("2024-Q4")]),
    window=st.sampled_from([CALENDAR, DECREE09]),
    as_of=st.none() | days,
    known_at=st.none() | st.sampled_from(INSTANTS),
)
with_rows = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def fill(register, given_rows):
    register.all().delete()
    insert_rows(Paper, FIELDS, [tuple(getattr(row, name) for name in FIELDS) for row in given_rows])


def expected(question, given_rows):
    totals = dict.fromkeys(DECLARED.indicators.codes, 0)
    for row in given_rows:
        if GROUND.counts_for(row.unit_id, question.unit_id):
            for code, count in obvious(row, question.reading).items():
                totals[code] += count
    return totals


@with_rows
@given(given_rows=st.lists(rows, max_size=25), asked=st.lists(questions, min_size=1, max_size=4))
def test_every_answer_is_what_a_clerk_would_count(papers, given_rows, asked):
    fill(papers, given_rows)
    answers = ask(asked, ground=GROUND, declared=DECLARED)
    for answer in answers:
        assert answer.values == expected(answer.question, given_rows)
        assert all(balance.holds for balance in answer.identities)


@with_rows
@given(given_rows=st.lists(rows, max_size=25), question=questions)
def test_every_figure_is_the_number_of_its_records(papers, given_rows, question):
    fill(papers, given_rows)
    [answer] = ask([question], ground=GROUND, declared=DECLARED)
    for indicator in DECLARED.indicators:
        behind = drill(indicator.code, question, ground=GROUND, declared=DECLARED)
        measured = (behind.aggregate(n=Sum(indicator.total))["n"] or 0) if indicator.total else behind.count()
        assert measured == answer.values[indicator.code], indicator.code
        parts = breakdown(indicator.code, question, "handler", ground=GROUND, declared=DECLARED)
        assert sum(part.count for part in parts) == answer.values[indicator.code], indicator.code


@with_rows
@given(given_rows=st.lists(rows, max_size=25), question=questions)
def test_the_table_of_all_units_says_what_each_answer_says(papers, given_rows, question):
    fill(papers, given_rows)
    sweep = Sweep(question.period, question.window, question.as_of, question.known_at)
    table = everywhere(sweep, ground=GROUND, declared=DECLARED)
    asked = [Question(unit, question.period, question.window, question.as_of, question.known_at) for unit in GROUND.ids]
    for answer in ask(asked, ground=GROUND, declared=DECLARED):
        unit = answer.question.unit_id
        assert table.values(unit) == answer.values
        assert table.rate(unit, "papers.answered_rate") == answer.rates["papers.answered_rate"]
        assert table.identities(unit) == answer.identities


def test_any_number_of_questions_is_one_statement(papers):
    asked = [Question(unit, Period.parse("2024-10").shifted(-back)) for unit in GROUND.ids for back in range(6)]
    with CaptureQueriesContext(connection) as statements:
        answers = ask(asked, ground=GROUND, declared=DECLARED)
    assert len(answers) == 66
    assert len(statements) == 1
    assert " OR " not in statements[0]["sql"].split("WHERE")[-1]


def test_the_table_of_all_units_takes_one_statement_for_each_part_of_a_base(papers):
    with CaptureQueriesContext(connection) as statements:
        everywhere(Sweep(Period.parse("2024-10")), ground=GROUND, declared=DECLARED)
    parts = [part for base in DECLARED.bases for part in parts_of(base, Sweep(Period.parse("2024-10")).reading)]
    assert len(statements) == len(parts) == 3


@with_rows
@given(given_rows=st.lists(rows, max_size=25))
def test_a_rate_is_exact_and_comes_from_its_own_parts(papers, given_rows):
    fill(papers, given_rows)
    question = Question(1, Period.parse("2024-10"), indicators=("papers.answered_rate",))
    [answer] = ask([question], ground=GROUND, declared=DECLARED)
    received, done = answer.values["papers.received"], answer.values["papers.answered"]
    assert answer.rates["papers.answered_rate"] == (Fraction(done, received) if received else None)
