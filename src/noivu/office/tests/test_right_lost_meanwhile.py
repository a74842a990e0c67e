"""Who loses the right while a form is open is told what happened, and nothing of what the form is about."""

import html
import re
from datetime import date

import pytest
from django.test import Client

from noivu.accounts.models import Grant
from noivu.accounts.testing import Cast, sign_in
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.work.api import Obligation, remove_obligation, transfer
from noivu.work.testing import gets_task

pytestmark = pytest.mark.django_db
TITLE = "Rà soát hồ sơ nhân sự"
FORMS = {
    "act": ("/obligations/{pk}/extend/", {"due_on": "20/11/2024", "on": "01/11/2024", "reason": "Chờ ý kiến"}),
    "correction": ("/tasks/{pk}/correct/", {"title": "Tên khác", "reason": "Ghi nhầm"}),
}


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))


@pytest.fixture
def task(cast: Cast) -> Obligation:
    return gets_task(cast.chi.unit, date(2024, 10, 1), date(2024, 11, 8), title=TITLE)


def drawn(client: Client, page: str) -> dict[str, str]:
    """What the form of a page carries besides what is typed."""
    body = client.get(page).content.decode()
    names = ("csrfmiddlewaretoken", "seen")
    return {name: html.unescape(re.findall(rf'name="{name}" value="([^"]*)"', body)[0]) for name in names}


def loses_the_role(cast: Cast, task: Obligation) -> None:
    Grant.objects.filter(user=cast.chi.user).update(ends_on=date(2024, 11, 1))


def goes_elsewhere(cast: Cast, task: Obligation) -> None:
    transfer(actor=SYSTEM, obligation=task, unit_id=cast.an.unit.pk, on=date(2024, 11, 1), reason="Đúng việc")


def is_removed(cast: Cast, task: Obligation) -> None:
    remove_obligation(actor=SYSTEM, obligation=task, reason="Ghi nhầm")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("happens", [loses_the_role, goes_elsewhere, is_removed])
def test_what_happened_is_told_and_nothing_is_saved(
    cast: Cast, client: Client, task: Obligation, form: str, happens: object
) -> None:
    address, typed = FORMS[form]
    page = address.format(pk=task.pk)
    sent = {**typed, **drawn(sign_in(client, cast.chi), page)}
    happens(cast, task)  # type: ignore[operator]  # one of three
    events = task.events.count()
    answer = client.post(page, sent)
    told = html.unescape(answer.content.decode())
    assert answer.status_code == 403
    assert "Chưa lưu: mục này không còn mở cho tài khoản đang dùng" in told
    assert "quyền của tài khoản đã đổi" in told
    assert "chép nội dung đã nhập" in told
    assert TITLE not in told
    assert task.code not in told
    assert (task.events.count(), Obligation.objects.get(pk=task.pk).title) == (events, TITLE)
    assert client.get(page).status_code == 404


def test_the_answer_does_not_tell_whether_there_is_such_a_thing(cast: Cast, client: Client, task: Obligation) -> None:
    there, nowhere = f"/obligations/{task.pk}/extend/", "/obligations/999999/extend/"
    token = drawn(sign_in(client, cast.chi), there)["csrfmiddlewaretoken"]
    sign_in(client, cast.binh)
    answers = [client.post(page, {"csrfmiddlewaretoken": token}) for page in (there, nowhere)]
    assert [answer.status_code for answer in answers] == [403, 403]
    plain = [re.sub("[A-Za-z0-9]{64}", "", answer.content.decode()) for answer in answers]  # without the tokens
    assert plain[0].replace(there, "") == plain[1].replace(nowhere, "")
