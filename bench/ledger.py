"""The ledger of a country: recounting all that is open after a new holiday, *My day* and the search of obligations.

Each beside rivals over the same rows in the same run. The floor of the recounting is SQL written by hand that parts the
stretches and adds the events from a table of the dates already counted, without locks or a log, in the same memory;
its opponent takes one obligation after the other by the verbs' own means (timed on a sample and scaled). The floor of a
page is its own statements, run again by a bare cursor.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.test import override_settings

from bench.country import indexes_afterwards, make_units, settle
from bench.frame import Bench, Findings
from bench.pages import MINISTRY, UNGATHERED, Asked, measure_page, reader_of
from bench.registers import RARE, RARE_EVERY, SUMMARIES
from noivu.accounts.models import User
from noivu.audit.api import record
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.core.bulk import much_written
from noivu.core.wording import both
from noivu.law.api import WorkingCalendar, change_day, deadline, due_on
from noivu.law.public_holidays import DayChange
from noivu.records.api import search_text
from noivu.work.constants import FOREVER, Happening, Kind
from noivu.work.models import Obligation, ObligationEvent, ObligationSpan, Recount
from noivu.work.projection import project
from noivu.work.recounting import RUNNING

FIRST_DAY, DAYS, RECENT = date(2023, 11, 1), 366, 61
OPEN_OF_50 = 3
"""Six in a hundred are open: of five million, 300,000."""
LENGTHS = (5, 7, 10, 15, 20, 22, 30, 40, 45, 60)
HOLIDAY = date(2024, 11, 6)
SAMPLE, MINE = 200, 40
_TEXT = {"CharField", "TextField"}


def measure(findings: Findings, rows: int) -> None:
    """Load, then pages as they are in the morning, then the holiday."""
    with findings.timed("loading units"):
        units = make_units()
    with findings.timed("loading the ledger"):
        make_ledger(rows, units)
    findings.facts["open or suspended"] = f"{_open():,}"
    with override_settings(STORAGES=UNGATHERED):
        _pages(findings)
    _recounting(findings)


def _pages(findings: Findings) -> None:
    client = reader_of(MINISTRY)
    reader = User.objects.latest("pk")
    mine = ObligationSpan.objects.current().filter(valid_to=FOREVER, status="open")[:MINE]
    keys = list(mine.values_list("obligation_id", flat=True))
    Obligation.objects.filter(pk__in=keys).update(assigned_officer=f"user:{reader.pk}")
    here = {"unit": MINISTRY, "period": "2024-10"}
    measure_page(findings, client, Asked("my day", "office:my", {}), MINISTRY)
    measure_page(findings, client, Asked("my day, of the unit", "office:my", {"cut": "unit"}), MINISTRY)
    for label, words in (("a rare word", RARE), ("a common word", "đơn vị"), ("a code", "B12345")):
        query = {**here, "q": words}
        measure_page(findings, client, Asked(f"tasks, search for {label}", "office:tasks", query), MINISTRY)
    measure_page(findings, client, Asked("tasks overdue", "office:tasks", {**here, "cut": "overdue"}), MINISTRY)


def _recounting(findings: Findings) -> None:
    with much_written(), findings.timed("floor: bare SQL from counted dates"), undone():
        at_the_floor = _by_hand()
    with findings.timed(f"opponent: {SAMPLE} one by one"), undone():
        taken = _one_by_one()
    per_one = findings.times[f"opponent: {SAMPLE} one by one"] / max(taken, 1)
    findings.times["opponent, scaled to all"] = per_one * at_the_floor
    with findings.memory_watched(), findings.timed("a holiday: calendar, recounting, log"):
        name = both("bench")
        change_day(actor=SYSTEM, day=HOLIDAY, works=False, name=name, reason="bench")
    recount = Recount.objects.get()
    findings.facts["due dates moved"] = f"{recount.moved:,} (by hand, kept: {recount.kept:,})"
    if recount.moved != at_the_floor:
        raise SystemExit(f"the recounting moved {recount.moved}, the bare SQL {at_the_floor}")
    ours = "a holiday: calendar, recounting, log"
    findings.ratio(
        "recounting against bare SQL", ours, "floor: bare SQL from counted dates", "≤ 60 s with 300,000 open"
    )
    findings.ratio("one by one against recounting", "opponent, scaled to all", ours, "> 1")


def _open() -> int:
    return ObligationSpan.objects.current().filter(valid_to=FOREVER, status__in=RUNNING).count()


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is timed and thrown away."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _by_hand() -> int:
    """The least that a database must write: events and stretches, from a table of what each date becomes."""
    change = DayChange(works=False, reason=both("bench"), kind="own_off", own=True)
    calendar = WorkingCalendar({HOLIDAY: change})
    today, now = clock.today(), clock.now().isoformat(" ")
    moving = (
        "FROM work_obligationspan s JOIN work_obligationevent e ON e.obligation_id = s.obligation_id "
        "JOIN ledger_moved m ON m.days = e.working_days AND m.arises = e.counted_from "
        f"WHERE s.superseded_at IS NULL AND s.valid_to = '{FOREVER}' AND s.status IN ('open', 'suspended') "
        "AND s.kind IN ('reply', 'task', 'recommendation') AND e.due_on = s.due_on AND m.due <> s.due_on"
    )
    spans = "obligation_id, kind, unit_id, arises_on, valid_from, valid_to, due_on, status, stage, recorded_at"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE ledger_moved (arises date, days integer, due date)")
        _fill(
            cursor,
            "ledger_moved",
            ((d, n, due_on(d, working_days=n, calendar=calendar)) for d in _days() for n in LENGTHS),
        )
        cursor.execute(
            "CREATE TEMPORARY TABLE ledger_moving AS SELECT s.id, s.obligation_id, s.kind, s.unit_id, s.arises_on, "
            f"s.valid_from, s.due_on, s.status, s.stage, m.due, e.working_days, e.counted_from {moving}"
        )
        cursor.execute("SELECT count(*) FROM ledger_moving")
        (count,) = cursor.fetchone()
        texts = [f.column for f in ObligationEvent._meta.concrete_fields if f.get_internal_type() in _TEXT]
        further = [name for name in texts if name != "happening"]
        false, empty = _FALSE[connection.vendor], ", ".join(["''"] * len(further))
        cursor.execute(
            f'INSERT INTO work_obligationevent (obligation_id, happening, "on", "order", due_on, former_due_on, '
            f"working_days, counted_from, from_sheet, recorded_at, {', '.join(further)}) "
            f"SELECT obligation_id, 'due_moved', {_day(today)}, 1, due, due_on, working_days, counted_from, {false}, "
            f"{_instant(now)}, {empty} "
            "FROM ledger_moving"
        )
        cursor.execute(
            f"UPDATE work_obligationspan SET superseded_at = {_instant(now)} WHERE id IN (SELECT id FROM ledger_moving)"
        )
        for first, last, due in (("valid_from", _day(today), "due_on"), (_day(today), _day(FOREVER), "due")):
            cursor.execute(
                f"INSERT INTO work_obligationspan ({spans}) SELECT obligation_id, kind, unit_id, arises_on, {first}, "
                f"{last}, {due}, status, stage, {_instant(now)} FROM ledger_moving"
            )
        cursor.execute("DROP TABLE ledger_moving")
        cursor.execute("DROP TABLE ledger_moved")
        if connection.vendor == "postgresql":  # a commit asks whether foreign keys hold, and so must what is undone
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return int(count)


def _one_by_one() -> int:
    """The obvious way over some: its events read, its date counted, an event, its stretches laid out, an entry."""
    change_calendar = WorkingCalendar({HOLIDAY: DayChange(works=False, reason=both("bench"), kind="own_off", own=True)})
    spans = ObligationSpan.objects.current().filter(valid_to=FOREVER, status__in=RUNNING, due_on__gt=HOLIDAY)
    counted = spans.filter(obligation__events__counted_from__isnull=False)
    taken = 0
    for span in counted.select_related("obligation")[:SAMPLE]:
        event = span.obligation.events.current().filter(due_on__isnull=False).order_by("on", "order").last()
        if event is None or event.counted_from is None or event.working_days is None:
            continue
        due = deadline(event.counted_from, working_days=event.working_days, calendar=change_calendar).due_on
        said = {"happening": Happening.DUE_MOVED.value, "on": clock.today(), "order": 1, "due_on": due}
        told = {"former_due_on": span.due_on, "actor_id": "bench", "actor_name": "bench"}
        ObligationEvent.objects.create(obligation=span.obligation, **said, **told)
        project([span.obligation_id], clock.now())
        record(actor=SYSTEM, action="obligation.recount", thing=span.obligation, after={"due_on": due.isoformat()})
        taken += 1
    return taken


# The ledger


def make_ledger(rows: int, units: list[int]) -> None:
    """Five million lives made by the database itself from small tables of days, due dates and words.

    Two in three of the due dates count working days, the others were entered by hand.
    """
    models = (Obligation, ObligationEvent, ObligationSpan)
    with indexes_afterwards(*models), transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        _small_tables(cursor)
        with _searched_afterwards(cursor):
            _insert(cursor, Obligation, _OBLIGATION, "", rows, units)
        _insert(cursor, ObligationEvent, _ASSIGNED, "", rows, units)
        _insert(cursor, ObligationEvent, _COMPLETED, "WHERE open = 0", rows, units)
        _insert(cursor, ObligationSpan, _BEFORE, "", rows, units)
        _insert(cursor, ObligationSpan, _AFTER, "WHERE open = 0", rows, units)
    settle()


def _small_tables(cursor: Any) -> None:
    """ledger_due: of each day and each length the due date and the day on which it gets done; ledger_words: titles."""
    cursor.execute(
        "CREATE TEMPORARY TABLE ledger_due (place integer PRIMARY KEY, arises date, days integer, due date, done date)"
    )
    places = ((day, place) for day in range(DAYS) for place in range(len(LENGTHS)))
    _fill(cursor, "ledger_due", (_due_row(day, place) for day, place in places))
    cursor.execute("CREATE TEMPORARY TABLE ledger_words (place integer PRIMARY KEY, title text, sought text)")
    titles = [*SUMMARIES, f"{SUMMARIES[0]} {RARE}"]
    _fill(cursor, "ledger_words", ((n, title, search_text([title])) for n, title in enumerate(titles)))


def _due_row(day: int, place: int) -> tuple[Any, ...]:
    arises, length = FIRST_DAY + timedelta(days=day), LENGTHS[place]
    done = due_on(arises, working_days=1 + (day + place) % 10)
    return (day * 10 + place, arises, length, due_on(arises, working_days=length), done)


def _days() -> Iterator[date]:
    return (FIRST_DAY + timedelta(days=day) for day in range(DAYS))


def _fill(cursor: Any, table: str, rows: Iterator[tuple[Any, ...]]) -> None:
    whole = [tuple(value.isoformat() if isinstance(value, date) else value for value in row) for row in rows]
    cursor.executemany(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(whole[0]))})", whole)


def _insert(cursor: Any, model: type[Model], given: dict[str, str], where: str, rows: int, units: list[int]) -> None:
    fields = model._meta.concrete_fields
    texts = {f.column: "''" for f in fields if f.get_internal_type() in _TEXT}
    flags = {f.column: _FALSE[connection.vendor] for f in fields if f.get_internal_type() == "BooleanField"}
    columns = {**texts, **flags, **given}
    numbered, source = _numbers(rows)
    recent = f"{DAYS - RECENT} + n * 31 % {RECENT}"
    made = (
        f"SELECT n, n + 1 AS id, {units[0]} + n * 7919 % {len(units)} AS unit, "
        f"CASE WHEN n % 50 < {OPEN_OF_50} THEN 1 ELSE 0 END AS open, "
        f"CASE WHEN n % 5 = 0 THEN '{Kind.RECOMMENDATION}' ELSE '{Kind.TASK}' END AS what, "
        f"CASE WHEN n % {RARE_EVERY} = 7 THEN {len(SUMMARIES)} ELSE n * 13 % {len(SUMMARIES)} END AS words, "
        f"(CASE WHEN n % 50 < {OPEN_OF_50} THEN {recent} ELSE n * 31 % {DAYS - 20} END) * 10 + n * 7 % 10 AS due_place "
        f"FROM {source}"
    )
    names = ", ".join(f'"{name}"' for name in columns)
    cursor.execute(
        f"{numbered} INSERT INTO {model._meta.db_table} ({names}) SELECT {', '.join(columns.values())} "
        f"FROM ({made}) AS made JOIN ledger_due d ON d.place = made.due_place "
        f"JOIN ledger_words w ON w.place = made.words {where}".replace(
            "{now}", _instant(clock.now().isoformat(" "))
        ).replace("{forever}", _day(FOREVER))
    )


def _numbers(rows: int) -> tuple[str, str]:
    """So many numbers from 0 on, in the words of the database."""
    if connection.vendor == "postgresql":
        return "", f"generate_series(0::bigint, {rows - 1}) AS numbers(n)"
    counting = f"SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < {rows - 1}"
    return f"WITH RECURSIVE numbers(n) AS ({counting})", "numbers"


def _day(day: date) -> str:
    return f"DATE '{day}'" if connection.vendor == "postgresql" else f"'{day}'"


def _instant(instant: str) -> str:
    return f"TIMESTAMPTZ '{instant}'" if connection.vendor == "postgresql" else f"'{instant}'"


@contextmanager
def _searched_afterwards(cursor: Any) -> Iterator[None]:
    """Without the index of words while rows stream in; it is built from the whole."""
    index = "work_obligation_search"
    if connection.vendor == "postgresql":
        cursor.execute(f"DROP INDEX IF EXISTS {index}")
        yield
        cursor.execute(f"CREATE INDEX {index} ON work_obligation USING gin (search_text gin_trgm_ops)")
        return
    cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s", [f"{index}_insert"])
    (trigger,) = cursor.fetchone()
    cursor.execute(f"DROP TRIGGER {index}_insert")
    yield
    cursor.execute(f"INSERT INTO {index}(rowid, search_text) SELECT id, search_text FROM work_obligation")
    cursor.execute(trigger)


_FALSE = {"sqlite": "0", "postgresql": "false"}
_COUNTED = "n % 3 > 0"
_OBLIGATION = {
    "id": "made.id",
    "kind": "what",
    "code": "'B' || n",
    "title": "w.title",
    "search_text": "w.sought || 'b' || n || ' '",
    "unit_id": "unit",
    "first_unit_id": "unit",
    "arises_on": "d.arises",
    "original_due_on": "d.due",
}
_TOLD = {
    "obligation_id": "made.id",
    "order": "0",
    "actor_id": "'bench'",
    "actor_name": "'bench'",
    "recorded_at": "{now}",
}
_ASSIGNED = {
    **_TOLD,
    "happening": f"'{Happening.ASSIGNED}'",
    "on": "d.arises",
    "due_on": "d.due",
    "working_days": f"CASE WHEN {_COUNTED} THEN d.days END",
    "counted_from": f"CASE WHEN {_COUNTED} THEN d.arises END",
}
_COMPLETED = {**_TOLD, "happening": f"'{Happening.COMPLETED}'", "on": "d.done"}
_SPAN = {
    "obligation_id": "made.id",
    "kind": "what",
    "unit_id": "unit",
    "arises_on": "d.arises",
    "due_on": "d.due",
    "stage": "'not_started'",
    "recorded_at": "{now}",
}
_BEFORE = {
    **_SPAN,
    "valid_from": "d.arises",
    "valid_to": "CASE WHEN open = 1 THEN {forever} ELSE d.done END",
    "status": "CASE WHEN open = 1 AND n % 100 = 1 THEN 'suspended' ELSE 'open' END",
}
_AFTER = {
    **_SPAN,
    "valid_from": "d.done",
    "valid_to": "{forever}",
    "status": "'completed'",
    "completed_on": "d.done",
}

BENCH = Bench(
    name="ledger",
    title="The ledger of a country: a new holiday, my day, the search of obligations",
    rows=5_000_000,
    small_rows=20_000,
    measure=measure,
)
