"""What answers are made of: the figures asked for by their base, rates from their parts, identities held."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from noivu.core.indicators import BaseSet, Indicator
from noivu.figures.questions import Balance, balance
from noivu.figures.registry import Declarations


def asked_codes(indicators: tuple[str, ...] | None, declared: Declarations) -> tuple[str, ...]:
    """The figures and rates that a question is about."""
    return declared.codes if indicators is None else indicators


def counted_codes(indicators: tuple[str, ...] | None, declared: Declarations) -> tuple[str, ...]:
    """The figures that must be counted to answer it."""
    return declared.parts_of(asked_codes(indicators, declared))


def by_base(codes: Sequence[str], declared: Declarations) -> Iterator[tuple[BaseSet, tuple[Indicator, ...]]]:
    """The figures asked for, gathered by the base that counts them."""
    gathered: dict[str, list[Indicator]] = defaultdict(list)
    for code in codes:
        indicator = declared.indicators[code]
        gathered[indicator.base].append(indicator)
    for base, indicators in gathered.items():
        yield declared.bases[base], tuple(indicators)


def rate_of(values: Mapping[str, int], code: str, declared: Declarations) -> Fraction | None:
    """The exact rate of its parts; None when there is nothing to divide by."""
    rate = declared.rates[code]
    return Fraction(values[rate.part], values[rate.whole]) if values[rate.whole] else None


def balances(values: Mapping[str, int], declared: Declarations) -> tuple[Balance, ...]:
    """Every identity whose figures are all among the values, held against them."""
    held = (balance(identity, values) for identity in declared.identities)
    return tuple(balanced for balanced in held if balanced is not None)
