"""What is given to a unit or a person of another register: seen and done by those, and nothing else of the register."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noivu.accounts.actors import HeldGrant, SignedInActor
from noivu.accounts.testing import Cast, Person, a_person, give, sign_in
from noivu.accounts.testing_pages import PageTests
from noivu.core import access, clock
from noivu.core.access import HEAD, OFFICER, ROLES, VIEWER
from noivu.core.actors import SYSTEM
from noivu.records.api import IncomingDocument, OutgoingDocument
from noivu.records.testing import arrives, goes_out
from noivu.units.api import Unit, one_revision
from noivu.units.testing import Sector
from noivu.work.api import Assignee, Obligation, Reply, assign_document, complete_with_reply, transfer
from noivu.work.models import Cooperation
from noivu.work.testing import gets_recommendation, gets_task, owes_reply

pytestmark = pytest.mark.django_db
ARRIVED = date(2024, 10, 21)


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))


def of_the_ministry(cast: Cast, summary: str = "Đề nghị thẩm định đề án", **fields: Any) -> Obligation:
    """A reply owed by the ministry to a document in its register, given to chi's department unless said otherwise."""
    known = {"assigned_unit_id": cast.chi.unit.pk, **fields}
    return owes_reply(cast.em.unit, ARRIVED, date(2024, 11, 4), summary=summary, **known)


def page_of(owed: Obligation) -> str:
    return f"/documents/in/{owed.document_id}/"


@pytest.fixture
def chi(cast: Cast, client: Client) -> Client:
    """Chi, head of a department, at the keyboard."""
    return sign_in(client, cast.chi)


class TestGivenDocument(PageTests):
    page = "desk.incoming-document"
    verb = "records.view"
    reader, outsider = "chi", "binh"
    detail = True

    def url(self, things: list[Any]) -> str:
        return f"/documents/in/{things[0].pk}/"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        return [of_the_ministry(cast, f"Việc thứ {n} giao cho Vụ").document for n in range(number)]

    def shown(self, thing: IncomingDocument) -> str:
        return thing.summary


class TestGivenDocuments(TestGivenDocument):
    page = "desk.incoming.given"
    detail = False

    def url(self, things: list[Any]) -> str:
        return "/documents/in/?unit=VCQDP-BNV&period=2024-10&cut=given"


class TestHistoryOfAGivenDocument(TestGivenDocument):
    page = "desk.incoming-history"

    def url(self, things: list[Any]) -> str:
        return f"/documents/in/{things[0].pk}/history/"

    def shown(self, thing: IncomingDocument) -> str:
        return ""


class TestTaskHelpedWith(PageTests):
    page = "office.task"
    verb = "work.view"
    reader, outsider = "chi", "binh"
    detail = True

    def url(self, things: list[Any]) -> str:
        return f"/tasks/{things[0].pk}/"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        helping = {"cooperating_unit_ids": [cast.chi.unit.pk]}
        return [gets_task(cast.em.unit, ARRIVED, title=f"Nhiệm vụ phối hợp {n}", **helping) for n in range(number)]

    def shown(self, thing: Obligation) -> str:
        return thing.title


class TestWorkOfTheUnit(PageTests):
    page = "office.my"
    verb = "work.view"
    reader, outsider = "chi", "binh"

    def url(self, things: list[Any]) -> str:
        return "/my/?cut=unit"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        return [of_the_ministry(cast, f"Việc thứ {n} giao cho Vụ").document for n in range(number)]

    def shown(self, thing: IncomingDocument) -> str:
        return thing.summary


def test_a_document_opens_while_it_is_given_to_the_department(cast: Cast, chi: Client) -> None:
    owed = of_the_ministry(cast, assigned_unit_id=None)
    seen = [chi.get(page_of(owed)).status_code]
    for unit in (cast.chi.unit, cast.binh.unit):
        document = IncomingDocument.objects.get(pk=owed.document_id)
        assign_document(actor=SYSTEM, document=document, to=Assignee(unit.pk), on=ARRIVED)
        seen.append(chi.get(page_of(owed)).status_code)
    assert seen == [404, 200, 404]


def test_to_be_given_a_document_does_not_open_the_register(cast: Cast, chi: Client) -> None:
    owed = of_the_ministry(cast)
    page = chi.get(page_of(owed)).content.decode()
    assert 'href="/documents/in/?unit=BNV"' not in page
    assert chi.get("/documents/in/?unit=BNV&period=2024-10").status_code == 404
    own = chi.get("/documents/in/?period=2024-10").content.decode()
    assert 'Tất cả <span class="num">0</span>' in own


def test_an_empty_register_leads_to_what_was_given_from_others(cast: Cast, chi: Client) -> None:
    given = of_the_ministry(cast)
    own = owes_reply(cast.chi.unit, ARRIVED, summary="Vào sổ của Vụ", assigned_unit_id=cast.chi.unit.pk)
    elsewhere = of_the_ministry(cast, "Giao cho Văn phòng", assigned_unit_id=cast.binh.unit.pk)
    empty = chi.get("/documents/in/?period=2024-11").content.decode()
    assert "cut=given" in empty.partition("Xem văn bản được giao")[0].rpartition("href=")[2]

    page = chi.get("/documents/in/?period=2024-10&cut=given").content.decode()
    assert [page_of(owed) in page for owed in (given, own, elsewhere)] == [True, False, False]


def test_the_unit_at_the_top_is_given_nothing(cast: Cast, client: Client) -> None:
    assert "cut=given" not in sign_in(client, cast.em).get("/documents/in/?period=2024-11").content.decode()


@pytest.mark.parametrize("act", ["correct", "cancel", "remove", "require-reply", "assign"])
def test_who_is_given_a_document_does_not_change_the_register(cast: Cast, chi: Client, act: str) -> None:
    owed = of_the_ministry(cast)
    assert chi.get(f"{page_of(owed)}{act}/").status_code == 404
    assert f"{page_of(owed)}{act}/" not in chi.get(page_of(owed)).content.decode()


def test_who_is_given_a_reply_starts_and_answers_but_extends_nothing(cast: Cast, chi: Client) -> None:
    owed = of_the_ministry(cast)
    acts = f"/obligations/{owed.pk}"
    offered = chi.get(page_of(owed)).content.decode()
    assert [f"{acts}/{code}/" in offered for code in ("start", "reply", "extend", "suspend", "cancel")] == [
        True, True, False, False, False,
    ]  # fmt: skip
    assert chi.get(f"{acts}/extend/").status_code == 404
    assert chi.post(f"{acts}/start/", {"on": "28/10/2024"}).status_code == 302
    assert chi.post(f"{acts}/reply/", {"symbol": "12/VCQDP", "on": "30/10/2024"}).status_code == 302
    assert "12/VCQDP" in chi.get(page_of(owed)).content.decode()


def test_the_head_gives_it_on_within_the_department_and_nowhere_else(cast: Cast, chi: Client) -> None:
    owed = of_the_ministry(cast)
    form = f"/obligations/{owed.pk}/assign/"
    assert form in chi.get(page_of(owed)).content.decode()
    to_binh = chi.post(form, {"unit": "VP-BNV", "officer": "Lê Thu Bình", "on": "28/10/2024"})
    assert (to_binh.status_code, "Không có quyền" in to_binh.content.decode()) == (422, True)
    within = chi.post(form, {"unit": "VCQDP-BNV", "officer": "Lê Thị Mai", "on": "28/10/2024"})
    assert within.status_code == 302

    owed.refresh_from_db()
    document = IncomingDocument.objects.get(pk=owed.document_id)
    assert {owed.assigned_to, document.assigned_to} == {"Lê Thị Mai"}
    assert "Lê Thị Mai" in chi.get(page_of(owed)).content.decode()


def test_an_officer_of_the_department_gives_nothing_on(cast: Cast, client: Client) -> None:
    owed = of_the_ministry(cast)
    sign_in(client, a_person("chuyenvien", "Lê Thị Mai", cast.chi.unit, OFFICER))
    assert client.get(f"/obligations/{owed.pk}/assign/").status_code == 404


@pytest.mark.parametrize("keeper", ["em", "chi"])
def test_the_letter_that_answers_is_of_either_register_and_opens(cast: Cast, chi: Client, keeper: str) -> None:
    owed = of_the_ministry(cast)
    letter = goes_out(getattr(cast, keeper).unit, date(2024, 10, 30), summary="Ý kiến thẩm định")
    assert chi.post(f"/obligations/{owed.pk}/reply/", {"symbol": letter.symbol, "on": ""}).status_code == 302

    letter.refresh_from_db()
    assert letter.in_reply_to_id == owed.document_id
    assert "Ý kiến thẩm định" in chi.get(f"/documents/out/{letter.pk}/").content.decode()
    assert chi.get(f"/documents/out/{letter.pk}/correct/").status_code == (404 if keeper == "em" else 200)


def test_a_letter_of_the_ministry_that_answers_nothing_of_the_department_stays_shut(cast: Cast, chi: Client) -> None:
    letter = goes_out(cast.em.unit, date(2024, 10, 30))
    assert chi.get(f"/documents/out/{letter.pk}/").status_code == 404


def test_who_helps_with_a_task_reads_it_and_does_nothing(cast: Cast, chi: Client) -> None:
    task = gets_task(cast.em.unit, ARRIVED, title="Nhiệm vụ chung", cooperating_unit_ids=[cast.chi.unit.pk])
    assert "Nhiệm vụ chung" in chi.get(f"/tasks/{task.pk}/").content.decode()
    assert f"/obligations/{task.pk}/" not in chi.get(f"/tasks/{task.pk}/").content.decode()
    assert chi.get(f"/obligations/{task.pk}/complete/").status_code == 404


def test_a_viewer_of_the_department_reads_and_does_nothing(cast: Cast, client: Client) -> None:
    owed = of_the_ministry(cast)
    sign_in(client, a_person("xem", "Người xem", cast.chi.unit, VIEWER))
    assert client.get(page_of(owed)).status_code == 200
    assert client.get(f"/obligations/{owed.pk}/reply/").status_code == 404


def test_who_is_named_by_account_sees_it_wherever_it_stands(cast: Cast, client: Client) -> None:
    owed = of_the_ministry(cast, assigned_unit_id=None, assigned_officer=cast.an.actor.id)
    sign_in(client, cast.an)
    page = client.get("/my/").content.decode()
    assert page_of(owed) in page
    assert client.get(page_of(owed)).status_code == 200
    assert client.get(f"/obligations/{owed.pk}/reply/").status_code == 200


def test_the_badge_counts_what_the_page_shows(cast: Cast, client: Client) -> None:
    officer = a_person("chuyenvien", "Lê Thị Mai", cast.chi.unit, OFFICER)
    for number in range(3):
        of_the_ministry(cast, f"Việc {number} của Mai", assigned_to="Lê Thị Mai")
    page = sign_in(client, officer).get("/my/").content.decode()
    assert ">3<" in page.partition('href="/my/"')[2].partition("</a>")[0]
    assert [f"Việc {number} của Mai" in page for number in range(3)] == [True] * 3


def test_the_unit_s_work_is_for_those_who_may_see_it(cast: Cast, client: Client) -> None:
    of_the_ministry(cast, "Việc của Vụ")
    guest = a_person("biet-phai", "Người biệt phái", cast.chi.unit)
    give(guest.user, VIEWER, cast.an.unit)
    assert "Việc của Vụ" not in sign_in(client, guest).get("/my/?cut=unit").content.decode()


def test_search_finds_what_was_given(cast: Cast, client: Client) -> None:
    of_the_ministry(cast, "Thẩm định đề án sắp xếp")
    gets_task(cast.em.unit, ARRIVED, title="Thẩm định đề án khác", cooperating_unit_ids=[cast.chi.unit.pk])
    found = {name: _found(client, getattr(cast, name)) for name in ("chi", "binh")}
    assert found == {"chi": (True, True), "binh": (False, False)}


def _found(client: Client, person: Person) -> tuple[bool, bool]:
    page = sign_in(client, person).get("/search/?q=tham+dinh").content.decode()
    return "Thẩm định đề án sắp xếp" in page, "Thẩm định đề án khác" in page


def test_the_home_of_who_worked_in_a_merged_unit_is_its_heir_s(
    sector: Sector, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = arrives(sector.old_home_affairs_nam_dinh, ARRIVED, summary="Việc của sở cũ")
    monkeypatch.setattr(clock, "today", lambda: date(2025, 7, 2))
    person = a_person("cu", "Người của sở cũ", sector.old_home_affairs_nam_dinh)
    give(person.user, HEAD, sector.new_home_affairs_ninh_binh)
    sign_in(client, person)

    assert client.get("/").status_code == 200
    assert "Việc của sở cũ" in client.get("/documents/in/?unit=SNV-36&period=2024-10").content.decode()
    assert "Việc của sở cũ" in client.get(f"/documents/in/{document.pk}/").content.decode()


class TestEveryThingAndDay:
    """`scope` gives exactly what `may` allows, however things are given and units merge."""

    @pytest.fixture
    def things(self, cast: Cast, sector: Sector) -> list[Any]:
        units = list(Unit.objects.order_by("pk"))
        made = []
        for number, unit in enumerate(units[::3]):
            to = units[(5 * number + 1) % len(units)].pk if number % 4 else None
            officer = "user:0" if number % 7 == 3 else ""
            marks = ["restricted" if number % (2 + n) == 0 else "" for n in range(3)]
            owed = owes_reply(unit, ARRIVED, assigned_unit_id=to, assigned_officer=officer, secrecy=marks[0])
            letter = goes_out(units[(2 * number) % len(units)], ARRIVED, secrecy=marks[1])
            OutgoingDocument.objects.filter(pk=letter.pk).update(in_reply_to=owed.document_id if number % 3 else None)
            helping = [units[(3 * number) % len(units)].pk]
            task = gets_task(unit, ARRIVED, cooperating_unit_ids=helping, secrecy=marks[2])
            asked = gets_recommendation(unit, ARRIVED, assigned_unit_id=to)
            made += [owed.document, OutgoingDocument.objects.get(pk=letter.pk), owed, task, asked]
        return made

    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_scope_holds_exactly_what_may_allows(self, things: list[Any], data: Any) -> None:
        units = st.sampled_from(sorted(Unit.objects.values_list("pk", flat=True)))
        grants = st.builds(HeldGrant, st.sampled_from(list(ROLES)), units, st.just(date(2024, 1, 1)))
        held = data.draw(st.lists(grants, min_size=1, max_size=3))
        actor = SignedInActor(id="user:0", name="Người thử", grants=tuple(held))
        verb = data.draw(
            st.sampled_from(["records.view", "records.edit", "work.view", "work.do", "work.allot", "work.assign"])
        )
        today = data.draw(st.sampled_from([date(2024, 11, 1), date(2025, 7, 1)]))
        with pytest.MonkeyPatch.context() as patch, one_revision():
            patch.setattr(clock, "today", lambda: today)
            for model in (IncomingDocument, OutgoingDocument, Obligation):
                of_model = [thing for thing in things if type(thing) is model]
                scoped = list(access.scope(actor, verb, model.objects.all(), given=True).values_list("pk", flat=True))
                allowed = [thing.pk for thing in of_model if access.may(actor, verb, thing)]
                assert sorted(scoped) == sorted(allowed)
                register = access.scope(actor, verb, model.objects.all())
                assert set(register.values_list("pk", flat=True)) <= set(scoped)


def test_a_cooperation_never_shows_a_task_twice(cast: Cast, sector: Sector) -> None:
    task = gets_task(cast.em.unit, ARRIVED)
    for unit in (sector.office, sector.local_government, sector.archives):
        Cooperation.objects.create(obligation=task, unit=unit)
    seen = access.scope(cast.giang.actor, "work.view", Obligation.objects.all(), given=True)
    assert [found.pk for found in seen] == [task.pk]


def test_the_page_of_a_letter_names_every_document_it_answers_that_its_reader_may_see(
    cast: Cast, client: Client
) -> None:
    named = of_the_ministry(cast, "Văn bản được nêu")
    other = of_the_ministry(cast, "Văn bản cũng được trả lời", assigned_unit_id=cast.binh.unit.pk)
    letter = goes_out(cast.em.unit, date(2024, 10, 30))
    for owed in (named, other):
        complete_with_reply(actor=SYSTEM, obligation=owed, reply=Reply.by(letter))
        letter.refresh_from_db()
    page, link = f"/documents/out/{letter.pk}/", f'href="/documents/out/{letter.pk}/"'
    sign_in(client, cast.em)
    shown = client.get(page).content.decode()
    assert all(page_of(owed) in shown for owed in (named, other))
    assert all(link in client.get(page_of(owed)).content.decode() for owed in (named, other))

    sign_in(client, cast.chi)
    shown = client.get(page).content.decode()
    assert page_of(named) in shown
    assert page_of(other) not in shown
    assert "Cũng trả lời" not in shown

    sign_in(client, cast.binh)
    assert client.get(page).status_code == 404
    shown = client.get(page_of(other)).content.decode()
    assert letter.symbol in shown
    assert link not in shown


def test_a_reply_that_is_transferred_opens_its_document_to_the_new_unit(cast: Cast, client: Client) -> None:
    owed = of_the_ministry(cast)
    sign_in(client, cast.an)
    assert client.get(page_of(owed)).status_code == 404
    sign_in(client, cast.em)
    given = {"unit": "SNV-40", "on": "28/10/2024", "reason": "Thuộc thẩm quyền của Sở"}
    to_itself = client.post(f"/obligations/{owed.pk}/transfer/", {**given, "unit": "BNV"})
    assert (to_itself.status_code, "đang thuộc chính đơn vị đó" in to_itself.content.decode()) == (422, True)
    assert client.post(f"/obligations/{owed.pk}/transfer/", given).status_code == 302

    sign_in(client, cast.an)
    shown = client.get(page_of(owed)).content.decode()
    assert "Ghi văn bản trả lời" in shown
    assert client.get(f"/documents/in/{owed.document_id}/correct/").status_code == 404
    answered = client.post(f"/obligations/{owed.pk}/reply/", {"symbol": "9/SNV-VP", "on": "30/10/2024"})
    assert answered.status_code == 302
    sign_in(client, cast.chi)
    assert client.get(page_of(owed)).status_code == 404


def test_who_does_not_owe_a_reply_transfers_it_to_nobody(cast: Cast, client: Client) -> None:
    owed = of_the_ministry(cast)
    given = {"unit": "SNV-40", "on": "28/10/2024", "reason": "Chuyển"}
    for person in (cast.chi, cast.binh, cast.dung):
        assert sign_in(client, person).post(f"/obligations/{owed.pk}/transfer/", given).status_code == 404
    owed.refresh_from_db()
    assert owed.unit_id == cast.em.unit.pk


def test_a_task_that_is_transferred_is_done_by_the_new_unit(cast: Cast) -> None:
    task = gets_task(cast.em.unit, ARRIVED, assigned_to="Đỗ Quang Chi")
    transfer(actor=SYSTEM, obligation=task, unit_id=cast.an.unit.pk, on=date(2024, 10, 28), reason="Sắp xếp")
    task.refresh_from_db()
    assert (task.unit_id, task.assigned_unit_id, task.assigned_to) == (cast.an.unit.pk, cast.an.unit.pk, "")
    assert access.may(cast.an.actor, "work.do", task)
