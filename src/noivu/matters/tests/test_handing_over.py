"""What an officer holds goes to a colleague while the officer stays in service."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from noivu.accounts.api import Successor
from noivu.accounts.testing import Cast, Person, a_person, sign_in
from noivu.audit.api import history
from noivu.audit.models import Entry
from noivu.core import clock
from noivu.core.access import OFFICER
from noivu.core.refusals import Refusal
from noivu.records.api import IncomingDocument
from noivu.work.api import Obligation, ObligationEvent, hand_over_held, undo
from noivu.work.testing import gets_task, owes_reply


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))


@pytest.fixture
def mai(cast: Cast) -> Person:
    """A colleague of Bình."""
    return a_person("mai", "Lê Thị Mai", cast.binh.unit, OFFICER)


@pytest.fixture
def three(cast: Cast) -> list[Obligation]:
    """Of Bình: two tasks and a reply."""
    unit = cast.binh.unit
    whom = {"assigned_to": cast.binh.user.full_name, "assigned_officer": cast.binh.actor.id}
    tasks = [gets_task(unit, date(2024, 10, 1), date(2024, 11, 20), **whom) for _ in range(2)]
    return [*tasks, owes_reply(unit, date(2024, 10, 2), date(2024, 11, 9), assigned_unit_id=unit.pk, **whom)]


def page_of(person: Person) -> str:
    return f"/hand-over/?unit=VP-BNV&account={quote(person.actor.id)}"


def holders() -> list[str]:
    return list(Obligation.objects.order_by("pk").values_list("assigned_officer", flat=True))


def given(client: Client, page: str, **said: Any) -> Any:
    form = client.get(page).context["form"]
    boxes = {name: "on" for name in form.fields if name.startswith("kind_")}
    sent = {**boxes, "seen": form.initial["seen"], "reason": "Nghỉ thai sản", **said}
    return client.post(page, {name: value for name, value in sent.items() if value is not None})


def test_all_of_it_goes_as_one_entry_and_the_account_stays_in_use(
    cast: Cast, client: Client, mai: Person, three: list[Obligation]
) -> None:
    sign_in(client, cast.em)
    body = client.get(page_of(cast.binh)).content.decode()
    assert "Đang giữ 3 việc" in body
    assert all(one.code in body for one in three)
    assert given(client, page_of(cast.binh), to=mai.actor.id).status_code == 302
    assert holders() == [mai.actor.id] * 3
    assert IncomingDocument.objects.current().get().assigned_officer == mai.actor.id
    assert [entry.rows_count for entry in Entry.objects.filter(action="obligation.hand_over")] == [3]
    cast.binh.user.refresh_from_db()
    assert cast.binh.user.is_active
    assert history(three[0], limit=1)[0].reason == "Nghỉ thai sản"
    assert client.get(page_of(cast.binh)).status_code == 404


def test_of_the_chosen_kinds_alone(cast: Cast, client: Client, mai: Person, three: list[Obligation]) -> None:
    given(sign_in(client, cast.em), page_of(cast.binh), to=mai.actor.id, kind_reply=None)
    assert holders() == [mai.actor.id, mai.actor.id, cast.binh.actor.id]


def test_what_came_this_way_is_handed_back_and_the_own_work_stays(
    cast: Cast, client: Client, mai: Person, three: list[Obligation]
) -> None:
    own = gets_task(cast.binh.unit, date(2024, 10, 1), assigned_to="Lê Thị Mai", assigned_officer=mai.actor.id)
    sign_in(client, cast.em)
    given(client, page_of(cast.binh), to=mai.actor.id)
    for event in ObligationEvent.objects.all():
        day_before = event.recorded_at - timedelta(days=1)
        ObligationEvent.objects.filter(pk=event.pk).update(recorded_at=day_before)
    assert "việc nhận từ Lê Thu Bình ngày" in client.get(page_of(mai)).content.decode()
    given(client, page_of(mai), to=cast.binh.actor.id, came="0")
    assert holders() == [cast.binh.actor.id] * 3 + [mai.actor.id]
    own.refresh_from_db()
    assert own.assigned_to == "Lê Thị Mai"


def test_on_the_same_day_one_of_it_is_undone(cast: Cast, mai: Person, three: list[Obligation]) -> None:
    to = Successor(mai.actor.id, mai.user.full_name)
    keys = [one.pk for one in three]
    hand_over_held(
        actor=cast.em.actor, account=cast.binh.actor.id, unit_id=cast.binh.unit.pk, keys=keys, to=to, reason="Nghỉ"
    )
    for one in (three[0], three[2]):
        undo(actor=cast.em.actor, obligation=one, reason="Giữ lại việc này")
    assert holders() == [cast.binh.actor.id, mai.actor.id, cast.binh.actor.id]
    assert IncomingDocument.objects.current().get().assigned_officer == cast.binh.actor.id


def test_what_was_not_on_the_list_that_was_seen_does_not_go(
    cast: Cast, client: Client, mai: Person, three: list[Obligation]
) -> None:
    sign_in(client, cast.em)
    seen = client.get(page_of(cast.binh)).context["form"].initial["seen"]
    whom = {"assigned_to": cast.binh.user.full_name, "assigned_officer": cast.binh.actor.id}
    gets_task(cast.binh.unit, date(2024, 10, 1), **whom)
    refused = given(client, page_of(cast.binh), to=mai.actor.id, seen=seen)
    assert refused.status_code == 422
    assert "Danh sách việc đã đổi" in refused.content.decode()
    assert set(holders()) == {cast.binh.actor.id}
    again = refused.context["form"]["seen"].value()
    assert given(client, page_of(cast.binh), to=mai.actor.id, seen=again).status_code == 302


def test_it_goes_to_nobody_of_another_unit_and_by_nobody_without_the_right(
    cast: Cast, client: Client, mai: Person, three: list[Obligation]
) -> None:
    to, keys = Successor(cast.chi.actor.id, "Đỗ Quang Chi"), [one.pk for one in three]
    known = {"account": cast.binh.actor.id, "unit_id": cast.binh.unit.pk, "keys": keys, "reason": "Nghỉ"}
    with pytest.raises(Refusal, match="không phải người khác của đơn vị"):
        hand_over_held(actor=cast.em.actor, to=to, **known)
    with pytest.raises(Refusal, match="đã đổi"):
        hand_over_held(actor=cast.chi.actor, to=Successor(mai.actor.id, "Lê Thị Mai"), **known)
    for nobody in (cast.binh, cast.chi, cast.dung):
        assert sign_in(client, nobody).get(page_of(cast.binh)).status_code == 404
    assert set(holders()) == {cast.binh.actor.id}


def test_the_load_of_a_unit_leads_there(cast: Cast, client: Client, three: list[Obligation]) -> None:
    page = "/load/?unit=VP-BNV&period=2024-11"
    assert "/hand-over/" in sign_in(client, cast.em).get(page).content.decode()
    assert "/hand-over/" not in sign_in(client, cast.binh).get(page).content.decode()
