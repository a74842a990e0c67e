"""How fresh a register is."""

from datetime import UTC, date, datetime

from noivu.core.indicators import Source
from noivu.core.periods import Period
from noivu.core.wording import both
from noivu.figures.questions import Question
from noivu.figures.sources import freshness
from noivu.figures.tests.papers import GROUND, Paper, declared

OCTOBER = Period.parse("2024-10")
NOON = datetime(2024, 10, 3, 12, tzinfo=UTC)


def receive(unit_id, kind, recorded_at):
    Paper.objects.create(unit_id=unit_id, kind=kind, received_on=date(2024, 10, 1), recorded_at=recorded_at)


def last_recorded(unit_id, declarations):
    found = freshness(Question(unit_id, OCTOBER), ground=GROUND, declared=declarations)
    return {source.code: source.last_recorded_at for source in found}


def test_a_register_is_as_fresh_as_its_last_row_within_reach_of_the_unit(papers):
    receive(4, "letter", NOON)
    receive(6, "letter", NOON.replace(day=9))
    assert last_recorded(2, declared()) == {"papers": NOON}
    assert last_recorded(1, declared()) == {"papers": NOON.replace(day=9)}


def test_a_register_without_rows_says_nothing(papers):
    assert last_recorded(1, declared()) == {"papers": None}


def test_registers_of_one_model_are_told_apart(papers):
    receive(4, "report", NOON)
    declarations = declared()
    declarations.sources._plugs["papers"] = Source("papers", both("letters"), Paper, only=(("kind", "letter"),))
    assert last_recorded(1, declarations) == {"papers": None}


def test_all_registers_take_one_query(papers, django_assert_num_queries):
    with django_assert_num_queries(1):
        last_recorded(1, declared())
