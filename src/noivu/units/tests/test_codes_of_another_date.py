"""Files whose codes are of another date than their rows: recognised, put in doubt, converted when the importer says so.

In the small sector 16693 ended on 1/7/2025 (whole into the new 16690), 16681 became another unit of the same code, and
14758 was parted into the new 14758 and 14797.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from noivu.audit.models import Entry
from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.core.wording import both
from noivu.sheets.api import (
    Batch,
    CellProblem,
    Column,
    ImportContext,
    Outcome,
    ParsedRow,
    QuarantinedRow,
    Reading,
    Source,
    Template,
    applied,
    import_file,
    templates,
)
from noivu.sheets.kinds import parse_cell
from noivu.sheets.policies import IMPORT, VIEW
from noivu.ui.testing import allowed
from noivu.units.api import find_unit, unit_in_cell
from noivu.units.imports import review_units
from noivu.units.testing import Sector

LAST_DAY, FIRST_DAY = date(2025, 6, 30), date(2025, 7, 1)
AFTER, OCTOBER = "15/08/2025", "31/10/2024"
Row = tuple[str, ...]


def apply(rows: Sequence[ParsedRow], context: ImportContext) -> list[Outcome]:
    """Nothing is kept but in the log: which unit each row came to."""
    return [applied("units.visit", row["number"], {"unit": row["unit"].pk}) for row in rows]


VISITS = Template(
    name="test-visits",
    label=both("Sổ đi cơ sở"),
    columns=(
        Column("number", both("Số"), kind="integer", required=True, is_key=True),
        Column("seen_on", both("Ngày"), kind="date", required=True),
        Column("unit", both("Đơn vị"), kind="unit", required=True, on="seen_on"),
    ),
    apply=apply,
    verb=IMPORT,
    scope_column="unit",
)


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> dict[int, int]:
    """By number of the row: the unit to which it came."""
    found: dict[int, int] = {}
    monkeypatch.setattr("noivu.units.tests.test_codes_of_another_date.applied", _told(found))
    return found


def _told(found: dict[int, int]) -> Callable[..., Outcome]:
    def told(kind: str, number: int, after: dict[str, int]) -> Outcome:
        found[number] = after["unit"]
        return applied_truly(kind, number, after)

    return told


applied_truly = applied


def written(tmp_path: Path, codes: Sequence[str | Row], day: str = AFTER) -> Path:
    """A file with one row for each code; a pair has a name beside the code, under a head that no column takes."""
    rows = [code if isinstance(code, tuple) else (code,) for code in codes]
    lines = [f"{number};{day};{';'.join(row)}" for number, row in enumerate(rows, start=1)]
    head = "number;seen_on;unit" + ";Tên trong danh sách" * max(len(row) - 1 for row in rows)
    path = tmp_path / "so.csv"
    path.write_text("\n".join([head, *lines]), encoding="utf-8")
    return path


def tried(path: Path, codes_of: date | None = None, dry_run: bool = True) -> Batch:
    return import_file(actor=SYSTEM, template=VISITS, source=Source(path, codes_of=codes_of), dry_run=dry_run)


def kept(batch: Batch) -> dict[int, str]:
    """By number of the row (the head stands in the first line): why it was kept aside."""
    return {row.number - 1: row.reason.vi for row in QuarantinedRow.objects.filter(batch=batch)}


def test_a_file_of_old_codes_is_recognised_and_nothing_is_joined(sector: Sector, tmp_path: Path) -> None:
    batch = tried(written(tmp_path, ["16693", "13636", "14758", "16681"]))

    assert (batch.applied, batch.quarantined, batch.codes_seem_of) == (0, 4, LAST_DAY)
    (note,) = batch.notes
    assert "2 dòng ghi mã hoặc tên đơn vị của ngày 30/06/2025" in note["vi"]
    assert "13636 là Phường Vị Xuyên; 16693 là Phường Bến Thủy" in note["vi"]
    assert "--codes-of 2025-06-30" in note["en"]
    reasons = kept(batch)
    assert "Ngày 15/08/2025 không có đơn vị nào mang mã hoặc tên “16693”" in reasons[1]
    assert "nhập vào Phường Trường Vinh (16690)" in reasons[1]
    assert "Mã 14758 ngày 15/08/2025 là Phường Hàm Rồng, ngày 30/06/2025 là Phường Đông Thọ" in reasons[3]
    assert "Phường Thành Vinh" in reasons[4]


def test_codes_read_as_of_their_day_come_to_the_whole_successor(
    sector: Sector, tmp_path: Path, reached: dict[int, int]
) -> None:
    batch = tried(written(tmp_path, ["16693", "16681", "17230", "SNV-37"]), LAST_DAY)

    assert (batch.applied, batch.quarantined, batch.codes_of, batch.codes_seem_of) == (4, 0, LAST_DAY, None)
    assert reached == {
        1: sector.new_truong_vinh.pk,
        2: sector.new_thanh_vinh.pk,
        3: sector.binh_chuan.pk,
        4: sector.new_home_affairs_ninh_binh.pk,
    }
    assert "3 dòng chuyển sang đơn vị kế thừa" in batch.notes[0]["vi"]


def test_a_parted_unit_is_kept_aside_with_the_successors_to_choose_from(sector: Sector, tmp_path: Path) -> None:
    batch = tried(written(tmp_path, ["14758", "16693"]), LAST_DAY)

    (reason,) = kept(batch).values()
    assert "Phường Đông Thọ (14758) của ngày 30/06/2025" in reason
    assert "Chọn một: Phường Hàm Rồng (14758); Phường Hạc Thành (14797)." in reason


@pytest.mark.parametrize("row", [("16681", "Phường Quang Trung"), ("16681 - Phường Quang Trung",)])
def test_a_code_with_the_name_of_its_former_unit_is_that_unit(
    sector: Sector, tmp_path: Path, row: Row, reached: dict[int, int]
) -> None:
    path = written(tmp_path, [row])
    batch = tried(path)

    assert (batch.applied, batch.codes_seem_of) == (0, LAST_DAY)
    assert "ngày 15/08/2025 là Phường Thành Vinh, không phải Phường Quang Trung" in kept(batch)[1]
    assert "mang mã đó đến hết 30/06/2025" in kept(batch)[1]
    assert tried(path, LAST_DAY).applied == 1
    assert reached == {1: sector.new_thanh_vinh.pk}


def test_a_code_with_the_name_of_its_present_unit_is_in_no_doubt(sector: Sector, tmp_path: Path) -> None:
    rows = [("16681", "Phường Thành Vinh"), ("Phường Thành Vinh (16681)", ""), ("16693", ""), ("13636", "")]
    batch = tried(written(tmp_path, [*rows, ("14320", "")]))

    assert (batch.applied, batch.quarantined) == (2, 3)
    assert batch.codes_seem_of == LAST_DAY


def test_one_old_code_among_present_ones_is_kept_alone(sector: Sector, tmp_path: Path) -> None:
    batch = tried(written(tmp_path, ["16693", "16681", "13669", "14797", "14329"]))

    assert (batch.applied, batch.quarantined, batch.codes_seem_of) == (4, 1, None)
    assert batch.notes[0]["vi"].startswith("1 dòng ghi mã hoặc tên mà đơn vị chỉ mang vào ngày khác; ví dụ: 16693")


def test_a_code_that_was_another_units_is_read_by_the_date_of_its_row_and_said(
    sector: Sector, tmp_path: Path, reached: dict[int, int]
) -> None:
    batch = tried(written(tmp_path, ["16681"]))

    assert reached == {1: sector.new_thanh_vinh.pk}
    assert "16681 là Phường Quang Trung, nay đọc là Phường Thành Vinh" in batch.notes[0]["vi"]


def test_a_code_that_keeps_its_name_needs_no_word(sector: Sector, tmp_path: Path) -> None:
    assert tried(written(tmp_path, ["SNV-37", "17230", "BNV"])).notes == []


def test_codes_of_a_later_day_are_recognised_in_rows_of_october(
    sector: Sector, tmp_path: Path, reached: dict[int, int]
) -> None:
    path = written(tmp_path, ["13669", "14797", "16690"], OCTOBER)
    assert tried(path).codes_seem_of == FIRST_DAY

    batch = tried(path, FIRST_DAY)
    assert reached[1] == find_unit("13636", LAST_DAY).pk
    assert "16690" in kept(batch)[3]
    assert "Phường Bến Thủy (16693)" in kept(batch)[3]


def test_the_choice_stands_in_the_log_and_holds_for_this_import_alone(sector: Sector, tmp_path: Path) -> None:
    path = written(tmp_path, ["16693", "13636"])
    batch = tried(path, LAST_DAY, dry_run=False)

    assert batch.codes_of == LAST_DAY
    entry = Entry.objects.get(action="sheets.import")
    assert "mã đơn vị của ngày 30/06/2025" in entry.payload.content
    again = tried(path)
    assert (again.codes_of, again.codes_seem_of, again.quarantined) == (None, LAST_DAY, 2)


def test_one_of_several_units_in_a_cell_is_read_as_the_column_of_units_is(sector: Sector) -> None:
    context = ImportContext(SYSTEM, None, None, frozenset(), codes_of=LAST_DAY)
    august = date(2025, 8, 15)

    assert unit_in_cell("16681", august, 2, context) == sector.new_thanh_vinh.pk
    with pytest.raises(Refusal, match="Chọn một: Phường Hàm Rồng"):
        unit_in_cell("14758", august, 2, context)


def test_one_of_several_units_in_a_cell_is_in_doubt_where_the_file_is(sector: Sector) -> None:
    context, august = ImportContext(SYSTEM, None, None, frozenset()), date(2025, 8, 15)
    column = Column("unit", both("Đơn vị"), kind="unit", on="seen_on")
    for row, code in enumerate(["16693", "13636", "14320"], start=2):
        with pytest.raises(CellProblem):
            parse_cell(code, Reading(column, august, context, row))
    assert review_units(context).codes_of == LAST_DAY

    with pytest.raises(Refusal, match="ngày 30/06/2025 là Phường Quang Trung"):
        unit_in_cell("16681", august, 2, context)
    assert unit_in_cell("SNV-40", august, 2, context) == sector.home_affairs_nghe_an.pk


@pytest.fixture
def an(settings: Any, sector: Sector) -> Iterator[Client]:
    """An officer who may import."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "noivu.ui.testing.ActorFromHeader"]
    templates.declare(VISITS)
    with allowed(IMPORT, VIEW):
        yield Client(headers={"X-Actor": "An"})
    templates._plugs.pop(VISITS.name)


def test_the_page_of_a_trial_offers_the_conversion_and_takes_it_back(an: Client, tmp_path: Path) -> None:
    path = written(tmp_path, ["16693", "13636"])
    file = SimpleUploadedFile(path.name, path.read_bytes())
    sent = an.post("/sheets/new/", {"template": VISITS.name, "unit": "", "file": file}, follow=True)
    first = Batch.objects.get()
    assert 'name="codes_of" value="2025-06-30"' in sent.content.decode()

    answer = an.post(f"/sheets/{first.pk}/codes/", {"codes_of": "2025-06-30"}, follow=True)
    second = Batch.objects.latest("pk")
    assert (second.applied, second.codes_of) == (2, LAST_DAY)
    assert "Đọc theo ngày của từng dòng" in answer.content.decode()

    an.post(f"/sheets/{second.pk}/codes/")
    assert Batch.objects.latest("pk").quarantined == 2
    an.post(f"/sheets/{second.pk}/import/")
    done = Batch.objects.latest("pk")
    assert (done.state, done.applied, done.codes_of) == (Batch.APPLIED, 2, LAST_DAY)
