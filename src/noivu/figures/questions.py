"""A question about a unit and a period, and its answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from noivu.core import clock
from noivu.core.indicators import Identity, Reading
from noivu.core.numbers import half_up
from noivu.core.periods import CALENDAR, Period, Window
from noivu.core.wording import Text
from noivu.figures.constants import SUPERIOR


class _Asked:
    """What a question for one unit and a question for all units have in common."""

    period: Period
    window: Window
    as_of: date | None
    known_at: datetime | None

    @property
    def tree_day(self) -> date:
        """The day whose unit tree is read: the last one in the period, whatever the as-of day."""
        return self.period.last_day(self.window)

    @property
    def reading(self) -> Reading:
        """How the records are read."""
        return reading_of(self.period, self.window, self.as_of, self.known_at)


@dataclass(frozen=True)
class Question(_Asked):
    """What is asked: which unit, which period, read how, and which figures (None: all).

    `as_of` None means the last day of the period, or today while the period runs: nothing is judged late before its
    time. `known_at` None means by all that is known now. The unit tree is that of the last day in the period; with
    `structure` the unit is one of that day's tree, and the units of the period are carried into it.
    """

    unit_id: int
    period: Period
    window: Window = CALENDAR
    as_of: date | None = None
    known_at: datetime | None = None
    indicators: tuple[str, ...] | None = None
    line: str = SUPERIOR
    structure: date | None = None

    @property
    def unit_day(self) -> date:
        """The day whose unit tree the unit is one of."""
        return self.structure or self.tree_day

    @property
    def structure_is_later(self) -> bool:
        """Whether units are carried onward, to successors."""
        return self.unit_day >= self.tree_day


@dataclass(frozen=True)
class Sweep(_Asked):
    """The same question put to every unit at once."""

    period: Period
    window: Window = CALENDAR
    as_of: date | None = None
    known_at: datetime | None = None
    indicators: tuple[str, ...] | None = None
    line: str = SUPERIOR


def reading_of(
    period: Period, window: Window = CALENDAR, as_of: date | None = None, known_at: datetime | None = None
) -> Reading:
    """The reading of a period; without an as-of day, its last day or today, whichever is earlier."""
    days = period.range(window)
    return Reading(range=days, as_of=as_of or min(days.last_day, clock.today()), known_at=known_at)


@dataclass(frozen=True)
class Balance:
    """An identity held against the values: `gap` is the whole less the sum of its parts."""

    code: str
    label: Text
    whole: tuple[str, int]
    parts: tuple[tuple[str, int], ...]

    @property
    def gap(self) -> int:
        return self.whole[1] - sum(value for _, value in self.parts)

    @property
    def holds(self) -> bool:
        return self.gap == 0


@dataclass(frozen=True)
class NotApportioned:
    """What a unit of the period counted of which nobody recorded how much each of its successors took (in the structure
    asked for). It is counted in every unit that covers them all, the nearest of which is `counted_at`."""

    unit_id: int
    values: Mapping[str, int]
    successors: tuple[int, ...]
    counted_at: int | None


@dataclass(frozen=True)
class Answer:
    """Whole numbers counted from records, and rates computed exactly from them (None: nothing to divide by).

    Where a period is read in another day's structure, `estimated` names the figures that hold a share of a divided
    unit's count, and `not_apportioned` what could not be shared out.
    """

    question: Question
    reading: Reading
    values: Mapping[str, int]
    rates: Mapping[str, Fraction | None] = field(default_factory=dict)
    identities: tuple[Balance, ...] = ()
    estimated: frozenset[str] = frozenset()
    not_apportioned: tuple[NotApportioned, ...] = ()

    def shown(self, code: str) -> int | Decimal | None:
        """A figure as it is shown: a count whole, a rate in per cent rounded half up to one decimal."""
        if code in self.rates:
            return shown_rate(self.rates[code])
        return self.values.get(code)


def shown_rate(rate: Fraction | None) -> Decimal | None:
    """A rate for the eye: per cent, one decimal, rounded half up. Never for further computing."""
    return None if rate is None else half_up(rate * 100, 1)


def balance(identity: Identity, values: Mapping[str, int]) -> Balance | None:
    """The identity held against values; None when one of its figures was not asked for."""
    if any(code not in values for code in (identity.whole, *identity.parts)):
        return None
    return Balance(
        code=identity.code,
        label=identity.label,
        whole=(identity.whole, values[identity.whole]),
        parts=tuple((code, values[code]) for code in identity.parts),
    )
