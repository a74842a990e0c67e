"""kill -9 during an import, twenty times at random points: the end is that of one clean run, and the log verifies."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[4]
URL = os.environ.get("DATABASE_URL", "")
ROWS = 2_000


@contextmanager
def database(directory: Path) -> Iterator[dict[str, str]]:
    """The environment of processes on an empty database of their own, of the kind that the suite runs on."""
    directory.mkdir()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "NOIVU_DATA": str(directory)}
    environment["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
    if "postgres" not in settings.DATABASES["default"]["ENGINE"]:
        yield {**environment, "DATABASE_URL": f"sqlite:///{directory / 'noivu.sqlite3'}"}
        return
    name = f"killed_{uuid4().hex[:12]}"
    with psycopg.connect(f"{URL.rsplit('/', 1)[0]}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield {**environment, "DATABASE_URL": f"{URL.rsplit('/', 1)[0]}/{name}"}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def killed(directory: Path, file: Path, times: int, seconds: float, module: str) -> dict[str, Any]:
    command = [sys.executable, "-m", module, str(file), str(times), str(seconds)]
    with database(directory) as environment:
        done = subprocess.run(command, env=environment, cwd=ROOT, text=True, capture_output=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def check_twenty_kills(directory: Path, file: Path, clean: dict[str, Any], module: str) -> None:
    """Twenty imports that are killed, and one to its end, leave what stands after the clean run."""
    after = killed(directory, file, 20, clean["seconds"], module)
    assert after["killed"] == 20
    assert (after["rows"], after["digest"]) == (clean["rows"], clean["digest"])
    applied = [batch for batch in after["batches"] if batch[1]]
    assert applied == [list(batch) for batch in clean["batches"]]
    assert all(kept == batch[3] for kept, batch in zip(after["kept"], after["batches"], strict=True))
    assert after["entries"] == len(after["batches"])
    assert (after["unnumbered"], after["problems"]) == (0, [])


@pytest.mark.slow
def test_twenty_kills_leave_what_one_clean_run_leaves(tmp_path: Path, text_file: Callable[..., Path]) -> None:
    rows = (f"{n},{'31/02' if n % 100 == 0 else '31/10'}/2024,Bộ Nội vụ,Về việc {n},x\n" for n in range(ROWS))
    file = text_file("number,received_on,issuer,summary,urgent\n" + "".join(rows))
    clean = killed(tmp_path / "clean", file, 0, 0, "noivu.sheets.tests.killed")
    assert clean["rows"] == ROWS - ROWS // 100
    check_twenty_kills(tmp_path / "killed", file, clean, "noivu.sheets.tests.killed")
