from datetime import date
from typing import Any

import pytest

from noivu.core.actors import SYSTEM
from noivu.core.dates import DateRange
from noivu.records.api import cancel_number
from noivu.records.testing import arrives
from noivu.units.testing import Sector
from noivu.work.api import (
    ObligationSpan,
    obligation_kinds,
)
from noivu.work.queries import (
    Day,
    most_pressing,
)
from noivu.work.testing import gets_task, owes_reply, replies

OCTOBER = DateRange(date(2024, 10, 1), date(2024, 11, 1))


def day(number: int) -> date:
    return date(2024, 10, number)


@pytest.fixture
def month(sector: Sector) -> Sector:
    """Six documents: one needs no reply; replied, in time, overdue, without deadline; and one number cancelled."""
    arrives(sector.office, day(1), summary="Để biết")
    replies(owes_reply(sector.office, day(2), due_on=day(10)), day(12))
    owes_reply(sector.office, day(3), due_on=day(31), summary="Góp ý dự thảo", assigned_officer="binh")
    owes_reply(sector.office, day(4), due_on=day(20))
    owes_reply(sector.office, day(5))
    cancel_number(actor=SYSTEM, document=arrives(sector.office, day(6)), reason="Ghi trùng")
    return sector


def test_what_presses_comes_by_due_date(month: Sector, django_assert_num_queries: Any) -> None:
    gets_task(month.office, day(1), due_on=day(31), title="Sắp đến hạn")
    gets_task(month.office, day(1), due_on=date(2024, 11, 29), title="Còn lâu")
    today = Day(day(31))
    for kind in obligation_kinds.codes:
        today.nearly_until(kind)
    with django_assert_num_queries(1):
        lines, found = most_pressing(ObligationSpan.objects.all(), today, limit=8)
    assert [(line.kind, line.standing.timeliness.value) for line in lines] == [
        ("reply", "overdue"),
        ("reply", "nearly_due"),
        ("task", "nearly_due"),
    ]
    assert (len(lines), found) == (3, 3)
    assert [len(most_pressing(ObligationSpan.objects.all(), today, limit=1)[0])] == [1]
