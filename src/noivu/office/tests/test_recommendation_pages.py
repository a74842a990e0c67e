"""The pages of recommendations and of sessions: the matrix, and what is done on them."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.accounts.testing_pages import PageTests
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.work.api import Kind, Obligation, Result, Session, SessionEntry, answer_recommendation, open_session
from noivu.work.testing import gets_recommendation, gets_task

OCTOBER = "/recommendations/?period=2024-10"


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))


def a_session(number: int, **fields: Any) -> Session:
    entry = SessionEntry(code=f"QH15-K{number}", name=f"Kỳ họp thứ {number}, Quốc hội khóa XV", **fields)
    return open_session(actor=SYSTEM, entry=entry)


class TestRecommendations(PageTests):
    page = "office.recommendations"
    verb = "work.view"
    reader, outsider = "binh", "dung"

    def url(self, things: list[Any]) -> str:
        return OCTOBER

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        first = Obligation.objects.count()
        return [
            gets_recommendation(
                cast.binh.unit,
                date(2024, 10, 1 + n),
                due_on=date(2024, 12, 1),
                content=f"Kiến nghị thứ {first + n}",
                session_id=a_session(first + n).pk,
            )
            for n in range(number)
        ]

    def shown(self, thing: Obligation) -> str:
        return thing.title


class TestRecommendation(TestRecommendations):
    page = "office.recommendation"
    detail = True

    def url(self, things: list[Any]) -> str:
        return f"/recommendations/{things[0].pk}/"


class TestSessions(TestRecommendations):
    page = "office.sessions"

    def url(self, things: list[Any]) -> str:
        return "/recommendations/sessions/"

    def shown(self, thing: Obligation) -> str:
        return ""


NEW = {
    "code": "KN-2024-0001",
    "title": "Đề nghị sớm ban hành nghị định về vị trí việc làm",
    "origin": "Đoàn đại biểu Quốc hội tỉnh Nghệ An",
    "arises_on": "03/10/2024",
    "unit": "VP-BNV",
    "field": "Công chức",
}


@pytest.mark.django_db
def test_a_recommendation_is_recorded_answered_and_counted(cast: Cast, client: Client) -> None:
    sign_in(client, cast.binh)
    given = {
        **NEW,
        "session": str(a_session(7, reported_from=date(2024, 7, 1)).pk),
        "rule": "recommendation_national_assembly",
    }
    client.post("/recommendations/new/", given)
    it = Obligation.objects.get(kind=Kind.RECOMMENDATION)
    assert it.session is not None
    assert it.original_due_on is not None
    assert f"Vì sao hạn là {it.original_due_on:%d/%m/%Y}" in client.get(f"/recommendations/{it.pk}/").content.decode()
    answer_recommendation(
        actor=SYSTEM, obligation=it, on=date(2024, 10, 20), symbol="6000/BNV-CCVC", result=Result.EXPLAINED
    )
    body = client.get(OCTOBER).content.decode()
    assert "6000/BNV-CCVC" in body
    assert "Giải trình, cung cấp thông tin" in body
    assert NEW["title"] in client.get(f"{OCTOBER}&cut=completed&session=QH15-K7&result=explained").content.decode()
    assert NEW["title"] not in client.get(f"{OCTOBER}&cut=overdue").content.decode()


@pytest.mark.django_db
def test_a_recommendation_is_put_right(cast: Cast, client: Client) -> None:
    sign_in(client, cast.binh)
    it = gets_recommendation(cast.binh.unit, date(2024, 10, 3))
    right = {**NEW, "code": it.code, "due_on": "02/12/2024", "reason": "Bổ sung hạn"}
    assert client.post(f"/recommendations/{it.pk}/correct/", right).status_code == 302
    it.refresh_from_db()
    assert (it.original_due_on, it.title) == (date(2024, 12, 2), NEW["title"])
    assert "02/12/2024" in client.get(OCTOBER).content.decode()


@pytest.mark.django_db
def test_the_unit_that_assigned_it_and_the_whole_are_said_as_of_a_task(cast: Cast, client: Client) -> None:
    whole = gets_task(cast.em.unit, date(2024, 10, 1), due_on=date(2024, 12, 2), code="NV-0")
    placed = {**NEW, "assigner_unit": "BNV", "parent": "NV-0"}
    refused = sign_in(client, cast.binh).post("/recommendations/new/", {**placed, "parent": ""})
    assert refused.status_code == 422
    assert "Không có quyền giao việc tại đơn vị này." in refused.content.decode()
    sign_in(client, cast.em)
    late = client.post("/recommendations/new/", {**placed, "due_on": "03/12/2024", "unit": "VP-BNV"})
    assert "muộn hơn hạn 02/12/2024 của nhiệm vụ cha NV-0" in late.content.decode()
    client.post("/recommendations/new/", {**placed, "due_on": "02/12/2024", "unit": "VP-BNV"})
    it = Obligation.objects.of_kind(Kind.RECOMMENDATION).get()
    assert (it.assigner_unit, it.parent) == (cast.em.unit, whole)
    page = client.get(f"/recommendations/{it.pk}/").content.decode()
    assert 'Đơn vị giao việc</dt><dd lang="vi">Bộ Nội vụ' in page
    assert f"/tasks/{whole.pk}/" in page


@pytest.mark.django_db
def test_they_are_said_later_where_nothing_was_said_and_stay(cast: Cast, client: Client) -> None:
    whole = gets_task(cast.em.unit, date(2024, 10, 1), code="NV-0")
    it = gets_recommendation(cast.binh.unit, date(2024, 10, 3))
    here, right = f"/recommendations/{it.pk}/correct/", {**NEW, "code": it.code, "reason": "Bổ sung"}
    sign_in(client, cast.em)
    assert 'name="assigner_unit"' in client.get(here).content.decode()
    assert client.post(here, {**right, "assigner_unit": "BNV", "parent": "NV-0"}).status_code == 302
    it.refresh_from_db()
    assert (it.assigner_unit, it.parent) == (cast.em.unit, whole)
    page = client.get(here).content.decode()
    assert 'name="assigner_unit"' not in page
    assert 'name="parent"' not in page
    assert client.post(here, {**right, "title": "Đề nghị khác", "assigner_unit": "VP-BNV"}).status_code == 302
    it.refresh_from_db()
    assert (it.title, it.assigner_unit, it.parent) == ("Đề nghị khác", cast.em.unit, whole)


@pytest.mark.django_db
def test_a_recommendation_without_origin_is_explained(cast: Cast, client: Client) -> None:
    answer = sign_in(client, cast.binh).post("/recommendations/new/", {**NEW, "origin": ""})
    assert answer.status_code == 422
    assert "Nơi chuyển</a>: Mục này còn trống." in answer.content.decode()


@pytest.mark.django_db
def test_a_session_is_recorded_and_its_dates_set(cast: Cast, client: Client) -> None:
    sign_in(client, cast.em)
    given = {"code": "QH15-K8", "name": "Kỳ họp thứ 8", "starts_on": "21/10/2024"}
    assert client.post("/recommendations/sessions/new/", given).status_code == 302
    assert "Kỳ họp thứ 8" in client.get("/recommendations/sessions/").content.decode()
    dates = {**given, "reported_from": "01/11/2024", "reported_to": "01/10/2024"}
    here = f"/recommendations/sessions/{Session.objects.get().pk}/"
    wrong = client.post(here, dates)
    assert "Ngày thôi báo cáo phải sau ngày bắt đầu báo cáo." in wrong.content.decode()
    client.post(here, {**dates, "reported_to": "01/05/2025"})
    assert Session.objects.get().reported_to == date(2025, 5, 1)
    assert sign_in(client, cast.dung).get("/recommendations/sessions/new/").status_code == 404


@pytest.mark.django_db
def test_a_session_is_opened_whatever_its_code(cast: Cast, client: Client) -> None:
    sign_in(client, cast.em)
    for code in ("Kỳ họp 20/HĐND", "new"):
        there = open_session(actor=SYSTEM, entry=SessionEntry(code=code, name=f"Kỳ {code}"))
        assert (
            f'href="/recommendations/sessions/{there.pk}/"' in client.get("/recommendations/sessions/").content.decode()
        )
        assert f'value="{code}"' in client.get(f"/recommendations/sessions/{there.pk}/").content.decode()
    assert client.get(f"/recommendations/sessions/{there.pk + 1}/").status_code == 404


@pytest.mark.django_db
def test_an_earlier_day_does_not_show_a_later_answer(cast: Cast, client: Client) -> None:
    it = gets_recommendation(cast.binh.unit, date(2024, 10, 3), due_on=date(2024, 12, 2))
    answer_recommendation(
        actor=SYSTEM, obligation=it, on=date(2024, 11, 1), symbol="6001/BNV-CCVC", result=Result.EXPLAINED
    )
    sign_in(client, cast.binh)
    assert "6001/BNV-CCVC" not in client.get(OCTOBER).content.decode()
    assert "6001/BNV-CCVC" in client.get(f"{OCTOBER}&as_of=2024-11-01").content.decode()
    cells = cells_of(client.get(f"/recommendations/export/{OCTOBER.removeprefix('/recommendations/')}"))
    assert "6001/BNV-CCVC" not in cells
    assert "Giải trình, cung cấp thông tin" not in cells


def cells_of(answer: Any) -> list[Any]:
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    return [cell.value for row in sheet.iter_rows() for cell in row]


@pytest.mark.django_db
def test_a_new_session_does_not_take_the_code_of_another(cast: Cast, client: Client) -> None:
    seventh = a_session(7, reported_from=date(2024, 7, 1))
    sign_in(client, cast.em)
    answer = client.post("/recommendations/sessions/new/", {"code": seventh.code, "name": "Kỳ khác"})
    assert answer.status_code == 422
    assert f"Mã {seventh.code} là của" in answer.content.decode()
    assert Session.objects.get().reported_from == date(2024, 7, 1)


@pytest.mark.django_db
def test_sessions_count_what_their_reader_may_see(cast: Cast, client: Client) -> None:
    gets_recommendation(cast.binh.unit, date(2024, 10, 1), session_id=a_session(7).pk)
    counted = [
        sign_in(client, one).get("/recommendations/sessions/").content.decode().count(">1</td>")
        for one in (cast.binh, cast.dung)
    ]
    assert counted == [1, 0]


@pytest.mark.django_db
def test_a_session_is_seen_and_used_by_its_unit_and_those_below(cast: Cast, client: Client) -> None:
    of_ministry = a_session(7, unit_id=cast.em.unit.pk)
    for person, seen in ((cast.em, True), (cast.binh, True), (cast.an, False), (cast.dung, False)):
        sign_in(client, person)
        assert (of_ministry.name in client.get("/recommendations/sessions/").content.decode()) is seen
    sign_in(client, cast.an)
    assert of_ministry.name not in client.get("/recommendations/new/").content.decode()
    given = {**NEW, "unit": "SNV-40", "session": str(of_ministry.pk)}
    assert client.post("/recommendations/new/", given).status_code == 422
    assert not Obligation.objects.exists()


@pytest.mark.django_db
def test_a_head_sets_the_sessions_of_the_own_unit_alone(cast: Cast, client: Client) -> None:
    sign_in(client, cast.chi)
    for not_hers in (a_session(7), a_session(8, unit_id=cast.em.unit.pk), a_session(9, unit_id=cast.an.unit.pk)):
        assert client.post(f"/recommendations/sessions/{not_hers.pk}/", {"name": "Khác"}).status_code == 404
    assert client.post("/recommendations/sessions/new/", {"code": "K1", "name": "Kỳ họp"}).status_code == 422
    client.post("/recommendations/sessions/new/", {"code": "K1", "name": "Kỳ họp của Vụ", "unit": "VCQDP-BNV"})
    hers = Session.objects.get(code="K1")
    assert hers.unit_id == cast.chi.unit.pk
    there = f"/recommendations/sessions/{hers.pk}/"
    assert client.post(there, {"name": "Kỳ họp đã sửa", "reported_from": "01/10/2024"}).status_code == 302
    hers.refresh_from_db()
    assert (hers.name, hers.unit_id) == ("Kỳ họp đã sửa", cast.chi.unit.pk)


@pytest.mark.django_db
def test_units_may_use_one_code_unless_one_sees_the_other(cast: Cast) -> None:
    assert a_session(7, unit_id=cast.an.unit.pk).pk != a_session(7, unit_id=cast.em.unit.pk).pk
    with pytest.raises(Refusal, match="Mã QH15-K7 là của"):
        a_session(7, unit_id=cast.binh.unit.pk)


@pytest.mark.django_db
def test_a_recommendation_keeps_a_session_that_who_puts_it_right_does_not_see(cast: Cast, client: Client) -> None:
    seventh = a_session(7, unit_id=cast.binh.unit.pk)
    it = gets_recommendation(cast.binh.unit, date(2024, 10, 3), session_id=seventh.pk)
    Session.objects.update(unit=cast.an.unit)
    shown = sign_in(client, cast.binh).get(f"/recommendations/{it.pk}/correct/").content.decode()
    assert f'<option value="{seventh.pk}" selected>' in shown
    right = {**NEW, "code": it.code, "session": str(seventh.pk), "reason": "Sửa lĩnh vực"}
    assert client.post(f"/recommendations/{it.pk}/correct/", right).status_code == 302
    it.refresh_from_db()
    assert (it.session_id, it.field) == (seventh.pk, "Công chức")
