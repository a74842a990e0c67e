"""`noivu reorganise`: what it says, what it does, and what it answers to machines."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from noivu.core.refusals import Refusal
from noivu.planning.commands import reorganise
from noivu.planning.tests.test_plans import MARCH, MERGE, everything, measure, planned, sector  # noqa: F401  a fixture
from noivu.units.api import tree
from noivu.units.models import ReorganisationAct
from noivu.units.testing import Sector
from noivu.work.testing import gets_task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_march(settings: Any) -> None:
    settings.NOIVU_TODAY = "2026-03-10"


@pytest.fixture
def plan(tmp_path: Path, sector: Sector) -> str:  # noqa: F811  the fixture's value
    gets_task(sector.new_thanh_vinh, MARCH.replace(month=2))
    return written(tmp_path, MERGE)


def written(folder: Path, events: str) -> str:
    file = folder / f"{len(list(folder.iterdir()))}.yaml"
    file.write_text(planned(events), encoding="utf-8")
    return str(file)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(reorganise, arguments, catch_exceptions=False)


def answered(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--json").stdout)


def test_a_simulation_says_what_would_go_over_and_changes_nothing(plan: str) -> None:
    before = everything()
    said = run(plan, "--simulate")
    assert said.exit_code == 0
    assert "1 lập mới, 2 kết thúc" in said.output
    assert "Chưa thay đổi gì." in said.output
    payload = answered(plan, "--simulate")
    assert payload["applies"] is True
    obligations = next(each for each in payload["things"] if each["code"] == "obligations")
    assert (obligations["at_units_that_end"], obligations["moved"]) == (1, 1)
    assert everything() == before


def test_a_simulation_tells_standards_and_what_is_conserved_as_its_page_does(
    plan: str,
    sector: Sector,  # noqa: F811  the fixture's value
) -> None:
    for unit, people in ((sector.new_thanh_vinh, 30_000), (sector.new_truong_vinh, 12_000)):
        measure(unit, "population", people)
    payload = answered(plan, "--simulate")
    [ward] = payload["after"]
    assert ward["population"] == 42_000
    assert [(one["standard"], one["population_percent"], one["area_percent"]) for one in ward["standards"]] == [
        ("unit_standard.ward", 200, None)
    ]
    assert [one["mark"] for one in ward["standards"]] == ["unverified"]
    assert [(one["measure"], one["before"], one["after"], one["unknown"]) for one in payload["conserved"]] == [
        ("population", 42_000, 42_000, 0)
    ]
    assert "Dân số (người), cấp xã: trước 42.000 = sau 42.000" in run(plan, "--simulate").output


def test_a_plan_with_findings_is_told_with_what_to_do_and_ends_in_failure(tmp_path: Path, plan: str) -> None:
    bad = written(tmp_path, MERGE + '- rename: {unit: "16690", name: Phường X}\n  clause: khoản 7 Điều 1\n')
    said = run(bad, "--simulate")
    assert said.exit_code == 1
    assert "khoản 7 Điều 1" in said.output
    with pytest.raises(Refusal, match="khoản 7 Điều 1"):
        run(bad, "--apply")
    assert not ReorganisationAct.objects.exists()


def test_it_is_carried_out_listed_and_taken_back(plan: str) -> None:
    done = answered(plan, "--apply")
    assert done["units"]["established"] == 1
    assert "16682" in tree(MARCH).by_code
    [listed] = answered("--list")["acts"]
    assert (listed["act"], listed["undone_at"], listed["replaced_by"]) == (done["act"], None, None)
    assert "Đã hủy" in run("--undo", str(done["act"]), "--reason", "Sai ngày").output
    assert "16682" not in tree(MARCH).by_code
    assert "(đã hủy)" in run("--list").output


def test_another_plan_takes_the_place_of_an_act(tmp_path: Path, plan: str) -> None:
    wrong = answered(plan, "--apply")["act"]
    right = written(tmp_path, MERGE.replace("Phường Vinh", "Phường Đại Vinh"))
    assert answered(right, "--simulate", "--instead-of", str(wrong))["after"][0]["name"] == "Phường Đại Vinh"
    assert tree(MARCH).by_code["16682"].name == "Phường Vinh"
    said = run(right, "--apply", "--instead-of", str(wrong), "--reason", "Đính chính tên")
    assert f"Thay cho lần sắp xếp số {wrong}." in said.output
    assert tree(MARCH).by_code["16682"].name == "Phường Đại Vinh"
    right_act = answered("--list")["acts"][0]["act"]
    assert f"(đã thay bằng lần số {right_act})" in run("--list").output


def test_what_it_needs_is_said(tmp_path: Path, plan: str) -> None:
    assert run(plan).exit_code == 2
    assert run("--simulate").exit_code == 2
    foreign = tmp_path / "foreign.yaml"
    foreign.write_bytes("title: Sắp xếp".encode("utf-16"))
    with pytest.raises(Refusal, match="UTF-8"):
        run(str(foreign), "--simulate")
    with pytest.raises(Refusal, match="Không có lần sắp xếp số 999"):
        run("--undo", "999", "--reason", "thử")
