"""The registry of periodic jobs: rooms declare them in their `jobs.py`, `noivu worker` runs each in its time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from noivu.core.registry import Registry
from noivu.core.wording import Text


@dataclass(frozen=True, slots=True)
class Periodic:
    """A job that is done again and again.

    `run` answers how much it did. It may be killed at any moment and is then run again, and for a moment two may run:
    it must leave the same as one whole run. Jobs of one round run in the order in which they were declared.
    """

    code: str
    label: Text
    every: timedelta
    run: Callable[[], int]


periodic: Registry[Periodic] = Registry("periodic jobs", key=lambda job: job.code)


def declare_periodic(*jobs: Periodic) -> None:
    """Let the worker run jobs; called in `<room>/jobs.py`."""
    periodic.declare_all(jobs)
