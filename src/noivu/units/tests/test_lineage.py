"""Where a unit came from and where it went, over all generations: the river, its table, the command."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from noivu.core.actors import SYSTEM
from noivu.ui.testing import allowed
from noivu.units.api import (
    Line,
    LineTo,
    NewUnit,
    Unit,
    establish_unit,
    measure_unit,
    rename_unit,
)
from noivu.units.commands import units
from noivu.units.models import UnitMeasure
from noivu.units.policies import EDIT, VIEW
from noivu.units.river import Lineage
from noivu.units.testing import Sector, an_instrument
from noivu.units.tests.merging import merge, went

JULY, AUGUST, MAY = date(2025, 7, 1), date(2025, 8, 1), date(2026, 5, 1)


@pytest.fixture
def dung(settings: Any, sector: Sector) -> Iterator[Client]:
    """A viewer."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "noivu.ui.testing.ActorFromHeader"]
    with allowed(VIEW, EDIT):
        yield Client(headers={"X-Actor": "Dung"})


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace("\u00a0", " ")


def part(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_all_generations_are_steps_with_day_share_and_instrument(dung: Client, sector: Sector) -> None:
    merge(MAY, went(sector.new_truong_vinh, sector.new_thanh_vinh, clause="khoản 2 Điều 1"))
    shown = words(dung, "/units/16693/lineage/?on=2025-06-30")

    assert "Phường Bến Thủy 16693 toàn bộ Phường Trường Vinh 16690 01/07/2025 202/2025/QH15" in shown
    assert "Phường Trường Vinh 16690 toàn bộ Phường Thành Vinh 16681 01/05/2026 9/NQ , khoản 2 Điều 1" in shown
    assert "2 bước" in shown
    assert "Quang Trung" not in shown, "what else went into its successors is not its own way"


def test_bands_and_steps_are_links_that_speak(dung: Client) -> None:
    page = part(dung, "/units/16690/lineage/?on=2025-07-01")

    assert '<a href="/units/16693/?on=2025-06-30" aria-label="Phường Bến Thủy, 16693, đến hết 30/06/2025"' in page
    step = 'aria-label="Ngày 01/07/2025: toàn bộ Phường Bến Thủy vào Phường Trường Vinh, 202/2025/QH15"'
    assert f'<a href="#step-2" {step}' in page
    assert 'id="step-2"' in page
    assert 'href="/units/16690/?on=2025-07-01" aria-label="Phường Trường Vinh, 16690" aria-current="true"' in page
    assert "style=" not in page[page.index('class="plot"') : page.index("</svg>")]


def test_a_unit_of_which_no_step_is_known_says_so(dung: Client) -> None:
    shown = words(dung, "/units/BNV/lineage/?on=2025-07-01")

    assert "Không ghi nhận việc nhập, chia nào" in shown
    assert 'class="river"' not in part(dung, "/units/BNV/lineage/?on=2025-07-01")


def test_a_renamed_unit_stands_under_both_names(dung: Client, sector: Sector) -> None:
    rename_unit(actor=SYSTEM, unit=sector.binh_chuan, name="Xã Con Cuông", on=AUGUST, instrument=an_instrument("7/NQ"))
    shown = words(dung, "/units/17230/lineage/?on=2025-07-01")

    assert "Xã Bình Chuẩn 17230" in shown
    assert "Xã Con Cuông 01/08/2025 7/NQ 17230" in shown


def test_a_unit_parted_into_four_has_bands_as_wide_as_their_equal_parts(sector: Sector) -> None:
    new = [ward(f"{number}", sector) for number in range(99991, 99995)]
    merge(MAY, *(went(sector.binh_chuan, unit, share="part") for unit in new))
    river = Lineage(sector.binh_chuan.pk).river(lambda spell, on: "")

    assert sorted(band.weight for band in river.bands) == [0.25] * 4 + [1.0]
    assert [flow.word for flow in river.flows] == ["một phần"] * 4
    assert {(band.first, band.last) for band in river.bands} == {(0, 0), (1, 1)}


def ward(code: str, sector: Sector) -> Unit:
    return establish_unit(
        actor=SYSTEM,
        on=MAY,
        instrument=an_instrument("9/NQ"),
        family="administrative",
        new=NewUnit("ward", f"Phường Mới {code}", code, lines=(LineTo(Line.TERRITORY, sector.nghe_an),)),
    )


def test_bands_are_as_wide_as_the_population_where_it_is_known_of_all(sector: Sector) -> None:
    known = Lineage(sector.new_truong_vinh.pk)
    assert known.measured[0] == ""
    for unit, value in zip(known.units, (10_000, 20_000, 30_000), strict=True):
        measure_unit(
            actor=SYSTEM, unit=Unit.objects.get(pk=unit), measure=UnitMeasure.POPULATION, value=value,
            on=date(2025, 6, 30) if known.known.end_of(unit) == JULY else JULY, instrument=an_instrument(),
            source="Báo cáo dân số",
        )  # fmt: skip

    assert Lineage(sector.new_truong_vinh.pk).measured[0] == UnitMeasure.POPULATION


def test_a_part_given_away_and_returned_are_two_steps_of_both(sector: Sector) -> None:
    one, other = sector.new_thanh_vinh, sector.new_truong_vinh
    merge(AUGUST, went(one, other, share="part"), ends=False)
    merge(MAY, went(other, one, share="part"), ends=False)

    for unit in (one, other):
        days = [step.passage.event.on for step in Lineage(unit.pk).steps]
        assert days[-2:] == [AUGUST, MAY]


def test_the_command_gives_the_same_steps(sector: Sector) -> None:
    result = CliRunner().invoke(units, ["lineage", "14758", "--on", "2025-06-30", "--json"], catch_exceptions=False)
    told = json.loads(result.stdout)

    assert (told["unit"], told["name"], told["measured_by"]) == ("14758", "Phường Đông Thọ", "equal")
    assert [(s["from"]["unit"], s["to"]["name"], s["share"], s["on"]) for s in told["steps"]] == [
        ("14758", "Phường Hàm Rồng", "part", "2025-07-01"),
        ("14758", "Phường Hạc Thành", "part", "2025-07-01"),
    ]
    first = {"unit": "14758", "name": "Phường Đông Thọ", "from": None, "to": "2025-07-01"}
    assert {**first, "instrument": "124/2004/QĐ-TTg"} in told["units"]


def test_the_page_asks_the_database_little(dung: Client, django_assert_max_num_queries: Any) -> None:
    dung.get("/units/16690/lineage/?on=2025-07-01")
    with django_assert_max_num_queries(4):
        dung.get("/units/16690/lineage/?on=2025-07-01")
