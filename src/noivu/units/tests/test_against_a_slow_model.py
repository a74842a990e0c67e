"""Tree, roll-up and closure beside a slow and obvious model, over units that begin, end and move at random."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from noivu.core.actors import SYSTEM
from noivu.units.api import Family, Line, Unit, reach, tree
from noivu.units.batch import Batch, Span
from noivu.units.testing import an_instrument

DAY_ZERO = date(2025, 1, 1)
TERRITORIES, ORGANISATIONS = 6, 6


def day(number: int) -> date:
    return DAY_ZERO + timedelta(days=number)


@dataclass
class Told:
    """A fact as the model knows it: from a day up to a day (None: for ever), and whether its start is known."""

    start: int
    end: int | None
    value: int
    sure: bool

    def holds(self, on: int) -> bool:
        return self.start <= on and (self.end is None or on < self.end)


@dataclass
class Model:
    """Units as lists of facts; every question is answered by looking at all of them."""

    lives: dict[int, list[Told]] = field(default_factory=dict)
    lines: dict[tuple[int, Line], list[Told]] = field(default_factory=dict)

    @staticmethod
    def answer(facts: list[Told], on: int) -> Told | None:
        for fact in facts:
            if fact.holds(on):
                return fact
        unsure = [fact for fact in facts if not fact.sure and fact.start > on]
        return unsure[0] if unsure else None

    def alive(self, unit: int, on: int) -> bool:
        return self.answer(self.lives[unit], on) is not None

    def above(self, unit: int, line: Line, on: int) -> int | None:
        fact = self.answer(self.lines.get((unit, line), []), on)
        return fact.value if fact and self.alive(fact.value, on) else None

    def territory_of(self, unit: int, on: int) -> int | None:
        own = self.above(unit, Line.TERRITORY, on)
        if own is not None or unit < TERRITORIES:
            return own
        superior = self.above(unit, Line.SUPERIOR, on)
        return None if superior is None else self.territory_of(superior, on)

    def covers(self, unit: int, other: int, on: int, guidance: bool = False) -> bool:
        """Whether the counts of `other` belong to the total of `unit`."""
        if unit == other:
            return True
        if unit < TERRITORIES:
            place = self.territory_of(other, on)
            return place is not None and self.covers(unit, place, on)
        if other < TERRITORIES:
            return False
        lines = (Line.SUPERIOR, Line.GUIDANCE) if guidance else (Line.SUPERIOR,)
        ways = [self.above(other, line, on) for line in lines]
        return any(way is not None and self.covers(unit, way, on, guidance) for way in ways)


@st.composite
def told_facts(draw: st.DrawFn, values: list[int]) -> list[Told]:
    """A series: facts that do not overlap, the first perhaps of unknown start."""
    days = sorted(draw(st.sets(st.integers(0, 12), min_size=2, max_size=5)))
    facts = [Told(start, end, draw(st.sampled_from(values)), sure=True) for start, end in pairwise(days)]
    kept = [fact for fact in facts if draw(st.integers(0, 4))] or facts[:1]
    if draw(st.booleans()):
        kept[-1].end = None
    kept[0].sure = draw(st.booleans())
    return kept


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Units 0–5 are territories, 6–11 organisations; a line leads to a lower number, so none is a circle."""
    model = Model()
    for unit in range(TERRITORIES + ORGANISATIONS):
        model.lives[unit] = draw(told_facts([0]))
        territories = list(range(min(unit, TERRITORIES)))
        if territories and draw(st.booleans()):
            model.lines[unit, Line.TERRITORY] = draw(told_facts(territories))
        organisations = list(range(TERRITORIES, unit))
        for line in (Line.SUPERIOR, Line.GUIDANCE):
            if organisations and draw(st.booleans()):
                model.lines[unit, line] = draw(told_facts(organisations))
    return model


@contextmanager
def stored(model: Model) -> Iterator[dict[int, int]]:
    """The model in the database: the id of each of its units."""
    with transaction.atomic():
        paper = an_instrument()
        batch = Batch()
        uids = {unit: uuid.uuid4() for unit in model.lives}
        for unit, facts in model.lives.items():
            family = Family.ADMINISTRATIVE if unit < TERRITORIES else Family.ORGANISATION
            batch.unit(uids[unit], family)
            for fact in facts:
                span = Span(day(fact.start), None if fact.end is None else day(fact.end), paper, fact.sure)
                batch.kind(uids[unit], span, "commune" if unit < TERRITORIES else "board")
        for (unit, line), facts in model.lines.items():
            for fact in facts:
                span = Span(day(fact.start), None if fact.end is None else day(fact.end), paper, fact.sure)
                batch.line(uids[unit], span, line, uids[fact.value])
        batch.write(SYSTEM, "mô hình")
        ids = dict(Unit.objects.values_list("uid", "pk"))
        yield {unit: ids[uid] for unit, uid in uids.items()}
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None)
@given(model=models(), on=st.integers(-2, 14), guidance=st.booleans())
def test_tree_closure_and_roll_up_agree_with_the_model(model: Model, on: int, guidance: bool) -> None:
    line = Line.GUIDANCE if guidance else Line.SUPERIOR
    with stored(model) as ids:
        units = tree(day(on))
        alive = [unit for unit in ids if model.alive(unit, on)]
        assert set(units.nodes) == {ids[unit] for unit in alive}

        own = {ids[unit]: [1 << unit, 1] for unit in alive}
        totals = units.rollup(own, line)
        for unit in alive:
            covered = {other for other in alive if model.covers(unit, other, on, guidance)}
            expected = {ids[other] for other in covered}
            assert units.reach(ids[unit], line) == expected
            assert set(reach(ids[unit], day(on), line)) == expected
            assert totals[ids[unit]] == [sum(1 << other for other in covered), len(covered)]
