"""Outlines that an operator supplies: checked feature by feature, stored with their source, drawn beside the tiles."""

import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from noivu.accounts.testing import Cast, sign_in
from noivu.audit.models import Entry
from noivu.core.actors import SYSTEM
from noivu.core.files import file_store
from noivu.core.refusals import Refusal
from noivu.figures.maps.outlines import reading
from noivu.figures.maps.outlines.commands import outlines
from noivu.figures.maps.outlines.services import Supplied, check_outlines, load_outlines, withdraw_outlines
from noivu.figures.maps.outlines.shapes import simplified
from noivu.figures.models import OutlineSet
from noivu.figures.tests.test_pages import words
from noivu.units.testing import MERGED_ON

PLACES = {"37": (105.5, 20), "38": (105, 19.5), "40": (104.5, 18.5), "20333": (112, 16.5), "22736": (113.5, 9.5)}
"""The provinces of the small sector from 1/7/2025, and the special zones of Hoàng Sa and Trường Sa."""
JULY = {"period": "2025-07", "indicator": "papers.received"}


@pytest.fixture
def installation(papers, papers_declared, cast: Cast, settings, tmp_path):
    settings.NOIVU_TODAY, settings.NOIVU_DATA = "2026-01-10", tmp_path
    return cast


def square(place, side=0.9):
    west, south = place
    ring = [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(code, geometry=None, name="code"):
    return {"type": "Feature", "properties": {name: code}, "geometry": geometry or square(PLACES[code])}


def whole(**changed):
    """A right file, with some of its features changed: by code another feature, or None for none."""
    features = [changed.get(f"_{code}", feature(code)) for code in PLACES]
    return {"type": "FeatureCollection", "features": [each for each in features if each is not None]}


def supplied(content, **more):
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return Supplied("provinces.geojson", data, more.pop("starts_on", MERGED_ON), "Bản đồ hành chính", **more)


def refused(content, **more):
    with pytest.raises(Refusal) as refusal:
        check_outlines(supplied(content, **more))
    return refusal.value.text().vi


def load(content=None, source="Bản đồ hành chính 2025", starts_on=MERGED_ON):
    data = json.dumps(content or whole()).encode()
    return load_outlines(actor=SYSTEM, supplied=Supplied("provinces.geojson", data, starts_on, source))


# what is taken, what is refused


def test_a_whole_file_is_stored_with_source_day_and_an_entry_of_the_log(installation):
    stored = load()
    assert (stored.starts_on, stored.source) == (MERGED_ON, "Bản đồ hành chính 2025")
    assert file_store().open(stored.file_sha256).read() == json.dumps(whole()).encode()
    assert set(stored.shapes["of"]) == set(PLACES)
    entry = Entry.objects.get(action="outlines.load")
    assert (entry.object_kind, entry.object_id) == ("figures.outlineset", str(stored.pk))


def test_codes_may_be_numbers_and_their_property_may_be_named_otherwise(installation):
    features = [feature(code) for code in PLACES]
    for each in features:
        each["properties"] = {"ma": int(each["properties"]["code"])}
    assert check_outlines(supplied({"type": "FeatureCollection", "features": features}, named_by="ma"))


@pytest.mark.parametrize(("code", "name"), [("20333", "Hoàng Sa"), ("22736", "Trường Sa")])
def test_without_hoang_sa_or_truong_sa_nothing_is_taken(installation, code, name):
    assert f"Thiếu {name} (mã {code}): bản đồ phải có đủ Hoàng Sa và Trường Sa." in refused(whole(**{f"_{code}": None}))


def test_hoang_sa_must_lie_where_it_lies(installation):
    assert "ngoài khung 110–114 độ kinh đông" in refused(whole(_20333=feature("20333", square((105, 16)))))


def test_a_missing_province_is_named(installation):
    assert "Thiếu tỉnh, thành phố: Tỉnh Nghệ An (40)." in refused(whole(_40=None))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (feature("36", square((105, 20))), "Đối tượng số 3: mã “36” không phải tỉnh, thành phố của ngày này"),
        (feature("38", square((105, 20))), "Đối tượng số 3: mã 38 đã có"),
        ({"type": "Point"}, "Đối tượng số 3: không phải Feature"),
        (feature("40", name="ma", geometry=square((105, 20))), "thiếu thuộc tính “code”"),
        (feature(True, square((105, 20))), "thiếu thuộc tính “code”"),
        (feature("40", {"type": "Point", "coordinates": [105, 20]}), "hình phải là Polygon hoặc MultiPolygon"),
        (feature("40", {"type": "Polygon", "coordinates": []}), "hình phải là Polygon hoặc MultiPolygon"),
        (feature("40", {"type": "MultiPolygon", "coordinates": [[]]}), "có đa giác rỗng"),
        (feature("40", {"type": "Polygon", "coordinates": [[[105, 20], [105, 21]]]}), "có vòng dưới 4 điểm"),
        (
            feature("40", {"type": "Polygon", "coordinates": [[[105, 20], [105, 21], [106, 21], [106, 20]]]}),
            "chưa khép kín",
        ),
        (feature("40", {"type": "Polygon", "coordinates": [[["a", 20]] * 4]}), "không phải hai số"),
        (feature("40", {"type": "Polygon", "coordinates": [[[10**400, 20]] * 4]}), "tọa độ vô lý"),
        (feature("40", square((18.5, 104.5))), "ghi vĩ độ trước"),
        (feature("40", square((580_000, 2_100_000))), "dùng WGS 84 tính bằng độ"),
    ],
)
def test_a_wrong_feature_is_told_by_its_number_and_what_is_wrong(installation, wrong, said):
    assert said in refused(whole(_40=wrong))


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"PK\x03\x04", b"{}", b"[]", b'{"type": "FeatureCollection"}', b"[" * 100_000]
)
def test_what_is_no_feature_collection_is_refused(installation, data):
    assert "không phải GeoJSON" in refused(data)


def test_a_number_that_is_none_is_refused(installation):
    broken = json.dumps(whole()).replace("104.5", "NaN", 1).encode()
    assert "không phải GeoJSON" in refused(broken)


def test_a_file_of_tens_of_megabytes_is_refused_with_the_limit(installation, monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    assert "tối đa 20 MB" in refused(whole())


def test_every_fault_is_told_at_once_and_nothing_is_stored(installation):
    with pytest.raises(Refusal) as refusal:
        load(whole(_37=None, _20333=None, _40={"type": "Point"}))
    said = refusal.value.text().vi
    assert "Đối tượng số 2" in said
    assert "Tỉnh Ninh Bình (37)" in said
    assert "Thiếu Hoàng Sa" in said
    assert not OutlineSet.objects.exists()


def test_outlines_without_a_source_are_refused(installation):
    with pytest.raises(Refusal, match=r"Chưa nêu nguồn"):
        load(source=" ")


def test_only_an_operator_supplies_outlines(installation):
    with pytest.raises(Refusal, match=r"Không có quyền"):
        load_outlines(actor=installation.em.actor, supplied=supplied(whole()))


def test_a_better_file_for_the_same_day_takes_the_place_of_the_former(installation):
    first = load()
    again = load(source="Bản đã sửa")
    assert again.pk == first.pk
    assert OutlineSet.objects.current().get().source == "Bản đã sửa"
    assert OutlineSet.objects.filter(version_of=first).get().source == "Bản đồ hành chính 2025"
    assert Entry.objects.filter(action="outlines.replace").count() == 1


# on the map


def on_map(client, **more):
    answer = client.get("/figures/map/", {**JULY, **more})
    assert answer.status_code == 200
    return answer


def test_without_outlines_the_choice_is_not_shown(installation, client):
    page = words(on_map(sign_in(client, installation.em), drawing="outlines"))
    assert "Ranh giới" not in page
    assert "Biển Đông" in page


def test_with_outlines_the_map_offers_them_and_names_their_source(installation, client):
    load()
    em = sign_in(client, installation.em)
    page = on_map(em)
    assert "Ranh giới từ 01/07/2025: Bản đồ hành chính 2025" in words(page)
    assert '<svg class="outlines"' not in page.content.decode()
    drawn = on_map(em, drawing="outlines").content.decode()
    [svg] = re.findall(r'<svg class="outlines".*?</svg>', drawn, re.DOTALL)
    assert svg.count("<path") == len(PLACES)
    assert 'aria-label="Nghệ An: 0 papers.received"' in svg
    for name in ("Hoàng Sa", "Trường Sa", "Biển Đông"):
        assert f">{name}</text>" in svg
    assert "tilemap" not in drawn.partition("<main")[2]


def test_name_and_value_are_written_where_there_is_room(installation, client):
    load(whole(_40=feature("40", square(PLACES["40"], side=0.2)), _38=feature("38", square(PLACES["38"], side=3))))
    drawn = on_map(sign_in(client, installation.em), drawing="outlines").content.decode()
    [svg] = re.findall(r'<svg class="outlines".*?</svg>', drawn, re.DOTALL)
    assert ">Thanh Hóa</text>" in svg
    assert ">Nghệ An</text>" not in svg
    assert 'aria-label="Nghệ An: 0 papers.received"' in svg


def test_outlines_of_other_provinces_are_not_offered(installation, client):
    load()
    em = sign_in(client, installation.em)
    assert "Ranh giới" not in words(on_map(em, period="2025-06"))
    assert "Ranh giới" in words(on_map(em, period="2025-06", structure="2025-07-01"))


def test_withdrawn_outlines_are_gone_from_the_map_and_stay_in_the_log(installation, client):
    load()
    withdraw_outlines(actor=SYSTEM, starts_on=MERGED_ON, reason="Sai ranh giới")
    assert "Ranh giới" not in words(on_map(sign_in(client, installation.em)))
    assert Entry.objects.filter(action="outlines.withdraw").count() == 1
    with pytest.raises(Refusal, match=r"Không có ranh giới từ ngày 01/07/2025"):
        withdraw_outlines(actor=SYSTEM, starts_on=MERGED_ON, reason="Lần nữa")


def test_the_drawing_to_take_along_has_the_outlines_too(installation, client):
    load(source="<b>Cục & Vụ</b>")
    em = sign_in(client, installation.em)
    drawn = em.get("/figures/map/drawing/", {**JULY, "drawing": "outlines"}).content
    said = [element.text for element in ElementTree.fromstring(drawn).iter()]
    for wanted in ("Hoàng Sa", "Trường Sa", "Biển Đông", "Ranh giới: <b>Cục & Vụ</b>"):
        assert wanted in said
    assert drawn.count(b"<path") == len(PLACES)


def test_the_map_with_outlines_costs_few_queries(installation, client, django_assert_max_num_queries):
    load()
    em = sign_in(client, installation.em)
    for more in ({"drawing": "outlines"}, {"drawing": "outlines", "period": "2025-06", "structure": "2025-07-01"}):
        on_map(em, **more)
        with django_assert_max_num_queries(4 + 2):  # session and user
            on_map(em, **more)


# simplified


def test_points_on_a_straight_line_are_dropped():
    ring = [(0.0, 0.0), (5.0, 0.1), (10.0, 0.0), (10.0, 5.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)]
    assert simplified(ring) == [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)]


@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0, 50)), min_size=3, max_size=40))
def test_what_is_simplified_keeps_its_ends_and_invents_no_point(points):
    ring = [*points, points[0]]
    found = simplified(ring)
    assert (found[0], found[-1]) == (ring[0], ring[-1])
    assert set(found) <= set(ring)


def test_specks_too_small_to_see_are_drawn_as_marks(installation):
    specks = {
        "type": "MultiPolygon",
        "coordinates": [square(at, side=0.001)["coordinates"] for at in ((111.6, 16.5), (112.3, 16.8))],
    }
    shapes = check_outlines(supplied(whole(_20333=feature("20333", specks))))
    path = shapes["of"]["20333"][0]
    assert path.count("M") == 2
    assert path.count("L") == 6


# the command


def run(*arguments):
    return CliRunner().invoke(outlines, arguments, catch_exceptions=False)


def test_the_command_checks_stores_lists_and_withdraws(installation, tmp_path):
    file = tmp_path / "provinces.geojson"
    file.write_text(json.dumps(whole()))
    given = ("load", str(file), "--from", "2025-07-01", "--source", "Bộ Nông nghiệp và Môi trường")
    assert "Tệp dùng được cho ngày 01/07/2025" in run(*given, "--dry-run").stdout
    assert not OutlineSet.objects.exists()
    assert json.loads(run(*given, "--json").stdout)["stored"] is True
    [listed] = json.loads(run("list", "--json").stdout)["outlines"]
    assert (listed["starts_on"], listed["source"]) == ("2025-07-01", "Bộ Nông nghiệp và Môi trường")
    assert "Đã gỡ" in run("withdraw", "--from", "2025-07-01", "--reason", "Thử").stdout
    assert run("list").stdout.strip() == "Chưa có ranh giới nào."


def test_outlines_hold_from_their_day_to_the_next(installation, client):
    load()
    load(source="Từ năm 2026", starts_on=date(2026, 1, 1))
    em = sign_in(client, installation.em)
    assert "Bản đồ hành chính 2025" in words(on_map(em))
    assert "Từ năm 2026" in words(on_map(em, period="2026-01"))
