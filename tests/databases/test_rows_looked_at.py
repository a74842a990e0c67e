"""How much a database does for a heavy page, over 20,000 documents and as many obligations: not only how many
statements, but how many rows these look at. A condition that is asked row by row, or a table that is read whole where
an index would do, costs one statement as well.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.country import make_units
from bench.ledger import make_ledger
from bench.registers import RARE, make_documents
from noivu.accounts import provider
from noivu.accounts.testing import a_person, sign_in
from noivu.core import clock
from noivu.core.access import OFFICER
from noivu.core.querysets import subquery
from noivu.records.models import IncomingDocument
from noivu.units.models import Unit
from noivu.work.constants import FOREVER, Kind
from noivu.work.models import Obligation, ObligationSpan

ROWS, UNITS, MINE = 20_000, 200, 40
EVERY_REPLY, EVERY_RESTRICTED = 4, 200
HERE = "unit=U0&period=2024-10"
BIG = {"work_obligation", "work_obligationspan", "work_obligationevent", "records_incomingdocument"}


@dataclass(frozen=True, slots=True)
class Bound:
    """What a page may cost: steps of the machine of SQLite, in thousands; rows that PostgreSQL reads of big tables.

    About half more than it costs now; `why` says what the work is, so that whoever meets the bound knows whether theirs
    is more of it or something else.
    """

    address: str
    steps: int
    rows: int
    why: str


BOUNDS = {
    "my day": Bound("/my/", 25, 8_600, "the few that were given to the reader, by the index of accounts"),
    "my day, of the unit": Bound("/my/?cut=unit", 41, 16_800, "what is open in the unit, by the index of what stands"),
    "tasks": Bound(f"/tasks/?{HERE}", 180, 19_700, "the month's figures for the cuts, and a page"),
    "tasks, a rare word": Bound(
        f"/tasks/?{HERE}&q={RARE}", 149, 1_200, "the figures for the cuts; the one row by its words"
    ),
    "tasks, a common word": Bound(
        f"/tasks/?{HERE}&q=đơn+vị", 173, 20_700, "the figures; of the month so many as are counted"
    ),
    "tasks, a code": Bound(f"/tasks/?{HERE}&q=B12346", 149, 1_200, "the figures for the cuts; one row by its words"),
    "tasks, overdue": Bound(f"/tasks/?{HERE}&cut=overdue", 97, 16_800, "what is late, counted and shown"),
    "recommendations": Bound(
        f"/recommendations/?{HERE}", 119, 135_100, "all sessions, read whole while they are small"
    ),
    "recommendations, a rare word": Bound(f"/recommendations/?{HERE}&q={RARE}", 98, 135_600, "the same, and one row"),
    "documents": Bound(f"/documents/in/?{HERE}", 180, 7_800, "the month's figures for the cuts, and a page"),
    "documents, a rare word": Bound(
        f"/documents/in/?{HERE}&q={RARE}", 262, 4_300, "the figures; the one row by its words"
    ),
    "documents, a common word": Bound(
        f"/documents/in/?{HERE}&q=đơn+vị", 189, 8_000, "the figures; the month in its order"
    ),
    "documents, a symbol": Bound(
        f"/documents/in/?{HERE}&q=1234/UBND-NC", 262, 4_600, "the figures; one row by its words"
    ),
    "documents, overdue": Bound(f"/documents/in/?{HERE}&cut=overdue", 97, 4_300, "what is late, counted and shown"),
    "search everywhere, a rare word": Bound(f"/search/?q={RARE}", 9, 15_900, "the index of words of each register"),
    "search everywhere, a common word": Bound(
        "/search/?q=đơn+vị", 1_110, 36_000, "a register's bearers, sorted for the latest few"
    ),
    "operations centre": Bound(f"/?{HERE}", 1_085, 67_900, "every figure of the month and of those before"),
    "one figure": Bound(f"/figures/documents.reply_overdue/?{HERE}", 203, 7_700, "the figure by unit, a page of rows"),
    "board": Bound(f"/programme/?{HERE}", 8, 200, "legal texts alone: here there are none"),
    "month": Bound(f"/due/?{HERE}", 250, 47_800, "what falls due on the days of one month"),
    "load": Bound(f"/load/?{HERE}", 3_405, 105_800, "all that is open or was done, by unit, officer and month"),
}


@pytest.fixture(scope="module")
def _registers(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Made once by the database itself, thrown away at the end."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(clock, "today", lambda: date(2024, 11, 1))
        units = make_units(UNITS)
        make_ledger_within(units)
        make_documents(ROWS, units)
        _replies_owed()
        for model in (Obligation, IncomingDocument):
            _every(model, EVERY_RESTRICTED).update(secrecy="restricted")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield
        transaction.set_rollback(True)


def make_ledger_within(units: list[int]) -> None:
    """The ledger of the benchmark, whose last word no transaction takes: what it says is said here at the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bench.ledger.settle", lambda: None)
        make_ledger(ROWS, units)


def _replies_owed() -> None:
    """Every fourth obligation is the reply to a document."""
    first = IncomingDocument.objects.order_by("pk").values_list("pk", flat=True)[0]
    owed = _every(Obligation, EVERY_REPLY)
    owed.update(kind=Kind.REPLY.value, code="", document_id=F("pk") - 1 + first)
    ObligationSpan.objects.filter(obligation__in=owed.values("pk")).update(kind=Kind.REPLY.value)


def _every(model: Any, number: int) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.annotate(place=F("pk") % number).filter(place=0)
    return rows


@pytest.fixture
def reader(_registers: None, db: None, monkeypatch: pytest.MonkeyPatch) -> Client:
    """An officer of the ministry who has work: to her what is restricted to others is hidden."""
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))
    person = a_person("hoa", "Nguyễn Thị Hoa", Unit.objects.get(codes__code="U0"), OFFICER)
    open_ones = ObligationSpan.objects.current().filter(valid_to=FOREVER, status="open")[:MINE]
    mine = Obligation.objects.filter(pk__in=list(open_ones.values_list("obligation_id", flat=True)))
    mine.update(assigned_officer=person.actor.id)
    return sign_in(Client(), person)


@pytest.mark.parametrize("page", BOUNDS)
def test_a_page_looks_at_no_more_rows_than_it_needs(page: str, reader: Client) -> None:
    bound = BOUNDS[page]
    assert work_of(reader, bound.address) <= allowed(bound), bound.why


def test_what_is_restricted_sought_through_the_whole_register_is_seen_here(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is owed to a restricted document, found without the index of those documents."""

    def through_all(bearer: Any, given: Any, today: date, using: str) -> Iterator[RawSQL]:
        for hidden in provider._hidden(bearer, given):
            keys = subquery(hidden, using)
            every = bearer._base_manager.annotate(place=F("pk") + 0)
            yield subquery(every.filter(place__in=keys), using)

    monkeypatch.setattr(provider, "_hidden_sql", through_all)
    bound = BOUNDS["tasks, a code"]
    assert work_of(reader, bound.address) > allowed(bound)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a server parts such a condition from the rows")
def test_what_is_restricted_asked_row_by_row_is_seen_here(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def row_by_row(model: Any, actor: Any, using: str) -> Iterator[Q]:
        path = getattr(model, "scope_restricted", "")
        if path:
            bearer = model if path == "pk" else model._meta.get_field(path).related_model
            marked = bearer._base_manager.filter(**{getattr(bearer, "secrecy_path", "secrecy"): "restricted"})
            yield ~Q(Exists(marked.annotate(place=F("pk") + 0).filter(place=OuterRef(path))))

    monkeypatch.setattr(provider, "_not_hidden", row_by_row)
    for page in ("tasks", "documents"):
        assert work_of(reader, BOUNDS[page].address) > allowed(BOUNDS[page]), page


def work_of(reader: Client, address: str) -> int:
    """Of the second time that a page is asked for: the first one also gathers what a process remembers."""
    got(reader, address)
    return (steps_of if connection.vendor == "sqlite" else rows_of)(lambda: got(reader, address))


def allowed(bound: Bound) -> int:
    return bound.steps * 1_000 if connection.vendor == "sqlite" else bound.rows


def got(reader: Client, address: str) -> None:
    assert reader.get(address).status_code == 200, address


_STEPS = 50


def steps_of(work: Callable[[], None]) -> int:
    """How many steps the machine of SQLite takes, to the nearest fifty of a statement."""
    counted, raw = [0], connection.connection
    assert isinstance(raw, sqlite3.Connection)

    def count() -> None:
        counted[0] += _STEPS

    raw.set_progress_handler(count, _STEPS)
    try:
        work()
    finally:
        raw.set_progress_handler(None, 0)
    return counted[0]


def rows_of(work: Callable[[], None]) -> int:
    """How many rows PostgreSQL read of the big tables, those it threw away among them."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return sum(_rows_read(query["sql"]) for query in captured.captured_queries)


def _rows_read(statement: str) -> int:
    if not statement.lstrip("( ").upper().startswith(("SELECT", "WITH")):
        return 0
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + statement.replace("%", "%%"), ())
        (told,) = cursor.fetchone()
    plans = json.loads(told) if isinstance(told, str) else told
    return int(sum(_read(node) for plan in plans for node in _nodes(plan["Plan"])))


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def _read(node: dict[str, Any]) -> float:
    if node.get("Relation Name") not in BIG:
        return 0
    thrown = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return float((node["Actual Rows"] + thrown) * node["Actual Loops"])
