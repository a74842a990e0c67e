"""Recountings that are killed: a process of its own, on a migrated database of its own (`DATABASE_URL`).

    python -m noivu.work.tests.killed_recounts TIMES

A holiday is entered TIMES times, each in a process that gets SIGKILL at a random point, then once to its end. Prints
how often it was killed, and what stood in between that was neither the whole nor nothing.
"""

import json
import os
import random
import signal
import sys
import time
from typing import Any

import django

django.setup()

from django.db import connections, transaction

from noivu.audit.export import export_lines
from noivu.audit.verify import verify
from noivu.core.actors import SYSTEM
from noivu.law.api import take_back_day
from noivu.units.testing import small_sector
from noivu.work import recounting
from noivu.work.models import ObligationEvent, Recount
from noivu.work.tests.test_recounting import WEDNESDAY, a_crowd, laid, storm

SIZE, CHUNK = 600, 40
Standing = tuple[str, int]


def standing(ids: list[int]) -> Standing:
    """The stretches of all, and how many due dates are said to have moved by what is not taken back."""
    moved = ObligationEvent.objects.filter(happening="due_moved").count()
    told = sum(Recount.objects.values_list("moved", flat=True))
    return repr(laid(ids)), moved - told


def start() -> int:
    connections.close_all()
    child = os.fork()
    if child:
        return child
    storm()
    os._exit(0)


def main(times: int) -> dict[str, Any]:
    ids = a_crowd(small_sector().ministry, SIZE, 4)
    recounting._CHUNK = CHUNK  # many chunks in a small crowd
    nothing, began = standing(ids), time.monotonic()
    with transaction.atomic():
        storm()
        whole = standing(ids)
        transaction.set_rollback(True)
    seconds, chance, killed, halves = time.monotonic() - began, random.Random(2026), 0, 0
    for _ in range(4 * times):
        if killed == times:
            break
        child = start()
        time.sleep(chance.uniform(0, seconds))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
        stands = standing(ids)
        halves += stands not in {nothing, whole}
        if stands == whole:
            take_back_day(actor=SYSTEM, day=WEDNESDAY, reason="lần sau")
            halves += standing(ids)[0] != nothing[0]
    os.waitpid(start(), 0)
    problems = verify(export_lines()).problems
    differs = whole != nothing
    return {
        "killed": killed,
        "halves": halves,
        "whole": standing(ids) == whole,
        "differs": differs,
        "problems": problems,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]))))
