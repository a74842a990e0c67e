"""kill -9 at every statement and around every commit of telling, gathering and sending, and several workers at once:
nothing is lost, nothing doubled but in the one window that the door names."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from noivu.sheets.tests.test_killed_imports import ROOT, OwnDatabase

PEOPLE, THINGS, AT_ONCE, MANY = 2, 3, 3, 12


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, own_database: Callable[[Path], OwnDatabase]) -> dict[str, Any]:
    with own_database(tmp_path_factory.mktemp("killed") / "notices") as environment:
        command = [sys.executable, "-m", "noivu.notices.tests.killed_notices"]
        done = subprocess.run(command, env=environment, cwd=ROOT, text=True, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_nothing_and_doubles_only_what_was_sent_and_not_yet_written(
    told: dict[str, Any],
) -> None:
    looks = told["looks"]
    keys = sorted(f"{name} {number}:due" for name in ("an", "binh") for number in range(THINGS))
    doubled = []
    for look in looks:
        assert look["keys"] == keys, look["moment"]
        assert look["states"] == ["sent"] * PEOPLE, look["moment"]
        assert len(set(look["taken"])) == PEOPLE, "each person one mail, by its Message-ID"
        if len(look["taken"]) > PEOPLE:
            doubled.append(look)
    assert len(doubled) == PEOPLE, "once for each mail"
    for look in doubled:
        assert look["moment"].startswith('UPDATE "notices_delivery"')
        assert '"sent_at"' in look["moment"]
        assert len(look["taken"]) == PEOPLE + 1
        assert any(look["says_again"]), "a mail that may have come before says so"
    assert looks[-1]["ended"]
    assert not any(looks[-1]["says_again"])
    assert len(looks) > 15
    assert {look["moment"] for look in looks} >= {"before commit", "after commit"}


@pytest.mark.slow
def test_several_workers_at_once_tell_and_send_everything_once(told: dict[str, Any]) -> None:
    at_once, all_of_it = told["at_once"], PEOPLE * MANY
    assert at_once["codes"] == [0] * AT_ONCE
    assert (at_once["notices"], at_once["mails"], at_once["sent"]) == (all_of_it, all_of_it, all_of_it)
    assert len(at_once["taken"]) == len(set(at_once["taken"])) == all_of_it
