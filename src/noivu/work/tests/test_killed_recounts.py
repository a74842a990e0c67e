"""kill -9 while a holiday moves due dates: all of them move, or none, and the log verifies."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from noivu.sheets.tests.test_killed_imports import ROOT, OwnDatabase

TIMES = 5


@pytest.mark.slow
def test_a_recounting_that_is_killed_leaves_nothing_half_done(
    tmp_path: Path, own_database: Callable[[Path], OwnDatabase]
) -> None:
    command = [sys.executable, "-m", "noivu.work.tests.killed_recounts", str(TIMES)]
    with own_database(tmp_path / "killed") as environment:
        done = subprocess.run(
            command,
            env={**environment, "NOIVU_TODAY": "2026-03-03"},
            cwd=ROOT,
            text=True,
            capture_output=True,
            timeout=600,
        )
    assert done.returncode == 0, done.stderr
    stood = json.loads(done.stdout)
    assert stood == {"killed": TIMES, "halves": 0, "whole": True, "differs": True, "problems": []}
