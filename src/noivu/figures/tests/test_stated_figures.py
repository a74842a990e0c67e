"""Figures that are stated stand beside those that are counted, and never mix with them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from noivu.audit.models import Entry
from noivu.core.actors import SYSTEM, Actor
from noivu.core.periods import Period
from noivu.core.refusals import Refusal
from noivu.figures.api import Question, Statement, ask, stated_beside
from noivu.figures.models import StatedFigure
from noivu.figures.services import Place, state_figure, withdraw_figure
from noivu.figures.tests.papers import Paper
from noivu.units.testing import small_sector

OCTOBER = Period.parse("2024-10")


@pytest.fixture
def known(papers_declared):
    return papers_declared


@pytest.fixture
def office(papers, known):
    office = small_sector().office
    Paper.objects.create(
        unit_id=office.pk,
        kind="letter",
        received_on=date(2024, 10, 3),
        recorded_at=datetime(2024, 10, 3, tzinfo=UTC),
    )
    return office


def publish(office, value, indicator="papers.received"):
    return state_figure(
        actor=SYSTEM,
        place=Place(office.pk, indicator, OCTOBER),
        kind=Statement.PUBLISHED,
        value=Decimal(value),
        source="Báo cáo tháng 10/2024",
    )


def beside(office, known, **more):
    answers = ask([Question(office.pk, OCTOBER, **more)], declared=known)
    return stated_beside(answers)[0]


def test_a_published_figure_stands_beside_the_counted_one_with_its_difference(office, known):
    publish(office, 3)
    [stated] = beside(office, known)
    assert (stated.value, stated.difference, stated.kind) == (3, 2, Statement.PUBLISHED)
    assert stated.label.en == "Published"


def test_stating_a_figure_does_not_change_the_counted_one(office, known):
    publish(office, 3)
    [answer] = ask([Question(office.pk, OCTOBER)], declared=known)
    assert answer.values["papers.received"] == 1


def test_a_second_statement_corrects_the_first_and_keeps_what_was_said(office, known):
    first = publish(office, 3)
    recorded = StatedFigure.objects.get(pk=first.pk).recorded_at
    assert publish(office, 4).pk == first.pk
    assert beside(office, known)[0].value == 4
    assert beside(office, known, known_at=recorded)[0].value == 3


def test_a_withdrawn_figure_no_longer_stands_beside(office, known):
    withdraw_figure(actor=SYSTEM, stated=publish(office, 3), reason="nhập nhầm tháng")
    assert beside(office, known) == ()


def test_each_verb_leaves_one_entry(office, known):
    publish(office, 3)
    withdraw_figure(actor=SYSTEM, stated=publish(office, 4), reason="nhập nhầm tháng")
    actions = Entry.objects.filter(action__startswith="figure.").order_by("id").values_list("action", flat=True)
    assert list(actions) == ["figure.state", "figure.correct", "figure.withdraw"]


def test_a_count_is_stated_as_a_whole_number(office):
    with pytest.raises(Refusal, match="số nguyên"):
        publish(office, "2.5")


def test_a_rate_may_have_a_decimal(office):
    assert publish(office, "91.9", "papers.answered_rate").value == Decimal("91.9")


def test_a_stated_figure_needs_a_source(office):
    with pytest.raises(Refusal, match="nguồn"):
        state_figure(
            actor=SYSTEM,
            place=Place(office.pk, "papers.received", OCTOBER),
            kind=Statement.TYPED,
            value=Decimal(1),
            source=" ",
        )


def test_without_a_grant_nothing_is_stated(office):
    with pytest.raises(Refusal) as refused:
        state_figure(
            actor=Actor("dung", "Phạm Mỹ Dung"),
            place=Place(office.pk, "papers.received", OCTOBER),
            kind=Statement.TYPED,
            value=Decimal(1),
            source="x",
        )
    assert refused.value.code == "forbidden"


def test_stated_figures_of_many_answers_cost_one_query(office, known, django_assert_num_queries):
    publish(office, 3)
    answers = ask([Question(office.pk, OCTOBER.shifted(-back)) for back in range(12)], declared=known)
    with django_assert_num_queries(1):
        found = stated_beside(answers)
    assert [len(stated) for stated in found] == [1] + [0] * 11
