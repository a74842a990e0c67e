"""The command line as a whole: what is offered, the shapes of its JSON, its exit codes, what stands on which stream."""

import csv
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner
from django.db import OperationalError
from django.utils import translation

from noivu.accounts.testing import Cast
from noivu.portal.cli import main, noivu
from noivu.portal.commands.installation import start_server
from noivu.portal.warming import warm_up
from noivu.units.testing import Sector

ROOT = Path(__file__).resolve().parents[4]
OFFERED = """
init · demo · serve · doctor · user add · units load vietnam · units show · units tree · units count · units successors
units predecessors · units successions · template · import · quarantine list · quarantine export · figures · records
deadline · calculate · report draft · report show · report export · audit export · bench
"""
HEADS = ["unit", "arrival_number", "arrived_on", "issuer", "summary", "reply_required", "due_on", "replied_on"]
ROWS = [
    ["BNV", "1", "02/10/2024", "Bộ Tài chính", "=HYPERLINK(1)", "có", "21/10/2024", "15/10/2024"],
    ["BNV", "2", "03/10/2024", "Tỉnh Nghệ An", "Về biên chế", "có", "08/11/2024", ""],
    ["VP-BNV", "3", "04/10/2024", "Tỉnh Thanh Hóa", "Về sắp xếp", "", "", ""],
    ["BNV", "4", "31/02/2024", "Tỉnh Nghệ An", "Về địa giới", "", "", ""],
]
MONTH = ("--unit", "BNV", "--period", "2024-10")


@dataclass(frozen=True)
class Answer:
    """How a command ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def payload(self) -> Any:
        return json.loads(self.stdout)


Ask = Callable[..., Answer]


@pytest.fixture
def ask(capfd: pytest.CaptureFixture[str]) -> Ask:
    """Run a command in this process, through the one way out that ends refusals."""

    def run(*arguments: object) -> Answer:
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended, translation.override("vi"):
            main([str(argument) for argument in arguments])
        printed = capfd.readouterr()
        return Answer(int(ended.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture
def register(sector: Sector, tmp_path: Path) -> Path:
    return written(tmp_path / "so-den.csv", [HEADS, *ROWS])


def in_english(*arguments: str) -> str:
    with translation.override("en"):
        return CliRunner().invoke(noivu, arguments, env={"NOIVU_LANGUAGE": "en"}).stdout


def written(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


def every_command(command: click.Command = noivu, path: str = "") -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield path, command
        return
    if command.invoke_without_command:
        yield path, command
    context = click.Context(command)
    for name in command.list_commands(context):
        below = command.get_command(context, name)
        assert below is not None
        yield from every_command(below, f"{path} {name}".strip())


COMMANDS = dict(every_command())


def test_every_command_of_the_interface_is_offered() -> None:
    asked = {name.strip() for line in OFFERED.strip().splitlines() for name in line.split("·")}
    assert asked - set(COMMANDS) == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_shows_an_example_and_what_each_option_does(name: str) -> None:
    command = COMMANDS[name]
    context = click.Context(command, info_name=f"noivu {name}")
    assert f"Example: noivu {name.split()[0]}" in " ".join(command.get_help(context).split()) or "--data" in str(
        command.epilog
    )
    silent = [one.opts for one in command.params if isinstance(one, click.Option) and not one.help]
    assert silent == []


def test_wrong_usage_ends_with_2_and_prints_nothing_on_stdout(ask: Ask) -> None:
    for wrong in (("figures", "--nonsense"), ("nonsense",), ("deadline", "--from", "2024-02-31", "--days", "3")):
        answer = ask(*wrong)
        assert (answer.code, answer.stdout) == (2, "")
        assert answer.stderr


def test_a_refusal_ends_with_1_and_speaks_both_languages_on_stderr(ask: Ask, sector: Sector) -> None:
    answer = ask("figures", "--unit", "KHONG-CO", "--period", "2024-10", "--json")
    assert (answer.code, answer.stdout) == (1, "")
    assert "không có đơn vị nào" in answer.stderr
    assert "no unit has the code" in answer.stderr


def test_a_file_that_cannot_be_written_is_told_in_words(ask: Ask, sector: Sector, tmp_path: Path) -> None:
    answer = ask("template", "documents-in", "-o", tmp_path / "none" / "x.xlsx")
    assert (answer.code, answer.stdout) == (1, "")
    assert "Không đọc hoặc ghi được" in answer.stderr
    assert "none/x.xlsx" in answer.stderr


@pytest.mark.parametrize("line", ["header_row: x", "sheet: 3", "header_row: true"])
def test_a_column_map_of_wrong_types_is_told_in_words(ask: Ask, register: Path, tmp_path: Path, line: str) -> None:
    column_map = tmp_path / "map.yaml"
    column_map.write_text(f"columns: {{}}\n{line}\n", encoding="utf-8")
    answer = ask("import", "documents-in", register, "--map", column_map)
    assert answer.code == 1
    assert "header_row" in answer.stderr


def test_a_report_speaks_the_language_that_was_asked_for(ask: Ask, sector: Sector) -> None:
    month = ("ministry-monthly", "--unit", "BNV", "--period", "2024-10")
    assert ask("report", "draft", *month).stdout.startswith("Đã lập dự thảo")
    assert "All identities hold." in in_english("report", "show", *month)


def test_init_answers_with_where_the_installation_lies(ask: Ask, db: None) -> None:
    told = ask("init", "--json").payload
    assert {"data", "database", "name", "seconds"} == set(told)


def test_a_lost_second_factor_is_told_to_machines_too(ask: Ask, cast: Cast) -> None:
    answer = ask("user", "reset-second-factor", "an", "--reason", "mất máy", "--json")
    assert (answer.code, answer.stdout) == (1, "")
    Authenticator.objects.create(user=cast.an.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert ask("user", "reset-second-factor", "an", "--reason", "mất máy", "--json").payload == {
        "user": "an", "second_factor": False,
    }  # fmt: skip


def test_an_import_answers_with_its_counts_and_the_kept_rows(ask: Ask, register: Path) -> None:
    done = ask("import", "documents-in", register, "--json").payload
    assert {key: done[key] for key in ("read", "applied", "unchanged", "quarantined")} == {
        "read": 4, "applied": 3, "unchanged": 0, "quarantined": 1,
    }  # fmt: skip
    [kept] = done["rows"]
    assert (kept["row"], kept["column"], kept["value"]) == (5, "arrived_on", "31/02/2024")
    again = ask("import", "documents-in", register, "--json").payload
    assert (again["applied"], again["unchanged"], again["quarantined"]) == (0, 3, 1)


def test_a_dry_run_changes_nothing(ask: Ask, register: Path) -> None:
    assert ask("import", "documents-in", register, "--dry-run", "--json").payload["applied"] == 3
    assert ask("figures", *MONTH, "--json").payload["values"]["documents.received"] == 0


def test_kept_rows_are_exported_corrected_and_imported_again(ask: Ask, register: Path, tmp_path: Path) -> None:
    batch = ask("import", "documents-in", register, "--json").payload["batch"]
    listed = ask("quarantine", "list", batch, "--json").payload
    assert [row["row"] for row in listed["rows"]] == [5]
    exported = tmp_path / "sua.csv"
    assert ask("quarantine", "export", batch, "-o", exported).code == 0
    corrected = exported.read_text(encoding="utf-8-sig").replace("31/02/2024", "28/10/2024")
    exported.write_text(corrected, encoding="utf-8")
    done = ask("import", "documents-in", exported, "--json").payload
    assert (done["read"], done["applied"], done["quarantined"]) == (1, 1, 0)


def test_figures_have_the_documented_shape(ask: Ask, register: Path) -> None:
    ask("import", "documents-in", register)
    told = ask("figures", *MONTH, "--json").payload
    assert {"unit", "period", "window", "as_of", "values", "identities", "sources"} <= set(told)
    assert (told["unit"], told["period"], told["window"], told["as_of"]) == (
        "BNV", "2024-10", "calendar", "2024-10-31",
    )  # fmt: skip
    values = told["values"]
    assert values["documents.received"] == 3
    assert (values["documents.reply_required"], values["documents.replied"], values["documents.reply_not_due"]) == (
        2, 1, 1,
    )  # fmt: skip
    assert all(identity["holds"] is True and identity["name"] for identity in told["identities"])
    rows = ask("figures", *MONTH, "--by", "children", "--json").payload["rows"]
    assert {row["unit"]: row["values"]["documents.received"] for row in rows}["VP-BNV"] == 1


def test_figures_obey_as_of_window_and_indicator(ask: Ask, register: Path) -> None:
    ask("import", "documents-in", register)
    early = ask("figures", *MONTH, "--as-of", "2024-10-10", "--indicator", "documents.replied", "--json").payload
    assert (early["as_of"], early["values"]) == ("2024-10-10", {"documents.replied": 0})
    shifted = ask("figures", *MONTH, "--window", "decree09", "--json").payload
    assert (shifted["window"], shifted["as_of"]) == ("decree09", "2024-10-14")
    before = ask("figures", *MONTH, "--known-at", "2024-10-01T00:00", "--json").payload
    assert before["values"]["documents.received"] == 0


def test_what_can_be_asked_is_listed(ask: Ask) -> None:
    listed = {row["code"]: row for row in ask("figures", "--list", "--json").payload}
    assert {"concept", "method", "measured_in", "source", "breakdowns", "completeness"} <= set(
        listed["documents.received"]
    )
    assert "working-days" in {row["name"] for row in ask("calculate", "--list", "--json").payload}
    assert "documents-in" in {row["name"] for row in ask("template", "--json").payload}


def test_records_are_those_that_were_counted(ask: Ask, register: Path) -> None:
    ask("import", "documents-in", register)
    behind = ask("records", "documents.reply_required", *MONTH, "--json").payload
    assert (behind["indicator"], behind["count"]) == ("documents.reply_required", 2)
    assert all({"id", "unit", "label", "url"} <= set(record) for record in behind["records"])
    as_csv = ask("records", "documents.received", *MONTH, "--csv").stdout.lstrip("\ufeff")
    rows = list(csv.DictReader(as_csv.splitlines()))
    assert [row["unit"] for row in rows] == ["BNV", "BNV", "VP-BNV"]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert ask("records", "tasks.completion_rate", *MONTH, "--json").code == 1


@pytest.mark.django_db
def test_a_deadline_explains_each_day(ask: Ask) -> None:
    told = ask("deadline", "--from", "2026-08-21", "--working-days", 7, "--json").payload
    assert (told["from"], told["due_on"]) == ("2026-08-21", "2026-09-03")
    assert {"steps", "rule", "instrument"} <= set(told)
    assert sum(step["counted"] for step in told["steps"]) == 7
    assert all({"date", "counted", "reason"} <= set(step) for step in told["steps"])
    ruled = ask("deadline", "--from", "2026-03-02", "--rule", "recommendation_national_assembly", "--json").payload
    assert (ruled["rule"], ruled["due_on"]) == ("deadline.recommendation_national_assembly", "2026-05-01")
    assert ruled["instrument"]
    assert ask("deadline", "--from", "2026-03-02").code == 2


@pytest.mark.django_db
def test_a_calculation_shows_its_steps(ask: Ask) -> None:
    facts = ("--set", "from=2024-10-01", "--set", "to=2024-10-31", "--on", "2024-10-31")
    told = ask("calculate", "working-days", *facts, "--json").payload
    assert (told["calculator"], told["on"], told["result"]) == ("working-days", "2024-10-31", 22)
    assert all({"text", "value", "instrument"} <= set(step) for step in told["steps"])


def test_units_answer_as_of_a_day(ask: Ask, sector: Sector) -> None:
    counted = ask("units", "count", "--on", "2025-07-01", "--json").payload
    assert {"on", "exact", "known_from", "province", "district", "commune", "by_kind"} <= set(counted)
    went = ask("units", "successors", "16681", "--on", "2025-07-01", "--json").payload
    assert (went["unit"], went["on"]) == ("16681", "2025-07-01")
    assert all({"unit", "name", "share", "instrument"} <= set(step) for step in went["successors"])


def test_what_people_read_is_aligned_without_tabs(ask: Ask, register: Path) -> None:
    ask("import", "documents-in", register)
    for asked in (
        ("units", "successors", "16681", "--on", "2025-07-01"),
        ("units", "tree", "40", "--on", "2025-07-01"),
        ("figures", *MONTH, "--by", "children"),
        ("records", "documents.received", *MONTH),
        ("deadline", "--from", "2024-10-21", "--days", "3"),
        ("quarantine", "list"),
        ("template",),
        ("report", "list"),
    ):
        answer = ask(*asked)
        assert (answer.code, "\t" in answer.stdout) == (0, False), asked
        assert answer.stdout.strip(), asked


def test_a_report_is_drafted_shown_and_exported(ask: Ask, register: Path, tmp_path: Path) -> None:
    ask("import", "documents-in", register)
    undrafted = ask("report", "show", "ministry-monthly", *MONTH)
    assert (undrafted.code, undrafted.stdout) == (1, "")
    assert "noivu report draft" in undrafted.stderr
    drafted = ask("report", "draft", "ministry-monthly", *MONTH, "--json").payload
    shown = ask("report", "show", "ministry-monthly", *MONTH, "--json").payload
    assert (shown["title"], shown["sections"]) == (drafted["title"], drafted["sections"])
    file = tmp_path / "report.json"
    exported = ask("report", "export", "ministry-monthly", *MONTH, "--format", "json", "-o", file)
    assert (exported.code, exported.stdout) == (0, "")
    assert json.loads(file.read_text(encoding="utf-8"))["title"] == drafted["title"]
    told = ask("report", "export", "ministry-monthly", *MONTH, "--format", "json", "-o", file, "--json")
    assert told.payload == {"file": str(file), "format": "json", "bytes": file.stat().st_size}


def test_benchmarks_that_are_not_installed_are_told_in_words(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psutil", None)
    answer = ask("bench", "--list")
    assert answer.code == 1
    assert "make setup-tests" in answer.stderr


def test_the_exported_log_verifies_without_the_product(ask: Ask, register: Path, tmp_path: Path) -> None:
    ask("import", "documents-in", register)
    log = tmp_path / "log.jsonl"
    assert ask("audit", "export", "-o", log, "--json").payload["file"] == str(log)
    verifier = ROOT / "src" / "noivu" / "audit" / "verify.py"
    verified = subprocess.run([sys.executable, "-I", verifier, log], capture_output=True, text=True, check=False)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    log.write_text(log.read_text(encoding="utf-8").replace("BNV", "BNX", 1), encoding="utf-8")
    forged = subprocess.run([sys.executable, "-I", verifier, log], capture_output=True, text=True, check=False)
    assert forged.returncode == 1


def test_the_one_named_by_as_is_the_one_in_the_log(ask: Ask, cast: Cast) -> None:
    added = ask("user", "add", "mai.le", "--role", "viewer", "--unit", "VP-BNV", "--as", cast.ha.username, "--json")
    assert {"user", "role", "unit", "one_time_password"} <= set(added.payload)
    size = ask("audit", "checkpoint", "--json").payload["statement"]["size"]
    acts = [ask("audit", "show", number, "--json").payload for number in range(size)]
    assert cast.ha.actor.name in {act["actor"] for act in acts}
    unknown = ask("user", "add", "b", "--role", "viewer", "--unit", "BNV", "--as", "nobody")
    assert (unknown.code, unknown.stdout) == (1, "")
    assert "nobody" in unknown.stderr
    not_allowed = ask("user", "add", "c", "--role", "viewer", "--unit", "BNV", "--as", cast.dung.username)
    assert not_allowed.code == 1


@pytest.mark.slow
def test_a_process_of_its_own_keeps_stdout_pure_and_says_when_the_database_is_missing(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "DJANGO_SETTINGS_MODULE": "config.settings"}
    environment.pop("DATABASE_URL", None)
    program = [sys.executable, "-c", "from noivu.portal.cli import main; main()", "--data", str(tmp_path / "office")]

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*program, *arguments], env=environment, capture_output=True, text=True, check=False)

    told = run("deadline", "--from", "2024-10-21", "--working-days", "10", "--json")
    assert (told.returncode, told.stderr) == (0, "")
    assert json.loads(told.stdout)["due_on"] == "2024-11-04"
    missing = run("units", "count", "--json")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert "noivu init" in missing.stderr
    assert "Traceback" not in missing.stderr


@pytest.mark.parametrize("address", ["mysql://u:geheim@h/x", "postgres://u:ge@heim#@h:5432/x", "postgres://u:geheim@h"])
def test_an_address_that_names_no_database_is_refused_without_its_password(tmp_path: Path, address: str) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": address,
    }
    program = [sys.executable, "-c", "from noivu.portal.cli import main; main()", "--data", str(tmp_path / "office")]
    told = subprocess.run([*program, "doctor"], env=environment, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (1, "")
    assert "DATABASE_URL không chỉ đúng" in told.stderr
    assert "DATABASE_URL does not name" in told.stderr
    assert "heim" not in told.stderr


@pytest.mark.parametrize(
    ("says", "vi", "en"),
    [
        ("database or disk is full", "Đĩa của máy chủ đã đầy", "disk of the server is full"),
        ("attempt to write a readonly database", "chỉ cho đọc", "read-only"),
        ("unable to open database file", "Không mở được tệp", "cannot be opened"),
        ("database disk image is malformed", "bị hỏng", "damaged"),
    ],
)
def test_a_full_disk_and_a_damaged_database_are_told_in_words(
    ask: Ask, sector: Sector, register: Path, monkeypatch: pytest.MonkeyPatch, says: str, vi: str, en: str
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise OperationalError(says)

    monkeypatch.setattr("noivu.sheets.commands.import_file", broken)
    answer = ask("import", "documents-in", register)
    assert (answer.code, answer.stdout) == (1, "")
    assert vi in answer.stderr
    assert en in answer.stderr


def test_a_port_that_another_server_listens_on_is_refused(ask: Ask, db: None) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        answer = ask("serve", "--port", port)
    assert answer.code == 1
    assert f"Cổng {port} đã có chương trình khác dùng" in answer.stderr
    assert f"Port {port} is in use" in answer.stderr


def test_a_server_outlives_the_death_of_one_of_its_processes(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("noivu.portal.commands.installation.gather_static", lambda: False)
    monkeypatch.setattr("os.execv", lambda program, arguments: started.append(arguments))
    start_server(port=0, workers=2)
    assert "--respawn-failed-workers" in started[0]


def test_a_server_has_a_process_for_each_core_and_at_most_four_unless_it_is_told(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("noivu.portal.commands.installation.gather_static", lambda: False)
    monkeypatch.setattr("os.execv", lambda program, arguments: started.append(arguments))
    for cores, said in ((1, None), (2, None), (64, None), (2, 3)):
        monkeypatch.setattr("os.cpu_count", lambda cores=cores: cores)
        start_server(port=0, workers=said)
    assert [one[one.index("--workers") + 1] for one in started] == ["1", "2", "4", "3"]


def test_a_serving_process_warms_up_without_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    frozen: list[bool] = []
    monkeypatch.setattr("gc.freeze", lambda: frozen.append(True))
    warm_up()
    assert frozen == [True]
