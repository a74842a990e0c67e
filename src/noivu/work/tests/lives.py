"""Random lives of obligations, written in bulk, and what they were on a day by a model of its own.

The model is a dictionary of facts and a list of plain sentences; it takes nothing from the timeline, the projection or
the conditions that it is held against, not even their words.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Case, F, Q, Value, When
from django.db.models.fields import CharField

from noivu.core.bulk import insert_rows
from noivu.work import conditions
from noivu.work.models import Obligation, ObligationEvent, ObligationSpan
from noivu.work.projection import project

FIRST = date(2024, 1, 1)
KNOWN = datetime(2024, 12, 1, tzinfo=UTC)
REACH = 130
NEAR = timedelta(days=5)
HAPPEN = (
    "started", "started", "assigned", "extended", "extended", "due_set", "due_moved", "suspended", "suspended",
    "resumed", "resumed", "completed", "completed", "confirmed", "returned", "refused", "cancelled", "transferred",
    "succeeded", "extension_asked", "extension_offered", "extension_refused", "offer_declined", "request_withdrawn",
    "request_lapsed", "passed_back", "turned_down",
)  # fmt: skip

DATED = ("extended", "due_set", "due_moved", "extension_asked", "extension_offered")

Happened = dict[str, Any]
Facts = tuple[str, str, int, date | None, date | None, str]


@dataclass
class RandomLife:
    """One obligation: when it arises, whose it is, whether it must be confirmed, what happens to it."""

    arises: date
    unit: int
    confirmed: bool
    events: list[Happened] = field(default_factory=list)


def random_lives(number: int, units: Sequence[int], seed: int) -> Iterator[RandomLife]:
    """So many lives; the same for a seed."""
    dice = random.Random(seed)
    for _ in range(number):
        life = RandomLife(FIRST + timedelta(days=dice.randrange(60)), dice.choice(units), dice.random() < 0.4)
        life.events.append({"what": "assigned", "on": life.arises, "due": None})
        if dice.random() < 0.8:
            life.events.append({"what": "due_set", "on": life.arises, "due": _some_day(dice, life)})
        days = sorted(life.arises + timedelta(days=int(dice.expovariate(1 / 25))) for _ in range(dice.randrange(9)))
        for on in days:
            life.events.append(_happens(dice, life, on, units))
        yield life


def _some_day(dice: random.Random, life: RandomLife) -> date:
    return life.arises + timedelta(days=dice.randrange(-3, 70))


def _happens(dice: random.Random, life: RandomLife, on: date, units: Sequence[int]) -> Happened:
    what = dice.choice(HAPPEN)
    may_date = what in ("assigned", "resumed") and dice.random() < 0.5
    due = _some_day(dice, life) if what in DATED or may_date else None
    told = [event["due"] for event in life.events if event["due"]]
    return {
        "what": what, "on": on, "due": due, "unit": dice.choice(units) if what == "transferred" else None,
        "former": dice.choice(told) if what == "due_moved" and told else None,
    }  # fmt: skip


def replayed(life: RandomLife, day: date) -> Facts | None:
    """How it stood at the end of a day, told event by event: state, stage, unit, due date, day done, timeliness."""
    if day < life.arises:
        return None
    now: dict[str, Any] = {"state": "open", "stage": "not_started", "unit": life.unit, "due": None, "done": None}
    for event in life.events:
        if event["on"] <= day:
            _tell(now, event, life.confirmed)
    return now["state"], now["stage"], now["unit"], now["due"], now["done"], _timely(now, day)


def _tell(now: dict[str, Any], event: Happened, confirmed: bool) -> None:  # noqa: C901  a list of plain sentences
    what, state = event["what"], now["state"]
    is_over = state in ("completed", "declined", "cancelled")
    moves = what == "due_moved" and state in ("open", "suspended") and now["due"] == event["former"]
    if what == "assigned" and not is_over:
        now["due"] = event["due"] or now["due"]
        if state in ("open", "suspended"):
            now["stage"] = "not_started"
    elif moves or (what in ("extended", "due_set") and not is_over):
        now["due"] = event["due"]
    elif what == "started" and state == "open":
        now["stage"] = "in_progress"
    elif what == "refused" and state == "open":
        now["stage"] = "refused"
    elif what == "suspended" and state == "open":
        now["state"] = "suspended"
    elif what == "resumed" and state == "suspended":
        now["state"], now["due"] = "open", event["due"] or now["due"]
    elif what == "completed" and state in ("open", "suspended"):
        now["state"], now["done"] = ("awaiting", None) if confirmed else ("completed", event["on"])
    elif what == "confirmed" and not is_over:
        now["state"], now["done"] = "completed", event["on"]
    elif what == "returned" and state in ("awaiting", "completed"):
        now["state"], now["stage"], now["done"] = "open", "returned", None
    elif what in ("passed_back", "turned_down") and state in ("open", "suspended"):
        now["state"] = "declined"
    elif what == "cancelled" and state not in ("completed", "declined"):
        now["state"] = "cancelled"
    elif what == "transferred" and not is_over:
        now["unit"] = event["unit"]


def _timely(now: dict[str, Any], day: date) -> str:
    due, done = now["due"], now["done"]
    if now["state"] == "completed":
        return "done_no_deadline" if due is None else "done_on_time" if done <= due else "done_late"
    if now["state"] != "open":
        return "not_counted"
    if due is None:
        return "no_deadline"
    if due < day:
        return "overdue"
    return "nearly_due" if due <= day + NEAR else "in_time"


def write(lives: Sequence[RandomLife]) -> list[int]:
    """Put them into the ledger and lay them out; their keys in the same order."""
    fields = [f for f in Obligation._meta.concrete_fields if f.name != "id"]
    blank = {f.attname: None if f.null else f.get_default() for f in fields}
    rows = (
        [
            {
                **blank, "kind": "task", "code": f"L{number}", "unit_id": life.unit, "first_unit_id": life.unit,
                "arises_on": life.arises, "confirmation_required": life.confirmed,
            }[f.attname]
            for f in fields
        ]
        for number, life in enumerate(lives)
    )  # fmt: skip
    insert_rows(Obligation, [f.name for f in fields], rows)
    found = dict(Obligation.objects.filter(code__startswith="L").values_list("code", "pk"))
    keys = [found[f"L{number}"] for number in range(len(lives))]
    names = ("obligation", "happening", "on", "order", "due_on", "former_due_on", "unit",
             "reason", "rule", "from_sheet", "actor_id", "actor_name", "recorded_at")  # fmt: skip
    insert_rows(ObligationEvent, names, _rows(lives, keys))
    project(keys, KNOWN)
    return keys


def _rows(lives: Sequence[RandomLife], keys: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    for key, life in zip(keys, lives, strict=True):
        for order, event in enumerate(life.events):
            days = event["on"], order, event["due"], event.get("former"), event.get("unit")
            yield key, event["what"], *days, "", "", False, "test", "test", KNOWN


def said_in_sql(day: date) -> dict[int, Facts]:
    """What the ledger says of everything on a day: its spans, and the conditions by which figures count them."""
    until = day + NEAR
    words = {
        "done_on_time": conditions.completed_on_time(),
        "done_late": conditions.completed_late(),
        "done_no_deadline": conditions.completed_without_deadline(),
        "no_deadline": conditions.no_deadline(),
        "overdue": conditions.overdue(day),
        "nearly_due": conditions.in_time(day) & Q(due_on__lte=until),
        "in_time": conditions.in_time(day) & Q(due_on__gt=until),
        "not_counted": conditions.suspended() | conditions.awaiting() | conditions.declined() | ~conditions.counted(),
    }
    said = Case(*(When(q, then=Value(word)) for word, q in words.items()), output_field=CharField())
    rows = ObligationSpan.objects.current().holding_on(day).annotate(timeliness=said).values_list(
        "obligation_id", "status", "stage", "unit_id", "due_on", "completed_on", F("timeliness")
    )  # fmt: skip
    return {key: tuple(rest) for key, *rest in rows.iterator(chunk_size=10_000)}


def differences(lives: Sequence[RandomLife], keys: Sequence[int], day: date) -> tuple[list[Any], Counter[Any]]:
    """Where the ledger and the model do not say the same of a day; and how many stand how, by the model."""
    said, counted, differing = said_in_sql(day), Counter[Any](), []
    for key, life in zip(keys, lives, strict=True):
        facts = replayed(life, day)
        if facts is not None:
            counted[facts[0], facts[5]] += 1
        if said.pop(key, None) != facts:
            differing.append((key, day, facts, life))
    return [*differing, *said], counted
