"""What was wrongly addressed goes back to who sent it, or is turned down with the reason: owed no more, yet counted."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.core.periods import Period
from noivu.core.refusals import Refusal
from noivu.figures.api import Question, ask
from noivu.units.testing import Sector
from noivu.work.api import Obligation, Result, TaskEntry, answer_recommendation, create_task, decline, withdraw
from noivu.work.testing import gets_recommendation, gets_task

pytestmark = pytest.mark.django_db
NOVEMBER = Period.parse("2026-11")
RESULTS = [result.value for result in Result]


@pytest.fixture(autouse=True)
def _in_november_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 23))


def day(number: int) -> date:
    return date(2026, 11, number)


def question_for(sector: Sector) -> Obligation:
    entry = TaskEntry("CV-1", "Chất vấn", "Đại biểu", day(2), sector.home_affairs_nghe_an.pk, kind="question")
    return create_task(actor=SYSTEM, entry=entry)


def test_it_goes_back_within_the_days_of_the_place_and_says_whether_in_time(cast: Cast, client: Client) -> None:
    it = gets_recommendation(cast.an.unit, day(2), code="KN-1", content="Đường dây điện của xã")
    an = sign_in(client, cast.an)
    form = an.get(f"/obligations/{it.pk}/pass-back/").content.decode()
    assert "3 ngày làm việc (98/2025/QĐ-UBND, Điều 6 khoản 6)" in form
    assert "5 ngày làm việc (98/2025/QĐ-UBND, Điều 7 khoản 2)" in form
    given = {"on": "06/11/2026", "symbol": "12/SNV-VP", "rule": "nghe_an_recommendation_return"}
    refused = an.post(f"/obligations/{it.pk}/pass-back/", given)
    assert refused.status_code == 422
    assert an.post(f"/obligations/{it.pk}/pass-back/", {**given, "reason": "Thuộc Sở Công Thương"}).status_code == 302
    page = an.get(f"/recommendations/{it.pk}/").content.decode()
    assert "Đã trả lại, từ chối" in page
    assert "12/SNV-VP, hạn trả lại 05/11/2026 theo 98/2025/QĐ-UBND: trễ hạn" in page
    assert "Thuộc Sở Công Thương" in page
    register = an.get("/recommendations/?period=2026-11&cut=declined").content.decode()
    assert it.title in register
    board = an.get("/recommendations/?period=2026-11&view=board").content.decode()
    assert it.title in board


def test_other_places_give_it_back_without_a_rule(cast: Cast, client: Client) -> None:
    it = gets_recommendation(cast.binh.unit, day(2))
    binh = sign_in(client, cast.binh)
    assert 'name="rule"' not in binh.get(f"/obligations/{it.pk}/pass-back/").content.decode()
    told: dict[str, Any] = {"on": "04/11/2026", "reason": "Không thuộc thẩm quyền"}
    assert binh.post(f"/obligations/{it.pk}/pass-back/", told).status_code == 302
    assert "Trả lại nơi chuyển" in binh.get(f"/recommendations/{it.pk}/").content.decode()
    other = gets_recommendation(cast.binh.unit, day(2))
    with pytest.raises(Refusal, match="không áp dụng cho đơn vị này"):
        decline(actor=SYSTEM, obligation=other, on=day(4), reason="x", rule="nghe_an_recommendation_return")


def test_a_question_is_turned_down_with_the_reason_and_restored(sector: Sector, cast: Cast, client: Client) -> None:
    it = question_for(sector)
    an = sign_in(client, cast.an)
    assert an.post(f"/obligations/{it.pk}/turn-down/", {"on": "05/11/2026", "reason": ""}).status_code == 422
    given = {"on": "05/11/2026", "reason": "Đã trả lời tại phiên họp trước"}
    assert an.post(f"/obligations/{it.pk}/turn-down/", given).status_code == 302
    page = an.get(f"/questions/{it.pk}/").content.decode()
    assert "Từ chối giải quyết" in page
    assert "Đã trả lời tại phiên họp trước" in page
    values = figures(sector, "questions")
    assert (values["questions.received"], values["questions.declined"]) == (1, 1)
    withdraw(actor=SYSTEM, obligation=it, reason="Ghi nhầm")
    assert figures(sector, "questions")["questions.declined"] == 0


def figures(sector: Sector, name: str) -> Any:
    parts = ("open_in_time", "open_overdue", "open_no_deadline", "suspended", "declined")
    done = "answered" if name == "recommendations" else "completed"
    codes = tuple(f"{name}.{part}" for part in ("received", done, *parts))
    both = ("obligations.arising", "obligations.completed", *(f"obligations.{part}" for part in parts))
    unit = sector.home_affairs_nghe_an.pk
    [answer] = ask([Question(unit, NOVEMBER, as_of=day(23), indicators=(*codes, *both))])
    assert all(identity.holds for identity in answer.identities)
    return answer.values


def test_received_is_the_four_classes_and_what_went_back_and_what_is_open(sector: Sector) -> None:
    unit = sector.home_affairs_nghe_an
    for result in Result:
        it = gets_recommendation(unit, day(2))
        answer_recommendation(actor=SYSTEM, obligation=it, on=day(9), symbol="1/SNV", result=result)
    for passes_back in (True, True, False):
        it = gets_recommendation(unit, day(2), due_on=day(4))
        decline(actor=SYSTEM, obligation=it, on=day(5), reason="Nhầm nơi", passes_back=passes_back)
    gets_recommendation(unit, day(2), due_on=day(4))
    values = figures(sector, "recommendations")
    classes = Obligation.objects.filter(result__in=RESULTS).count()
    assert (values["recommendations.received"], values["recommendations.declined"]) == (8, 3)
    assert values["recommendations.answered"] == classes == 4
    assert values["recommendations.open_overdue"] == 1
    assert (values["obligations.arising"], values["obligations.declined"]) == (8, 3)


def test_what_was_answered_or_belongs_to_no_sender_does_not_go_back(sector: Sector) -> None:
    it = gets_recommendation(sector.home_affairs_nghe_an, day(2))
    answer_recommendation(actor=SYSTEM, obligation=it, on=day(9), symbol="1/SNV", result=Result.RESOLVED)
    with pytest.raises(Refusal):
        decline(actor=SYSTEM, obligation=it, on=day(10), reason="Nhầm nơi")
    with pytest.raises(Refusal, match="không trả lại nơi chuyển"):
        decline(actor=SYSTEM, obligation=gets_task(sector.office, day(2)), on=day(3), reason="Nhầm nơi")
    gone = gets_recommendation(sector.home_affairs_nghe_an, day(2))
    decline(actor=SYSTEM, obligation=gone, on=day(5), reason="Nhầm nơi")
    with pytest.raises(Refusal):
        answer_recommendation(actor=SYSTEM, obligation=gone, on=day(9), symbol="1/SNV", result=Result.RESOLVED)
    with pytest.raises(Refusal):
        decline(actor=SYSTEM, obligation=gone, on=day(6), reason="Nhầm nơi", passes_back=False)
