"""What the log keeps of a thing that is restricted to others: that something was done to it, and none of its words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from django.db.models import CharField, Model, QuerySet, Value

from noivu.audit.actions import bearers
from noivu.audit.queries import HistoryLine
from noivu.audit.services import Thing, identify
from noivu.core import access
from noivu.core.actors import Actor


def told_to(actor: Actor, lines: Iterable[HistoryLine], *seen: Thing) -> list[HistoryLine]:
    """The acts without the words of what is restricted to others. One query, none where nothing may be restricted.

    `seen` are the things on whose pages the acts stand: who is shown a page sees what it is about.
    """
    found = list(lines)
    named = {(line.object_kind, line.object_id) for line in found} | _referred(found)
    hidden = _hidden(actor, named - {identify(thing) for thing in seen})
    return [_without_words(line, hidden) for line in found] if hidden else found


def _referred(lines: Iterable[HistoryLine]) -> set[tuple[str, str]]:
    return {key for line in lines for change in line.changes for key in change.referred}


def _hidden(actor: Actor, things: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of the things that are restricted to others."""
    keys: defaultdict[str, list[int]] = defaultdict(list)
    for kind, key in sorted(things):
        if kind in bearers and key.isascii() and key.isdecimal():
            keys[kind].append(int(key))
    asked = [_closed(actor, kind, bearers[kind], some) for kind, some in keys.items()]
    if not asked:
        return set()
    first, *others = asked
    return {(kind, str(key)) for kind, key in (first.union(*others, all=True) if others else first)}


def _closed(actor: Actor, kind: str, bearer: type[Model], keys: list[int]) -> QuerySet[Model, tuple[str, int]]:
    rows = bearer._base_manager.filter(pk__in=keys).order_by()
    closed = rows.exclude(pk__in=access.open_to(actor, rows).values("pk"))
    return closed.values_list(Value(kind, output_field=CharField()), "pk")


def _without_words(line: HistoryLine, hidden: set[tuple[str, str]]) -> HistoryLine:
    if (line.object_kind, line.object_id) in hidden:
        return replace(line, label="", reason="", instrument="", changes=(), is_withheld=True)
    shown = tuple(change for change in line.changes if hidden.isdisjoint(change.referred))
    return line if len(shown) == len(line.changes) else replace(line, changes=shown, is_withheld=True)
