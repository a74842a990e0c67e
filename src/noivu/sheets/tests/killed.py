"""Imports that are killed: a process of its own, on a migrated database of its own (`DATABASE_URL`).

    python -m noivu.sheets.tests.killed FILE TIMES SECONDS

Starts `noivu import` TIMES times, each in a process that gets SIGKILL at a random point within SECONDS, then once to
its end, and prints what then stands. With TIMES 0 it is the clean run. Rooms above kill imports into their own
registers by `kill_imports`.
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
from typing import Any

import django

django.setup()

from django.db import connection, connections

from noivu.audit.export import export_lines
from noivu.audit.models import Entry, Unnumbered
from noivu.audit.verify import verify
from noivu.sheets import commands, importing
from noivu.sheets.declarations import declare, template_named
from noivu.sheets.models import Batch, QuarantinedRow
from noivu.sheets.tests.papers import CREATE, PAPERS, papers


def prepare() -> None:
    """The register."""
    with connection.cursor() as cursor:
        cursor.execute(CREATE)


def warm() -> None:
    """Load what the command loads, once and before the forks."""
    with contextlib.suppress(SystemExit), contextlib.redirect_stdout(None):
        commands.import_file_command.main(["--help"])


def start(template: str, file: str) -> int:
    """`noivu import` in a process of its own; its id."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    with contextlib.suppress(SystemExit):
        commands.import_file_command.main([template, file, "--json"])
    os._exit(0)


def standing(register: list[Any], action: str) -> dict[str, object]:
    """What stands: the register, the batches, the log. Entries without a number are counted before any export."""
    unnumbered = Unnumbered.objects.count()
    batches = list(Batch.objects.order_by("id").values_list("read", "applied", "unchanged", "quarantined"))
    report = verify(export_lines())
    return {
        "rows": len(register),
        "digest": hashlib.sha256(repr(register).encode()).hexdigest(),
        "batches": batches,
        "kept": [QuarantinedRow.objects.filter(batch=batch).count() for batch in Batch.objects.order_by("id")],
        "entries": Entry.objects.filter(action=action).count(),
        "unnumbered": unnumbered,
        "problems": report.problems,
    }


def run(template: str, file: str, times: int, seconds: float) -> dict[str, object]:
    """Kill so many imports (one that ends before its blow does not count), let one finish, and look."""
    chance, killed = random.Random(2024), 0
    for _ in range(3 * times):
        if killed == times:
            break
        child = start(template, file)
        time.sleep(chance.uniform(0, seconds))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
    began = time.monotonic()
    os.waitpid(start(template, file), 0)
    return {"killed": killed, "seconds": time.monotonic() - began}


def kill_imports(template: str, register: Callable[[], list[Any]]) -> None:
    """Do what the arguments of this process say, and print what then stands in the register."""
    importing.CHUNK_ROWS = 100  # several chunks in a small file
    warm()
    file, times, seconds = sys.argv[1:]
    done = run(template, file, int(times), float(seconds))
    sys.stdout.write(json.dumps({**done, **standing(register(), template_named(template).action)}))


if __name__ == "__main__":
    declare(PAPERS)
    prepare()
    kill_imports(PAPERS.name, papers)
