"""Fifty officers at once write in the registers of one office, over HTTP, as the product's own server serves them.

Each registers a document with a reply owed, gives it to a unit and officer, issues the answer, and looks at the
registers in between; five seconds of thought between steps, none where the browser goes on by itself (from the entry to
its document) or the officer does (from the list of work to the next form). Afterwards the numbers of both registers are
counted.
The floor is one officer alone on the same server, in the same run, and a small file asked for in every round. What the
server and the officers' own machine spent on a request is told beside, with the load of the machine at the end.
"""

import contextlib
import http.client
import os
import random
import re
import secrets
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from statistics import quantiles
from urllib.parse import urlencode

import psutil
from django.conf import settings
from django.test import Client

from bench.frame import Bench, Findings
from noivu.accounts.testing import a_person, sign_in
from noivu.core.access import HEAD, OFFICER
from noivu.records.constants import Direction
from noivu.records.models import IncomingDocument, OutgoingDocument, RegisterBook
from noivu.units.testing import small_sector
from noivu.work.constants import Status
from noivu.work.models import ObligationSpan
from scripts.test import ROOT, free_port

OFFICERS, THOUGHT, ALONE = 50, 5.0, 15
TODAY = "01/11/2024"
FLOOR = "floor: a small file"
_PLACE = re.compile(r"/documents/in/(\d+)/$")
_SAID = re.compile(r'class="wrong".*?<span>([^<]+)')
_NUMBER = re.compile(r"Số[ \u00a0](\d+)<")


@dataclass
class Taken:
    """What all officers found: seconds by step, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)


class Officer:
    """One signed-in officer, with a connection of his own."""

    def __init__(self, port: int, session: str, unit: str, taken: Taken, chance: random.Random) -> None:
        self.port, self.unit, self.taken, self.chance = port, unit, taken, chance
        self.token = secrets.token_hex(16)
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={self.token}"
        self.server = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.round = 0

    def work(self, until: float, thought: float) -> None:
        """Rounds until the time is over; a round that has begun is finished."""
        try:
            while time.monotonic() < until:
                self.round += 1
                self._one_document(thought)
        except (OSError, http.client.HTTPException) as failure:
            self.taken.wrong.append(f"no answer: {failure!r}")

    def _one_document(self, thought: float) -> None:
        key = self._registered(thought)
        if key is None:
            return
        said = _NUMBER.search(self._get("a document", f"/documents/in/{key}/"))
        if said is None:
            self.taken.wrong.append("a document: its number was not said")
            return
        self._think(thought)
        given = {"row": key, "back": "", "unit": self.unit, "officer": "Nguyễn Văn An", "on": TODAY, "note": ""}
        self._post("assign", "/documents/in/assign/", given, 302)
        self._think(thought)
        self._get("register in", f"/documents/in/?unit={self.unit}&period=2024-11")
        self._think(thought)
        self._get("form out", f"/documents/out/new/?unit={self.unit}")
        self._think(thought)
        issued = {
            "unit": self.unit,
            "issued_on": TODAY,
            "notation": "SNV-VP",
            "kind": "cong-van",
            "answers_number": said[1],
        }
        answer = {**issued, "summary": f"Trả lời văn bản đến số {said[1]}", "signer": "Lê Thị Bình", "copies": "1"}
        self._post("issue the answer", "/documents/out/new/", answer, 302)
        self._think(thought)
        self._get("my work", "/my/")
        self._get(FLOOR, "/static/ui/mark.svg")

    def _registered(self, thought: float) -> int | None:
        self._get("form in", f"/documents/in/new/?unit={self.unit}")
        self._think(thought)
        entry = {
            "unit": self.unit,
            "arrived_on": TODAY,
            "symbol": f"{secrets.randbelow(10**9)}/UBND-NC",
            "issued_on": "30/10/2024",
            "issuer": "Ủy ban nhân dân tỉnh",
            "kind": "cong-van",
            "summary": f"Đề nghị cho ý kiến về dự thảo lần {self.round}",
            "reply_required": "on",
            "working_days": "5",
        }
        location = self._post("register", "/documents/in/new/", entry, 302)
        found = _PLACE.search(location)
        return int(found[1]) if found else None

    def _think(self, thought: float) -> None:
        time.sleep(thought * self.chance.uniform(0.5, 1.5))

    def _get(self, step: str, path: str) -> str:
        """The page."""
        return self._asked(step, "GET", path, None, 200)[1]

    def _post(self, step: str, path: str, data: Mapping[str, object], expected: int) -> str:
        """Where the answer leads."""
        body = urlencode({**data, "csrfmiddlewaretoken": self.token})
        return self._asked(step, "POST", path, body, expected)[0]

    def _asked(self, step: str, method: str, path: str, body: str | None, expected: int) -> tuple[str, str]:
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        started = time.perf_counter()
        self.server.request(method, path, body, headers)
        answer = self.server.getresponse()
        page = answer.read().decode()
        self.taken.seconds[step].append(time.perf_counter() - started)
        if answer.status != expected:
            self.taken.wrong.append(f"{step}: {answer.status} {' '.join(_SAID.findall(page))}"[:300])
            return "", page
        self.taken.done[step] += 1
        return answer.headers.get("Location", ""), page


def measure(findings: Findings, rows: int) -> None:
    """One officer alone, then fifty at once for so many seconds; then the registers are counted."""
    unit, code = small_sector().home_affairs_nghe_an, "SNV-40"
    sessions = [_session(n, unit) for n in range(OFFICERS)]
    alone, together = Taken(), Taken()
    with _served() as (port, server):
        _work(port, sessions[:1], code, alone, ALONE, 0.1)
        with _spent_on(findings, together, server):
            _work(port, sessions, code, together, rows, THOUGHT)
    for step, seconds in together.seconds.items():
        mine = _milliseconds(alone.seconds[step])
        all_at_once = _milliseconds(seconds)
        findings.facts[step] = (
            f"{len(seconds):6} times   p50 {all_at_once[0]:7.1f}  p95 {all_at_once[1]:7.1f} ms   "
            f"alone {mine[0]:7.1f} {mine[1]:7.1f} ms   {all_at_once[1] / mine[1]:5.1f} ×"
        )
    everything = _milliseconds([one for step, taken in together.seconds.items() if step != FLOOR for one in taken])
    findings.facts["all steps"] = f"p50 {everything[0]:7.1f}  p95 {everything[1]:7.1f} ms   aim p95 ≤ 300 ms"
    findings.facts["errors shown"] = str(len(together.wrong))
    if alone.wrong or together.wrong:
        raise SystemExit(f"errors were shown: {Counter(alone.wrong + together.wrong).most_common(5)}")
    _count_registers(findings, alone.done + together.done)


@contextlib.contextmanager
def _spent_on(findings: Findings, taken: Taken, server: psutil.Process) -> Iterator[None]:
    """Processor time of the server and of the officers, by request."""
    theirs, ours, began = _processor_seconds(server), time.process_time(), time.monotonic()
    yield
    asked = sum(map(len, taken.seconds.values()))
    for who, spent in (("server", _processor_seconds(server) - theirs), ("officers", time.process_time() - ours)):
        findings.facts[f"processor time of the {who}"] = f"{spent * 1_000 / asked:.1f} ms a request"
    findings.facts["requests a second"] = f"{asked / (time.monotonic() - began):.1f}"
    findings.facts["load of the machine"] = f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def _processor_seconds(server: psutil.Process) -> float:
    times = [process.cpu_times() for process in (server, *server.children(recursive=True))]
    return float(sum(one.user + one.system for one in times))


def _session(number: int, unit: object) -> str:
    person = a_person(f"officer-{number}", f"Chuyên viên {number}", unit, OFFICER, HEAD)  # type: ignore[arg-type]
    return sign_in(Client(), person).cookies[settings.SESSION_COOKIE_NAME].value


def _work(port: int, sessions: list[str], unit: str, taken: Taken, seconds: float, thought: float) -> None:
    until = time.monotonic() + seconds
    officers = [Officer(port, key, unit, taken, random.Random(n)) for n, key in enumerate(sessions)]
    threads = [threading.Thread(target=one.work, args=(until, thought)) for one in officers]
    for thread in threads:
        thread.start()
        time.sleep(thought / len(threads))
    for thread in threads:
        thread.join()


def _count_registers(findings: Findings, done: Counter[str]) -> None:
    """Numbers from 1 on, each once, as many as were given; each document answered, each reply owed done."""
    for numbers, direction, step in (
        (IncomingDocument.objects.current().values_list("arrival_number", flat=True), Direction.IN, "register"),
        (OutgoingDocument.objects.current().values_list("number", flat=True), Direction.OUT, "issue the answer"),
    ):
        given = sorted(number or 0 for number in numbers)
        last = RegisterBook.objects.get(direction=direction.value).last_number
        whole = given == list(range(1, len(given) + 1)) and last == len(given) == done[step]
        if not whole:
            raise SystemExit(f"register {direction.value}: {len(given)} numbers up to {last}, {done[step]} were given")
        findings.facts[f"numbers of the register {direction.value}"] = f"1 to {last}, each once, without gap"
    open_ones = ObligationSpan.objects.current().filter(status=Status.OPEN.value, valid_to__year=9999).count()
    answered = OutgoingDocument.objects.current().filter(in_reply_to__isnull=False).count()
    findings.facts["replies given, still owed"] = f"{answered}, {open_ones}"
    if open_ones != IncomingDocument.objects.current().count() - answered:
        raise SystemExit(f"{open_ones} replies are owed, {answered} were given")


@contextlib.contextmanager
def _served() -> Iterator[tuple[int, psutil.Process]]:
    """The product's own server on the database of this run."""
    port = free_port()
    environment = {**os.environ, "NOIVU_HOSTS": "127.0.0.1", "NOIVU_DATA": str(settings.NOIVU_DATA)}
    server = subprocess.Popen(
        [sys.executable, "-m", "noivu", "serve", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(port, server)
        yield port, psutil.Process(server.pid)
    finally:
        os.killpg(server.pid, 15)
        server.wait(timeout=60)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise SystemExit("the server did not start")
        with contextlib.suppress(OSError):
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            asked.request("GET", "/accounts/sign-in/")
            if asked.getresponse().status == 200:
                return
        time.sleep(0.2)
    raise SystemExit("the server did not answer within two minutes")


def _milliseconds(seconds: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    if len(seconds) < 2:
        return (seconds[0] * 1_000,) * 2 if seconds else (float("nan"),) * 2
    cuts = quantiles((one * 1_000 for one in seconds), n=20, method="inclusive")
    return cuts[9], cuts[18]


BENCH = Bench(
    name="officers",
    title="Fifty officers at once in the registers of one office, beside one alone",
    rows=600,
    small_rows=60,
    measure=measure,
    counted="seconds",
)
