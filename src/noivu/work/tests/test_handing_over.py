"""Whoever leaves hands over what is open: one act, one entry in the log."""

from datetime import date

import pytest
from django.test import Client

from noivu.accounts.api import User, deactivate
from noivu.accounts.testing import Cast, Person, a_person, sign_in
from noivu.audit.api import history
from noivu.audit.models import Entry
from noivu.core import clock
from noivu.core.access import OFFICER
from noivu.core.refusals import Refusal
from noivu.records.api import IncomingDocument
from noivu.work.api import Obligation, complete, state_on, suspend
from noivu.work.services.ledger import lived
from noivu.work.testing import gets_task, owes_reply

TODAY = date(2024, 11, 1)


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def mai(cast: Cast) -> Person:
    """A colleague of Bình."""
    return a_person("mai", "Lê Thị Mai", cast.binh.unit, OFFICER)


@pytest.fixture
def four(cast: Cast) -> list[Obligation]:
    """Of Bình: a task that runs, one suspended, a reply; and one that is done."""
    unit = cast.binh.unit
    whom = {"assigned_to": cast.binh.user.full_name, "assigned_officer": cast.binh.actor.id}
    tasks = [gets_task(unit, date(2024, 10, 1), date(2024, 11, 20), **whom) for _ in range(3)]
    suspend(actor=cast.em.actor, obligation=tasks[1], on=date(2024, 10, 8), reason="Chờ ý kiến")
    complete(actor=cast.em.actor, obligation=tasks[2], on=date(2024, 10, 9))
    reply = owes_reply(unit, date(2024, 10, 2), date(2024, 11, 9), assigned_unit_id=unit.pk, **whom)
    return [*tasks, reply]


@pytest.mark.django_db
def test_all_that_is_open_goes_to_one_colleague_with_one_entry(
    cast: Cast, client: Client, mai: Person, four: list[Obligation]
) -> None:
    page = f"/accounts/users/{cast.binh.user.pk}/deactivate/"
    sign_in(client, cast.ha)
    assert "Chọn người nhận 3 việc" in client.get(page).content.decode()
    undecided = client.post(page, {"reason": "Chuyển công tác"})
    assert undecided.status_code == 422
    assert User.objects.get(pk=cast.binh.user.pk).is_active
    entries = Entry.objects.filter(action="obligation.hand_over")
    assert client.post(page, {"reason": "Chuyển công tác", "heir": mai.user.pk}).status_code == 302
    assert not User.objects.get(pk=cast.binh.user.pk).is_active
    assert [entry.rows_count for entry in entries] == [3]
    officers = list(Obligation.objects.order_by("pk").values_list("assigned_officer", flat=True))
    assert officers == [mai.actor.id, mai.actor.id, cast.binh.actor.id, mai.actor.id]
    assert IncomingDocument.objects.current().get(pk=four[3].document_id).assigned_officer == mai.actor.id
    assert "Bàn giao việc đang mở" in [str(line.wording) for line in history(four[0])]
    stands = [state_on(*lived(one), TODAY) for one in four]
    assert [str(state.status) for state in stands if state] == ["open", "suspended", "completed", "open"]
    assert [state.due_on for state in stands[:1] if state] == [date(2024, 11, 20)]
    assert "NV-0001" in sign_in(client, mai).get("/my/").content.decode()


@pytest.mark.django_db
def test_who_must_go_at_once_goes_and_the_work_stays_until_it_is_given(cast: Cast, four: list[Obligation]) -> None:
    with pytest.raises(Refusal, match="còn 3 việc đang mở"):
        deactivate(actor=cast.ha.actor, user=cast.binh.user, reason="Nghi lộ mật khẩu")
    deactivate(actor=cast.ha.actor, user=cast.binh.user, reason="Nghi lộ mật khẩu", leaves_open=True)
    assert not User.objects.get(pk=cast.binh.user.pk).is_active
    assert Obligation.objects.get(pk=four[0].pk).assigned_officer == cast.binh.actor.id


@pytest.mark.django_db
def test_work_goes_to_nobody_of_another_unit(cast: Cast, four: list[Obligation]) -> None:
    with pytest.raises(Refusal, match="cùng đơn vị"):
        deactivate(actor=cast.ha.actor, user=cast.binh.user, reason="Nghỉ hưu", heir=cast.chi.user)
    assert User.objects.get(pk=cast.binh.user.pk).is_active
