"""Acts of reorganisation that are killed: a process of its own, on a migrated database of its own (`DATABASE_URL`).

    python -m noivu.planning.tests.killed_acts DIRECTORY

Carries a plan out once to know how many statements it takes and what stands afterwards, and takes it back. Then starts
`noivu reorganise --apply` again and again, each time in a process that gets SIGKILL at another moment: before one of
its statements, before and after its commit, or whenever the clock says so. Prints what stood after each.
"""

import contextlib
import hashlib
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import django

django.setup()

from django.apps import apps
from django.db import connection, connections

from noivu.audit.export import export_lines
from noivu.audit.verify import verify
from noivu.core.actors import SYSTEM
from noivu.planning.commands import reorganise
from noivu.planning.tests.test_fates import people_and_work
from noivu.planning.tests.test_plans import MARCH, MERGE, planned
from noivu.units.api import ReorganisationAct, tree, undo_act
from noivu.units.testing import an_instrument, small_sector

MOMENTS, BY_THE_CLOCK = 8, 3
BEFORE_COMMIT, AFTER_COMMIT = "before commit", "after commit"
EVENTS = MERGE + '- rename: {unit: "17230", name: Xã Bình Chuẩn Mới}\n- recode: {unit: "17230", code: "17231"}\n'


@dataclass(frozen=True)
class Standing:
    """What a look at the database finds: all rows of all tables, the codes of the day, and the log."""

    rows: str
    codes: list[str]
    counts: dict[str, int]
    problems: list[Any]


def standing() -> Standing:
    problems = list(verify(export_lines()).problems)  # first: it numbers the entries of the log
    digest, counts = hashlib.sha256(), {}
    for model in apps.get_models():
        rows = sorted(map(repr, model._default_manager.values_list()))
        digest.update(repr((model._meta.label, rows)).encode())
        counts[model._meta.label] = len(rows)
    codes = sorted(node.code for node in tree(MARCH).nodes.values())
    return Standing(digest.hexdigest(), codes, counts, problems)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def counting(at: int, seen: list[int]) -> Callable[..., Any]:
    """Before the statement of that number, SIGKILL."""

    def count(execute: Callable[..., Any], *statement: Any) -> Any:
        seen.append(1)
        if len(seen) == at:
            die()
        return execute(*statement)

    return count


def around_commit(moment: int | str, seen: list[int], said: Path) -> None:
    """SIGKILL where the act is about to be committed, or just was; else note how many statements it took."""
    commit = connection._commit  # type: ignore[attr-defined]

    def committed() -> None:
        is_written = ReorganisationAct.objects.filter(undone_at=None).exists()
        if is_written and moment == BEFORE_COMMIT:
            die()
        commit()
        if is_written and moment == AFTER_COMMIT:
            die()
        said.write_text(str(len(seen)))

    connection._commit = committed  # type: ignore[attr-defined]


def start(plan: Path, moment: int | str, said: Path) -> int:
    """`noivu reorganise PLAN --apply` in a process of its own; its id."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    seen: list[int] = []
    with connection.execute_wrapper(counting(moment if isinstance(moment, int) else 0, seen)):
        connection.ensure_connection()
        around_commit(moment, seen, said)
        with contextlib.suppress(SystemExit), contextlib.redirect_stdout(None):
            reorganise.main([str(plan), "--apply"])
    os._exit(0)


def carried_out(plan: Path, moment: int | str, said: Path, after: float | None = None) -> bool:
    """Whether the act came to its end; killed from outside after so many seconds, where these are given."""
    child = start(plan, moment, said)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0
    return not os.WIFSIGNALED(status)


def take_back() -> None:
    for act in ReorganisationAct.objects.filter(undone_at=None):
        undo_act(actor=SYSTEM, act=act, reason="diễn tập")


def run(directory: Path) -> dict[str, Any]:
    plan, said = directory / "plan.yaml", directory / "statements"
    plan.write_text(planned(EVENTS), encoding="utf-8")
    before, began = standing(), time.monotonic()
    assert carried_out(plan, 0, said)
    seconds, whole = time.monotonic() - began, standing()
    take_back()
    statements, chance = int(said.read_text()), random.Random(2025)
    moments: list[tuple[int | str, float | None]] = [
        *((1 + place * statements // MOMENTS, None) for place in range(MOMENTS)),
        (BEFORE_COMMIT, None),
        (AFTER_COMMIT, None),
        *((0, chance.uniform(0, seconds)) for _ in range(BY_THE_CLOCK)),
    ]
    looks, stood = [], standing()
    for moment, after in moments:
        ended = carried_out(plan, moment, said, after)
        found = standing()
        looks.append({"moment": moment, "ended": ended, "as_before": found == stood, **asdict(found)})
        if found != stood:
            take_back()
            stood = standing()
    assert carried_out(plan, 0, said)
    return {
        "statements": statements,
        "before": asdict(before),
        "whole": asdict(whole),
        "looks": looks,
        "again": asdict(standing()),
    }


if __name__ == "__main__":
    an_instrument("01/NQ-HĐND")
    people_and_work(small_sector())
    sys.stdout.write(json.dumps(run(Path(sys.argv[1]))))
