"""`noivu doctor`: every check says something, whatever is broken, and the exit code follows."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from noivu.accounts.testing import Cast
from noivu.core import clock
from noivu.notices.models import Delivery, JobRun, Lease
from noivu.portal import checkup
from noivu.portal.checkup import Finding, check_up
from noivu.portal.tests.test_command_line import Ask, ask

__all__ = ["ask"]

pytestmark = pytest.mark.django_db
CODES = [
    "database",
    "schema",
    "log",
    "disk",
    "keys",
    "files",
    "backups",
    "clock",
    "worker",
    "mail",
    "calendar",
    "fonts",
    "static",
]


@pytest.fixture(autouse=True)
def installation(settings, tmp_path: Path) -> Path:
    """A sound installation of its own: directory, key, a sample's clock, built files."""
    home = tmp_path / "noivu"
    home.mkdir(mode=0o700)
    (home / "secret.key").touch(mode=0o600)
    settings.NOIVU_DATA, settings.NOIVU_SAMPLE, settings.NOIVU_BACKUPS = home, True, ""
    return home


@pytest.fixture(autouse=True)
def _built(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether fonts were built on the machine of the tests is not asked here."""
    monkeypatch.setattr(checkup, "_built", lambda: Finding("static", "ok", checkup.Text(vi="đủ", en="there")))


def verdict(code: str) -> str:
    return {finding.code: finding.verdict for finding in check_up()}[code]


def test_a_sound_installation_ends_with_0(ask: Ask) -> None:
    answer = ask("doctor", "--json")
    assert [finding["code"] for finding in answer.payload["findings"]] == CODES
    assert [one for one in answer.payload["findings"] if one["verdict"] == "fail"] == []
    assert (answer.code, answer.payload["healthy"], answer.stderr) == (0, True, "")


def test_without_a_database_everything_else_is_still_told(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", down)
    answer = ask("doctor", "--json")
    told = {finding["code"]: finding for finding in answer.payload["findings"]}
    assert list(told) == CODES
    assert (answer.code, answer.payload["healthy"]) == (1, False)
    assert {told[code]["verdict"] for code in ("database", "schema", "log")} == {"fail"}
    assert "connection refused" in told["schema"]["says_en"]
    assert told["disk"]["verdict"] == "ok"


def test_a_data_directory_that_is_gone_is_told(installation: Path) -> None:
    (installation / "secret.key").unlink()
    installation.rmdir()
    assert (verdict("disk"), verdict("keys")) == ("fail", "fail")


@pytest.mark.parametrize("name", ["secret.key", "noivu.sqlite3", "keys"])
def test_what_others_can_read_is_named(installation: Path, name: str) -> None:
    path = installation / name
    path.mkdir() if name == "keys" else path.touch()
    path.chmod(0o644)
    [keys] = [finding for finding in check_up() if finding.code == "keys"]
    assert keys.verdict == "fail"
    assert name in keys.says.vi


def test_a_directory_open_to_others_is_named(installation: Path) -> None:
    installation.chmod(0o755)
    assert verdict("keys") == "fail"


def test_a_log_that_the_database_does_not_keep_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "missing_guards", lambda: ["append_only_audit_entry"])
    assert verdict("log") == "fail"


@pytest.mark.parametrize(("days", "expected"), [(None, "warn"), (2, "ok"), (9, "warn")])
def test_the_latest_backup_is_at_most_a_week_old(settings, tmp_path: Path, days: int | None, expected: str) -> None:
    settings.NOIVU_SAMPLE, settings.NOIVU_BACKUPS = False, str(tmp_path / "backups")
    (tmp_path / "backups").mkdir()
    if days is not None:
        copy = tmp_path / "backups" / "noivu.dump"
        copy.touch()
        long_ago = time.time() - days * 86_400
        os.utime(copy, (long_ago, long_ago))
    assert verdict("backups") == expected


def test_without_a_place_for_backups_it_warns(settings) -> None:
    settings.NOIVU_SAMPLE = False
    assert verdict("backups") == "warn"


def test_a_worker_that_does_not_run_is_told(settings) -> None:
    assert verdict("worker") == "ok"
    settings.NOIVU_SAMPLE, settings.NOIVU_TODAY = False, None
    assert verdict("worker") == "warn"
    Lease.objects.create(name="worker", beat_at=clock.now())
    assert verdict("worker") == "ok"
    Lease.objects.update(beat_at=clock.now() - timedelta(minutes=16))
    assert verdict("worker") == "warn"


def test_a_job_that_fails_is_told() -> None:
    JobRun.objects.create(code="notices.tell", started_at=clock.now(), failures=2, last_error="KeyError: 7")
    [finding] = [one for one in check_up() if one.code == "worker"]
    assert (finding.verdict, "KeyError: 7" in finding.says.en) == ("warn", True)


def test_mail_that_waits_for_long_or_is_refused_is_told(cast: Cast, settings) -> None:
    settings.NOIVU_SENDS_EMAIL = True
    made = clock.now() - timedelta(minutes=30)
    mail = Delivery.objects.create(user=cast.an.user, message_id="<1@x>", made_at=made, last_error="refused")
    assert verdict("mail") == "ok"
    Delivery.objects.filter(pk=mail.pk).update(made_at=made - timedelta(hours=1))
    assert verdict("mail") == "warn"
    Delivery.objects.filter(pk=mail.pk).update(state="sent", sent_at=clock.now())
    assert verdict("mail") == "ok"
    Delivery.objects.create(user=cast.an.user, message_id="<2@x>", state="failed", last_error="550 unknown")
    [finding] = [one for one in check_up() if one.code == "mail"]
    assert (finding.verdict, "550 unknown" in finding.says.en) == ("warn", True)
