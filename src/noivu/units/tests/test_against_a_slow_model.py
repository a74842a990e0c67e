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
from noivu.units.annals import annals
from noivu.units.api import Family, Line, Share, Unit, heirs_on, reach, reach_with_ended, tree
from noivu.units.batch import Batch, Event
from noivu.units.changes import Span
from noivu.units.river import Lineage, kindred
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
    went: set[tuple[int, int, int]] = field(default_factory=set)
    """(day, unit, the one it went into)."""

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

    def heir(self, unit: int, on: int) -> int | None:
        """Who has what the unit left: handed on day by day, from whoever had it to whoever came after that one."""
        holder = None
        for today in range(-3, on + 1):
            if self.alive(unit, today):
                holder = unit
            elif holder is not None and not self.alive(holder, today):
                holder = self.nearest_above_all(self.after(holder, today, set()), today)
        return holder

    def after(self, unit: int, today: int, seen: set[int]) -> set[int]:
        """The living units that came after one that no longer lives."""
        if self.alive(unit, today):
            return {unit}
        last = next((on for on in range(today, -4, -1) if self.alive(unit, on)), None)
        if last is None or unit in seen:
            return set()
        into = {new for on, old, new in self.went if (on, old) == (last + 1, unit)}
        into = into or {above for above in [self.place_above(unit, last)] if above is not None}
        return {heir for other in into for heir in self.after(other, today, seen | {unit})}

    def place_above(self, unit: int, on: int) -> int | None:
        lines = [Line.TERRITORY] if unit < TERRITORIES else [Line.SUPERIOR, Line.TERRITORY]
        facts = [self.answer(self.lines.get((unit, line), []), on) for line in lines]
        return next((fact.value for fact in facts if fact is not None), None)

    def nearest_above_all(self, units: set[int], on: int) -> int | None:
        ways = [self.way_up(unit, on) for unit in units]
        shared = [unit for unit in ways[0] if all(unit in way for way in ways)] if ways else []
        return shared[0] if shared else None

    def way_up(self, unit: int | None, on: int) -> list[int]:
        if unit is None or not self.alive(unit, on):
            return []
        return [unit, *self.way_up(self.place_above(unit, on), on)]


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
    for unit, lives in model.lives.items():
        for other in draw(st.sets(st.sampled_from(list(model.lives)), max_size=2)) - {unit}:
            ends = [life.end for life in lives if life.end is not None]
            model.went.add((draw(st.sampled_from([*ends, 6])), unit, other))
    return model


def steps_from(model: Model, unit: int, after: int) -> set[tuple[int, int, int]]:
    """All steps on the ways from a unit: each later than the one before it."""
    first = {step for step in model.went if step[1] == unit and step[0] > after}
    return first.union(*(steps_from(model, new, on) for on, _, new in first))


def steps_to(model: Model, unit: int, before: int) -> set[tuple[int, int, int]]:
    """All steps on the ways to a unit, each earlier than the one after it."""
    last = {step for step in model.went if step[2] == unit and step[0] < before}
    return last.union(*(steps_to(model, old, on) for on, old, _ in last))


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
        for on, old, new in sorted(model.went):
            went = [(uids[old], uids[new], Share.PART, "")]
            batch.events.append(Event(day(on), "arrangement", "Sắp xếp", paper, went))
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


@pytest.mark.django_db
@settings(max_examples=40, deadline=None)
@given(model=models(), on=st.integers(-2, 14), guidance=st.booleans())
def test_what_ended_units_left_is_where_the_model_hands_it(model: Model, on: int, guidance: bool) -> None:
    line = Line.GUIDANCE if guidance else Line.SUPERIOR
    with stored(model) as ids:
        ended = [unit for unit in ids if not model.alive(unit, on)]
        heirs = {unit: heir for unit in ended if (heir := model.heir(unit, on)) is not None}
        assert heirs_on(day(on)) == {ids[unit]: ids[heir] for unit, heir in heirs.items()}
        for unit in ids:
            covered = [other for other in ids if model.alive(unit, on) and model.alive(other, on)]
            living = {ids[other] for other in covered if model.covers(unit, other, on, guidance)}
            left = {ids[old] for old, heir in heirs.items() if ids[heir] in living}
            assert set(reach_with_ended(ids[unit], day(on), line)) == living | left


@pytest.mark.django_db
def test_what_went_on_within_one_event_is_handed_on_to_its_end() -> None:
    one_day = [Told(start=0, end=1, value=0, sure=True)]
    lives = {0: one_day, 1: one_day, 2: one_day, 6: [Told(start=0, end=None, value=0, sure=True)]}
    model = Model(lives=lives, went={(1, 0, 1), (1, 1, 2), (1, 2, 6)})
    with stored(model) as ids:
        assert heirs_on(day(1)) == {ids[unit]: ids[6] for unit in (0, 1, 2)}


@pytest.mark.django_db
def test_what_goes_to_a_unit_that_has_ended_before_goes_on_to_its_heir() -> None:
    lives = {unit: [Told(start=0, end=end, value=0, sure=True)] for unit, end in ((0, 1), (2, None), (3, 2))}
    with stored(Model(lives=lives, went={(1, 0, 2), (2, 3, 0)})) as ids:
        assert heirs_on(day(2)) == {ids[0]: ids[2], ids[3]: ids[2]}


@pytest.mark.django_db
@settings(max_examples=40, deadline=None)
@given(model=models())
def test_the_lineage_of_every_unit_holds_the_steps_that_the_model_finds(model: Model) -> None:
    with stored(model) as ids:
        for unit, pk in ids.items():
            expected = steps_from(model, unit, -1) | steps_to(model, unit, 99)
            found = {(p.event.on, p.old, p.new) for p in kindred(annals(), pk)}
            assert found == {(day(on), ids[old], ids[new]) for on, old, new in expected}
            drawn = Lineage(pk).river(lambda spell, on: "")
            assert {band.key for band in drawn.bands} == {pk, *(ids[end] for step in expected for end in step[1:])}
            columns = {band.key: range(band.first, band.last + 1) for band in drawn.bands}
            assert all(f.at in columns[f.source] and f.at + 1 in columns[f.target] for f in drawn.flows)
