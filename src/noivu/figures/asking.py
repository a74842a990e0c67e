"""Any number of questions, answered in one statement."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models.expressions import RawSQL

from noivu.core.indicators import BaseSet, Indicator, Reading
from noivu.figures.across import ask_across
from noivu.figures.answers import asked_codes, balances, by_base, counted_codes, rate_of
from noivu.figures.counting import Arm, named_once, parts_of, run, total_arm
from noivu.figures.ground import UNITS, Ground
from noivu.figures.questions import Answer, Question
from noivu.figures.registry import DECLARED, Declarations


@dataclass(frozen=True)
class _Share:
    """The figures of one question that one base answers."""

    question: int
    base: BaseSet
    reading: Reading
    indicators: tuple[Indicator, ...]


def ask(questions: Sequence[Question], *, ground: Ground = UNITS, declared: Declarations = DECLARED) -> list[Answer]:
    """The answers, in the order of the questions: one statement over the records, whatever their number.

    Each value is the count of exactly the records that `drill` returns for the same question; what is read in another
    day's structure (one statement more) says where it had to be estimated (see `across`).
    """
    across = [question for question in questions if question.structure is not None]
    if across:
        carried = iter(ask_across(across, declared=declared))
        plain = [question for question in questions if question.structure is None]
        own = iter(ask(plain, ground=ground, declared=declared) if plain else ())
        return [next(own if question.structure is None else carried) for question in questions]
    shares = [share for n, question in enumerate(questions) for share in _shares(n, question, declared)]
    width = max((len(share.indicators) for share in shares), default=0)
    values = [dict.fromkeys(counted_codes(q.indicators, declared), 0) for q in questions]
    within, named = named_once(ground.reaches(questions))
    for tag, *counts in run(_arms(shares, within, width), named):
        share = shares[tag]
        found = values[share.question]
        for indicator, count in zip(share.indicators, counts, strict=False):
            found[indicator.code] += int(count)
    return [_answer(question, found, declared) for question, found in zip(questions, values, strict=True)]


def _shares(number: int, question: Question, declared: Declarations) -> Iterator[_Share]:
    reading = question.reading
    for base, indicators in by_base(counted_codes(question.indicators, declared), declared):
        yield _Share(number, base, reading, indicators)


def _arms(shares: Sequence[_Share], within: Sequence[Any], width: int) -> Iterator[Arm]:
    for tag, share in enumerate(shares):
        reach = within[share.question]
        if isinstance(reach, RawSQL) and not any(indicator.by_law for indicator in share.indicators):
            yield from _named_arms(tag, share.base, share.indicators, share.reading, reach.sql, width)
        else:
            yield from _arms_of(tag, share, reach, width)


@lru_cache(maxsize=4_096)
def _named_arms(
    tag: int, base: BaseSet, indicators: tuple[Indicator, ...], reading: Reading, reach: str, width: int
) -> tuple[Arm, ...]:
    """Compiled once for a reading: the rows and conditions of a declaration depend on the reading alone, and the reach
    is only named. Writing the SQL of a page anew takes longer than running it."""
    share = _Share(tag, base, reading, indicators)
    return tuple(_arms_of(tag, share, RawSQL(reach, ()), width))  # noqa: S611  a name made in `named_once`


def _arms_of(tag: int, share: _Share, reach: Any, width: int) -> Iterator[Arm]:
    for rows in parts_of(share.base, share.reading):
        reached = rows.filter(**{f"{share.base.unit}__in": reach})
        arm = total_arm(tag, reached, share.indicators, share.reading, width)
        if arm is not None:
            yield arm


def _answer(question: Question, values: dict[str, int], declared: Declarations) -> Answer:
    asked = asked_codes(question.indicators, declared)
    return Answer(
        question=question,
        reading=question.reading,
        values=values,
        rates={code: rate_of(values, code, declared) for code in asked if code in declared.rates},
        identities=balances(values, declared),
    )
