"""Regimes are data: every one is complete in both languages and names figures that exist."""

from datetime import date

import pytest

from noivu.core.periods import Period
from noivu.core.refusals import Refusal
from noivu.figures.api import DECLARED
from noivu.reports.outline import PLACE, WORDS, Binding
from noivu.reports.regimes import Regime, regime, regimes

EVERY = pytest.mark.parametrize("one", regimes().values(), ids=lambda one: one.code)


@EVERY
def test_every_figure_of_an_outline_is_declared(one: Regime) -> None:
    known = {*DECLARED.indicators.codes, *DECLARED.rates.codes}
    assert set(one.outline.figures) <= known


@EVERY
def test_both_languages_bind_the_same_figures(one: Regime) -> None:
    for clause in one.outline.clauses():
        named = {
            language: [
                Binding.read(p).figures for p in PLACE.findall(clause.wording.in_language(language)) if p not in WORDS
            ]
            for language in ("vi", "en")
        }
        assert sorted(named["vi"]) == sorted(named["en"]), clause.wording.en


@EVERY
def test_codes_of_sections_and_slots_are_unique(one: Regime) -> None:
    sections = [section.code for section in one.outline.sections]
    slots = [slot.code for section in one.outline.sections for slot in section.slots]
    assert len(set(sections)) == len(sections)
    assert len(set(slots)) == len(slots)


@EVERY
def test_the_due_date_says_how_sure_it_is(one: Regime) -> None:
    assert one.due.mark in {"read", "memory", "unverified"}
    assert one.due.note


@pytest.mark.django_db
def test_the_report_of_october_is_due_on_the_first_working_day_of_november() -> None:
    assert regime("ministry-monthly").due_on(Period.parse("2024-10")) == date(2024, 11, 1)


def test_an_unknown_regime_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refusal) as refused:
        regime("weekly")
    assert "ministry-monthly" in refused.value.text().vi


def test_a_monthly_report_has_no_quarters() -> None:
    with pytest.raises(Refusal) as refused:
        regime("ministry-monthly").require_period(Period.parse("2024-Q4"))
    assert "2024-Q4 không phải tháng" in refused.value.text().vi
