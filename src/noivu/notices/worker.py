"""The loop behind `noivu worker`: whoever holds the lease runs what is due, then waits for the next beat."""

import traceback
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.db.models import F, Q

from noivu.core import clock
from noivu.core.periodic import Periodic, periodic
from noivu.core.registry import Registry
from noivu.notices.models import JobRun, Lease
from noivu.notices.queries import WORKER

BEAT = 20.0
"""Seconds between two looks at what is due."""
LEASED_FOR = timedelta(minutes=2)
_KEPT_OF_ERROR = 500
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Ran:
    """A job that was run: how much it did, or what went wrong."""

    code: str
    did: int
    error: str = ""


def work(stop: Event, say: Say, jobs: Registry[Periodic] = periodic) -> None:
    """Run rounds until asked to stop; the job at work is finished first, and the lease given back."""
    holder = uuid.uuid4().hex
    while not stop.is_set():
        try:
            run_round(holder, say, stop, jobs)
        except (DatabaseError, InterfaceError) as problem:
            say(f"{type(problem).__name__}: {problem}")  # it may come back: the next beat tries again
            connection.close()
        close_old_connections()
        stop.wait(BEAT)
    release(holder)


def run_round(holder: str, say: Say, stop: Event | None = None, jobs: Registry[Periodic] = periodic) -> list[Ran]:
    """What is due, once, in the order of the registry: nothing while another worker leads."""
    ran: list[Ran] = []
    for job in jobs:
        if (stop is not None and stop.is_set()) or not take_lease(holder):
            break
        if _is_due(job, clock.now()):
            ran.append(_run(job, say))
    else:
        take_lease(holder)
    return ran


def take_lease(holder: str) -> bool:
    """Lead, or go on leading: one statement, so that of two only one does."""
    now = clock.now()
    Lease.objects.get_or_create(name=WORKER)
    free = Q(holder__in=["", holder]) | Q(held_until__lte=now) | Q(held_until__isnull=True)
    leads = Lease.objects.filter(free, name=WORKER)
    return bool(leads.update(holder=holder, held_until=now + LEASED_FOR, beat_at=now))


def release(holder: str) -> None:
    """Let another lead at once."""
    Lease.objects.filter(name=WORKER, holder=holder).update(holder="", held_until=None)


def _is_due(job: Periodic, now: datetime) -> bool:
    """Never run, cut off, or its time has come again."""
    run = JobRun.objects.filter(code=job.code).first()
    if run is None or run.ended_at is None or run.ended_at < run.started_at:
        return True
    return run.started_at + job.every <= now


def _run(job: Periodic, say: Say) -> Ran:
    JobRun.objects.update_or_create(code=job.code, defaults={"started_at": clock.now(), "ended_at": None})
    own = JobRun.objects.filter(code=job.code)
    try:
        did = job.run()
    except Exception as problem:  # noqa: BLE001  one job's failure is kept for the operator, and the others go on
        error = f"{type(problem).__name__}: {problem}"[:_KEPT_OF_ERROR]
        say(traceback.format_exc())
        own.update(ended_at=clock.now(), did=0, failures=F("failures") + 1, last_error=error)
        return Ran(job.code, 0, error)
    own.update(ended_at=clock.now(), did=did, failures=0, last_error="")
    return Ran(job.code, did)
