"""Money is integer đồng; factors are exact; rounding is a named choice."""

from dataclasses import dataclass
from fractions import Fraction

from noivu.core.numbers import ROUNDINGS, format_integer


@dataclass(frozen=True, slots=True, order=True)
class Dong:
    """An amount in Vietnamese đồng."""

    amount: int

    def __post_init__(self) -> None:
        if not isinstance(self.amount, int) or isinstance(self.amount, bool):
            raise TypeError("an amount of money is a whole number of đồng")

    def __add__(self, other: "Dong") -> "Dong":
        return Dong(self.amount + other.amount)

    def __sub__(self, other: "Dong") -> "Dong":
        return Dong(self.amount - other.amount)

    def times(self, factor: int | Fraction, rounding: str) -> "Dong":
        """The amount times an exact factor, rounded to đồng by the named rounding."""
        return Dong(int(ROUNDINGS[rounding](self.amount * Fraction(factor), 0)))

    def format(self, language: str | None = None) -> str:
        return f"{format_integer(self.amount, language)} đồng"
