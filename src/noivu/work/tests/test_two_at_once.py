"""Two people at once, a double click: one is written, the other is told. SQLite lets one write at a time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.records.api import Direction, declare_off_network, open_register
from noivu.records.testing import arrives
from noivu.units.testing import Sector, small_sector
from noivu.work.api import SessionEntry, open_session, require_reply
from noivu.work.testing import gets_task

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time"),
]
OCTOBER = date(2024, 10, 1)


def refused(act: Callable[[], object], times: int = 4) -> list[str]:
    """The codes with which those are refused who do the same at once, each over a connection of their own."""
    barrier = Barrier(times)

    def one(_: int) -> str:
        try:
            barrier.wait()
            act()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(times) as people:
        return sorted(people.map(one, range(times)))


def test_a_reply_is_required_once() -> None:
    document = arrives(small_sector().office, OCTOBER)
    assert refused(lambda: require_reply(actor=SYSTEM, document=document)) == ["", *["taken"] * 3]


def test_a_code_is_given_once() -> None:
    sector = small_sector()
    assert refused(lambda: gets_task(sector.office, OCTOBER, code="NV-1")) == ["", *["taken"] * 3]


def test_a_session_and_a_register_are_opened_once() -> None:
    sector = small_sector()
    entry = SessionEntry(code="K7", name="Kỳ họp thứ 7")
    assert refused(lambda: open_session(actor=SYSTEM, entry=entry)) == ["", *["taken"] * 3]
    assert refused(lambda: opened(sector)) == ["", *["register_exists"] * 3]


def opened(sector: Sector) -> object:
    return open_register(actor=SYSTEM, unit_id=sector.office.pk, direction=Direction.IN, year=2024, starting_number=9)


def test_the_first_declaration_of_a_month_is_one() -> None:
    unit_id = small_sector().office.pk

    def declare() -> object:
        return declare_off_network(actor=SYSTEM, unit_id=unit_id, direction=Direction.IN, month=OCTOBER, count=3)

    assert refused(declare) == [""] * 4
