"""The annex of a plan as Word and XLSX, and plans that are carried out and taken back on their page."""

import io
from typing import Any

import pytest
from django.test import Client
from docx import Document
from python_calamine import CalamineWorkbook

from noivu.accounts.testing import Person, a_person, sign_in
from noivu.core.access import OFFICER, STEWARD
from noivu.core.actors import SYSTEM
from noivu.planning.keeping import change_plan
from noivu.planning.models import PlanDraft
from noivu.planning.tests.test_pages import draft, of, page, plain, vinh, words  # noqa: F401  fixtures
from noivu.planning.tests.test_plans import MARCH, MERGE, measure, planned
from noivu.units.api import tree
from noivu.units.testing import Sector

PARTED = """
- merge:
    into: {code: "16682", name: Phường Vinh, kind: phường, territory: "40", seat: Số 1 đường Lê Mao}
    from: ["16681", {unit: "16690", share: part, population: 2000, area_km2: "1.5", villages: "khối 1"}]
  clause: khoản 1 Điều 1
- rename: {unit: "17230", name: =Xã Bình}
  clause: Điều 2
"""


@pytest.fixture(autouse=True)
def in_february(settings: Any) -> None:
    settings.NOIVU_TODAY = "2026-02-10"


@pytest.fixture
def parted(draft: PlanDraft, sector: Sector) -> PlanDraft:  # noqa: F811
    for unit, people, area in ((sector.new_thanh_vinh, 30_000, 440), (sector.new_truong_vinh, 12_000, 300)):
        measure(unit, "population", people)
        measure(unit, "area", area)
    return change_plan(actor=SYSTEM, draft=draft, text=planned(PARTED), version=1)


@pytest.fixture
def steward(sector: Sector, client: Client, vinh: Person) -> Client:  # noqa: F811
    return sign_in(client, a_person("chu", "Quản trị dữ liệu tỉnh", sector.nghe_an, STEWARD))


def said_by(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_annex_as_word_says_who_goes_where_and_by_which_clause(page: Client, parted: PlanDraft) -> None:  # noqa: F811
    answer = page.get(of(parted, "annex/docx/"))
    said = said_by(answer.content)
    assert "PHỤ LỤC" in said
    assert "Sắp xếp thử" in said
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in said
    assert "(Kèm theo văn bản số 01/NQ-HĐND" in said
    assert "Theo đơn vị và pháp luật ngày 01/03/2026" in said
    assert "Phường Vinh (16682); trụ sở: Số 1 đường Lê Mao" in said
    parts = "toàn bộ Phường Thành Vinh (16681), một phần Phường Trường Vinh (16690) (2.000 người; 150 ha; khối 1)"
    assert parts in said
    assert "5,9 (107,27%*)" in said  # (4.4 + 1.5) of 5.5
    assert "32.000 (152,38%*)" in said  # (30,000 + 2,000) of 21,000
    assert "khoản 1 Điều 1" in said
    assert "Dân số (người), cấp xã: trước 42.000 = sau 42.000." in said
    assert "112/2025/UBTVQH15" in said
    assert "chưa kiểm chứng" in said


def test_the_columns_of_the_annex_are_as_wide_as_what_they_hold(page: Client, parted: PlanDraft) -> None:  # noqa: F811
    document = Document(io.BytesIO(page.get(of(parted, "annex/docx/")).content))
    [units] = [table for table in document.tables if table.rows[0].cells[0].text == "TT"]
    widths = [cell.width for cell in units.rows[1].cells]
    assert widths[2] > 4 * widths[0]
    assert widths[1] > widths[3] > widths[5]


def test_the_annex_as_xlsx_has_numbers_as_numbers_and_runs_nothing(page: Client, parted: PlanDraft) -> None:  # noqa: F811
    book = CalamineWorkbook.from_filelike(io.BytesIO(page.get(of(parted, "annex/xlsx/")).content))
    rows = book.get_sheet_by_index(0).to_python()
    [vinh_row] = [row for row in rows if len(row) > 1 and row[1] == "Phường Vinh"]
    assert vinh_row[:4] == [1, "Phường Vinh", "16682", "phường"]
    assert (vinh_row[5], vinh_row[7]) == (5.9, 32_000)
    assert any(row[1:2] == ["=Xã Bình"] for row in rows)


def test_an_annex_of_a_plan_to_mend_says_that_it_is_a_draft(page: Client, draft: PlanDraft) -> None:  # noqa: F811
    bad = change_plan(actor=SYSTEM, draft=draft, text=planned('- dissolve: {unit: "40"}'), version=1)
    assert "Dự thảo còn điểm phải sửa" in said_by(page.get(of(bad, "annex/docx/")).content)
    assert page.get(of(bad, "annex/odt/")).status_code == 404


def test_only_who_may_carry_a_plan_out_is_offered_it(page: Client, parted: PlanDraft) -> None:  # noqa: F811
    assert "carry-out" not in page.get(of(parted)).content.decode()
    assert page.get(of(parted, "carry-out/")).status_code == 404


def test_a_plan_is_carried_out_with_its_reason_and_the_page_tells_the_outcome(
    steward: Client, parted: PlanDraft
) -> None:
    assert "còn trống" in plain(steward.post(of(parted, "carry-out/"), {"reason": " ", "version": 2}), 422)
    assert "1 đơn vị lập mới, 1 kết thúc, 1 thay đổi" in words(steward, of(parted, "carry-out/"))
    answer = steward.post(of(parted, "carry-out/"), {"reason": "Nghị quyết đã có hiệu lực", "version": 2})
    assert answer.status_code == 302, plain(answer, answer.status_code)
    parted.refresh_from_db()
    assert parted.is_carried_out
    assert tree(MARCH).by_code["16682"].name == "Phường Vinh"
    shown = words(steward, of(parted))
    assert "1 đơn vị lập mới, 1 kết thúc, 1 thay đổi" in shown
    assert "Thêm sự kiện" not in shown
    assert "Nghị quyết đã có hiệu lực" in words(steward, of(parted, "history/"))


def test_the_annex_says_afterwards_what_it_said_on_the_day(steward: Client, parted: PlanDraft) -> None:
    before = said_by(steward.get(of(parted, "annex/docx/")).content)
    steward.post(of(parted, "carry-out/"), {"reason": "Nghị quyết đã có hiệu lực", "version": 2})
    after = said_by(steward.get(of(parted, "annex/docx/")).content)
    assert after.split("I. Đơn vị")[1] == before.split("I. Đơn vị")[1]


def test_a_plan_that_is_not_in_order_is_refused_with_its_points(steward: Client, draft: PlanDraft) -> None:  # noqa: F811
    bad = change_plan(
        actor=SYSTEM, draft=draft, text=planned('- dissolve: {unit: "16681"}\n- dissolve: {unit: "16681"}'), version=1
    )
    shown = plain(steward.post(of(bad, "carry-out/"), {"reason": "thử", "version": 2}), 422)
    assert "điểm phải sửa" in shown
    assert "16681" in tree(MARCH).by_code


def test_a_version_that_somebody_changed_is_not_carried_out(steward: Client, parted: PlanDraft) -> None:
    change_plan(actor=SYSTEM, draft=parted, text=planned(MERGE), version=2)
    shown = plain(steward.post(of(parted, "carry-out/"), {"reason": "thử", "version": 2}), 422)
    assert "vừa sửa phương án này" in shown
    assert "16682" not in tree(MARCH).by_code


def test_what_a_plan_did_is_taken_back_and_it_is_being_drafted_again(cast: Any, parted: PlanDraft) -> None:
    em = sign_in(Client(), cast.em)
    parted.unit = cast.em.unit
    parted.save()
    em.post(of(parted, "carry-out/"), {"reason": "Nghị quyết đã có hiệu lực", "version": 2})
    assert "16682" in tree(MARCH).by_code
    em.post(of(parted, "take-back/"), {"reason": "Nhầm ngày"})
    parted.refresh_from_db()
    assert parted.is_being_drafted
    assert "16682" not in tree(MARCH).by_code
    assert "Thêm sự kiện" in words(em, of(parted))


def test_who_reaches_a_part_of_the_country_may_not_take_an_act_back(
    steward: Client, parted: PlanDraft, sector: Sector, client: Client
) -> None:
    steward.post(of(parted, "carry-out/"), {"reason": "Nghị quyết đã có hiệu lực", "version": 2})
    parted.refresh_from_db()
    assert parted.is_carried_out
    below = sign_in(Client(), a_person("duoi", "Quản trị dữ liệu phường", sector.binh_chuan, STEWARD, OFFICER))
    assert below.get(of(parted, "take-back/")).status_code == 404
