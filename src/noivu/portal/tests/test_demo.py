"""The sample goes only where nothing real stands."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from noivu.accounts.models import User
from noivu.accounts.testing import Cast
from noivu.core.refusals import Refusal
from noivu.law.api import add_working_days, working_day
from noivu.portal.demo.load import load_demo
from noivu.portal.demo.plan import MonthPlan
from noivu.portal.demo.registers import UNASSIGNED, Calendar, Ministry, RegisterMaker, cut_at, with_last_unassigned

pytestmark = pytest.mark.django_db


def test_a_database_in_use_is_never_filled_whatever_the_data_directory_holds(
    cast: Cast, settings, tmp_path: Path
) -> None:
    settings.NOIVU_DATA = tmp_path / "empty"

    with pytest.raises(Refusal) as refused:
        load_demo(size="office", seed=2024, today=None)

    assert refused.value.code == "not-a-sample"
    assert not (tmp_path / "empty").exists()
    assert User.objects.count() == len(cast.everyone())


def test_a_directory_that_says_sample_does_not_open_another_database(cast: Cast, settings, tmp_path: Path) -> None:
    settings.NOIVU_DATA = tmp_path
    (tmp_path / "noivu.json").write_text('{"sample": true, "finished": true}', encoding="utf-8")

    with pytest.raises(Refusal):
        load_demo(size="office", seed=2024, today="2025-07-01")

    assert "2025" not in (tmp_path / "noivu.json").read_text(encoding="utf-8")


def test_a_sample_loaded_by_an_earlier_edition_is_brought_up_to_date(
    settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.NOIVU_DATA, settings.NOIVU_SAMPLE, settings.NOIVU_TODAY = tmp_path, False, "2024-11-01"
    (tmp_path / "noivu.json").write_text('{"sample": true, "finished": true}', encoding="utf-8")
    done: list[str] = []
    monkeypatch.setattr("noivu.portal.demo.load.bring_database_up_to_date", lambda: done.append("migrated"))

    load_demo(size="office", seed=2024, today=None)

    assert done == ["migrated"]


PLANS = [
    MonthPlan(9, 80, 20, 7, 2, 50, 14, 3, 1, 2, open_overdue=1),
    MonthPlan(10, 120, 40, 12, 4, 60, 12, 2, 1, 1),
]


def maker(**facts: Any) -> RegisterMaker:
    office = Ministry("BNV", "BNV", [("tỉnh Nghệ An", "40")], **facts)
    return RegisterMaker(office, Calendar(working_day, add_working_days), seed=2024)


def test_letters_are_numbered_as_their_days_come_and_replies_are_among_them() -> None:
    incoming, outgoing = maker().documents(2024, PLANS)
    symbols = [letter["symbol"] for letter in outgoing]
    assert [int(symbol.split("/")[0]) for symbol in symbols] == list(range(1, len(symbols) + 1))
    assert [letter["issued_on"] for letter in outgoing] == sorted(letter["issued_on"] for letter in outgoing)
    answers = {letter["in_reply_to"]: letter for letter in outgoing if letter["in_reply_to"]}
    owed = [row for row in incoming if row["reply_required"]]
    assert set(answers) == {row["arrival_number"] for row in owed}
    assert all(answers[row["arrival_number"]]["issued_on"] > row["arrived_on"] for row in owed)


def test_a_symbol_names_the_department_that_wrote_the_letter() -> None:
    _, outgoing = maker().documents(2024, PLANS)
    assert {letter["symbol"].split("-")[1] for letter in outgoing} <= {
        "CQDP", "CCVC", "TCBC", "TL", "CCHC", "TCPCP", "PC", "TCCB", "TTRA", "BTDKT", "VP",
    }  # fmt: skip


def test_nothing_stands_in_a_register_before_its_day() -> None:
    incoming, outgoing = maker().documents(2024, PLANS)
    today = date(2024, 10, 10)
    shown = list(cut_at(incoming, today, "replied_on"))
    assert max(row["arrived_on"] for row in shown) <= today
    assert max(row["issued_on"] for row in cut_at(outgoing, today)) <= today


def test_matters_are_given_to_the_users_of_the_sample_like_to_the_others() -> None:
    made = maker(people={"VCQDP-BNV": "Đỗ Quang Chi"})
    incoming, _ = made.documents(2024, PLANS)
    assert {row["assigned_unit"] for row in incoming if row["assigned_to"] == "Đỗ Quang Chi"} == {"VCQDP-BNV"}


def test_what_came_last_and_needs_no_reply_waits_to_be_assigned() -> None:
    incoming = with_last_unassigned(maker().documents(2024, PLANS)[0])
    waiting = [row for row in incoming if not row["assigned_unit"]]
    assert len(waiting) == UNASSIGNED
    assert not any(row["reply_required"] or row["assigned_to"] for row in waiting)
    assert waiting[-1] == [row for row in incoming if not row["reply_required"]][-1]
