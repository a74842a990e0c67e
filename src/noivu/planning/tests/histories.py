"""A history of reorganisations told twice: to the register, by the doors of the product, and to a slow, obvious model.

What happens in a history is drawn by `test_random_histories`; a step takes plain numbers, so that a history that once
failed can be kept.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.planning.api import carry_out_plan, read_plan
from noivu.planning.tests.comparing import DAY_ZERO, agrees, day, same_on
from noivu.planning.tests.slow_model import PART, REST, WHOLE, Model, Said, Told, Units, Went
from noivu.sheets.api import Batch as Imported
from noivu.sheets.api import QuarantinedRow, Source, import_file, template_named
from noivu.units.api import ReorganisationAct, Unit, correct_fact, undo_act
from noivu.units.batch import Batch, identity
from noivu.units.changes import Span
from noivu.units.constants import STATISTICAL_SCHEME, Family, Line
from noivu.units.models import UnitMeasure, UnitName
from noivu.units.services import rename_unit
from noivu.units.testing import an_instrument
from noivu.work.testing import gets_task

PROVINCES, COMMUNES, PERSONS = ("P1", "P2"), 5, 1_000
PAPER = "01/NQ-HĐND"
KINDS = ("commune", "ward", "township")


@dataclass
class Tried:
    """A plan to be tried: its events, and what the model is to believe if it is carried out."""

    told: Told
    events: list[dict[str, Any]] = field(default_factory=list)
    new: list[int] = field(default_factory=list)


def added(total: int | None, more: int | None) -> int | None:
    return None if total is None or more is None else total + more


class History:
    """The model and the register side by side: what the one is told is carried out on the other."""

    def __init__(self, directory: Path) -> None:
        self.model = Model()
        self.ids: dict[int, int] = {}
        self.units: dict[int, int] = {}
        self.file = directory / "rows.csv"
        self.codes = self.order = self.numbers = 0
        self.accepted: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.changed_by_hand = -1
        """The order of the last thing that was said outside of acts."""
        self._begin()

    def _begin(self) -> None:
        span, batch = Span(DAY_ZERO, None, an_instrument(PAPER)), Batch()
        for province in PROVINCES:
            self._lay(batch, span, province, f"Tỉnh {province}", "province", None)
        for number in range(COMMUNES):
            code = self.fresh_code()
            self._lay(batch, span, code, f"Xã {code}", "commune", number % len(PROVINCES))
        batch.write(SYSTEM, "lịch sử ngẫu nhiên")
        self._know_ids(range(self.numbers))
        for unit in list(self.model.communes(0))[:2]:
            gets_task(Unit.objects.get(pk=self.ids[unit]), DAY_ZERO)

    def _lay(self, batch: Batch, span: Span, code: str, name: str, kind: str, above: int | None) -> None:
        unit = self._next_unit()
        uid = batch.unit(identity("history", str(unit)), Family.ADMINISTRATIVE)
        batch.kind(uid, span, kind)
        batch.name(uid, span, name, kind)
        batch.code(uid, span, STATISTICAL_SCHEME, code)
        told = {"lives": True, "code": code, "name": name, "kind": kind, "above": above}
        if above is not None:
            batch.line(uid, span, Line.TERRITORY, identity("history", str(above)))
            batch.measure(uid, span, UnitMeasure.POPULATION, PERSONS)
            told["people"] = PERSONS
        self.model.said += self._say(0, unit, **told)

    def _next_unit(self) -> int:
        self.numbers += 1
        return self.numbers - 1

    def _know_ids(self, units: Sequence[int]) -> None:
        uids = {identity("history", str(unit)): unit for unit in units}
        found = Unit.objects.filter(uid__in=uids).values_list("uid", "pk")
        self.ids |= {uids[uid]: pk for uid, pk in found}
        self.units = {pk: unit for unit, pk in self.ids.items()}

    def fresh_code(self) -> str:
        self.codes += 1
        return f"{self.codes:05}"

    def _say(self, on: int, unit: int, **values: Any) -> list[Said]:
        return [Said(on, self.order, unit, what, value) for what, value in values.items()]

    # plans

    def reorganise(self, what: str, on: int, who: Sequence[int], number: int) -> None:
        """Try a plan of one day. `who` picks among the communes of the day, `number` whatever else can be picked."""
        communes = list(self.model.communes(on))
        last = max((act.on for act in self.model.acts.values()), default=0)
        if not communes:
            return
        picked = list(dict.fromkeys(communes[place % len(communes)] for place in who))
        self.order += 1
        tried = self._planned(what, on, picked, number)
        if tried is None:
            return
        before = self.model.communes(on)
        text = yaml.safe_dump(
            {"title": "Thử", "takes_effect_on": str(day(on)), "instrument": PAPER, "events": tried.events},
            allow_unicode=True,
        )
        try:
            done = carry_out_plan(actor=SYSTEM, plan=read_plan(text))
        except Refusal as refusal:
            self.refused[what] += 1
            if on > last and all(said.on < on for said in self.model.said):
                raise AssertionError(f"a plan in order of time must be carried out: {text}") from refusal
            return
        self.accepted[what] += 1
        self.model.acts[done.carried.act.pk] = tried.told
        self._know_ids(tried.new)
        same_on(self, on)
        if what != "dissolve" and _all_known(tried.told, before):
            assert _people(self.model.communes(on)) == _people(before), f"people were lost or found: {text}"

    def _planned(self, what: str, on: int, picked: list[int], number: int) -> Tried | None:
        """The plan, or None where the day has not the units for it."""
        plan: Callable[..., None] = getattr(self, f"_{what}")
        needed = {"absorb": 2, "transfer": 2, "part_and_rest": 3, "chain": 2, "whole_chain": 2}.get(what, 1)
        if len(picked) < needed:
            return None
        tried = Tried(Told(on))
        plan(tried, self.model.units(on), picked, number)
        return tried if tried.events else None

    def _new(self, tried: Tried, units: Units, like: int, number: int) -> tuple[int, dict[str, Any]]:
        """A unit that a plan establishes beside another; it may take a code, and a name, of the past."""
        unit, on = self._next_unit(), tried.told.on
        code = self._free_code(units, number) or self.fresh_code()
        above, name = units[like]["above"], f"Phường {code}"
        entry = {"code": code, "name": name, "kind": "ward", "territory": units[above]["code"]}
        entry["uid"] = str(identity("history", str(unit)))
        tried.told.said += self._say(on, unit, lives=True, code=code, name=name, kind="ward", above=above)
        tried.new.append(unit)
        return unit, entry

    def _free_code(self, units: Units, number: int) -> str:
        """A code that nobody bears on the day, nor a name made of it; often none."""
        borne = {told["code"] for told in units.values()} | {told["name"].split()[-1] for told in units.values()}
        free = [f"{code:05}" for code in range(1, self.codes + 1) if f"{code:05}" not in borne]
        return free[number % len(free)] if free and number % 3 == 0 else ""

    def _go(self, tried: Tried, units: Units, *goings: tuple[int, int, str, int | None]) -> None:
        """Who went where: (old, new, how much, people of a part). Populations follow; who went whole has ended."""
        on, given = tried.told.on, Counter[int]()
        had = {unit: told.get("people") for unit, told in units.items()} | dict.fromkeys(tried.new, 0)
        before = dict(had)
        for place, (old, new, share, people) in enumerate(goings):
            moved = people if share == PART else had[old]
            remains = share == PART or (share == REST and given[old] > 0)
            told_people = moved if remains else None
            tried.told.went.append(Went(on, self.order, place, old, new, PART if remains else WHOLE, told_people))
            given[old] += 1
            had[new] = added(had[new], moved)
            had[old] = added(had[old], None if moved is None else -moved)
            if share != PART:
                tried.told.said += self._say(on, old, lives=False)
        ended = {old for old, _, share, _ in goings if share != PART}
        for unit, people in had.items():
            if unit not in ended and (unit in tried.new or people != before[unit]):
                tried.told.said += self._say(on, unit, people=people)

    def _rename(self, tried: Tried, units: Units, who: list[int], number: int) -> None:
        name = f"Xã {self.fresh_code()}"
        tried.events.append({"rename": {"unit": units[who[0]]["code"], "name": name}})
        tried.told.said += self._say(tried.told.on, who[0], name=name)

    def _recode(self, tried: Tried, units: Units, who: list[int], number: int) -> None:
        code = self._free_code(units, number) or self.fresh_code()
        tried.events.append({"recode": {"unit": units[who[0]]["code"], "code": code}})
        tried.told.said += self._say(tried.told.on, who[0], code=code)

    def _reclassify(self, tried: Tried, units: Units, who: list[int], number: int) -> None:
        kind = KINDS[number % len(KINDS)]
        tried.events.append({"reclassify": {"unit": units[who[0]]["code"], "kind": kind}})
        if kind != units[who[0]]["kind"]:
            tried.told.said += self._say(tried.told.on, who[0], kind=kind)

    def _move(self, tried: Tried, units: Units, who: list[int], number: int) -> None:
        above = number % len(PROVINCES)
        tried.events.append({"move": {"unit": units[who[0]]["code"], "territory": PROVINCES[above]}})
        if above != units[who[0]]["above"]:
            tried.told.said += self._say(tried.told.on, who[0], above=above)

    def _dissolve(self, tried: Tried, units: Units, who: list[int], number: int) -> None:
        tried.events.append({"dissolve": {"unit": units[who[0]]["code"]}})
        tried.told.said += self._say(tried.told.on, who[0], lives=False)

    def _merge(self, tried: Tried, units: Units, who: list[int], number: int) -> None:
        """Into a new unit, which now and then has the code of one that goes into it."""
        new, entry = self._new(tried, units, who[0], number)
        if number % 4 == 1:
            entry["code"] = units[who[0]]["code"]
            said = tried.told.said
            said[:] = [s for s in said if (s.unit, s.what) != (new, "code")] + self._say(
                tried.told.on, new, code=entry["code"]
            )
        tried.events.append({"merge": {"into": entry, "from": [units[old]["code"] for old in who]}})
        self._go(tried, units, *((old, new, WHOLE, None) for old in who))

    def _absorb(self, tried: Tried, units: Units, who: list[int], number: int) -> None:
        into, *olds = who
        tried.events.append({"merge": {"into": units[into]["code"], "from": [units[old]["code"] for old in olds]}})
        self._go(tried, units, *((old, into, WHOLE, None) for old in olds))

    def _split(self, tried: Tried, units: Units, who: list[int], number: int) -> None:
        """The parts but the last have their people told."""
        old = who[0]
        parts = [self._new(tried, units, old, number + place) for place in range(2 + number % 2)]
        if len({entry["code"] for _, entry in parts}) < len(parts):
            return
        people = self._some(units, old) // 2
        for _, entry in parts[:-1]:
            entry["population"] = str(people)
        tried.events.append({"split": {"unit": units[old]["code"], "into": [entry for _, entry in parts]}})
        goings = [(old, new, PART, people) for new, _ in parts[:-1]]
        self._go(tried, units, *goings, (old, parts[-1][0], REST, None))

    def _some(self, units: Units, unit: int) -> int:
        """People of a unit that may well go elsewhere."""
        known = units[unit].get("people")
        return 10 if known is None else int(known) // 5

    def _part_off(self, tried: Tried, units: Units, who: list[int], number: int) -> None:
        """A new unit of parts of others, which live on; now and then nobody says how many people it is."""
        new, entry = self._new(tried, units, who[0], number)
        people = {old: None if number % 5 == 4 else self._some(units, old) for old in who[:2]}
        told = [_portion(units[old]["code"], PART, people[old]) for old in people]
        tried.events.append({"establish": {**entry, "from": told}})
        self._go(tried, units, *((old, new, PART, some) for old, some in people.items()))

    def _transfer(self, tried: Tried, units: Units, who: list[int], number: int) -> None:
        old, new, people = who[0], who[1], None if number % 5 == 4 else self._some(units, who[0])
        tried.events.append(_transfer(units[old]["code"], units[new]["code"], people))
        self._go(tried, units, (old, new, PART, people))

    def _part_and_rest(self, tried: Tried, units: Units, who: list[int], number: int) -> None:
        """A part goes one way, what remains another, in two events of one plan."""
        (old, one, other), people = who[:3], self._some(units, who[0])
        rest = {"into": units[other]["code"], "from": [_portion(units[old]["code"], REST, None)]}
        tried.events += [_transfer(units[old]["code"], units[one]["code"], people), {"merge": rest}]
        self._go(tried, units, (old, one, PART, people), (old, other, REST, None))

    def _chain(self, tried: Tried, units: Units, who: list[int], number: int) -> None:
        """A part goes to a unit which then goes whole into a new one, in one plan."""
        (old, over), people = who[:2], self._some(units, who[0])
        new, entry = self._new(tried, units, over, number)
        merged = {"into": entry, "from": [units[over]["code"]]}
        tried.events += [_transfer(units[old]["code"], units[over]["code"], people), {"merge": merged}]
        self._go(tried, units, (old, over, PART, people), (over, new, WHOLE, None))

    def _whole_chain(self, tried: Tried, units: Units, who: list[int], number: int) -> None:
        """A unit goes into another, which then goes into a new one, in one plan."""
        old, over = who[:2]
        new, entry = self._new(tried, units, over, number)
        first = {"into": units[over]["code"], "from": [units[old]["code"]]}
        tried.events += [{"merge": first}, {"merge": {"into": entry, "from": [units[over]["code"]]}}]
        self._go(tried, units, (old, over, WHOLE, None), (over, new, WHOLE, None))

    # what is taken back, corrected, or changed by hand

    def undo(self, which: int) -> None:
        if not self.model.acts:
            return
        numbers = sorted(self.model.acts)
        act = numbers[which % len(numbers)]
        told = self.model.acts[act]
        since = max((said.order for said in told.said), default=max((went.order for went in told.went), default=0))
        try:
            undo_act(actor=SYSTEM, act=ReorganisationAct.objects.get(pk=act), reason="thử")
        except Refusal:
            self.refused["undo"] += 1
            assert act != numbers[-1] or self.changed_by_hand > since, "the last act can be taken back"
            return
        self.accepted["undo"] += 1
        del self.model.acts[act]
        same_on(self, told.on)

    def correct(self, on: int, which: int) -> None:
        """The name that a unit bears on a day was wrong all along."""
        communes = list(self.model.communes(on))
        if not communes:
            return
        unit = communes[which % len(communes)]
        wrong = [s for s in self.model.everything() if (s.unit, s.what) == (unit, "name") and s.on <= on][-1]
        name = f"Xã {self.fresh_code()}"
        fact = UnitName.objects.current().in_force(day(on)).get(unit_id=self.ids[unit])
        correct_fact(actor=SYSTEM, fact=fact, reason="viết sai", name=name, short_name=name, folded=name.casefold())
        right = Said(wrong.on, wrong.order, unit, "name", name)
        for said in (self.model.said, *(act.said for act in self.model.acts.values())):
            said[:] = [right if s == wrong else s for s in said]
        self._by_hand("correct")
        same_on(self, on)

    def rename(self, on: int, which: int) -> None:
        """A unit is given another name from a day on, by no plan."""
        communes = list(self.model.communes(on))
        if not communes:
            return
        self.order += 1
        unit, name = communes[which % len(communes)], f"Xã {self.fresh_code()}"
        owner = Unit.objects.get(pk=self.ids[unit])
        rename_unit(actor=SYSTEM, unit=owner, name=name, on=day(on), instrument=an_instrument(PAPER))
        self.model.said += self._say(on, unit, name=name)
        self._by_hand("rename by hand")
        same_on(self, on)

    def _by_hand(self, what: str) -> None:
        self.order += 1
        self.changed_by_hand = self.order
        self.accepted[what] += 1

    # what files bring

    def bring_facts(self, rows: Sequence[tuple[int, int, int]], named_on: int | None) -> None:
        """A file of populations: each row picks a day, a code that is or was, and people. With `named_on` the codes are
        read as of that day."""
        codes = [f"{code:05}" for code in range(1, self.codes + 1)]
        told = {(on, codes[place % len(codes)]): people for on, place, people in rows}
        self.order += 1
        written = [[code, people, str(day(on)), f"Kê khai {self.order}"] for (on, code), people in told.items()]
        batch = self._import("unit-facts", ("unit", "population", "valid_from", "source"), written, named_on)
        kept = self._kept(batch)
        said: set[tuple[int, int]] = set()
        for place, ((on, code), people) in enumerate(told.items()):
            unit = self._meant(on, code, named_on, is_applied=place not in kept, said=said)
            if unit is not None:
                assert (on, unit) not in said, "of two rows for one thing the second is kept aside"
                said.add((on, unit))
                self.model.said += self._say(on, unit, people=people)
        self._by_hand("facts")
        self.accepted["rows"] += len(told) - len(kept)
        self.refused["rows"] += len(kept)
        for on in {on for on, _ in told}:
            same_on(self, on)

    def _meant(
        self, on: int, code: str, named_on: int | None, *, is_applied: bool, said: set[tuple[int, int]]
    ) -> int | None:
        """The unit to which a row must have come; None where it was rightly kept aside. `said`: of what rows before it
        in the file speak."""
        read_on = on if named_on is None else named_on
        meant = [unit for unit, told in self.model.units(read_on).items() if told["code"] == code]
        if not meant:
            assert not is_applied, f"nobody bore {code} on day {read_on}"
            return None
        (unit,) = meant
        if unit in self.model.units(on):
            sure = named_on is not None or len(self.model.borne(code)) == 1
            assert is_applied or not sure or (on, unit) in said, f"{code} of day {read_on} is in no doubt"
            return unit if is_applied else None
        ends = list(self.model.ends(unit, read_on, on))
        living = {place for place, _ in ends if place in self.model.units(on)}
        if is_applied:
            assert len(living) == 1, f"{code} of day {read_on} is in several, or in none, on day {on}: {ends}"
            return next(iter(living))
        is_whole = len(living) == 1 and all(whole for _, whole in ends)
        assert not is_whole or (on, *living) in said, f"{code} of day {read_on} is whole on day {on}"
        return None

    def bring_shares(self, picks: Sequence[tuple[int, int]]) -> None:
        """A file of shares: each row picks a passage, and how many people it was."""
        passages = self.model.passages()
        alike = Counter((went.on, went.old, went.new) for went in passages)
        told: dict[Went, tuple[str, str, int]] = {}
        for place, people in picks if passages else ():
            went = passages[place % len(passages)]
            before, after = self.model.units(went.on - 1), self.model.units(went.on)
            if alike[went.on, went.old, went.new] == 1 and went.old in before and went.new in after:
                told[went] = (before[went.old]["code"], after[went.new]["code"], people)
        if not told:
            return
        rows = [[old, new, str(day(went.on)), people] for went, (old, new, people) in told.items()]
        kept = self._kept(self._import("unit-shares", ("predecessor", "successor", "on", "population"), rows))
        for place, (went, (_, _, people)) in enumerate(told.items()):
            given = [w.people or 0 for w in self.model.passages() if (w.old, w.on) == (went.old, went.on) and w != went]
            whole = self.model.units(went.on - 1)[went.old].get("people")
            is_too_much = whole is not None and sum(given) + people > whole
            if went.people != people:
                assert (place in kept) == is_too_much, f"{went} with {people} of {whole}"
            if place not in kept:
                act = next(act for act in self.model.acts.values() if went in act.went)
                act.went[act.went.index(went)] = Went(
                    went.on, went.order, went.place, went.old, went.new, went.share, people
                )
        self._by_hand("shares")

    def _import(
        self, template: str, head: Sequence[str], rows: Sequence[Sequence[Any]], named_on: int | None = None
    ) -> Imported:
        with self.file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([head, *rows])
        codes_of = None if named_on is None else day(named_on)
        return import_file(actor=SYSTEM, template=template_named(template), source=Source(self.file, codes_of=codes_of))

    def _kept(self, batch: Imported) -> set[int]:
        """The places of the rows that were kept aside."""
        return {row - 2 for row in QuarantinedRow.objects.filter(batch=batch).values_list("number", flat=True)}


def _all_known(told: Told, before: Units) -> bool:
    """Whether of all units that were there before, and gave or took, and of all that went, the people are known."""
    parties = {unit for went in told.went for unit in (went.old, went.new) if unit in before}
    counted = all(went.people is not None for went in told.went if went.share == PART)
    return counted and all(before[unit].get("people") is not None for unit in parties)


def _people(units: Units) -> int:
    return sum(told.get("people") or 0 for told in units.values())


def _portion(code: str, share: str, people: int | None) -> dict[str, str]:
    return {"unit": code, "share": share, **({} if people is None else {"population": str(people)})}


def _transfer(old: str, new: str, people: int | None) -> dict[str, Any]:
    return {"transfer": {"unit": old, "to": new, **({} if people is None else {"population": str(people)})}}


@contextmanager
def begun(directory: Path) -> Iterator[History]:
    """A history that leaves nothing behind. To its end, register and model must agree."""
    with transaction.atomic():
        history = History(directory)
        yield history
        agrees(history)
        transaction.set_rollback(True)
