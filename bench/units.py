"""The units of any day, warm: tree, counts and successors as the commands give them, beside the bare SQL of the day.

All days of which trees are kept in memory are asked in turn, so that no answer is the one before. The floor of a tree
reads kind, name, code and place of every unit of the day by one statement, and does nothing with them.
"""

from collections.abc import Callable
from datetime import date
from statistics import quantiles
from time import perf_counter
from typing import Any

from click import Command
from click.testing import CliRunner
from django.db import connection

from bench.country import settle
from bench.frame import Bench, Findings
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.portal.vietnam import load_vietnam
from noivu.units.api import successors, tree
from noivu.units.commands import units

ANEW, FLOOR = "tree of a day, read anew", "floor: the rows of a day by bare SQL"
DAYS = (date(2024, 10, 31), date(2025, 6, 30), date(2025, 7, 1), date(2026, 5, 1))
CODES = ("26740", "09013", "16681", "00004")
"""A commune that merged, one parted into four, one whose code goes on, one whose name goes on."""
_LASTS = "{0}.superseded_at IS NULL AND {0}.starts_on <= %s AND ({0}.ends_on IS NULL OR {0}.ends_on > %s)"
_FLOOR = (
    "SELECT k.unit_id, k.kind, n.name, c.code, l.other_id FROM units_unitkind k "
    f"JOIN units_unitname n ON n.unit_id = k.unit_id AND {_LASTS.format('n')} "
    f"JOIN units_unitcode c ON c.unit_id = k.unit_id AND {_LASTS.format('c')} "
    f"LEFT JOIN units_unitline l ON l.unit_id = k.unit_id AND l.line = 'territory' AND {_LASTS.format('l')} "
    f"WHERE {_LASTS.format('k')}"
)


def measure(findings: Findings, rows: int) -> None:
    """Load the country, then ask `rows` times for each of the days."""
    with findings.timed("loading the units of the country"):
        load_vietnam(actor=SYSTEM)
    settle()
    findings.facts["units on these days"] = ", ".join(f"{len(tree(day)):,} ({day})" for day in DAYS)
    asked: dict[str, Callable[[date, str], object]] = {
        "tree of a day": lambda day, _: tree(day),
        ANEW: lambda day, _: tree(day, clock.now()),
        "count by tier": lambda day, _: tree(day).count_by_level(),
        "successors of a commune": lambda day, code: _successors(code, day),
        "noivu units tree 40": lambda day, _: _told("tree", "40", "--on", day),
        "noivu units tree, all, as JSON": lambda day, _: _told("tree", "--on", day, "--json"),
        "noivu units count": lambda day, _: _told("count", "--on", day, "--json"),
        "noivu units successors": lambda day, code: _told("successors", code, "--from", DAYS[1], "--on", day, "--json"),
        FLOOR: lambda day, _: _bare(day),
    }
    for label, ask in asked.items():
        taken = []
        for turn in range(rows + 1):
            for place, day in enumerate(DAYS):
                began = perf_counter()
                ask(day, CODES[place])
                taken += [perf_counter() - began] if turn else []
        cuts = quantiles([seconds * 1_000 for seconds in taken], n=20, method="inclusive")
        aim = "" if label in (ANEW, FLOOR) else "   aim ≤ 100 ms"
        findings.facts[label] = f"p50 {cuts[9]:7.2f} ms   p95 {cuts[18]:7.2f} ms{aim}"
        findings.times[label] = cuts[9] / 1_000
    findings.ratio("reading a tree over floor", ANEW, FLOOR, "–")


def _successors(code: str, day: date) -> object:
    then = tree(DAYS[1])
    return successors(then.by_code[code].id, max(day, DAYS[1]), DAYS[1])


def _told(*words: Any) -> str:
    command: Command = units
    said = CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=False)
    if said.exit_code:
        raise SystemExit(said.output)
    return said.stdout


def _bare(day: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FLOOR, [day] * 8)
        cursor.fetchall()


BENCH = Bench(
    name="units",
    title="The units of any day, warm: tree, counts, successors",
    rows=25,
    small_rows=5,
    measure=measure,
)
