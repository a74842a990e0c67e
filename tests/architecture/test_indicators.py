"""Every figure is documented, and can be counted."""

import inspect

import pytest
from django.db.models import QuerySet

from noivu.core.indicators import BaseSet, Reading
from noivu.core.periods import Period
from noivu.figures.api import DECLARED, faults, reading_of

OCTOBER = reading_of(Period.parse("2024-10"))
BASES = [pytest.param(base, id=base.code) for base in DECLARED.bases]


def test_every_indicator_is_documented_in_both_languages_and_linked_to_known_codes() -> None:
    assert faults(DECLARED) == []


@pytest.mark.parametrize("base", BASES)
def test_every_base_gives_querysets_with_the_unit_column_and_describes_a_record(base: BaseSet) -> None:
    assert isinstance(OCTOBER, Reading)
    rows = base.rows(OCTOBER)
    parts = [rows] if isinstance(rows, QuerySet) else list(rows)
    assert parts, f"{base.code}: rows() gives no queryset"
    for part in parts:
        part.values(base.unit)
        assert hasattr(part.model, "scope_path"), (
            f"{part.model.__name__}: say in scope_path whose record it is, so that lists show only what may be opened"
        )
    assert list(inspect.signature(base.describe).parameters), f"{base.code}: describe takes the record"
