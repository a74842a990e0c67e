"""Pages over a year's registers of a country, beside the bare SQL of the same page in the same run.

Each page is asked for through the whole stack (middleware, view, templates), signed in and warm. The floor of a page is
its own statements, run again by a bare cursor and fetched: what remains above it is the framework's and ours.
"""

import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from statistics import quantiles
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils.http import urlencode

from bench.country import make_units
from bench.frame import Bench, Findings
from bench.registers import RARE, make_registers
from noivu.accounts.testing import a_person, sign_in
from noivu.core.access import STEWARD
from noivu.records.models import IncomingDocument
from noivu.units.models import Unit

TIMES, TIMES_SMALL, SMALL_ROWS = 21, 3, 20_000
_FURTHER = re.compile(r'href="\?([^"]*\bafter=[^"]*)"')
MINISTRY, DEPARTMENT = "U0", "U1"
CUTS = ("required", "replied", "not-due", "overdue", "no-deadline", "carried-in", "open-at-end")
UNGATHERED = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
"""No static files need to be built for the benchmark."""
SEARCHES = {
    "a rare word": RARE,
    "a common word": "đơn vị",
    "a common and a rare word": f"đơn vị {RARE}",
    "two letters": "sở",
    "a symbol": "1234/UBND-NC",
    "words that nothing holds": "thủy triều",
}


@dataclass(frozen=True)
class Asked:
    """A page of the benchmark: its name, its address, and how often it is asked for."""

    label: str
    name: str
    query: dict[str, str]
    key: object = None
    times: int = TIMES

    @property
    def address(self) -> str:
        path = reverse(self.name, args=[self.key] if self.key is not None else None)
        return f"{path}?{urlencode(self.query)}" if self.query else path


def asked_of(unit: str) -> Iterator[Asked]:
    """The pages, seen from one unit in October 2024."""
    here = {"unit": unit, "period": "2024-10"}
    incoming = "desk:incoming"
    yield Asked("home", "home", here)
    yield Asked("register in", incoming, here)
    yield from (Asked(f"register in, cut {cut}", incoming, {**here, "cut": cut}) for cut in CUTS)
    yield Asked("register in, a year", incoming, {**here, "period": "2024"})
    yield Asked("register in, filtered by issuer", incoming, {**here, "issuer": "Bộ Tài chính"})
    for words, search in SEARCHES.items():
        yield Asked(f"register in, search for {words}", incoming, {**here, "q": search})
    narrow = {**here, "arrived_from": "2024-10-10", "arrived_to": "2024-10-10"}
    yield Asked("register in, export of a day", "desk:incoming-export", narrow, times=3)
    for code in ("documents.received", "documents.reply_required", "documents.reply_overdue"):
        yield Asked(f"figure {code}", "figures:figure", here, key=code)
    yield Asked("all figures", "figures:figures", here)
    for label, name in (("tasks", "office:tasks"), ("recommendations", "office:recommendations")):
        yield Asked(f"register of {label}", name, here)
        yield Asked(f"register of {label}, cut overdue", name, {**here, "cut": "overdue"})
        yield Asked(f"register of {label}, search for a rare word", name, {**here, "q": RARE})
        yield Asked(f"register of {label}, a year", name, {**here, "period": "2024"})
    yield Asked("due", "office:due", here)
    yield Asked("search everywhere, a rare word", "search", {"q": RARE})
    yield Asked("search everywhere, a common word", "search", {"q": "đơn vị"})


def measure(findings: Findings, rows: int) -> None:
    """Load, then ask for every page of the ministry and of one department."""
    with findings.timed("loading units"):
        units = make_units()
    with findings.timed("loading registers"):
        make_registers(rows, units)
    document = IncomingDocument.objects.order_by("-arrived_on").values_list("pk", flat=True)[0]
    with override_settings(STORAGES=UNGATHERED):
        for unit in (MINISTRY, DEPARTMENT):
            client = reader_of(unit)
            for asked in asked_of(unit):
                measure_page(findings, client, asked, unit)
            _measure_tenth(findings, client, unit)
        measure_page(
            findings, reader_of(MINISTRY), Asked("a document", "desk:incoming-document", {}, document), MINISTRY
        )


def reader_of(unit: str) -> Client:
    found = Unit.objects.get(codes__code=unit)
    return sign_in(Client(), a_person(f"reader-{unit}-{time.monotonic_ns()}", "Người đọc", found, STEWARD))


def measure_page(findings: Findings, client: Client, asked: Asked, unit: str) -> None:
    label = f"{unit} {asked.label}"
    address = asked.address
    _got(client, address)
    with CaptureQueriesContext(connection) as captured:
        _got(client, address)
    statements = [query["sql"] for query in captured.captured_queries]
    times = min(asked.times, TIMES_SMALL) if findings.rows <= SMALL_ROWS else asked.times
    page = _spent(times, lambda: _got(client, address))
    bare = _spent(times, lambda: _run(statements))
    findings.facts[label] = (
        f"p50 {page[0]:7.1f}  p95 {page[1]:7.1f} ms   bare SQL {bare[0]:7.1f} {bare[1]:7.1f} ms   "
        f"{page[1] / bare[1]:5.1f} ×   {len(statements)} statements"
    )
    print(f"  {label:58} {findings.facts[label]}", file=sys.stderr, flush=True)


def _measure_tenth(findings: Findings, client: Client, unit: str) -> None:
    """The tenth page of the register, reached as a reader does: by turning pages."""
    address = reverse("desk:incoming")
    query = {"unit": unit, "period": "2024-10"}
    for _ in range(9):
        further = _FURTHER.search(client.get(address, query).content.decode())
        if further is None:
            return
        query = dict(parse_qsl(unescape(further[1])))
    measure_page(findings, client, Asked("register in, tenth page", "desk:incoming", query), unit)


def _got(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")


def _run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(_CURSOR.sub("", statement))
            if cursor.description:
                cursor.fetchall()


_CURSOR = re.compile(r"^DECLARE .+? CURSOR .*?FOR ", re.DOTALL)
"""PostgreSQL reads an export through a named cursor, which cannot be declared twice: the floor is its SELECT."""


def _spent(times: int, work: Callable[[], Any]) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1_000)
    cuts = quantiles(taken, n=20, method="inclusive")
    return cuts[9], cuts[18]


BENCH = Bench(
    name="pages",
    title="Pages over a year's registers of a country, beside their own SQL",
    rows=1_000_000,
    small_rows=SMALL_ROWS,
    measure=measure,
)
