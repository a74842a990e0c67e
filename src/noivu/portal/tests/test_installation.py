"""What an operator sets and what lies in the data directory."""

import fcntl
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from click.testing import CliRunner

from config.datadirectory import DataDirectory
from noivu.portal.cli import noivu
from noivu.portal.installing import LOCK

ROOT = Path(__file__).resolve().parents[4]


def test_the_directory_and_its_secret_are_for_their_owner_alone(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "noivu")
    directory.secret_key()
    directory.choose(sample=True)
    assert directory.path.stat().st_mode & 0o077 == 0
    assert [file.name for file in directory.path.iterdir() if file.stat().st_mode & 0o077] == []


@pytest.mark.parametrize("broken_off", [False, True])
def test_first_starts_at_once_sign_with_one_key(tmp_path: Path, broken_off: bool) -> None:
    barrier = Barrier(8)

    def start(installation: Path) -> str:
        barrier.wait()
        return DataDirectory(installation).secret_key()

    with ThreadPoolExecutor(8) as processes:
        for installation in (tmp_path / str(number) for number in range(20)):
            installation.mkdir()
            if broken_off:
                (installation / "secret.key").touch(mode=0o600)
            keys = set(processes.map(start, [installation] * 8))
            assert keys == {(installation / "secret.key").read_text(encoding="ascii")}
            assert [file.name for file in installation.iterdir()] == ["secret.key"]


def test_a_first_start_that_was_broken_off_does_not_keep_the_product_from_starting(tmp_path: Path) -> None:
    (tmp_path / "secret.key").touch(mode=0o600)
    assert len(DataDirectory(tmp_path).secret_key()) > 40


def test_choices_are_kept_beside_those_made_before(tmp_path: Path) -> None:
    DataDirectory(tmp_path).choose(sample=True)
    DataDirectory(tmp_path).choose(today="2024-11-01")
    assert (DataDirectory(tmp_path).is_sample, DataDirectory(tmp_path).today) == (True, "2024-11-01")


def test_settings_of_production_answer_to_no_made_up_host_and_keep_drawings_off_the_counters(tmp_path: Path) -> None:
    asked = (
        "from config import settings as s;"
        "print('testserver' in s.ALLOWED_HOSTS, len({kept['LOCATION'] for kept in s.CACHES.values()}))"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("NOIVU_", "DATABASE_URL"))}
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env={**clean, "NOIVU_DATA": str(tmp_path), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False", "2"]


@pytest.mark.parametrize("command", [["init"], ["demo", "--no-serve"]])
def test_an_installation_is_prepared_by_one_command_at_a_time(
    settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    settings.NOIVU_DATA = tmp_path
    held = []

    def preparing(**_: object) -> None:
        with (tmp_path / LOCK).open("w") as lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        held.append(True)

    monkeypatch.setattr("noivu.portal.commands.installation.bring_database_up_to_date", preparing)
    monkeypatch.setattr("noivu.portal.commands.installation.load_demo", preparing)
    assert CliRunner().invoke(noivu, command).exit_code == 0
    assert held
