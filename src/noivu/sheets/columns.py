"""Columns that templates of several rooms have."""

from typing import Any

from noivu.core.wording import Text
from noivu.sheets.declarations import Column

UNIT = Text(vi="Đơn vị", en="Unit")


def unit_column(on: str, *, key: str = "unit", label: Text = UNIT, is_key: bool = True, **more: Any) -> Column:
    """The unit whose row it is, as of the day in column `on`; without it no row can be read."""
    return Column(key, label, kind="unit", required=True, is_key=is_key, on=on, **more)
