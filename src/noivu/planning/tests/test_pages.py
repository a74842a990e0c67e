"""The pages of plans, through HTTP: the list, one plan, its events typed by forms, and what it would do."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, Person, a_person, sign_in
from noivu.accounts.testing_pages import PageTests
from noivu.core.access import OFFICER, STEWARD
from noivu.core.actors import SYSTEM
from noivu.planning.keeping import begin_plan, change_plan
from noivu.planning.models import PlanDraft
from noivu.planning.reading import read_plan
from noivu.planning.tests.test_plans import MERGE, measure, planned
from noivu.units.testing import Sector, an_instrument
from noivu.work.testing import gets_task

TITLE = "Sắp xếp các phường của thành phố Vinh"
EMPTY = f"title: {TITLE}\ntakes_effect_on: 2026-03-01\ninstrument: 01/NQ-HĐND\n"


@pytest.fixture(autouse=True)
def in_march(settings: Any) -> None:
    settings.NOIVU_TODAY = "2026-02-10"


@pytest.fixture
def vinh(cast: Cast, sector: Sector) -> Person:
    """An officer of Nghệ An, who may see and draft plans of the whole province."""
    an_instrument("01/NQ-HĐND")
    return a_person("vinh", "Hoàng Thị Vinh", sector.nghe_an, OFFICER)


@pytest.fixture
def draft(vinh: Person) -> PlanDraft:
    return begin_plan(actor=SYSTEM, unit=vinh.unit, text=EMPTY)


@pytest.fixture
def page(vinh: Person, client: Client) -> Client:
    return sign_in(client, vinh)


def words(client: Client, address: str, status: int = 200) -> str:
    return plain(client.get(address), status)


def plain(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.status_code
    bare = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", bare.replace("\u00a0", " "))


def of(draft: PlanDraft, rest: str = "") -> str:
    return f"/planning/{draft.pk}/{rest}"


def merging(draft: PlanDraft, **given: Any) -> dict[str, Any]:
    """What the form of a merger sends."""
    sent = {"row": ["16681", "16690"], "code": "16682", "name": "Phường Vinh", "kind": "ward", "territory": "40"}
    return {**sent, "version": draft.version, "clause": "khoản 1 Điều 1", **given}


class TestPlans(PageTests):
    page = "planning.plans"
    verb = "planning.view"
    reader, outsider = "an", "dung"

    def url(self, things: list[Any]) -> str:
        return "/planning/"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        return [begin_plan(actor=SYSTEM, unit=cast.an.unit, text=EMPTY) for _ in range(number)]

    def shown(self, thing: Any) -> str:
        return TITLE


class TestPlan(PageTests):
    page = "planning.plan"
    verb = "planning.view"
    reader, outsider = "an", "dung"
    detail = True

    def url(self, things: list[Any]) -> str:
        return of(things[0])

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        if not PlanDraft.objects.exists():
            an_instrument("01/NQ-HĐND")
        return [begin_plan(actor=SYSTEM, unit=cast.an.unit, text=planned(MERGE)) for _ in range(number)]

    def shown(self, thing: Any) -> str:
        return "Sắp xếp thử"


# drafting


def test_a_plan_begins_with_title_day_and_instrument(page: Client, vinh: Person) -> None:
    answer = page.post(
        "/planning/new/",
        {
            "title": TITLE,
            "unit": "40",
            "on": "01/03/2026",
            "instrument": "05/NQ-HĐND",
            "issuer": "HĐND tỉnh Nghệ An",
            "issued_on": "15/01/2026",
        },
    )
    begun = PlanDraft.objects.get()
    assert answer.headers["Location"] == of(begun)
    plan = read_plan(begun.text, unfinished=True)
    assert (plan.title, plan.on, plan.instrument) == (TITLE, date(2026, 3, 1), "05/NQ-HĐND")
    assert [(paper.number, paper.issuer) for paper in plan.instruments] == [("05/NQ-HĐND", "HĐND tỉnh Nghệ An")]
    assert "Chưa có sự kiện nào" in words(page, of(begun))


def test_communes_are_merged_by_ticking_them_on_the_list_of_the_day(page: Client, draft: PlanDraft) -> None:
    listed = words(page, of(draft, "events/add/merge/"))
    assert "Phường Thành Vinh 16681" in listed
    assert "Xã Bình Chuẩn 17230" in listed
    assert "Phường Đông Thọ" not in listed

    answer = page.post(of(draft, "events/add/merge/"), merging(draft))
    assert answer.status_code == 302
    draft.refresh_from_db()
    [event] = read_plan(draft.text).events
    assert [source.unit for source in event.sources] == ["16681", "16690"]
    assert (event.targets[0].code, event.targets[0].name, event.clause) == ("16682", "Phường Vinh", "khoản 1 Điều 1")
    shown = words(page, of(draft))
    assert "Phường Thành Vinh (16681), Phường Trường Vinh (16690) → Phường Vinh (16682)" in shown
    assert "Không còn điểm nào phải sửa" in shown


def test_units_are_looked_for_without_a_script_and_what_was_typed_stays(page: Client, draft: PlanDraft) -> None:
    sent = merging(draft, row=["16681"], find="truong vinh", again="find", **{"in": "40"})
    answer = page.post(of(draft, "events/add/merge/"), sent)
    shown = plain(answer)
    assert "1 đã chọn" in shown
    assert 'name="from" value="16681" checked' in answer.content.decode()
    assert 'value="Phường Vinh"' in answer.content.decode()
    assert "Phường Trường Vinh 16690" in shown
    assert "Xã Bình Chuẩn" not in shown
    draft.refresh_from_db()
    assert draft.version == 1


def test_a_new_unit_lies_in_the_province_whose_list_is_open_and_a_move_is_not_filled_in(
    page: Client, draft: PlanDraft
) -> None:
    sent = merging(draft, territory="", again="add", **{"in": "38"})
    assert page.post(of(draft, "events/add/merge/"), sent).context["form"]["territory"].value() == "38 · Tỉnh Thanh Hóa"
    assert page.get(of(draft, "events/add/merge/")).context["form"]["territory"].value() == "40 · Tỉnh Nghệ An"
    chosen = page.get(of(draft, "events/add/merge/?in=38")).context["form"]
    assert chosen["territory"].value() == "38 · Tỉnh Thanh Hóa"
    assert not page.get(of(draft, "events/add/move/")).context["form"]["territory"].value()


def test_the_sort_of_area_chooses_the_standard_of_the_list(page: Client, draft: PlanDraft, sector: Sector) -> None:
    measure(sector.binh_chuan, "population", 4_000)
    shown = words(page, of(draft, "events/add/merge/?in=40&lies=mountain"))
    assert "4.000 người 80%*" in shown
    assert "nơi khác 160%" not in shown


def test_a_part_goes_over_with_its_people_area_and_villages(page: Client, draft: PlanDraft) -> None:
    part = {"share-16690": "part", "population-16690": "1.200", "area_km2-16690": "2,5", "villages-16690": "khối 1"}
    page.post(of(draft, "events/add/merge/"), merging(draft, **part))
    draft.refresh_from_db()
    whole, portion = read_plan(draft.text).events[0].sources
    assert whole.portion.share == "whole"
    assert (portion.portion.share, portion.portion.population, portion.portion.area_hectares) == ("part", 1200, 250)
    assert portion.portion.villages == "khối 1"


def test_what_is_wrong_is_said_beside_the_form_and_nothing_is_saved(page: Client, draft: PlanDraft) -> None:
    wrong = merging(draft, code="", name="", **{"population-16690": "nhiều", "from-more": "99999"})
    shown = plain(page.post(of(draft, "events/add/merge/"), wrong), 422)
    assert "“nhiều” không phải số nguyên" in shown
    assert "99999" in shown
    assert "Mã mới : Mục này còn trống" in shown
    draft.refresh_from_db()
    assert draft.events == 0


SENT: list[tuple[str, dict[str, Any]]] = [
    ("rename", {"unit": "16681 · Phường Thành Vinh", "name": "Phường Vinh Thành"}),
    ("reclassify", {"unit": "17230", "kind": "ward", "name": "Phường Bình Chuẩn"}),
    ("recode", {"unit": "16690", "code": "16691"}),
    ("move", {"unit": "17230", "territory": "38"}),
    ("transfer", {"unit": "16681", "to": "16690", "population": "1.000", "area_km2": "1,25"}),
    ("dissolve", {"row": ["17230"]}),
    ("establish", {"code": "16699", "name": "Phường Mới", "kind": "ward", "territory": "40"}),
    ("abolish-level", {"level": "district", "under": "40"}),
    (
        "split",
        {
            "unit": "16681",
            "targets": "2",
            "code-1": "16683",
            "name-1": "Phường Vinh Bắc",
            "kind-1": "ward",
            "territory-1": "40",
            "code-2": "16690",
        },
    ),
]


@pytest.mark.parametrize(("kind", "sent"), SENT, ids=[kind for kind, _ in SENT])
def test_every_kind_of_event_has_a_form_that_shows_again_what_was_typed(
    page: Client, draft: PlanDraft, kind: str, sent: dict[str, Any]
) -> None:
    answer = page.post(of(draft, f"events/add/{kind}/"), {**sent, "version": draft.version, "clause": "Điều 2"})
    assert answer.status_code == 302, plain(answer, answer.status_code)
    draft.refresh_from_db()
    [event] = read_plan(draft.text).events
    assert (event.kind.value, event.clause) == (kind, "Điều 2")
    shown = page.get(of(draft, "events/1/"))
    form = shown.context["form"]
    again = {bound.name: bound.value() for bound in form if bound.value() not in (None, "", [])}
    rows = {f"{key}-{n}": value for n, row in enumerate(again.pop("targets", []), 1) for key, value in row.items()}
    chosen = {"from": [entry["unit"] for entry in again.pop("sources", [])]}
    page.post(of(draft, "events/1/"), {**again, **chosen, **rows, "targets": str(len(rows))})
    before = draft.text
    draft.refresh_from_db()
    assert draft.text == before


def test_an_event_is_moved_and_taken_out(page: Client, draft: PlanDraft) -> None:
    two = planned('- rename: {unit: "16681", name: Phường A}\n- rename: {unit: "16690", name: Phường B}\n')
    draft = change_plan(actor=SYSTEM, draft=draft, text=two, version=1)
    page.post(of(draft, "events/2/move/"), {"step": "up", "version": 2})
    draft.refresh_from_db()
    assert [event.units for event in read_plan(draft.text).events] == [("16690",), ("16681",)]
    page.post(of(draft, "events/1/remove/"), {"version": 3})
    draft.refresh_from_db()
    assert [event.units for event in read_plan(draft.text).events] == [("16681",)]


def test_of_two_who_change_one_version_the_second_is_told_and_nothing_is_lost(page: Client, draft: PlanDraft) -> None:
    change_plan(actor=SYSTEM, draft=draft, text=EMPTY.replace("phường", "khối phố"), version=1)
    shown = plain(page.post(of(draft, "events/add/merge/"), merging(draft, version=1)), 422)
    assert "vừa sửa phương án này" in shown
    assert "Phường Thành Vinh 16681" in shown
    draft.refresh_from_db()
    assert draft.events == 0
    assert "khối phố" in draft.title


def test_the_text_is_edited_downloaded_and_brought_in_again(page: Client, draft: PlanDraft) -> None:
    page.post(of(draft, "text/"), {"text": planned(MERGE).replace("\n", "\r\n"), "version": 1})
    got = page.get(of(draft, "text/download/"))
    assert got.content.decode() == planned(MERGE)
    from django.core.files.uploadedfile import SimpleUploadedFile

    page.post("/planning/bring/", {"unit": "40", "file": SimpleUploadedFile("p.yaml", got.content)})
    brought = PlanDraft.objects.latest("pk")
    assert brought.pk != draft.pk
    assert brought.text == planned(MERGE)
    other = SimpleUploadedFile("p.yaml", planned(MERGE).replace("thử", "khác").encode())
    page.post(of(draft, "text/"), {"text": planned(MERGE), "file": other, "version": 2})
    draft.refresh_from_db()
    assert draft.title == "Sắp xếp khác"
    shown = plain(page.post(of(draft, "text/"), {"text": "title: [", "version": 3}), 422)
    assert "không phải YAML" in shown


def test_a_plan_set_aside_is_not_changed_until_it_is_taken_up(page: Client, draft: PlanDraft) -> None:
    page.post(of(draft, "set-aside/"), {"reason": "Chưa đủ hồ sơ", "version": 1})
    assert page.get(of(draft, "events/add/merge/")).status_code == 404
    assert TITLE in words(page, "/planning/?cut=aside")
    assert TITLE not in words(page, "/planning/")
    page.post(of(draft, "take-up/"))
    assert page.get(of(draft, "events/add/merge/")).status_code == 200


def test_who_did_what_is_told(page: Client, draft: PlanDraft) -> None:
    page.post(of(draft, "events/add/merge/"), merging(draft))
    told = words(page, of(draft, "history/"))
    assert "Lập phương án sắp xếp" in told
    assert "Hoàng Thị Vinh" in told
    assert "1. Sáp nhập, hợp nhất: 16681 + 16690 → 16682" in told


# who may


def test_plans_of_other_units_do_not_exist(cast: Cast, draft: PlanDraft, client: Client) -> None:
    sign_in(client, cast.dung)
    for rest in ("", "units/", "things/", "history/", "text/download/"):
        assert client.get(of(draft, rest)).status_code == 404


def test_who_only_sees_plans_may_not_change_them(draft: PlanDraft, sector: Sector, client: Client) -> None:
    from noivu.core.access import VIEWER

    sign_in(client, a_person("xem", "Người xem", sector.nghe_an, VIEWER))
    assert "Thêm sự kiện" not in words(client, of(draft))
    for rest in ("head/", "text/", "events/add/merge/", "set-aside/"):
        assert client.get(of(draft, rest)).status_code == 404
    assert client.post(of(draft, "events/add/merge/"), merging(draft)).status_code == 404


def test_a_plan_is_not_begun_for_a_unit_out_of_reach(page: Client, vinh: Person) -> None:
    sent = {"title": TITLE, "unit": "38", "on": "01/03/2026"}
    assert "Không có quyền" in plain(page.post("/planning/new/", sent), 422)


# effects


def test_the_page_says_what_is_wrong_where_and_what_to_do(page: Client, draft: PlanDraft) -> None:
    bad = planned(MERGE + '- rename: {unit: "16690", name: Phường X}\n  clause: khoản 7 Điều 1\n')
    draft = change_plan(actor=SYSTEM, draft=draft, text=bad, version=1)
    answer = page.get(of(draft))
    assert "Còn 1 điểm phải sửa trước khi thực hiện" in plain(answer)
    assert f'href="{of(draft, "events/2/")}"' in answer.content.decode()
    assert "khoản 7 Điều 1" in plain(answer)
    assert "Tính được khi không còn điểm phải sửa" in plain(answer)


def test_a_plan_without_number_of_its_instrument_says_so(page: Client, draft: PlanDraft) -> None:
    text = planned(MERGE).replace("instrument: 01/NQ-HĐND\n", "")
    draft = change_plan(actor=SYSTEM, draft=draft, text=text, version=1)
    assert "chưa có số, ký hiệu văn bản" in words(page, of(draft))


def test_what_is_open_is_told_before_the_instrument_is_issued(page: Client, draft: PlanDraft, sector: Sector) -> None:
    gets_task(sector.new_thanh_vinh, date(2026, 2, 1))
    text = planned(MERGE).replace("instrument: 01/NQ-HĐND\n", "")
    draft = change_plan(actor=SYSTEM, draft=draft, text=text, version=1)
    shown = words(page, of(draft, "things/"))
    assert "Việc đang phải làm 1 1 1 0" in shown


def test_an_instrument_that_nobody_registered_is_named(page: Client, draft: PlanDraft) -> None:
    draft = change_plan(actor=SYSTEM, draft=draft, text=planned(MERGE).replace("01/NQ", "77/NQ"), version=1)
    assert "Văn bản “77/NQ-HĐND” chưa có trong danh mục" in words(page, of(draft))


def test_area_and_population_stand_against_the_standards_of_the_day(
    page: Client, draft: PlanDraft, sector: Sector
) -> None:
    measure(sector.new_thanh_vinh, "population", 30_000)
    measure(sector.new_truong_vinh, "population", 12_000)
    measure(sector.new_thanh_vinh, "area", 440)
    measure(sector.new_truong_vinh, "area", 110)
    draft = change_plan(actor=SYSTEM, draft=draft, text=planned(MERGE), version=1)
    shown = words(page, of(draft))
    assert "42.000 người 200%*" in shown  # 42,000 of 21,000
    assert "5,5 km² 100%*" in shown  # 5.5 of 5.5
    assert "112/2025/UBTVQH15" in shown
    assert "chưa kiểm chứng" in shown
    assert "Dân số (người), cấp xã: trước 42.000 = sau 42.000" in shown


def test_what_is_not_known_is_said_and_not_guessed(page: Client, draft: PlanDraft, sector: Sector) -> None:
    measure(sector.new_thanh_vinh, "population", 30_000)
    draft = change_plan(actor=SYSTEM, draft=draft, text=planned(MERGE), version=1)
    shown = words(page, of(draft))
    assert "chưa rõ" in shown
    assert "Dân số (người), cấp xã: chưa đối chiếu được, 2 đơn vị chưa rõ số" in shown


def test_what_the_instrument_states_otherwise_is_shown_as_a_difference(
    page: Client, draft: PlanDraft, sector: Sector
) -> None:
    measure(sector.new_thanh_vinh, "population", 30_000)
    measure(sector.new_truong_vinh, "population", 12_000)
    text = planned(MERGE.replace('territory: "40"}', 'territory: "40", population: 41000}'))
    draft = change_plan(actor=SYSTEM, draft=draft, text=text, version=1)
    assert "trước 42.000 ≠ sau 41.000 (−1.000)" in words(page, of(draft))


def test_the_place_of_a_commune_decides_its_standard(page: Client, draft: PlanDraft, sector: Sector) -> None:
    measure(sector.binh_chuan, "population", 4_000)
    into = '{code: "17231", name: Xã Bình, kind: xã, territory: "40", place: mountain, minority: "60"}'
    draft = change_plan(
        actor=SYSTEM, draft=draft, text=planned(f'- merge: {{into: {into}, from: ["17230"]}}'), version=1
    )
    assert "4.000 người 177,78%*" in words(page, of(draft))  # 5,000 × 45 % = 2,250


def test_units_of_which_several_standards_may_apply_show_each(page: Client, draft: PlanDraft, sector: Sector) -> None:
    measure(sector.binh_chuan, "population", 4_000)
    shown = words(page, of(draft, "events/add/merge/"))
    assert "4.000 người 80%* miền núi; 160%* hải đảo; 25%* nơi khác" in shown


def test_what_other_rooms_hold_is_counted_and_what_waits_is_named(
    page: Client, draft: PlanDraft, sector: Sector
) -> None:
    gets_task(sector.new_thanh_vinh, date(2026, 2, 1))
    a_person("giu", "Người giữ quyền", sector.new_truong_vinh, STEWARD)
    draft = change_plan(actor=SYSTEM, draft=draft, text=planned(MERGE), version=1)
    told = words(page, of(draft, "things/"))
    assert "Phường Trường Vinh (16690)" in told
    assert re.search(r"1 1 1 0", told), told


def test_all_units_that_a_plan_makes_are_listed_and_searched(page: Client, draft: PlanDraft) -> None:
    draft = change_plan(actor=SYSTEM, draft=draft, text=planned(MERGE), version=1)
    assert "Phường Vinh 16682" in words(page, of(draft, "units/?q=phuong+vinh"))
    assert "Phường Vinh 16682" not in words(page, of(draft, "units/?q=khong+co"))


def test_the_pages_speak_english(page: Client, draft: PlanDraft) -> None:
    page.post("/ui/language/", {"language": "en", "next": "/"})
    draft = change_plan(actor=SYSTEM, draft=draft, text=planned(MERGE), version=1)
    assert "Nothing is left to mend" in words(page, of(draft))
    assert "Units that go in" in words(page, of(draft, "events/add/merge/"))
