"""What sheets say happened, written as events: a constant number of statements per chunk."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F

from noivu.core.actors import Actor
from noivu.core.bulk import as_json, in_chunks, insert_rows
from noivu.intake.statements import Beside, Fact, Key, Statement, Work
from noivu.law.api import trace_of
from noivu.records.api import OutgoingDocument, as_kept
from noivu.work.api import Cooperation, Obligation, ObligationEvent
from noivu.work.constants import Happening, Kind

_CHUNK = 5_000
_ORDER = {
    Happening.ASSIGNED: 0,
    Happening.DUE_SET: 1,
    Happening.SUSPENDED: 2,
    Happening.COMPLETED: 3,
    Happening.PASSED_BACK: 3,
    Happening.TURNED_DOWN: 3,
    Happening.CONFIRMED: 4,
}
_AFTER_ALL = 5
_FIELDS = (
    *("obligation", "happening", "on", "order", "due_on", "symbol", "outgoing"),
    *("from_sheet", "actor_id", "actor_name", "recorded_at", "reason", "rule", "counted_from", "trace"),
)
There = dict[Fact, tuple[int, bool]]


def write_said_events(
    standing: Mapping[Key, Obligation], statements: Sequence[Statement], work: Work, actor: Actor, now: datetime
) -> None:
    """Let the events that sheets said be those of the rows. What a person said the same way is not said twice."""
    owed = [s for s in statements if s.owed and s.key in standing]
    said = said_of([standing[s.key].pk for s in owed])
    outdated: list[int] = []
    added: list[tuple[int, Fact, Beside]] = []
    due_anew: list[int] = []
    for statement in owed:
        obligation = standing[statement.key]
        there = said[obligation.pk]
        old, new, anew = news_of(obligation, statement, there)
        if anew:
            _note_heard(obligation, anew, work)
        outdated += [there[one][0] for one in old]
        added += [(obligation.pk, one, statement.beside.get(one[0], Beside())) for one in new]
        due_anew += [obligation.pk] * (Happening.DUE_SET in anew)
        work.touched |= {obligation.pk} if old or new else set()
    _supersede(outdated, now)
    _supersede(_corrected(due_anew), now)
    who = (True, actor.id, actor.name, now)
    insert_rows(
        ObligationEvent,
        _FIELDS,
        (
            (key, one[0], one[1], _ORDER[Happening(one[0])], one[2], one[3], None, *who, beside.reason, *_how(beside))
            for key, one, beside in added
        ),
    )


def _how(beside: Beside) -> tuple[Any, ...]:
    """The rule, the day from which it counts, and the trace."""
    counted = beside.counted
    rule = (counted.rule or "").removeprefix("deadline.") if counted else ""
    return (rule, counted.starts_on, as_json(trace_of(counted))) if counted else ("", None, None)


def news_of(
    obligation: Obligation, statement: Statement, there: There
) -> tuple[list[Fact], list[Fact], set[Happening]]:
    """The facts that a row takes back, those that it adds, and the happenings of which it says something new after a
    person put them right."""
    silent, anew = _heard_of(obligation, statement)
    managed = set(statement.managed) - silent
    facts = {_whole(one, there) for one in statement.facts if Happening(one[0]) in managed}
    unsaid = (one for one, (_, from_sheet) in there.items() if from_sheet and one not in facts)
    old = [one for one in unsaid if Happening(one[0]) in managed]
    return old, sorted(facts - there.keys(), key=str), anew


def _supersede(ids: Sequence[int], now: datetime) -> None:
    for some in in_chunks(ids, _CHUNK):
        ObligationEvent.objects.filter(pk__in=some).update(superseded_at=now)


def said_of(ids: Sequence[int]) -> defaultdict[int, There]:
    """What is said to have happened, by sheet or by person, without what letters of the register complete."""
    said: defaultdict[int, There] = defaultdict(dict)
    rows = ObligationEvent.objects.current().filter(obligation_id__in=ids, outgoing__isnull=True)
    columns = ("pk", "from_sheet", "obligation_id", "happening", "on", "due_on", "symbol")
    for pk, from_sheet, key, *one in rows.order_by("from_sheet").values_list(*columns):
        said[key][tuple(one)] = pk, from_sheet
    return said


def _whole(one: Fact, there: There) -> Fact:
    """A fact of a file without the column of symbols, with the symbol that is known."""
    if one[3] is not None:
        return one
    return next((known for known in there if known[:3] == one[:3]), (*one[:3], ""))


def _heard_of(obligation: Obligation, statement: Statement) -> tuple[set[Happening], set[Happening]]:
    """Of the happenings that a person put right: those of which the row says nothing, and those of which it says
    something new. A blank, or what the sheet said before, is not heard."""
    kept = (obligation.sheet_said or {}).get("events", {})
    silent: set[Happening] = set()
    anew: set[Happening] = set()
    for happening in statement.managed & {Happening(name) for name in kept}:
        facts = [one for one in statement.facts if one[0] == happening]
        (silent if not facts or _same(facts, kept[happening]) else anew).add(happening)
    return silent, anew


def _note_heard(obligation: Obligation, anew: set[Happening], work: Work) -> None:
    said = obligation.sheet_said or {}
    events = {name: before for name, before in said["events"].items() if Happening(name) not in anew}
    work.note(obligation, {**said, "events": events})


def _same(facts: Sequence[Fact], before: Sequence[Sequence[Any]]) -> bool:
    def was_said(one: Fact) -> bool:
        days = [as_kept(one[1]), as_kept(one[2])]
        return any(list(b[:2]) == days and one[3] in (None, b[2]) for b in before)

    return len(facts) == len(before) and all(map(was_said, facts))


def _corrected(ids: Sequence[int]) -> list[int]:
    """Due dates of the first day as a person put them right, which a sheet now says otherwise."""
    if not ids:
        return []
    rows = ObligationEvent.objects.current().filter(obligation_id__in=ids, from_sheet=False)
    rows = rows.filter(happening=Happening.DUE_SET.value, on__lte=F("obligation__arises_on"))
    return list(rows.values_list("pk", flat=True))


def write_letters(kind: str, fresh: Sequence[Obligation], actor: Actor, now: datetime) -> None:
    """Replies that turn out to be owed are completed by the letters that answer their documents already."""
    if kind != Kind.REPLY:
        return
    owed = {obligation.document_id: obligation for obligation in fresh}
    letters = OutgoingDocument.objects.current().numbered().filter(in_reply_to_id__in=list(owed))
    write_completions(((owed[letter.in_reply_to_id], letter) for letter in letters), actor, now)


def write_completions(pairs: Any, actor: Actor, now: datetime) -> None:
    """Letters of the register complete what is owed: pairs of an obligation and its letter."""
    who = (True, actor.id, actor.name, now, "", "", None, None)
    insert_rows(
        ObligationEvent,
        _FIELDS,
        (
            (
                *(obligation.pk, Happening.COMPLETED.value, max(letter.issued_on, obligation.arises_on), _AFTER_ALL),
                *(None, letter.symbol, letter.pk, *who),
            )
            for obligation, letter in pairs
        ),
    )


def write_cooperations(standing: Mapping[Key, Obligation], statements: Sequence[Statement], work: Work) -> None:
    """The units that help, where the sheet says something new of them."""
    wanted = {standing[s.key].pk: s.cooperating for s in statements if s.cooperating is not None and s.key in standing}
    if not wanted:
        return
    before: defaultdict[int, set[int]] = defaultdict(set)
    ids: dict[tuple[int, int], int] = {}
    rows = Cooperation.objects.filter(obligation_id__in=list(wanted))
    for pk, key, unit_id in rows.values_list("pk", "obligation_id", "unit_id"):
        before[key].add(unit_id)
        ids[key, unit_id] = pk
    obligations = {obligation.pk: obligation for obligation in standing.values()}
    differing = {
        key: units
        for key, units in wanted.items()
        if units is not None and _is_news(obligations[key], units, before[key], work) and units != before[key]
    }
    gone = [ids[key, unit] for key, units in differing.items() for unit in before[key] - units]
    for some in in_chunks(gone, _CHUNK):
        Cooperation.objects.filter(pk__in=some).delete()
    new = [(key, unit) for key, units in differing.items() for unit in sorted(units - before[key])]
    Cooperation.objects.bulk_create([Cooperation(obligation_id=key, unit_id=unit) for key, unit in new])
    work.changed |= differing.keys()


def _is_news(obligation: Obligation, units: frozenset[int], before: set[int], work: Work) -> bool:
    """Whether a sheet may say who helps: a blank, or what it said before, undoes nothing that a person set."""
    said = obligation.sheet_said or {}
    if obligation.pk in work.unheard_of and not units:
        work.note(obligation, {**said, **({"cooperating": []} if before else {})})
        return False
    if "cooperating" not in said:
        return True
    if not units or sorted(units) == said["cooperating"]:
        return False
    work.note(obligation, {name: value for name, value in said.items() if name != "cooperating"})
    return True
