"""The map of the provinces: on screen, as a table, as a drawing to take along."""

import io
import re
import xml.etree.ElementTree as ElementTree
from datetime import UTC, date, datetime
from urllib.parse import urlencode

import openpyxl
import pytest
from django.test import Client

from noivu.accounts.testing import Cast, a_person, sign_in
from noivu.core.access import VIEWER
from noivu.core.actors import SYSTEM
from noivu.core.bulk import insert_rows
from noivu.core.periods import Period
from noivu.figures.asking import ask
from noivu.figures.questions import Question
from noivu.figures.tests.papers import Paper
from noivu.figures.tests.test_counting_agrees import FIELDS
from noivu.figures.tests.test_pages import words
from noivu.units.api import LineTo, NewUnit, establish_unit, find_unit
from noivu.units.constants import Family, Line
from noivu.units.derivation import words_changed
from noivu.units.models import Succession, UnitName
from noivu.units.testing import KNOWN_FROM, MERGED_ON, an_instrument

JUNE = {"period": "2025-06", "indicator": "papers.received"}
RECORDED = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def register(papers, papers_declared, cast: Cast, settings):
    """The paper registers of the small sector, empty; today is after the merger."""
    settings.NOIVU_TODAY = "2026-01-10"
    return cast


@pytest.fixture
def em(register: Cast, client: Client):
    """Em of the ministry, who sees the figures of every province."""
    return sign_in(client, register.em)


def receive(unit, number, answered_on=None, day=date(2025, 6, 3)):
    insert_rows(Paper, FIELDS, [(unit.pk, None, "letter", day, None, answered_on, 1, RECORDED, None)] * number)


def tile(answer, code):
    """What stands in the tile of a code, with its class, its address and what is read aloud."""
    found = re.search(
        rf'<(?:a|span) class="tile ([^"]+)"[^>]*data-tile="{code}"([^>]*)>(.*?)</(?:a|span)>\n', answer.content.decode()
    )
    assert found, f"no tile {code}"
    css, named, inner = found.groups()
    href = re.search(r'href="([^"]*)"', named)
    spoken = re.search(r'aria-label="([^"]*)"', named)
    sign = re.search(r"<b[^>]*>(.*?)</b>", inner)
    return css, sign and sign.group(1), href and href.group(1).replace("&amp;", "&"), spoken.group(1)


def of_map(client, **more):
    answer = client.get("/figures/map/", {**JUNE, **more})
    assert answer.status_code == 200
    return answer


def test_a_period_shows_the_provinces_of_its_own_end(em, sector):
    receive(sector.old_truong_thi, 3)
    receive(sector.home_affairs_nghe_an, 2)
    receive(sector.old_nam_dinh, 4)
    shown = of_map(em)
    assert tile(shown, "40")[:2] == ("is-4", "5")
    assert tile(shown, "36")[:2] == ("is-2", "4")
    assert tile(shown, "38")[:2] == ("is-zero", "0")
    assert tile(shown, "01")[0] == "is-absent"
    assert shown.content.count(b'data-tile="') == 63 + 2
    assert "trước sắp xếp ngày 01/07/2025: theo 4 tỉnh, thành phố của ngày 30/06/2025" in words(shown)


def test_a_tile_says_its_province_and_figure_and_opens_the_figure(em, sector):
    receive(sector.old_truong_thi, 3)
    _, _, href, spoken = tile(of_map(em), "40")
    assert spoken == "Nghệ An: 3 papers.received"
    opened = em.get(href)
    assert "3 papers.received" in words(opened)
    assert "Đếm 3 bản ghi, được xem 0" in words(opened)


def test_hoang_sa_and_truong_sa_are_always_drawn(em, sector, register):
    for more in ({}, {"structure": "2025-07-01"}, {"indicator": "papers.answered_rate"}):
        page = words(of_map(em, **more))
        assert "Hoàng Sa" in page
        assert "Trường Sa" in page
        assert "Biển Đông" in page
    narrow = sign_in(Client(), register.dung)
    assert "Trường Sa" in words(of_map(narrow))


def test_an_archipelago_in_the_register_opens_its_own_page_and_counts_in_its_province(em, sector):
    da_nang, hoang_sa = with_hoang_sa()
    receive(da_nang, 2)
    receive(hoang_sa, 1)
    shown = of_map(em)
    assert tile(shown, "48")[1] == "3"
    css, _, href, spoken = tile(shown, "498")
    assert (css, href) == ("is-isle", "/units/498/?on=2025-06-30")
    assert spoken == "Huyện Hoàng Sa, thành phố Đà Nẵng"
    assert "Huyện Hoàng Sa, thành phố Đà Nẵng: 1" in words(shown)
    assert em.get(href).status_code == 200


def with_hoang_sa():
    """Đà Nẵng with its island district, in the register since long."""
    old = {"on": KNOWN_FROM, "instrument": an_instrument(), "actor": SYSTEM, "family": Family.ADMINISTRATIVE}
    da_nang = establish_unit(new=NewUnit("city", "Thành phố Đà Nẵng", "48"), **old)
    place = [LineTo(Line.TERRITORY, da_nang)]
    return da_nang, establish_unit(new=NewUnit("rural-district", "Huyện Hoàng Sa", "498", lines=place), **old)


def test_the_provinces_and_the_ministry_sum_to_the_whole_country(em, sector):
    receive(sector.old_truong_thi, 3)
    receive(sector.home_affairs_thanh_hoa, 2)
    receive(sector.office, 7)
    page = words(of_map(em))
    assert "Khớp: 12 = 5 + 7" in page
    assert "cơ quan trung ương" in page


def test_an_office_of_the_ministry_that_serves_a_province_counts_there_and_once(em, sector):
    lines = [LineTo(Line.SUPERIOR, sector.ministry), LineTo(Line.TERRITORY, sector.nghe_an)]
    new = NewUnit("agency", "Chi cục tại Nghệ An", "CC-BNV", lines=lines)
    on = {"on": KNOWN_FROM, "instrument": an_instrument(), "actor": SYSTEM, "family": Family.ORGANISATION}
    receive(establish_unit(new=new, **on), 2)
    receive(sector.office, 7)
    shown = of_map(em)
    assert tile(shown, "40")[1] == "2"
    assert "Khớp: 9 = 2 + 7" in words(shown)


def test_a_rate_of_the_whole_country_comes_from_its_parts(em, sector):
    receive(sector.old_truong_thi, 1, answered_on=date(2025, 6, 9))
    receive(sector.home_affairs_thanh_hoa, 2)
    shown = of_map(em, indicator="papers.answered_rate")
    assert tile(shown, "40")[1] == "100%"
    assert tile(shown, "38")[:2] == ("is-zero", "0%")
    assert tile(shown, "36")[:2] == ("is-void", "–")
    assert "33,3%" in words(shown)
    assert "Khớp" not in words(shown)


@pytest.mark.parametrize("structure", [None, MERGED_ON])
def test_every_tile_says_what_is_answered_for_its_province(em, sector, structure):
    receive(sector.old_truong_thi, 3)
    receive(sector.old_nam_dinh, 4)
    receive(sector.home_affairs_thanh_hoa, 5)
    more = {"structure": structure.isoformat()} if structure else {}
    shown = of_map(em, **more)
    for code in ("37", "38", "40"):
        unit = find_unit(code, structure or KNOWN_FROM)
        question = Question(unit.pk, Period.parse("2025-06"), indicators=("papers.received",), structure=structure)
        [answer] = ask([question])
        assert tile(shown, code)[1] == str(answer.values["papers.received"])


# in the provinces of another day


def test_a_period_is_read_in_the_provinces_of_another_day(em, sector):
    receive(sector.old_nam_dinh, 4)
    receive(sector.old_ninh_binh, 2)
    receive(sector.old_truong_thi, 1)
    shown = of_map(em, structure="2025-07-01")
    assert tile(shown, "37")[1] == "6"
    assert shown.content.count(b'data-tile="') == 34 + 2
    assert "Khớp: 7 = 7 + 0" in words(shown)
    assert "quy về 3 tỉnh, thành phố của ngày 01/07/2025" in words(shown)
    assert "ước tính" not in words(shown)


def test_each_map_leads_to_the_other(em, sector):
    own = of_map(em).content.decode()
    assert "Xem theo 3 tỉnh, thành phố từ 01/07/2025" in own
    [href] = re.findall(r'<a class="unprinted" href="(\?[^"]*structure=2025-07-01[^"]*)">Xem theo', own)
    there = em.get("/figures/map/" + href.replace("&amp;", "&"))
    assert "Xem theo 4 tỉnh, thành phố của kỳ" in words(there)
    later = words(of_map(em, period="2025-08"))
    assert "Xem theo 4 tỉnh, thành phố của ngày 30/06/2025" in later
    assert "trước sắp xếp" not in later


def across_provinces(sector, **people):
    """A commune of Thanh Hóa of which a part goes to Nghệ An, with how many people went each way."""
    row = Succession.objects.filter(predecessor=sector.old_dong_tho, successor=find_unit("14797", MERGED_ON)).get()
    row.successor = sector.new_thanh_vinh
    row.save()
    for code, number in people.items():
        of = Succession.objects.filter(predecessor=sector.old_dong_tho, successor=find_unit(code[1:], MERGED_ON))
        assert of.update(population=number) == 1
    words_changed()


def test_what_was_apportioned_is_marked_as_estimated(em, sector):
    across_provinces(sector, _14758=300, _16681=700)
    receive(sector.old_dong_tho, 10)
    shown = of_map(em, structure="2025-07-01")
    assert tile(shown, "40")[1] == "≈7"
    assert tile(shown, "38")[1] == "≈3"
    assert tile(shown, "40")[3] == "Nghệ An: ≈7 papers.received, ước tính"
    assert "Khớp: 10 = 10 + 0" in words(shown)


def test_what_nobody_can_apportion_is_listed_and_not_coloured(em, sector):
    across_provinces(sector)
    receive(sector.old_dong_tho, 10)
    receive(sector.home_affairs_nghe_an, 1)
    shown = of_map(em, structure="2025-07-01")
    assert tile(shown, "40")[:2] == ("is-unsure", "?")
    assert tile(shown, "38")[:2] == ("is-unsure", "?")
    assert tile(shown, "37")[:2] == ("is-zero", "0")
    assert "Phường Đông Thọ: 10" in words(shown)
    assert "Khớp: 11 = 1 + 0 + 10" in words(shown)


# who sees what


def test_who_sees_one_province_sees_its_figure_alone(register, sector):
    receive(sector.old_truong_thi, 3)
    receive(sector.home_affairs_thanh_hoa, 2)
    reader = sign_in(Client(), a_person("hai", "Lê Văn Hải", sector.nghe_an, VIEWER))
    shown = of_map(reader)
    assert tile(shown, "40")[1] == "3"
    css, sign, href, spoken = tile(shown, "38")
    assert (css, sign, href) == ("is-unseen", "", None)
    assert spoken == "Thanh Hóa: ngoài phạm vi được xem"
    page = words(shown)
    assert "3 tỉnh, thành phố ngoài phạm vi được xem" in page
    assert "Khớp" not in page
    assert "Cả nước" not in page


def test_who_sees_no_province_sees_the_map_without_figures(register, sector):
    receive(sector.home_affairs_nghe_an, 3)
    shown = of_map(sign_in(Client(), register.an))
    assert tile(shown, "40")[:3] == ("is-unseen", "", None)


def test_figures_of_a_province_open_to_the_ministry_and_not_to_its_departments(register, sector):
    address = "/figures/papers.received/?unit=40&period=2025-06"
    assert sign_in(Client(), register.em).get(address).status_code == 200
    assert sign_in(Client(), register.chi).get(address).status_code == 404
    receive(sector.home_affairs_nghe_an, 3)
    moved = words(sign_in(Client(), register.em).get(address.replace("?", "why/?") + "&cause=joined"))
    assert "+3" in moved
    assert "Không có bản ghi nào được xem" in moved
    of_department = address.replace("unit=40", "unit=SNV-40")
    assert sign_in(Client(), register.em).get(of_department).status_code == 404


def test_an_organisation_without_recorded_lines_opens_no_province(register, sector):
    """Nothing stands above it, for nobody has said yet what does."""
    new = NewUnit("provincial-department", "Sở chưa rõ cấp trên", "S-X")
    loose = establish_unit(actor=SYSTEM, family=Family.ORGANISATION, new=new, on=MERGED_ON, instrument=an_instrument())
    reader = sign_in(Client(), a_person("lan", "Vũ Thị Lan", loose, VIEWER))
    assert tile(of_map(reader), "40")[0] == "is-unseen"


@pytest.mark.parametrize("wrong", [{"indicator": "papers.lost"}, {"period": "2025-13"}, {"structure": "tomorrow"}])
def test_what_is_not_there_does_not_exist(em, wrong):
    assert em.get("/figures/map/", {**JUNE, **wrong}).status_code == 404


# taken along


def exported(client, address, **more):
    answer = client.get(address, {**JUNE, **more})
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer.getvalue() if answer.streaming else answer.content


def test_the_table_sorts_and_what_has_no_figure_stands_last(em, sector):
    receive(sector.old_truong_thi, 3)
    receive(sector.old_nam_dinh, 4)
    listed = re.findall(r'<tr data-row="(\d+)">', of_map(em, sort="-value").content.decode())
    assert listed[:2] == ["36", "40"]
    assert len(listed) == 63 + 2


def test_the_workbook_holds_every_province_the_archipelagos_and_the_whole(em, sector):
    receive(sector.old_truong_thi, 3)
    receive(sector.office, 2)
    sheet = openpyxl.load_workbook(io.BytesIO(exported(em, "/figures/map/export/"))).active
    rows = [tuple(row) for row in sheet.iter_rows(values_only=True)]
    assert ("40", "Tỉnh Nghệ An", 3, None) in rows
    assert any(row[1] == "Hoàng Sa" for row in rows)
    assert any(row[1] == "Trường Sa" for row in rows)
    assert [row[1:3] for row in rows[-2:]] == [("Cơ quan trung ương", 2), ("Cả nước", 5)]
    assert "theo 4 tỉnh, thành phố của ngày 30/06/2025" in rows[1][0]


def test_the_drawing_stands_alone_and_shows_what_the_page_shows(em, sector):
    receive(sector.old_truong_thi, 3)
    drawn = exported(em, "/figures/map/drawing/")
    said = [element.text for element in ElementTree.fromstring(drawn).iter() if element.text and element.text.strip()]
    for wanted in (
        "papers.received",
        "theo 4 tỉnh, thành phố của ngày 30/06/2025",
        "Nghệ An",
        "3",
        "Hoàng Sa",
        "Trường Sa",
        "Biển Đông",
        "Cả nước: 3 = 3 + 0",
    ):
        assert wanted in said
    assert any("tính đến hết ngày 30/06/2025" in each for each in said)
    text = drawn.decode()
    assert not re.search(r"<script|<style|<image|<use|href|url\(|@import|\son\w+=", text)
    assert re.findall(r"https?://[^\"]+", text) == ["http://www.w3.org/2000/svg"]


def test_a_name_in_the_drawing_is_text_whatever_it_holds(em, sector):
    UnitName.objects.filter(unit=sector.nghe_an).update(name="Tỉnh <script>\x07&", short_name="<script>\x07&")
    words_changed()
    drawn = exported(em, "/figures/map/drawing/")
    said = [element.text for element in ElementTree.fromstring(drawn).iter()]
    assert "<script>&" in said
    assert b"<script" not in drawn


def test_the_drawing_shows_only_what_its_reader_may_see(register, sector):
    receive(sector.home_affairs_thanh_hoa, 4711)
    reader = sign_in(Client(), a_person("hai", "Lê Văn Hải", sector.nghe_an, VIEWER))
    for address in ("/figures/map/", "/figures/map/drawing/"):
        assert "4711" not in exported_or_shown(reader, address).replace(".", "")
    sheet = openpyxl.load_workbook(io.BytesIO(exported(reader, "/figures/map/export/"))).active
    assert not any(4711 in row for row in sheet.iter_rows(values_only=True))


def exported_or_shown(client, address):
    return client.get(f"{address}?{urlencode(JUNE)}").content.decode()


# cost and languages


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"indicator": "papers.answered_rate"},
        {"structure": "2025-07-01"},
        {"indicator": "papers.answered_rate", "structure": "2025-07-01"},
    ],
)
def test_the_map_costs_few_queries_whatever_the_number_of_records(
    em, sector, django_assert_num_queries, django_assert_max_num_queries, more
):
    of_map(em, **more)
    with django_assert_max_num_queries(4 + 2) as few:  # session and user
        of_map(em, **more)
    receive(sector.old_truong_thi, 30)
    receive(sector.old_nam_dinh, 30)
    with django_assert_num_queries(len(few)):
        of_map(em, **more)


def test_english_is_complete(em, register):
    register.em.user.language = "en"
    register.em.user.save()
    page = words(of_map(em, structure="2025-07-01"))
    assert "East Sea" in page
    assert "provinces and cities" in page
    assert "tỉnh" not in page.replace("Tỉnh", "")


def test_the_map_and_the_figures_are_found_by_their_words(em):
    found = em.get("/search/", {"q": "ban do cac tinh"}).content.decode()
    assert 'href="/figures/map/"' in found
    found = em.get("/search/", {"q": "papers.over"}).content.decode()
    assert 'href="/figures/papers.overdue/"' in found
    assert 'href="/figures/map/?indicator=papers.overdue"' in found
