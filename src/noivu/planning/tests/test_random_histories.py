"""Random histories of reorganisations, corrections and undoings, beside a model that only looks things up."""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

import pytest
import yaml
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.planning.api import carry_out_plan, read_plan
from noivu.planning.drafting import known_measures
from noivu.units.api import ReorganisationAct, Tree, Unit, correct_fact, heirs_on, tree, undo_act
from noivu.units.batch import Batch, identity
from noivu.units.changes import Span
from noivu.units.constants import STATISTICAL_SCHEME, Family, Line
from noivu.units.models import UnitKind, UnitMeasure, UnitName
from noivu.units.models.facts import FACTS, SERIES
from noivu.units.testing import an_instrument

EXAMPLES, STEPS = (int(part) for part in os.environ.get("NOIVU_HISTORIES", "6x15").split("x"))
DAY_ZERO, DAYS = date(2025, 1, 1), 12
PROVINCES, COMMUNES, PERSONS = ("P1", "P2"), 4, 1_000
PAPER = "01/NQ-HĐND"


def day(number: int) -> date:
    return DAY_ZERO + timedelta(days=number)


@dataclass(frozen=True)
class Said:
    """That something of a unit is so from a day on, until something else is said. Life: "lives"."""

    on: int
    order: int
    unit: int
    what: str
    value: object


@dataclass
class Model:
    """All that was ever said, in the order in which it was; a question looks for the last thing said by a day."""

    said: list[Said] = field(default_factory=list)
    acts: dict[int, list[Said]] = field(default_factory=dict)
    days: dict[int, int] = field(default_factory=dict)
    units: int = 0
    order: int = 0

    def answer(self, unit: int, what: str, on: int) -> object:
        told = [s for s in self.everything() if (s.unit, s.what) == (unit, what) and s.on <= on]
        return max(told, key=lambda s: (s.on, s.order)).value if told else None

    def everything(self) -> list[Said]:
        return [*self.said, *(s for act in self.acts.values() for s in act)]

    def living(self, on: int) -> list[int]:
        return [unit for unit in range(self.units) if self.answer(unit, "lives", on)]

    def drawn(self, on: int) -> set[tuple[object, ...]]:
        return {
            (
                self.answer(unit, "code", on),
                self.answer(unit, "name", on),
                self.answer(unit, "kind", on),
                self.answer(above, "code", on) if isinstance(above := self.answer(unit, "above", on), int) else None,
            )
            for unit in self.living(on)
        }

    def communes(self, on: int) -> list[int]:
        return [unit for unit in self.living(on) if self.answer(unit, "above", on) is not None]

    def last_day(self) -> int:
        return max(self.days.values(), default=0)


class History:
    """The model and the register side by side: what the one is told is carried out on the other."""

    def __init__(self) -> None:
        self.model = Model()
        self.ids: dict[int, int] = {}
        self.codes = 0
        self.accepted = 0
        self.refused = 0
        self.corrections: list[int] = []
        self._begin()

    def _begin(self) -> None:
        span, batch = Span(DAY_ZERO, None, an_instrument(PAPER)), Batch()
        for province in PROVINCES:
            self._lay(batch, span, province, f"Tỉnh {province}", "province", None)
        for number in range(COMMUNES):
            code = self.fresh_code()
            self._lay(batch, span, code, f"Xã {code}", "commune", number % len(PROVINCES))
        batch.write(SYSTEM, "lịch sử ngẫu nhiên")
        known = dict(Unit.objects.values_list("uid", "pk"))
        self.ids = {unit: known[identity("history", str(unit))] for unit in range(self.model.units)}

    def _lay(self, batch: Batch, span: Span, code: str, name: str, kind: str, above: int | None) -> None:
        unit = self.model.units
        self.model.units += 1
        uid = batch.unit(identity("history", str(unit)), Family.ADMINISTRATIVE)
        batch.kind(uid, span, kind)
        batch.name(uid, span, name, kind)
        batch.code(uid, span, STATISTICAL_SCHEME, code)
        if above is not None:
            batch.line(uid, span, Line.TERRITORY, identity("history", str(above)))
            batch.measure(uid, span, UnitMeasure.POPULATION, PERSONS)
        for what, value in (("lives", True), ("code", code), ("name", name), ("kind", kind), ("above", above)):
            self.model.said.append(Said(0, 0, unit, what, value))

    def fresh_code(self) -> str:
        self.codes += 1
        return f"{self.codes:05}"

    # what may be tried; each says the events of a plan, and what the model is to believe if it is carried out

    def plan(self, data: st.DataObject, on: int) -> tuple[list[dict[str, object]], list[Said], list[tuple[int, int]]]:
        communes = self.model.communes(on)
        kinds = ["rename", "recode", "reclassify", "move", "merge", "absorb", "split", "transfer", "dissolve"]
        kind = data.draw(st.sampled_from(kinds), label="what")
        self.model.order += 1
        one, *others = data.draw(st.permutations(communes), label="units")
        return getattr(self, f"_{kind}")(on, one, others, data)

    def code(self, unit: int, on: int) -> str:
        return str(self.model.answer(unit, "code", on))

    def say(self, on: int, unit: int, **values: object) -> list[Said]:
        return [Said(on, self.model.order, unit, what, value) for what, value in values.items()]

    def new(self, on: int, above: object) -> tuple[int, dict[str, object], list[Said]]:
        """A unit that a plan establishes: its entry in the plan, and what the model says of it."""
        unit, code = self.model.units, self.fresh_code()
        self.model.units += 1
        name = f"Phường {code}"
        province = self.code(above, on) if isinstance(above, int) else ""
        entry: dict[str, object] = {"code": code, "name": name, "kind": "ward", "territory": province}
        entry["uid"] = str(identity("history", str(unit)))
        return unit, entry, self.say(on, unit, lives=True, code=code, name=name, kind="ward", above=above)

    def _rename(self, on: int, one: int, others: list[int], data: st.DataObject):  # type: ignore[no-untyped-def]
        name = f"Xã {self.fresh_code()}"
        return [{"rename": {"unit": self.code(one, on), "name": name}}], self.say(on, one, name=name), []

    def _recode(self, on: int, one: int, others: list[int], data: st.DataObject):  # type: ignore[no-untyped-def]
        code = self.fresh_code()
        return [{"recode": {"unit": self.code(one, on), "code": code}}], self.say(on, one, code=code), []

    def _reclassify(self, on: int, one: int, others: list[int], data: st.DataObject):  # type: ignore[no-untyped-def]
        kind = data.draw(st.sampled_from(["commune", "ward", "township"]), label="kind")
        return [{"reclassify": {"unit": self.code(one, on), "kind": kind}}], self.say(on, one, kind=kind), []

    def _move(self, on: int, one: int, others: list[int], data: st.DataObject):  # type: ignore[no-untyped-def]
        above = data.draw(st.integers(0, len(PROVINCES) - 1), label="province")
        event = {"move": {"unit": self.code(one, on), "territory": PROVINCES[above]}}
        return [event], self.say(on, one, above=above), []

    def _merge(self, on: int, one: int, others: list[int], data: st.DataObject):  # type: ignore[no-untyped-def]
        olds = [one, *others[: data.draw(st.integers(0, 2), label="further")]]
        unit, entry, said = self.new(on, self.model.answer(one, "above", on))
        for old in olds:
            said += self.say(on, old, lives=False)
        event = {"merge": {"into": entry, "from": [self.code(old, on) for old in olds]}}
        return [event], said, [(old, unit) for old in olds]

    def _absorb(self, on: int, one: int, others: list[int], data: st.DataObject):  # type: ignore[no-untyped-def]
        olds = others[: data.draw(st.integers(1, 2), label="further")]
        said = [s for old in olds for s in self.say(on, old, lives=False)]
        event = {"merge": {"into": self.code(one, on), "from": [self.code(old, on) for old in olds]}}
        return ([event], said, [(old, one) for old in olds]) if olds else ([], [], [])

    def _split(self, on: int, one: int, others: list[int], data: st.DataObject):  # type: ignore[no-untyped-def]
        above = self.model.answer(one, "above", on)
        parts = [self.new(on, above) for _ in range(data.draw(st.integers(2, 3), label="parts"))]
        event = {"split": {"unit": self.code(one, on), "into": [entry for _, entry, _ in parts]}}
        for _, entry, _ in parts[:-1]:
            entry["population"] = "10"
        said = [s for _, _, told in parts for s in told] + self.say(on, one, lives=False)
        return [event], said, [(one, unit) for unit, _, _ in parts]

    def _transfer(self, on: int, one: int, others: list[int], data: st.DataObject):  # type: ignore[no-untyped-def]
        if not others:
            return [], [], []
        event = {"transfer": {"unit": self.code(one, on), "to": self.code(others[0], on), "population": "5"}}
        return [event], [], [(one, others[0])]

    def _dissolve(self, on: int, one: int, others: list[int], data: st.DataObject):  # type: ignore[no-untyped-def]
        return [{"dissolve": {"unit": self.code(one, on)}}], self.say(on, one, lives=False), []

    # carrying out

    def attempt(self, data: st.DataObject) -> None:
        forward = data.draw(st.booleans(), label="forward")
        last = self.model.last_day()
        first = min(last + 1, DAYS) if forward else 1
        on = data.draw(st.integers(first, DAYS), label="day")
        if not self.model.communes(on):
            return
        units_before = self.model.units
        events, said, _ = self.plan(data, on)
        if not events:
            self.model.units = units_before
            return
        text = yaml.safe_dump(
            {"title": "Thử", "takes_effect_on": str(day(on)), "instrument": PAPER, "events": events},
            allow_unicode=True,
        )
        try:
            with transaction.atomic():
                done = carry_out_plan(actor=SYSTEM, plan=read_plan(text))
        except Refusal:
            self.refused += 1
            assert on <= last, f"a plan in order of time must be carried out: {text}"
            self.model.units = units_before
            return
        self.accepted += 1
        act = done.carried.act.pk
        self.model.acts[act] = said
        self.model.days[act] = on
        known = dict(Unit.objects.values_list("uid", "pk"))
        for unit in range(units_before, self.model.units):
            self.ids[unit] = known[identity("history", str(unit))]

    def undo(self, data: st.DataObject) -> None:
        if not self.model.acts:
            return
        latest = max(self.model.acts)
        act = data.draw(st.sampled_from(sorted(self.model.acts)), label="act")
        try:
            with transaction.atomic():
                undo_act(actor=SYSTEM, act=ReorganisationAct.objects.get(pk=act), reason="thử")
        except Refusal:
            assert act != latest or self.corrected_since(act)
            return
        del self.model.acts[act]
        del self.model.days[act]

    def corrected_since(self, act: int) -> bool:
        return bool(self.corrections) and self.corrections[-1] >= act

    def correct(self, data: st.DataObject) -> None:
        """The name that a unit bears on a day was wrong all along."""
        on = data.draw(st.integers(0, DAYS), label="day")
        communes = self.model.communes(on)
        if not communes:
            return
        unit = data.draw(st.sampled_from(communes), label="unit")
        told = [s for s in self.model.everything() if (s.unit, s.what) == (unit, "name") and s.on <= on]
        wrong = max(told, key=lambda s: (s.on, s.order))
        name = f"Xã {self.fresh_code()}"
        fact = UnitName.objects.current().in_force(day(on)).get(unit_id=self.ids[unit])
        correct_fact(actor=SYSTEM, fact=fact, reason="viết sai", name=name, short_name=name, folded=name.casefold())
        right = Said(wrong.on, wrong.order, unit, "name", name)
        for said in (self.model.said, *self.model.acts.values()):
            said[:] = [right if s == wrong else s for s in said]
        self.corrections.append(max(self.model.acts, default=0))


@contextmanager
def begun() -> Iterator[History]:
    with transaction.atomic():
        history = History()
        yield history
        transaction.set_rollback(True)


def drawn(units: Tree) -> set[tuple[object, ...]]:
    return {
        (n.code, n.name, n.kind, units.nodes[n.territory_id].code if n.territory_id else None)
        for n in units.nodes.values()
    }


def overlaps() -> list[object]:
    """Current facts of one series that hold at once, found by comparing neighbours in time."""
    found: list[object] = []
    for model in FACTS:
        series = defaultdict(list)
        for fact in model._default_manager.current():
            series[fact.unit_id, *(getattr(fact, name) for name in SERIES[model])].append(fact)
        for facts in series.values():
            facts.sort(key=lambda fact: fact.starts_on)
            found += [a for a, b in pairwise(facts) if a.ends_on is None or a.ends_on > b.starts_on]
    return found


def unlike(history: History) -> list[int]:
    """The days on which register and model differ."""
    return [on for on in range(-1, DAYS + 2) if drawn(tree(day(on))) != history.model.drawn(max(on, -1))]


@pytest.mark.django_db
@settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(data=st.data())
def test_the_register_is_what_a_slow_obvious_model_says_after_every_history(data: st.DataObject) -> None:
    with begun() as history:
        for _ in range(data.draw(st.integers(1, STEPS), label="steps")):
            step = data.draw(st.sampled_from(["plan", "plan", "plan", "plan", "undo", "correct"]), label="step")
            {"plan": history.attempt, "undo": history.undo, "correct": history.correct}[step](data)
        assert unlike(history) == []
        assert overlaps() == []
        for on in range(DAYS + 1):
            everyone = set(UnitKind.objects.current().values_list("unit_id", flat=True))
            alive = set(tree(day(on)).nodes)
            begun_by_then = UnitKind.objects.current().filter(starts_on__lte=day(on)).values_list("unit_id", flat=True)
            assert set(heirs_on(day(on))) <= everyone - alive
            assert set(begun_by_then) - alive == set(heirs_on(day(on))), "what an ended unit left belongs to somebody"
            measured = [
                measures.get("population") for unit, measures in known_measures(day(on)).items() if unit in alive
            ]
            assert sum(value or 0 for value in measured) <= PERSONS * COMMUNES, "nobody is counted twice"
