"""A month's 60 figures for 12,000 units out of a year's obligations, beside two rivals over the same rows.

The opponent asks the ORM for each unit's figures in turn, by aggregates with filtered counts (timed on a sample and
scaled). The floor is one bare SQL statement written by hand, fetched and not even added up the tree.
"""

import random
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q

from bench.country import UNITS, make_obligations, make_units, settle
from bench.frame import Bench, Findings
from noivu.core.indicators import BaseSet, Indicator, Reading, RecordLine, Rows
from noivu.core.periods import Period
from noivu.core.wording import both
from noivu.figures.api import Declarations, Question, Sweep, Table, ask, everywhere
from noivu.work.constants import STANDING, Kind, Status
from noivu.work.models import ObligationSpan

OCTOBER = Period.parse("2024-10")
SAMPLE, TURNS = 60, 5
"""The three take turns, each as often as the others, and the median counts: a machine whose speed wavers favours none.
The first turn of each is a warm-up, in which memory is watched: the watching takes its time."""
PLACES = ("carried_in", "open_at_end")
_STANDING = ", ".join(f"'{status}'" for status in STANDING)
# Q(a=…) & Q(b=…) keeps the order, Q(a=…, b=…) sorts by name: the test that fails most often comes first.
Pair = tuple[str, Callable[[Reading], Q], Callable[[Reading], str]]


def _status(status: Status) -> Pair:
    return status.value, lambda _: Q(status=status.value), lambda _: f"status = '{status.value}'"


def _due_within(days: int) -> Pair:
    def condition(reading: Reading) -> Q:
        return Q(status="open") & Q(due_on__gte=reading.as_of, due_on__lt=reading.as_of + timedelta(days=days))

    def sql(reading: Reading) -> str:
        until = reading.as_of + timedelta(days=days)
        return f"status = 'open' AND due_on >= '{reading.as_of}' AND due_on < '{until}'"

    return f"due_within_{days}", condition, sql


def _overdue_by(days: int) -> Pair:
    def day(reading: Reading) -> date:
        return reading.as_of - timedelta(days=days)

    return (
        f"overdue_by_{days}",
        lambda reading: Q(status="open") & Q(due_on__lt=day(reading)),
        lambda reading: f"status = 'open' AND due_on < '{day(reading)}'",
    )


PAIRS: list[Pair] = [
    ("all", lambda _: ~Q(status="cancelled"), lambda _: "status <> 'cancelled'"),
    _status(Status.COMPLETED),
    _status(Status.SUSPENDED),
    _status(Status.AWAITING),
    ("on_time", lambda _: Q(status="completed") & Q(completed_on__lte=F("due_on")),
     lambda _: "status = 'completed' AND completed_on <= due_on"),
    ("late", lambda _: Q(status="completed") & Q(completed_on__gt=F("due_on")),
     lambda _: "status = 'completed' AND completed_on > due_on"),
    ("no_deadline", lambda _: Q(status="open") & Q(due_on=None), lambda _: "status = 'open' AND due_on IS NULL"),
    ("done_no_deadline", lambda _: Q(status="completed") & Q(due_on=None),
     lambda _: "status = 'completed' AND due_on IS NULL"),
    *[_due_within(days) for days in (3, 5, 10, 20, 365)],
    *[_overdue_by(days) for days in (0, 3, 5, 10, 20)],
]  # fmt: skip


def _arising(kind: Kind) -> Callable[[Reading], Rows]:
    def rows(reading: Reading) -> Rows:
        return ObligationSpan.objects.current().of_kind(kind).arising_in(reading.range).holding_on(reading.as_of)

    return rows


def _backlog(kind: Kind) -> Callable[[Reading], Rows]:
    def rows(reading: Reading) -> Rows:
        first, last = (_backlog_day(reading, place) for place in PLACES)
        return ObligationSpan.objects.current().of_kind(kind).owed_within(first, last)

    return rows


def _owed(place: str) -> Callable[[Reading], Q]:
    """Of the stretches that touch either day."""
    if place == "carried_in":
        return lambda reading: Q(valid_from__lte=_backlog_day(reading, place))
    return lambda reading: Q(valid_to__gt=_backlog_day(reading, place))


def _backlog_day(reading: Reading, place: str) -> date:
    return reading.range.starts_on - timedelta(days=1) if place == "carried_in" else reading.as_of


def _described(span: ObligationSpan) -> RecordLine:
    return RecordLine(span.pk, span.unit_id, "", "")


def declared() -> Declarations:
    """60 figures: 18 of each kind over what arose in the month, and each kind's backlog at both ends."""
    declarations = Declarations()
    for kind in Kind:
        name = kind.value
        declarations.declare(
            bases=[BaseSet(name, both(name), _arising(kind), _described, source="bench")],
            indicators=[_figure(f"{name}.{code}", name, condition) for code, condition, _ in PAIRS],
        )
        backlog = f"{name}_backlog"
        declarations.declare(
            bases=[BaseSet(backlog, both(backlog), _backlog(kind), _described, source="bench")],
            indicators=[_figure(f"{name}.{place}", backlog, _owed(place)) for place in PLACES],
        )
    return declarations


def _figure(code: str, base: str, condition: Any) -> Indicator:
    words = both(code)
    return Indicator(code, words, words, words, words, base, condition)


def bare_sql(reading: Reading) -> str:
    """What somebody would write by hand: six selects of one statement."""
    width = len(PAIRS)
    selects = []
    for kind in Kind:
        counts = ", ".join(f"COUNT(*) FILTER (WHERE {sql(reading)})" for _, _, sql in PAIRS)
        selects.append(
            f"SELECT '{kind.value}', unit_id, {counts} FROM work_obligationspan WHERE superseded_at IS NULL "
            f"AND kind = '{kind.value}' AND arises_on >= '{reading.range.starts_on}' "
            f"AND arises_on < '{reading.range.ends_on}' AND valid_from <= '{reading.as_of}' "
            f"AND valid_to > '{reading.as_of}' GROUP BY unit_id"
        )
        first, last = (_backlog_day(reading, place) for place in PLACES)
        owed = f"COUNT(*) FILTER (WHERE valid_from <= '{first}'), COUNT(*) FILTER (WHERE valid_to > '{last}')"
        selects.append(
            f"SELECT '{kind.value}_backlog', unit_id, {owed}{', 0' * (width - 2)} FROM work_obligationspan "
            f"WHERE superseded_at IS NULL AND kind = '{kind.value}' AND status IN ({_STANDING}) "
            f"AND valid_from <= '{last}' AND valid_to > '{first}' GROUP BY unit_id"
        )
    return " UNION ALL ".join(selects)


def _bare(reading: Reading) -> list[Sequence[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(bare_sql(reading))
        found: list[Sequence[Any]] = cursor.fetchall()
        return found


def _orm_unit_by_unit(sample: Sequence[int], declarations: Declarations, reading: Reading) -> dict[int, int]:
    sums = {}
    for unit in sample:
        sums[unit] = 0
        for base in declarations.bases:
            counts = {
                indicator.code.replace(".", "_"): Count(
                    "pk", filter=indicator.condition(reading) if indicator.condition else None
                )
                for indicator in declarations.indicators
                if indicator.base == base.code
            }
            sums[unit] += sum(base.rows(reading).filter(unit_id=unit).aggregate(**counts).values())
    return sums


def measure(findings: Findings, rows: int) -> None:
    """Load, then time: all units at once, the bare statement, the ORM unit by unit, one unit's page."""
    with findings.timed("loading units"):
        units = make_units()
    with findings.timed("loading obligations and their spans"):
        make_obligations(rows, units)
    settle()
    declarations = declared()
    sweep = Sweep(OCTOBER)
    everywhere_label = f"noivu: {len(declarations.indicators)} figures for {UNITS:,} units, rolled up"
    floor_label = "floor: one bare SQL statement, fetched"
    opponent = f"opponent: ORM aggregates unit by unit ({SAMPLE} units timed, scaled to {UNITS:,})"
    sample = random.Random(1).sample(units, SAMPLE)
    for turn in range(TURNS):
        with findings.memory_watched() if turn == 0 else nullcontext():
            table = findings.again(everywhere_label, lambda: everywhere(sweep, declared=declarations))
        bare = findings.again(floor_label, lambda: _bare(sweep.reading))
        asked = sample[turn::TURNS]
        sums = findings.again(opponent, lambda asked=asked: _orm_unit_by_unit(asked, declarations, sweep.reading))
        _same(table, bare)
        _same_sums(table, sums)
    findings.settle_turns()
    findings.times[opponent] *= UNITS * TURNS / SAMPLE
    _one_unit(findings, declarations, units)
    findings.ratio("opponent over noivu", opponent, everywhere_label, "≥ 200")
    findings.ratio("noivu over floor", everywhere_label, floor_label, "≤ 3")
    findings.facts["spans"] = f"{ObligationSpan.objects.count():,}"


def _one_unit(findings: Findings, declarations: Declarations, units: list[int]) -> None:
    """What a page asks: the ministry with all below it, a department, and twelve periods of one figure."""
    for label, unit in (("ministry", units[0]), ("department", units[1])):
        asked = [Question(unit, OCTOBER)]
        findings.best_of(3, f"noivu: all figures of one {label}", lambda asked=asked: ask(asked, declared=declarations))
    trend = [Question(units[1], OCTOBER.shifted(-n), indicators=("task.completed",)) for n in range(12)]
    findings.best_of(3, "noivu: twelve periods of one figure", lambda: ask(trend, declared=declarations))


def _same(table: Table, bare: list[Sequence[Any]]) -> None:
    counted = sum(sum(row) for row in table.own.values())
    fetched = sum(sum(row[2:]) for row in bare)
    if counted != fetched or not counted:
        raise SystemExit(f"noivu counted {counted}, the bare statement {fetched}")


def _same_sums(table: Table, sums: dict[int, int]) -> None:
    for unit, total in sums.items():
        if sum(table.own_values(unit).values()) != total:
            raise SystemExit(f"unit {unit}: noivu and the ORM disagree")


BENCH = Bench(
    name="figures",
    title="60 figures × 12,000 units × one month out of a year's obligations",
    rows=5_000_000,
    small_rows=120_000,
    measure=measure,
)
