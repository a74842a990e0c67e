"""The commands: template, import, quarantine."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from noivu.core.refusals import Refusal
from noivu.sheets.commands import import_file_command, quarantine, template
from noivu.sheets.declarations import templates
from noivu.sheets.models import RememberedHeads
from noivu.sheets.tests.papers import FORBIDDEN_ISSUER, GOOD, HEADS, PAPERS, papers

Make = Callable[..., Path]


@pytest.fixture(autouse=True)
def declared() -> Iterator[None]:
    templates.declare(PAPERS)
    yield
    templates._plugs.pop(PAPERS.name)


def run(command: Any, *arguments: object) -> Result:
    result = CliRunner().invoke(command, [str(argument) for argument in arguments], catch_exceptions=True)
    if isinstance(result.exception, Refusal):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result


def json_of(command: Any, *arguments: object) -> Any:
    return json.loads(run(command, *arguments, "--json").stdout)


def test_a_template_has_keys_labels_an_example_lists_and_instructions(tmp_path: Path) -> None:
    run(template, PAPERS.name, "-o", tmp_path / "mau.xlsx")
    book = openpyxl.load_workbook(tmp_path / "mau.xlsx")
    data, instructions = book.worksheets[0], book.worksheets[1]
    assert [cell.value for cell in data[1]] == [column.key for column in PAPERS.columns]
    assert data["A2"].value == "Số đến ★"
    assert data["C3"].value == "Bộ Nội vụ"
    assert len(data.data_validations.dataValidation) == 2
    assert "Received on ★" in [cell.value for row in instructions for cell in row]


@pytest.mark.usefixtures("register")
def test_an_untouched_template_imports_nothing(tmp_path: Path) -> None:
    run(template, PAPERS.name, "-o", tmp_path / "mau.xlsx")
    done = json_of(import_file_command, PAPERS.name, tmp_path / "mau.xlsx")
    assert (done["read"], done["notes"]) == (0, [])


@pytest.mark.usefixtures("register")
def test_a_filled_template_imports_its_rows_alone(tmp_path: Path) -> None:
    run(template, PAPERS.name, "-o", tmp_path / "mau.xlsx")
    book = openpyxl.load_workbook(tmp_path / "mau.xlsx")
    for place, value in enumerate(GOOD, start=1):
        book.worksheets[0].cell(4, place, value)
    book.save(tmp_path / "so.xlsx")
    assert json_of(import_file_command, PAPERS.name, tmp_path / "so.xlsx")["applied"] == 1
    assert [row[0] for row in papers()] == [7]


@pytest.mark.usefixtures("register")
def test_import_prints_the_json_of_the_interface(workbook: Make) -> None:
    done = json_of(import_file_command, PAPERS.name, workbook([HEADS, GOOD, [8, "31/02/2024", "Bộ Nội vụ"]]))
    assert {name: done[name] for name in ("read", "applied", "unchanged", "quarantined")} == {
        "read": 2, "applied": 1, "unchanged": 0, "quarantined": 1,
    }  # fmt: skip
    [row] = done["rows"]
    assert (row["row"], row["column"], row["value"]) == (3, "received_on", "31/02/2024")
    assert "29 ngày" in row["reason"]


@pytest.mark.usefixtures("register")
def test_a_map_file_is_used_and_remembered(workbook: Make, tmp_path: Path) -> None:
    path = workbook([["STT", "Tới hôm", "Ai gửi"], [7, "31/10/2024", "Bộ Nội vụ"]])
    (tmp_path / "m.yaml").write_text("columns: {STT: number, Tới hôm: received_on, Ai gửi: issuer}", encoding="utf-8")
    with pytest.raises(Refusal, match="Thiếu cột bắt buộc"):
        run(import_file_command, PAPERS.name, path)
    first = json_of(import_file_command, PAPERS.name, path, "--map", tmp_path / "m.yaml")
    assert (first["applied"], RememberedHeads.objects.count()) == (1, 1)
    assert json_of(import_file_command, PAPERS.name, path)["unchanged"] == 1


@pytest.mark.usefixtures("register")
def test_a_map_that_names_an_unknown_column_is_refused(workbook: Make, tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text('{"STT": "nummer"}', encoding="utf-8")
    with pytest.raises(Refusal, match="nummer"):
        run(import_file_command, PAPERS.name, workbook([HEADS, GOOD]), "--map", tmp_path / "m.json")


def test_an_unknown_template_lists_those_there_are(workbook: Make) -> None:
    with pytest.raises(Refusal, match="test-papers"):
        run(import_file_command, "giay-to", workbook([HEADS, GOOD]))


@pytest.mark.usefixtures("register")
def test_a_trial_says_how_many_of_its_kept_rows_it_shows(workbook: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("noivu.sheets.importing.KEPT_OF_A_TRIAL", 2)
    path = workbook([HEADS, *([n, "31/02/2024", "A"] for n in range(3))])
    done = json_of(import_file_command, PAPERS.name, path, "--dry-run")
    assert (done["quarantined"], done["kept_shown"], len(done["rows"])) == (3, 2, 2)
    assert "Chỉ có 2 dòng trong 3" in run(import_file_command, PAPERS.name, path, "--dry-run").output


@pytest.mark.usefixtures("register")
def test_kept_rows_with_a_time_beside_the_day_are_imported_again(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (HEADS, [7, datetime(2024, 10, 31, 8, 30), FORBIDDEN_ISSUER]):
        book.active.append(row)
    book.save(tmp_path / "so.xlsx")
    batch = json_of(import_file_command, PAPERS.name, tmp_path / "so.xlsx")["batch"]
    run(quarantine, "export", batch, "-o", tmp_path / "sua.csv")
    text = (tmp_path / "sua.csv").read_text(encoding="utf-8")
    assert "31/10/2024 08:30" in text
    (tmp_path / "sua.csv").write_text(text.replace(FORBIDDEN_ISSUER, "Bộ Nội vụ"), encoding="utf-8")
    assert json_of(import_file_command, PAPERS.name, tmp_path / "sua.csv")["applied"] == 1


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("name", ["sua.xlsx", "sua.csv"])
def test_kept_rows_are_exported_corrected_and_imported_again(workbook: Make, tmp_path: Path, name: str) -> None:
    path = workbook([["Sổ văn bản"], HEADS, GOOD, [8, "31/02/2024", "Bộ Nội vụ", "=1+1"]])
    batch = json_of(import_file_command, PAPERS.name, path)["batch"]
    assert json_of(quarantine, "list", batch)["rows"][0]["row"] == 4
    assert json_of(quarantine, "export", batch, "-o", tmp_path / name)["rows"] == 1
    _correct(tmp_path / name)
    again = json_of(import_file_command, PAPERS.name, tmp_path / name)
    assert (again["read"], again["applied"], again["notes"]) == (1, 1, [])
    assert [row[0] for row in papers()] == [7, 8]


def _correct(path: Path) -> None:
    if path.suffix == ".csv":
        path.write_text(path.read_text(encoding="utf-8").replace("31/02/2024", "29/02/2024"), encoding="utf-8")
        return
    book = openpyxl.load_workbook(path)
    book.active["B2"] = "29/02/2024"
    book.save(path)


@pytest.mark.usefixtures("register")
def test_batches_are_listed_newest_first(workbook: Make) -> None:
    for _ in range(2):
        run(import_file_command, PAPERS.name, workbook([HEADS, GOOD]))
    listed = json_of(quarantine, "list")
    assert [one["unchanged"] for one in listed] == [1, 0]


@pytest.mark.usefixtures("register")
def test_a_dry_run_says_so(workbook: Make) -> None:
    output = run(import_file_command, PAPERS.name, workbook([HEADS, GOOD]), "--dry-run").output
    assert "Chạy thử, chưa ghi gì" in output
    assert papers() == []
