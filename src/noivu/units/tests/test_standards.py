"""A unit of the register against the standards of its day: kind, area and population as they are then."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from noivu.core.actors import SYSTEM
from noivu.law.calculators.units.facts import KINDS, LEVELS
from noivu.ui.testing import allowed
from noivu.units.api import (
    Circumstances,
    Family,
    Unit,
    measure_unit,
    reclassify_unit,
    standard_of,
    standards_for,
    standards_of,
    tree,
)
from noivu.units.kinds import kinds
from noivu.units.models import UnitMeasure
from noivu.units.policies import EDIT
from noivu.units.testing import Sector, an_instrument, small_sector

MEASURED_ON, RECLASSIFIED_ON = date(2025, 7, 1), date(2026, 5, 1)
BEFORE, LAST_OF_OLD_LAW, FIRST_OF_NEW_LAW = date(2025, 8, 1), date(2025, 12, 31), date(2026, 1, 1)
IN_THE_MOUNTAINS = Circumstances(place="mountain", minority=Decimal("96.25"))


@pytest.fixture
def sector(db: None) -> Iterator[Sector]:
    with allowed(EDIT):
        yield small_sector()


@pytest.fixture
def binh_chuan(sector: Sector) -> Unit:
    """Bình Chuẩn with the area and population that its province published."""
    measured(sector.binh_chuan, area=18_219, population=4_638)
    return sector.binh_chuan


def measured(unit: Unit, on: date = MEASURED_ON, **values: int) -> None:
    for measure, value in values.items():
        measure_unit(actor=SYSTEM, unit=unit, measure=measure, value=value, on=on, instrument=an_instrument())


def percentages(unit: Unit, on: date, known: Circumstances = IN_THE_MOUNTAINS) -> tuple[object, ...]:
    answer = standard_of(unit, on, known)
    return (answer.only.area_percent, answer.only.population_percent) if answer.only else answer.unknown


def test_one_commune_on_three_dates_is_measured_by_the_law_of_each(binh_chuan: Unit) -> None:
    reclassify_unit(actor=SYSTEM, unit=binh_chuan, kind="ward", on=RECLASSIFIED_ON, instrument=an_instrument())

    assert percentages(binh_chuan, LAST_OF_OLD_LAW) == (Decimal("364.38"), Decimal("463.80"))
    assert percentages(binh_chuan, FIRST_OF_NEW_LAW) == (Decimal("182.19"), Decimal("309.20"))
    assert percentages(binh_chuan, RECLASSIFIED_ON) == (Decimal("3312.55"), Decimal("73.62"))
    instruments = [
        standard_of(binh_chuan, on, IN_THE_MOUNTAINS).against[0].standard.instrument
        for on in (LAST_OF_OLD_LAW, FIRST_OF_NEW_LAW, RECLASSIFIED_ON)
    ]
    assert instruments == ["1211/2016/UBTVQH13", "112/2025/UBTVQH15", "112/2025/UBTVQH15"]


def test_reclassified_under_a_law_whose_standard_is_not_known_it_is_not_measured_by_that_of_its_old_kind(
    binh_chuan: Unit,
) -> None:
    reclassify_unit(actor=SYSTEM, unit=binh_chuan, kind="ward", on=BEFORE, instrument=an_instrument())

    assert percentages(binh_chuan, MEASURED_ON) == (Decimal("364.38"), Decimal("463.80"))
    assert percentages(binh_chuan, BEFORE) == ("standard",)
    assert percentages(binh_chuan, FIRST_OF_NEW_LAW, Circumstances()) == (Decimal("3312.55"), Decimal("22.09"))


def test_measures_are_those_of_the_day(binh_chuan: Unit) -> None:
    measured(binh_chuan, on=FIRST_OF_NEW_LAW, population=5_000)

    assert standard_of(binh_chuan, LAST_OF_OLD_LAW).population == 4_638
    assert standard_of(binh_chuan, FIRST_OF_NEW_LAW).population == 5_000
    assert standard_of(binh_chuan, FIRST_OF_NEW_LAW).area == Fraction(18_219, 100)


def test_a_measure_of_unknown_start_answers_for_earlier_days_and_says_that_it_is_not_exact(binh_chuan: Unit) -> None:
    UnitMeasure.objects.filter(unit=binh_chuan).update(start_known=False, starts_on=FIRST_OF_NEW_LAW)

    assert standard_of(binh_chuan, LAST_OF_OLD_LAW).population == 4_638
    assert not standard_of(binh_chuan, LAST_OF_OLD_LAW).exact
    assert standard_of(binh_chuan, FIRST_OF_NEW_LAW).exact


def test_where_it_lies_not_known_it_is_measured_by_each_standard_and_says_so(binh_chuan: Unit) -> None:
    answer = standard_of(binh_chuan, FIRST_OF_NEW_LAW)

    assert (answer.only, answer.unknown) == (None, ("place",))
    assert {one.standard.code.rsplit(".")[-1]: one.area_percent for one in answer.against} == {
        "mountain": Decimal("182.19"),
        "island": Decimal("1214.60"),
        "other": Decimal("607.30"),
    }


def test_what_was_never_recorded_is_said_to_be_unknown(sector: Sector) -> None:
    answer = standard_of(sector.binh_chuan, LAST_OF_OLD_LAW, IN_THE_MOUNTAINS)

    assert (answer.unknown, answer.population, answer.area) == (("population", "area"), None, None)
    assert answer.only is not None
    assert (answer.only.area_percent, answer.only.population_percent) == (None, None)


@pytest.mark.parametrize("who", ["office", "old_ben_thuy"])
def test_an_organisation_or_an_ended_unit_has_no_standard(sector: Sector, who: str) -> None:
    assert standard_of(getattr(sector, who), FIRST_OF_NEW_LAW).unknown == ("unit",)


def test_many_units_cost_as_many_queries_as_one(binh_chuan: Unit) -> None:
    everyone = list(tree(FIRST_OF_NEW_LAW).nodes)
    standards_of(everyone, FIRST_OF_NEW_LAW)

    with CaptureQueriesContext(connection) as asked:
        all_of_them = standards_of(everyone, FIRST_OF_NEW_LAW, {binh_chuan.pk: IN_THE_MOUNTAINS})
    with CaptureQueriesContext(connection) as asked_for_one:
        alone = standard_of(binh_chuan, FIRST_OF_NEW_LAW, IN_THE_MOUNTAINS)

    assert len(asked) == len(asked_for_one) <= 2
    assert len(all_of_them) == len(everyone) >= 20
    assert all_of_them[binh_chuan.pk] == alone


def test_the_law_speaks_of_the_kinds_of_the_register() -> None:
    registered = [kind for kind in kinds if kind.family == Family.ADMINISTRATIVE]

    assert {kind.code: kind.label for kind in registered} == KINDS
    assert {kind.code: kind.level.value for kind in registered} == LEVELS


def test_a_drafted_unit_is_measured_like_one_of_the_register(binh_chuan: Unit) -> None:
    drafted = standards_for("commune", FIRST_OF_NEW_LAW, 4_638, Decimal("182.19"), IN_THE_MOUNTAINS)

    assert drafted == standard_of(binh_chuan, FIRST_OF_NEW_LAW, IN_THE_MOUNTAINS).against
