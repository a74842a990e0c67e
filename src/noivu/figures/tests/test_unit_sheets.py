"""Area, population and shares from sheets: written once, corrected with their past, kept aside with a reason."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from noivu.audit.models import Entry
from noivu.core.actors import SYSTEM
from noivu.figures.carriage import carried_between
from noivu.sheets.api import Batch, QuarantinedRow, Source, import_file, template_named
from noivu.units.models import Succession, UnitMeasure
from noivu.units.testing import KNOWN_FROM, MERGED_ON, Sector, an_instrument, small_sector

FACTS = "unit,area,population,valid_from,source,instrument"
SHARES = "predecessor,successor,on,population,area,villages,clause"


@pytest.fixture
def sector(db: None, settings: Any, tmp_path: Path) -> Sector:
    settings.FILES_ROOT = tmp_path / "files"
    return small_sector()


@pytest.fixture
def bring(tmp_path: Path) -> Any:
    """Imports rows below a header, as a CSV file."""

    def bring(template: str, head: str, *rows: str) -> Batch:
        path = tmp_path / "rows.csv"
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        return import_file(actor=SYSTEM, template=template_named(template), source=Source(path))

    return bring


def counts(batch: Batch) -> tuple[int, int, int]:
    return batch.applied, batch.unchanged, batch.quarantined


def reasons(batch: Batch) -> list[str]:
    return [row.reason_vi for row in QuarantinedRow.objects.filter(batch=batch)]


def measured(unit: Any, measure: str) -> list[tuple[int, date, date | None]]:
    facts = UnitMeasure.objects.current().filter(unit=unit, measure=measure).order_by("starts_on")
    return list(facts.values_list("value", "starts_on", "ends_on"))


def test_area_is_kept_in_hectares_and_population_in_persons(sector: Sector, bring: Any) -> None:
    batch = bring("unit-facts", FACTS, '17230,"123,45",4.321,31/12/2024,Thống kê 2024,')
    assert counts(batch) == (1, 0, 0)
    assert measured(sector.binh_chuan, "area") == [(12_345, date(2024, 12, 31), None)]
    assert measured(sector.binh_chuan, "population") == [(4_321, date(2024, 12, 31), None)]
    assert UnitMeasure.objects.current().first().source == "Thống kê 2024"


def test_the_same_file_a_second_time_changes_nothing(sector: Sector, bring: Any) -> None:
    row = "17230,123.45,4321,2024-12-31,Thống kê 2024,"
    bring("unit-facts", FACTS, row)
    assert counts(bring("unit-facts", FACTS, row)) == (0, 1, 0)


def test_a_correction_keeps_what_was_known_before(sector: Sector, bring: Any) -> None:
    bring("unit-facts", FACTS, "17230,,4321,2024-12-31,Thống kê 2024,")
    before = timezone.now()
    assert counts(bring("unit-facts", FACTS, "17230,,4400,2024-12-31,Rà soát 2025,")) == (1, 0, 0)
    assert measured(sector.binh_chuan, "population") == [(4_400, date(2024, 12, 31), None)]
    [known] = UnitMeasure.objects.known_at(before).filter(unit=sector.binh_chuan)
    assert (known.value, known.source) == (4_321, "Thống kê 2024")


def test_a_later_day_ends_what_held_before(sector: Sector, bring: Any) -> None:
    bring("unit-facts", FACTS, "17230,,4321,2024-12-31,Thống kê,", "17230,,4400,2025-12-31,Thống kê,")
    assert measured(sector.binh_chuan, "population") == [
        (4_321, date(2024, 12, 31), date(2025, 12, 31)),
        (4_400, date(2025, 12, 31), None),
    ]


def test_what_is_known_of_a_unit_ends_with_it(sector: Sector, bring: Any) -> None:
    bring("unit-facts", FACTS, "Phường Bến Thủy,,9000,2024-12-31,Thống kê,")
    assert measured(sector.old_ben_thuy, "population") == [(9_000, date(2024, 12, 31), MERGED_ON)]


def test_a_code_means_the_unit_of_the_day_of_its_row(sector: Sector, bring: Any) -> None:
    bring("unit-facts", FACTS, "16681,,100,2025-06-30,Thống kê,", "16681,,200,2025-07-01,Thống kê,")
    assert [value for value, *_ in measured(sector.old_quang_trung, "population")] == [100]
    assert [value for value, *_ in measured(sector.new_thanh_vinh, "population")] == [200]


def test_the_instrument_named_is_cited_else_that_by_which_the_unit_stands(sector: Sector, bring: Any) -> None:
    an_instrument("01/2025/BC-TK")
    bring("unit-facts", FACTS, "17230,,1,2024-12-31,Thống kê,01/2025/BC-TK", "16681,,2,2025-07-01,Thống kê,")
    cited = dict(UnitMeasure.objects.current().values_list("value", "instrument__number_symbol"))
    assert cited == {1: "01/2025/BC-TK", 2: "202/2025/QH15"}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("17230,12.345,1,2024-12-31,Thống kê,", "hai chữ số thập phân"),
        ("17230,nhiều,1,2024-12-31,Thống kê,", "không phải diện tích"),
        ("17230,,-5,2024-12-31,Thống kê,", "không hợp lệ"),
        ("17230,,,2024-12-31,Thống kê,", "cũng không có dân số"),
        ("17230,,5,2024-12-31,Thống kê,9/9999/X", "chưa có trong danh mục"),
        ("99999,,5,2024-12-31,Thống kê,", "99999"),
    ],
)
def test_a_row_that_cannot_be_applied_is_kept_aside_with_its_reason(
    sector: Sector, bring: Any, row: str, reason: str
) -> None:
    batch = bring("unit-facts", FACTS, row)
    assert counts(batch) == (0, 0, 1)
    assert reason in reasons(batch)[0]
    assert not UnitMeasure.objects.exists()


def test_the_log_names_what_changed_and_the_file(sector: Sector, bring: Any) -> None:
    bring("unit-facts", FACTS, "17230,,4321,2024-12-31,Thống kê 2024,")
    assert Entry.objects.filter(action="unit.measure").count() == 1
    assert Entry.objects.filter(action="sheets.import").count() == 1


# shares


def test_shares_are_recorded_in_a_known_succession_and_once(sector: Sector, bring: Any) -> None:
    rows = ["14758,14758,01/07/2025,300,,,khoản 1", '14758,14797,01/07/2025,700,"2,35",Thôn 1; Thôn 2,khoản 2']
    assert counts(bring("unit-shares", SHARES, *rows)) == (2, 0, 0)
    known = Succession.objects.current().get(predecessor=sector.old_dong_tho, population=700)
    assert (known.area_hectares, known.villages, known.clause) == (235, "Thôn 1; Thôn 2", "khoản 2")
    assert counts(bring("unit-shares", SHARES, *rows)) == (0, 2, 0)
    [carriage] = [w for u, w in carried_between(KNOWN_FROM, MERGED_ON).divided.items() if u == sector.old_dong_tho.pk]
    assert sorted(share for _, share in carriage.parts) == [Fraction(3, 10), Fraction(7, 10)]


def test_a_corrected_share_keeps_what_was_known_before(sector: Sector, bring: Any) -> None:
    bring("unit-shares", SHARES, "14758,14797,01/07/2025,700,,,")
    before = timezone.now()
    assert counts(bring("unit-shares", SHARES, "14758,14797,01/07/2025,650,,,")) == (1, 0, 0)
    assert Succession.objects.known_at(before).filter(population=700).count() == 1
    assert Succession.objects.current().filter(population=650).count() == 1


def test_parts_beyond_the_whole_are_kept_aside(sector: Sector, bring: Any) -> None:
    bring("unit-facts", FACTS, "14758,,1000,2024-12-31,Thống kê,")
    rows = ["14758,14758,01/07/2025,600,,,", "14758,14797,01/07/2025,401,,,"]
    batch = bring("unit-shares", SHARES, *rows)
    assert counts(batch) == (1, 0, 1)
    assert "1001, lớn hơn cả đơn vị trước sắp xếp (1000); tính theo người" in reasons(batch)[0]


def test_a_succession_that_is_not_recorded_is_not_made_up(sector: Sector, bring: Any) -> None:
    batch = bring("unit-shares", SHARES, "16681,14797,01/07/2025,10,,,")
    assert counts(batch) == (0, 0, 1)
    assert "Chưa ghi nhận việc kế thừa" in reasons(batch)[0]


def test_the_predecessor_is_read_as_of_the_day_before(sector: Sector, bring: Any) -> None:
    batch = bring("unit-shares", SHARES, "Phường Bến Thủy,16690,01/07/2025,10,,,")
    assert counts(batch) == (1, 0, 0)
