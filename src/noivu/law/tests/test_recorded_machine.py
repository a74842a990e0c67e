"""Corrections in any order, against a list that remembers everything it was ever told."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from noivu.law.models import ParameterOverride, retract, supersede

START = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = [date(2024, 1, 1) + timedelta(days=n) for n in range(12)]


@dataclass(frozen=True)
class Fact:
    """One fact as the slow model sees it."""

    id: int
    code: str
    value: int
    starts_on: date
    ends_on: date | None

    def holds(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    def clashes(self, other: "Fact") -> bool:
        return self.code == other.code and any(self.holds(day) and other.holds(day) for day in DAYS)


@dataclass
class SlowRegister:
    """The whole register copied at every instant: obvious, and far too slow for anything else."""

    now: dict[int, Fact] = field(default_factory=dict)
    history: list[tuple[datetime, dict[int, Fact]]] = field(default_factory=list)

    def takes(self, fact: Fact) -> bool:
        return not any(fact.clashes(other) for other in self.now.values() if other.id != fact.id)

    def remember(self, instant: datetime) -> None:
        self.history.append((instant, dict(self.now)))


spans = st.tuples(st.integers(0, 9), st.one_of(st.none(), st.integers(1, 3))).map(
    lambda pair: (DAYS[pair[0]], DAYS[min(11, pair[0] + pair[1])] if pair[1] else None)
)


class Corrections(RuleBasedStateMachine):
    """Adding, correcting and retracting facts; the two answers must agree on both axes."""

    @initialize()
    def open(self) -> None:
        ParameterOverride.objects.filter(version_of__isnull=False).delete()
        ParameterOverride.objects.all().delete()
        self.model, self.instant = SlowRegister(), START

    def tick(self) -> datetime:
        self.instant += timedelta(hours=1)
        return self.instant

    def pick(self, choice: int) -> Fact | None:
        facts = sorted(self.model.now.values(), key=lambda fact: fact.id)
        return facts[choice % len(facts)] if facts else None

    @rule(code=st.sampled_from("ab"), value=st.integers(0, 99), span=spans)
    def add(self, code: str, value: int, span: tuple[date, date | None]) -> None:
        instant, (starts_on, ends_on) = self.tick(), span
        wanted = Fact(-1, code, value, starts_on, ends_on)
        try:
            with transaction.atomic():
                row = ParameterOverride.objects.create(
                    code=code,
                    value=value,
                    starts_on=starts_on,
                    ends_on=ends_on,
                    reason="-",
                    recorded_at=instant,
                )
        except IntegrityError:
            assert not self.model.takes(wanted)
            return
        assert self.model.takes(wanted)
        self.model.now[row.pk] = Fact(row.pk, code, value, starts_on, ends_on)
        self.model.remember(instant)

    @rule(choice=st.integers(0, 20), value=st.integers(0, 99), span=spans)
    def correct(self, choice: int, value: int, span: tuple[date, date | None]) -> None:
        fact = self.pick(choice)
        if fact is None:
            return
        instant, (starts_on, ends_on) = self.tick(), span
        corrected = Fact(fact.id, fact.code, value, starts_on, ends_on)
        row = ParameterOverride.objects.get(pk=fact.id)
        try:
            with transaction.atomic():
                supersede(row, instant, value=value, starts_on=starts_on, ends_on=ends_on)
        except IntegrityError:
            assert not self.model.takes(corrected)
            return
        assert self.model.takes(corrected)
        self.model.now[fact.id] = corrected
        self.model.remember(instant)

    @rule(choice=st.integers(0, 20))
    def withdraw(self, choice: int) -> None:
        fact = self.pick(choice)
        if fact is None:
            return
        instant = self.tick()
        retract(ParameterOverride.objects.get(pk=fact.id), instant)
        del self.model.now[fact.id]
        self.model.remember(instant)

    @invariant()
    def both_agree_now_and_at_the_latest_instants(self) -> None:
        if not hasattr(self, "model"):
            return
        assert seen(None) == set(self.model.now.values())
        for instant, facts in self.model.history[-3:]:
            assert seen(instant) == set(facts.values())
            for day in DAYS[::5]:
                held = {fact for fact in facts.values() if fact.holds(day)}
                assert seen(instant, day) == held


def seen(instant: datetime | None, day: date | None = None) -> set[Fact]:
    rows = ParameterOverride.objects.known_at(instant)
    if day:
        rows = rows.in_force(day)
    return {Fact(row.version_of_id or row.pk, row.code, row.value, row.starts_on, row.ends_on) for row in rows}


Corrections.TestCase.settings = settings(
    max_examples=15, stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.django_db
class TestCorrections(Corrections.TestCase, TestCase):  # type: ignore[misc]  # hypothesis builds the class
    """The state machine, each example in a transaction of its own."""
