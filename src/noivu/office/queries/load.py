"""How much each unit and officer has, and how late: open, nearly due, overdue, and done late within the period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from noivu.core import access
from noivu.figures.api import Standpoint
from noivu.units.api import reach_with_ended, tree
from noivu.work.api import Day, ObligationSpan, obligation_kinds
from noivu.work.constants import Status

MOST_OFFICERS = 20
Spans = QuerySet[ObligationSpan, Any]


class Part(StrEnum):
    """What is counted of a unit or an officer."""

    OPEN = "open"
    NEARLY = "nearly"
    OVERDUE = "overdue"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A unit, or an officer of one, with what there is to do: the numbers by part."""

    unit: str
    code: str
    officer: str
    account: str
    counts: Mapping[Part, int]


@dataclass(frozen=True)
class Load:
    """The load of a unit and those below it; of the officers those with most that is late."""

    units: Sequence[Loaded]
    officers: Sequence[Loaded]
    whole: Mapping[Part, int]


def load_of(here: Standpoint) -> Load:
    """Who handles what is owed within the reader's reach: two grouped statements."""
    parts = _parts(here)
    counted = {part.value: Count("pk", filter=condition) for part, condition in parts.items()}
    spans = _counted(here, parts).annotate(handler=Coalesce("obligation__assigned_unit_id", "unit_id")).order_by()
    by_unit: list[Any] = list(spans.values("handler").annotate(**counted))
    named: Any = spans.exclude(obligation__assigned_to="", obligation__assigned_officer="")
    whom = {"account": F("obligation__assigned_officer"), "officer": F("obligation__assigned_to")}
    by_officer = named.values("handler", **whom).annotate(**counted)
    busiest = by_officer.order_by("-overdue", "-open", "handler", "account", "officer")[:MOST_OFFICERS]
    units = sorted((_loaded(here, row) for row in by_unit), key=_lateness)
    whole = {part: sum(row[part.value] for row in by_unit) for part in Part}
    return Load(units, [_loaded(here, row) for row in busiest], whole)


def rows_of(here: Standpoint, part: Part, asked: Mapping[str, str]) -> Spans:
    """The stretches that one of the numbers counts, with obligation and document."""
    parts = _parts(here)
    spans = _counted(here, parts).filter(parts[part])
    if code := asked.get("handler", ""):
        node = here.units.by_code.get(code)
        own = [node.id] if node else []
        whose = Q(obligation__assigned_unit__in=own) | Q(obligation__assigned_unit__isnull=True, unit__in=own)
        spans = spans.filter(whose)
    for name, column in (("account", "assigned_officer"), ("officer", "assigned_to")):
        if name in asked:
            spans = spans.filter(**{f"obligation__{column}": asked[name]})
    return spans.select_related("obligation", "obligation__document")


def _counted(here: Standpoint, parts: Mapping[Part, Q]) -> Spans:
    """The stretches that hold on the page's day, of what the unit and those below owe and the reader may see."""
    standing = ObligationSpan.objects.current().holding_on(here.question().reading.as_of)
    within = standing.filter(kind__in=obligation_kinds.codes, unit__in=reach_with_ended(here.unit.id, here.last_day))
    return access.scope(here.actor, "work.view", within).filter(parts[Part.OPEN] | parts[Part.LATE])


def _parts(here: Standpoint) -> dict[Part, Q]:
    """What each part is, of a stretch that holds on the page's day."""
    reading = here.question().reading
    day, is_open = Day(reading.as_of), Q(status=Status.OPEN.value)
    near = Q(pk__in=[])
    for kind in obligation_kinds.codes:
        near |= Q(kind=kind, due_on__lte=day.nearly_until(kind))
    done = Q(status=Status.COMPLETED.value, due_on__lt=F("completed_on"))
    within = Q(completed_on__gte=reading.range.starts_on, completed_on__lt=reading.range.ends_on)
    return {
        Part.OPEN: is_open,
        Part.NEARLY: is_open & near & Q(due_on__gte=day.on),
        Part.OVERDUE: is_open & Q(due_on__lt=day.on),
        Part.LATE: done & within,
    }


def _loaded(here: Standpoint, row: Mapping[str, Any]) -> Loaded:
    node = here.units.node(row["handler"])
    former = node or tree(here.question().reading.range.starts_on).node(row["handler"])
    return Loaded(
        unit=former.name if former else "",
        code=node.code if node else "",
        officer=row.get("officer", ""),
        account=row.get("account", ""),
        counts={part: row[part.value] for part in Part},
    )


def _lateness(one: Loaded) -> tuple[Any, ...]:
    return (-one.counts[Part.OVERDUE], -one.counts[Part.OPEN], one.unit)
