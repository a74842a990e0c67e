"""What was recorded last is undone on the same day: an assignment, a reply owed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.audit.api import history
from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.records.api import IncomingDocument, correct_document
from noivu.records.testing import arrives
from noivu.work.api import (
    Assignee,
    Due,
    Obligation,
    ObligationEvent,
    ObligationSpan,
    assign,
    assign_document,
    extend,
    require_reply,
    undo,
    undo_document,
)  # fmt: skip
from noivu.work.constants import FOREVER
from noivu.work.testing import gets_task, owes_reply


def day(number: int) -> date:
    return date(2024, 10, number)


def a_day_ago() -> None:
    """Everything was recorded a day before."""
    for event in ObligationEvent.objects.all():
        ObligationEvent.objects.filter(pk=event.pk).update(recorded_at=event.recorded_at - timedelta(days=1))


def stands(obligation: Obligation) -> tuple[Any, ...]:
    obligation.refresh_from_db()
    due_on = ObligationSpan.objects.current().get(obligation=obligation, valid_to=FOREVER).due_on
    return obligation.assigned_unit_id, obligation.assigned_to, obligation.assigned_officer, due_on


def test_whoever_had_it_has_it_again_with_the_due_date_and_the_log_says_so(cast: Cast) -> None:
    task = gets_task(cast.chi.unit, day(1), assigned_to="Vũ An", assigned_officer="user:77")
    before = stands(task)
    to = Assignee(cast.chi.unit.pk, "Đỗ Quang Chi", cast.chi.actor.id)
    assign(actor=cast.em.actor, obligation=task, to=to, on=day(2), due=Due(on=day(10)))
    assert stands(task) == (cast.chi.unit.pk, "Đỗ Quang Chi", cast.chi.actor.id, day(10))
    assert task.original_due_on == day(10)
    undo(actor=cast.em.actor, obligation=task, reason="Chọn nhầm người")
    assert stands(task) == before
    assert task.original_due_on is None
    last = history(task, limit=1)[0]
    assert (last.wording.vi, last.reason) == ("Thu hồi diễn biến ghi nhầm", "Chọn nhầm người")
    assert {change.field for change in last.changes} >= {"assigned_to", "due_on"}


def test_the_document_goes_back_with_its_reply(cast: Cast) -> None:
    owed = owes_reply(cast.binh.unit, day(1), assigned_unit_id=cast.binh.unit.pk, assigned_to="Lê Thu Bình")
    document = owed.document
    assert document is not None
    to = Assignee(cast.chi.unit.pk, "Đỗ Quang Chi", cast.chi.actor.id)
    assign_document(actor=cast.em.actor, document=document, to=to, on=day(2))
    undo(actor=cast.em.actor, obligation=owed, reason="Giao nhầm đơn vị")
    document.refresh_from_db()
    assert (document.assigned_unit_id, document.assigned_to) == (cast.binh.unit.pk, "Lê Thu Bình")
    assert stands(owed)[:2] == (cast.binh.unit.pk, "Lê Thu Bình")


def test_a_reply_that_was_required_by_mistake_is_owed_no_more(cast: Cast) -> None:
    document = arrives(cast.binh.unit, day(1))
    owed = require_reply(actor=cast.binh.actor, document=document, due=Due(on=day(9)))
    undo(actor=cast.binh.actor, obligation=owed, reason="Văn bản chỉ để biết")
    assert not Obligation.objects.standing().exists()
    last = history(owed, limit=1)[0]
    assert (last.wording.vi, last.reason) == ("Gỡ mục ghi nhầm", "Văn bản chỉ để biết")
    require_reply(actor=cast.binh.actor, document=document)


def test_after_the_day_or_once_more_happened_nothing_is_undone(cast: Cast) -> None:
    task, owed = gets_task(cast.chi.unit, day(1), due_on=day(20)), owes_reply(cast.chi.unit, day(1), due_on=day(9))
    with pytest.raises(Refusal, match="hoàn tác"):
        undo(actor=SYSTEM, obligation=task, reason="Nhầm")
    for one in (task, owed):
        assign(actor=SYSTEM, obligation=one, to=Assignee(cast.chi.unit.pk, "Vũ An"), on=day(2))
    extend(actor=SYSTEM, obligation=task, due_on=day(25), on=day(3), reason="Thêm việc")
    a_day_ago()
    for one in (task, owed):
        with pytest.raises(Refusal, match="hoàn tác"):
            undo(actor=SYSTEM, obligation=one, reason="Nhầm")
    with pytest.raises(Refusal, match="lý do"):
        undo(actor=SYSTEM, obligation=owed, reason=" ")


def test_a_reply_of_yesterday_is_not_undone_because_its_dates_were_put_right_today(cast: Cast) -> None:
    owed = owes_reply(cast.chi.unit, day(1), due_on=day(9))
    a_day_ago()
    first = owed.events.current().order_by("pk").last()
    assert first is not None
    ObligationEvent.objects.filter(obligation=owed).update(superseded_at=first.recorded_at)
    for event in owed.events.order_by("pk"):
        event.pk, event.superseded_at = None, None
        event.recorded_at += timedelta(days=1)
        event.save()
    with pytest.raises(Refusal, match="hoàn tác"):
        undo(actor=SYSTEM, obligation=owed, reason="Nhầm")


def test_who_neither_recorded_it_nor_may_assign_does_not_undo_it(cast: Cast) -> None:
    document = arrives(cast.binh.unit, day(1))
    owed = require_reply(actor=cast.em.actor, document=document)
    with pytest.raises(Refusal):
        undo(actor=cast.binh.actor, obligation=owed, reason="Nhầm")
    assert Obligation.objects.standing().exists()


def a_document_a_day_ago(cast: Cast) -> IncomingDocument:
    """In the register of the ministry's office since yesterday, with Bình."""
    document = arrives(cast.binh.unit, day(1), assigned_unit_id=cast.binh.unit.pk, assigned_to="Lê Thu Bình")
    IncomingDocument.objects.filter(pk=document.pk).update(recorded_at=document.recorded_at - timedelta(days=1))
    document.refresh_from_db()
    return document


def has(document: IncomingDocument) -> tuple[Any, ...]:
    document.refresh_from_db()
    return document.assigned_unit_id, document.assigned_to, document.assigned_officer


def test_a_document_without_reply_goes_back_to_whoever_had_it(cast: Cast) -> None:
    document = a_document_a_day_ago(cast)
    stood = has(document)
    to = Assignee(cast.chi.unit.pk, "Đỗ Quang Chi", cast.chi.actor.id)
    assign_document(actor=cast.binh.actor, document=document, to=to, on=day(2))
    undo_document(actor=cast.binh.actor, document=document, reason="Chọn nhầm người")
    assert has(document) == stood
    last = history(document, limit=1)[0]
    assert (last.wording.vi, last.reason) == ("Hoàn tác phân công văn bản", "Chọn nhầm người")
    with pytest.raises(Refusal, match="hoàn tác"):
        undo_document(actor=cast.binh.actor, document=document, reason="Lại nhầm")


def test_who_may_assign_undoes_it_too_and_nobody_else(cast: Cast) -> None:
    document = a_document_a_day_ago(cast)
    stood, to = has(document), Assignee(cast.chi.unit.pk, "Đỗ Quang Chi")
    assign_document(actor=cast.em.actor, document=document, to=to, on=day(2))
    with pytest.raises(Refusal, match="Không có quyền"):
        undo_document(actor=cast.binh.actor, document=document, reason="Nhầm")
    undo_document(actor=cast.em.actor, document=document, reason="Nhầm")
    assert has(document) == stood


def test_a_document_is_not_taken_back_after_the_day_or_once_more_was_written(cast: Cast) -> None:
    to = Assignee(cast.chi.unit.pk, "Đỗ Quang Chi")
    corrected, old, owed = (a_document_a_day_ago(cast) for _ in range(3))
    for document in (corrected, old, owed):
        assign_document(actor=cast.em.actor, document=document, to=to, on=day(2))
    correct_document(actor=cast.em.actor, document=corrected, changes={"summary": "Nội dung khác"})
    IncomingDocument.objects.filter(pk=old.pk).update(recorded_at=old.recorded_at - timedelta(days=1))
    require_reply(actor=cast.em.actor, document=owed)
    for document in (corrected, old, owed, arrives(cast.binh.unit, day(1))):
        document.refresh_from_db()
        with pytest.raises(Refusal, match="hoàn tác"):
            undo_document(actor=cast.em.actor, document=document, reason="Nhầm")


def test_the_page_of_a_document_offers_it_on_that_day_alone(cast: Cast, client: Client) -> None:
    document = a_document_a_day_ago(cast)
    page, href = f"/documents/in/{document.pk}/", f"/documents/in/{document.pk}/undo/"
    sign_in(client, cast.binh)
    assert href not in client.get(page).content.decode()
    assign_document(actor=cast.binh.actor, document=document, to=Assignee(cast.binh.unit.pk, "Vũ An"), on=day(2))
    assert href in client.get(page).content.decode()
    assert "Đã hoàn tác." in client.post(href, {"reason": "Chọn nhầm người"}, follow=True).content.decode()
    assert has(document)[1] == "Lê Thu Bình"
    assert href not in client.get(page).content.decode()


def test_the_page_offers_it_on_that_day_alone(cast: Cast, client: Client) -> None:
    task = gets_task(cast.chi.unit, day(1), due_on=day(20))
    sign_in(client, cast.chi)
    href = f"/obligations/{task.pk}/undo/"
    assert href not in client.get(f"/tasks/{task.pk}/").content.decode()
    assign(actor=cast.chi.actor, obligation=task, to=Assignee(cast.chi.unit.pk, "Vũ An"), on=day(2))
    assert href in client.get(f"/tasks/{task.pk}/").content.decode()
    done = client.post(href, {"reason": "Chọn nhầm người"}, follow=True).content.decode()
    assert "Đã hoàn tác." in done
    assert stands(task)[1] == ""
    assign(actor=cast.chi.actor, obligation=task, to=Assignee(cast.chi.unit.pk, "Vũ An"), on=day(2))
    a_day_ago()
    assert href not in client.get(f"/tasks/{task.pk}/").content.decode()
