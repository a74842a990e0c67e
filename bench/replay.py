"""July 2025 replayed on a register in use: simulating and carrying out the plan, beside the bare SQL of the same rows.

The register holds the three tiers of 30/6/2025 with open obligations, documents and grants spread over all units. What
stands where is read before and after by plain SQL, and compared by following the published successions: nothing that
carries the plan out is asked.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from bench.country import settle
from bench.frame import Bench, Findings
from bench.registers import Owed, make_documents, store_owed
from noivu.accounts.models import Grant
from noivu.accounts.testing import a_person
from noivu.core import clock
from noivu.core.access import OFFICER, VIEWER
from noivu.core.actors import SYSTEM
from noivu.core.bulk import insert_rows
from noivu.planning.api import carry_out_plan, read_plan, simulate
from noivu.portal.vietnam import load_vietnam
from noivu.portal.vietnam.plan_2025 import plan_2025
from noivu.units.api import Unit, tree
from noivu.work.constants import Kind

LAST_DAY, FIRST_DAY = date(2025, 6, 30), date(2025, 7, 1)
DOCUMENTS, GRANTS = 3, 20
"""Documents for each open obligation; one grant for so many."""
PEOPLE = 50


def measure(findings: Findings, rows: int) -> None:
    """Load, then simulate, carry out inside a transaction with the floor after it, and check."""
    with findings.timed("loading the three tiers"):
        load_vietnam(actor=SYSTEM, until=LAST_DAY)
    units = sorted(tree(LAST_DAY).nodes)
    with findings.timed("loading documents, obligations and grants"):
        _fill(rows, units)
    text = plan_2025()
    with findings.timed("noivu: reading the plan"):
        plan = read_plan(text)
    simulation = findings.best_of(2, "noivu: simulating it", lambda: _simulated(plan))
    if not simulation.is_sound:
        raise SystemExit(f"the plan has findings: {simulation.findings[:3]}")
    before = _standing()
    with findings.timed("floor: the same rows by bare SQL, taken back"):
        _bare(simulation)
    with findings.timed("noivu: carrying it out"):
        done = carry_out_plan(actor=SYSTEM, plan=plan)
    settle()
    _check(before, _standing(), findings)
    findings.ratio(
        "carrying out over floor", "noivu: carrying it out", "floor: the same rows by bare SQL, taken back", "–"
    )
    findings.facts["units established, ended"] = f"{done.numbers['established']:,}, {done.numbers['ended']:,}"
    for code, outcome in done.carried.outcomes.items():
        waiting = sum(each.number for each in outcome.waiting)
        findings.facts[code] = f"{done.before[code]:,} before, {outcome.moved:,} went over, {waiting:,} wait"


def _simulated(plan: Any) -> Any:
    simulation = simulate(plan)
    if simulation.is_sound:
        len(simulation.things)
        len(list(simulation.units_after()))
    return simulation


def _fill(rows: int, units: list[int]) -> None:
    make_documents(rows * DOCUMENTS, units)
    day = date(2025, 5, 5)
    store_owed(
        [
            Owed(
                Kind.TASK.value,
                units[n * 7_919 % len(units)],
                day + timedelta(days=n % 40),
                None,
                date(2025, 8, 1),
                None,
            )
            for n in range(rows)
        ]
    )
    people = [
        a_person(f"bench-{n}", "Người dùng", Unit.objects.get(pk=units[n * 211 % len(units)]), VIEWER)
        for n in range(PEOPLE)
    ]
    now = clock.now()
    insert_rows(
        Grant,
        ["user", "role", "unit", "starts_on", "granted_by_id", "granted_by_name", "granted_at", "reason", "end_reason"],
        (
            (
                people[n % PEOPLE].user.pk,
                OFFICER,
                units[n * 104_729 % len(units)],
                date(2025, 1, 1),
                "bench",
                "bench",
                now,
                "",
                "",
            )
            for n in range(rows // GRANTS)
        ),
    )
    settle()


def _rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _standing() -> dict[str, Counter[int]]:
    """What stands where: open obligations and documents by unit, events by obligation, grants by user."""
    happened = "FROM work_obligationevent WHERE happening <> 'transferred'"
    return {
        "obligations": _counted("unit_id", "FROM work_obligation"),
        "documents": _counted("unit_id", "FROM records_incomingdocument WHERE superseded_at IS NULL"),
        "events": _counted("obligation_id", happened),
        "grants": _counted("user_id", "FROM accounts_grant WHERE granted_by_id = 'bench'"),
    }


def _counted(by: str, rows: str) -> Counter[int]:
    return Counter(dict(_rows(f"SELECT {by}, COUNT(*) {rows} GROUP BY {by}")))


def _went() -> Mapping[int, set[int]]:
    """By unit, those that it went into on the day, as the register of successions says."""
    into: dict[int, set[int]] = defaultdict(set)
    rows = _rows(
        "SELECT predecessor_id, successor_id FROM units_succession s JOIN units_reorganisation r "
        "ON r.id = s.reorganisation_id WHERE s.superseded_at IS NULL AND r.takes_effect_on = %s",
        FIRST_DAY,
    )
    for old, new in rows:
        into[old].add(new)
    return into


def _check(before: dict[str, Counter[int]], after: dict[str, Counter[int]], findings: Findings) -> None:
    """Documents, events and grants stay; an obligation is at its unit, or at the only one that this went into."""
    for kept in ("documents", "events", "grants"):
        if before[kept] != after[kept]:
            raise SystemExit(f"{kept} are not what they were")
    into = _went()
    lasting = "superseded_at IS NULL AND (ends_on IS NULL OR ends_on > %s)"
    living = {unit for (unit,) in _rows(f"SELECT unit_id FROM units_unitkind WHERE {lasting}", FIRST_DAY)}
    expected: Counter[int] = Counter()
    for unit, number in before["obligations"].items():
        following = into.get(unit, set())
        expected[next(iter(following)) if unit not in living and len(following) == 1 else unit] += number
    if +expected != +after["obligations"]:
        raise SystemExit("obligations are not where the successions lead")
    documents = sum(after["documents"].values())
    findings.notes.append(f"checked: {sum(expected.values()):,} obligations, {documents:,} documents where they belong")


def _bare(simulation: Any) -> None:
    """The rows that the act writes, by a few statements: facts ended and begun, obligations with events and spans."""
    heirs = simulation.moves.heirs
    stand_in = next(iter(tree(LAST_DAY).nodes))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bench_heirs (old integer PRIMARY KEY, new integer)")
        cursor.executemany("INSERT INTO bench_heirs VALUES (%s, %s)", [(old, stand_in) for old in heirs])
        ending = "superseded_at IS NULL AND unit_id IN (SELECT old FROM bench_heirs)"
        for model in ("unitkind", "unitname", "unitcode", "unitline"):
            cursor.execute(f"UPDATE units_{model} SET recorded_at = recorded_at WHERE {ending}")
        moved = "obligation_id IN (SELECT id FROM work_obligation WHERE unit_id IN (SELECT old FROM bench_heirs))"
        columns = 'happening, "on", "order", officer, reason, rule, symbol, from_sheet, actor_id, actor_name'
        copied = f"SELECT obligation_id, {columns}, recorded_at FROM work_obligationevent WHERE {moved}"
        cursor.execute(f"INSERT INTO work_obligationevent (obligation_id, {columns}, recorded_at) {copied}")
        cursor.execute(f"UPDATE work_obligationspan SET recorded_at = recorded_at WHERE {moved}")
        cursor.execute(
            "UPDATE work_obligation SET unit_id = (SELECT new FROM bench_heirs WHERE old = unit_id) "
            "WHERE unit_id IN (SELECT old FROM bench_heirs)"
        )
        transaction.set_rollback(True)


BENCH = Bench(
    name="replay",
    title="July 2025 replayed: 63 / 696 / 10,035 into 34 / 3,321, with open obligations, documents and grants",
    rows=100_000,
    small_rows=2_000,
    measure=measure,
)
