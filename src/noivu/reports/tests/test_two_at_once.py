"""Two people at once: one report, and no one's words lost. SQLite lets one write at a time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from noivu.core.actors import SYSTEM
from noivu.core.periods import Period
from noivu.core.refusals import Refusal
from noivu.reports.models import NarrativeText, Report
from noivu.reports.services import draft_report, write_narrative
from noivu.units.testing import Sector, small_sector

OCTOBER = Period.parse("2024-10")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time"),
]


def at_once(act: Callable[[int], object], times: int = 4) -> list[object]:
    """What each of several gets or raises who do the same in the same moment, each over a connection of their own."""
    barrier = Barrier(times)

    def one(place: int) -> object:
        try:
            barrier.wait()
            return act(place)
        except Refusal as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as people:
        return list(people.map(one, range(times)))


def drafted(sector: Sector) -> Report:
    return draft_report(actor=SYSTEM, regime_code="ministry-monthly", unit=sector.ministry, period=OCTOBER)


def test_a_double_click_drafts_one_report() -> None:
    sector = small_sector()
    assert len({report.pk for report in at_once(lambda _: drafted(sector)) if isinstance(report, Report)}) == 1
    assert Report.objects.count() == 1


def test_of_those_who_write_in_an_empty_passage_at_once_one_is_kept_and_the_others_are_told() -> None:
    report = drafted(small_sector())

    def write(place: int) -> object:
        return write_narrative(actor=SYSTEM, report=report, slot="limits.text", text=f"Bản {place}.")

    told = [outcome.code for outcome in at_once(write) if isinstance(outcome, Refusal)]
    assert told == ["changed_meanwhile"] * 3
    assert NarrativeText.objects.count() == 1
