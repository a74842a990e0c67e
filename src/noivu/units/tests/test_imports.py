"""Units named in sheets."""

from datetime import date

import pytest

from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.core.wording import both
from noivu.sheets.api import Column, ImportContext, Reading
from noivu.units.imports import read_unit
from noivu.units.testing import Sector

COLUMN = Column("unit", both("Đơn vị"), kind="unit", on="arrived_on")


def reading(on: date | None = date(2024, 10, 31)) -> Reading:
    return Reading(COLUMN, on, ImportContext(SYSTEM, None, None, frozenset()))


def test_a_unit_is_named_by_code_or_exact_name(sector: Sector) -> None:
    by_code = read_unit("SNV-40", reading())
    assert by_code.scope_unit_id == by_code.pk
    assert read_unit("snv-40", reading(on=None)) == by_code


def test_an_unknown_unit_is_refused(sector: Sector) -> None:
    with pytest.raises(Refusal, match="SNV-999"):
        read_unit("SNV-999", reading())


def test_many_rows_of_one_unit_ask_the_database_once(sector: Sector, django_assert_max_num_queries) -> None:
    asked = reading()
    read_unit("SNV-40", asked)
    with django_assert_max_num_queries(0):
        read_unit("SNV-40", asked)
