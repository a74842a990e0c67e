"""Many writers at once, rollbacks in between, and a process killed: no gap, no duplicate, nothing left unnumbered."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[4]
Writers = Callable[[str], dict[str, Any]]


@pytest.fixture
def writers(tmp_path: Path, own_database: Callable[[Path], AbstractContextManager[dict[str, str]]]) -> Writers:
    """Processes that write into a database of their own, and what stands afterwards."""

    def written(how: str) -> dict[str, Any]:
        command = [sys.executable, "-m", "noivu.audit.tests.writers", how]
        with own_database(tmp_path / how) as environment:
            done = subprocess.run(command, env=environment, cwd=ROOT, text=True, capture_output=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return dict(json.loads(done.stdout))

    return written


@pytest.mark.slow
def test_many_writers_leave_no_gap_and_nothing_unnumbered(writers: Writers) -> None:
    found = writers("together")
    assert found["ends"] == [0, 0]
    assert found["acts"] == found["entries"] > 50
    assert (found["without_gap"], found["unnumbered"], found["problems"]) == (True, 0, [])


@pytest.mark.slow
def test_what_a_killed_process_committed_is_numbered_by_the_next(writers: Writers) -> None:
    found = writers("killed")
    assert found["ends"] == [-signal.SIGKILL]
    assert found["acts"] == found["entries"] > 0
    assert (found["without_gap"], found["unnumbered"], found["problems"]) == (True, 0, [])
