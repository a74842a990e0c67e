"""`noivu units …` on the small sector."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.utils import translation

from noivu.core.refusals import Refusal
from noivu.units.commands import units
from noivu.units.testing import Sector, small_sector


@pytest.fixture(autouse=True)
def sector(db: None) -> Sector:
    return small_sector()


def run(*arguments: str) -> Any:
    result = CliRunner().invoke(units, [*arguments, "--json"], catch_exceptions=False)
    return json.loads(result.stdout)


def test_count_gives_tiers_and_kinds_of_the_day() -> None:
    assert run("count", "--on", "2025-07-01") == {
        "on": "2025-07-01",
        "exact": True,
        "known_from": None,
        "province": 3,
        "district": 0,
        "commune": 7,
        "by_kind": {"tỉnh": 3, "xã": 1, "phường": 6},
    }


def test_count_before_the_first_known_day_says_that_it_is_not_exact() -> None:
    counted = run("count", "--on", "2024-10-31", "--under", "40")

    assert (counted["exact"], counted["known_from"]) == (False, "2025-06-30")
    assert counted["by_kind"] == {"huyện": 1, "thành phố thuộc tỉnh": 1, "xã": 1, "phường": 3}


def test_show_gives_every_fact_with_its_instrument() -> None:
    shown = run("show", "17230", "--on", "2025-07-01")

    assert (shown["name"], shown["kind"], shown["path"]) == ("Xã Bình Chuẩn", "xã", ["40", "17230"])
    territories = [fact for fact in shown["facts"] if fact["what"] == "territory"]
    assert [(f["value"], f["from"], f["to"], f["instrument"]) for f in territories] == [
        ("Huyện Con Cuông", None, "2025-07-01", "124/2004/QĐ-TTg"),
        ("Tỉnh Nghệ An", "2025-07-01", None, "202/2025/QH15"),
    ]


def test_tree_stops_at_the_depth_asked() -> None:
    (province,) = run("tree", "40", "--on", "2025-06-30", "--depth", "1")["units"]

    assert [child["code"] for child in province["units"]] == ["UBND-40", "412", "422"]
    assert "units" not in province["units"][0]


def test_successors_name_what_a_code_became() -> None:
    assert run("successors", "16693", "--on", "2025-07-01") == {
        "unit": "16693",
        "on": "2025-07-01",
        "successors": [
            {
                "unit": "16690",
                "name": "Phường Trường Vinh",
                "share": "whole",
                "instrument": "202/2025/QH15",
                "on": "2025-07-01",
                "clause": None,
            }
        ],
    }


def test_successors_of_a_reused_code_are_those_of_the_unit_that_bore_it_first() -> None:
    before = run("successors", "16681", "--from", "2025-06-30", "--on", "2025-07-01")
    without = run("successors", "16681", "--on", "2025-07-01")

    assert before["successors"][0]["name"] == without["successors"][0]["name"] == "Phường Thành Vinh"
    assert without["successors"][0]["instrument"] == "202/2025/QH15"


def test_a_unit_that_went_on_is_its_own_successor_with_the_instrument_that_moved_it() -> None:
    (itself,) = run("successors", "17230", "--on", "2025-07-01")["successors"]

    assert (itself["unit"], itself["share"], itself["instrument"]) == ("17230", "whole", "202/2025/QH15")


def test_predecessors_list_all_that_went_in() -> None:
    found = run("predecessors", "16690", "--on", "2025-07-01")["predecessors"]

    assert [(p["unit"], p["share"]) for p in found] == [("16690", "whole"), ("16693", "whole")]


def test_successions_are_a_file_that_programs_read(tmp_path: Path) -> None:
    target = tmp_path / "successions.csv"
    CliRunner().invoke(units, ["successions", "--on", "2025-07-01", "-o", str(target)], catch_exceptions=False)

    lines = target.read_bytes().decode("ascii").splitlines()
    assert lines[0] == "old_code,new_code,share,instrument"
    assert "14758,14797,part,202/2025/QH15" in lines
    assert "17230,17230,whole,202/2025/QH15" in lines
    assert "SNV-36,SNV-37,whole,202/2025/QH15" in lines
    assert len(lines) == 1 + 7 + 6 + 1


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(Refusal, match="99999"):
        run("show", "99999", "--on", "2025-07-01")


def test_people_are_told_in_the_language_that_was_asked_for() -> None:
    def told(*arguments: str) -> str:
        return CliRunner().invoke(units, arguments, catch_exceptions=False).stdout

    with translation.override("en"):
        assert told("count", "--on", "2025-07-01").startswith("On 01/07/2025\n")
        assert "ward" in told("count", "--on", "2025-07-01")
        assert "from before 30/06/2025" in told("show", "17230", "--on", "2025-07-01")
        assert "whole" in told("successors", "16693", "--on", "2025-07-01")
    assert told("count", "--on", "2025-07-01").startswith("Ngày 01/07/2025\n")
