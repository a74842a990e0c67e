"""Legal texts on screen: put on the programme, put right, brought to their next stage, found by search."""

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.matters.api import LegalStage, LegalText, steps_of
from noivu.matters.entering import LegalFacts, correct_legal_text
from noivu.matters.views import texts
from noivu.work.api import Correction, Due, Obligation

SAID = {
    "lead": "VCQDP-BNV", "code": "VB-01", "title": "Nghị định về tổ chức chính quyền địa phương",
    "type": "Nghị định", "authority": "Chính phủ", "submitted_to": "Chính phủ", "subject": "", "note": "",
    "registered_on": "01/10/2024", "due_on": "25/10/2024",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))


@pytest.fixture
def chi(cast: Cast, client: Client) -> Client:
    return sign_in(client, cast.chi)


def entered(chi: Client, **changes: str) -> Any:
    return chi.post("/programme/new/", {**SAID, **changes})


@pytest.mark.django_db
def test_a_text_is_put_on_the_programme_and_stands_on_the_board(cast: Cast, chi: Client) -> None:
    assert 'href="/programme/new/?unit=' in chi.get("/programme/?period=2024-10").content.decode()
    assert 'value="VCQDP-BNV"' in chi.get("/programme/new/").content.decode()
    answer = entered(chi)
    owed = Obligation.objects.get()
    assert answer.headers["Location"] == f"/legal-texts/{owed.pk}/"
    assert [step.stage for step in steps_of(owed)] == [LegalStage.IN_PROGRAMME]
    assert (owed.original_due_on, owed.assigner, owed.legal_text.type) == (date(2024, 10, 25), "Chính phủ", "Nghị định")
    assert SAID["title"] in chi.get("/programme/?period=2024-10").content.decode()
    assert SAID["title"] in chi.get("/legal-texts/?period=2024-10&q=chinh+quyen").content.decode()
    assert "Chưa đến" not in answer.content.decode()
    for changes, words in (({"code": "VB-01"}, "VB-01"), ({"code": "VB-02", "due_on": "30/09/2024"}, "30/09/2024"),
                           ({"code": "VB-03", "type": ""}, "trống")):  # fmt: skip
        wrong = entered(chi, **changes)
        assert (wrong.status_code, words in wrong.content.decode()) == (422, True)
    assert Obligation.objects.count() == LegalText.objects.count() == 1


@pytest.mark.django_db
def test_it_is_put_right_and_comes_to_its_next_stage(cast: Cast, chi: Client) -> None:
    entered(chi)
    owed = Obligation.objects.get()
    page = chi.get(f"/legal-texts/{owed.pk}/").content.decode()
    stage = f"/obligations/{owed.pk}/advance/"
    assert page.count(f'href="{stage}"') == 1
    right = {name: value for name, value in SAID.items() if name != "lead"}
    right |= {"title": "Nghị định về chính quyền đô thị", "subject": "Tổ chức", "due_on": "28/10/2024"}
    assert 'value="25/10/2024"' in chi.get(f"/programme/{owed.pk}/correct/").content.decode()
    assert chi.post(f"/programme/{owed.pk}/correct/", {**right, "reason": ""}).status_code == 422
    assert chi.post(f"/programme/{owed.pk}/correct/", {**right, "reason": "Ghi nhầm"}).status_code == 302
    owed.refresh_from_db()
    assert (owed.title, owed.original_due_on) == (right["title"], date(2024, 10, 28))
    assert LegalText.objects.get().subject == "Tổ chức"

    assert "Đã rà soát" not in chi.get(stage).content.decode()  # only what may follow is offered
    asked = chi.post(stage, {"stage": "consultation", "on": "10/10/2024", "until": "17/10/2024"})
    assert asked.status_code == 302
    assert "17/10/2024" in chi.get("/programme/?period=2024-10").content.decode()
    wrong = chi.post(stage, {"stage": "issued", "on": "20/10/2024"})
    assert (wrong.status_code, "Thiếu số, ký hiệu" in wrong.content.decode()) == (422, True)
    assert chi.post(stage, {"stage": "submitted", "on": "20/10/2024", "to": ""}).status_code == 302
    assert steps_of(owed)[-1].to == "Chính phủ"  # as the programme says
    again = chi.post(stage, {"stage": "consultation", "on": "21/10/2024"})
    assert (again.status_code, "đang ở “Đã trình”" in again.content.decode()) == (422, True)
    for page in (stage, f"/programme/{owed.pk}/correct/"):
        assert sign_in(Client(), cast.dung).get(page).status_code == 404


def put_right(**changes: str) -> None:
    """Somebody else puts the text right."""
    owed = Obligation.objects.select_related("legal_text").get()
    facts = LegalFacts("Nghị định", "Chính phủ", "Chính phủ", changes.get("subject", ""))
    right = Correction(owed.arises_on, Due(on=date(2024, 10, 25)), {"title": changes.get("title", owed.title)})
    correct_legal_text(actor=SYSTEM, obligation=owed, correction=right, facts=facts, reason="Người khác sửa")


def correction_of(chi: Client, page: str, **changes: str) -> dict[str, str]:
    """What is sent by one who opened the form now."""
    seen = re.findall(r'name="seen" value="([^"]*)"', chi.get(page).content.decode())[0]
    said = {name: value for name, value in SAID.items() if name != "lead"}
    return {**said, "reason": "Ghi thiếu", "seen": html.unescape(seen), **changes}


@pytest.mark.django_db
def test_the_second_of_two_who_put_a_text_right_is_shown_the_difference(chi: Client) -> None:
    entered(chi)
    page = f"/programme/{Obligation.objects.get().pk}/correct/"
    sent = correction_of(chi, page, note="Xem lại căn cứ")
    put_right(title="Nghị định về chính quyền đô thị", subject="Tổ chức bộ máy")
    refused = chi.post(page, sent)
    body = html.unescape(refused.content.decode())
    assert refused.status_code == 422
    assert "Chủ đề: “–” thành “Tổ chức bộ máy”" in body
    assert "Xem lại căn cứ" in body

    seen = html.unescape(re.findall(r'name="seen" value="([^"]*)"', refused.content.decode())[0])
    newer = {"title": "Nghị định về chính quyền đô thị", "subject": "Tổ chức bộ máy"}
    assert chi.post(page, {**sent, **newer, "seen": seen}).status_code == 302
    owed = Obligation.objects.select_related("legal_text").get()
    assert (owed.title, owed.note, owed.legal_text.subject) == (newer["title"], "Xem lại căn cứ", newer["subject"])


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"title": "Tên người khác ghi"}, {"subject": "Chủ đề người khác ghi"}])
def test_of_two_at_the_same_moment_the_second_writes_nothing(
    chi: Client, monkeypatch: pytest.MonkeyPatch, changes: dict[str, str]
) -> None:
    entered(chi)
    page = f"/programme/{Obligation.objects.get().pk}/correct/"
    sent = correction_of(chi, page, note="Ghi chú", title="Tên tôi ghi", subject="Chủ đề tôi ghi")
    read: Callable[..., Obligation] = texts.legal_text_for

    def read_then_another_writes(*args: Any) -> Obligation:
        found = read(*args)
        put_right(**changes)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(texts, "legal_text_for", read_then_another_writes)
        refused = chi.post(page, sent)
    assert (refused.status_code, "Người khác vừa sửa mục này" in refused.content.decode()) == (422, True)
    owed = Obligation.objects.select_related("legal_text").get()
    assert {"title": owed.title, "subject": owed.legal_text.subject}.items() >= changes.items()
    assert owed.note == ""
    shown = chi.post(page, sent)  # sent again, it is shown what changed
    assert (shown.status_code, "người khác đã sửa" in shown.content.decode()) == (422, True)
