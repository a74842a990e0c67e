"""Histories speak in words: no key of the log stands on a page, no code, no number of a row."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.audit.actions import field_label
from noivu.audit.api import HistoryLine, history
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.records.api import correct_document, declare_off_network, open_register
from noivu.records.constants import Direction
from noivu.records.testing import goes_out
from noivu.sheets.api import templates
from noivu.work.api import (
    Assignee,
    Result,
    SessionEntry,
    answer_recommendation,
    assign,
    complete,
    extend,
    open_session,
    suspend,
)
from noivu.work.testing import gets_recommendation, gets_task, owes_reply


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))


def day(number: int) -> date:
    return date(2024, 10, number)


def lived(cast: Cast) -> Iterator[HistoryLine]:
    """What the log says of a document, a letter, a task, a recommendation and the registers, after a busy month."""
    owed = owes_reply(cast.chi.unit, day(2), day(20), kind="Công văn")
    document = owed.document
    assert document is not None
    letter = goes_out(cast.chi.unit, day(9), in_reply_to_id=document.pk)
    correct_document(
        actor=SYSTEM,
        document=document,
        changes={"assigned_unit_id": cast.binh.unit.pk, "kind": "bao-cao"},
        reason="Sửa",
    )
    task = gets_task(cast.chi.unit, day(1), due_on=day(20))
    assign(actor=SYSTEM, obligation=task, to=Assignee(cast.binh.unit.pk, "Lê Thu Bình"), on=day(2))
    extend(actor=SYSTEM, obligation=task, due_on=day(30), on=day(3), reason="Chờ số liệu")
    suspend(actor=SYSTEM, obligation=gets_task(cast.chi.unit, day(1)), on=day(3), reason="Chờ")
    complete(actor=SYSTEM, obligation=task, on=day(5))
    session = open_session(actor=SYSTEM, entry=SessionEntry(code="QH15-K8", name="Kỳ họp thứ 8"))
    asked = gets_recommendation(cast.chi.unit, day(3), session_id=session.pk)
    answer_recommendation(actor=SYSTEM, obligation=asked, on=day(20), symbol="6/BNV", result=Result.EXPLAINED)
    book = open_register(
        actor=SYSTEM, unit_id=cast.an.unit.pk, direction=Direction.IN, year=2024, starting_number=28_074
    )
    declared = declare_off_network(
        actor=SYSTEM, unit_id=cast.an.unit.pk, direction=Direction.IN, month=day(1), count=12
    )
    yield from history(document, letter, owed, task, asked, session, book, declared)


@pytest.mark.django_db
def test_every_key_of_the_log_has_a_name(cast: Cast) -> None:
    told = [(line.object_kind, change) for line in lived(cast) for change in line.changes]
    assert len(told) > 60
    assert {(kind, change.field) for kind, change in told if str(change.label) == change.field} == set()


@pytest.mark.django_db
def test_codes_and_keys_are_put_in_words(cast: Cast) -> None:
    said = {
        str(words) for line in lived(cast) for change in line.changes for words in (change.old_words, change.new_words)
    }
    assert {"Vụ Chính quyền địa phương", "Văn phòng Bộ", "Công văn", "Báo cáo", "01 (2024)"} <= said
    assert {"Đang thực hiện", "Hoàn thành", "Giải trình, cung cấp thông tin", "Kỳ họp thứ 8", "Văn bản đến"} & said
    assert {"open", "completed", "not_started", "cong-van", "explained", "in"} & said == set()


KINDS = {
    "documents-in": "records.incomingdocument",
    "documents-out": "records.outgoingdocument",
    "tasks": "work.obligation",
    "recommendations": "work.obligation",
}


def test_every_column_of_a_sheet_has_a_name_in_the_log() -> None:
    nameless = {
        (template.name, column.key)
        for template in templates
        if template.name in KINDS
        for column in template.columns
        if str(field_label(KINDS[template.name], column.key)) == column.key
    }
    assert nameless == set()


@pytest.mark.django_db
def test_an_assignment_says_to_whom(cast: Cast, client: Client) -> None:
    task = gets_task(cast.chi.unit, day(1))
    for unit, officer in ((cast.binh.unit, "Lê Thu Bình"), (cast.chi.unit, "Đỗ Quang Chi")):
        to = {"unit": {cast.binh.unit.pk: "VP-BNV"}.get(unit.pk, "VCQDP-BNV"), "officer": officer, "on": "02/10/2024"}
        assert sign_in(client, cast.chi).post(f"/obligations/{task.pk}/assign/", to).status_code == 302
    page = client.get(f"/tasks/{task.pk}/").content.decode()
    assert "Văn phòng Bộ (Lê Thu Bình)" in page
    assert "Vụ Chính quyền địa phương (Đỗ Quang Chi)" in page


@pytest.mark.django_db
def test_the_page_of_a_task_names_who_owes_it_and_who_does_it(cast: Cast, client: Client) -> None:
    task = gets_task(cast.chi.unit, day(1))
    assign(actor=SYSTEM, obligation=task, to=Assignee(cast.binh.unit.pk, "Lê Thu Bình"), on=day(2))
    page = sign_in(client, cast.chi).get(f"/tasks/{task.pk}/opened/").content.decode()
    assert '<dd lang="vi">Vụ Chính quyền địa phương</dd>' in page
    assert '<dt>Phân công</dt><dd lang="vi">Văn phòng Bộ (Lê Thu Bình)</dd>' in page
