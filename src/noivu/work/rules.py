"""The rule of a place holds for the units of that place."""

from datetime import date

from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.api import Deadline
from noivu.units.api import tree


def require_rule_of_place(counted: Deadline, unit_id: int) -> None:
    """Refuse the rule of one place for a unit of another."""
    if not counted.place or unit_id in units_of_place(counted.place, counted.starts_on):
        return
    raise Refusal(
        what=Text(
            vi=f"{counted.instrument} không áp dụng cho đơn vị này.",
            en=f"{counted.instrument} does not hold for this unit.",
        ),
        why=Text(vi="Quy định của một địa phương chỉ áp dụng tại đó.", en="What a place rules holds there alone."),
        do=Text(vi="Chọn quy định khác, hoặc nhập ngày.", en="Choose another rule, or enter the day."),
        where="rule",
        code="rule_of_place",
    )


def units_of_place(place: str, on: date) -> frozenset[int]:
    """The units that are of a place on a day, named by its code."""
    units = tree(on)
    node = units.by_code.get(place)
    return units.reach(node.id) if node else frozenset()
