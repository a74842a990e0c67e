"""State and timeliness as of any past day, against the events of random lives told again one by one.

`noivu bench lives` does the same with 100,000 lives.
"""

import random
from datetime import timedelta

import pytest

from noivu.units.testing import Sector
from noivu.work.tests.lives import FIRST, REACH, differences, random_lives, write


@pytest.mark.slow
def test_what_the_ledger_says_of_any_past_day_is_what_the_events_tell(sector: Sector) -> None:
    lives = list(random_lives(1_000, [sector.office.pk, sector.archives.pk], seed=30))
    keys = write(lives)
    dice = random.Random(4)
    seen = set()
    for number in (0, 30, *(dice.randrange(REACH) for _ in range(3)), REACH):
        wrong, counted = differences(lives, keys, FIRST + timedelta(days=number))
        assert wrong[:3] == []
        seen |= counted.keys()
    assert len(seen) == 11, "every pair of state and timeliness there is"
