"""A part is found its whole wherever that stands in the file: chunks of two rows stand for those of ten thousand."""

import random
from pathlib import Path

import pytest

from noivu.core.actors import SYSTEM
from noivu.sheets import importing
from noivu.sheets.api import Batch, QuarantinedRow, Source, import_file, template_named
from noivu.units.testing import Sector
from noivu.work.api import Obligation

HEADS = "code,title,assigner,assigned_on,lead_unit,due_on,parent"


@pytest.fixture(autouse=True)
def small_chunks(sector: Sector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHUNK_ROWS", 2)


def put(tmp_path: Path, rows: list[tuple[str, str]], *, dry_run: bool = False) -> Batch:
    """Tasks by code, each with the code of its whole."""
    lines = (f"{code},Việc,Bộ trưởng,2024-10-01,VP-BNV,2024-10-20,{whole}" for code, whole in rows)
    path = tmp_path / "nhiem-vu.csv"
    path.write_text("\n".join([HEADS, *lines]), encoding="utf-8")
    return import_file(actor=SYSTEM, template=template_named("tasks"), source=Source(path), dry_run=dry_run)


def parents() -> dict[str, str | None]:
    return dict(Obligation.objects.values_list("code", "parent__code"))


def counts(batch: Batch) -> tuple[int, int, int, int]:
    return batch.read, batch.applied, batch.unchanged, batch.quarantined


def test_a_whole_may_stand_in_a_later_chunk_than_its_part(tmp_path: Path) -> None:
    rows = [("P1", "W1"), ("A", ""), ("B", ""), ("C", ""), ("W1", ""), ("P2", "W1")]
    assert counts(put(tmp_path, rows)) == (6, 6, 0, 0)
    assert parents() == {"P1": "W1", "A": None, "B": None, "C": None, "W1": None, "P2": "W1"}
    assert counts(put(tmp_path, rows)) == (6, 0, 6, 0)


def test_a_trial_finds_the_same(tmp_path: Path) -> None:
    assert counts(put(tmp_path, [("P", "W"), ("A", ""), ("W", "")], dry_run=True)) == (3, 3, 0, 0)


@pytest.mark.parametrize("seed", range(5))
def test_a_line_of_parts_of_parts_is_whole_in_any_order(tmp_path: Path, seed: int) -> None:
    whole = {f"N{n}": f"N{n - 1}" if n else "" for n in range(12)}
    rows = list(whole.items())
    random.Random(seed).shuffle(rows)
    assert counts(put(tmp_path, rows)) == (12, 12, 0, 0)
    assert parents() == {code: above or None for code, above in whole.items()}


def test_a_line_from_the_last_to_the_first(tmp_path: Path) -> None:
    rows = [(f"N{n}", f"N{n - 1}" if n else "") for n in reversed(range(9))]
    assert counts(put(tmp_path, rows)) == (9, 9, 0, 0)


def test_what_goes_in_a_circle_over_chunks_is_kept_aside_with_its_row(tmp_path: Path) -> None:
    rows = [("X", "Z"), ("A", ""), ("Y", "X"), ("B", ""), ("Z", "Y"), ("P", "A")]
    batch = put(tmp_path, rows)
    assert counts(batch) == (6, 3, 0, 3)
    assert parents() == {"A": None, "B": None, "P": "A"}
    kept = QuarantinedRow.objects.filter(batch=batch).order_by("number")
    assert [(row.number, row.column) for row in kept] == [(2, "parent"), (4, "parent"), (6, "parent")]


def test_a_whole_that_is_kept_aside_is_no_whole_of_its_parts(tmp_path: Path) -> None:
    batch = put(tmp_path, [("P", "W"), ("A", ""), ("B", ""), ("W", "nowhere")])
    assert counts(batch) == (4, 2, 0, 2)
    assert parents() == {"A": None, "B": None}


def test_of_a_code_that_several_units_bear_all_are_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "nhiem-vu.csv"
    given = [("P", "VP-BNV", "W"), ("A", "VP-BNV", ""), ("W", "BNV", ""), ("B", "VP-BNV", ""), ("W", "VP-BNV", "")]
    lines = (f"{code},Việc,Bộ trưởng,2024-10-01,{unit},2024-10-20,{whole}" for code, unit, whole in given)
    path.write_text("\n".join([HEADS, *lines]), encoding="utf-8")
    assert counts(import_file(actor=SYSTEM, template=template_named("tasks"), source=Source(path))) == (5, 5, 0, 0)
    part = Obligation.objects.get(code="P")
    assert part.parent is not None
    assert part.parent.first_unit_id == part.first_unit_id
