"""Each kind offers the rules of law by which one of it may be due: in force, of the place, with number and source."""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from noivu.accounts.testing import Cast, Person, sign_in
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.law.api import rule_codes, rules_for
from noivu.matters.api import rules_offered
from noivu.work.api import (
    Due,
    Obligation,
    ObligationEvent,
    TaskEntry,
    create_task,
    obligation_kinds,
)

pytestmark = pytest.mark.django_db
NOT_ABOUT_WHAT_IS_OWED: dict[str, str] = {}
"""Rules that no kind offers, and why."""
WITHOUT_RULES = {
    "question": "the sources give a time limit for voters' recommendations, none for deputies' questions",
    "inspection": "the sources give none: each conclusion names its day",
}
_OWN = {"code": "VB-1", "title": "Nội dung", "assigner": "Bộ trưởng", "lead": "SNV-40", "unit": "SNV-40",
        "origin": "Đoàn đại biểu Quốc hội tỉnh Nghệ An"}  # fmt: skip


@pytest.fixture(autouse=True)
def _in_november_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 23))


def test_every_rule_of_law_is_offered_by_a_kind_or_says_why_not() -> None:
    offered = {f"deadline.{rule}" for kind in obligation_kinds for rule in rules_for(kind.code)}
    known = set(rule_codes())
    assert known - offered == {f"deadline.{rule}" for rule in NOT_ABOUT_WHAT_IS_OWED}
    assert {kind.code for kind in obligation_kinds if not rules_for(kind.code)} == WITHOUT_RULES.keys()


def offered_to(client: Client, person: Person, place: str, **typed: str) -> list[str]:
    page = sign_in(client, person)
    body = (page.post(place, typed) if typed else page.get(place)).content.decode()
    return re.findall(r'<option value="([a-z_0-9]+)"', body.partition('name="rule"')[2].partition("</select>")[0])


def test_each_kind_offers_its_rules_with_number_source_and_mark(cast: Cast, client: Client) -> None:
    for kind in obligation_kinds:
        if kind.code == "reply":
            continue
        place = "/programme/new/" if kind.code == "legal_text" else f"{kind.register}new/"
        offered = offered_to(client, cast.em, place)
        assert offered == [code for code, _ in rules_offered(cast.em.actor, kind.code, [clock.today()])], kind.code
        assert bool(offered) is bool(rules_for(kind.code))
    words = dict(rules_offered(cast.em.actor, "report_due", [clock.today()]))
    assert "20 (581/BNV-CCHC" in str(words["reform_report"])
    assert "15 (chưa kiểm chứng; 191/2026/NĐ-CP, Điều 20 khoản 1)" in str(words["programme_registration"])


def test_below_its_rule_a_form_tells_the_date_from_the_fields_that_count_and_no_others(
    cast: Cast, client: Client
) -> None:
    page = html.unescape(sign_in(client, cast.em).get("/tasks/new/").content.decode())
    counting = ("rule", "arises_on", "counted_from", "working_days")
    assert 'hx-get="/law/deadline/counted/?first=arises_on"' in page
    assert f'hx-include="{", ".join(f"#id_{name}" for name in counting)}"' in page
    assert f'hx-trigger="{", ".join(f"change from:#id_{name}" for name in counting)}"' in page


def test_what_a_place_rules_is_offered_and_holds_there_alone(cast: Cast, client: Client) -> None:
    place = "/recommendations/new/"
    own = [
        "nghe_an_recommendation", "nghe_an_recommendation_complex",
        "nghe_an_recommendation_settled", "nghe_an_recommendation_urgent",
    ]  # fmt: skip
    assert [code for code in offered_to(client, cast.an, place) if "nghe_an" in code] == own
    assert not [code for code in offered_to(client, cast.binh, place) if "nghe_an" in code]
    words = dict(rules_offered(cast.an.actor, "recommendation", [clock.today()]))
    assert "20 ngày làm việc (98/2025/QĐ-UBND, Điều 5 khoản 1)" in str(words["nghe_an_recommendation"])
    with pytest.raises(Refusal) as refused:
        gets_task_by("nghe_an_recommendation", cast.binh)
    assert refused.value.where == "rule"
    assert gets_task_by("nghe_an_recommendation", cast.an).original_due_on is not None


def gets_task_by(rule: str, person: Person) -> Obligation:
    entry = TaskEntry("NV-9", "Trả lời", "Chủ tịch", date(2026, 11, 2), person.unit.pk, due=Due(rule=rule))
    return create_task(actor=SYSTEM, entry=entry)


def test_a_rule_is_offered_where_it_was_in_force_on_the_day_it_arose(cast: Cast, client: Client) -> None:
    place = "/recommendations/new/"
    assert "nghe_an_recommendation" in offered_to(client, cast.an, place)
    early = {**_OWN, "arises_on": "02/10/2025", "rule": "nghe_an_recommendation"}
    answer = sign_in(client, cast.an).post(place, early)
    assert answer.status_code == 422
    assert "không có giá trị có hiệu lực ngày 02/10/2025" in answer.content.decode()


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        ("nghe_an_recommendation", date(2026, 12, 1)),
        ("nghe_an_recommendation_urgent", date(2026, 11, 16)),
        ("nghe_an_recommendation_complex", date(2026, 12, 15)),
        ("nghe_an_recommendation_settled", date(2026, 11, 16)),
    ],
)
def test_what_is_chosen_gives_the_date_and_opens_to_its_reasoning(
    cast: Cast, client: Client, rule: str, due: date
) -> None:
    given = {**_OWN, "arises_on": "02/11/2026", "rule": rule}
    page = sign_in(client, cast.an).post("/recommendations/new/", given).headers["Location"]
    it = Obligation.objects.get()
    assert it.original_due_on == due
    shown = client.get(page).content.decode()
    assert f"Vì sao hạn là {due:%d/%m/%Y}" in shown
    assert "98/2025/QĐ-UBND" in shown


def test_a_rule_counts_from_the_day_of_a_session_and_is_put_right_from_it(cast: Cast, client: Client) -> None:
    chi = sign_in(client, cast.chi)
    given: dict[str, Any] = {
        **_OWN, "lead": "VCQDP-BNV", "type": "Báo cáo kỳ họp", "arises_on": "02/11/2026",
        "rule": "recommendation_report_peoples_council", "counted_from": "20/12/2026",
    }  # fmt: skip
    page = chi.post("/reports-due/new/", given).headers["Location"]
    it = Obligation.objects.get()
    assert it.original_due_on == date(2026, 11, 20)
    assert 'value="20/12/2026"' in chi.get(f"{page}correct/").content.decode()
    right = {**given, "counted_from": "21/12/2026", "reason": "Kỳ họp lùi một ngày"}
    assert chi.post(f"{page}correct/", right).status_code == 302
    it.refresh_from_db()
    assert it.original_due_on == date(2026, 11, 21)
    last = ObligationEvent.objects.current().get(happening="due_set")
    assert (last.rule, last.counted_from) == (given["rule"], date(2026, 12, 21))


def test_a_day_to_count_from_asks_for_the_rule(cast: Cast, client: Client) -> None:
    given = {**_OWN, "arises_on": "02/11/2026", "counted_from": "20/12/2026"}
    answer = sign_in(client, cast.an).post("/recommendations/new/", given)
    assert answer.status_code == 422
    assert "Chọn quy định, hoặc bỏ trống ngày này." in answer.content.decode()


def test_a_legal_text_is_due_on_the_day_of_its_programmed_month(cast: Cast, client: Client) -> None:
    given = {
        "lead": "VCQDP-BNV", "code": "VB-1", "title": "Nghị định về vị trí việc làm", "type": "Nghị định",
        "authority": "Chính phủ", "registered_on": "02/11/2026", "rule": "programme_submission",
        "counted_from": "01/03/2027",
    }  # fmt: skip
    page = sign_in(client, cast.chi).post("/programme/new/", given).headers["Location"]
    assert Obligation.objects.get().original_due_on == date(2027, 3, 20)
    assert "Vì sao hạn là 20/03/2027" in client.get(page).content.decode()


def test_a_document_that_arrives_offers_the_rules_of_a_reply(cast: Cast, client: Client) -> None:
    offered = offered_to(client, cast.an, reverse("desk:incoming-new"))
    assert offered == [code for code, _ in rules_offered(cast.an.actor, "reply", [clock.today()])]
    assert "nghe_an_recommendation" in offered
    assert "file_deposit" not in offered
