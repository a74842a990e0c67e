"""The real units: counts, the whole mapping by its digest, and cases that everyone knows."""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connection, transaction
from django.test import Client

from noivu.core.actors import SYSTEM
from noivu.core.wording import both
from noivu.figures.maps.layouts import layout_for
from noivu.portal.vietnam import load_vietnam
from noivu.portal.vietnam.source import own_file, read_lists
from noivu.sheets.api import CellProblem, Column, Finding, ImportContext, Reading
from noivu.sheets.kinds import parse_cell
from noivu.ui.testing import allowed
from noivu.units.annals import annals
from noivu.units.api import (
    Line,
    Share,
    changes_on,
    find_unit,
    one_revision,
    place,
    reach,
    successors,
    tree,
)
from noivu.units.former import search_former
from noivu.units.imports import review_units
from noivu.units.kinds import kinds
from noivu.units.river import Lineage
from noivu.units.tree import Tree

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("vietnam")]
OCTOBER, LAST_DAY, FIRST_DAY, TODAY = date(2024, 10, 31), date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 21)
COMMUNES = ("commune", "ward", "special-zone")
CITY_ON = date(2026, 4, 30)


@pytest.fixture(scope="module")
def vietnam(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Any]:
    """Loaded once for all tests of this file, and taken away afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        written = load_vietnam(actor=SYSTEM)
        connection.check_constraints()  # once, or PostgreSQL checks all rows again at the end of each test
        yield written
        transaction.set_rollback(True)


def by_kind(units: Tree) -> dict[str, int]:
    return {kinds[code].label.vi: number for code, number in units.count_by_kind().items()}


def test_the_three_tiers_of_the_last_day_and_of_october_2024() -> None:
    assert tree(LAST_DAY).count_by_level() == {"province": 63, "district": 696, "commune": 10_035}
    assert tree(LAST_DAY).exact
    assert tree(OCTOBER).count_by_level() == {"province": 63, "district": 696, "commune": 10_035}
    assert (tree(OCTOBER).exact, tree(OCTOBER).known_from) == (False, LAST_DAY)


def test_the_two_tiers_of_the_first_day() -> None:
    counted = by_kind(tree(FIRST_DAY))

    assert counted == {"tỉnh": 28, "thành phố": 6, "xã": 2_621, "phường": 687, "đặc khu": 13}
    assert sum(counted.values()) == 34 + 3_321


def test_each_province_has_the_communes_that_its_resolution_gives() -> None:
    first_day = tree(FIRST_DAY)
    provinces = [node for node in first_day.nodes.values() if node.is_administrative and node.level == "province"]
    found = {node.short_name: first_day.count_by_kind(node.id) for node in provinces}
    published = yaml.safe_load((Path(__file__).parent / "provinces_of_2025.yaml").read_text(encoding="utf-8"))

    assert {name: [sum(n.values()), *(n.get(kind, 0) for kind in COMMUNES)] for name, n in found.items()} == published


@pytest.mark.parametrize("day", [OCTOBER, LAST_DAY, FIRST_DAY, TODAY])
def test_every_province_has_its_tile_and_both_archipelagos_are_units(day: date) -> None:
    units = tree(day)
    provinces = {node.code for node in units.roots if node.is_administrative}
    layout = layout_for(provinces)
    assert set(layout.cells) == provinces
    for island in layout.islands:
        node = units.by_code[island.unit_code]
        assert node.short_name == island.name
        assert units.path(node.id)[0].code == island.province_code


def test_dong_nai_became_a_city_and_ten_communes_became_wards() -> None:
    assert by_kind(tree(CITY_ON)) == {"tỉnh": 27, "thành phố": 7, "xã": 2_611, "phường": 697, "đặc khu": 13}
    assert find_unit("75", FIRST_DAY) == find_unit("Thành phố Đồng Nai", TODAY)
    assert find_unit("Xã Trảng Bom", date(2026, 4, 29)) == find_unit("Phường Trảng Bom", CITY_ON)
    assert tree(TODAY).by_code["SNV-75"].name == "Sở Nội vụ thành phố Đồng Nai"


def test_every_commune_went_where_the_resolutions_sent_it() -> None:
    changes = [c for c in changes_on(FIRST_DAY) if len(c.new_code) == 5]
    pairs = sorted((c.old_code, c.new_code) for c in changes if len(c.old_code) == 5)
    islands = sorted((c.old_code, c.new_code, c.share) for c in changes if len(c.old_code) == 3)
    written = "\n".join(f"{old},{new}" for old, new in pairs)

    assert len(pairs) == 10_568
    assert len({old for old, _ in pairs}) == 10_035
    assert (
        hashlib.sha256(written.encode()).hexdigest()
        == "6871dc6f07bcd1703cbebd8a3cead800a285bdbbd9a50e3c6e92603b8e85bb97"
    )
    assert islands == [
        ("318", "11948", "whole"),
        ("471", "19742", "whole"),
        ("498", "20333", "whole"),
        ("536", "21548", "whole"),
        ("755", "26732", "whole"),
    ]


def test_a_commune_is_a_part_where_it_was_split_and_whole_where_not() -> None:
    changes = [c for c in changes_on(FIRST_DAY) if len(c.old_code) == 5]
    went = {c.old_code: 0 for c in changes}
    for change in changes:
        went[change.old_code] += 1

    assert all((c.share == Share.WHOLE) == (went[c.old_code] == 1) for c in changes)


@pytest.mark.parametrize(
    ("code", "was", "became"),
    [
        ("26740", "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh", ["26740 Phường Sài Gòn"]),
        ("16681", "Phường Quang Trung, Thành phố Vinh, Tỉnh Nghệ An", ["16681 Phường Thành Vinh"]),
        ("00004", "Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội", ["00004 Phường Ba Đình"]),
        ("25462", "Phường 4, Thành phố Tây Ninh, Tỉnh Tây Ninh", ["25459 Phường Tân Ninh"]),
        ("31105", "Xã Thổ Châu, Thành phố Phú Quốc, Tỉnh Kiên Giang", ["31105 Đặc khu Thổ Châu"]),
        ("318", "Huyện Bạch Long Vĩ, Thành phố Hải Phòng", ["11948 Đặc khu Bạch Long Vĩ"]),
        ("89", "Tỉnh An Giang", ["91 Tỉnh An Giang"]),
        (
            "09013",
            "Xã Văn Khê, Huyện Mê Linh, Thành phố Hà Nội",
            ["08980 Xã Yên Lãng", "08995 Xã Tiến Thắng", "09022 Xã Mê Linh", "09817 Xã Ô Diên"],
        ),
    ],
)
def test_well_known_units_went_where_everyone_knows(code: str, was: str, became: list[str]) -> None:
    old = tree(LAST_DAY)
    unit = old.by_code[code]

    assert place(unit, old) == was
    steps = successors(unit.id, FIRST_DAY)
    assert [f"{step.code} {step.name}" for step in steps] == became
    assert unit.id not in {step.unit_id for step in steps}


def test_127_communes_and_11_provinces_stay_the_same_units() -> None:
    before, after = tree(LAST_DAY), tree(FIRST_DAY)
    kept = [n for n in after.nodes.values() if n.is_administrative and n.id in before]

    assert sum(n.level == "commune" for n in kept) == 127
    assert sum(n.kind == "ward" for n in kept) == 5
    assert sum(n.level == "province" for n in kept) == 11


def test_districts_end_without_successor_but_for_the_islands() -> None:
    district = find_unit("412", LAST_DAY)

    assert [s.unit_id for s in successors(district.pk, FIRST_DAY)] == [district.pk]
    assert "412" not in tree(FIRST_DAY).by_code


def test_the_ministry_has_the_units_of_each_decree() -> None:
    for on, number in ((OCTOBER, 20), (date(2025, 3, 1), 22), (TODAY, 21)):
        units = tree(on)
        assert len(units.children(units.by_code["BNV"].id)) == number
    assert tree(OCTOBER).by_code["VCQDP-BNV"].name == "Vụ Chính quyền địa phương"


def test_each_province_has_its_committee_and_department_in_the_three_lines() -> None:
    for on, number in ((OCTOBER, 63), (TODAY, 34)):
        units = tree(on)
        guided = units.guided[units.by_code["BNV"].id]
        assert len(guided) == number
        for unit in guided:
            department = units.nodes[unit]
            committee = units.nodes[department.superior_id or 0]
            assert committee.code == department.code.replace("SNV", "UBND")
            assert committee.territory_id == department.territory_id is not None


def test_the_reach_in_sql_is_that_of_the_tree_for_real_units() -> None:
    for on in (OCTOBER, FIRST_DAY, TODAY):
        units = tree(on)
        for code in ("BNV", "VP-BNV", "01", "40", "UBND-40", "SNV-79"):
            unit = units.by_code[code].id
            for line in (Line.SUPERIOR, Line.GUIDANCE):
                assert set(reach(unit, on, line)) == units.reach(unit, line)


def test_loading_again_writes_nothing(vietnam: Any) -> None:
    again = load_vietnam(actor=SYSTEM)

    assert (again.units, again.facts, again.successions) == (0, 0, 0)
    assert again.present == vietnam.units


def test_every_correction_is_needed_cites_a_resolution_and_says_how_far_it_was_checked() -> None:
    lists = read_lists()

    for correction in own_file("corrections.yaml"):
        assert correction["resolution"].endswith("/NQ-UBTVQH15")
        assert correction["reason"]
        assert correction["mark"] in ("read", "unverified")
        assert correction.get("clause") or correction["mark"] == "unverified"
        assert not set(correction.get("drop", [])) & set(lists.communes_into[correction["old"]])


def test_phuong_ben_nghe_and_its_code_are_found_with_what_they_are_now() -> None:
    for typed in ("Phường Bến Nghé", "phuong ben nghe", "26740", "phường Bến Nghé (nay là phường Sài Gòn)"):
        (found,) = search_former(typed, tree(TODAY), 5)
        assert (found.spell.name, found.spell.code) == ("Phường Bến Nghé", "26740")
        assert (found.until.vi, found.now.vi) == ("đến hết 30/06/2025", "nay là Phường Sài Gòn")


@pytest.mark.parametrize(
    ("typed", "was", "now"),
    [
        ("phường Đakao (nay là phường Sài Gòn)", "Phường Đa Kao", "nay thuộc Phường Tân Định, Phường Sài Gòn"),
        ("tỉnh Hà Nam cũ", "Tỉnh Hà Nam", "nay là Tỉnh Ninh Bình"),
        ("tinh ha nam cu", "Tỉnh Hà Nam", "nay là Tỉnh Ninh Bình"),
        ("Hoà Bình cũ", "Tỉnh Hòa Bình", "nay là Tỉnh Phú Thọ"),
    ],
)
def test_old_names_are_found_in_the_forms_that_people_write(typed: str, was: str, now: str) -> None:
    found = search_former(typed, tree(TODAY), 5)
    assert (found[0].spell.name, found[0].now.vi) == (was, now)


def read_in_a_file(cells: list[str], on: date, codes_of: date | None = None) -> tuple[list[str], Finding]:
    """What the unit cells of a file come to, a row each, and what is said of the file."""
    context = ImportContext(SYSTEM, None, None, frozenset(), codes_of=codes_of)
    column, units, told = Column("unit", both("Đơn vị"), kind="unit"), tree(on), []
    for row, cell in enumerate(cells, start=2):
        try:
            unit = parse_cell(cell, Reading(column, on, context, row))
            told.append(units.nodes[unit.pk].name)
        except CellProblem as problem:
            told.append(problem.reason.vi)
    return told, review_units(context)


def test_a_file_of_old_codes_dated_after_the_arrangement_is_offered_the_conversion() -> None:
    cells, after = ["26740", "26743", "26746", "26749", "26737"], date(2025, 8, 15)
    _, finding = read_in_a_file(cells, after)

    assert finding.codes_of == LAST_DAY
    reading = Reading(
        Column("unit", both("Đơn vị"), kind="unit"), after, ImportContext(SYSTEM, None, None, frozenset()), 2
    )
    assert finding.doubt is not None
    doubt = finding.doubt("26740", reading)
    assert doubt is not None
    assert "Mã 26740 ngày 15/08/2025 là Phường Sài Gòn, ngày 30/06/2025 là Phường Bến Nghé" in doubt.vi

    told, _ = read_in_a_file(cells, after, LAST_DAY)
    assert told[0] == "Phường Sài Gòn"
    assert "Chọn một: Phường Sài Gòn (26740); Phường Bến Thành (26743)." in told[2]
    assert told[3] == "Phường Bến Thành"
    assert "Phường Đa Kao (26737) của ngày 30/06/2025" in told[4]


def test_26740_with_the_name_of_its_former_unit_is_never_joined_to_the_present_one() -> None:
    (told,), finding = read_in_a_file(["26740 - Phường Bến Nghé"], date(2025, 8, 15))

    assert "Mã 26740 ngày 15/08/2025 là Phường Sài Gòn, không phải Phường Bến Nghé" in told
    assert finding.codes_of == LAST_DAY


def test_ten_thousand_units_are_walked_and_searched_in_memory(django_assert_num_queries: Any) -> None:
    present = tree(TODAY)
    search_former("phường", present, 40)
    with django_assert_num_queries(1):
        assert len(search_former("phường", present, 40)) == 40
    widest = max(annals().came.values(), key=len)
    with django_assert_num_queries(1), one_revision():
        lineage = Lineage(widest[0].new)
        assert len(lineage.steps) >= len(widest) >= 10


def test_a_namesake_of_the_same_code_that_was_parted_is_in_doubt_too() -> None:
    old, new = tree(LAST_DAY), tree(FIRST_DAY)
    namesakes = [
        code
        for code, node in old.by_code.items()
        if code in new.by_code and new.by_code[code].name == node.name and new.by_code[code].id != node.id
    ]
    parted = next(code for code in namesakes if len(successors(old.by_code[code].id, FIRST_DAY)) > 1)
    whole = next(code for code in namesakes if [s.code for s in successors(old.by_code[code].id, FIRST_DAY)] == [code])
    _, finding = read_in_a_file([parted, whole, "26746", "26749"], FIRST_DAY)

    context, column = ImportContext(SYSTEM, None, None, frozenset()), Column("unit", both("Đơn vị"), kind="unit")
    assert finding.doubt is not None
    assert finding.doubt(parted, Reading(column, FIRST_DAY, context, 2)) is not None
    assert finding.doubt(whole, Reading(column, FIRST_DAY, context, 3)) is None


@pytest.mark.parametrize(
    "address",
    [
        "/units/tree/?on=2025-07-01",
        "/units/branch/79/?on=2025-07-01",
        "/units/list/?on=2025-07-01&tier=commune",
        "/units/list/?on=2025-06-30&tier=commune&sort=-name",
        "/units/?on=2025-07-01",
    ],
)
def test_pages_of_all_communes_ask_the_database_little(
    address: str, settings: Any, django_assert_max_num_queries: Any
) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "noivu.ui.testing.ActorFromHeader"]
    with allowed("units.view"):
        client = Client(headers={"X-Actor": "Dung"})
        assert client.get(address).status_code == 200
        with django_assert_max_num_queries(4):
            client.get(address)
