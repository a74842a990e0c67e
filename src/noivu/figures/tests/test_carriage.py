"""Where what a unit had on one day belongs on another, beside a slow and obvious model of small histories."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noivu.figures.carriage import carried_between
from noivu.units.api import heirs_on
from noivu.units.derivation import words_changed
from noivu.units.models import Succession, UnitMeasure
from noivu.units.testing import KNOWN_FROM, MERGED_ON, Sector, an_instrument, small_sector
from noivu.units.tests.histories import DAYS, History, day, histories, stored


@pytest.fixture
def sector(db: None) -> Sector:
    return small_sector()


def where(unit: Any, since: Any = KNOWN_FROM, to: Any = MERGED_ON) -> Any:
    """The unit that all went to, or the shares, or the units among which it is not known."""
    ways = carried_between(since, to)
    whole = [place for place, gone in ways.whole.items() if unit.pk in gone]
    if whole:
        return whole[0]
    carriage = ways.divided[unit.pk]
    return dict(carriage.parts) or [set(units) for units, _ in carriage.loose]


def of_name(code: str, on: Any) -> int:
    from noivu.units.api import find_unit

    return find_unit(code, on).pk


def state(predecessor: Any, **parts: int) -> None:
    """Record the population of each part, by the code of its successor."""
    for code, people in parts.items():
        row = Succession.objects.filter(predecessor=predecessor, successor=of_name(code[1:], MERGED_ON))
        assert row.update(population=people) == 1
    words_changed()


def test_a_unit_that_went_whole_is_carried_whole(sector: Sector) -> None:
    assert where(sector.old_ben_thuy) == sector.new_truong_vinh.pk
    assert where(sector.nghe_an) == sector.nghe_an.pk


def test_a_parted_unit_of_which_no_share_is_recorded_is_carried_loose(sector: Sector) -> None:
    assert where(sector.old_dong_tho) == [{of_name("14758", MERGED_ON), of_name("14797", MERGED_ON)}]


def test_a_parted_unit_is_carried_by_the_population_of_its_parts(sector: Sector) -> None:
    state(sector.old_dong_tho, _14758=300, _14797=700)
    assert where(sector.old_dong_tho) == {
        of_name("14758", MERGED_ON): Fraction(3, 10),
        of_name("14797", MERGED_ON): Fraction(7, 10),
    }


def test_on_the_way_back_a_merged_unit_is_shared_by_what_its_predecessors_were(sector: Sector) -> None:
    both = {sector.old_truong_thi.pk, sector.old_ben_thuy.pk}
    assert where(sector.new_truong_vinh, MERGED_ON, KNOWN_FROM) == [both]
    for unit, people in ((sector.old_truong_thi, 4_000), (sector.old_ben_thuy, 12_000)):
        UnitMeasure.objects.create(
            unit=unit, measure="population", value=people, starts_on=KNOWN_FROM, instrument=an_instrument()
        )
    words_changed()
    assert where(sector.new_truong_vinh, MERGED_ON, KNOWN_FROM) == {
        sector.old_truong_thi.pk: Fraction(1, 4),
        sector.old_ben_thuy.pk: Fraction(3, 4),
    }


def test_a_unit_that_was_abolished_without_successor_is_carried_by_the_one_above(sector: Sector) -> None:
    assert where(type("Found", (), {"pk": of_name("412", KNOWN_FROM)})) == sector.nghe_an.pk


def test_the_ways_are_found_once_until_a_fact_changes(sector: Sector, django_assert_max_num_queries: Any) -> None:
    where(sector.nghe_an)
    with django_assert_max_num_queries(1):
        where(sector.nghe_an)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None)
@given(history=histories(), since=st.integers(-1, DAYS + 1), to=st.integers(-1, DAYS + 1))
def test_every_unit_is_carried_where_the_model_carries_it(history: History, since: int, to: int) -> None:
    with stored(history) as ids:
        ways = carried_between(day(since), day(to))
        found = {unit: ({place: Fraction(1)}, {}) for place, gone in ways.whole.items() for unit in gone}
        found |= {unit: (dict(way.parts), dict(way.loose)) for unit, way in ways.divided.items()}
        for unit in history.lives:
            said = history.carried(unit, since, to)
            if said is None:
                assert ids[unit] not in found
                continue
            parts = {ids[part]: share for part, share in said[0].items()}
            loose = {frozenset(ids[u] for u in units): share for units, share in said[1].items()}
            assert found[ids[unit]] == (parts, loose)
            assert sum(parts.values()) + sum(loose.values()) == 1


@pytest.mark.django_db
@settings(max_examples=15, deadline=None)
@given(history=histories(), on=st.integers(0, DAYS + 1))
def test_an_ended_unit_carried_whole_goes_to_its_heir(history: History, on: int) -> None:
    with stored(history) as ids:
        heirs, ways = heirs_on(day(on)), carried_between(day(on), day(on))
        for place, gone in ways.whole.items():
            for unit in gone:
                assert unit == place or heirs[unit] in (place, ids[0])
