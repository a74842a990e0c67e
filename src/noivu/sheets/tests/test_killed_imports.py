"""kill -9 during an import, twenty times at random points: the end is that of one clean run, and the log verifies."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from noivu.sheets.tests.conftest import import_papers
from noivu.sheets.tests.killed import standing
from noivu.sheets.tests.papers import PAPERS, papers

ROOT = Path(__file__).resolve().parents[4]
ROWS = 2_000
OwnDatabase = AbstractContextManager[dict[str, str]]


def killed(database: OwnDatabase, file: Path, times: int, seconds: float, module: str) -> dict[str, Any]:
    command = [sys.executable, "-m", module, str(file), str(times), str(seconds)]
    with database as environment:
        done = subprocess.run(command, env=environment, cwd=ROOT, text=True, capture_output=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def check_twenty_kills(database: OwnDatabase, file: Path, clean: dict[str, Any], module: str) -> None:
    """Twenty imports that are killed, and one to its end, leave what stands after the clean run."""
    after = killed(database, file, 20, clean["seconds"], module)
    assert after["killed"] == 20
    assert (after["rows"], after["digest"]) == (clean["rows"], clean["digest"])
    applied = [batch for batch in after["batches"] if batch[1]]
    assert applied == [list(batch) for batch in clean["batches"]]
    assert all(kept == batch[3] for kept, batch in zip(after["kept"], after["batches"], strict=True))
    assert after["entries"] == len(after["batches"])
    assert (after["unnumbered"], after["problems"]) == (0, [])


@pytest.mark.slow
@pytest.mark.usefixtures("register")
def test_twenty_kills_leave_what_one_clean_run_leaves(
    tmp_path: Path, text_file: Callable[..., Path], own_database: Callable[[Path], OwnDatabase]
) -> None:
    rows = (f"{n},{'31/02' if n % 100 == 0 else '31/10'}/2024,Bộ Nội vụ,Về việc {n},x\n" for n in range(ROWS))
    file = text_file("number,received_on,issuer,summary,urgent\n" + "".join(rows))
    began = time.monotonic()
    import_papers(file)
    clean = {"seconds": time.monotonic() - began, **standing(papers(), PAPERS.action)}
    assert clean["rows"] == ROWS - ROWS // 100
    check_twenty_kills(own_database(tmp_path / "killed"), file, clean, "noivu.sheets.tests.killed")
