"""State and timeliness of 100,000 random lives as of random past days: the ledger against a model of its own.

The model tells each life again, event by event; the ledger answers from its spans by the conditions of its figures.
Anything that differs ends the run with the life in which it does.
"""

import random
from collections import Counter
from datetime import timedelta
from typing import Any

from bench.country import make_units, settle
from bench.frame import Bench, Findings
from noivu.work.tests.lives import FIRST, REACH, differences, random_lives, said_in_sql, write

DAYS, SEED, UNITS = 12, 2024, 100


def measure(findings: Findings, rows: int) -> None:
    """Write the lives, then compare day after day."""
    units = make_units(UNITS)
    with findings.timed("making the lives"):
        lives = list(random_lives(rows, units, SEED))
    with findings.timed("writing and laying them out"):
        keys = write(lives)
    settle()
    dice = random.Random(SEED)
    stood: Counter[Any] = Counter()
    days = [FIRST + timedelta(days=dice.randrange(REACH)) for _ in range(DAYS)]
    with findings.timed(f"comparing {DAYS} days, one by one"):
        for day in days:
            wrong, counted = differences(lives, keys, day)
            if wrong:
                raise SystemExit(f"the ledger and the model differ on {day}: {wrong[:3]}")
            stood += counted
    with findings.timed("of it: the ledger's answer for one day"):
        said_in_sql(days[-1])
    findings.facts["lives, events"] = f"{rows:,}, {sum(len(life.events) for life in lives):,}"
    findings.facts["compared"] = f"{sum(stood.values()):,} states on {DAYS} days, none differs"
    for pair, number in sorted(stood.items()):
        findings.facts[" · ".join(pair)] = f"{number:,}"


BENCH = Bench(
    name="lives",
    title="State and timeliness of random lives as of any past day, against their events told again",
    rows=100_000,
    small_rows=2_000,
    measure=measure,
)
