"""What every benchmark shares: its declaration, its measurements, the peak of memory while it runs."""

import importlib
import pkgutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

import psutil
from django.db import connection

import bench

_FRAME = {"frame", "run", "child", "listing", "country", "registers"}


@dataclass(frozen=True)
class Bench:
    """A benchmark: `measure` loads its data of a size (the number of `rows`, or what is `counted`) and notes what it
    found."""

    name: str
    title: str
    rows: int
    small_rows: int
    measure: Callable[["Findings", int], None]
    databases: tuple[str, ...] = ("sqlite", "postgresql")
    counted: str = "rows"


@dataclass
class Findings:
    """What one run found on one database: times by label, and what they mean held against one another."""

    database: str
    rows: int
    times: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    ratios: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    peak_megabytes: float = 0.0
    _turns: dict[str, list[float]] = field(default_factory=dict, repr=False)

    @contextmanager
    def timed(self, label: str) -> Iterator[None]:
        """Time a step."""
        started = time.perf_counter()
        yield
        self.times[label] = time.perf_counter() - started

    def best_of(self, times: int, label: str, work: Callable[[], Any]) -> Any:
        """Time a step several times and keep the best; returns what the last one returned."""
        outcome = None
        for _ in range(times):
            started = time.perf_counter()
            outcome = work()
            taken = time.perf_counter() - started
            self.times[label] = min(taken, self.times.get(label, taken))
        return outcome

    def again(self, label: str, work: Callable[[], Any]) -> Any:
        """Time one turn of several that are taken in alternation with others (see `settle_turns`)."""
        started = time.perf_counter()
        outcome = work()
        self._turns.setdefault(label, []).append(time.perf_counter() - started)
        return outcome

    def settle_turns(self) -> None:
        """The median of each one's turns but the first, which warms up."""
        for label, turns in self._turns.items():
            self.times[label] = median(turns[1:] or turns)
        self._turns.clear()

    def ratio(self, label: str, over: str, under: str, aim: str) -> None:
        """Hold one time against another, beside what is aimed at."""
        self.ratios.append({"label": label, "ratio": self.times[over] / self.times[under], "aim": aim})

    @contextmanager
    def memory_watched(self) -> Iterator[None]:
        """Note the peak of this process and of the database's backends together, every 20 ms."""
        watch = _MemoryWatch()
        watch.start()
        try:
            yield
        finally:
            self.peak_megabytes = max(self.peak_megabytes, watch.stop() / 1e6)

    def as_plain(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if not name.startswith("_")}


class _MemoryWatch(threading.Thread):
    """Samples proportional set sizes: pages that several backends share are counted once."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._over = threading.Event()
        self._client = psutil.Process()
        self._server = _postmaster()
        self.peak = 0

    def run(self) -> None:
        while not self._over.is_set():
            self.peak = max(self.peak, self._sample())
            self._over.wait(0.02)

    def stop(self) -> int:
        self._over.set()
        self.join()
        return self.peak

    def _sample(self) -> int:
        total = _held(self._client)
        if self._server is not None:
            database = str(connection.settings_dict["NAME"])
            for process in self._server.children():
                with suppress(psutil.Error):
                    if database in " ".join(process.cmdline()):
                        total += _held(process)
        return total


def _held(process: psutil.Process) -> int:
    """What a process holds: proportional where the system tells, else resident."""
    try:
        return int(process.memory_full_info().pss)
    except (psutil.Error, AttributeError):
        return int(process.memory_info().rss)


def _postmaster() -> psutil.Process | None:
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    with suppress(psutil.Error):
        return psutil.Process(pid).parent()
    return None


def benches() -> dict[str, Bench]:
    """Every module beside this one that declares a `BENCH`, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if module.name not in _FRAME)
    found = [getattr(importlib.import_module(f"bench.{name}"), "BENCH", None) for name in names]
    return {declared.name: declared for declared in found if declared is not None}
