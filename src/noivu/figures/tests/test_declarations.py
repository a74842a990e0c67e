"""Declarations that cannot be counted are found when the program starts."""

import pytest
from django.contrib.auth.models import Group

from noivu.core.indicators import BaseSet, Breakdown, Identity, Rate
from noivu.core.periods import Period
from noivu.core.refusals import Refusal
from noivu.core.wording import Text, both
from noivu.figures.asking import ask
from noivu.figures.questions import Question
from noivu.figures.tests.papers import GROUND, Paper, declared, describe, indicator
from noivu.figures.validation import faults


def test_the_paper_register_is_declared_without_fault():
    assert faults(declared()) == []


def test_a_code_cannot_stand_for_two_figures():
    with pytest.raises(ValueError, match="declared twice"):
        declared().declare(indicators=[indicator("papers.received", "standing")])


def test_an_identity_names_known_figures_only():
    declarations = declared()
    declarations.declare(identities=[Identity("papers.odd", both("odd"), "papers.received", ("papers.lost",))])
    assert faults(declarations) == ["papers.odd: “papers.lost” is not a declared indicator"]


def test_a_rate_names_known_figures_only():
    declarations = declared()
    words = both("rate")
    declarations.declare(rates=[Rate("papers.rate", words, words, words, "papers.lost", "papers.received")])
    assert faults(declarations) == ["papers.rate: its part or whole “papers.lost” is not a declared indicator"]


def test_an_indicator_needs_a_declared_base():
    declarations = declared()
    declarations.declare(indicators=[indicator("papers.nowhere", "nowhere")])
    assert faults(declarations) == ["papers.nowhere: its base “nowhere” is not declared"]


def test_an_indicator_is_documented_in_both_languages():
    declarations = declared()
    half = indicator("papers.half", "received")
    object.__setattr__(half, "concept", Text(vi="khái niệm", en=" "))
    object.__setattr__(half, "breakdowns", (Breakdown("kind", Text(vi="loại", en=""), "kind"),))
    declarations.declare(indicators=[half])
    assert faults(declarations) == [
        "papers.half: write its concept in Vietnamese and in English",
        "papers.half: breakdown kind lacks its label in one language",
    ]


def test_a_base_reads_a_declared_source():
    declarations = declared()
    declarations.declare(bases=[BaseSet("odd", both("odd"), lambda _: Paper.objects.all(), describe, source="odd")])
    assert faults(declarations) == ["odd: its source “odd” is not declared"]


def test_a_base_that_joins_to_many_is_refused_before_it_counts_twice(papers):
    declarations = declared()
    groups = Group.objects.filter(permissions__pk__gt=0)
    many = BaseSet("many", both("many"), lambda _: groups, describe, source="papers", unit="id")
    declarations.declare(bases=[many], indicators=[indicator("papers.many", "many")])
    question = Question(1, Period.parse("2024-10"), indicators=("papers.many",))
    with pytest.raises(ValueError, match="many rows to one record"):
        ask([question], ground=GROUND, declared=declarations)


def test_an_unknown_code_is_refused_with_a_way_on():
    question = Question(1, Period.parse("2024-10"), indicators=("papers.lost",))
    with pytest.raises(Refusal, match=r"papers\.lost"):
        ask([question], ground=GROUND, declared=declared())


def test_a_figure_comes_with_those_it_is_held_against():
    assert set(declared().with_kin("papers.overdue")) == {
        "papers.received",
        "papers.answered",
        "papers.in_time",
        "papers.overdue",
        "papers.no_deadline",
    }
