"""Classes of a map: a few bands of values, each with its bounds and how many fall into it. Colour only repeats them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from noivu.core.wording import Text

Number = int | Decimal
MOST = 5
QUANTILES, INTERVALS = "quantiles", "intervals"
WAYS: dict[str, Text] = {
    QUANTILES: Text(vi="số tỉnh bằng nhau", en="equal numbers"),
    INTERVALS: Text(vi="khoảng bằng nhau", en="equal intervals"),
}
"""How values are parted: as many provinces in each band, or bands of the same width."""
_SHADES = {1: (3,), 2: (2, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}


@dataclass(frozen=True, slots=True)
class Band:
    """A class: the least and the greatest value in it, how many there are, and its shade from 1 to 5."""

    low: Number
    high: Number
    count: int
    shade: int

    def holds(self, value: Number) -> bool:
        return self.low <= value <= self.high


def bands(values: Collection[Number], way: str = QUANTILES) -> tuple[Band, ...]:
    """At most five bands from low to high; equal values are never parted, and no band is empty."""
    if not values:
        return ()
    place = _by_interval if way == INTERVALS else _by_rank
    gathered: dict[int, list[Number]] = defaultdict(list)
    for value in values:
        gathered[place(value, values)].append(value)
    shades = _SHADES[len(gathered)]
    return tuple(
        Band(min(members), max(members), len(members), shade)
        for shade, (_, members) in zip(shades, sorted(gathered.items()), strict=True)
    )


def _by_rank(value: Number, values: Collection[Number]) -> int:
    below = sum(other < value for other in values)
    return below * MOST // len(values)


def _by_interval(value: Number, values: Collection[Number]) -> int:
    least, most = Fraction(min(values)), Fraction(max(values))
    if most == least:
        return 0
    return min(int((Fraction(value) - least) * MOST / (most - least)), MOST - 1)
