"""What waits for one person: named by account, or by name within the person's unit, as imported registers do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce

from noivu.accounts.api import SignedInActor, actor_id
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.figures.api import Standpoint
from noivu.office.queries.process import handling_unit
from noivu.office.queries.registers import Spans
from noivu.ui.tables import Order, Page, State, page_of
from noivu.units.api import Tree, heirs_on, reach_with_ended, tree
from noivu.work.api import (
    AssignedByUnit,
    Day,
    DueLine,
    ExtensionRequest,
    Obligation,
    ObligationSpan,
    due_line,
    kind_of,
    obligation_kinds,
    pressing,
)
from noivu.work.constants import RequestState, Status

MINE, OF_UNIT, TO_CONFIRM = "mine", "unit", "confirm"
ORDERS = {"due_on": Order("due_on", may_be_empty=True)}


@dataclass(frozen=True, slots=True)
class MyRow:
    """A line of what waits, and the name of the unit that handles it."""

    line: DueLine
    unit: str

    @property
    def kind(self) -> Text:
        return kind_of(self.line.kind).label


@dataclass(frozen=True)
class MyWork:
    """A page of what waits; its parts counted."""

    page: Page[MyRow]
    counts: Mapping[str, int]
    day: Day


def my_work_page(actor: Actor, state: State) -> MyWork:
    """What is open and waits for the reader, or for the reader's unit, and what was reported as done and waits for the
    reader's word, by due date: two statements, three for who may confirm.

    To be named is the right to see it, whichever unit owes it; what is given to the unit is seen by those who may see
    the unit's work.
    """
    day = Day(clock.today())
    units = tree(day.on)
    owed = _owed_on(ObligationSpan.objects.all(), day.on)
    of_person, of_unit = _of_person(actor), _of_unit(actor, units)
    counts = _counts(owed, of_person, of_unit)
    parts = {
        MINE: owed.filter(_for(of_person)),
        OF_UNIT: owed.filter(_for(of_unit)),
        TO_CONFIRM: _to_confirm(actor, day.on),
    }
    if may_confirm(actor):
        counts[TO_CONFIRM] = parts[TO_CONFIRM].count()
    rows = parts[state.cut].select_related("obligation", "obligation__document")
    page = page_of(rows, state, ORDERS, count=counts.get(state.cut))
    shown = [_row(span, day, units) for span in page.rows]
    return MyWork(replace(page, rows=shown), counts, day)


def due_page(here: Standpoint, state: State) -> Page[MyRow]:
    """What is overdue or nearly due for a unit, by due date: two statements."""
    day = Day(here.question().reading.as_of)
    seen = access.scope(here.actor, "work.view", ObligationSpan.objects.all())
    page = page_of(pressing(seen.filter(unit__in=reach_with_ended(here.unit.id, here.last_day)), day), state, ORDERS)
    shown = [_row(span, day, here.units) for span in page.rows]
    return replace(page, rows=shown)


def _row(span: ObligationSpan, day: Day, units: Tree) -> MyRow:
    line = due_line(span, day)
    return MyRow(line, handling_unit(units, line))


def may_confirm(actor: Actor) -> bool:
    """Whether anything could wait for this reader's confirmation."""
    return access.may(actor, "work.assign")


def _to_confirm(actor: Actor, day: date) -> Spans:
    """Reported as done, or with a request for an extension, where the reader decides: what the reader's units assigned,
    and what they owe without an assigner. Of every kind: said, because the indexes begin with it."""
    standing = ObligationSpan.objects.current().holding_on(day).filter(kind__in=obligation_kinds.codes)
    asked = ExtensionRequest.objects.filter(state=RequestState.ASKED.value).values("obligation")
    running = standing.filter(status__in=(Status.OPEN.value, Status.SUSPENDED.value), obligation__in=asked)
    assigned = access.scope(actor, "work.assign", AssignedByUnit.objects.exclude(assigner_unit=None))
    parts: list[Spans] = []
    for waiting in (standing.filter(status=Status.AWAITING.value), running):
        parts.append(access.scope(actor, "work.assign", waiting).filter(obligation__assigner_unit=None))
        parts.append(waiting.filter(obligation__in=assigned.values("pk")))
    first, *others = (part.order_by().values("pk") for part in parts)
    return ObligationSpan.objects.filter(pk__in=first.union(*others, all=True))


def _counts(owed: Spans, of_person: Q, of_unit: Q) -> dict[str, int]:
    counted: dict[str, int] = owed.filter(_for(of_person | of_unit)).aggregate(
        mine=Count("pk", filter=_from_span(of_person)), unit=Count("pk", filter=_from_span(of_unit))
    )
    return counted


def _for(condition: Q) -> Q:
    """Spans of the obligations that meet a condition: these are few and found by index, their spans by them."""
    return Q(obligation__in=Obligation.objects.filter(condition).order_by().values("pk"))


def _from_span(condition: Q) -> Q:
    """A condition on obligations, as their spans say it."""
    stated: Iterable[Any] = condition.children
    parts = [_from_span(part) if isinstance(part, Q) else (f"obligation__{part[0]}", part[1]) for part in stated]
    return Q(*parts, _connector=condition.connector, _negated=condition.negated)


def _owed_on(spans: Spans, day: date) -> Spans:
    return spans.filter(superseded_at__isnull=True, valid_from__lte=day, valid_to__gt=day, status=Status.OPEN.value)


def _of_person(actor: Actor) -> Q:
    """Given to the account, or to the name within the unit where no account is named: as `waiting_of_user` counts."""
    by_account = _of_account(actor.id)
    home_id = actor.home_unit_id if isinstance(actor, SignedInActor) else None
    if home_id is None or not actor.name:
        return by_account
    return by_account | Q(assigned_unit_id=home_id, assigned_to=actor.name, assigned_officer="")


def _of_account(account: str) -> Q:
    """Given to the account; the second half is what the index of accounts is limited to."""
    return Q(assigned_officer=account) & ~Q(assigned_officer="")


def _of_unit(actor: Actor, units: Tree) -> Q:
    """Given to the actor's unit (or to one that ended and left it this), or owed by it and given to none."""
    home = units.by_code.get(actor.unit_code)
    if home is None or not access.may(actor, "work.view", access.OfUnit(home.id)):
        return Q(pk__in=[])
    own = [home.id, *(ended for ended, heir in heirs_on(clock.today()).items() if heir == home.id)]
    return Q(assigned_unit__in=own) | Q(assigned_unit__isnull=True, unit__in=own)


def waiting_of_user(user_id: int) -> CombinedExpression:
    """How much waits for a user, as a column of the query that reads the user (`accounts.api.declare_carried`).

    Every page asks it: by account and by name are counted apart, each from its index. No obligation is both.
    """
    named = Q(
        assigned_unit_id=OuterRef(OuterRef("home_unit_id")),
        assigned_to=OuterRef(OuterRef("full_name")),
        assigned_officer="",
    )
    return _waiting(_of_account(actor_id(user_id))) + _waiting(named)


def _waiting(condition: Q) -> Coalesce:
    mine = _owed_on(ObligationSpan.objects.all(), clock.today()).filter(_for(condition))
    counted = mine.order_by().values(every=Value(1)).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)
