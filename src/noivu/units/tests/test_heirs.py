"""Where the counts of units that ended belong."""

from datetime import date

import pytest

from noivu.units.api import came_after_on, heirs_on, reach, reach_with_ended, tree
from noivu.units.testing import small_sector

DECEMBER_LAST = date(2025, 12, 31)


@pytest.fixture
def sector(db):
    return small_sector()


def test_a_merged_unit_leaves_its_counts_to_its_successor(sector):
    heirs = heirs_on(DECEMBER_LAST)
    assert heirs[sector.old_ben_thuy.pk] == sector.new_truong_vinh.pk
    assert heirs[sector.old_home_affairs_nam_dinh.pk] == sector.new_home_affairs_ninh_binh.pk


def test_a_parted_unit_leaves_them_to_what_covers_all_its_parts(sector):
    assert heirs_on(DECEMBER_LAST)[sector.old_dong_tho.pk] == sector.thanh_hoa.pk


def test_a_unit_without_successor_leaves_them_to_the_unit_above(sector):
    vinh = tree(date(2025, 6, 30)).by_code["412"].id
    assert heirs_on(DECEMBER_LAST)[vinh] == sector.nghe_an.pk


def test_one_unit_comes_after_a_merged_one_and_none_after_a_parted_or_dissolved_one(sector):
    after = came_after_on(DECEMBER_LAST)
    assert after[sector.old_home_affairs_nam_dinh.pk] == {sector.new_home_affairs_ninh_binh.pk}
    assert len(after[sector.old_dong_tho.pk]) > 1
    assert not after[tree(date(2025, 6, 30)).by_code["412"].id]
    assert sector.old_home_affairs_nam_dinh.pk not in came_after_on(date(2025, 6, 30))


def test_heirs_of_a_day_are_read_once(sector, django_assert_num_queries):
    heirs_on(DECEMBER_LAST)
    with django_assert_num_queries(1):  # the revision
        heirs_on(date(2025, 7, 1))


def test_units_that_go_on_have_no_heir(sector):
    assert sector.binh_chuan.pk not in heirs_on(DECEMBER_LAST)


def test_what_ended_long_ago_still_belongs_to_its_heir(sector):
    heirs = heirs_on(date(2026, 1, 1))
    assert heirs[sector.old_home_affairs_nam_dinh.pk] == sector.new_home_affairs_ninh_binh.pk
    assert sector.old_home_affairs_nam_dinh.pk not in heirs_on(date(2025, 6, 30))


def test_reach_with_ended_takes_in_what_ended_units_left(sector):
    new_year = date(2026, 1, 1)
    reached = set(reach_with_ended(sector.new_home_affairs_ninh_binh.pk, new_year))
    old = {sector.old_home_affairs_nam_dinh.pk, sector.old_home_affairs_ninh_binh.pk}
    assert reached == {sector.new_home_affairs_ninh_binh.pk} | old
    assert old.isdisjoint(reach(sector.new_home_affairs_ninh_binh.pk, new_year))
