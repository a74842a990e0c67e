"""Figures of what is owed are parted by month, and their identities hold in each."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.core import clock
from noivu.core.periods import Period
from noivu.figures.api import DECLARED, Question, breakdown
from noivu.intake.api import LEGAL_TEXTS, RECOMMENDATIONS, TASKS
from noivu.intake.testing import put_in
from noivu.units.testing import Sector

QUARTER = Period.parse("2024-Q3")
OF_WORK = [one for one in DECLARED.indicators if one.base.startswith(("work.", "matters."))]


@pytest.fixture(autouse=True)
def read_at_the_end_of_the_year(settings: Any) -> None:
    settings.NOIVU_TODAY = "2024-12-31"


def day(month: int, number: int = 10) -> date:
    return date(2024, month, number)


def fill(sector: Sector) -> None:
    """Tasks of three months: done within the month, done in the next one, late, open, suspended."""
    tasks = [
        (7, day(7, 20), day(7, 15), {}), (7, day(7, 20), day(8, 15), {}), (8, None, None, {}),
        (8, day(8, 30), None, {}),
        (9, day(12, 30), None, {}), (9, None, day(9, 20), {}), (9, day(9, 30), None, {"suspended_on": day(9, 12)}),
    ]  # fmt: skip
    put_in(TASKS, [
        {"code": f"NV-{number}", "title": "Soạn báo cáo", "assigner": "Bộ trưởng", "assigned_on": day(month),
         "lead_unit": sector.office, "due_on": due_on, "completed_on": done, **more}
        for number, (month, due_on, done, more) in enumerate(tasks)
    ])  # fmt: skip


def months(sector: Sector, code: str, by: str = "month", **more: Any) -> Counter[str]:
    parts = breakdown(code, Question(sector.ministry.pk, QUARTER, **more), by)
    assert [part.value for part in parts] == sorted(part.value for part in parts)
    return Counter({f"{part.value:%m}": part.count for part in parts})


def test_every_figure_of_what_is_owed_is_parted_by_month() -> None:
    assert OF_WORK
    assert [one.code for one in OF_WORK if not any(way.code == "month" for way in one.breakdowns)] == []


def test_the_identities_hold_in_every_month(sector: Sector) -> None:
    fill(sector)
    assert months(sector, "tasks.assigned") == {"07": 2, "08": 2, "09": 3}
    codes = {one.code for one in OF_WORK}
    for identity in DECLARED.identities:
        if identity.whole in codes:
            parts = sum((months(sector, code) for code in identity.parts), Counter[str]())
            assert parts == months(sector, identity.whole), identity.code


def test_what_is_done_is_also_parted_by_the_month_of_its_completion(sector: Sector) -> None:
    fill(sector)
    assert months(sector, "tasks.completed") == {"07": 2, "09": 1}
    assert months(sector, "tasks.completed", by="done_month") == {"07": 1, "08": 1, "09": 1}
    parts = ("tasks.completed_on_time", "tasks.completed_late", "tasks.completed_no_deadline")
    done = sum((months(sector, code, by="done_month") for code in parts), Counter[str]())
    assert done == months(sector, "tasks.completed", by="done_month")


def test_a_legal_text_stands_in_the_month_in_which_it_came_to_the_stage(sector: Sector) -> None:
    put_in(LEGAL_TEXTS, [
        {"code": f"VB-{number}", "title": "Nghị định", "type": "Nghị định", "authority": "Chính phủ",
         "lead_unit": sector.office, "registered_on": day(1), "submitted_on": day(7), "issued_on": issued}
        for number, issued in enumerate([day(8), day(9), None])
    ])  # fmt: skip
    assert months(sector, "legal_texts.submitted") == {"07": 3}
    assert months(sector, "legal_texts.issued") == {"08": 1, "09": 1}
    assert months(sector, "legal_texts.issued", known_at=clock.now()) == {"08": 1, "09": 1}


def test_the_backlog_says_in_which_months_it_arose(sector: Sector) -> None:
    put_in(RECOMMENDATIONS, [
        {"code": f"KN-{month}", "origin": "Đoàn đại biểu", "content": "Đề nghị", "received_on": day(month),
         "unit": sector.office}
        for month in (5, 6, 8)
    ])  # fmt: skip
    assert months(sector, "recommendations.carried_in") == {"05": 1, "06": 1}
    assert months(sector, "recommendations.open_at_end") == {"05": 1, "06": 1, "08": 1}


def test_the_page_of_a_figure_shows_its_months(sector: Sector, cast: Cast, client: Client) -> None:
    fill(sector)
    sign_in(client, cast.em)
    page = client.get("/figures/tasks.assigned/?unit=BNV&period=2024-Q3&by=month").content.decode()
    assert page.index("Tháng 7/2024") < page.index("Tháng 8/2024") < page.index("Tháng 9/2024")
    assert "tháng phát sinh" in page
    done = client.get("/figures/tasks.completed/?unit=BNV&period=2024-Q3&by=done_month").content.decode()
    assert "tháng hoàn thành" in done
