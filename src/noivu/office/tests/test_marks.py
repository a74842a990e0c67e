"""Urgency, priority and secrecy of what is owed; what is restricted is seen by few, and counted for all."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, a_person, sign_in
from noivu.core import access, clock
from noivu.core.access import HEAD, OFFICER
from noivu.intake.api import RECOMMENDATIONS, TASKS
from noivu.intake.testing import put_in, states
from noivu.work.api import Obligation, ObligationSpan
from noivu.work.testing import gets_task

OCTOBER = "/tasks/?period=2024-10"
TYPED = {
    "title": "Rà soát hồ sơ nhân sự",
    "assigner": "Bộ trưởng",
    "arises_on": "01/10/2024",
    "lead": "VCQDP-BNV",
    "code": "NV-2024-0001",
    "urgency": "express",
    "priority": "high",
}


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))


@pytest.mark.django_db
def test_marks_are_entered_shown_and_narrow_the_register(cast: Cast, client: Client) -> None:
    chi = sign_in(client, cast.chi)
    page = chi.post("/tasks/new/", {**TYPED, "secrecy": "internal"}).headers["Location"]
    gets_task(cast.chi.unit, date(2024, 10, 2), title="Việc thường")
    assert "Hỏa tốc · Trọng tâm · Nội bộ" in chi.get(page).content.decode()
    narrowed = chi.get(f"{OCTOBER}&urgency=express&priority=high").content.decode()
    assert TYPED["title"] in narrowed
    assert "Việc thường" not in narrowed


@pytest.mark.django_db
def test_a_state_secret_is_refused_with_the_reason(cast: Cast, client: Client) -> None:
    answer = sign_in(client, cast.chi).post("/tasks/new/", {**TYPED, "secrecy": "state"})
    assert "Không ghi bí mật nhà nước vào hệ thống nối mạng" in answer.content.decode()
    row: dict[str, Any] = {
        "code": "NV-1", "title": "Soạn báo cáo", "assigner": "Bộ trưởng", "assigned_on": date(2024, 10, 1),
        "lead_unit": cast.chi.unit, "urgency": "urgent", "priority": None, "secrecy": "state",
    }  # fmt: skip
    (outcome,) = put_in(TASKS, [row])
    assert (outcome.state, outcome.column) == ("quarantined", "secrecy")
    assert not Obligation.objects.exists()
    assert states(put_in(TASKS, [{**row, "secrecy": "restricted"}])) == ["applied"]
    assert (Obligation.objects.get().urgency, Obligation.objects.get().secrecy) == ("urgent", "restricted")


@pytest.mark.django_db
def test_a_recommendation_bears_marks_in_its_form_register_and_sheet(cast: Cast, client: Client) -> None:
    chi = sign_in(client, cast.chi)
    typed = {
        "title": "Đề nghị nâng phụ cấp", "origin": "Đoàn đại biểu", "arises_on": "01/10/2024", "unit": "VCQDP-BNV",
        "code": "KN-2024-0001", "urgency": "express", "priority": "high",
    }  # fmt: skip
    refused = chi.post("/recommendations/new/", {**typed, "secrecy": "state"})
    assert "Không ghi bí mật nhà nước vào hệ thống nối mạng" in refused.content.decode()
    page = chi.post("/recommendations/new/", {**typed, "secrecy": "internal"}).headers["Location"]
    assert "Hỏa tốc · Trọng tâm · Nội bộ" in chi.get(page).content.decode()
    row: dict[str, Any] = {
        "code": "KN-2024-0002", "origin": "Đoàn đại biểu", "content": "Đề nghị thường", "unit": cast.chi.unit,
        "received_on": date(2024, 10, 2), "urgency": "ordinary", "priority": "none", "secrecy": "restricted",
    }  # fmt: skip
    assert states(put_in(RECOMMENDATIONS, [row])) == ["applied"]
    found = Obligation.objects.get(code="KN-2024-0002")
    assert (found.urgency, found.priority, found.secrecy) == ("", "", "restricted")
    (aside,) = put_in(RECOMMENDATIONS, [{**row, "secrecy": "state"}])
    assert (aside.state, aside.column) == ("quarantined", "secrecy")
    narrowed = chi.get("/recommendations/?period=2024-10&urgency=express&priority=high").content.decode()
    assert typed["title"] in narrowed
    assert "Đề nghị thường" not in narrowed
    corrected = {**typed, "priority": "", "secrecy": "internal", "reason": "Đánh dấu nhầm", "rule": "", "session": ""}
    assert chi.post(f"{page}correct/", corrected).status_code == 302
    assert Obligation.objects.get(code="KN-2024-0001").priority == ""


@pytest.mark.django_db
def test_what_is_restricted_is_seen_by_few_and_counted_for_all(cast: Cast, client: Client) -> None:
    unit = cast.chi.unit
    officer = a_person("linh", "Phan Thị Linh", unit, OFFICER)
    given = a_person("nga", "Vũ Thị Nga", unit, OFFICER)
    head_elsewhere = a_person("tam", "Ngô Minh Tâm", cast.binh.unit, HEAD)
    title = "Xác minh đơn thư của cán bộ"
    task = gets_task(unit, date(2024, 10, 3), date(2024, 10, 20), title=title, secrecy="restricted",
                     assigned_officer=given.actor.id, assigned_to="Vũ Thị Nga")  # fmt: skip
    gets_task(unit, date(2024, 10, 4), title="Việc thường")
    page = f"/tasks/{task.pk}/"

    for person, sees in ((officer, False), (given, True), (cast.chi, True), (cast.em, True), (head_elsewhere, False)):
        reader = sign_in(client, person)
        assert (reader.get(page).status_code == 200) is sees, person.username
        assert access.may(person.actor, "work.view", task) is sees
        for listed in (f"{OCTOBER}&unit=VCQDP-BNV", "/my/?cut=unit", "/search/?q=xac+minh"):
            body = reader.get(listed).content.decode()
            assert (title in body) is (sees and not (listed.startswith("/my") and person is cast.em)), (
                person.username, listed,
            )  # fmt: skip
    spans = access.scope(officer.actor, "work.view", ObligationSpan.objects.current())
    assert spans.values("obligation").distinct().count() == 1

    reader = sign_in(client, officer)
    figure = reader.get("/figures/tasks.assigned/?unit=VCQDP-BNV&period=2024-10").content.decode()
    assert "Đếm 2 bản ghi, được xem 1" in figure
