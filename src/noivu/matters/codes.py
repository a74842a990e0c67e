"""The code that a new entry of a register is proposed: the next after the highest of its year."""

import re
from datetime import date

from noivu.matters.families import FAMILIES
from noivu.work.api import Obligation
from noivu.work.constants import Kind

_PREFIX: dict[str, str] = {
    Kind.TASK: "NV",
    Kind.RECOMMENDATION: "KN",
    **{family.kind: family.prefix for family in FAMILIES if family.prefix},
}
_WIDTH = 4
_NUMBER = re.compile(r"(\d+)$")


def next_code(kind: str, unit_id: int, on: date) -> str:
    """NV-2024-0151: one more than the highest that the unit used in the year, of codes written this way."""
    stem = f"{_PREFIX[kind]}-{on.year}-"
    used = Obligation.objects.standing().of_kind(kind).filter(first_unit_id=unit_id, code__startswith=stem)
    numbers = [int(found.group(1)) for code in used.values_list("code", flat=True) if (found := _NUMBER.search(code))]
    return f"{stem}{max(numbers, default=0) + 1:0{_WIDTH}}"
