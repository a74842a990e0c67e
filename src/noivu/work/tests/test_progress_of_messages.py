"""How far a reply has come is told to the sender of a document that came by a message file."""

from datetime import date

import pytest

from noivu.core.actors import SYSTEM
from noivu.exchange.testing import Exchange, exchanged
from noivu.units.testing import small_sector
from noivu.work.api import Assignee, Reply, assign, complete_with_reply, refuse, require_reply, start, withdraw
from noivu.work.effects import progress_of_reply

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2024, 10, 15), date(2024, 10, 16)


@pytest.fixture
def between() -> Exchange:
    sector = small_sector()
    return exchanged(sector.office, sector.archives, DAY, NEXT)


def status(between: Exchange) -> str:
    return next(line.strip()[12:14] for line in between.told().decode().splitlines() if "<StatusCode>" in line)


def test_a_reply_that_is_owed_tells_how_far_it_has_come(between: Exchange) -> None:
    owed = require_reply(actor=SYSTEM, document=between.copy)
    assert status(between) == "03"
    owed = start(actor=SYSTEM, obligation=owed, on=NEXT)
    assert status(between) == "05"
    assert between.heard(between.told())
    owed = complete_with_reply(actor=SYSTEM, obligation=owed, reply=Reply(NEXT, "12/CCLT"))
    assert status(between) == "06"
    assert between.heard(between.told())
    assert between.stands == ("received", "")


def test_a_reply_that_was_given_to_somebody_is_told_as_assigned(between: Exchange) -> None:
    owed = require_reply(actor=SYSTEM, document=between.copy)
    assign(actor=SYSTEM, obligation=owed, to=Assignee(between.receiver.pk, "Trần Khánh An"), on=NEXT)
    assert status(between) == "04"


def test_a_reply_that_was_refused_is_not_in_progress(between: Exchange) -> None:
    owed = require_reply(actor=SYSTEM, document=between.copy)
    owed = assign(actor=SYSTEM, obligation=owed, to=Assignee(between.receiver.pk, "Trần Khánh An"), on=NEXT)
    owed = start(actor=SYSTEM, obligation=owed, on=NEXT)
    assert between.heard(between.told())
    refuse(actor=SYSTEM, obligation=owed, on=NEXT, reason="Không thuộc thẩm quyền")
    assert status(between) == "04"
    assert between.heard(between.told())


def test_a_completion_taken_back_is_told_as_newer_than_it(between: Exchange) -> None:
    owed = start(actor=SYSTEM, obligation=require_reply(actor=SYSTEM, document=between.copy), on=NEXT)
    owed = complete_with_reply(actor=SYSTEM, obligation=owed, reply=Reply(NEXT, "12/CCLT"))
    completed = progress_of_reply(between.copy)
    withdraw(actor=SYSTEM, obligation=owed, reason="Ghi nhầm")
    begun = progress_of_reply(between.copy)
    assert completed is not None
    assert begun is not None
    assert (completed.status, begun.status) == ("06", "05")
    assert begun.since > completed.since
