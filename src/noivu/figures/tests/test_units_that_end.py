"""Figures over the real rules of units: three lines, and units that merge within the period."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noivu.core.bulk import insert_rows
from noivu.core.periods import Period
from noivu.figures.asking import ask
from noivu.figures.constants import GUIDANCE, SUPERIOR
from noivu.figures.drilling import drill
from noivu.figures.everywhere import everywhere
from noivu.figures.ground import exactness
from noivu.figures.questions import Question, Sweep
from noivu.figures.tests.papers import Paper, declared
from noivu.figures.tests.test_counting_agrees import FIELDS, with_rows
from noivu.units.api import tree
from noivu.units.models import Unit
from noivu.units.testing import small_sector

DECLARED = declared()
RECORDED = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def sector(papers, settings):
    settings.NOIVU_TODAY = "2026-01-10"
    return small_sector()


def receive(unit, *days):
    rows = [(unit.pk, None, "letter", day, None, None, 1, RECORDED, None) for day in days]
    insert_rows(Paper, FIELDS, rows)


def received(unit, period, **more):
    question = Question(unit.pk, Period.parse(period), indicators=("papers.received",), **more)
    return ask([question], declared=DECLARED)[0].values["papers.received"]


def test_a_department_counts_for_its_province_and_for_the_ministry_by_guidance_only(sector):
    receive(sector.home_affairs_nghe_an, date(2024, 10, 3))
    assert received(sector.nghe_an, "2024-10") == 1
    assert received(sector.committee_nghe_an, "2024-10") == 1
    assert received(sector.ministry, "2024-10") == 0
    assert received(sector.ministry, "2024-10", line=GUIDANCE) == 1


def test_a_year_in_which_departments_merged_shows_the_papers_of_both(sector):
    receive(sector.old_home_affairs_nam_dinh, date(2025, 6, 3))
    receive(sector.old_home_affairs_ninh_binh, date(2025, 6, 4))
    receive(sector.new_home_affairs_ninh_binh, date(2025, 7, 4))
    assert received(sector.new_home_affairs_ninh_binh, "2025") == 3
    assert received(sector.new_ninh_binh, "2025") == 3
    assert received(sector.new_home_affairs_ninh_binh, "2025-07") == 1


def test_a_period_before_the_merger_is_read_in_the_tree_of_its_own_last_day(sector):
    receive(sector.old_home_affairs_nam_dinh, date(2025, 6, 3))
    assert received(sector.old_nam_dinh, "2025-06") == 1
    assert received(sector.old_home_affairs_ninh_binh, "2025-06") == 0


def test_papers_of_a_parted_commune_stay_with_its_province(sector):
    receive(sector.old_dong_tho, date(2025, 5, 3))
    assert received(sector.thanh_hoa, "2025") == 1


def test_before_the_first_known_fact_a_figure_says_that_its_tree_is_not_exact(sector):
    early = exactness(Question(sector.nghe_an.pk, Period.parse("2024-10")))
    assert (early.exact, early.known_from) == (False, date(2025, 6, 30))
    assert exactness(Question(sector.nghe_an.pk, Period.parse("2025-07"))).exact


@with_rows
@given(
    received_by=st.lists(st.tuples(st.integers(0, 45), st.integers(0, 300)), max_size=20),
    period=st.sampled_from(["2025", "2025-06", "2025-07", "2025-H2", "2024-10"]),
    line=st.sampled_from([SUPERIOR, GUIDANCE]),
)
def test_answers_tables_and_records_agree_for_every_unit(sector, received_by, period, line):
    Paper.objects.all().delete()
    units = list(Unit.objects.order_by("pk"))
    for place, day in received_by:
        receive(units[place % len(units)], date(2025, 1, 1) + timedelta(days=day))
    period = Period.parse(period)
    figure = ("papers.received",)
    table = everywhere(Sweep(period, indicators=figure, line=line), declared=DECLARED)
    living = [node.id for node in tree(period.last_day())]
    asked = [Question(unit, period, indicators=figure, line=line) for unit in living]
    for answer in ask(asked, declared=DECLARED):
        assert table.value(answer.question.unit_id, "papers.received") == answer.values["papers.received"]
    question = Question(units[0].pk, period, line=line)
    assert drill("papers.received", question, declared=DECLARED).count() == table.value(units[0].pk, *figure)
