"""`noivu audit` on the command line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection

from noivu.audit import keys
from noivu.audit import verify as verifier
from noivu.audit.api import record
from noivu.audit.commands import audit
from noivu.core.actors import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _three_acts(an: Actor) -> None:
    for number in range(3):
        record(actor=an, action="test.change", thing=("a", number), after={"n": number})


def run(*arguments: str) -> Any:
    return CliRunner().invoke(audit, list(arguments))


def test_it_exports_a_log_that_verifies_readable_by_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    result = run("export", "-o", str(file), "--json")
    assert json.loads(result.stdout)["lines"] == 6  # header, three entries, checkpoint, end
    assert verifier.main([str(file), "--lang", "vi"]) == 0
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_draft_of_an_export_is_its_owners_alone_and_does_not_stay_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def failing(first: int, last: int | None) -> Iterator[bytes]:
        seen.append((tmp_path / "log.jsonl.part").stat().st_mode & 0o777)
        yield b"{}"
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("noivu.audit.commands.export_lines", failing)
    run("export", "-o", str(tmp_path / "log.jsonl"))
    assert (seen, list(tmp_path.iterdir())) == ([0o600], [])


def test_it_exports_a_part(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    run("export", "-o", str(file), "--from", "1", "--to", "1")
    report = verifier.verify(file.read_bytes().splitlines(keepends=True))
    assert (report.holds, report.first, report.entries) == (True, 1, 1)


def test_a_kept_checkpoint_serves_the_verifier(tmp_path: Path) -> None:
    kept, file = tmp_path / "kept.json", tmp_path / "log.jsonl"
    kept.write_text(run("checkpoint", "--json").stdout)
    run("export", "-o", str(file))
    assert verifier.main([str(file), "--checkpoint", str(kept)]) == 0


def test_it_shows_one_act_with_its_proof() -> None:
    shown = json.loads(run("show", "1", "--json").stdout)
    assert (shown["actor"], shown["unit"], shown["object"]) == ("Trần Khánh An", "SNV-40", "1")
    assert shown["changes"] == [{"field": "n", "old": None, "new": 1}]
    assert shown["holds"]
    assert "Chứng minh nằm trong điểm niêm phong 3" in run("show", "1").stdout


def test_it_refuses_to_show_a_number_that_is_not_there() -> None:
    assert "không có số 3" in str(run("show", "3").exception)


def test_it_verifies_the_log_where_it_lies() -> None:
    result = run("verify")
    assert result.exit_code == 0
    assert "NHẬT KÝ TOÀN VẸN" in result.stdout
    assert json.loads(run("verify", "--json").stdout)["size"] == 3


def test_it_finds_a_row_changed_behind_the_guards() -> None:
    run("checkpoint")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("DROP TRIGGER append_only_update_audit_entry")
        cursor.execute("UPDATE audit_entry SET action = 'test.load' WHERE object_id = '1'")
    result = run("verify", "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert {problem["code"] for problem in found["problems"]} == {"leaf", "root"}


def test_it_finds_checkpoints_signed_by_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    run("checkpoint")
    monkeypatch.setattr(keys, "SIGNING_KEY", "audit-another.key")
    result = run("verify", "--json")
    assert result.exit_code == 1
    assert {problem["code"] for problem in json.loads(result.stdout)["problems"]} == {"key"}


def test_it_names_a_guard_that_was_taken_away() -> None:
    assert json.loads(run("verify", "--json").stdout)["missing_guards"] == []
    with connection.cursor() as cursor:
        table = " ON audit_leaf" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER follow_audit_leaf{table}")
    result = run("verify")
    assert result.exit_code == 1
    assert "Thiếu chốt bảo vệ trong cơ sở dữ liệu: follow_audit_leaf" in result.stdout
