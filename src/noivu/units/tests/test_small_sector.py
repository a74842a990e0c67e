"""The tree, the search and the reach of the small sector, day by day."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from noivu.core.refusals import Refusal
from noivu.units.api import Line, find_unit, predecessors, reach, successors, tree
from noivu.units.testing import Sector, an_instrument, small_sector

OCTOBER, LAST_DAY, FIRST_DAY = date(2024, 10, 31), date(2025, 6, 30), date(2025, 7, 1)
DAYS = [date(2020, 1, 1), OCTOBER, LAST_DAY, FIRST_DAY, date(2026, 11, 21)]


@pytest.fixture
def sector(db: None) -> Sector:
    return small_sector()


def test_districts_stand_in_the_tree_until_the_arrangement_and_not_after(sector: Sector) -> None:
    assert tree(LAST_DAY).count_by_level() == {"province": 4, "district": 5, "commune": 7}
    assert tree(FIRST_DAY).count_by_level() == {"province": 3, "commune": 7}


def test_the_earliest_known_tree_answers_for_october_2024_and_says_so(sector: Sector) -> None:
    october = tree(OCTOBER)

    assert not october.exact
    assert october.known_from == LAST_DAY
    assert october.count_by_level() == tree(LAST_DAY).count_by_level()
    assert tree(LAST_DAY).exact
    assert october.nodes[sector.office.pk].exact
    assert not october.nodes[sector.nghe_an.pk].exact


def test_a_code_means_another_unit_on_another_day(sector: Sector) -> None:
    assert find_unit("16681", LAST_DAY) == sector.old_quang_trung
    assert find_unit("16681", FIRST_DAY) == sector.new_thanh_vinh


def test_a_unit_is_found_by_its_exact_name_however_it_is_typed(sector: Sector) -> None:
    assert find_unit("phường quang trung", LAST_DAY) == sector.old_quang_trung
    assert find_unit("Sở Nội vụ tỉnh Nghệ An", FIRST_DAY) == sector.home_affairs_nghe_an
    assert find_unit("snv-40", OCTOBER) == sector.home_affairs_nghe_an


def test_a_merged_unit_says_what_it_became_and_when(sector: Sector) -> None:
    with pytest.raises(Refusal) as refused:
        find_unit("16693", FIRST_DAY)

    assert "Phường Bến Thủy từ ngày 01/07/2025 nhập vào Phường Trường Vinh (16690)" in str(refused.value)


def test_an_unknown_code_is_refused_with_what_to_do(sector: Sector) -> None:
    with pytest.raises(Refusal, match="Kiểm tra mã"):
        find_unit("99999", FIRST_DAY)


def test_the_commune_that_was_not_touched_stays_the_same_unit(sector: Sector) -> None:
    assert find_unit("17230", LAST_DAY) == find_unit("17230", FIRST_DAY) == sector.binh_chuan
    assert [n.code for n in tree(LAST_DAY).path(sector.binh_chuan.pk)] == ["40", "422", "17230"]
    assert [n.code for n in tree(FIRST_DAY).path(sector.binh_chuan.pk)] == ["40", "17230"]


def test_a_province_covers_the_organisations_that_serve_it(sector: Sector) -> None:
    covered = tree(OCTOBER).reach(sector.nghe_an.pk)

    assert sector.home_affairs_nghe_an.pk in covered
    assert sector.old_quang_trung.pk in covered
    assert sector.home_affairs_thanh_hoa.pk not in covered


def test_the_sector_of_the_ministry_takes_in_all_departments_of_the_day(sector: Sector) -> None:
    line = tree(FIRST_DAY).reach(sector.ministry.pk)
    whole = tree(FIRST_DAY).reach(sector.ministry.pk, Line.GUIDANCE)

    assert sector.office.pk in line
    assert sector.home_affairs_nghe_an.pk not in line
    assert {sector.new_home_affairs_ninh_binh.pk, sector.home_affairs_nghe_an.pk, sector.office.pk} <= whole
    assert sector.old_home_affairs_nam_dinh.pk not in whole


@pytest.mark.parametrize("on", DAYS)
def test_the_reach_in_sql_is_that_of_the_tree(sector: Sector, on: date) -> None:
    units = tree(on)

    for unit in units.nodes:
        for line in (Line.SUPERIOR, Line.GUIDANCE):
            assert set(reach(unit, on, line)) == units.reach(unit, line)


def test_successors_and_predecessors_name_share_and_instrument(sector: Sector) -> None:
    (step,) = successors(sector.old_ben_thuy.pk, FIRST_DAY)
    parts = successors(sector.old_dong_tho.pk, FIRST_DAY)

    assert (step.code, step.name, step.share, step.instrument) == (
        "16690",
        "Phường Trường Vinh",
        "whole",
        "202/2025/QH15",
    )
    assert [(part.code, part.share) for part in parts] == [("14758", "part"), ("14797", "part")]
    assert [s.code for s in predecessors(sector.new_truong_vinh.pk, FIRST_DAY)] == ["16690", "16693"]


def test_before_the_arrangement_a_unit_is_its_own_successor(sector: Sector) -> None:
    assert [s.unit_id for s in successors(sector.old_ben_thuy.pk, LAST_DAY)] == [sector.old_ben_thuy.pk]


def test_a_tree_costs_five_queries_once_and_one_afterwards(sector: Sector) -> None:
    with CaptureQueriesContext(
        connection,
    ) as first:
        tree(date(2026, 1, 1))
    with CaptureQueriesContext(connection) as second:
        tree(date(2026, 2, 2))

    assert (len(first), len(second)) == (5, 1)


def test_search_needs_no_accents_and_finds_codes(sector: Sector) -> None:
    assert [n.name for n in tree(FIRST_DAY).search("nghe an")][:1] == ["Tỉnh Nghệ An"]
    assert [n.code for n in tree(FIRST_DAY).search("1669")] == ["16690"]


@pytest.mark.django_db
def test_it_is_built_anew_where_instruments_were_swept_away_and_made_again() -> None:
    symbol = "63/2022/NĐ-CP"
    swept = an_instrument(symbol)
    with transaction.atomic():
        small_sector()
        transaction.set_rollback(True)
    swept.delete()
    an_instrument(symbol)
    small_sector()
    connection.check_constraints()
