"""The unit's column is the same in every template that has one."""

from noivu.core.wording import Text
from noivu.sheets.api import unit_column


def test_a_unit_stands_in_every_row_and_is_read_as_of_the_day_beside_it() -> None:
    column = unit_column("arrived_on", example="BNV")
    assert (column.key, column.kind, column.on, column.example) == ("unit", "unit", "arrived_on", "BNV")
    assert column.required
    assert column.is_key
    lead = unit_column("assigned_on", key="lead_unit", label=Text(vi="Chủ trì", en="Lead"), is_key=False)
    assert (lead.key, lead.label.vi, lead.is_key) == ("lead_unit", "Chủ trì", False)
