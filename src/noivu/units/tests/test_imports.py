"""The column kind `unit`: a code or exact name, as of the date of the row."""

from datetime import date
from typing import Any

import pytest

from noivu.core.actors import SYSTEM
from noivu.core.wording import both
from noivu.sheets.api import CellProblem, Column, ImportContext, Reading
from noivu.sheets.kinds import parse_cell
from noivu.units.testing import Sector, small_sector

OCTOBER, AFTER = date(2024, 10, 31), date(2025, 8, 1)


@pytest.fixture
def sector(db: None) -> Sector:
    return small_sector()


@pytest.fixture
def context() -> ImportContext:
    return ImportContext(SYSTEM, None, None, frozenset())


def read(cell: Any, on: date, context: ImportContext) -> Any:
    return parse_cell(cell, Reading(Column("unit", both("Đơn vị"), kind="unit"), on, context))


def test_a_code_is_read_on_the_date_of_its_row(sector: Sector, context: ImportContext) -> None:
    assert read("16681", OCTOBER, context) == sector.old_quang_trung
    assert read(16681, AFTER, context) == sector.new_thanh_vinh
    assert read("Sở Nội vụ tỉnh Nghệ An", AFTER, context) == sector.home_affairs_nghe_an


def test_the_unit_that_comes_out_knows_its_identity(sector: Sector, context: ImportContext) -> None:
    assert read("SNV-40", OCTOBER, context).uid == sector.home_affairs_nghe_an.uid


def test_a_merged_unit_is_recognised_and_not_joined_silently(sector: Sector, context: ImportContext) -> None:
    with pytest.raises(CellProblem) as problem:
        read("Phường Bến Thủy", AFTER, context)

    assert "từ ngày 01/07/2025 nhập vào Phường Trường Vinh (16690)" in problem.value.reason.vi


def test_the_same_words_on_the_same_date_cost_one_look(
    sector: Sector, context: ImportContext, django_assert_num_queries: Any
) -> None:
    read("SNV-40", AFTER, context)

    with django_assert_num_queries(0):
        for _ in range(100):
            read("SNV-40", AFTER, context)
            read("SNV-38", AFTER, context)


def test_an_unknown_unit_is_a_problem_of_its_cell(sector: Sector, context: ImportContext) -> None:
    with pytest.raises(CellProblem) as problem:
        read("SNV-999", OCTOBER, context)

    assert "SNV-999" in problem.value.reason.vi


def test_without_a_date_the_unit_of_today_is_meant(sector: Sector, context: ImportContext) -> None:
    cell = Reading(Column("unit", both("Đơn vị"), kind="unit"), None, context)

    assert parse_cell("snv-40", cell).scope_unit_id == sector.home_affairs_nghe_an.pk
