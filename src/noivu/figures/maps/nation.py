"""One figure for every province at once: one pass over the records, and the whole country held against its parts.

The whole is what was counted in all registers; beside the provinces stand the central organisations, which serve none
of them, and what could not be apportioned among several provinces. A figure of a province of which some lies in such a
remainder is not known, and is said to be so.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from noivu.core.indicators import Rate
from noivu.core.wording import Text
from noivu.figures.across import everywhere_across
from noivu.figures.everywhere import Table, everywhere
from noivu.figures.maps.outlook import Outlook
from noivu.figures.questions import Answer, NotApportioned
from noivu.ui.figures import Balance, Part
from noivu.units.api import Tree

Answers = Callable[[int], Answer]
Counts = Mapping[str, int]
PROVINCES = Text(vi="tỉnh, thành phố", en="provinces and cities")
CENTRAL = Text(vi="cơ quan trung ương", en="central organisations")
REMAINDER = Text(vi="chưa chia được cho các tỉnh", en="not apportioned among provinces")
NATION = Text(vi="cả nước", en="the whole country")


@dataclass(frozen=True)
class Nation:
    """The answers of all provinces by unit, what is left over among them, and the whole with its parts."""

    answers: Mapping[int, Answer]
    ask: Answers
    left: tuple[NotApportioned, ...]
    total: Answer
    parts: tuple[tuple[Text, int], ...]

    def is_known(self, unit_id: int) -> bool:
        """Whether all that belongs to a province is counted there."""
        return not any(each.counted_at is None for each in self.answers[unit_id].not_apportioned)

    @property
    def balance(self) -> Balance | None:
        """The whole held against its parts; of rates, which are never added up, None."""
        if not self.parts:
            return None
        whole = sum(self.total.values.values())
        return Balance(whole, NATION, tuple(Part(label, value) for label, value in self.parts))


def nation(outlook: Outlook) -> Nation:
    """The figure of every province and of the whole country."""
    answer, counted = _across(outlook) if outlook.structure else _own(outlook)
    answers = {node.id: answer(node.id) for node in outlook.provinces}
    tops, away = central_units(outlook.units)
    central = [answer(unit) for unit in tops]
    left = remainder([*answers.values(), *central])
    sums = (
        _sum(each.values for each in answers.values()),
        _less(_sum(each.values for each in central), _sum(answer(unit).values for unit in away)),
        _sum(each.values for each in left),
    )
    whole = counted or _sum(sums)
    is_rate = isinstance(outlook.found, Rate)
    parts = zip((PROVINCES, CENTRAL, REMAINDER), (each.get(outlook.code, 0) for each in sums), strict=True)
    shown = tuple((label, value) for label, value in parts if value or label is not REMAINDER)
    return Nation(answers, answer, left, _answer(outlook, 0, whole), () if is_rate else shown)


def central_units(units: Tree) -> tuple[list[int], list[int]]:
    """The organisations that stand above all and serve no province; and, of those below them, the topmost that serve
    one and so are counted there."""
    tops = [node.id for node in units.roots if not node.is_administrative and units.served_territory(node.id) is None]
    away: list[int] = []
    waiting = list(tops)
    while waiting:
        for below in units.below.get(waiting.pop(), ()):
            (waiting if units.served_territory(below) is None else away).append(below)
    return tops, away


def _own(outlook: Outlook) -> tuple[Answers, Counts]:
    """In the period's own units."""
    table = everywhere(outlook.sweep)
    return lambda unit: _answer(outlook, unit, table.values(unit)), _all_of(table)


def _across(outlook: Outlook) -> tuple[Answers, Counts]:
    """In the units of another day. The whole is then counted apart, in the period's own units: totals stay the same.
    Of a rate it is the sum of the parts, or its two bases would be read twice."""
    assert outlook.structure is not None
    table = everywhere_across(outlook.sweep, outlook.structure)
    return table.answer, {} if isinstance(outlook.found, Rate) else _all_of(everywhere(outlook.sweep))


def _all_of(table: Table) -> Counts:
    return {code: sum(row[place] for row in table.own.values()) for place, code in enumerate(table.codes)}


def _answer(outlook: Outlook, unit_id: int, values: Mapping[str, int]) -> Answer:
    question = outlook.question(unit_id)
    found = outlook.found
    rates: dict[str, Fraction | None] = {}
    if isinstance(found, Rate):
        whole = values.get(found.whole, 0)
        rates[found.code] = Fraction(values.get(found.part, 0), whole) if whole else None
    return Answer(question=question, reading=question.reading, values=values, rates=rates)


def remainder(answers: Iterable[Answer]) -> tuple[NotApportioned, ...]:
    """What lies among several provinces, each once."""
    left = {
        (each.unit_id, each.successors): each
        for answer in answers
        for each in answer.not_apportioned
        if each.counted_at is None
    }
    return tuple(left[key] for key in sorted(left))


def _sum(counts: Iterable[Counts]) -> dict[str, int]:
    total: dict[str, int] = {}
    for each in counts:
        for code, value in each.items():
            total[code] = total.get(code, 0) + value
    return total


def _less(counts: Counts, taken: Counts) -> dict[str, int]:
    return {code: value - taken.get(code, 0) for code, value in counts.items()}
