"""kill -9 while a plan is carried out: nothing is half done, the log verifies, and it can be carried out afterwards."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from noivu.planning.tests.killed_acts import AFTER_COMMIT, BEFORE_COMMIT, BY_THE_CLOCK, MOMENTS
from noivu.sheets.tests.test_killed_imports import ROOT, OwnDatabase


@pytest.mark.slow
def test_a_killed_act_is_done_whole_or_not_at_all(tmp_path: Path, own_database: Callable[[Path], OwnDatabase]) -> None:
    command = [sys.executable, "-m", "noivu.planning.tests.killed_acts", str(tmp_path)]
    with own_database(tmp_path / "killed") as environment:
        environment |= {"NOIVU_TODAY": "2026-03-10"}
        done = subprocess.run(command, env=environment, cwd=ROOT, text=True, capture_output=True, timeout=600)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)

    before, whole, looks = told["before"], told["whole"], told["looks"]
    assert before["codes"] != whole["codes"]
    assert whole["counts"]["work.ObligationEvent"] > before["counts"]["work.ObligationEvent"]
    assert whole["counts"]["accounts.Grant"] > before["counts"]["accounts.Grant"]
    assert told["statements"] > 3 * MOMENTS

    for look in looks:
        assert look["as_before"] or look["codes"] == whole["codes"], f"half done: {look['moment']}"
        assert look["codes"] in (before["codes"], whole["codes"])
        assert look["problems"] == []
    by_moment = {look["moment"]: look for look in looks if look["moment"]}
    killed = [look for look in looks if not look["ended"]]
    assert len(by_moment) == MOMENTS + 2
    assert len(killed) >= MOMENTS + 2
    assert [moment for moment, look in by_moment.items() if not look["as_before"]] == [AFTER_COMMIT]
    assert BEFORE_COMMIT in by_moment
    assert len(looks) == MOMENTS + 2 + BY_THE_CLOCK
    assert told["again"]["codes"] == whole["codes"]
    assert told["again"]["problems"] == []
