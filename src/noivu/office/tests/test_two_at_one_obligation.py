"""Two people act on one obligation: one wins, the other is shown what happened and keeps what was typed."""

import html
import re
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from noivu.accounts.testing import Cast, Person, fixed_cast, sign_in
from noivu.core import clock
from noivu.office import acting
from noivu.office.acts import ACTS
from noivu.office.forms.seen import ActForm
from noivu.office.queries.acting import standing_of
from noivu.office.queries.seen import standing_seen
from noivu.units.testing import small_sector
from noivu.work.api import Correction, Due, Obligation, correct_obligation, extend, suspend, withdraw
from noivu.work.constants import Happening
from noivu.work.testing import gets_task

TODAY = date(2024, 11, 1)
FIRST_DUE = date(2024, 11, 8)
TYPED = {"due_on": "20/11/2024", "on": "01/11/2024", "reason": "Chờ ý kiến các bộ"}


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def task(cast: Cast) -> Obligation:
    return gets_task(cast.chi.unit, date(2024, 10, 1), FIRST_DUE)


@pytest.fixture
def chi(cast: Cast, client: Client) -> Client:
    return sign_in(client, cast.chi)


def seen_by(client: Client, page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', client.get(page).content.decode())
    assert found
    return html.unescape(found.group(1))


def words_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def extensions(task: Obligation) -> list[date | None]:
    extended = task.events.current().filter(happening=Happening.EXTENDED.value)
    return list(extended.order_by("id").values_list("due_on", flat=True))


def test_what_another_did_meanwhile_is_shown_once_and_what_was_typed_stays(
    cast: Cast, chi: Client, task: Obligation
) -> None:
    page = f"/obligations/{task.pk}/extend/"
    seen = seen_by(chi, page)
    extend(actor=cast.em.actor, obligation=task, due_on=date(2024, 11, 15), on=TODAY, reason="Bổ sung hồ sơ")

    refused = chi.post(page, {**TYPED, "seen": seen})
    told = words_of(refused)
    assert refused.status_code == 422
    assert f"{cast.em.user.full_name} – Gia hạn" in told
    assert "(Bổ sung hồ sơ)" in told
    assert "hạn từ “08/11/2024” thành “15/11/2024”" in told
    assert 'value="20/11/2024"' in told
    assert "Chờ ý kiến các bộ" in told
    assert extensions(task) == [date(2024, 11, 15)]

    again = re.search(r'name="seen" value="([^"]*)"', refused.content.decode())
    assert again
    assert chi.post(page, {**TYPED, "seen": html.unescape(again.group(1))}).status_code == 302
    assert extensions(task) == [date(2024, 11, 15), date(2024, 11, 20)]


def test_one_who_saw_how_it_stands_is_not_stopped(chi: Client, task: Obligation) -> None:
    page = f"/obligations/{task.pk}/extend/"
    assert chi.post(page, {**TYPED, "seen": seen_by(chi, page)}).status_code == 302


def test_a_suspension_and_a_correction_and_what_was_taken_back_are_told(
    cast: Cast, chi: Client, task: Obligation
) -> None:
    page = f"/obligations/{task.pk}/complete/"
    typed = {"on": "01/11/2024", "note": "Đã trình"}
    seen = seen_by(chi, page)
    suspend(actor=cast.em.actor, obligation=task, on=TODAY, reason="Chờ luật")
    told = words_of(chi.post(page, {**typed, "seen": seen}))
    assert "trạng thái từ “Đang thực hiện” thành “Tạm dừng”" in told
    assert "(Chờ luật)" in told

    seen = seen_by(chi, page)
    withdraw(actor=cast.em.actor, obligation=task, reason="Ghi nhầm mục")
    assert "(Ghi nhầm mục)" in words_of(chi.post(page, {**typed, "seen": seen}))

    seen = seen_by(chi, page)
    right = Correction(task.arises_on, Due(on=FIRST_DUE), {"title": "Trình đề án sửa đổi"})
    correct_obligation(actor=cast.em.actor, obligation=task, correction=right, reason="Ghi thiếu tên đề án")
    assert "(Ghi thiếu tên đề án)" in words_of(chi.post(page, {**typed, "seen": seen}))


@pytest.mark.parametrize("seen", ["", "[]", "{không", '{"log": "1", "due_on": 7}'])
def test_a_form_that_carries_nonsense_is_no_fault(chi: Client, task: Obligation, seen: str) -> None:
    answer = chi.post(f"/obligations/{task.pk}/extend/", {**TYPED, "seen": seen})
    assert answer.status_code in {302, 422}


def test_the_form_of_every_act_carries_what_was_seen() -> None:
    assert {code for code, act in ACTS.items() if not issubclass(act.form, ActForm)} == set()


@pytest.fixture
def database_of_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets other threads write too: a database of SQLite that lies in memory is copied to a file for them."""

    def open_to_all() -> None:
        if connection.vendor == "sqlite":
            file = tmp_path / "two.sqlite3"
            with closing(sqlite3.connect(file)) as copy:
                connection.connection.backup(copy)
            monkeypatch.setitem(connections.settings["default"], "NAME", str(file))

    return open_to_all


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_wins(database_of_others: Callable[[], None]) -> None:
    small_sector()
    cast = fixed_cast()
    task = gets_task(cast.chi.unit, date(2024, 10, 1), FIRST_DUE)
    seen = standing_seen(task, standing_of(task, TODAY)[0])
    database_of_others()
    barrier = Barrier(2)

    def one(person: Person, due: str) -> tuple[str, str, list[date | None]]:
        try:
            form = ACTS["extend"].form({**TYPED, "due_on": due, "seen": seen})
            assert form.is_valid()
            barrier.wait()
            acting.do(actor=person.actor, act=ACTS["extend"], obligation=task, form=form)
            return person.user.full_name, str(form.non_field_errors()), extensions(task)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        ends = list(people.map(one, (cast.chi, cast.em), ("20/11/2024", "25/11/2024")))

    (winner, _, _), (_, told, written) = sorted(ends, key=lambda end: bool(end[1]))
    assert [bool(errors) for _, errors, _ in ends].count(True) == 1
    assert len(written) == 1
    assert html.unescape(told).find(f"{winner} – Gia hạn") > 0
