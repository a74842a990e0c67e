"""What a register must say after a history, held beside what a slow, obvious model says of every day."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Protocol

from noivu.figures.carriage import carried_between
from noivu.planning.drafting import known_measures
from noivu.planning.tests.slow_model import DAYS, Model
from noivu.units.api import Tree, heirs_on, tree
from noivu.units.models import Succession, UnitKind
from noivu.units.models.facts import FACTS, SERIES
from noivu.work.models import ObligationSpan

DAY_ZERO = date(2025, 1, 1)


class Compared(Protocol):
    """A history: what the model was told, and which unit of the register is which of its own."""

    model: Model
    ids: dict[int, int]
    units: dict[int, int]


def day(number: int) -> date:
    return DAY_ZERO + timedelta(days=number)


def same_on(told: Compared, on: int) -> None:
    units = tree(day(on))
    assert drawn(units) == told.model.drawn(on), f"day {on}"
    assert measured(units, day(on)) == told.model.people(on), f"day {on}"


def agrees(told: Compared) -> None:
    """The register says of every day what the model says, and keeps what must always hold."""
    for on in range(-1, DAYS + 2):
        if on >= 0:
            same_on(told, on)
        else:
            assert drawn(tree(day(on))) == told.model.drawn(on)
    assert overlaps() == []
    _successions_agree(told)
    _everything_has_its_place(told)


def _successions_agree(told: Compared) -> None:
    rows = Succession.objects.current().values_list(
        "predecessor_id", "successor_id", "reorganisation__takes_effect_on", "share", "population"
    )
    expected = [
        (told.ids[went.old], told.ids[went.new], day(went.on), went.share, went.people)
        for went in told.model.passages()
    ]
    assert Counter(rows) == Counter(expected)


def _torn(told: Compared, on: int) -> set[int]:
    """Units that left parts in both provinces: no unit covers them, and what they left belongs to nobody."""
    last = {unit: then for then in range(on + 1) for unit in told.model.units(then)}
    torn = set()
    for unit, then in last.items():
        for later in range(then + 1, on + 1):
            places = [place for place, _ in told.model.ends(unit, then, later)]
            above = {told.model.units(min(last[place], later))[place]["above"] for place in places}
            torn |= {unit} if len(above) > 1 else set()
    return torn


def _everything_has_its_place(told: Compared) -> None:
    """What a unit left belongs to somebody; all of it is carried somewhere; what is owed is owed by one, daily."""
    begun = list(UnitKind.objects.current().values_list("unit_id", "starts_on"))
    for on in range(DAYS + 1):
        ended = {unit for unit, since in begun if since <= day(on)} - set(tree(day(on)).nodes)
        assert set(heirs_on(day(on))) <= ended
        assert not {told.units[pk] for pk in ended - set(heirs_on(day(on)))} - _torn(told, on)
    for since, to in ((0, DAYS), (DAYS, 0)):
        ways, alive = carried_between(day(since), day(to)), set(tree(day(to)).nodes)
        assert set(ways.whole) <= alive
        for unit, carriage in ways.divided.items():
            parts = [share for _, share in carriage.parts] + [share for _, share in carriage.loose]
            assert sum(parts) == 1, f"of unit {unit} something is lost on the way"
    spans = ObligationSpan.objects.current()
    for on in range(DAYS + 1):
        holding = spans.filter(valid_from__lte=day(on), valid_to__gt=day(on)).values_list("obligation", flat=True)
        assert sorted(Counter(holding).values()) == [1, 1], "each thing owed stands at one unit on every day"


def drawn(units: Tree) -> set[tuple[Any, ...]]:
    return {
        (n.code, n.name, n.kind, units.nodes[n.territory_id].code if n.territory_id else None)
        for n in units.nodes.values()
    }


def measured(units: Tree, on: date) -> dict[str, int]:
    """Population by code, as recorded for the day itself."""
    known = known_measures(on)
    return {
        node.code: known[unit]["population"]
        for unit, node in units.nodes.items()
        if "population" in known.get(unit, {})
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
